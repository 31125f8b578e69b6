"""The floor: asked for by a site, given by the chair to one at a time, ended, withdrawn."""

from datetime import datetime
from typing import Any

from django.db import transaction

from lienthong.conference.actions.ledger import append, turn
from lienthong.conference.events import AskWithdrawn, FloorAsked, FloorEnded, FloorGiven
from lienthong.conference.models import MeetingLine, Site
from lienthong.conference.rules.refusals import (
    AskedAlready,
    AskGone,
    NobodyHere,
    NobodySpeaks,
    SomebodySpeaks,
)
from lienthong.conference.rules.room import Room
from lienthong.conference.states import Act
from lienthong.identity.public import Actor, require


@transaction.atomic
def ask_floor(
    *,
    site: Site,
    arrival: MeetingLine | None = None,
    text: str = "",
    at: datetime | None = None,
    by: Actor,
) -> MeetingLine:
    """`arrival`: who of those present will speak, the first one if nobody is named; `text`: on what.

    Raises NobodyHere, AskedAlready, NotOpenYet, IsClosed.
    """
    require(by, "conference.sit", site)
    room = turn(site.meeting, Act.ASKED)
    here = {each.came.id: each.came for each in room.here(site.pk)}
    if not here or (arrival is not None and arrival.pk not in here):
        raise NobodyHere
    if site.pk in sites_busy(room):
        raise AskedAlready
    who = here[arrival.pk] if arrival else next(iter(here.values()))
    return append(
        site.meeting, Act.ASKED, room, event=FloorAsked, by=by, at=at, site=site, name=who.name,
        post=who.post, text=text, told={"site": site.pk},
    )  # fmt: skip


def sites_busy(room: Room) -> set[int | None]:
    """The sites that wait or speak."""
    speaking = {room.speaker.ask.site} if room.speaker else set()
    return speaking | {ask.site for ask in room.waiting}


@transaction.atomic
def give_floor(*, ask: MeetingLine, at: datetime | None = None, by: Actor) -> MeetingLine:
    """To one of those waiting, not only to the first; the others keep their order.

    Raises AskGone, SomebodySpeaks, NotOpenYet, IsClosed.
    """
    meeting = ask.meeting
    require(by, "conference.run", meeting.body)
    room = turn(meeting, Act.GAVE)
    _check_waiting(room, ask)
    if room.speaker is not None:
        raise SomebodySpeaks(
            site=meeting.sites.select_related("agency").get(pk=room.speaker.ask.site or 0).name
        )
    return append(meeting, Act.GAVE, room, event=FloorGiven, by=by, at=at, **_told(ask))


@transaction.atomic
def withdraw_ask(*, ask: MeetingLine, at: datetime | None = None, by: Actor) -> MeetingLine:
    """By the site itself, or by who runs the meeting. Raises AskGone, NotOpenYet, IsClosed."""
    if ask.site is None:
        raise AskGone
    require(by, "conference.sit", ask.site)
    room = turn(ask.meeting, Act.WITHDREW)
    _check_waiting(room, ask)
    return append(ask.meeting, Act.WITHDREW, room, event=AskWithdrawn, by=by, at=at, **_told(ask))


@transaction.atomic
def end_floor(*, ask: MeetingLine, at: datetime | None = None, by: Actor) -> MeetingLine:
    """`ask`: of whoever speaks, so that a press that comes late does not cut off the next one.

    By the site itself, or by who runs the meeting. Raises NobodySpeaks, AskGone, NotOpenYet, IsClosed.
    """
    if ask.site is None:
        raise AskGone
    require(by, "conference.sit", ask.site)
    room = turn(ask.meeting, Act.ENDED)
    if room.speaker is None:
        raise NobodySpeaks
    if room.speaker.ask.id != ask.pk:
        raise AskGone
    return append(ask.meeting, Act.ENDED, room, event=FloorEnded, by=by, at=at, **_told(ask))


def _check_waiting(room: Room, ask: MeetingLine) -> None:
    if ask.pk not in {each.id for each in room.waiting}:
        raise AskGone


def _told(ask: MeetingLine) -> dict[str, Any]:
    return {"site": ask.site, "answers": ask, "told": {"site": ask.site_id}}
