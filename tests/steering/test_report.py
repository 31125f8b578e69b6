"""What a lead tells of a task and what the committee answers; each moves the count exactly as the law says."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from lienthong.documents.public import keep_file
from lienthong.identity.public import Actor, NotAllowed
from lienthong.kit.errors import Refused
from lienthong.steering.public import (
    Bucket,
    Cause,
    Deadline,
    DeadlineKind,
    Every,
    Money,
    Task,
    TaskScope,
    ask_extension,
    cancel_task,
    complete_period,
    complete_task,
    count_tasks,
    fund_task,
    grant_extension,
    refuse_extension,
    remove_obstacle,
    report_obstacle,
    report_progress,
    retract_entry,
    return_task,
    set_due,
    task_page,
)
from lienthong.steering.rules.refusals import (
    AllPeriodsDone,
    AlreadyCancelled,
    AlreadyDone,
    AmountOutOfRange,
    BasisMissing,
    BeforeLastChange,
    DueIsSet,
    ExtensionNotLater,
    InTheFuture,
    IsParent,
    NoDueToExtend,
    NoSuchAsk,
    NoSuchObstacle,
    NotDone,
    NothingToRetract,
    PercentOutOfRange,
    PeriodsOpen,
    ProposalMissing,
    ReasonMissing,
    ResultMissing,
    TextMissing,
    TooEarly,
)
from makers import PDF, at
from steering.registers import BY, Register

DAY = date(2024, 3, 20)
NOW = "10/04/2024 09:00"
TODAY = date(2024, 4, 10)


def bucket(task: Task, as_of: date = TODAY) -> Bucket | None:
    rows = count_tasks(TaskScope(), as_of, by=BY).rows
    return next(row.bucket for row in rows if row.id == task.pk)


@pytest.fixture(autouse=True)
def now() -> Any:
    with at(NOW):
        yield


@pytest.fixture
def task(register: Register) -> Task:
    """Due 31/03/2024; it is 10/04/2024."""
    return register.assign()


def test_done_on_the_due_day_is_in_time_and_a_day_later_is_late(register: Register) -> None:
    in_time, late = register.assign(), register.assign()
    complete_task(task=in_time, on=date(2024, 3, 31), reference="12/BC-UBND", by=register.leader)
    complete_task(task=late, on=date(2024, 4, 1), reference="13/BC-UBND", by=register.leader)
    assert (bucket(in_time), bucket(late)) == (Bucket.DONE_IN_TIME, Bucket.DONE_LATE)


def test_an_open_task_is_late_from_the_day_after_its_due_day(task: Task) -> None:
    assert bucket(task, date(2024, 3, 31)) is Bucket.OPEN_IN_TIME
    assert bucket(task, date(2024, 4, 1)) is Bucket.OPEN_LATE


def test_an_extension_moves_the_due_date_only_when_it_is_granted(register: Register, task: Task) -> None:
    asked = ask_extension(task=task, due_on=date(2024, 6, 30), basis="Đấu thầu lại", by=register.leader)
    assert bucket(task) is Bucket.OPEN_LATE
    grant_extension(task=task, due_on=date(2024, 5, 31), basis="88/VPCP", asked=asked, by=register.secretary)
    assert bucket(task) is Bucket.OPEN_IN_TIME
    assert bucket(task, date(2024, 4, 9)) is Bucket.OPEN_LATE  # the day before, it was not extended
    page = task_page(task.code, TODAY, by=BY)
    assert page.standing.due_on == date(2024, 5, 31)
    assert page.asks == []


def test_a_refused_extension_moves_nothing_and_is_answered_once(register: Register, task: Task) -> None:
    asked = ask_extension(task=task, due_on=date(2024, 6, 30), basis="Đấu thầu lại", by=register.leader)
    refuse_extension(asked=asked, reason="Đã gia hạn một lần", by=register.chair)
    assert bucket(task) is Bucket.OPEN_LATE
    with pytest.raises(NoSuchAsk):
        refuse_extension(asked=asked, reason="lần nữa", by=register.chair)
    with pytest.raises(NoSuchAsk):
        grant_extension(task=task, due_on=date(2024, 6, 1), basis="9/VPCP", asked=asked, by=register.chair)


def test_an_obstacle_names_its_cause_and_who_can_remove_it(register: Register, task: Task) -> None:
    obstacle = report_obstacle(
        task=task, on=DAY, cause=Cause.DATA, text="Chưa có dịch vụ chia sẻ", proposal="Mở trong tháng",
        remover=register.ministry, by=register.officer,
    )  # fmt: skip
    row = count_tasks(TaskScope(), TODAY, by=BY).rows[0]
    assert row.cause is Cause.DATA
    assert row.obstacles[0].remover == register.ministry.pk
    assert bucket(task) is Bucket.OPEN_LATE  # an obstacle explains, it does not excuse
    remove_obstacle(obstacle=obstacle, on=TODAY, text="Đã mở", by=register.ministry_leader)
    assert count_tasks(TaskScope(), TODAY, by=BY).rows[0].cause is None
    with pytest.raises(NoSuchObstacle):
        remove_obstacle(obstacle=obstacle, on=TODAY, text="Đã mở", by=register.secretary)


def test_evidence_is_kept_by_its_hash(
    register: Register, task: Task, settings: Settings, tmp_path: Path
) -> None:
    settings.DOCUMENTS_ROOT = tmp_path
    file = keep_file(content=BytesIO(PDF), name="bien-ban.pdf", by=register.leader)
    report_progress(task=task, on=DAY, text="Đã số hóa 80%", percent=80, evidence=[file], by=register.leader)
    line = task_page(task.code, TODAY, by=BY).lines[0]
    assert line.entry.evidence.get().file.sha256 == file.sha256
    assert task_page(task.code, TODAY, by=BY).standing.percent == 80


def test_a_result_not_accepted_opens_the_task_again(register: Register, task: Task) -> None:
    complete_task(task=task, on=DAY, reference="12/BC-UBND", by=register.leader)
    return_task(task=task, on=date(2024, 4, 5), reason="Còn 3 xã chưa có dữ liệu", by=register.secretary)
    assert bucket(task) is Bucket.OPEN_LATE
    assert bucket(task, date(2024, 4, 4)) is Bucket.DONE_IN_TIME  # what was true then stays true of then
    with pytest.raises(BeforeLastChange, match="04/04/2024 sớm hơn"):
        complete_task(task=task, on=date(2024, 4, 4), reference="14/BC", by=register.leader)
    complete_task(task=task, on=TODAY, reference="15/BC-UBND", by=register.leader)
    assert bucket(task) is Bucket.DONE_LATE


def test_a_cancelled_task_is_in_no_bucket(register: Register, task: Task) -> None:
    cancel_task(task=task, on=TODAY, reference="31/QĐ-TTg", by=register.chair)
    count = count_tasks(TaskScope(), TODAY, by=BY).counts
    assert (count.total, count.cancelled) == (0, 1)
    with pytest.raises(AlreadyCancelled):
        report_progress(task=task, on=TODAY, text="vẫn làm", by=register.leader)


def test_cancelling_a_parent_takes_back_its_open_parts_and_leaves_what_was_done(register: Register) -> None:
    parent = register.assign(leads=[register.dong_thap, register.hai_phong])
    complete_task(
        task=parent.parts.get(lead=register.hai_phong), on=DAY, reference="1/BC", by=register.far_leader
    )
    cancel_task(task=parent, on=TODAY, reference="31/QĐ-TTg", by=register.secretary)
    counts = count_tasks(TaskScope(by_unit=True), TODAY, by=BY).counts
    assert (counts.cancelled, counts.buckets[Bucket.DONE_IN_TIME]) == (1, 1)


def test_a_parent_is_late_while_one_part_is_and_done_with_the_last(register: Register) -> None:
    parent = register.assign(leads=[register.dong_thap, register.hai_phong])
    mine, far = parent.parts.get(lead=register.dong_thap), parent.parts.get(lead=register.hai_phong)
    complete_task(task=mine, on=DAY, reference="1/BC", by=register.leader)
    assert bucket(parent) is Bucket.OPEN_LATE
    complete_task(task=far, on=date(2024, 4, 2), reference="2/BC", by=register.far_leader)
    assert bucket(parent) is Bucket.DONE_LATE
    assert count_tasks(TaskScope(), TODAY, by=BY).rows[0].done_on == date(2024, 4, 2)
    with pytest.raises(IsParent, match="từng đơn vị"):
        report_progress(task=parent, on=TODAY, text="x", by=BY)


def test_a_relative_deadline_starts_with_its_event(register: Register) -> None:
    """As in a commune's register: "20 ngày sau khi Tỉnh ủy ban hành văn bản"."""
    task = register.assign(deadline=Deadline(DeadlineKind.RELATIVE, event="Ban hành văn bản", days=20))
    assert bucket(task, date(2026, 1, 1)) is Bucket.OPEN_IN_TIME
    set_due(task=task, on=date(2024, 3, 1), reference="55-NQ/TU", by=register.secretary)
    assert bucket(task, date(2024, 3, 21)) is Bucket.OPEN_IN_TIME
    assert bucket(task, date(2024, 3, 22)) is Bucket.OPEN_LATE
    with pytest.raises(DueIsSet):
        set_due(task=task, on=date(2024, 3, 2), reference="56-NQ/TU", by=register.secretary)


