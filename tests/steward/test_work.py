"""A steward at work: a workbook through to its result, cases decided one by one and at once."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lienthong.cleaning.public import Case, CaseState, Sweep, open_cases
from lienthong.identity.public import system
from lienthong.population.public import Access
from lienthong.registries.public import Batch, Record
from registries.test_run import workbook
from registries.world import HANH, LOC, World, conflict, duplicate, matched, opened_by, possible, stored

pytestmark = pytest.mark.django_db
WORKER = system("cleaning")
GROUND = "Đã xem sổ gốc, tên mẹ trùng"


def cases(world: World, *rows: dict[str, object]) -> list[Case]:
    batch = stored(world, rows)
    open_cases(batch=batch, by=WORKER)
    return list(Case.objects.filter(batch=batch).order_by("pk"))


def test_a_workbook_goes_through_to_its_marked_copy(world: World) -> None:
    keeper = opened_by(world.accounts["keeper"])
    file = SimpleUploadedFile("lao-dong.xlsx", workbook())

    sent = keeper.post("/du-lieu/nguon/lao-dong/gui/", {"file": file})
    assert sent.status_code == 302
    page = keeper.get(sent["Location"]).content.decode()
    assert "Xem trước: lao-dong.xlsx" in page
    assert "Trường dữ liệu của cột Số CCCD" in page

    batch = Batch.objects.get(name="lao-dong.xlsx")
    typed = {f"column_{one['index']}": one["field"] or "" for one in batch.preview["columns"]}
    done = keeper.post(f"{sent['Location']}xac-nhan/", {**typed, "replaces": "whole"})
    assert done.status_code == 302
    result = keeper.get(sent["Location"]).content.decode()
    assert "Kết quả đối chiếu" in result
    assert "Trùng số, khác thông tin" in result
    marked = keeper.get(f"{sent['Location']}tep-danh-dau/")
    assert marked.status_code == 200
    assert marked["Content-Disposition"].startswith("attachment")
    assert b"".join(marked.streaming_content)[:2] == b"PK"

    again = keeper.post("/du-lieu/nguon/lao-dong/gui/", {"file": SimpleUploadedFile("khac.xlsx", workbook())})
    assert again["Location"] == sent["Location"]
    assert "Hệ thống không nhận lần thứ hai" in keeper.get(again["Location"]).content.decode()
    source = keeper.get("/du-lieu/nguon/lao-dong/").content.decode()
    assert "Quy tắc còn bản ghi chưa đạt" in source


def test_a_page_drawn_before_a_worker_has_the_file_comes_back_by_itself(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It once stood there for good: the worker took the file a moment after the page had looked."""
    monkeypatch.setattr("lienthong.steward.pages.files.begin_run", lambda _batch: None)
    keeper = opened_by(world.accounts["keeper"])
    sent = keeper.post("/du-lieu/nguon/lao-dong/gui/", {"file": SimpleUploadedFile("c.xlsx", workbook())})
    batch = Batch.objects.get(name="c.xlsx")
    typed = {f"column_{one['index']}": one["field"] or "" for one in batch.preview["columns"]}
    keeper.post(f"{sent['Location']}xac-nhan/", {**typed, "replaces": "whole"})

    waiting = keeper.get(sent["Location"]).content.decode()
    assert "Chạy tiếp" in waiting
    assert "data-refresh" in waiting


def test_a_file_that_is_none_is_refused_with_its_sentence(world: World) -> None:
    keeper = opened_by(world.accounts["keeper"])
    answer = keeper.post(
        "/du-lieu/nguon/lao-dong/gui/", {"file": SimpleUploadedFile("a.xlsx", b"MZ not a book")}
    )
    assert answer.status_code == 422
    assert "có đuôi .xlsx nhưng nội dung là" in answer.content.decode()
    assert keeper.post("/du-lieu/nguon/lao-dong/gui/", {}).status_code == 422
    assert not Batch.objects.filter(name="a.xlsx").exists()


