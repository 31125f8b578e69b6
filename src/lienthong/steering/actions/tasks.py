"""A task from its assignment to its end."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from lienthong.audit.public import record
from lienthong.documents.public import StoredFile
from lienthong.identity.public import Actor, require
from lienthong.kit.names import tidy
from lienthong.kit.words import format_date
from lienthong.organisations.public import Organisation
from lienthong.steering.actions.ledger import (
    append,
    check_day,
    open_task,
    standing_now,
    wait_for_turn,
)
from lienthong.steering.actions.plans import note_document
from lienthong.steering.events import (
    DueSet,
    EntryRetracted,
    PeriodCompleted,
    TaskAssigned,
    TaskCancelled,
    TaskCompleted,
    TaskReturned,
)
from lienthong.steering.models import Plan, SourceDocument, Task, TaskEntry
from lienthong.steering.permissions import Assignment
from lienthong.steering.rules.deadlines import (
    Deadline,
    check_deadline,
    due_after,
    first_due,
    occurrences,
)
from lienthong.steering.rules.refusals import (
    AllPeriodsDone,
    BeforeLastChange,
    CircularParents,
    ContentMissing,
    DueBeforeAssigned,
    DueIsSet,
    DueMissing,
    LeadMissing,
    LeadTwice,
    NotDone,
    NothingToRetract,
    NotRecurring,
    NotSpecificEnough,
    PartnerIsLead,
    PeriodsOpen,
    ReasonMissing,
    ResultMissing,
    SourceMissing,
)
from lienthong.steering.rules.standing import goes_round
from lienthong.steering.states import Act, DeadlineKind, Group


@transaction.atomic
def assign_task(
    *,
    plan: Plan,
    content: str,
    leads: Sequence[Organisation],
    documents: Sequence[SourceDocument],
    deadline: Deadline,
    assigned_on: date,
    partners: Sequence[Organisation] = (),
    product: str = "",
    group: Group | None = None,
    focus: bool = False,
    parent: Task | None = None,
    code: str = "",
    by: Actor,
) -> Task:
    """Give a task to an agency; to several at once, a parent and one part each. Gives the task.

    `parent`: put it under a task that has parts already. Raises ContentMissing, SourceMissing,
    LeadMissing, LeadTwice, PartnerIsLead, InTheFuture, TooEarly, CircularParents, NotSpecificEnough
    and what `check_deadline` raises.
    """
    require(by, "steering.assign", Assignment(plan.body, tuple(leads)))
    _check_parties(content, leads, partners, documents)
    check_deadline(deadline, assigned_on)
    check_day(assigned_on, plan.since)
    wait_for_turn()
    code = code or next_code(plan)
    _check_parent(code, parent, leads)
    facts = {
        "plan": plan, "content": tidy(content), "product": tidy(product), "group": group or "", "focus": focus,
        "deadline_kind": deadline.kind, "first_due_on": deadline.due_on if deadline.kind is DeadlineKind.FIXED else None,
        "deadline_event": tidy(deadline.event), "deadline_days": deadline.days,
        "every": deadline.every or "", "every_day": deadline.day, "until": deadline.until,
    }  # fmt: skip
    alone = len(leads) == 1
    task = Task.objects.create(code=code, parent=parent, lead=leads[0] if alone else None, **facts)
    parts = [] if alone else [
        Task.objects.create(code=f"{code}.{lead.code}", parent=task, lead=lead, **facts) for lead in leads
    ]  # fmt: skip
    due = first_due(deadline, assigned_on)
    for each in (task, *parts):
        each.documents.set(documents)
        each.partners.set(partners)
    lines = [
        TaskEntry(task=each, act=Act.ASSIGNED, happened_on=assigned_on, due_on=due, actor=by.reference,
                  actor_name=by.name)
        for each in (task, *parts)
    ]  # fmt: skip
    TaskEntry.objects.bulk_create(lines)
    record(TaskAssigned(task=code, plan=plan.code, parts=len(parts)), by=by)
    return task


@transaction.atomic
def give_task(
    *,
    plan: Plan,
    content: str,
    leads: Sequence[Organisation],
    number: str,
    signed_on: date,
    title: str,
    kind: str,
    assigned_on: date,
    due_on: date | None = None,
    deadline: Deadline | None = None,
    product: str = "",
    by: Actor,
) -> Task:
    """A document, noted if it is not there yet, gives a task, due on a day or by another rule. Raises what both raise."""
    document = note_document(
        number=number, signed_on=signed_on, title=title, kind=kind, body=plan.body, by=by
    )
    return assign_task(
        plan=plan, content=content, leads=leads, documents=[document], product=product,
        deadline=deadline or Deadline(DeadlineKind.FIXED, due_on), assigned_on=assigned_on, by=by,
    )  # fmt: skip


def next_code(plan: Plan) -> str:
    """Call after `wait_for_turn`. Numbers are never given twice: tasks are never deleted."""
    return f"{plan.code}-{Task.objects.filter(plan=plan, parent__isnull=True).count() + 1:03d}"


def _check_parties(
    content: str,
    leads: Sequence[Organisation],
    partners: Sequence[Organisation],
    documents: Sequence[SourceDocument],
) -> None:
    if not content.strip():
        raise ContentMissing
    if not documents:
        raise SourceMissing
    if not leads:
        raise LeadMissing
    twice = [lead for i, lead in enumerate(leads) if lead in leads[:i]]
    if twice:
        raise LeadTwice(name=twice[0].name)
    both = [partner for partner in partners if partner in leads]
    if both:
        raise PartnerIsLead(name=both[0].name)


def _check_parent(code: str, parent: Task | None, leads: Sequence[Organisation]) -> None:
    """A parent has parts, and a part none of its own; nothing stands under itself."""
    if parent is None:
        return
    same = Task.objects.filter(code=code).first()
    above = dict(Task.objects.filter(plan=parent.plan).values_list("pk", "parent_id"))
    if same is not None and goes_round(above, same.pk, parent.pk):
        raise CircularParents(code=code)
    if parent.lead_id is not None or parent.parent_id is not None or len(leads) != 1:
        raise NotSpecificEnough


@transaction.atomic
def set_due(*, task: Task, on: date, reference: str, due_on: date | None = None, by: Actor) -> TaskEntry:
    """The event of a relative deadline came on `on`, or the superior asked for the task by `due_on`.

    Raises DueIsSet, DueMissing, DueBeforeAssigned.
    """
    require(by, "steering.decide", task)
    wait_for_turn()
    now = open_task(task)
    check_day(on, now.assigned_on)
    kind = DeadlineKind(task.deadline_kind)
    if kind not in {DeadlineKind.RELATIVE, DeadlineKind.REQUEST} or now.due_on is not None:
        raise DueIsSet(code=task.code)
    due = due_after(task.deadline, on) if kind is DeadlineKind.RELATIVE else due_on
    if due is None:
        raise DueMissing
    if due < on:
        raise DueBeforeAssigned(due=format_date(due), assigned=format_date(on))
    return append(task, Act.SET_DUE, on, event=DueSet, by=by, due_on=due, reference=reference)


@transaction.atomic
def complete_task(
    *,
    task: Task,
    on: date,
    reference: str = "",
    text: str = "",
    evidence: Sequence[StoredFile] = (),
    by: Actor,
) -> TaskEntry:
    """The product is there: a document's number, or the file itself.

    Raises ResultMissing, IsParent, AlreadyDone, AlreadyCancelled, InTheFuture, TooEarly,
    BeforeLastChange, PeriodsOpen.
    """
    require(by, "steering.report", task)
    if not reference.strip() and not evidence:
        raise ResultMissing
    wait_for_turn()
    now = open_task(task)
    check_day(on, now.assigned_on)
    check_after_last(task, on)
    if task.deadline_kind == DeadlineKind.RECURRING:
        left = len(occurrences(task.deadline, now.assigned_on)) - now.periods_done
        raise PeriodsOpen(left=left)
    return append(
        task, Act.COMPLETED, on, event=TaskCompleted, by=by, evidence=evidence, reference=reference, text=text
    )


@transaction.atomic
def complete_period(
    *,
    task: Task,
    on: date,
    reference: str = "",
    text: str = "",
    evidence: Sequence[StoredFile] = (),
    by: Actor,
) -> TaskEntry:
    """One period of a recurring task is done; the last one completes it. Raises NotRecurring, AllPeriodsDone."""
    require(by, "steering.report", task)
    if task.deadline_kind != DeadlineKind.RECURRING:
        raise NotRecurring(code=task.code)
    if not reference.strip() and not evidence:
        raise ResultMissing
    wait_for_turn()
    now = standing_now(task)
    if now.periods_done >= len(occurrences(task.deadline, now.assigned_on)):
        raise AllPeriodsDone(code=task.code)
    open_task(task)
    check_day(on, now.last_period_on or now.assigned_on)
    return append(
        task, Act.PERIOD_DONE, on, event=PeriodCompleted, by=by, evidence=evidence, reference=reference,
        text=text,
    )  # fmt: skip


@transaction.atomic
def return_task(*, task: Task, on: date, reason: str, by: Actor) -> TaskEntry:
    """The result is not accepted: open again from `on`. Raises NotDone, ReasonMissing."""
    require(by, "steering.decide", task)
    if not reason.strip():
        raise ReasonMissing
    wait_for_turn()
    now = standing_now(task)
    if now.done_on is None or task.deadline_kind == DeadlineKind.RECURRING:
        raise NotDone(code=task.code)
    check_day(on, now.assigned_on)
    check_after_last(task, on)
    return append(task, Act.RETURNED, on, event=TaskReturned, by=by, text=reason)


@transaction.atomic
def cancel_task(*, task: Task, on: date, reference: str, by: Actor) -> TaskEntry:
    """The task is taken back by a document; with a parent go its parts still open. Raises ReasonMissing."""
    require(by, "steering.decide", task)
    if not reference.strip():
        raise ReasonMissing
    wait_for_turn()
    parts = [part for part in task.parts.all() if not standing_now(part).done_on]
    for each in [part for part in parts if not standing_now(part).cancelled_on]:
        append(each, Act.CANCELLED, on, event=TaskCancelled, by=by, reference=reference)
    now = standing_now(task) if parts else open_task(task)
    check_day(on, now.assigned_on)
    check_after_last(task, on)
    return append(task, Act.CANCELLED, on, event=TaskCancelled, by=by, reference=reference)


@transaction.atomic
def retract_entry(*, entry: TaskEntry, reason: str, by: Actor) -> TaskEntry:
    """Say that a line was entered by mistake: from now on it is not counted; what was known before stays known.

    Whoever wrote it, or who decides, may. An assignment is cancelled, not retracted, once lines follow.
    Raises NothingToRetract, ReasonMissing.
    """
    if by.reference != entry.actor:
        require(by, "steering.decide", entry.task)
    if not reason.strip():
        raise ReasonMissing
    wait_for_turn()
    followed = entry.act == Act.ASSIGNED and entry.task.entries.exclude(pk=entry.pk).exists()
    answered = TaskEntry.objects.filter(answers=entry).exists()
    if entry.act == Act.RETRACTED or followed or answered or entry.retracted_by.exists():
        raise NothingToRetract
    return append(
        entry.task, Act.RETRACTED, entry.happened_on, event=EntryRetracted, by=by, text=reason, retracts=entry
    )


def check_after_last(task: Task, on: date) -> None:
    """Raises BeforeLastChange: what was said of the task's status is not overtaken from behind."""
    changes = (Act.COMPLETED, Act.RETURNED, Act.CANCELLED)
    last: TaskEntry | None = (
        task.entries.filter(act__in=changes, retracted_by__isnull=True).order_by("happened_on").last()
    )
    if last is not None and on < last.happened_on:
        raise BeforeLastChange(day=format_date(on), last=format_date(last.happened_on))
