"""Appending to a meeting's ledger: one writer at a time, each seeing what the last one wrote."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.utils import timezone

from lienthong.audit.public import record
from lienthong.conference.events import LineWritten
from lienthong.conference.models import Meeting, MeetingLine
from lienthong.conference.rules.refusals import BeforeLastLine, NotYet, OfAnotherMeeting
from lienthong.conference.rules.room import Room, check_move, fold
from lienthong.conference.states import Act
from lienthong.identity.public import Actor
from lienthong.kit.names import tidy
from lienthong.kit.words import format_appointment

LEEWAY: Final = timedelta(minutes=1)
"""Clocks of several machines differ by less; a line is never put before the last one."""


def locked(meeting: Meeting) -> Room:
    """The meeting as it stands; nobody else writes in it until this transaction ends."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    return fold([each.line for each in meeting.lines.all()])


def turn(meeting: Meeting, act: Act) -> Room:
    """Lock the meeting and see that the act fits its state. Raises what `check_move` raises."""
    room = locked(meeting)
    check_move(room.state, act)
    return room


def own(meeting: Meeting, *things: Any) -> None:
    """Raises OfAnotherMeeting."""
    if any(thing is not None and thing.meeting_id != meeting.pk for thing in things):
        raise OfAnotherMeeting


def append(
    meeting: Meeting,
    act: Act,
    room: Room | None,
    *,
    event: type[LineWritten],
    by: Actor,
    at: datetime | None = None,
    told: dict[str, Any] | None = None,
    **facts: Any,
) -> MeetingLine:
    """Write the line and the record. `at`: when it happened, where that is entered afterwards.

    `told`: what the event says beside meeting and line. Raises BeforeLastLine, NotYet.
    """
    now = timezone.now()
    happened = at or (max(now, room.last_at) if room and room.last_at - now <= LEEWAY else now)
    if happened > now + LEEWAY:
        raise NotYet(moment=format_appointment(happened))
    if room and happened < room.last_at:
        raise BeforeLastLine(moment=format_appointment(happened), last=format_appointment(room.last_at))
    texts = {key: tidy(value) for key, value in facts.items() if isinstance(value, str)}
    line = MeetingLine.objects.create(
        meeting=meeting, number=room.version + 1 if room else 1, act=act, happened_at=happened,
        actor=by.reference, actor_name=by.name, **{**facts, **texts},
    )  # fmt: skip
    record(event(meeting=meeting.code, line=line.number, **(told or {})), by=by)
    return line