def test_a_recurring_task_is_due_at_its_first_period_not_done(register: Register) -> None:
    """Monthly by the 25th, as NĐ 138/2016/NĐ-CP had it."""
    monthly = Deadline(DeadlineKind.RECURRING, every=Every.MONTH, day=25, until=date(2024, 3, 31))
    task = register.assign(deadline=monthly)
    assert bucket(task, date(2024, 1, 26)) is Bucket.OPEN_LATE
    complete_period(task=task, on=date(2024, 1, 24), reference="1/BC", by=register.leader)
    assert bucket(task, date(2024, 2, 25)) is Bucket.OPEN_IN_TIME
    assert bucket(task, date(2024, 2, 26)) is Bucket.OPEN_LATE
    with pytest.raises(PeriodsOpen, match="còn 2 kỳ"):
        complete_task(task=task, on=TODAY, reference="x", by=register.leader)
    complete_period(task=task, on=date(2024, 2, 25), reference="2/BC", by=register.leader)
    complete_period(task=task, on=date(2024, 3, 25), reference="3/BC", by=register.leader)
    assert bucket(task) is Bucket.DONE_IN_TIME
    with pytest.raises(AllPeriodsDone):
        complete_period(task=task, on=TODAY, reference="4/BC", by=register.leader)
    with pytest.raises(AlreadyDone):
        ask_extension(task=task, due_on=date(2025, 1, 1), basis="x", by=register.leader)


