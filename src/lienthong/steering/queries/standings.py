"""Where tasks stood on a day, from what was known by a moment. The same question, the same answer, for ever.

The fold of rules/standing.py in SQL, for all tasks of a scope at once; a test holds the two together.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from lienthong.identity.public import Actor, require
from lienthong.steering.rules.counting import Counts, counts
from lienthong.steering.rules.deadlines import Deadline
from lienthong.steering.rules.standing import bucket_of, days_late, settled, together
from lienthong.steering.states import (
    COMMITTING,
    DECIDING_DUE,
    DECIDING_STATUS,
    Act,
    Bucket,
    Cause,
    DeadlineKind,
    Every,
    Group,
    Money,
)


@dataclass(frozen=True)
class TaskScope:
    """Which tasks are asked for; what is left empty does not narrow.

    `by_unit`: count what each unit has to do, the parts of a parent one by one; else a parent once.
    `lead`, `under`: an agency's code, or that of the one above it; they ask by unit.
    """

    programme: str = ""
    plan: str = ""
    group: Group | None = None
    focus: bool = False
    document: str = ""
    first_due_by: date | None = None
    lead: str = ""
    under: str = ""
    by_unit: bool = False

    @property
    def unit_by_unit(self) -> bool:
        return bool(self.by_unit or self.lead or self.under)


@dataclass(frozen=True)
class OpenObstacle:
    id: int
    cause: Cause
    text: str
    proposal: str
    since: date
    remover: int | None
    """Id of the agency that can remove it; None: the lead itself."""


@dataclass(frozen=True)
class TaskRow:
    """A task as it stood. `bucket` None: cancelled."""

    id: int
    code: str
    content: str
    plan: str
    parent: int | None
    lead: int | None
    bucket: Bucket | None
    assigned_on: date
    due_on: date | None
    first_due_on: date | None
    done_on: date | None
    commitment_on: date | None
    percent: int | None
    days_late: int
    parts: tuple["TaskRow", ...] = ()
    obstacles: tuple[OpenObstacle, ...] = ()

    @property
    def cause(self) -> Cause | None:
        """Of the obstacle open the longest: one a task, so that causes add up to the late tasks."""
        return min(self.obstacles, key=lambda o: (o.since, o.id)).cause if self.obstacles else None

    @property
    def leads(self) -> list[int]:
        return [row.lead for row in (self.parts or (self,)) if row.lead is not None]


@dataclass(frozen=True)
class TaskCount:
    """A count with everything needed to ask it again: scope, day, moment of knowledge; and its rows."""

    scope: TaskScope
    as_of: date
    known_at: datetime
    counts: Counts
    rows: list[TaskRow]


KNOWN: Final = """
    SELECT e.* FROM steering_taskentry e
    WHERE e.recorded_at <= %(known_at)s AND e.happened_on <= %(as_of)s AND e.retracts_id IS NULL
        AND e.id NOT IN (SELECT r.retracts_id FROM steering_taskentry r
            WHERE r.retracts_id IS NOT NULL AND r.recorded_at <= %(known_at)s)
"""
LATEST: Final = "(array_agg({column} ORDER BY e.happened_on DESC, e.recorded_at DESC, e.id DESC) FILTER (WHERE {condition}))[1]"


def latest(column: str, condition: str) -> str:
    return LATEST.format(column=column, condition=condition)


# The ledger is folded before it is joined: the sort carries ids and days, no texts.
STANDINGS: Final = f"""
WITH asked AS (
    SELECT t.id FROM steering_task t
    JOIN steering_plan p ON p.id = t.plan_id
    JOIN steering_programme m ON m.id = p.programme_id
    WHERE {{where}}
), folded AS (
    SELECT e.task_id,
        min(e.happened_on) FILTER (WHERE e.act = 'assigned') AS assigned_on,
        {latest("e.due_on", "e.due_on IS NOT NULL AND e.act = ANY(%(deciding_due)s)")} AS due_on,
        {latest("e.act", "e.act = ANY(%(deciding_status)s)")} AS status,
        {latest("e.happened_on", "e.act = ANY(%(deciding_status)s)")} AS status_on,
        count(*) FILTER (WHERE e.act = 'period_done') AS periods,
        max(e.happened_on) FILTER (WHERE e.act = 'period_done') AS last_period_on,
        {latest("e.due_on", "e.due_on IS NOT NULL AND e.act = ANY(%(committing)s)")} AS commitment_on,
        {latest("e.percent", "e.percent IS NOT NULL")} AS percent
    FROM ({KNOWN}) e WHERE e.task_id IN (SELECT id FROM asked)
    GROUP BY e.task_id
    HAVING bool_or(e.act = 'assigned')
)
SELECT t.id, t.code, t.content, p.code, t.parent_id, t.lead_id, g.path,
    t.deadline_kind, t.first_due_on, t.every, t.every_day, t.until,
    f.assigned_on, f.due_on, f.status, f.status_on, f.periods, f.last_period_on, f.commitment_on, f.percent
