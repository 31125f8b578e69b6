"""What two syllables are together, who acts in a sentence, and what one number leaves to the next."""

from decimal import Decimal

import pytest

from lienthong.data.reading import Fact, facts_in

DAY = "Hà Nội, ngày 15 tháng 11 năm 2026"


def _read(*words: str) -> list[Fact]:
    return list(facts_in([DAY, *words]))


@pytest.mark.parametrize(
    "sentence",
    [
        "Năm 2026 có 2,9 triệu giao dịch với số tiền hơn 8,1 nghìn tỷ đồng.",
        "Xã đang thực hiện trong hạn 06 nhiệm vụ.",
        "Cần Thơ có 120 xã, phường kết nối.",
        "Hội đồng nhận 40 hồ sơ đề nghị khen thưởng, trả 12 hồ sơ.",
    ],
)
def test_a_syllable_of_a_longer_word_is_no_cue(sentence: str) -> None:
    assert {f.kind.value for f in _read(sentence)} <= {"observation", "task_count"}


def test_doing_is_not_now() -> None:
    facts = _read("Năm 2025, xã đang thực hiện trong hạn 06 nhiệm vụ.")
    assert [f.date and f.date.isoformat() for f in facts] == ["2025-12-31"]


def test_a_comma_inside_a_phrase_divides_nothing() -> None:
    [fact] = _read("Gần 12.000 cơ sở khám, chữa bệnh dùng căn cước thay thẻ.")
    assert fact.subject == "cơ sở khám, chữa bệnh dùng căn cước thay thẻ"


def test_more_than_the_year_before_is_a_step_up() -> None:
    [_, fact] = _read("Mức độ hài lòng đạt 96,7%, cao hơn 1,2 điểm phần trăm so với năm 2025.")
    assert (fact.change, fact.comparator) == ("up", "exactly")


def test_who_acted_is_no_figure_and_what_follows_is_theirs() -> None:
    facts = _read("Đến nay, 124 xã, phường của tỉnh đã tiếp nhận 611.302 hồ sơ, tỷ lệ trực tuyến 88,6%.")
    assert [(f.value, f.tier) for f in facts] == [(611302, "commune"), (Decimal("88.6"), "commune")]


def test_a_share_that_tells_which_are_counted_is_no_figure() -> None:
    [fact] = _read("Có 4/22 xã có hồ sơ quá hạn trên 10%.")
    assert (fact.value, fact.of, fact.unit) == (4, 22, "xã")


def test_what_a_check_looked_at_is_no_finding() -> None:
    [fact] = _read("Qua kiểm tra 22 xã, ghi nhận 9 xã chưa niêm yết đầy đủ thủ tục.")
    assert fact.value == 9


def test_a_list_is_for_whom_its_heading_names() -> None:
    facts = _read("Giao chỉ tiêu năm 2026 cho các xã, phường như sau:", "a) Tỷ lệ hồ sơ trễ hạn: dưới 1%;")
    assert [f.tier for f in facts] == ["commune"]


def test_the_title_gives_its_year_to_targets() -> None:
    words = ["NGHỊ QUYẾT", "Về nhiệm vụ năm 2027", DAY, "Tỷ trọng kinh tế số phấn đấu đạt trên 16%."]
    [fact] = facts_in(words)
    assert (fact.date and fact.date.year, fact.date_basis) == (2027, "section_heading")


def test_counting_what_was_assigned_is_no_order() -> None:
    facts = _read("Thủ tướng giao các bộ, ngành 24 nhiệm vụ, đến nay mới có 9 nhiệm vụ hoàn thành.")
    assert [(f.kind.value, f.value) for f in facts] == [("task_count", 24), ("task_count", 9)]


def test_respectively_is_said_of_each() -> None:
    facts = _read("Số giao dịch và số tiền tăng lần lượt 37% và 42%.")
    assert [f.change for f in facts] == ["up", "up"]


def test_agencies_in_a_row_share_what_is_said_of_one() -> None:
    subjects = [f.subject for f in _read("Bộ Y tế hoàn thành 12 nhiệm vụ, Bộ Công an 15 nhiệm vụ.")]
    assert subjects == ["nhiệm vụ hoàn thành"] * 2
    first, last = _read(
        "Năm 2027 phấn đấu: bộ, ngành đạt ít nhất 85%, địa phương đạt ít nhất 70% hồ sơ trực tuyến."
    )
    assert "hồ sơ trực tuyến" in first.subject
    assert last.subject == "hồ sơ trực tuyến"


def test_time_goes_down_to_a_time() -> None:
    assert [f.value for f in _read("Thời gian giải quyết giảm từ 8 ngày xuống còn 4,5 ngày.")][-1] == Decimal(
        "4.5"
    )


def test_leading_alone_is_no_work() -> None:
    [fact] = _read("Giao Sở Nội vụ chủ trì kiểm tra, đánh giá kết quả trước ngày 20/12/2026.")
    assert fact.subject == "kiểm tra, đánh giá kết quả"


def test_a_topic_before_a_colon_is_not_what_is_measured() -> None:
    [fact] = _read("Làm sạch dữ liệu: 99,2% thuê bao di động đã xác thực.")
    assert fact.subject == "thuê bao di động đã xác thực"


def test_days_after_somebody_elses_document_wait_for_it() -> None:
    told = "Giao Bộ Y tế rà soát dữ liệu trong thời hạn 20 ngày kể từ ngày {}."
    [ours] = _read(told.format("ban hành Thông báo này"))
    [theirs] = _read(told.format("Tỉnh ủy ban hành nghị quyết"))
    assert (ours.date and ours.date.isoformat(), ours.date_basis) == ("2026-12-05", "relative_to_document")
    assert (theirs.date, theirs.date_basis) == (None, "after_event")
