"""Forms: what is asked, how it is stored, and what is said of each mistake."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.procedures.content import Content
from lienthong.procedures.public import check_answers, form_hints, form_schema, tidy_answers
from lienthong.procedures.schema import code_lists, columns
from lienthong.procedures.source import source_book

TODAY = date(2026, 11, 21)
Contents = dict[str, Content]

MOTHER = "Số định danh cá nhân của mẹ"
REQUESTER = "Số định danh cá nhân / giấy tờ tùy thân"
LOOK_AGAIN = "Xem lại số, hoặc “Năm sinh mẹ”."

BIRTH = {
    "requester_name": "Nguyễn Thị Minh Hạnh",
    "requester_birth_date": "15/03/1990",
    "requester_id_number": "099190012345",
    "relation_to_child": "Mẹ",
    "child_name": "Trần Nguyễn Bảo An",
    "child_birth_date": "05/11/2026",
    "child_sex": "Nam",
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "child_birth_place": "Bệnh viện Sản nhi tỉnh Đồng Tháp",
    "child_home_town": "Đồng Tháp",
    "mother_name": "Nguyễn Thị Minh Hạnh",
    "mother_birth": "1990",
    "mother_personal_id": "099190012345",
    "copies_wanted": "true",
    "copies_count": "2",
}


def problems(content: Content, typed: dict[str, Any], **changes: Any) -> dict[str, str]:
    answers = tidy_answers(content, typed | changes)
    return {p.field: p.sentence for p in check_answers(content, answers, on=TODAY)}


def test_good_answers_are_taken(contents: Contents) -> None:
    assert problems(contents["1.001193"], BIRTH) == {}


def test_answers_are_stored_as_the_schema_says(contents: Contents) -> None:
    answers = tidy_answers(contents["1.001193"], BIRTH)
    assert answers["child_birth_date"] == "2026-11-05"
    assert answers["copies_wanted"] is True
    assert answers["copies_count"] == 2
    assert answers["mother_birth"] == "1990"


def test_machine_writes_the_date_in_words(contents: Contents) -> None:
    answers = tidy_answers(contents["1.001193"], BIRTH | {"child_birth_date_words": "tự ghi"})
    assert answers["child_birth_date_words"].startswith("Ngày năm, tháng mười một")


def test_text_is_stored_in_one_unicode_form(contents: Contents) -> None:
    decomposed = "Tra\u0302\u0300n  Bảo\u200b An"
    assert tidy_answers(contents["1.001193"], {"child_name": decomposed})["child_name"] == "Trần Bảo An"


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("child_name", "", "Nhập họ, chữ đệm, tên trẻ"),
        ("child_name", " \u200b ", "Nhập họ, chữ đệm, tên trẻ"),
        ("child_sex", None, "Chọn giới tính"),
        ("child_sex", "Khác", "Giới tính: chọn một trong các mục Nam, Nữ."),
        ("child_ethnicity", "Kinhh", "Dân tộc: chọn trong danh sách."),
        (
            "child_birth_date",
            "22/11/2026",
            "Ngày, tháng, năm sinh không thể sau hôm nay, 21/11/2026. Hãy xem lại ngày đã nhập.",
        ),
        (
            "child_birth_date",
            "31/02/2026",
            "Ngày, tháng, năm sinh: ghi đủ ngày, tháng, năm có trên lịch, ví dụ 15/03/2026.",
        ),
        (
            "child_birth_date",
            "2026",
            "Ngày, tháng, năm sinh: ghi đủ ngày, tháng, năm có trên lịch, ví dụ 15/03/2026.",
        ),
        ("mother_birth", "hồi xưa", "Năm sinh mẹ: ghi ngày dạng 15/03/1958; chỉ biết năm thì ghi 1958."),
        ("mother_birth", "1890", "Năm sinh mẹ: nhập năm từ 1900 trở lại đây."),
        (
            "mother_personal_id",
            "12345",
            "Số định danh cá nhân của mẹ: nhập đúng 12 chữ số, ví dụ 099204012345.",
        ),
        (
            "mother_personal_id",
            "099191012345",
            f"{MOTHER}: số này là của người sinh năm khác với năm 1990 đã khai. {LOOK_AGAIN}",
        ),
        (
            "mother_personal_id",
            "099090012345",
            f"{MOTHER}: số này không phải của người có giới tính Nữ. Hãy xem lại số đã nhập.",
        ),
        (
            "requester_id_number",
            "C12",
            f"{REQUESTER}: nhập 12 chữ số trên thẻ căn cước, hoặc số hộ chiếu, ví dụ C1234567.",
        ),
        ("copies_count", "hai", "Số lượng bản sao: nhập một số nguyên, ví dụ 2."),
        ("copies_count", "-1", "Số lượng bản sao: nhập một số từ 0 đến 1.000.000."),
        ("copies_wanted", None, "Chọn có hoặc không: đề nghị cấp bản sao"),
        ("child_home_town", "a" * 256, "Quê quán: viết gọn lại, nhiều nhất 255 ký tự."),
        ("is_admin", "true", "Biểu mẫu không hỏi mục “is_admin”. Hãy bỏ mục này."),
    ],
)
def test_mistake_is_answered_by_what_to_type(
    contents: Contents, field: str, typed: Any, sentence: str
) -> None:
    assert problems(contents["1.001193"], BIRTH, **{field: typed})[field] == sentence


def test_passport_number_will_do_where_the_label_says_so(contents: Contents) -> None:
    assert "requester_id_number" not in problems(contents["1.001193"], BIRTH, requester_id_number="c1234567")
    assert "requester_id_number" in problems(contents["1.001193"], BIRTH, requester_id_number="000190012345")


def test_conditional_field_is_refused_when_it_was_not_asked(contents: Contents) -> None:
    found = problems(contents["1.001193"], BIRTH, copies_wanted="false")
    assert found == {"copies_count": "Bỏ trống mục “Số lượng bản sao”: trường hợp đã khai không hỏi mục này."}


def test_conditional_field_follows_words_with_or_without_marks(contents: Contents) -> None:
    """The source's condition is "purpose = kết hôn", over a free text."""
    content = contents["1.004873"]
    assert "future_spouse" in problems(content, {"purpose": "vay vốn", "future_spouse": "Ông B"})
    for purpose in ("Để đăng ký kết hôn", "ket hon"):
        assert "future_spouse" not in problems(content, {"purpose": purpose, "future_spouse": "Ông B"})


