"""Receiving: the clock starts, at the one-stop centre and nowhere else."""

from typing import Any

import pytest

from lienthong.dossiers.public import (
    ChangedMeanwhile,
    MoveNotAllowed,
    NoSuchDossier,
    State,
    receive_dossier,
)
from lienthong.identity.public import NotAllowed
from makers import World, at, events_of, file_birth_dossier, line_of, moment, nothing_saved, received

pytestmark = pytest.mark.django_db


def receive(world: World, dossier: int, who: str = "reception", **more: Any) -> Any:
    return receive_dossier(dossier=dossier, by=world.actor(who), **more)


def test_receiving_starts_the_clock(world: World) -> None:
    """Giấy khai sinh: returned the same day, or the next working day after 15:00 (104/2022, procedure 1.001193)."""
    early, late = file_birth_dossier(world), file_birth_dossier(world)
    with at("09/11/2026 09:15"):
        assert receive(world, early.pk).due_at == moment("09/11/2026 17:00")
    with at("09/11/2026 15:01"):
        assert receive(world, late.pk).due_at == moment("10/11/2026 17:00")


def test_receiving_is_one_line_and_one_event(world: World) -> None:
    dossier = received(world)
    line = line_of(dossier)
    assert (line.act, line.before, line.after) == ("receive", State.FILED, State.RECEIVED)
    assert line.due_before is None
    assert line.due_after == dossier.first_due_at
    assert line.actor_name == "Lê Thị Thu Vân"
    assert events_of(dossier) == ["dossiers.DossierFiled", "dossiers.DossierReceived"]
    assert dossier.step == "examination"


def test_the_centre_s_leader_may_receive_too(world: World) -> None:
    assert receive(world, file_birth_dossier(world).pk, "centre_leader").state == State.RECEIVED


@pytest.mark.parametrize("who", ["hanh", "nam", "handler", "leader", "far_reception", "committee"])
def test_nobody_else_receives(world: World, who: str) -> None:
    dossier = file_birth_dossier(world)
    with nothing_saved(NotAllowed):
        receive(world, dossier.pk, who)


def test_twice_is_once_too_often(world: World) -> None:
    dossier = received(world)
    with nothing_saved(MoveNotAllowed) as refused:
        receive(world, dossier.pk)
    assert "Được tiếp nhận" in str(refused.value)


def test_a_page_opened_before_another_act_is_told_who_acted(world: World) -> None:
    dossier = received(world)
    with nothing_saved(ChangedMeanwhile) as refused:
        receive(world, dossier.pk, seen=1)
    assert str(refused.value).startswith("Lê Thị Thu Vân vừa tiếp nhận hồ sơ lúc 08:41 09/11/2026")


def test_a_dossier_that_is_not_there(world: World) -> None:
    with nothing_saved(NoSuchDossier):
        receive(world, 202600000999999)