def test_two_columns_of_one_field_are_told(world: World) -> None:
    keeper = opened_by(world.accounts["keeper"])
    sent = keeper.post("/du-lieu/nguon/lao-dong/gui/", {"file": SimpleUploadedFile("b.xlsx", workbook())})
    answer = keeper.post(
        f"{sent['Location']}xac-nhan/",
        {"column_0": "full_name", "column_2": "full_name", "replaces": "whole"},
    )
    assert answer.status_code == 422
    assert "Hai cột cùng được chọn là “Họ và tên”" in answer.content.decode()


def test_deciding_leads_to_the_next_case_and_the_reading_is_the_persons_to_see(world: World) -> None:
    first, second = cases(world, possible(), possible(score=0.8))
    keeper = opened_by(world.accounts["keeper"])
    page = keeper.get(f"/du-lieu/viec/{first.pk}/?nguon=lao-dong").content.decode()
    assert "Cặp 1 trong 2" in page
    assert "một bên chỉ biết năm" in page
    assert "<mark>Xa</mark>" in page
    access = Access.objects.filter(person=HANH).latest("at")
    assert (access.purpose, "Người lao động" in access.basis) == ("review", True)

    answer = keeper.post(
        f"/du-lieu/viec/{first.pk}/quyet-dinh/?nguon=lao-dong",
        {"seen": 0, "choice": "same", "person": "0", "ground": GROUND},
    )
    assert answer["Location"] == f"/du-lieu/viec/{second.pk}/?nguon=lao-dong"
    assert Record.objects.get(pk=first.record_id).personal_number == HANH


