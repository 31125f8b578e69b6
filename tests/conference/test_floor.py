"""The floor: in order, one at a time, given by the chair."""

import pytest

from conference.session import Session
from conference.test_session import refused
from lienthong.conference.public import (
    ask_floor,
    close_meeting,
    end_floor,
    give_floor,
    note_departure,
    withdraw_ask,
)
from lienthong.conference.rules import refusals
from makers import BY

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(session: Session) -> Session:
    session.opened()
    session.joined(session.here)
    session.joined(session.far, "Ngô Anh Tuấn")
    return session


def test_a_site_asks_speaks_and_ends(held: Session) -> None:
    ask = ask_floor(site=held.here, text="Sổ gốc chưa bàn giao", by=held.actor("here"))
    assert (ask.name, ask.post, ask.text) == ("Phan Thị Nga", "Chủ tịch", "Sổ gốc chưa bàn giao")
    give_floor(ask=ask, by=held.actor("chair"))
    speaker = held.page.room.speaker
    assert speaker is not None
    assert speaker.ask.id == ask.pk
    end_floor(ask=ask, by=held.actor("here"))
    assert held.page.room.speaker is None


def test_only_one_speaks_at_a_time(held: Session) -> None:
    first, second = ask_floor(site=held.here, by=BY), ask_floor(site=held.far, by=BY)
    give_floor(ask=first, by=BY)
    said = refused(refusals.SomebodySpeaks, give_floor, ask=second)
    assert said == "Ủy ban nhân dân tỉnh Đồng Tháp đang phát biểu. Kết thúc lượt đó rồi mời điểm cầu khác."
    refused(refusals.AskGone, give_floor, ask=first)
    end_floor(ask=first, by=BY)
    give_floor(ask=second, by=BY)
    refused(refusals.AskGone, end_floor, ask=first)


def test_who_asked_waits_once(held: Session) -> None:
    ask = ask_floor(site=held.here, by=BY)
    assert "đang chờ" in refused(refusals.AskedAlready, ask_floor, site=held.here)
    give_floor(ask=ask, by=BY)
    refused(refusals.AskedAlready, ask_floor, site=held.here)
    end_floor(ask=ask, by=BY)
    ask_floor(site=held.here, by=BY)


def test_a_site_with_nobody_present_does_not_ask(held: Session) -> None:
    refused(refusals.NobodyHere, ask_floor, site=held.site(None))
    arrival = held.joined(held.site(None), "Đỗ Quỳnh Anh")
    note_departure(arrival=arrival, by=BY)
    refused(refusals.NobodyHere, ask_floor, site=held.site(None))
    refused(refusals.NobodyHere, ask_floor, site=held.here, arrival=arrival)


def test_who_of_those_present_will_speak_is_named(held: Session) -> None:
    deputy = held.joined(held.here, "Trần Đăng Khoa")
    assert ask_floor(site=held.here, arrival=deputy, by=BY).name == "Trần Đăng Khoa"


def test_a_withdrawn_ask_is_gone(held: Session) -> None:
    ask = ask_floor(site=held.here, by=BY)
    withdraw_ask(ask=ask, by=held.actor("here"))
    refused(refusals.AskGone, withdraw_ask, ask=ask)
    refused(refusals.AskGone, give_floor, ask=ask)
    again = ask_floor(site=held.here, by=BY)
    withdraw_ask(ask=again, by=held.actor("secretary"))


def test_nothing_is_given_in_a_closed_meeting(held: Session) -> None:
    ask = ask_floor(site=held.here, by=BY)
    refused(refusals.NobodySpeaks, end_floor, ask=ask)
    close_meeting(meeting=held.meeting, by=BY)
    for act, facts in ((give_floor, {"ask": ask}), (withdraw_ask, {"ask": ask}), (end_floor, {"ask": ask}),
                       (ask_floor, {"site": held.here})):  # fmt: skip
        assert "đã bế mạc" in refused(refusals.IsClosed, act, **facts)
