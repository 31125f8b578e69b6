"""The ten national states and the table of moves. No database."""

import pytest

from lienthong.dossiers.states import (
    ENDED,
    MOVES,
    OPEN,
    STATE_NAMES,
    Act,
    Clock,
    MoveNotAllowed,
    State,
    acts_allowed,
    move,
)


def test_states_carry_the_national_numbers_and_names() -> None:
    assert [state.value for state in State] == list(range(1, 11))
    assert STATE_NAMES[State.AWAITING_SUPPLEMENT] == "Yêu cầu bổ sung giấy tờ"
    assert set(STATE_NAMES) == set(State)


def test_every_move_cites_a_law_and_every_act_has_a_move() -> None:
    assert set(MOVES) == set(Act)
    assert all(rule.law and rule.past for rule in MOVES.values())


def test_every_state_is_reached_and_every_open_one_has_a_way_out() -> None:
    reached = {rule.target for rule in MOVES.values() if rule.target}
    assert reached == set(State)
    for state in OPEN:
        assert any(MOVES[act].target not in {None, state} for act in acts_allowed(state)), state


HAPPY = [Act.RECEIVE, Act.ASSIGN, Act.PROPOSE, Act.DECIDE, Act.RETURN]
WITH_SUPPLEMENT = [
    Act.RECEIVE,
    Act.ASSIGN,
    Act.ASK_SUPPLEMENT,
    Act.SUPPLEMENT,
    Act.PROPOSE,
    Act.DECIDE,
    Act.RETURN,
]
SUPPLEMENT_AT_THE_COUNTER = [
    Act.ASK_SUPPLEMENT,
    Act.SUPPLEMENT_BEFORE_RECEIPT,
    Act.RECEIVE,
    Act.ASSIGN,
    Act.DECIDE,
]
REFUSED = [Act.REFUSE]
WITHDRAWN = [Act.RECEIVE, Act.WITHDRAW]
STOPPED = [Act.RECEIVE, Act.ASSIGN, Act.STOP, Act.RESUME, Act.DECIDE]
PAID = [Act.RECEIVE, Act.ASK_PAYMENT, Act.CONFIRM_PAYMENT, Act.DECIDE, Act.RETURN]


@pytest.mark.parametrize(
    ("acts", "last"),
    [
        (HAPPY, State.RETURNED),
        (WITH_SUPPLEMENT, State.RETURNED),
        (SUPPLEMENT_AT_THE_COUNTER, State.DECIDED),
        (REFUSED, State.REFUSED),
        (WITHDRAWN, State.WITHDRAWN),
        (STOPPED, State.DECIDED),
        (PAID, State.RETURNED),
    ],
)
def test_walk_a_whole_life(acts: list[Act], last: State) -> None:
    state = State.FILED
    for act in acts:
        state = move(state, act)
    assert state is last


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (State.FILED, Act.DECIDE),
        (State.RECEIVED, Act.RECEIVE),
        (State.RECEIVED, Act.REFUSE),
        (State.DECIDED, Act.WITHDRAW),
        (State.RETURNED, Act.DECIDE),
        (State.REFUSED, Act.RECEIVE),
        (State.WITHDRAWN, Act.SUPPLEMENT),
        (State.DECIDED, Act.DECIDE),
        (State.STOPPED, Act.DECIDE),
    ],
)
def test_refuse_a_move_the_law_does_not_have(state: State, act: Act) -> None:
    with pytest.raises(MoveNotAllowed) as refused:
        move(state, act)
    assert STATE_NAMES[state] in str(refused.value)


def test_what_ended_stays_ended_but_for_the_return() -> None:
    for state in ENDED:
        assert acts_allowed(state) == ([Act.RETURN] if state is State.DECIDED else [])


def test_overdue_never_blocks_the_return() -> None:
    assert MOVES[Act.RETURN].clock is Clock.KEEPS
