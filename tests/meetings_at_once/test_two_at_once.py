"""Two chairs press at the same moment: one wins, the other is told. With real transactions."""

from collections.abc import Callable
from functools import partial

import pytest
from pytest_django import Settings

from conference.session import Session, session_of
from desk_at_once.test_two_at_once import at_once
from lienthong.conference.public import (
    MeetingLine,
    ask_floor,
    assign_conclusion,
    close_meeting,
    give_floor,
    open_meeting,
)
from lienthong.identity.public import Actor
from lienthong.kit.errors import Refused
from lienthong.steering.public import Task
from makers import BY, MONDAY, at, build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def session(settings: Settings) -> Session:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with at(MONDAY):
        return session_of(build_world())


def pressed(act: Callable[[Actor], object], *people: Actor) -> list[str]:
    """What each was told: "" for the one who won."""

    def press(by: Actor) -> str:
        try:
            act(by)
        except Refused as why:
            return why.code
        return ""

    return sorted(at_once([partial(press, by) for by in people]))


def test_one_wins_every_time(session: Session) -> None:
    chair, secretary = session.actor("chair"), session.actor("secretary")
    both = (chair, secretary)
    meeting = session.meeting
    assert pressed(lambda by: open_meeting(meeting=meeting, by=by), *both) == ["", "IsOpen"]
    session.joined(session.here)
    session.joined(session.far)
    asks = {chair: ask_floor(site=session.here, by=BY), secretary: ask_floor(site=session.far, by=BY)}
    assert pressed(lambda by: give_floor(ask=asks[by], by=by), *both) == ["", "SomebodySpeaks"]
    conclusion = session.concluded()
    assert pressed(lambda by: assign_conclusion(conclusion=conclusion, by=by), *both) == ["", "IsTask"]
    assert Task.objects.count() == 1
    assert pressed(lambda by: close_meeting(meeting=meeting, by=by), *both) == ["", "IsClosed"]
    numbers = list(MeetingLine.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
