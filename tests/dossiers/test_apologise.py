"""Apologising and giving a new date, once (form 04)."""

from datetime import date

import pytest

from lienthong.dossiers.actions.decision import NewDayIsOff, ReasonForDenial
from lienthong.dossiers.public import Dossier, apologise
from lienthong.dossiers.rules import AlreadyReDated, NewDateNotLater
from lienthong.identity.public import NotAllowed
from makers import World, assigned, line_of, moment, nothing_saved

pytestmark = pytest.mark.django_db


def say_sorry(
    world: World, dossier: int, day: date, who: str = "leader", reason: str = "Chờ xác minh."
) -> Dossier:
    return apologise(dossier=dossier, reason=reason, new_day=day, by=world.actor(who))


def test_the_new_date_stands_beside_the_old_one(world: World) -> None:
    dossier = say_sorry(world, assigned(world).pk, date(2026, 11, 12))
    assert dossier.due_at == moment("12/11/2026 17:00")
    assert dossier.first_due_at == moment("09/11/2026 17:00")
    line = line_of(dossier)
    assert (line.due_before, line.due_after) == (dossier.first_due_at, dossier.due_at)


def test_once(world: World) -> None:
    dossier = say_sorry(world, assigned(world).pk, date(2026, 11, 12))
    with nothing_saved(AlreadyReDated):
        say_sorry(world, dossier.pk, date(2026, 11, 13))


def test_later_and_on_a_working_day(world: World) -> None:
    """24/11 is a holiday from 2026; 14/11/2026 is a Saturday."""
    dossier = assigned(world)
    for day in (date(2026, 11, 24), date(2026, 11, 14)):
        with nothing_saved(NewDayIsOff):
            say_sorry(world, dossier.pk, day)
    with nothing_saved(NewDateNotLater):
        say_sorry(world, dossier.pk, date(2026, 11, 9))


def test_a_reason_is_needed_and_the_leader(world: World) -> None:
    dossier = assigned(world)
    with nothing_saved(ReasonForDenial):
        say_sorry(world, dossier.pk, date(2026, 11, 12), reason="")
    for who in ("handler", "centre_leader", "far_leader", "hanh"):
        with nothing_saved(NotAllowed):
            say_sorry(world, dossier.pk, date(2026, 11, 12), who)
