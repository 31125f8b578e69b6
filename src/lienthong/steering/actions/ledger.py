"""Appending to a task's ledger: one writer at a time, so that what was known at a moment stays known."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.documents.public import StoredFile
from lienthong.identity.public import Actor
from lienthong.kit.calendar import VIETNAM
from lienthong.kit.names import tidy
from lienthong.kit.words import format_date
from lienthong.steering.events import EntryWritten
from lienthong.steering.models import Evidence, Task, TaskEntry
from lienthong.steering.rules.refusals import (
    AlreadyCancelled,
    AlreadyDone,
    InTheFuture,
    IsParent,
    NoSuchTask,
    TooEarly,
)
from lienthong.steering.rules.standing import Standing, standing
from lienthong.steering.states import Act

END_OF_TIME = datetime(9999, 12, 31, tzinfo=VIETNAM)


def wait_for_turn() -> None:
    """No other line is recorded until this transaction ends.

    Lines get their time after this. So when a reader, who waits the same way, has seen everything up
    to a moment, no line with an earlier time can appear behind it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('steering_ledger'))")


def standing_now(task: Task) -> Standing:
    """Everything recorded so far. Raises NoSuchTask for a task whose assignment was retracted."""
    entries = [line.entry for line in task.entries.all()]
    found = standing(entries, task.deadline, date.max, END_OF_TIME)
    if found is None:
        raise NoSuchTask
    return found


def open_task(task: Task) -> Standing:
    """Raises IsParent, AlreadyDone, AlreadyCancelled."""
    if task.parts.exists():
        raise IsParent(code=task.code)
    now = standing_now(task)
    if now.done_on:
        raise AlreadyDone(code=task.code, day=format_date(now.done_on))
    if now.cancelled_on:
        raise AlreadyCancelled(code=task.code, day=format_date(now.cancelled_on))
    return now


def check_day(on: date, assigned_on: date) -> None:
    """Raises InTheFuture, TooEarly."""
    today = timezone.localdate()
    if on > today:
        raise InTheFuture(day=format_date(on), today=format_date(today))
    if on < assigned_on:
        raise TooEarly(day=format_date(on), assigned=format_date(assigned_on))


def append(
    task: Task,
    act: Act,
    on: date,
    *,
    event: type[EntryWritten],
    by: Actor,
    evidence: Sequence[StoredFile] = (),
    **facts: Any,
) -> TaskEntry:
    """Write the line, its files and the record. Call `wait_for_turn` and check first."""
    texts = {key: tidy(value) for key, value in facts.items() if isinstance(value, str) and key != "cause"}
    entry = TaskEntry.objects.create(
        task=task, act=act, happened_on=on, actor=by.reference, actor_name=by.name, **{**facts, **texts}
    )
    Evidence.objects.bulk_create(Evidence(entry=entry, file=file) for file in evidence)
    record(event(task=task.code, entry=entry.pk, happened_on=on), by=by)
    return entry