def test_problems_come_in_the_forms_order_and_strangers_last(contents: Contents) -> None:
    content = contents["1.001193"]
    found = check_answers(content, {"zzz": 1, "child_sex": "x"}, on=TODAY)
    keys = [f.key for f in content.form.fields]
    known = [keys.index(p.field) for p in found[:-1]]
    assert known == sorted(known)
    assert found[-1].field == "zzz"


def test_consent_that_is_needed_must_be_given(contents: Contents) -> None:
    content = contents["1.013949"]
    sentence = "Đánh dấu để đồng ý: cam kết sử dụng đúng mục đích, nộp tiền đúng hạn"
    assert problems(content, {})["commitment"] == sentence
    assert problems(content, {"commitment": {"agreed": "false"}})["commitment"] == sentence
    assert "commitment" not in problems(content, {"commitment": {"agreed": "on"}})


def test_period_must_not_end_before_it_begins(contents: Contents) -> None:
    content = contents["1.003677"]
    found = problems(content, {"period": {"from": "20/12/2026", "to": "01/12/2026"}})
    assert found["period"] == "Thời gian tạm vắng: ngày kết thúc phải từ 20/12/2026 trở đi."
    assert "period" not in problems(content, {"period": {"from": "01/12/2026", "to": "20/12/2026"}})


def test_moment_is_read_as_people_write_it(contents: Contents) -> None:
    content = contents["1.000656"]
    assert tidy_answers(content, {"death_time": "14:05 ngày 20/11/2026"})["death_time"] == "2026-11-20T14:05"
    sentence = problems(content, {"death_time": "25:05 20/11/2026"})["death_time"]
    assert sentence == (
        "Giờ, ngày, tháng, năm chết: ghi giờ từ 00:00 đến 23:59 và ngày, ví dụ 14:05 15/03/2026."
    )


