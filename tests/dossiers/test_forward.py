"""Forwarding to who has the authority: the clock is neither stopped nor restarted (NĐ 118/2025/NĐ-CP)."""

import pytest

from lienthong.dossiers.actions.reception import ReasonMissing, SameAuthority
from lienthong.dossiers.public import (
    MoveNotAllowed,
    NoSuchDossier,
    Outcome,
    decide_dossier,
    find_dossier,
    forward_dossier,
)
from lienthong.identity.public import NotAllowed
from makers import World, assigned, decided, line_of, nothing_saved, proposed, received

pytestmark = pytest.mark.django_db


def forward(
    world: World, dossier: int, who: str = "reception", reason: str = "Thuộc thẩm quyền công an."
) -> object:
    return forward_dossier(dossier=dossier, authority=world.police, reason=reason, by=world.actor(who))


def test_the_clock_goes_on(world: World) -> None:
    before = assigned(world)
    after = forward_dossier(
        dossier=before.pk,
        authority=world.police,
        reason="Thuộc thẩm quyền công an.",
        by=world.actor("reception"),
    )
    assert (after.due_at, after.received_at, after.state) == (before.due_at, before.received_at, before.state)
    assert (after.authority, after.handler) == (world.police, None)
    assert line_of(after).facts == {"from": "H20.47", "to": "H20.49"}


def test_who_had_it_no_longer_decides_it(world: World) -> None:
    dossier = proposed(world)
    forward(world, dossier.pk)
    with nothing_saved(NotAllowed):
        decide_dossier(dossier=dossier.pk, outcome=Outcome.APPROVED, opinion="Đủ.", by=world.actor("leader"))
    with pytest.raises(NoSuchDossier):
        find_dossier(dossier.code, by=world.actor("leader"))
    assert find_dossier(dossier.code, by=world.actor("police_leader")).pk == dossier.pk


def test_a_reason_is_needed_and_another_agency(world: World) -> None:
    dossier = received(world)
    with nothing_saved(ReasonMissing):
        forward(world, dossier.pk, reason=" ")
    with nothing_saved(SameAuthority):
        forward_dossier(
            dossier=dossier.pk, authority=world.committee, reason="x", by=world.actor("reception")
        )


def test_not_after_the_decision(world: World) -> None:
    dossier = decided(world)
    with nothing_saved(MoveNotAllowed):
        forward(world, dossier.pk)


@pytest.mark.parametrize("who", ["hanh", "handler", "leader", "far_reception"])
def test_only_its_centre_forwards(world: World, who: str) -> None:
    dossier = received(world)
    with nothing_saved(NotAllowed):
        forward(world, dossier.pk, who)