def test_a_decision_without_choice_or_ground_says_what_to_do(world: World) -> None:
    [case] = cases(world, possible())
    keeper = opened_by(world.accounts["keeper"])
    answer = keeper.post(f"/du-lieu/viec/{case.pk}/quyet-dinh/", {"seen": 0, "ground": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chọn một quyết định" in page
    assert "Ghi căn cứ của quyết định" in page


def test_the_second_steward_on_one_case_is_told_who_was_first(world: World) -> None:
    [case] = cases(world, possible())
    typed = {"seen": 0, "choice": "same", "person": "0", "ground": GROUND}
    opened_by(world.accounts["keeper"]).post(f"/du-lieu/viec/{case.pk}/quyet-dinh/", typed)
    answer = opened_by(world.accounts["second"]).post(
        f"/du-lieu/viec/{case.pk}/quyet-dinh/", {**typed, "choice": "different"}
    )
    assert answer.status_code == 422
    assert "Cán bộ keeper vừa quyết định lúc" in answer.content.decode()


def test_a_merge_is_proposed_confirmed_and_undone_on_the_page(world: World) -> None:
    [case] = cases(world, matched(), duplicate("2"))
    address = f"/du-lieu/viec/{case.pk}/"
    keeper, second = opened_by(world.accounts["keeper"]), opened_by(world.accounts["second"])
    assert "Có phải một bản ghi?" in keeper.get(address).content.decode()
    keeper.post(f"{address}quyet-dinh/", {"seen": 0, "choice": "merge", "ground": GROUND})
    assert "Chờ người thứ hai xác nhận" in second.get(address).content.decode()
    assert "Rút lại đề nghị" in keeper.get(address).content.decode()
    assert keeper.post(f"{address}xac-nhan/", {"seen": 1, "ground": GROUND}).status_code == 422

    second.post(f"{address}xac-nhan/", {"seen": 1, "ground": GROUND})
    assert Record.objects.get(pk=case.record_id).superseded
    keeper.post(f"{address}hoan-tac/", {"seen": 2, "ground": "Hai người trùng tên"})
    assert not Record.objects.get(pk=case.record_id).superseded


def test_the_owner_answers_within_its_days(world: World) -> None:
    [case] = cases(world, conflict())
    address = f"/du-lieu/viec/{case.pk}/"
    opened_by(world.accounts["keeper"]).post(
        f"{address}quyet-dinh/", {"seen": 0, "choice": "ask_owner", "ground": GROUND}
    )
    owner = opened_by(world.accounts["owner"])
    page = owner.get(address).content.decode()
    assert "trả lời trước" in page
    assert "Khác với dân cư ở mục" in page
    assert "Gửi trả lời" in page
    assert (
        owner.post(f"{address}tra-loi/", {"seen": 1, "answer": "", "ground": "Sổ ghi ngày 20"}).status_code
        == 302
    )
    case.refresh_from_db()
    assert case.state == CaseState.ANSWERED


def test_one_rule_for_many_from_the_queue(world: World) -> None:
    cases(world, *[{**matched(), "verdict": "corrected"} for _ in range(5)], possible())
    keeper = opened_by(world.accounts["keeper"])
    queue = keeper.get("/du-lieu/viec/?ket-luan=corrected").content.decode()
    assert "Quyết định một lần cho 5 việc đang lọc" in queue

    answer = keeper.post(
        "/du-lieu/viec/nhieu/?ket-luan=corrected", {"choice": "same", "ground": "Sai một chữ số"}
    )
    sweep = Sweep.objects.get()
    assert answer["Location"] == f"/du-lieu/dot/{sweep.pk}/"
    assert (sweep.done, sweep.refused, sweep.total) == (5, 0, 5)
    assert (
        "5 đã làm + 0 không áp dụng được + 0 còn lại = 5" in keeper.get(answer["Location"]).content.decode()
    )
    assert set(Case.objects.filter(verdict="corrected").values_list("state", flat=True)) == {"settled"}
    assert Case.objects.get(verdict="possible").state == "open"
    assert set(Record.objects.filter(verdict="corrected").values_list("personal_number", flat=True)) == {LOC}


def test_the_queue_says_what_differs_and_finds_by_it(world: World) -> None:
    cases(world, conflict(), possible(score=0.99996))
    keeper = opened_by(world.accounts["keeper"])
    queue = keeper.get("/du-lieu/viec/")
    said = {row["case"].verdict: (row["points"], row["differs"]) for row in queue.context["rows"]}
    assert said == {"conflict": (None, ["Ngày sinh"]), "possible": (99, [])}
    assert "máy ước 99% là một người" in queue.content.decode()
    assert '<option value="birth_date">Ngày sinh</option>' in queue.content.decode()
    narrowed = keeper.get("/du-lieu/viec/?muc=birth_date").context["rows"]
    assert [row["case"].verdict for row in narrowed] == ["conflict"]


def test_a_rule_without_a_verdict_is_not_offered(world: World) -> None:
    cases(world, possible())
    keeper = opened_by(world.accounts["keeper"])
    assert "Quyết định một lần" not in keeper.get("/du-lieu/viec/").content.decode()
    assert keeper.post("/du-lieu/viec/nhieu/", {"choice": "same", "ground": GROUND}).status_code == 422


def test_the_chips_add_up(world: World) -> None:
    cases(world, possible(), conflict(), matched(), duplicate("4"))
    chips = opened_by(world.accounts["keeper"]).get("/du-lieu/viec/").context["chips"]
    assert chips[0]["count"] == sum(chip["count"] for chip in chips[1:]) == 3


@pytest.mark.parametrize("address", ["/du-lieu/", "/du-lieu/viec/"])
def test_a_list_asks_as_often_for_one_as_for_many(
    world: World, address: str, django_assert_num_queries: Any
) -> None:
    cases(world, possible())
    keeper = opened_by(world.accounts["keeper"])
    keeper.get(address)
    with CaptureQueriesContext(connection) as one:
        keeper.get(address)
    cases(world, *[possible() for _ in range(12)])
    with django_assert_num_queries(len(one)):
        keeper.get(address)
