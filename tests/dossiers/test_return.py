import pytest

from lienthong.dossiers.public import (
    Channel,
    Dossier,
    MoveNotAllowed,
    Outcome,
    State,
    assign_dossier,
    decide_dossier,
    receive_dossier,
    return_result,
)
from lienthong.identity.public import NotAllowed
from makers import World, at, decided, file_at_counter, line_of, nothing_saved, received, seen

pytestmark = pytest.mark.django_db


def decided_at_counter(world: World) -> Dossier:
    dossier = receive_dossier(dossier=file_at_counter(world).pk, by=world.actor("reception"))
    assign_dossier(dossier=dossier.pk, handler=world.account("handler"), by=world.actor("leader"))
    seen(world, dossier)
    return decide_dossier(
        dossier=dossier.pk, outcome=Outcome.APPROVED, opinion="Đủ.", by=world.actor("leader")
    )


def test_a_paper_result_waits_at_the_counter_until_it_is_handed_over(world: World) -> None:
    dossier = decided_at_counter(world)
    assert (dossier.state, dossier.step, dossier.returned_at) == (State.DECIDED, "return", None)
    done = return_result(dossier=dossier.pk, handed=Channel.COUNTER, by=world.actor("reception"))
    assert done.state == State.RETURNED
    assert line_of(done).facts == {"handed": "direct"}


def test_being_overdue_never_blocks_the_return(world: World) -> None:
    dossier = decided_at_counter(world)
    with at("31/12/2026 10:00"):
        assert return_result(dossier=dossier.pk, handed=Channel.POST, by=world.actor("reception")).returned_at


@pytest.mark.parametrize("who", ["hanh", "handler", "far_reception", "committee"])
def test_who_may_not_hand_it_over(world: World, who: str) -> None:
    dossier = decided_at_counter(world)
    with nothing_saved(NotAllowed):
        return_result(dossier=dossier.pk, handed=Channel.COUNTER, by=world.actor(who))


def test_nothing_to_return_before_the_decision_nor_twice(world: World) -> None:
    for dossier in (received(world), decided(world)):
        with nothing_saved(MoveNotAllowed):
            return_result(dossier=dossier.pk, handed=Channel.COUNTER, by=world.actor("reception"))
