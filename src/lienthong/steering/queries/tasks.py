"""One task with its history; an agency's tasks; plans, bodies and documents."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils import timezone

from lienthong.documents.public import StoredFile
from lienthong.identity.public import Actor, Role, require
from lienthong.organisations.public import Organisation, lineage_ids, organisation_now
from lienthong.steering.models import (
    Body,
    Evidence,
    Membership,
    Plan,
    SourceDocument,
    Task,
    TaskEntry,
)
from lienthong.steering.queries.standings import known_moment
from lienthong.steering.rules.refusals import NoSuchBody, NoSuchPlan, NoSuchTask
from lienthong.steering.rules.standing import Standing, standing
from lienthong.steering.states import ASSIGNING_POSTS


@dataclass(frozen=True)
class Line:
    """A line of a task's history as it was known at a moment."""

    entry: TaskEntry
    retracted: TaskEntry | None
    """The line that says this one was a mistake, if that was known."""


@dataclass(frozen=True)
class TaskPage:
    task: Task
    standing: Standing
    lines: list[Line]
    """As known at `known_at`, true by `as_of`; the newest first."""
    obstacles: list[TaskEntry]
    asks: list[TaskEntry]
    as_of: date
    known_at: datetime


def find_task(code: str, *, by: Actor) -> Task:
    """Raises NoSuchTask. Requires steering.read."""
    require(by, "steering.read")
    task = (
        Task.objects.filter(code=code)
        .select_related("plan__programme", "plan__body__host", "parent", "lead__unit", "lead__successor")
        .prefetch_related("documents", "partners")
        .first()
    )
    if task is None:
        raise NoSuchTask
    return task


def task_page(code: str, as_of: date, known_at: datetime | None = None, *, by: Actor) -> TaskPage:
    """The task, where it stood, and its history. Raises NoSuchTask, also before it was assigned."""
    task = find_task(code, by=by)
    moment = known_moment(known_at)
    files = Prefetch("evidence", Evidence.objects.select_related("file"))
    entries = list(
        task.entries.filter(recorded_at__lte=moment)
        .select_related("remover", "answers")
        .prefetch_related(files)
        .order_by("happened_on", "recorded_at", "pk")
    )
    now = standing([each.entry for each in entries], task.deadline, as_of, moment)
    if now is None:
        raise NoSuchTask
    retracted = {each.retracts_id: each for each in entries if each.retracts_id}
    shown = [each for each in entries if each.happened_on <= as_of and each.retracts_id is None]
    by_id = {each.pk: each for each in entries}
    return TaskPage(
        task=task,
        standing=now,
        lines=[Line(each, retracted.get(each.pk)) for each in reversed(shown)],
        obstacles=[by_id[pk] for pk in now.open_obstacles],
        asks=[by_id[pk] for pk in now.asks],
        as_of=as_of,
        known_at=moment,
    )


def entry_of(task: Task, pk: int) -> TaskEntry | None:
    return task.entries.filter(pk=pk).select_related("remover", "task__plan__body__host").first()


def evidence_of(entry: int, file: UUID, *, by: Actor) -> StoredFile | None:
    """A file that a line rests on. Requires steering.read."""
    require(by, "steering.read")
    found = Evidence.objects.filter(entry=entry, file=file).select_related("file").first()
    return found.file if found else None


def agencies_of(by: Actor) -> list[Organisation]:
    """The agencies that `by` speaks for in the register of tasks, under their name of today."""
    codes = [duty.organisation for duty in by.duties if duty.role in {Role.LEADER, Role.COMMITTEE}]
    return list(Organisation.objects.on(timezone.localdate()).filter(code__in=codes).by_name())


def predecessors_of(agency: Organisation) -> list[int]:
    """Ids of the agency and of everybody whose work it carries on: their tasks are its tasks."""
    return lineage_ids(agency.pk)[0]


def agencies_now(ids: set[int], on: date) -> dict[int, Organisation]:
    """Each agency as it is called on a day, or who carries on its work."""
    found = Organisation.objects.select_related("successor", "unit").in_bulk(ids)
    return {pk: organisation_now(agency, on) for pk, agency in found.items()}


def find_plan(code: str, *, by: Actor) -> Plan:
    """Raises NoSuchPlan. Requires steering.read."""
    require(by, "steering.read")
    plan = Plan.objects.filter(code=code).select_related("programme", "body__host").first()
    if plan is None:
        raise NoSuchPlan
    return plan


def plans() -> list[Plan]:
    """The newest first."""
    return list(Plan.objects.select_related("programme", "body__host").order_by("-year", "code"))


def plans_to_assign(by: Actor) -> list[Plan]:
    """The plans of bodies in which `by` sits as chair, vice chair or secretary."""
    seats = Membership.objects.on(timezone.localdate()).filter(
        account=by.account_id, post__in=ASSIGNING_POSTS
    )
    return [plan for plan in plans() if plan.body_id in set(seats.values_list("body_id", flat=True))]


def bodies(*, by: Actor) -> list[Body]:
    """National bodies first, then those of agencies by name. Requires steering.read."""
    require(by, "steering.read")
    found = Body.objects.select_related("host").order_by("name")
    return sorted(found, key=lambda body: (body.host is not None, body.kind != "national_committee"))


def find_body(code: str, *, by: Actor) -> Body:
    """Raises NoSuchBody. Requires steering.read."""
    require(by, "steering.read")
    body = Body.objects.filter(code=code).select_related("host").first()
    if body is None:
        raise NoSuchBody
    return body


def seats_on(day: date, *, by: Actor) -> dict[int, list[Membership]]:
    """Who sits in each body on a day. Requires steering.read."""
    require(by, "steering.read")
    found: dict[int, list[Membership]] = {}
    for seat in Membership.objects.on(day).order_by("name"):
        found.setdefault(seat.body_id, []).append(seat)
    return found


def seats_of(body: Body) -> list[Membership]:
    """Every seat there was, the present ones first, each from when to when."""
    return sorted(body.memberships.all(), key=lambda seat: (seat.until or date.max, seat.since), reverse=True)


def members_of(body: Body, on: date) -> list[Membership]:
    """Who sat in the body on a day: chair, vice chairs, secretaries, members."""
    order = {post: rank for rank, post in enumerate(("chair", "vice", "secretary", "member"))}
    return sorted(body.memberships.on(on), key=lambda seat: (order[seat.post], seat.name))


def documents_of(plan: Plan) -> list[SourceDocument]:
    return list(
        SourceDocument.objects.filter(Q(tasks__plan=plan)).distinct().order_by("-signed_on", "number")
    )
