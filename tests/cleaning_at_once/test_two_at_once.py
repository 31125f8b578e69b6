"""Two stewards confirm at the same moment: one record goes on, nobody's answer is lost. With real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from lienthong.audit.public import verify
from lienthong.cleaning.public import (
    Merge,
    MergeState,
    MoveNotAllowed,
    confirm_merge,
    open_merge,
    propose_merge,
)
from lienthong.identity.public import WHOLE_COUNTRY, Actor, Duty, Role, acting, system
from lienthong.kit.errors import Refused
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import NewPerson, Person, Sex, add_people, departures
from registries.world import LOC, World, make_world, officer

pytestmark = pytest.mark.django_db(transaction=True)
TWICE, THRICE = "099091700012", "099091700028"
GROUND = "Cùng một giấy khai sinh"


@pytest.fixture
def world(settings: Settings) -> World:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    made = make_world()
    again = [
        NewPerson(
            personal_number=number, full_name="Trần Văn Lộc", birth=PartialDate(1991, 6, 20), sex=Sex.MALE,
            residence_unit=made.ward.pk, residence_detail="Khu phố 4", mother_name="Lê Thị Út",
        )
        for number in (TWICE, THRICE)
    ]  # fmt: skip
    add_people(again, by=system("test"))
    return made


def proposed(world: World, kept: str, other: str) -> Merge:
    merge = open_merge(numbers=[kept, other], by=world.actor("ward"))
    return propose_merge(merge=merge.pk, kept=kept, ground=GROUND, by=world.actor("ward"))


def at_once(acts: list[Callable[[], Merge]]) -> list[Any]:
    """What each gave, or how it was refused, begun at the same moment."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Merge]) -> Merge | Refused:
        start.wait(timeout=30)
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def confirming(merge: Merge, by: Actor) -> Callable[[], Merge]:
    return lambda: confirm_merge(merge=merge.pk, ground=GROUND, by=by)


def test_of_two_who_confirm_one_merge_one_does_and_the_other_is_told(world: World) -> None:
    merge = proposed(world, LOC, TWICE)
    third = acting(officer("third", Role.STEWARD, None), Duty(Role.STEWARD, WHOLE_COUNTRY))
    answers = at_once([confirming(merge, world.actor("nation")), confirming(merge, third)])
    assert sum(isinstance(one, Merge) for one in answers) == 1
    [refused] = [one for one in answers if not isinstance(one, Merge)]
    assert isinstance(refused, MoveNotAllowed)
    assert merge.ledger.filter(act="confirm").count() == 1
    assert Person.objects.get(pk=TWICE).continued_as == LOC
    assert list(departures()) == []
    assert verify().broken is None


@pytest.mark.parametrize("kept", [TWICE, THRICE])
def test_two_merges_of_one_record_confirmed_at_once_leave_one_living_record(world: World, kept: str) -> None:
    """The record that one of them cancels is in the other too: neither waits for the other for ever."""
    first, second = proposed(world, LOC, TWICE), proposed(world, kept, THRICE if kept == TWICE else TWICE)
    answers = at_once([confirming(one, world.actor("nation")) for one in (first, second)])
    assert any(isinstance(one, Merge) for one in answers)
    follows = {one.pk: one.continued_as for one in Person.objects.filter(pk__in=(LOC, TWICE, THRICE))}
    assert follows[LOC] == ""
    for number in (TWICE, THRICE):
        met = [number]
        while follows[met[-1]]:
            met.append(follows[met[-1]])
            assert len(met) <= 3
    states = {merge.pk: MergeState(merge.state) for merge in Merge.objects.all()}
    done = [merge for merge in (first, second) if states[merge.pk] == MergeState.MERGED]
    assert (
        len(done)
        == sum(1 for target in follows.values() if target)
        == sum(isinstance(one, Merge) for one in answers)
    )
    assert list(departures()) == []
    assert verify().broken is None
