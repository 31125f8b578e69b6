"""When a task is due: on a day, after an event, again and again, when asked, or never."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lienthong.kit.words import format_date
from lienthong.steering.rules.refusals import (
    DueBeforeAssigned,
    DueMissing,
    EventMissing,
    NoOccurrence,
    RuleMissing,
    TooManyOccurrences,
)
from lienthong.steering.states import MONTHS_OF, DeadlineKind, Every

MOST_OCCURRENCES: Final = 240


@dataclass(frozen=True)
class Deadline:
    """How a due date is found. Which fields are read depends on `kind`.

    FIXED: `due_on`. RELATIVE: `days` calendar days after `event` ("20 ngày sau khi ban hành văn bản").
    RECURRING: on `day` of the last month of `every` period, up to `until`.
    """

    kind: DeadlineKind = DeadlineKind.NONE
    due_on: date | None = None
    event: str = ""
    days: int = 0
    every: Every | None = None
    day: int = 0
    until: date | None = None


def check_deadline(deadline: Deadline, assigned_on: date) -> None:
    """Raises DueMissing, DueBeforeAssigned, EventMissing, RuleMissing, NoOccurrence, TooManyOccurrences."""
    kind = deadline.kind
    if kind is DeadlineKind.FIXED:
        _check_fixed(deadline.due_on, assigned_on)
    if kind is DeadlineKind.RELATIVE and (not deadline.event.strip() or deadline.days < 1):
        raise EventMissing
    if kind is DeadlineKind.RECURRING:
        _check_recurring(deadline, assigned_on)


def _check_fixed(due_on: date | None, assigned_on: date) -> None:
    if due_on is None:
        raise DueMissing
    if due_on < assigned_on:
        raise DueBeforeAssigned(due=format_date(due_on), assigned=format_date(assigned_on))


def _check_recurring(deadline: Deadline, assigned_on: date) -> None:
    if deadline.every is None or deadline.until is None or not 1 <= deadline.day <= 31:
        raise RuleMissing
    found = occurrences(deadline, assigned_on)
    if not found:
        raise NoOccurrence(assigned=format_date(assigned_on), until=format_date(deadline.until))
    if len(found) > MOST_OCCURRENCES:
        raise TooManyOccurrences(most=MOST_OCCURRENCES)


def occurrences(deadline: Deadline, assigned_on: date) -> list[date]:
    """The due days of a recurring task, from the day after it was assigned up to `until`.

    "Monthly by the 25th": the 25th of each month; a quarter, half year and year end in months 3, 6, 12
    and their like; the 31st of a shorter month is its last day. No rule: none.
    """
    if deadline.every is None or deadline.until is None:
        return []
    step = MONTHS_OF[deadline.every]
    found: list[date] = []
    month = assigned_on.year * 12 + assigned_on.month - 1
    month += -(month + 1) % step  # the last month of the period that the assignment falls in
    while len(found) <= MOST_OCCURRENCES:
        year, index = divmod(month, 12)
        day = date(year, index + 1, min(deadline.day, monthrange(year, index + 1)[1]))
        if day > deadline.until:
            break
        if day > assigned_on:
            found.append(day)
        month += step
    return found


def first_due(deadline: Deadline, assigned_on: date) -> date | None:
    """The due date known when the task is assigned; None where it is not known yet, or never."""
    if deadline.kind is DeadlineKind.FIXED:
        return deadline.due_on
    return None


def due_after(deadline: Deadline, happened_on: date) -> date:
    """The due date of a RELATIVE deadline, once its event has come."""
    return happened_on + timedelta(days=deadline.days)
