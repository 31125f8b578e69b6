"""Personal numbers given by many connections at once: never twice (Decree 137/2015/NĐ-CP, article 13)."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from lienthong.kit.partial_dates import PartialDate
from lienthong.population.actions import numbers
from lienthong.population.models import LifeRow, Person
from lienthong.population.public import (
    ForDossier,
    MarriesTwice,
    NewBorn,
    NewPerson,
    Sex,
    add_people,
    register_birth,
    register_marriage,
)

AT_ONCE = 4
EACH = 5


def together(act, count):
    """Run act(0..count-1), each on a connection of its own; what each gave or raised."""
    found = [None] * count
    ready = threading.Barrier(count)

    def run(index):
        try:
            ready.wait(10)
            found[index] = act(index)
        except Exception as error:
            found[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@pytest.mark.django_db(transaction=True)
def test_offices_that_draw_the_same_numbers_give_each_once(actors, monkeypatch):
    """Every draw is one of 20 endings, so that nearly all collide; the dead keep theirs."""
    dice = threading.local()

    def same_draws(below):
        dice.last = getattr(dice, "last", -1) + 1
        return dice.last % min(below, AT_ONCE * EACH)

    monkeypatch.setattr(numbers.secrets, "randbelow", same_draws)
    monkeypatch.setattr(numbers, "ENDINGS", AT_ONCE * EACH + 1)
    born = PartialDate.of(timezone.localdate() - timedelta(days=15))
    add_people([_dead(born)], by=actors.system)
    child = NewBorn(full_name="Trần Minh An", birth=born, sex=Sex.MALE)

    def office(index):
        given = []
        for n in range(EACH):
            ground = ForDossier(f"H20.47-261120-{index}{n:03d}", ("H20.47",))
            given.append(register_birth(child=child, dossier=ground, basis="x", by=actors.system).pk)
        return given

    given = [number for numbers_given in together(office, AT_ONCE) for number in numbers_given]
    assert len(set(given)) == AT_ONCE * EACH == len(given)
    assert _dead(born).personal_number not in given
    assert Person.objects.count() == len(given) + 1
    assert LifeRow.objects.filter(kind="birth").count() == len(given)


def _dead(born):
    number = f"0992{born.year % 100:02d}000003"
    return NewPerson(personal_number=number, full_name="Trần Văn Ba", birth=born, sex=Sex.MALE, status="dead")


@pytest.mark.django_db(transaction=True)
def test_two_offices_that_marry_one_person_to_two_marry_one(actors, places):
    groom, *brides = "099091000001", "099191000002", "099191000003"
    people = [
        NewPerson(personal_number=n, full_name="Lê An", birth=PartialDate(1991), sex=Sex.FEMALE)
        for n in brides
    ]
    add_people([*people, replace(people[0], personal_number=groom, sex=Sex.MALE)], by=actors.system)

    def office(index):
        with transaction.atomic():
            return register_marriage(
                groom,
                brides[index],
                on=PartialDate(2026, 11, 2),
                source="dossier:x",
                basis="x",
                by=actors.system,
            )

    outcomes = together(office, 2)
    assert sum(isinstance(outcome, MarriesTwice) for outcome in outcomes) == 1
    assert LifeRow.objects.filter(kind="marriage").count() == 2
