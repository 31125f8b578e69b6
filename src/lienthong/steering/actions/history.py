"""Entering an older register whole: each line with the day it was true and the moment it was known there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.identity.public import Actor, require
from lienthong.kit.calendar import VIETNAM
from lienthong.kit.words import format_date
from lienthong.organisations.public import Organisation
from lienthong.steering.actions.ledger import wait_for_turn
from lienthong.steering.events import HistoryEntered
from lienthong.steering.models import Plan, SourceDocument, Task, TaskEntry
from lienthong.steering.rules.deadlines import Deadline, check_deadline, first_due
from lienthong.steering.rules.refusals import HistoryNotFirst, InTheFuture, KnownBeforeHappened
from lienthong.steering.states import Act, Cause, DeadlineKind, Group


@dataclass(frozen=True)
class OldLine:
    act: Act
    on: date
    recorded_at: datetime
    due_on: date | None = None
    text: str = ""
    proposal: str = ""
    reference: str = ""
    cause: Cause | None = None
    remover: Organisation | None = None
    percent: int | None = None
    answers: int | None = None
    """Which line of the same task, counted from 0, this one answers."""


@dataclass(frozen=True)
class OldTask:
    code: str
    content: str
    lead: Organisation | None
    deadline: Deadline
    lines: Sequence[OldLine]
    """The first says when it was assigned."""
    documents: Sequence[SourceDocument]
    parent: str = ""
    partners: Sequence[Organisation] = ()
    product: str = ""
    group: Group | None = None
    focus: bool = False
    actor_name: str = field(default="Sổ theo dõi cũ")


@transaction.atomic
def enter_history(*, plan: Plan, tasks: Iterable[OldTask], by: Actor) -> int:
    """Fill a plan that has no line yet; parents stand before their parts. Gives the number of lines.

    Only then can the older register's times be taken over without changing what was answered before.
    Raises HistoryNotFirst, KnownBeforeHappened, InTheFuture and what `check_deadline` raises.
    """
    require(by, "steering.enter_history", plan)
    wait_for_turn()
    if Task.objects.filter(plan=plan).exists():
        raise HistoryNotFirst(plan=plan.code)
    made: dict[str, Task] = {}
    lines = 0
    for old in tasks:
        check_deadline(old.deadline, old.lines[0].on)
        made[old.code] = _make_task(plan, old, made.get(old.parent))
        lines += _make_lines(made[old.code], old, by)
    record(HistoryEntered(plan=plan.code, tasks=len(made), entries=lines), by=by)
    return lines


def _make_task(plan: Plan, old: OldTask, parent: Task | None) -> Task:
    told = old.deadline
    task = Task.objects.create(
        code=old.code, plan=plan, parent=parent, lead=old.lead, content=old.content, product=old.product,
        group=old.group or "", focus=old.focus, deadline_kind=told.kind,
        first_due_on=told.due_on if told.kind is DeadlineKind.FIXED else None, deadline_event=told.event,
        deadline_days=told.days, every=told.every or "", every_day=told.day, until=told.until,
    )  # fmt: skip
    task.documents.set(old.documents)
    task.partners.set(old.partners)
    return task


def _make_lines(task: Task, old: OldTask, by: Actor) -> int:
    due = first_due(old.deadline, old.lines[0].on)
    made: list[TaskEntry] = []
    for line in old.lines:
        _check_times(line)
        answered = made[line.answers] if line.answers is not None else None
        facts = {"act": line.act, "happened_on": line.on, "recorded_at": line.recorded_at, "text": line.text}
        facts |= {"proposal": line.proposal, "reference": line.reference, "percent": line.percent}
        facts |= {"cause": line.cause or "", "remover": line.remover, "answers": answered}
        facts |= {"due_on": due if line.act is Act.ASSIGNED else line.due_on}
        facts |= {"actor": by.reference, "actor_name": old.actor_name}
        made.append(TaskEntry.objects.create(task=task, **facts))
    return len(made)


def _check_times(line: OldLine) -> None:
    known = line.recorded_at.astimezone(VIETNAM)
    if known.date() < line.on:
        raise KnownBeforeHappened(known=format_date(known.date()), day=format_date(line.on))
    if line.recorded_at > timezone.now():
        raise InTheFuture(day=format_date(known.date()), today=format_date(timezone.localdate()))
