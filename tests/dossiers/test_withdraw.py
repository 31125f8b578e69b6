import pytest

from lienthong.dossiers.public import MoveNotAllowed, State, withdraw_dossier
from lienthong.identity.public import NotAllowed
from makers import World, asked, assigned, decided, file_birth_dossier, line_of, nothing_saved, received

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", [file_birth_dossier, received, assigned, asked])
def test_before_the_decision_it_may_be_taken_back(world: World, stage: object) -> None:
    dossier = stage(world)  # type: ignore[operator]  # makers' stages take the world
    done = withdraw_dossier(dossier=dossier.pk, reason="Không còn nhu cầu.", by=world.actor("hanh"))
    assert (done.state, done.step) == (State.WITHDRAWN, "")
    assert done.closed_at == done.last_at
    assert done.stopped_at is None
    assert line_of(done).note == "Không còn nhu cầu."
    assert not done.requests.filter(answered_at__isnull=True).exists()


def test_not_after_the_decision(world: World) -> None:
    dossier = decided(world)
    with nothing_saved(MoveNotAllowed):
        withdraw_dossier(dossier=dossier.pk, reason="", by=world.actor("hanh"))


@pytest.mark.parametrize("who", ["nam", "reception", "leader"])
def test_nobody_else_takes_it_back_nor_learns_that_it_exists(world: World, who: str) -> None:
    dossier = file_birth_dossier(world)
    with nothing_saved(NotAllowed) as refused:
        withdraw_dossier(dossier=dossier.pk, reason="", by=world.actor(who))
    assert isinstance(refused.value, NotAllowed)
    assert refused.value.status == 404
