"""Conclusions, and the tasks they become."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lienthong.conference.actions.ledger import append, own, turn
from lienthong.conference.events import ConclusionAssigned, ConclusionRecorded, ConclusionRetracted
from lienthong.conference.models import AgendaItem, Conclusion, ConclusionTask, Meeting, MeetingLine
from lienthong.conference.rules.refusals import (
    ConclusionMissing,
    DuePassed,
    IsRetracted,
    IsTask,
    LeadMissing,
    LeadOutside,
    ReasonMissing,
)
from lienthong.conference.states import Act
from lienthong.identity.public import Actor, require
from lienthong.kit.errors import said
from lienthong.kit.names import tidy
from lienthong.kit.words import format_date
from lienthong.organisations.public import Organisation
from lienthong.steering.public import Task, give_task

MINUTES = said("Biên bản phiên họp")
"""The kind of document that a task from a conclusion rests on: the meeting's own minutes."""


@transaction.atomic
def conclude(
    *,
    meeting: Meeting,
    text: str,
    leads: Sequence[Organisation],
    due_on: date,
    product: str = "",
    item: AgendaItem | None = None,
    dossier: str = "",
    at: datetime | None = None,
    by: Actor,
) -> Conclusion:
    """Who shall do what by when. Raises ConclusionMissing, LeadMissing, LeadOutside, DuePassed, OfAnotherMeeting,
    NotOpenYet, IsClosed."""
    require(by, "conference.run", meeting.body)
    if not text.strip():
        raise ConclusionMissing
    _check_leads(meeting, leads)
    own(meeting, item)
    day = timezone.localtime(at).date()
    if due_on < day:
        raise DuePassed(due=format_date(due_on), day=format_date(day))
    room = turn(meeting, Act.CONCLUDED)
    number = meeting.conclusions.count() + 1
    line = append(
        meeting, Act.CONCLUDED, room, event=ConclusionRecorded, by=by, at=at, item=item, text=text,
        told={"conclusion": number},
    )  # fmt: skip
    conclusion = Conclusion.objects.create(
        meeting=meeting, line=line, number=number, text=tidy(text), product=tidy(product), due_on=due_on,
        dossier=dossier,
    )  # fmt: skip
    conclusion.leads.set(leads)
    return conclusion


def _check_leads(meeting: Meeting, leads: Sequence[Organisation]) -> None:
    if not leads:
        raise LeadMissing
    host = meeting.body.host
    for lead in leads:
        if host is not None and not lead.path.startswith(host.path):
            raise LeadOutside(name=lead.name, host=host.name)


@transaction.atomic
def retract_conclusion(
    *, conclusion: Conclusion, reason: str, at: datetime | None = None, by: Actor
) -> MeetingLine:
    """It was written down by mistake; it stays in the ledger. One that is a task is cancelled there first.

    Raises ReasonMissing, IsTask, IsRetracted, NotOpenYet, IsApproved.
    """
    meeting = conclusion.meeting
    require(by, "conference.run", meeting.body)
    if not reason.strip():
        raise ReasonMissing
    room = turn(meeting, Act.RETRACTED)
    _check_alive(conclusion, room.conclusions)
    return append(
        meeting, Act.RETRACTED, room, event=ConclusionRetracted, by=by, at=at, answers=conclusion.line,
        text=reason, told={"conclusion": conclusion.number},
    )  # fmt: skip


@transaction.atomic
def assign_conclusion(*, conclusion: Conclusion, at: datetime | None = None, by: Actor) -> Task:
    """One press: the conclusion becomes a task of the meeting's plan, on the ground of its minutes.

    Raises IsTask, IsRetracted, and what `give_task` raises.
    """
    meeting = conclusion.meeting
    require(by, "conference.run", meeting.body)
    room = turn(meeting, Act.ASSIGNED)
    _check_alive(conclusion, room.conclusions)
    opened = room.opened_at or timezone.now()
    task = give_task(
        plan=meeting.plan, content=conclusion.text, leads=list(conclusion.leads.order_by("code")),
        product=conclusion.product, due_on=conclusion.due_on, number=f"BB {meeting.code}",
        signed_on=timezone.localtime(opened).date(), title=meeting.title, kind=MINUTES,
        assigned_on=timezone.localtime(at).date(), by=by,
    )  # fmt: skip
    ConclusionTask.objects.create(conclusion=conclusion, task=task)
    append(
        meeting, Act.ASSIGNED, room, event=ConclusionAssigned, by=by, at=at, answers=conclusion.line,
        text=task.code, told={"conclusion": conclusion.number, "task": task.code},
    )  # fmt: skip
    return task


def _check_alive(conclusion: Conclusion, alive: Sequence[int]) -> None:
    """Call with the meeting locked."""
    if conclusion.line_id not in alive:
        raise IsRetracted
    done = ConclusionTask.objects.filter(conclusion=conclusion).select_related("task").first()
    if done is not None:
        raise IsTask(code=done.task.code)