def test_funding_adds_up_by_kind(register: Register, task: Task) -> None:
    for kind, amount in (
        (Money.PLANNED, 900),
        (Money.ALLOCATED, 500),
        (Money.ALLOCATED, 100),
        (Money.SPENT, 80),
    ):
        fund_task(task=task, money=kind, amount=amount, on=DAY, reference="7/QĐ", by=register.leader)
    money = task_page(task.code, TODAY, by=BY).standing.money
    assert money == {Money.PLANNED: 900, Money.ALLOCATED: 600, Money.SPENT: 80}


def test_a_line_entered_by_mistake_is_retracted_not_erased(register: Register, task: Task) -> None:
    wrong = complete_task(task=task, on=DAY, reference="12/BC-UBND", by=register.leader)
    known_then = count_tasks(TaskScope(), TODAY, by=BY)
    retract_entry(entry=wrong, reason="Nhầm nhiệm vụ", by=register.leader)
    assert bucket(task) is Bucket.OPEN_LATE
    again = count_tasks(TaskScope(), TODAY, known_then.known_at, by=BY)
    assert again.counts == known_then.counts
    assert again.counts.buckets[Bucket.DONE_IN_TIME] == 1
    line = next(each for each in task_page(task.code, TODAY, by=BY).lines if each.entry.pk == wrong.pk)
    assert line.retracted is not None
    with pytest.raises(NothingToRetract):
        retract_entry(entry=wrong, reason="lần nữa", by=register.secretary)


