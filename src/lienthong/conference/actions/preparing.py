"""A meeting before it opens: facts, sites, agenda, papers."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.conference.actions.ledger import append, locked, turn
from lienthong.conference.events import MeetingCalledOff, MeetingPlanned, MeetingPrepared
from lienthong.conference.models import AgendaItem, Meeting, MeetingLine, MeetingPaper, Site
from lienthong.conference.rules.refusals import (
    CentreStays,
    ContentMissing,
    FiguresAfter,
    MinutesOutOfRange,
    NoFurther,
    PlanOfAnother,
    ReasonMissing,
    SiteOutside,
    StartsInThePast,
    TitleMissing,
)
from lienthong.conference.rules.room import REFUSAL
from lienthong.conference.states import Act, State
from lienthong.documents.public import StoredFile
from lienthong.identity.public import Actor, require
from lienthong.kit.names import tidy
from lienthong.kit.words import format_appointment, format_date
from lienthong.organisations.public import Organisation
from lienthong.steering.public import Body, Plan


@transaction.atomic
def plan_meeting(
    *, plan: Plan, title: str, starts_at: datetime, as_of: date, at: datetime | None = None, by: Actor
) -> Meeting:
    """A meeting of the body that follows the plan, with its centre. `as_of`: of the figures it will look at.

    `at`: when it was planned, where that is entered afterwards. Raises TitleMissing, StartsInThePast, FiguresAfter.
    """
    body = plan.body
    require(by, "conference.run", body)
    _check_facts(title, starts_at, as_of, at or timezone.now())
    Body.objects.select_for_update().get(pk=body.pk)
    number = Meeting.objects.filter(body=body).count() + 1
    meeting = Meeting.objects.create(
        code=f"{body.code}-P{number:02d}", body=body, plan=plan, title=tidy(title), starts_at=starts_at,
        as_of=as_of,
    )  # fmt: skip
    append(meeting, Act.PLANNED, None, event=MeetingPlanned, by=by, at=at)
    Site.objects.create(meeting=meeting, agency=None)
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, plan: Plan, title: str, starts_at: datetime, as_of: date, by: Actor
) -> None:
    """Raises PlanOfAnother, TitleMissing, StartsInThePast, FiguresAfter, IsOpen, IsClosed, IsApproved."""
    require(by, "conference.run", meeting.body)
    if plan.body_id != meeting.body_id:
        raise PlanOfAnother(plan=plan.name)
    _check_facts(title, starts_at, as_of, timezone.now())
    _prepare(meeting, State.PLANNED)
    meeting.plan, meeting.title, meeting.starts_at, meeting.as_of = plan, tidy(title), starts_at, as_of
    meeting.save(update_fields=["plan", "title", "starts_at", "as_of"])
    record(MeetingPrepared(meeting=meeting.code, part="facts", id=meeting.pk), by=by)


def _check_facts(title: str, starts_at: datetime, as_of: date, now: datetime) -> None:
    if not title.strip():
        raise TitleMissing
    if starts_at < now:
        raise StartsInThePast(start=format_appointment(starts_at))
    day = timezone.localtime(starts_at).date()
    if as_of > day:
        raise FiguresAfter(as_of=format_date(as_of), day=format_date(day))


def _prepare(meeting: Meeting, *states: State) -> None:
    """Lock the meeting in one of these states. Raises IsOpen, IsClosed, IsApproved, IsCalledOff."""
    state = locked(meeting).state
    if state not in states:
        raise REFUSAL[state]


@transaction.atomic
def call_off_meeting(*, meeting: Meeting, reason: str, at: datetime | None = None, by: Actor) -> MeetingLine:
    """It does not take place; its sites read why. Raises ReasonMissing, IsOpen, IsClosed, IsApproved, IsCalledOff."""
    require(by, "conference.run", meeting.body)
    if not reason.strip():
        raise ReasonMissing
    room = turn(meeting, Act.CALLED_OFF)
    return append(meeting, Act.CALLED_OFF, room, event=MeetingCalledOff, by=by, at=at, text=reason)


@transaction.atomic
def connect_sites(*, meeting: Meeting, agencies: Sequence[Organisation], by: Actor) -> list[Site]:
    """Add an agency's site each, also while the meeting is open; those connected already stay as they are.

    Raises SiteOutside, IsClosed, IsApproved.
    """
    require(by, "conference.run", meeting.body)
    host = meeting.body.host
    outside = [agency for agency in agencies if host and not agency.path.startswith(host.path)]
    if host and outside:
        raise SiteOutside(name=outside[0].name, host=host.name)
    _prepare(meeting, State.PLANNED, State.OPEN)
    known = set(meeting.sites.values_list("agency", flat=True))
    new = [Site(meeting=meeting, agency=each) for each in dict.fromkeys(agencies) if each.pk not in known]
    made = Site.objects.bulk_create(new)
    for site in made:
        record(MeetingPrepared(meeting=meeting.code, part="site", id=site.pk), by=by)
    return made


@transaction.atomic
def disconnect_site(*, site: Site, by: Actor) -> None:
    """Raises CentreStays, IsOpen, IsClosed, IsApproved."""
    require(by, "conference.run", site.meeting.body)
    if site.agency_id is None:
        raise CentreStays
    _prepare(site.meeting, State.PLANNED)
    told = MeetingPrepared(meeting=site.meeting.code, part="site", id=site.pk, removed=True)
    site.delete()
    record(told, by=by)


@transaction.atomic
def add_item(*, meeting: Meeting, title: str, presenter: str = "", minutes: int, by: Actor) -> AgendaItem:
    """At the end of the agenda, also while the meeting is open. `minutes`: 1 to 480.

    Raises ContentMissing, MinutesOutOfRange, IsClosed, IsApproved.
    """
    require(by, "conference.run", meeting.body)
    if not title.strip():
        raise ContentMissing
    if not 1 <= minutes <= 480:
        raise MinutesOutOfRange
    _prepare(meeting, State.PLANNED, State.OPEN)
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting, number=last + 1, title=tidy(title), presenter=tidy(presenter), minutes=minutes
    )
    record(MeetingPrepared(meeting=meeting.code, part="item", id=item.pk), by=by)
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool, by: Actor) -> None:
    """One place up or down the agenda. Raises NoFurther, IsOpen, IsClosed, IsApproved, IsCalledOff."""
    require(by, "conference.run", item.meeting.body)
    _prepare(item.meeting, State.PLANNED)
    items = list(item.meeting.items.all())
    here = items.index(item)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(items):
        raise NoFurther
    items[here], items[there] = items[there], items[here]
    _number(items)
    record(MeetingPrepared(meeting=item.meeting.code, part="order", id=item.pk), by=by)


def _number(items: Sequence[AgendaItem]) -> None:
    """From 1, in this order; by way of numbers that nobody has, since no two may be the same."""
    free = max((each.number for each in items), default=0) + 1
    for start in (free, 1):
        for number, each in enumerate(items, start):
            each.number = number
            each.save(update_fields=["number"])


@transaction.atomic
def drop_item(*, item: AgendaItem, by: Actor) -> None:
    """With its papers; the others close up. Raises IsOpen, IsClosed, IsApproved, IsCalledOff."""
    require(by, "conference.run", item.meeting.body)
    _prepare(item.meeting, State.PLANNED)
    told = MeetingPrepared(meeting=item.meeting.code, part="item", id=item.pk, removed=True)
    item.delete()
    _number(list(item.meeting.items.all()))
    record(told, by=by)


@transaction.atomic
def put_paper(*, item: AgendaItem, file: StoredFile, by: Actor) -> MeetingPaper:
    """Raises IsClosed, IsApproved."""
    require(by, "conference.run", item.meeting.body)
    _prepare(item.meeting, State.PLANNED, State.OPEN)
    paper = MeetingPaper.objects.create(item=item, file=file)
    record(MeetingPrepared(meeting=item.meeting.code, part="paper", id=paper.pk), by=by)
    return paper


@transaction.atomic
def drop_paper(*, paper: MeetingPaper, by: Actor) -> None:
    """The file stays in the store for as long as its kind is kept. Raises IsOpen, IsClosed, IsApproved, IsCalledOff."""
    meeting = paper.item.meeting
    require(by, "conference.run", meeting.body)
    _prepare(meeting, State.PLANNED)
    told = MeetingPrepared(meeting=meeting.code, part="paper", id=paper.pk, removed=True)
    paper.delete()
    record(told, by=by)
