"""Deadlines after an event and again and again: given by hand or read from a document, in the four buckets.

QĐ 42/2014/QĐ-TTg (amended by QĐ 23/2018/QĐ-TTg) has tasks followed by their deadline; the buckets are those of
BC 1270/BC-TCTTTg. Days are counted as the Civil Code 91/2015/QH15 art. 147.2 has it: the first day is not one.
"""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from console.committee import seat_committee
from console.test_open_figures import opened_by, words
from console.test_reading import pasted
from lienthong.data.reading import DateBasis
from lienthong.fields.public import posted_date
from lienthong.steering.public import (
    Bucket,
    Plan,
    TaskScope,
    complete_period,
    count_tasks,
    find_task,
    task_page,
)
from lienthong.steering.rules.readings import deadline_values
from makers import BY, World, at

ASSIGN = "/dieu-hanh/nhiem-vu/giao/"
TASK: dict[str, Any] = {
    "plan": "CDS-2026", "content": "Báo cáo kết quả làm sạch dữ liệu", "lead": "H20", "number": "12/TB-VPCP",
    "title": "Kết luận phiên họp", **posted_date("signed_on", "09/11/2026"),
}  # fmt: skip
AFTER = {"deadline_kind": "relative", "event": "Tỉnh ủy ban hành văn bản", "days": "20"}
MONTHLY = {"deadline_kind": "recurring", "every": "month", "day": "25", **posted_date("until", "31/12/2026")}
BOTH = """Số: 15/TB-VPCP
Hà Nội, ngày 02 tháng 11 năm 2026
THÔNG BÁO
Kết luận phiên họp
1. Giao Bộ Tư pháp hoàn thành làm sạch dữ liệu hộ tịch trong vòng 20 ngày kể từ khi Tỉnh ủy ban hành nghị quyết.
2. Giao Bộ Y tế báo cáo kết quả thực hiện trước ngày 25 hằng tháng.
"""


@pytest.fixture
def plan(world: World) -> Plan:
    return seat_committee(world)


@pytest.fixture
def secretary(world: World, plan: Plan) -> Client:
    return opened_by(world, "committee")


def bucket(day: date) -> Bucket | None:
    [row] = count_tasks(TaskScope(), day, by=BY).rows
    return row.bucket


@pytest.mark.django_db
def test_twenty_days_after_an_event_begin_the_day_after_it(world: World, secretary: Client) -> None:
    """The event comes on 10/11; the 20th day after it, 30/11, is still in time (art. 147.2 and 148)."""
    secretary.post(ASSIGN, {**TASK, **AFTER})
    address = "/dieu-hanh/nhiem-vu/CDS-2026-001/"
    assert "20 ngày sau: Tỉnh ủy ban hành văn bản" in words(secretary, address)
    assert bucket(date(2026, 11, 9)) is Bucket.OPEN_IN_TIME
    with at("12/11/2026 09:00"):
        came = {**posted_date("on", "10/11/2026"), "reference": "05-NQ/TU"}
        later = opened_by(world, "committee")
        assert later.post(f"{address}ghi/xac-dinh-han/", came).headers["Location"] == address
    with at("30/11/2026 16:00"):
        assert task_page("CDS-2026-001", date(2026, 11, 30), by=BY).standing.due_on == date(2026, 11, 30)
        assert bucket(date(2026, 11, 30)) is Bucket.OPEN_IN_TIME
    with at("01/12/2026 08:00"):
        assert bucket(date(2026, 12, 1)) is Bucket.OPEN_LATE
        assert "30/11/2026 (20 ngày sau: Tỉnh ủy ban hành văn bản)" in words(
            opened_by(world, "committee"), address
        )


