"""What a meeting's ledger amounts to, without a database."""

from datetime import datetime, timedelta
from itertools import count

import pytest

from lienthong.conference.rules.refusals import IsApproved, IsCalledOff, IsClosed, IsOpen, NotOpenYet
from lienthong.conference.rules.room import Line, Room, check_move, fold
from lienthong.conference.states import MOVES, Act, State
from makers import moment

NINE = moment("09/11/2026 09:00")


def minute(number: int) -> datetime:
    return NINE + timedelta(minutes=number)


class Ledger:
    """Lines a minute apart, from 9:00."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.numbers = count(1)
        self.write(Act.PLANNED)

    def write(
        self, act: Act, *, site: int | None = None, item: int | None = None, answers: int | None = None, name: str = ""
    ) -> int:  # fmt: skip
        number = next(self.numbers)
        self.lines.append(Line(number * 10, number, act, minute(number), site, item, answers, name))
        return number * 10

    @property
    def room(self) -> Room:
        return fold(self.lines)


def test_the_last_turn_tells_the_state_and_its_moment() -> None:
    ledger = Ledger()
    assert ledger.room.state is State.PLANNED
    ledger.write(Act.OPENED)
    ledger.write(Act.CAME, site=1)
    assert (ledger.room.state, ledger.room.opened_at, ledger.room.version) == (State.OPEN, minute(2), 3)
    ledger.write(Act.CLOSED)
    assert (ledger.room.state, ledger.room.closed_at) == (State.CLOSED, minute(4))
    ledger.write(Act.ASSIGNED)
    ledger.write(Act.APPROVED)
    assert (ledger.room.state, ledger.room.approved_at) == (State.APPROVED, minute(6))


def test_an_item_ends_where_the_next_begins_and_may_be_taken_up_again() -> None:
    ledger = Ledger()
    ledger.write(Act.OPENED)
    for item in (7, 8, 7):
        ledger.write(Act.TOOK_UP, item=item)
    assert ledger.room.item == 7
    ledger.write(Act.CLOSED)
    assert [(each.item, each.since, each.until) for each in ledger.room.talks] == [
        (7, minute(3), minute(4)), (8, minute(4), minute(5)), (7, minute(5), minute(6)),
    ]  # fmt: skip
    assert ledger.room.item is None


def test_who_asked_first_stands_first_also_when_another_is_called() -> None:
    ledger = Ledger()
    ledger.write(Act.OPENED)
    first, second, third = (ledger.write(Act.ASKED, site=site) for site in (1, 2, 3))
    ledger.write(Act.GAVE, site=2, answers=second)
    assert [each.id for each in ledger.room.waiting] == [first, third]
    assert ledger.room.speaker is not None
    assert (ledger.room.speaker.ask.site, ledger.room.speaker.since) == (2, minute(6))
    ledger.write(Act.WITHDREW, site=1, answers=first)
    ledger.write(Act.ENDED, site=2, answers=second)
    ended = ledger.room
    assert [each.id for each in ended.waiting] == [third]
    assert not ended.speaker
    again = ledger.write(Act.ASKED, site=1)
    assert [each.id for each in ledger.room.waiting] == [third, again]


def test_closing_ends_what_is_going_on_and_nobody_waits_any_more() -> None:
    ledger = Ledger()
    ledger.write(Act.OPENED)
    came = ledger.write(Act.CAME, site=1)
    ledger.write(Act.CAME, site=1)
    ledger.write(Act.LEFT, site=1, answers=came)
    speaks = ledger.write(Act.ASKED, site=1)
    ledger.write(Act.ASKED, site=2)
    ledger.write(Act.GAVE, site=1, answers=speaks)
    assert [each.came.id for each in ledger.room.here(1)] == [40]
    ledger.write(Act.CLOSED)
    room = ledger.room
    assert [each.left_at for each in room.presences] == [minute(5), minute(9)]
    assert [each.until for each in room.turns] == [minute(9)]
    assert (room.waiting, room.speaker, room.here(1)) == ((), None, [])


def test_a_correction_reaches_the_same_person_at_the_same_site_and_only_lines_before_it() -> None:
    ledger = Ledger()
    ledger.write(Act.OPENED)
    came = ledger.write(Act.CAME, site=1, name="Ngà")
    ledger.write(Act.CAME, site=2, name="Ngà")
    ledger.write(Act.ASKED, site=1, name="Ngà")
    ledger.write(Act.CORRECTED, site=1, answers=came, name="Nga")
    ledger.write(Act.CAME, site=1, name="Ngà")
    ledger.write(Act.CORRECTED, site=1, answers=came, name="Ngân")
    room = ledger.room
    assert [each.came.name for each in room.presences] == ["Ngân", "Ngà", "Ngà"]
    assert [each.name for each in room.waiting] == ["Ngân"]


def test_a_retracted_conclusion_is_none() -> None:
    ledger = Ledger()
    ledger.write(Act.OPENED)
    wrong, right = ledger.write(Act.CONCLUDED), ledger.write(Act.CONCLUDED)
    ledger.write(Act.RETRACTED, answers=wrong)
    assert ledger.room.conclusions == (right,)


REFUSED = {State.PLANNED: NotOpenYet, State.OPEN: IsOpen, State.CLOSED: IsClosed, State.APPROVED: IsApproved,
           State.CALLED_OFF: IsCalledOff}  # fmt: skip


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.PLANNED])
@pytest.mark.parametrize("state", State)
def test_the_table_says_what_may_be_done_when(state: State, act: Act) -> None:
    if state in MOVES[act].before:
        check_move(state, act)
        return
    with pytest.raises(REFUSED[state]):
        check_move(state, act)


def test_only_a_meeting_in_session_takes_lines_but_for_what_is_put_right_assigned_or_approved() -> None:
    """What is held open after the close, named once more so that the table is not changed by the way."""
    after = {act for act in Act if MOVES[act].before & {State.CLOSED, State.APPROVED}}
    assert after == {Act.RETRACTED, Act.CORRECTED, Act.STRUCK, Act.ASSIGNED, Act.APPROVED}
    assert {act for act in Act if State.PLANNED in MOVES[act].before} == {Act.OPENED, Act.CALLED_OFF}
    assert not [act for act in Act if State.CALLED_OFF in MOVES[act].before]