FROM folded f
JOIN steering_task t ON t.id = f.task_id
JOIN steering_plan p ON p.id = t.plan_id
LEFT JOIN organisations_organisation g ON g.id = t.lead_id
ORDER BY t.code COLLATE "C"
"""  # noqa: S608 - constants of this module

OBSTACLES: Final = f"""
WITH known AS ({KNOWN} AND e.task_id = ANY(%(tasks)s) AND e.act IN ('obstacle', 'removed_obstacle'))
SELECT task_id, id, cause, text, proposal, happened_on, remover_id FROM known o
WHERE act = 'obstacle' AND NOT EXISTS (SELECT FROM known a WHERE a.answers_id = o.id)
ORDER BY happened_on, id
"""  # noqa: S608 - constants of this module


def known_moment(known_at: datetime | None) -> datetime:
    """The moment asked for, or now; never a moment still to come.

    Waits until whoever is writing a line has finished, so that no line with an earlier time comes later.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext('steering_ledger')), clock_timestamp()")
        now: datetime = cursor.fetchone()[1]
    return now if known_at is None else min(known_at, now)


def count_tasks(scope: TaskScope, as_of: date, known_at: datetime | None = None, *, by: Actor) -> TaskCount:
    """Tasks by legal bucket on a day, as known at a moment (None: now). Requires steering.read."""
    require(by, "steering.read")
    moment = known_moment(known_at)
    rows = _asked(_rows(scope, as_of, moment), scope)
    rows = _with_obstacles(rows, as_of, moment)
    standing = [row for row in rows if row.bucket is not None]
    undated = sum(1 for row in standing if row.bucket is Bucket.OPEN_IN_TIME and row.due_on is None)
    found = counts(
        (row.bucket for row in standing if row.bucket), cancelled=len(rows) - len(standing), undated=undated
    )
    return TaskCount(scope, as_of, moment, found, rows)


def _where(scope: TaskScope) -> tuple[str, dict[str, Any]]:
    told = {
        "m.code = %(programme)s": ("programme", scope.programme),
        "p.code = %(plan)s": ("plan", scope.plan),
        't."group" = %(group)s': ("group", scope.group),
        "t.focus": ("focus", scope.focus),
        "t.first_due_on <= %(first_due_by)s": ("first_due_by", scope.first_due_by),
        """EXISTS (SELECT FROM steering_task_documents td JOIN steering_sourcedocument d
            ON d.id = td.sourcedocument_id WHERE td.task_id = t.id AND d.number = %(document)s)""": (
            "document",
            scope.document,
        ),
    }
    used = {condition: (name, value) for condition, (name, value) in told.items() if value}
    return " AND ".join(used) or "true", dict(used.values())


def _rows(scope: TaskScope, as_of: date, known_at: datetime) -> list[tuple[TaskRow, str]]:
    """Every task and part of the plans in scope, with the path of its lead."""
    where, values = _where(scope)
    asked = {
        **values,
        "as_of": as_of,
        "known_at": known_at,
        "deciding_due": list(DECIDING_DUE),
        "deciding_status": list(DECIDING_STATUS),
        "committing": list(COMMITTING),
    }
    with connection.cursor() as cursor:
        cursor.execute(STANDINGS.format(where=where), asked)
        return [(_row(line, as_of), line[6] or "") for line in cursor.fetchall()]


def _row(line: tuple[Any, ...], as_of: date) -> TaskRow:
    pk, code, content, plan, parent, lead, _path, kind, first_due, every, day, until = line[:12]
    assigned, due, status, status_on, periods, last_period, commitment, percent = line[12:]
    deadline = Deadline(
        DeadlineKind(kind), first_due, every=Every(every) if every else None, day=day, until=until
    )
    due, done = settled(
        deadline, assigned, due, done_on=status_on if status == Act.COMPLETED else None,
        periods_done=periods, last_period_on=last_period,
    )  # fmt: skip
    bucket = None if status == Act.CANCELLED else bucket_of(due, done, as_of)
    late = days_late(due, done, as_of) if bucket else 0
    return TaskRow(
        pk,
        code,
        content,
        plan,
        parent,
        lead,
        bucket,
        assigned,
        due,
        first_due,
        done,
        commitment,
        percent,
        late,
    )