@pytest.mark.django_db
def test_again_and_again_it_is_late_by_its_first_open_period(world: World, secretary: Client) -> None:
    """Monthly by the 25th (as reports were due under NĐ 138/2016/NĐ-CP): November in time, December missed."""
    secretary.post(ASSIGN, {**TASK, **MONTHLY})
    address = "/dieu-hanh/nhiem-vu/CDS-2026-001/"
    assert "kỳ tới 25/11/2026 (hằng tháng, ngày 25)" in words(secretary, address)
    task = find_task("CDS-2026-001", by=BY)
    with at("25/11/2026 10:00"):
        complete_period(task=task, on=date(2026, 11, 25), reference="BC 1", by=BY)
        assert bucket(date(2026, 11, 25)) is Bucket.OPEN_IN_TIME
    with at("26/12/2026 10:00"):
        assert bucket(date(2026, 12, 26)) is Bucket.OPEN_LATE
        complete_period(task=task, on=date(2026, 12, 26), reference="BC 2", by=BY)
        assert bucket(date(2026, 12, 26)) is Bucket.DONE_LATE


@pytest.mark.django_db
def test_a_read_document_proposes_the_rule_and_its_confirmation_keeps_it(
    world: World, secretary: Client
) -> None:
    reading = pasted(secretary, BOTH)
    numbers = [each["number"] for each in reading.proposals if each["read_as"] == "task"]
    for number, code in zip(numbers, ("G15", "G15"), strict=True):
        page = f"/dieu-hanh/van-ban/{reading.pk}/{number}/"
        form = secretary.get(page).context["form"]
        told = {name: form[name].initial or "" for name in form.fields if name not in {"date", "until"}}
        told |= {"la": "task", "ghi": "xac-nhan", "lead_code": code, **posted_date("until", "31/12/2026")}
        answer = secretary.post(f"{page}ghi/", told)
        assert answer.status_code == 302, answer.context["form"].errors
    first, last = find_task("CDS-2026-001", by=BY), find_task("CDS-2026-002", by=BY)
    assert (first.deadline.kind, first.deadline.days, first.deadline.event) == (
        "relative", 20, "Tỉnh ủy ban hành nghị quyết",
    )  # fmt: skip
    assert (last.deadline.kind, last.deadline.every, last.deadline.day) == ("recurring", "month", 25)
    assert task_page(last.code, date(2026, 11, 9), by=BY).standing.due_on == date(2026, 11, 25)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({**AFTER, "days": ""}, "phải nêu sự kiện và số ngày"),
        ({**AFTER, "event": " "}, "phải nêu sự kiện và số ngày"),
        ({**MONTHLY, "day": ""}, "phải nêu chu kỳ, ngày trong kỳ"),
        ({**MONTHLY, "day": "32"}, "31"),
        ({**MONTHLY, **posted_date("until", "10/11/2026")}, "không có kỳ nào"),
        ({"deadline_kind": "fixed"}, "Nhập ngày đến hạn"),
        ({**posted_date("due_on", "08/11/2026")}, "sớm hơn ngày giao"),
    ],
)
def test_half_a_rule_is_refused_in_a_sentence_and_nothing_is_kept(
    world: World, secretary: Client, told: dict[str, str], said: str
) -> None:
    answer = secretary.post(ASSIGN, {**TASK, **told})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert count_tasks(TaskScope(), date(2026, 11, 9), by=BY).rows == []


@pytest.mark.parametrize(
    ("basis", "text", "found"),
    [
        ("after_event", "trong 20 ngày kể từ khi Tỉnh ủy ban hành văn bản", ("20", "Tỉnh ủy ban hành văn bản")),
        ("after_event", "sau 15 ngày kể từ ngày có quyết định phê duyệt", ("15", "có quyết định phê duyệt")),
        ("after_event", "trong 10 ngày làm việc kể từ ngày nhận đủ hồ sơ", ("", "trong 10 ngày làm việc kể từ ngày nhận đủ hồ sơ")),
        ("recurring", "trước ngày 25 hằng tháng", ("month", "25")),
        ("recurring", "định kỳ hằng quý", ("quarter", "")),
        ("recurring", "định kỳ 6 tháng, hằng năm", ("half_year", "")),
        ("written", "30/11/2026", None),
    ],
)  # fmt: skip
def test_the_words_of_a_deadline_fill_the_form(basis: str, text: str, found: tuple[str, str] | None) -> None:
    values = deadline_values(DateBasis(basis), text)
    assert (tuple(list(values.values())[1:]) or None) == found
