"""The meeting itself: open, roll-call, agenda, close, minutes."""

from datetime import datetime

from django.db import transaction

from lienthong.conference.actions.ledger import append, turn
from lienthong.conference.events import (
    ArrivalCorrected,
    ArrivalNoted,
    ArrivalStruck,
    DepartureNoted,
    ItemTakenUp,
    MeetingClosed,
    MeetingOpened,
    MinutesApproved,
)
from lienthong.conference.models import AgendaItem, Meeting, MeetingLine, Site
from lienthong.conference.rules.refusals import (
    AlreadyHere,
    AlreadyTakenUp,
    AnotherIsOpen,
    HasAsked,
    ItemsMissing,
    NameMissing,
    NotHere,
    ReasonMissing,
    SitesMissing,
)
from lienthong.conference.rules.room import Presence, Room
from lienthong.conference.states import Act, State
from lienthong.identity.public import Actor, require
from lienthong.kit.names import fold, tidy
from lienthong.steering.public import Body


@transaction.atomic
def open_meeting(*, meeting: Meeting, at: datetime | None = None, by: Actor) -> MeetingLine:
    """Raises SitesMissing, ItemsMissing, AnotherIsOpen, IsOpen, IsClosed, IsApproved."""
    require(by, "conference.run", meeting.body)
    Body.objects.select_for_update().get(pk=meeting.body_id)
    room = turn(meeting, Act.OPENED)
    if not meeting.sites.filter(agency__isnull=False).exists():
        raise SitesMissing
    if not meeting.items.exists():
        raise ItemsMissing
    for other in Meeting.objects.filter(body=meeting.body_id).exclude(pk=meeting.pk).with_state():
        if other.state is State.OPEN:
            raise AnotherIsOpen(body=meeting.body.name, code=other.code)
    return append(meeting, Act.OPENED, room, event=MeetingOpened, by=by, at=at)


@transaction.atomic
def take_up_item(*, item: AgendaItem, at: datetime | None = None, by: Actor) -> MeetingLine:
    """The meeting turns to an item; the one before is over. Raises AlreadyTakenUp, NotOpenYet, IsClosed."""
    meeting = item.meeting
    require(by, "conference.run", meeting.body)
    room = turn(meeting, Act.TOOK_UP)
    if room.item == item.pk:
        raise AlreadyTakenUp
    return append(
        meeting, Act.TOOK_UP, room, event=ItemTakenUp, by=by, at=at, item=item, told={"item": item.pk}
    )


@transaction.atomic
def note_arrival(
    *, site: Site, name: str, post: str = "", at: datetime | None = None, by: Actor
) -> MeetingLine:
    """Somebody sits at a site, by name and post. Raises NameMissing, AlreadyHere, NotOpenYet, IsClosed."""
    require(by, "conference.sit", site)
    if not name.strip():
        raise NameMissing
    room = turn(site.meeting, Act.CAME)
    if any(fold(each.came.name) == fold(name) for each in room.here(site.pk)):
        raise AlreadyHere(name=tidy(name))
    return append(
        site.meeting, Act.CAME, room, event=ArrivalNoted, by=by, at=at, site=site, name=name, post=post,
        told={"site": site.pk},
    )  # fmt: skip


@transaction.atomic
def note_departure(*, arrival: MeetingLine, at: datetime | None = None, by: Actor) -> MeetingLine:
    """Raises NotHere, NotOpenYet, IsClosed."""
    if arrival.site is None:
        raise NotHere
    require(by, "conference.sit", arrival.site)
    room = turn(arrival.meeting, Act.LEFT)
    if arrival.pk not in {each.came.id for each in room.here(arrival.site.pk)}:
        raise NotHere
    return append(
        arrival.meeting, Act.LEFT, room, event=DepartureNoted, by=by, at=at, site=arrival.site,
        answers=arrival, told={"site": arrival.site.pk},
    )  # fmt: skip


@transaction.atomic
def correct_arrival(
    *, arrival: MeetingLine, name: str, post: str = "", at: datetime | None = None, by: Actor
) -> MeetingLine:
    """The name and post as they should have been written down; what was written stays in the ledger.

    Raises NameMissing, NotHere, AlreadyHere, NotOpenYet, IsApproved, IsCalledOff.
    """
    site = _site_of(arrival)
    require(by, "conference.sit", site)
    if not name.strip():
        raise NameMissing
    room = turn(arrival.meeting, Act.CORRECTED)
    was = _presence(room, arrival)
    others = {fold(each.came.name) for each in room.here(site.pk)} - {fold(was.came.name)}
    if fold(name) in others:
        raise AlreadyHere(name=tidy(name))
    return append(
        arrival.meeting, Act.CORRECTED, room, event=ArrivalCorrected, by=by, at=at, site=site, answers=arrival,
        name=name, post=post, told={"site": site.pk},
    )  # fmt: skip


@transaction.atomic
def strike_arrival(
    *, arrival: MeetingLine, reason: str, at: datetime | None = None, by: Actor
) -> MeetingLine:
    """Who was written down was not there at all. Raises ReasonMissing, NotHere, HasAsked, NotOpenYet, IsApproved."""
    site = _site_of(arrival)
    require(by, "conference.sit", site)
    if not reason.strip():
        raise ReasonMissing
    room = turn(arrival.meeting, Act.STRUCK)
    came = _presence(room, arrival).came
    asked = {(each.site, each.name) for each in (*room.waiting, *(turn.ask for turn in room.turns))}
    if (came.site, came.name) in asked:
        raise HasAsked(name=came.name)
    return append(
        arrival.meeting, Act.STRUCK, room, event=ArrivalStruck, by=by, at=at, site=site, answers=arrival,
        text=reason, told={"site": site.pk},
    )  # fmt: skip


def _site_of(arrival: MeetingLine) -> Site:
    """Raises NotHere."""
    if arrival.site is None:
        raise NotHere
    return arrival.site


def _presence(room: Room, arrival: MeetingLine) -> Presence:
    """Also of somebody who has left. Raises NotHere."""
    found = next((each for each in room.presences if each.came.id == arrival.pk), None)
    if found is None:
        raise NotHere
    return found


@transaction.atomic
def close_meeting(*, meeting: Meeting, at: datetime | None = None, by: Actor) -> MeetingLine:
    """Whatever is going on ends now, and those waiting for the floor do not get it.

    Raises NotOpenYet, IsClosed, IsApproved.
    """
    require(by, "conference.run", meeting.body)
    room = turn(meeting, Act.CLOSED)
    return append(meeting, Act.CLOSED, room, event=MeetingClosed, by=by, at=at)


@transaction.atomic
def approve_minutes(*, meeting: Meeting, at: datetime | None = None, by: Actor) -> MeetingLine:
    """Raises NotOpenYet, IsOpen, IsApproved."""
    require(by, "conference.approve", meeting.body)
    room = turn(meeting, Act.APPROVED)
    return append(meeting, Act.APPROVED, room, event=MinutesApproved, by=by, at=at)
