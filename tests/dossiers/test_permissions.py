"""Every permission of the room against everybody: who is not named in a row may not."""

from collections.abc import Callable
from typing import Any

import pytest

from lienthong.dossiers.public import Dossier
from lienthong.identity.public import (
    ANONYMOUS,
    Account,
    Actor,
    NotAllowed,
    SignInNeeded,
    allowed,
    permissions,
    require,
    system,
)
from makers import World, assigned, birth_filing, counter_filing, file_birth_dossier

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "nobody",
    "hanh",
    "nam",
    "reception",
    "centre_leader",
    "handler",
    "leader",
    "police_leader",
    "far_reception",
    "far_centre_leader",
    "far_handler",
    "far_leader",
    "committee",
    "auditor",
    "administrator",
    "system",
)
"""Hạnh owns the dossier, filed at the ward's centre and decided by its committee; "far" is another province."""

CENTRE = {"reception", "centre_leader"}
AUTHORITY = {"handler", "leader"}
STEERERS = {
    "committee",
    "auditor",
    "administrator",
    "leader",
    "centre_leader",
    "police_leader",
    "far_leader",
    "far_centre_leader",
}


def filed(world: World) -> Dossier:
    return file_birth_dossier(world)


def in_hand(world: World) -> Dossier:
    return assigned(world)


def owner(world: World) -> int:
    return world.account("hanh").pk


def nothing(world: World) -> None:
    return None


Row = tuple[str, Callable[[World], Any], set[str]]
TABLE: tuple[Row, ...] = (
    ("dossiers.file", birth_filing, {"hanh", "system"}),
    ("dossiers.file", counter_filing, {"reception", "system"}),
    ("dossiers.draft", owner, {"hanh"}),
    ("dossiers.read", filed, {"hanh"} | CENTRE | AUTHORITY),
    ("dossiers.read", in_hand, {"hanh"} | CENTRE | AUTHORITY),
    ("dossiers.receive", filed, CENTRE),
    ("dossiers.refuse", filed, {"centre_leader"}),
    ("dossiers.forward", in_hand, CENTRE),
    ("dossiers.assign", in_hand, AUTHORITY),
    ("dossiers.ask_supplement", filed, CENTRE),
    ("dossiers.ask_supplement", in_hand, AUTHORITY),
    ("dossiers.supplement", in_hand, {"hanh", "reception"}),
    ("dossiers.examine", in_hand, AUTHORITY),
    ("dossiers.decide", in_hand, {"leader"}),
    ("dossiers.apologise", in_hand, {"leader"}),
    ("dossiers.return", in_hand, {"leader", "system"} | CENTRE),
    ("dossiers.withdraw", in_hand, {"hanh"}),
    ("dossiers.enter_history", nothing, {"system"}),
    ("dossiers.inspect", nothing, STEERERS | {"system"}),
)


def actor(world: World, who: str) -> Actor:
    return {"nobody": ANONYMOUS, "system": system("test")}.get(who) or world.actor(who)


@pytest.mark.parametrize(("name", "thing", "may"), TABLE, ids=[f"{n}-{t.__name__}" for n, t, _ in TABLE])
def test_who_may(world: World, name: str, thing: Callable[[World], Any], may: set[str]) -> None:
    about = thing(world)
    assert {who for who in EVERYBODY if allowed(actor(world, who), name, about)} == may


def test_no_permission_of_the_room_is_left_out() -> None:
    declared = {name for name in permissions() if name.startswith("dossiers.")}
    assert {name for name, _, _ in TABLE} == declared


def test_nobody_is_led_to_sign_in_and_a_stranger_is_refused(world: World) -> None:
    dossier = filed(world)
    with pytest.raises(SignInNeeded):
        require(ANONYMOUS, "dossiers.receive", dossier)
    with pytest.raises(NotAllowed) as refused:
        require(world.actor("nam"), "dossiers.read", dossier)
    assert refused.value.status == 404, "that the dossier exists is private"


@pytest.mark.parametrize("name", ["dossiers.examine", "dossiers.ask_supplement", "dossiers.decide"])
def test_nobody_handles_a_dossier_of_his_own(world: World, name: str) -> None:
    dossier = in_hand(world)
    leader = world.actor("leader")
    assert allowed(leader, name, dossier)
    Account.objects.filter(pk=leader.account_id).update(personal_number=dossier.applicant_number)
    assert not allowed(leader, name, dossier)
