"""Assigning: who may, to whom, by when; what cannot be is refused with a sentence and leaves nothing behind."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from lienthong.audit.public import entries_about
from lienthong.identity.public import NotAllowed
from lienthong.kit.errors import Refused
from lienthong.steering.models import SourceDocument, Task, TaskEntry
from lienthong.steering.public import (
    Bucket,
    Deadline,
    DeadlineKind,
    Every,
    TaskScope,
    count_tasks,
    enter_history,
    open_plan,
)
from lienthong.steering.rules.refusals import (
    CircularParents,
    ContentMissing,
    DueBeforeAssigned,
    DueMissing,
    EventMissing,
    InTheFuture,
    LeadMissing,
    LeadTwice,
    NoOccurrence,
    NotSpecificEnough,
    PartnerIsLead,
    RuleMissing,
    SourceMissing,
    TooEarly,
)
from steering.registers import BY, Register, fixed

FEBRUARY = date(2024, 2, 10)


def test_a_task_for_one_agency_is_recorded_and_counts_as_open_in_time(register: Register) -> None:
    task = register.assign()
    assert task.code == "CDS-2024-001"
    count = count_tasks(TaskScope(), FEBRUARY, by=BY)
    assert count.counts.buckets[Bucket.OPEN_IN_TIME] == count.counts.total == 1
    assert [entry.event for entry in entries_about(f"task:{task.code}")] == ["steering.TaskAssigned"]


def test_the_next_task_has_the_next_number(register: Register) -> None:
    assert [register.assign().code for _ in range(3)] == ["CDS-2024-001", "CDS-2024-002", "CDS-2024-003"]


def test_a_task_for_several_is_a_parent_with_a_part_each_and_counts_once(register: Register) -> None:
    task = register.assign(leads=[register.dong_thap, register.hai_phong])
    assert task.lead is None
    assert [part.code for part in task.parts.order_by("code")] == ["CDS-2024-001.H20", "CDS-2024-001.H24"]
    assert count_tasks(TaskScope(), FEBRUARY, by=BY).counts.total == 1
    assert count_tasks(TaskScope(by_unit=True), FEBRUARY, by=BY).counts.total == 2
    assert count_tasks(TaskScope(lead="H24"), FEBRUARY, by=BY).counts.total == 1


def test_several_documents_may_give_one_task(register: Register) -> None:
    other = SourceDocument.objects.create(
        number="131/NQ-CP", signed_on=date(2022, 10, 6), title="Cải cách thủ tục", kind="Nghị quyết"
    )
    register.assign(documents=[register.document, other])
    for number in ("04/CT-TTg", "131/NQ-CP"):
        assert count_tasks(TaskScope(document=number), FEBRUARY, by=BY).counts.total == 1
    assert count_tasks(TaskScope(document="99/QĐ-TTg"), FEBRUARY, by=BY).counts.total == 0


def monthly(**changes: Any) -> Deadline:
    facts: dict[str, Any] = {"every": Every.MONTH, "day": 25, "until": date(2024, 12, 31)}
    return Deadline(DeadlineKind.RECURRING, **facts | changes)


REFUSALS: list[tuple[dict[str, Any], type[Refused], str]] = [
    ({"content": "  "}, ContentMissing, "Nhập nội dung"),
    ({"documents": []}, SourceMissing, "văn bản giao"),
    ({"leads": []}, LeadMissing, "chủ trì"),
    ({"deadline": fixed("2024-01-14")}, DueBeforeAssigned, "14/01/2024 sớm hơn ngày giao 15/01/2024"),
    ({"deadline": Deadline(DeadlineKind.FIXED)}, DueMissing, "ngày đến hạn"),
    ({"deadline": Deadline(DeadlineKind.RELATIVE, event="", days=20)}, EventMissing, "sự kiện"),
    ({"deadline": Deadline(DeadlineKind.RELATIVE, event="Ban hành", days=0)}, EventMissing, "số ngày"),
    ({"deadline": monthly(until=None)}, RuleMissing, "ngày kết thúc"),
    ({"deadline": monthly(every=None)}, RuleMissing, "chu kỳ"),
    ({"deadline": monthly(day=0)}, RuleMissing, "1 đến 31"),
    ({"deadline": monthly(until=date(2024, 1, 20))}, NoOccurrence, "không có kỳ nào"),
    ({"assigned_on": date(2023, 12, 31)}, TooEarly, "31/12/2023"),
    ({"assigned_on": date(2999, 1, 1), "deadline": fixed("2999-02-01")}, InTheFuture, "01/01/2999 chưa đến"),
]


@pytest.mark.parametrize(("changes", "refusal", "words"), REFUSALS)
def test_what_cannot_be_is_refused_and_nothing_is_half_saved(
    register: Register, changes: dict[str, Any], refusal: type[Refused], words: str
) -> None:
    with pytest.raises(refusal, match=words):
        register.assign(**changes)
    assert not Task.objects.exists()
    assert not TaskEntry.objects.exists()


def test_a_lead_stands_once_and_is_not_its_own_partner(register: Register) -> None:
    with pytest.raises(LeadTwice, match="Đồng Tháp được nêu hai lần"):
        register.assign(leads=[register.dong_thap, register.dong_thap])
    with pytest.raises(PartnerIsLead, match="Đồng Tháp đã chủ trì"):
        register.assign(partners=[register.dong_thap])


def test_a_task_does_not_stand_in_itself_nor_a_part_have_parts(register: Register) -> None:
    parent = register.assign(leads=[register.dong_thap, register.hai_phong])
    with pytest.raises(CircularParents, match=f"{parent.code} không thể nằm trong chính nó"):
        register.assign(parent=parent, code=parent.code)
    part = parent.parts.get(lead=register.dong_thap)
    with pytest.raises(CircularParents):
        register.assign(parent=part, code=parent.code)
    with pytest.raises(NotSpecificEnough):
        register.assign(parent=part)
    later = register.assign(parent=parent, leads=[register.ministry], code=f"{parent.code}.G15")
    assert later.parent == parent


def test_chair_and_secretary_assign_a_plain_member_and_an_agency_do_not(register: Register) -> None:
    register.assign(by=register.chair)
    register.assign(by=register.secretary)
    for who in (register.member, register.leader, register.officer, register.ministry_leader):
        with pytest.raises(NotAllowed):
            register.assign(by=who)
    assert Task.objects.count() == 2


def test_no_line_and_no_task_is_ever_changed_or_deleted(register: Register) -> None:
    """The database itself refuses: the past of a count cannot be rewritten."""
    register.assign()
    for attempt in (
        lambda: TaskEntry.objects.update(due_on=date(2030, 1, 1)),
        lambda: TaskEntry.objects.all().delete(),
        lambda: Task.objects.update(content="khác"),
    ):
        with pytest.raises(IntegrityError, match="only appended to"), transaction.atomic():
            attempt()


def test_only_who_assigns_opens_plans_and_nobody_enters_history_but_the_platform(register: Register) -> None:
    for who in (register.member, register.leader, register.officer, register.ministry_leader):
        with pytest.raises(NotAllowed):
            open_plan(
                programme="P", programme_name="Chương trình", source="1/QĐ-TTg", code="P-2026", name="Kế hoạch",
                year=2026, since=date(2026, 1, 1), body=register.plan.body, by=who,
            )  # fmt: skip
        with pytest.raises(NotAllowed):
            enter_history(plan=register.plan, tasks=[], by=who)
    with pytest.raises(NotAllowed):
        enter_history(plan=register.plan, tasks=[], by=register.chair)
