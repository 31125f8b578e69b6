"""Where a task stood on a day, from what had been recorded by a moment. A pure fold of its ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lienthong.steering.rules.deadlines import Deadline, occurrences
from lienthong.steering.states import (
    COMMITTING,
    DECIDING_DUE,
    DECIDING_STATUS,
    Act,
    Bucket,
    Cause,
    DeadlineKind,
    Money,
)


@dataclass(frozen=True)
class Entry:
    """One line of a task's ledger: true from `on`, known from `recorded_at`. Never changed.

    `answers`: the line that this one answers (an asked extension, an obstacle). `retracts`: the line
    that this one says was entered by mistake.
    """

    id: int
    act: Act
    on: date
    recorded_at: datetime
    due_on: date | None = None
    cause: Cause | None = None
    money: Money | None = None
    amount: int = 0
    percent: int | None = None
    answers: int | None = None
    retracts: int | None = None


@dataclass(frozen=True)
class Standing:
    """What was true of a task on a day, as far as it was known."""

    assigned_on: date
    due_on: date | None
    done_on: date | None
    cancelled_on: date | None
    periods_done: int
    last_period_on: date | None
    commitment_on: date | None
    percent: int | None
    open_obstacles: tuple[int, ...]
    causes: tuple[Cause, ...]
    """Of the open obstacles, the oldest first."""
    asks: tuple[int, ...]
    """Extensions asked for and not answered."""
    money: Mapping[Money, int]


def known_entries(entries: Iterable[Entry], as_of: date, known_at: datetime) -> list[Entry]:
    """Lines recorded by `known_at`, true by `as_of`, and not retracted by `known_at`; in order of truth."""
    recorded = [e for e in entries if e.recorded_at <= known_at]
    retracted = {e.retracts for e in recorded if e.retracts is not None}
    counted = [e for e in recorded if e.on <= as_of and e.retracts is None and e.id not in retracted]
    return sorted(counted, key=lambda e: (e.on, e.recorded_at, e.id))


def standing(
    entries: Iterable[Entry], deadline: Deadline, as_of: date, known_at: datetime
) -> Standing | None:
    """None: not assigned yet, as far as was known."""
    known = known_entries(entries, as_of, known_at)
    assigned = next((e for e in known if e.act is Act.ASSIGNED), None)
    if assigned is None:
        return None
    status = [e for e in known if e.act in DECIDING_STATUS][-1]
    periods = [e for e in known if e.act is Act.PERIOD_DONE]
    dues = [e.due_on for e in known if e.act in DECIDING_DUE and e.due_on]
    promises = [e.due_on for e in known if e.act in COMMITTING and e.due_on]
    percents = [e.percent for e in known if e.percent is not None]
    answered = {e.answers for e in known if e.answers is not None}
    obstacles = [e for e in known if e.act is Act.OBSTACLE and e.id not in answered]
    due_on, done_on = settled(
        deadline, assigned.on, dues[-1] if dues else None,
        done_on=status.on if status.act is Act.COMPLETED else None,
        periods_done=len(periods), last_period_on=periods[-1].on if periods else None,
    )  # fmt: skip
    return Standing(
        assigned_on=assigned.on,
        due_on=due_on,
        done_on=done_on,
        cancelled_on=status.on if status.act is Act.CANCELLED else None,
        periods_done=len(periods),
        last_period_on=periods[-1].on if periods else None,
        commitment_on=promises[-1] if promises else None,
        percent=percents[-1] if percents else None,
        open_obstacles=tuple(e.id for e in obstacles),
        causes=tuple(e.cause for e in obstacles if e.cause),
        asks=tuple(e.id for e in known if e.act is Act.ASKED_EXTENSION and e.id not in answered),
        money=sums_of_money(known),
    )


def settled(
    deadline: Deadline,
    assigned_on: date,
    due_on: date | None,
    *,
    done_on: date | None,
    periods_done: int,
    last_period_on: date | None,
) -> tuple[date | None, date | None]:
    """Due and done dates. A recurring task is due at its first unfinished period, done with its last."""
    if deadline.kind is not DeadlineKind.RECURRING:
        return due_on, done_on
    days = occurrences(deadline, assigned_on)
    if periods_done < len(days):
        return days[periods_done], done_on
    return (days[-1] if days else None), last_period_on


def sums_of_money(entries: Sequence[Entry]) -> dict[Money, int]:
    """Dong by kind. Each line is one sum more: what was planned, allotted or spent then."""
    return {kind: sum(e.amount for e in entries if e.act is Act.FUNDED and e.money is kind) for kind in Money}


def bucket_of(due_on: date | None, done_on: date | None, as_of: date) -> Bucket:
    """The legal bucket of a task that is not cancelled. The due day itself is in time; no due date, too."""
    if done_on is not None:
        return Bucket.DONE_IN_TIME if due_on is None or done_on <= due_on else Bucket.DONE_LATE
    return Bucket.OPEN_IN_TIME if due_on is None or as_of <= due_on else Bucket.OPEN_LATE


def together(parts: Iterable[Bucket]) -> Bucket | None:
    """A parent's bucket from its units': late as long as one is, done only when all are. None: no part."""
    found = set(parts)
    for bucket in (Bucket.OPEN_LATE, Bucket.OPEN_IN_TIME, Bucket.DONE_LATE, Bucket.DONE_IN_TIME):
        if bucket in found:
            return bucket
    return None


def days_late(due_on: date | None, done_on: date | None, as_of: date) -> int:
    """Calendar days after the due date, up to completion or the day looked at; 0 when not late."""
    return max(((done_on or as_of) - due_on).days, 0) if due_on else 0


def goes_round(parent_of: Mapping[int, int | None], task: int, parent: int | None) -> bool:
    """Would `task` under `parent` end up inside itself?"""
    seen = {task}
    while parent is not None:
        if parent in seen:
            return True
        seen.add(parent)
        parent = parent_of.get(parent)
    return False
