"""Refusing to receive: the component, the rule and the reason are named (form 03)."""

from collections.abc import Callable

import pytest

from lienthong.dossiers.actions.reception import ReasonMissing
from lienthong.dossiers.public import Dossier, MoveNotAllowed, State, refuse_dossier
from lienthong.identity.public import NotAllowed
from makers import World, asked, file_birth_dossier, line_of, nothing_saved, received

pytestmark = pytest.mark.django_db

WHY = {
    "component": "Giấy chứng sinh",
    "rule": "123/2015/NĐ-CP điều 16",
    "reason": "Giấy chứng sinh của người khác.",
}


def test_the_refusal_is_kept_with_component_rule_and_reason(world: World) -> None:
    dossier = refuse_dossier(dossier=file_birth_dossier(world).pk, by=world.actor("centre_leader"), **WHY)
    assert dossier.state == State.REFUSED
    assert dossier.closed_at == dossier.last_at
    assert dossier.received_at is dossier.due_at is None
    line = line_of(dossier)
    assert line.note == WHY["reason"]
    assert line.facts == {"component": WHY["component"], "rule": WHY["rule"]}


@pytest.mark.parametrize("left_out", sorted(WHY))
def test_nothing_may_be_left_unsaid(world: World, left_out: str) -> None:
    dossier = file_birth_dossier(world)
    with nothing_saved(ReasonMissing):
        refuse_dossier(dossier=dossier.pk, by=world.actor("centre_leader"), **{**WHY, left_out: "  "})


@pytest.mark.parametrize("who", ["hanh", "reception", "handler", "leader", "far_centre_leader"])
def test_only_the_centre_s_leader_signs_a_refusal(world: World, who: str) -> None:
    dossier = file_birth_dossier(world)
    with nothing_saved(NotAllowed):
        refuse_dossier(dossier=dossier.pk, by=world.actor(who), **WHY)


@pytest.mark.parametrize("stage", [received, asked])
def test_what_was_received_is_decided_and_not_refused(
    world: World, stage: Callable[[World], Dossier]
) -> None:
    """Not even while papers are awaited: the state is the same before receipt, the dossier is not."""
    dossier = stage(world)
    with nothing_saved(MoveNotAllowed):
        refuse_dossier(dossier=dossier.pk, by=world.actor("centre_leader"), **WHY)