def _asked(rows: list[tuple[TaskRow, str]], scope: TaskScope) -> list[TaskRow]:
    if scope.unit_by_unit:
        return [
            row
            for row, path in rows
            if row.lead is not None
            and (not scope.lead or path.endswith(f"/{scope.lead}/") or path == f"{scope.lead}/")
            and (not scope.under or path.startswith(f"{scope.under}/"))
        ]
    parts: dict[int, list[TaskRow]] = {}
    for row, _path in rows:
        if row.parent is not None:
            parts.setdefault(row.parent, []).append(row)
    return [rolled_up(row, parts.get(row.id, [])) for row, _path in rows if row.parent is None]


def rolled_up(parent: TaskRow, parts: list[TaskRow]) -> TaskRow:
    """A parent stands as its parts together: late as long as one is, done with the last."""
    standing = [part for part in parts if part.bucket is not None]
    if parent.bucket is None or not standing:
        return replace(parent, parts=tuple(parts))
    bucket = together(part.bucket for part in standing if part.bucket)
    done = [part.done_on for part in standing if part.done_on]
    dues = [part.due_on for part in standing if part.due_on]
    late = [part.due_on for part in standing if part.bucket is Bucket.OPEN_LATE and part.due_on]
    promises = [part.commitment_on for part in standing if part.commitment_on and not part.done_on]
    return replace(
        parent,
        parts=tuple(parts),
        bucket=bucket,
        due_on=min(late) if late else max(dues, default=None),
        done_on=max(done) if len(done) == len(standing) else None,
        commitment_on=max(promises, default=None),
        days_late=max(part.days_late for part in standing if part.bucket is bucket),
    )


def _with_obstacles(rows: list[TaskRow], as_of: date, known_at: datetime) -> list[TaskRow]:
    """The open obstacles of tasks not done; a parent has those of its parts that share its bucket."""
    wanted = {row.id: _sources(row) for row in rows if row.bucket in {Bucket.OPEN_LATE, Bucket.OPEN_IN_TIME}}
    found = open_obstacles({pk for sources in wanted.values() for pk in sources}, as_of, known_at)
    return [
        replace(row, obstacles=tuple(o for pk in wanted.get(row.id, ()) for o in found.get(pk, ())))
        for row in rows
    ]


def _sources(row: TaskRow) -> tuple[int, ...]:
    return (row.id, *(part.id for part in row.parts if part.bucket is row.bucket))


FUNDS: Final = f"""
SELECT e.money, sum(e.amount) FROM ({KNOWN}) e WHERE e.task_id = ANY(%(tasks)s) AND e.act = 'funded' GROUP BY 1
"""  # noqa: S608 - constants of this module


def funds_of(
    tasks: Iterable[int], as_of: date, known_at: datetime | None = None, *, by: Actor
) -> dict[Money, int]:
    """Dong planned, allocated and spent for these tasks together. Requires steering.read."""
    require(by, "steering.read")
    asked: dict[str, Any] = {"tasks": list(tasks), "as_of": as_of, "known_at": known_moment(known_at)}
    with connection.cursor() as cursor:
        cursor.execute(FUNDS, asked)
        found = {Money(kind): int(amount) for kind, amount in cursor.fetchall()}
    return {kind: found.get(kind, 0) for kind in Money}


def obstacles_of(
    tasks: Iterable[int], as_of: date, known_at: datetime | None = None, *, by: Actor
) -> dict[int, list[OpenObstacle]]:
    """The open obstacles of each of these tasks, the oldest first. Requires steering.read."""
    require(by, "steering.read")
    return open_obstacles(tasks, as_of, known_moment(known_at))


def open_obstacles(tasks: Iterable[int], as_of: date, known_at: datetime) -> dict[int, list[OpenObstacle]]:
    """By task, the oldest first."""
    asked: dict[str, Any] = {"tasks": list(tasks), "as_of": as_of, "known_at": known_at}
    found: dict[int, list[OpenObstacle]] = {}
    with connection.cursor() as cursor:
        cursor.execute(OBSTACLES, asked)
        for task, pk, cause, text, proposal, since, remover in cursor.fetchall():
            found.setdefault(task, []).append(OpenObstacle(pk, Cause(cause), text, proposal, since, remover))
    return found
