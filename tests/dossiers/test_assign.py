import pytest

from lienthong.dossiers.actions.examination import NotAHandlerHere
from lienthong.dossiers.public import State, assign_dossier
from makers import World, assigned, line_of, nothing_saved, received

pytestmark = pytest.mark.django_db


def test_the_leader_gives_it_to_a_handler(world: World) -> None:
    dossier = assigned(world)
    assert dossier.state == State.IN_PROGRESS
    assert dossier.handler == world.account("handler")
    assert line_of(dossier).facts == {"handler": world.account("handler").pk, "handler_name": "Phạm Đức Long"}


def test_a_handler_takes_one_and_gives_none_away(world: World) -> None:
    dossier = received(world)
    by = world.actor("handler")
    with nothing_saved(NotAHandlerHere):
        assign_dossier(dossier=dossier.pk, handler=world.account("other_handler"), by=by)
    assert (
        assign_dossier(dossier=dossier.pk, handler=world.account("handler"), by=by).handler_id
        == by.account_id
    )


@pytest.mark.parametrize("who", ["far_handler", "reception", "hanh", "police_leader"])
def test_who_does_not_work_there_is_given_nothing(world: World, who: str) -> None:
    dossier = received(world)
    with nothing_saved(NotAHandlerHere):
        assign_dossier(dossier=dossier.pk, handler=world.account(who), by=world.actor("leader"))


def test_it_may_be_given_to_another_and_the_ledger_keeps_both(world: World) -> None:
    dossier = assigned(world)
    again = assign_dossier(
        dossier=dossier.pk, handler=world.account("other_handler"), by=world.actor("leader")
    )
    assert again.state == State.IN_PROGRESS
    given = [
        line.facts["handler_name"] for line in again.movements.order_by("number") if line.act == "assign"
    ]
    assert given == ["Phạm Đức Long", "Huỳnh Tấn Phát"]
