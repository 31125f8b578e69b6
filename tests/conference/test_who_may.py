"""Who may do what: chair and secretary run, a site's own people join, others read or see nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from conference.session import Session
from lienthong.conference.public import (
    MeetingLine,
    add_item,
    approve_minutes,
    ask_floor,
    assign_conclusion,
    call_off_meeting,
    change_meeting,
    close_meeting,
    conclude,
    connect_sites,
    correct_arrival,
    disconnect_site,
    drop_item,
    drop_paper,
    end_floor,
    find_meeting,
    give_floor,
    meetings,
    move_item,
    note_arrival,
    note_departure,
    open_meeting,
    open_meeting_to_run,
    open_meeting_to_see,
    plan_meeting,
    put_paper,
    retract_conclusion,
    strike_arrival,
    take_up_item,
    withdraw_ask,
)
from lienthong.identity.public import ANONYMOUS, Actor, NotAllowed, SignInNeeded
from makers import BY, keep_paper, moment

pytestmark = pytest.mark.django_db

Acts = dict[str, Callable[[Actor], Any]]


def runs(session: Session) -> Acts:
    """Every act of who runs a meeting, on one that is open with everything in it."""
    ask, conclusion = prepared(session)
    facts: dict[str, Any] = {"plan": session.plan, "title": "x", "starts_at": moment("10/11/2026 09:00"),
                             "as_of": date(2026, 11, 9)}  # fmt: skip
    paper, meeting = keep_paper(BY), session.meeting
    put = put_paper(item=session.item, file=keep_paper(BY), by=BY)
    told: dict[str, Any] = {"text": "x", "leads": [session.world.province], "due_on": date(2026, 11, 30)}
    return {
        "plan": lambda by: plan_meeting(**facts, by=by),
        "change": lambda by: change_meeting(meeting=meeting, **facts, by=by),
        "connect": lambda by: connect_sites(meeting=meeting, agencies=[session.world.ministry], by=by),
        "disconnect": lambda by: disconnect_site(site=session.far, by=by),
        "item": lambda by: add_item(meeting=meeting, title="x", minutes=5, by=by),
        "move": lambda by: move_item(item=session.item, up=False, by=by),
        "unpaper": lambda by: drop_paper(paper=put, by=by),
        "call_off": lambda by: call_off_meeting(meeting=meeting, reason="x", by=by),
        "drop": lambda by: drop_item(item=session.item, by=by),
        "paper": lambda by: put_paper(item=session.item, file=paper, by=by),
        "open": lambda by: open_meeting(meeting=meeting, by=by),
        "take_up": lambda by: take_up_item(item=session.item, by=by),
        "give": lambda by: give_floor(ask=ask, by=by),
        "conclude": lambda by: conclude(meeting=meeting, **told, by=by),
        "retract": lambda by: retract_conclusion(conclusion=conclusion, reason="x", by=by),
        "assign": lambda by: assign_conclusion(conclusion=conclusion, by=by),
        "close": lambda by: close_meeting(meeting=meeting, by=by),
        "approve": lambda by: approve_minutes(meeting=meeting, by=by),
    }


def sits(session: Session) -> Acts:
    """Every act of a site's own people."""
    ask, _ = prepared(session)
    arrival, other = session.joined(session.here, "Người khác"), session.joined(session.here, "Sai tên")
    return {
        "join": lambda by: note_arrival(site=session.here, name="Thêm", by=by),
        "leave": lambda by: note_departure(arrival=arrival, by=by),
        "correct": lambda by: correct_arrival(arrival=other, name="Tên đúng", by=by),
        "strike": lambda by: strike_arrival(arrival=other, reason="x", by=by),
        "ask": lambda by: ask_floor(site=session.here, by=by),
        "withdraw": lambda by: withdraw_ask(ask=ask, by=by),
        "end": lambda by: end_floor(ask=ask, by=by),
    }


def prepared(session: Session) -> tuple[MeetingLine, Any]:
    session.opened().joined(session.here)
    return ask_floor(site=session.here, by=BY), session.concluded()


def refuses(act: Callable[[Actor], Any], by: Actor) -> None:
    before = MeetingLine.objects.count()
    with pytest.raises(NotAllowed):
        act(by)
    assert MeetingLine.objects.count() == before


STRANGERS = ("member", "here", "far", "outside", "ward", "handler")


def test_only_who_assigns_in_the_body_runs_its_meetings(session: Session) -> None:
    acts = runs(session)
    citizen = session.world.actor("hanh")
    for act in acts.values():
        for by in (*map(session.actor, STRANGERS), citizen):
            refuses(act, by)
        with pytest.raises(SignInNeeded):
            act(ANONYMOUS)


def test_the_secretary_runs_but_the_chair_approves(session: Session) -> None:
    acts = runs(session)
    for name in ("item", "paper", "connect", "take_up", "give", "conclude", "assign", "close"):
        acts[name](session.actor("secretary"))
    refuses(acts["approve"], session.actor("secretary"))
    acts["approve"](session.actor("chair"))


def test_a_site_is_joined_by_its_own_people_and_no_other(session: Session) -> None:
    acts = sits(session)
    for act in acts.values():
        for by in (
            *map(session.actor, ("member", "far", "outside", "ward", "handler")),
            session.world.actor("hanh"),
        ):
            refuses(act, by)
        with pytest.raises(SignInNeeded):
            act(ANONYMOUS)
    for name in ("join", "leave", "withdraw", "ask"):
        acts[name](session.actor("here"))


def test_who_runs_the_meeting_calls_the_roll_of_any_site_and_of_the_centre(session: Session) -> None:
    session.opened()
    for site in (session.site(None), session.here, session.far):
        note_arrival(site=site, name="Người dự", by=session.actor("secretary"))
    refuses(lambda by: note_arrival(site=session.site(None), name="x", by=by), session.actor("here"))


def test_a_meeting_is_read_by_its_body_and_its_sites_and_hidden_from_others(session: Session) -> None:
    for who in ("chair", "secretary", "member", "here", "far"):
        assert find_meeting(session.meeting.code, by=session.actor(who)) == session.meeting
        assert meetings(by=session.actor(who)) == [session.meeting]
    find_meeting(session.meeting.code, by=session.world.actor("auditor"))
    for by in (session.actor("outside"), session.actor("ward"), session.actor("handler"),
               session.world.actor("hanh")):  # fmt: skip
        with pytest.raises(NotAllowed) as told:
            find_meeting(session.meeting.code, by=by)
        assert told.value.status == 404
    assert meetings(by=session.actor("outside")) == []
    for nobody in (session.actor("handler"), session.world.actor("hanh"), ANONYMOUS):
        with pytest.raises(NotAllowed):
            meetings(by=nobody)


def test_the_open_meeting_is_offered_to_who_runs_it_and_shown_to_who_sees_it(session: Session) -> None:
    assert open_meeting_to_run(by=session.actor("chair")) is None
    session.opened()
    assert open_meeting_to_run(by=session.actor("chair")) == session.meeting
    assert open_meeting_to_run(by=session.actor("here")) is None
    assert open_meeting_to_see(by=session.actor("here")) == session.meeting
    assert open_meeting_to_see(by=session.actor("outside")) is None
    assert open_meeting_to_see(by=ANONYMOUS) is None