Attempt = Callable[[Task, Register], Any]
REFUSALS: list[tuple[Attempt, type[Refused], str]] = [
    (lambda t, r: complete_task(task=t, on=date(2024, 4, 11), reference="1/BC", by=r.leader), InTheFuture,
     "11/04/2024 chưa đến"),
    (lambda t, r: complete_task(task=t, on=date(2024, 1, 14), reference="1/BC", by=r.leader), TooEarly,
     "14/01/2024 sớm hơn ngày giao nhiệm vụ 15/01/2024"),
    (lambda t, r: complete_task(task=t, on=DAY, by=r.leader), ResultMissing, "văn bản kết quả"),
    (lambda t, r: report_progress(task=t, on=DAY, text=" ", by=r.leader), TextMissing, "Nhập nội dung"),
    (lambda t, r: report_progress(task=t, on=DAY, text="x", percent=101, by=r.leader), PercentOutOfRange,
     "0 đến 100"),
    (lambda t, r: ask_extension(task=t, due_on=date(2024, 3, 31), basis="x", by=r.leader), ExtensionNotLater,
     "31/03/2024 không muộn hơn"),
    (lambda t, r: ask_extension(task=t, due_on=date(2024, 5, 1), basis="", by=r.leader), BasisMissing, "căn cứ"),
    (lambda t, r: grant_extension(task=t, due_on=date(2024, 3, 1), basis="x", by=r.chair), ExtensionNotLater,
     "01/03/2024"),
    (lambda t, r: report_obstacle(task=t, on=DAY, cause=Cause.MONEY, text="x", proposal="", by=r.leader),
     ProposalMissing, "đề xuất"),
    (lambda t, r: return_task(task=t, on=DAY, reason="x", by=r.chair), NotDone, "chưa hoàn thành"),
    (lambda t, r: cancel_task(task=t, on=DAY, reference=" ", by=r.chair), ReasonMissing, "lý do"),
    (lambda t, r: fund_task(task=t, money=Money.SPENT, amount=0, on=DAY, reference="x", by=r.leader),
     AmountOutOfRange, "lớn hơn 0"),
    (lambda t, r: set_due(task=t, on=DAY, reference="x", by=r.chair), DueIsSet, "Thời hạn"),
]  # fmt: skip


@pytest.mark.parametrize(("attempt", "refusal", "words"), REFUSALS)
def test_what_cannot_be_is_refused_with_a_sentence(
    register: Register, task: Task, attempt: Attempt, refusal: type[Refused], words: str
) -> None:
    lines = task.entries.count()
    with pytest.raises(refusal, match=words):
        attempt(task, register)
    assert task.entries.count() == lines


def test_a_task_without_a_due_date_has_nothing_to_extend(register: Register) -> None:
    task = register.assign(deadline=Deadline(DeadlineKind.NONE))
    with pytest.raises(NoDueToExtend):
        ask_extension(task=task, due_on=date(2024, 12, 31), basis="x", by=register.leader)
    assert bucket(task, date(2030, 1, 1)) is Bucket.OPEN_IN_TIME
    assert count_tasks(TaskScope(), TODAY, by=BY).counts.undated == 1


def test_nothing_is_done_twice(register: Register, task: Task) -> None:
    complete_task(task=task, on=DAY, reference="1/BC", by=register.leader)
    with pytest.raises(AlreadyDone, match="hoàn thành ngày 20/03/2024"):
        complete_task(task=task, on=TODAY, reference="2/BC", by=register.leader)


def of(register: Register) -> dict[str, Actor]:
    names = ("chair", "secretary", "member", "leader", "officer", "far_leader", "ministry_leader")
    return {name: getattr(register, name) for name in names}


def test_only_the_lead_reports_and_only_who_assigns_decides(register: Register, task: Task) -> None:
    obstacle = report_obstacle(
        task=task, on=DAY, cause=Cause.DATA, text="x", proposal="y", remover=register.ministry,
        by=register.leader,
    )  # fmt: skip
    later = iter(TODAY + timedelta(days=n) for n in range(1, 99))
    attempts: dict[str, tuple[set[str], Callable[[Actor], Any]]] = {
        "report": ({"leader", "officer"}, lambda by: report_progress(task=task, on=DAY, text="x", by=by)),
        "ask": (
            {"leader", "officer"},
            lambda by: ask_extension(task=task, due_on=date(2030, 1, 1), basis="x", by=by),
        ),
        "grant": (
            {"chair", "secretary"},
            lambda by: grant_extension(task=task, due_on=next(later), basis="x", by=by),
        ),
    }
    for allowed, attempt in attempts.values():
        for name, by in of(register).items():
            if name in allowed:
                attempt(by)
            else:
                with pytest.raises(NotAllowed):
                    attempt(by)
    for name in ("member", "leader", "officer", "far_leader"):
        with pytest.raises(NotAllowed):
            remove_obstacle(obstacle=obstacle, on=TODAY, text="x", by=of(register)[name])
    with pytest.raises(NotAllowed):
        retract_entry(entry=obstacle, reason="x", by=register.officer)