def test_table_rows_are_named(contents: Contents) -> None:
    content = contents["1.000894"]
    rows = [{"full_name": "Ông A", "birth_date": "1990"}, {"full_name": "Bà B", "birth_date": "năm 95"}]
    assert problems(content, {"spouses": rows})["spouses"] == "Thông tin bên nam, bên nữ: xem lại dòng 2."
    rows[1] = {"full_name": "Bà B", "birth_date": "14/02/1995", "occupation": ""}
    assert "spouses" not in problems(content, {"spouses": rows})


@pytest.mark.parametrize(
    ("typed", "stored"), [("1.234,5", 1234.5), ("85,5", 85.5), ("1.234", 1234), ("85.5", 85.5)]
)
def test_numbers_are_read_as_vietnamese_write_them(contents: Contents, typed: str, stored: float) -> None:
    assert tidy_answers(contents["1.013225"], {"lot_area": typed})["lot_area"] == stored


@pytest.mark.parametrize("name", ["Nguyễn 123", "Trần <b>An</b>", "A@b"])
def test_a_persons_name_is_written_in_letters(contents: Contents, name: str) -> None:
    assert problems(contents["1.001193"], {"child_name": name})["child_name"] == (
        "Họ, chữ đệm, tên trẻ: viết bằng chữ cái, không có chữ số hay ký hiệu."
    )
    for kept in ("Y Bhin Niê", "K'Brăh", "Trần Minh An"):
        assert "child_name" not in problems(contents["1.001193"], {"child_name": kept})


def test_what_is_written_is_not_called_chosen(contents: Contents) -> None:
    found = problems(contents["1.001193"], {})
    assert found["relation_to_child"] == "Nhập quan hệ với người được khai sinh"
    assert found["child_sex"] == "Chọn giới tính"


def test_money_is_whole_dong(contents: Contents) -> None:
    content = contents["1.001612"]
    assert tidy_answers(content, {"capital": "50.000.000"})["capital"] == 50_000_000
    assert problems(content, {"capital": "5 tỷ"})["capital"].endswith("nhập số đồng, ví dụ 50.000.000.")


def test_files_travel_as_papers_and_are_not_missed(contents: Contents) -> None:
    assert "attachments" not in problems(contents["1.013225"], {})


def test_form_without_fields_takes_no_answers(contents: Contents) -> None:
    assert problems(contents["2.000815"], {}) == {}
    assert list(problems(contents["2.000815"], {"full_name": "A"})) == ["full_name"]


def test_every_field_has_a_hint_a_page_can_draw(contents: Contents) -> None:
    for content in contents.values():
        hints = form_hints(content.form)
        assert [h.key for h in hints] == [f.key for f in content.form.fields]
        assert [h.key for h in hints] == list(form_schema(content.form)["properties"])
        assert all(h.options for h in hints if h.widget in {"radios", "select", "suggest"})


def test_known_fields_name_their_register(contents: Contents) -> None:
    hints = {h.key: h for h in form_hints(contents["1.001193"].form)}
    assert hints["mother_name"].known_to == "population_db"
    assert hints["child_name"].known_to is None
    assert hints["child_birth_date_words"].computed
    assert hints["copies_count"].shown_if == "copies_wanted"


def test_lists_that_we_supply_say_how_sure_they_are() -> None:
    assert len(code_lists()["ethnicities"].items) == 54
    assert len(set(code_lists()["ethnicities"].items)) == 54
    assert {name for name, found in code_lists().items() if found.certainty.level == "seen"} == {
        "sexes",
        "founder_kinds",
    }
    assert columns()["full_name"].label == "Họ, chữ đệm và tên"


@given(
    st.dictionaries(
        st.sampled_from([f.key for f in source_book().contents[0].form.fields] + ["khác"]),
        st.none()
        | st.booleans()
        | st.integers()
        | st.text(max_size=40)
        | st.lists(st.text(max_size=5), max_size=3),
    )
)
def test_whatever_is_typed_is_answered_in_words(typed: dict[str, Any]) -> None:
    content = source_book().contents[0]
    for problem in check_answers(content, tidy_answers(content, typed), on=TODAY):
        assert "{" not in problem.template.format(**problem.facts) or "{" in str(problem.facts)
        assert problem.sentence
