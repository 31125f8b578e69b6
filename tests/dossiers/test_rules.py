"""What acts do to the clock. No database. Dates: Friday 20/11/2026; Tuesday 24/11/2026 is a holiday."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienthong.dossiers.rules import (
    ActBeforeTheLast,
    AlreadyReDated,
    Life,
    NewDateNotLater,
    Outcome,
    SupplementAlreadyAsked,
    Terms,
    advance,
    begin,
    is_late,
)
from lienthong.dossiers.states import ENDED, MOVES, WAITING, Act, MoveNotAllowed, State
from lienthong.kit.calendar import Calendar
from lienthong.kit.deadlines import CIVIL_CODE, RETURN_SAME_DAY, Limit, LimitUnit
from lienthong.kit.errors import Refused

VN = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = Calendar.official()
TEN_DAYS = Terms(Limit(10, LimitUnit.WORKING_DAY), CIVIL_CODE)
SAME_DAY = Terms(Limit.same_day(), RETURN_SAME_DAY)


def at(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VN)


def live(terms: Terms, *acts: tuple[Act, str], filed: str = "09/11/2026 08:41") -> Life:
    life = begin(at(filed))
    for act, moment in acts:
        life = advance(life, act, at=at(moment), terms=terms, calendar=CALENDAR)
    return life


def test_the_clock_starts_at_receipt_and_not_at_filing() -> None:
    life = live(TEN_DAYS, (Act.RECEIVE, "09/11/2026 09:15"))
    assert life.received_at == at("09/11/2026 09:15")
    assert life.due_at == life.first_due_at == at("23/11/2026 17:00")


def test_received_after_15_00_returns_the_next_working_day_104_2022() -> None:
    """Trả ngay trong ngày; nhận sau 15 giờ thì trả ngày làm việc tiếp theo; 24/11 is a holiday from 2026."""
    assert live(SAME_DAY, (Act.RECEIVE, "20/11/2026 15:00"), filed="20/11/2026 08:00").due_at == at(
        "20/11/2026 17:00"
    )
    assert live(SAME_DAY, (Act.RECEIVE, "23/11/2026 15:01"), filed="23/11/2026 08:00").due_at == at(
        "25/11/2026 17:00"
    )


def test_a_supplement_request_stops_the_clock_and_the_answer_moves_the_due_moment() -> None:
    """The mock-up's case: stopped 12/11 15:20, answered 17/11 16:05; due 23/11 becomes 27/11, past the holiday."""
    life = live(
        TEN_DAYS,
        (Act.RECEIVE, "09/11/2026 09:15"),
        (Act.ASSIGN, "09/11/2026 10:00"),
        (Act.ASK_SUPPLEMENT, "12/11/2026 15:20"),
        (Act.SUPPLEMENT, "17/11/2026 16:05"),
    )
    assert life.due_at == at("27/11/2026 17:00")
    assert life.first_due_at == at("23/11/2026 17:00")
    assert life.stopped_at is None
    assert life.supplements == 1


def test_ask_once_during_examination_766_qd_ttg() -> None:
    with pytest.raises(SupplementAlreadyAsked):
        live(
            TEN_DAYS,
            (Act.RECEIVE, "09/11/2026 09:15"),
            (Act.ASK_SUPPLEMENT, "10/11/2026 09:00"),
            (Act.SUPPLEMENT, "11/11/2026 09:00"),
            (Act.ASK_SUPPLEMENT, "12/11/2026 09:00"),
        )


def test_asking_before_receipt_starts_no_clock_and_may_be_repeated() -> None:
    life = live(
        TEN_DAYS,
        (Act.ASK_SUPPLEMENT, "09/11/2026 09:15"),
        (Act.SUPPLEMENT_BEFORE_RECEIPT, "10/11/2026 09:15"),
        (Act.ASK_SUPPLEMENT, "10/11/2026 10:15"),
    )
    assert life.due_at is None
    assert life.stopped_at is None
    assert life.supplements == 0


