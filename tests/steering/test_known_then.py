"""What was true when, and what we knew when: asked again, the same answer, whatever is recorded later."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count as numbers

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lienthong.kit.errors import Refused
from lienthong.steering.actions.ledger import END_OF_TIME
from lienthong.steering.models import Task, TaskEntry
from lienthong.steering.public import (
    Act,
    Cause,
    Deadline,
    DeadlineKind,
    Every,
    OldLine,
    OldTask,
    TaskScope,
    bucket_of,
    count_tasks,
    enter_history,
)
from lienthong.steering.rules.refusals import HistoryNotFirst, InTheFuture, KnownBeforeHappened
from lienthong.steering.rules.standing import Entry, known_entries, standing
from steering.registers import BY, Register, build_register, fixed, moment

START = date(2024, 1, 1)
NOON = moment("01/01/2024 12:00")
ACTS = [act for act in Act if act not in {Act.RETRACTED, Act.ASSIGNED}]


def made(facts: Iterable[tuple[Act, int, int, int]]) -> list[Entry]:
    """Lines from (act, day true, days later known, day it sets), an assignment first; some answer or retract."""
    lines = [Entry(1, Act.ASSIGNED, START, NOON, due_on=START + timedelta(days=20))]
    for pk, (act, on, lag, due) in zip(numbers(2), facts):
        happened = START + timedelta(days=on)
        known = NOON + timedelta(days=on + lag, seconds=pk)
        sets = act in {Act.GRANTED_EXTENSION, Act.SET_DUE, Act.REPORTED, Act.ASKED_EXTENSION}
        lines.append(
            Entry(
                pk, act, happened, known, due_on=START + timedelta(days=due) if sets else None,
                cause=Cause.DATA if act is Act.OBSTACLE else None,
                answers=next((e.id for e in lines if e.act is Act.OBSTACLE), None)
                if act is Act.REMOVED_OBSTACLE else None,
            )
        )  # fmt: skip
    return lines


def retraction(of: Entry, later: int, pk: int) -> Entry:
    return Entry(pk, Act.RETRACTED, of.on, of.recorded_at + timedelta(days=later), retracts=of.id)


LINES = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 40), st.integers(0, 15), st.integers(0, 60)), max_size=12
).map(made)
DEADLINE = Deadline(DeadlineKind.FIXED, START + timedelta(days=20))


@given(LINES, LINES, st.integers(0, 60), st.integers(0, 60), st.data())
def test_a_line_recorded_later_never_changes_what_was_known_before(
    lines: list[Entry], more: list[Entry], as_of: int, known: int, data: st.DataObject
) -> None:
    day, then = START + timedelta(days=as_of), NOON + timedelta(days=known)
    before = standing(lines, DEADLINE, day, then)
    later = [
        Entry(
            **{
                **vars(e),
                "id": e.id + 1000,
                "recorded_at": max(e.recorded_at, then + timedelta(seconds=e.id)),
            }
        )
        for e in more
    ]
    taken_back = data.draw(st.sampled_from(lines))
    wrong = Entry(9999, Act.RETRACTED, taken_back.on, then + timedelta(seconds=1), retracts=taken_back.id)
    assert standing([*lines, *later, wrong], DEADLINE, day, then) == before


@given(LINES, st.integers(0, 60))
def test_the_order_in_which_lines_are_read_does_not_matter(lines: list[Entry], as_of: int) -> None:
    day = START + timedelta(days=as_of)
    assert standing(lines[::-1], DEADLINE, day, END_OF_TIME) == standing(lines, DEADLINE, day, END_OF_TIME)


def test_what_happens_later_is_not_true_yet() -> None:
    done = Entry(2, Act.COMPLETED, START + timedelta(days=10), NOON + timedelta(days=10))
    before, on = (
        standing([*made([]), done], DEADLINE, START + timedelta(days=n), END_OF_TIME) for n in (9, 10)
    )
    assert before is not None
    assert on is not None
    assert (before.done_on, on.done_on) == (None, done.on)
    assert standing(made([]), DEADLINE, START - timedelta(days=1), END_OF_TIME) is None


def test_lines_stand_in_the_order_of_truth_not_of_recording() -> None:
    """Done on day 5 and returned on day 8; that it had been done was recorded last."""
    returned = Entry(2, Act.RETURNED, START + timedelta(days=8), NOON + timedelta(days=8))
    done = Entry(3, Act.COMPLETED, START + timedelta(days=5), NOON + timedelta(days=9))
    found = standing([*made([]), returned, done], DEADLINE, START + timedelta(days=30), END_OF_TIME)
    assert found is not None
    assert found.done_on is None


def test_a_retracted_line_counts_until_that_is_known() -> None:
    done = Entry(2, Act.COMPLETED, START + timedelta(days=5), NOON + timedelta(days=6))
    lines = [*made([]), done, retraction(done, 3, 3)]
    day = START + timedelta(days=30)
    assert done in known_entries(lines, day, NOON + timedelta(days=8))
    assert done not in known_entries(lines, day, NOON + timedelta(days=9))


class TestTheDatabaseFoldsAsTheRuleDoes(TestCase):
    """The SQL of queries/standings.py against rules/standing.py, line by line."""

    register: Register

    @classmethod
    def setUpTestData(cls) -> None:
        cls.register = build_register()

    @settings(max_examples=40)
    @given(LINES, st.integers(0, 60), st.integers(0, 60), st.booleans())
    def test_same_bucket_due_done_promise_and_causes(
        self, lines: list[Entry], as_of: int, known: int, recurring: bool
    ) -> None:
        deadline = DEADLINE
        if recurring:
            deadline = Deadline(DeadlineKind.RECURRING, every=Every.MONTH, day=25, until=date(2024, 2, 29))
        day, then = START + timedelta(days=as_of), NOON + timedelta(days=known)
        with transaction.atomic():
            entered(self.register, lines, deadline)
            expected = standing(lines, deadline, day, then)
            rows = count_tasks(TaskScope(), day, then, by=BY).rows
            transaction.set_rollback(True)
        assert len(rows) == (expected is not None)
        if expected is None:
            return
        (row,) = rows
        assert (row.assigned_on, row.due_on, row.done_on) == (
            expected.assigned_on, expected.due_on, expected.done_on,
        )  # fmt: skip
        assert (row.commitment_on, row.percent) == (expected.commitment_on, expected.percent)
        cancelled = expected.cancelled_on is not None
        assert row.bucket == (None if cancelled else bucket_of(expected.due_on, expected.done_on, day))
        if row.bucket and row.done_on is None:
            assert [o.cause for o in row.obstacles] == list(expected.causes)


def entered(register: Register, lines: list[Entry], deadline: Deadline) -> None:
    task = Task.objects.create(
        code="T", plan=register.plan, lead=register.dong_thap, content="x", deadline_kind=deadline.kind,
        first_due_on=deadline.due_on, every=deadline.every or "", every_day=deadline.day, until=deadline.until,
    )  # fmt: skip
    rows: dict[int, TaskEntry] = {}
    for line in lines:
        rows[line.id] = TaskEntry.objects.create(
            task=task, act=line.act, happened_on=line.on, recorded_at=line.recorded_at, actor="system:test",
            actor_name="", due_on=line.due_on, cause=line.cause or "", percent=line.percent,
            answers=rows.get(line.answers or 0),
        )  # fmt: skip


@pytest.mark.django_db
class TestAnOlderRegister:
    def lines(self, known: str = "16/01/2024 09:00") -> list[OldLine]:
        return [OldLine(Act.ASSIGNED, date(2024, 1, 15), moment(known))]

    def old(self, register: Register, lines: list[OldLine]) -> OldTask:
        return OldTask("DA06-1", "Làm sạch dữ liệu", register.dong_thap, fixed("2024-03-31"), lines,
                       [register.document])  # fmt: skip

    def test_its_times_are_taken_over_into_an_empty_plan(self, register: Register) -> None:
        enter_history(plan=register.plan, tasks=[self.old(register, self.lines())], by=BY)
        day = date(2024, 2, 1)
        assert count_tasks(TaskScope(), day, moment("15/01/2024 23:59"), by=BY).counts.total == 0
        assert count_tasks(TaskScope(), day, moment("16/01/2024 09:00"), by=BY).counts.total == 1
        assert count_tasks(TaskScope(), date(2024, 1, 14), by=BY).counts.total == 0

    def test_but_not_where_lines_stand_already(self, register: Register) -> None:
        """Else what was known before would change behind whoever asked."""
        register.assign()
        with pytest.raises(HistoryNotFirst):
            enter_history(plan=register.plan, tasks=[self.old(register, self.lines())], by=BY)

    @pytest.mark.parametrize(
        ("known", "refusal"),
        [("14/01/2024 09:00", KnownBeforeHappened), ("14/01/2999 09:00", InTheFuture)],
    )
    def test_nor_with_times_that_cannot_be(
        self, register: Register, known: str, refusal: type[Refused]
    ) -> None:
        with pytest.raises(refusal):
            enter_history(plan=register.plan, tasks=[self.old(register, self.lines(known))], by=BY)
        assert not Task.objects.exists()

    def test_a_moment_still_to_come_means_now(self, register: Register) -> None:
        register.assign()
        count = count_tasks(TaskScope(), date(2024, 2, 1), moment("01/01/2999 00:00"), by=BY)
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            assert count.known_at <= cursor.fetchone()[0]