def test_a_new_date_is_given_once_and_later() -> None:
    life = live(TEN_DAYS, (Act.RECEIVE, "09/11/2026 09:15"))
    with pytest.raises(NewDateNotLater):
        advance(
            life,
            Act.APOLOGISE,
            at=at("20/11/2026 09:00"),
            terms=TEN_DAYS,
            calendar=CALENDAR,
            new_due=life.due_at,
        )
    moved = advance(
        life,
        Act.APOLOGISE,
        at=at("20/11/2026 09:00"),
        terms=TEN_DAYS,
        calendar=CALENDAR,
        new_due=at("26/11/2026 17:00"),
    )
    assert (moved.first_due_at, moved.due_at) == (at("23/11/2026 17:00"), at("26/11/2026 17:00"))
    with pytest.raises(AlreadyReDated):
        advance(
            moved,
            Act.APOLOGISE,
            at=at("25/11/2026 09:00"),
            terms=TEN_DAYS,
            calendar=CALENDAR,
            new_due=at("30/11/2026 17:00"),
        )


def test_late_is_seen_from_the_due_moment() -> None:
    life = live(TEN_DAYS, (Act.RECEIVE, "09/11/2026 09:15"), (Act.ASSIGN, "09/11/2026 10:00"))
    assert not is_late(life, at("23/11/2026 17:00"))
    assert is_late(life, at("23/11/2026 17:01"))
    done = advance(life, Act.DECIDE, at=at("23/11/2026 16:59"), terms=TEN_DAYS, calendar=CALENDAR)
    assert not is_late(done, at("01/12/2026 08:00"))
    assert done.outcome is Outcome.APPROVED


def test_waiting_for_the_citizen_makes_nobody_late() -> None:
    life = live(TEN_DAYS, (Act.RECEIVE, "09/11/2026 09:15"), (Act.ASK_SUPPLEMENT, "20/11/2026 15:20"))
    assert not is_late(life, at("31/12/2026 08:00"))


def test_without_a_limit_in_the_source_nothing_is_due_or_late() -> None:
    life = live(Terms(None, CIVIL_CODE), (Act.RECEIVE, "09/11/2026 09:15"))
    assert life.due_at is None
    assert not is_late(life, at("31/12/2030 08:00"))


def test_an_act_dated_before_the_last_is_not_applied() -> None:
    with pytest.raises(ActBeforeTheLast):
        live(TEN_DAYS, (Act.RECEIVE, "09/11/2026 08:40"))


@pytest.mark.parametrize("act", [Act.REFUSE, Act.SUPPLEMENT_BEFORE_RECEIPT])
def test_what_belongs_before_receipt_is_not_done_after_it(act: Act) -> None:
    with pytest.raises(MoveNotAllowed):
        live(
            TEN_DAYS,
            (Act.RECEIVE, "09/11/2026 09:15"),
            (Act.ASK_SUPPLEMENT, "10/11/2026 09:00"),
            (act, "11/11/2026 09:00"),
        )


def test_papers_added_before_receipt_do_not_stand_for_a_receipt() -> None:
    with pytest.raises(MoveNotAllowed):
        live(TEN_DAYS, (Act.ASK_SUPPLEMENT, "10/11/2026 09:00"), (Act.SUPPLEMENT, "11/11/2026 09:00"))


@given(st.lists(st.tuples(st.sampled_from(list(Act)), st.integers(0, 60 * 72)), max_size=12))
@settings(max_examples=400, deadline=None)
def test_whatever_is_tried_the_life_keeps_its_shape(tries: list[tuple[Act, int]]) -> None:
    """The constraints of the table, for any sequence of acts, refused ones skipped."""
    now = datetime.combine(at("02/03/2026 08:00").date(), time(8), VN)
    life = begin(now)
    for act, minutes in tries:
        now += timedelta(minutes=minutes)
        try:
            life = advance(
                life, act, at=now, terms=TEN_DAYS, calendar=CALENDAR, new_due=now + timedelta(days=40)
            )
        except (Refused, MoveNotAllowed):
            continue
        assert (life.closed_at is not None) == (life.state in ENDED)
        assert (life.stopped_at is not None) == (life.state in WAITING and life.received_at is not None)
        assert (life.returned_at is not None) == (life.state is State.RETURNED)
        assert (life.outcome is not None) == (life.state in {State.DECIDED, State.RETURNED})
        assert (life.due_at is None) == (life.received_at is None)
        assert life.due_at is None or life.first_due_at is None or life.due_at >= life.first_due_at
        assert MOVES[act].target in {None, life.state}
