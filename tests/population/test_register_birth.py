"""A birth decided by a dossier enters one person under a new number."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from lienthong.audit.public import Entry
from lienthong.identity.public import ANONYMOUS, NotAllowed, SignInNeeded
from lienthong.kit.identifiers import PersonalNumber
from lienthong.kit.partial_dates import PartialDate
from lienthong.population import rules
from lienthong.population.actions import numbers
from lienthong.population.public import (
    Birth,
    BirthAlreadyRegistered,
    ForDossier,
    NewBorn,
    Person,
    Sex,
    known_facts,
    register_birth,
)

HANH, LOC = "099194004471", "099091000938"
BASIS = "Luật Hộ tịch 60/2014/QH13, điều 16"

pytestmark = pytest.mark.usefixtures("family")


@pytest.fixture
def child() -> NewBorn:
    return NewBorn(
        full_name="Trần Minh An",
        birth=PartialDate.of(timezone.localdate() - timedelta(days=15)),
        sex=Sex.MALE,
        ethnicity="05",
        mother_number=HANH,
        mother_name="Nguyễn Thị Minh Hạnh",
        father_number=LOC,
        father_name="Trần Văn Lộc",
    )


def test_the_child_gets_a_number_that_tells_register_sex_and_year(actors, child, dossier):
    person = register_birth(child=child, dossier=dossier, basis=BASIS, by=actors.leader)
    number = PersonalNumber(person.personal_number)
    assert (number.province, number.sex.value, number.birth_year) == ("099", "male", child.birth.year)
    stored = Person.objects.get(pk=person.pk)
    assert (stored.full_name, stored.search_key) == ("Trần Minh An", "tran minh an")
    assert (stored.mother_number, stored.father_number) == (HANH, LOC)
    assert (stored.residence, stored.head_number) == ("", "")


def test_the_birth_is_recorded_without_personal_data(actors, child, dossier):
    person = register_birth(child=child, dossier=dossier, basis=BASIS, by=actors.leader)
    entry = Entry.objects.get(event="population.BirthRegistered")
    assert entry.subject == f"person:{person.ref}"
    assert dossier.code in entry.facts
    assert not any(word in entry.facts for word in (person.personal_number, "An", HANH))


def test_done_twice_for_one_dossier_it_enters_one_child(actors, child, dossier):
    first = register_birth(child=child, dossier=dossier, basis=BASIS, by=actors.system)
    again = register_birth(child=child, dossier=dossier, basis=BASIS, by=actors.system)
    assert first == again
    assert Birth.objects.count() == 1


def test_the_same_birth_in_another_dossier_is_refused(actors, child, dossier):
    register_birth(child=child, dossier=dossier, basis=BASIS, by=actors.system)
    other = ForDossier("H20.47-261120-0099", dossier.organisations)
    with pytest.raises(BirthAlreadyRegistered):
        register_birth(child=child, dossier=other, basis=BASIS, by=actors.system)


def test_a_twin_is_another_child(actors, child, dossier):
    register_birth(child=child, dossier=dossier, basis=BASIS, by=actors.system)
    other = ForDossier("H20.47-261120-0099", dossier.organisations)
    twin = replace(child, full_name="Trần Minh Ân Đức")
    register_birth(child=twin, dossier=other, basis=BASIS, by=actors.system)
    assert Person.objects.filter(mother_number=HANH, birth_date=child.birth.earliest).count() == 2


def test_a_number_is_never_given_twice(actors, child, dossier, monkeypatch):
    """Decree 137/2015/NĐ-CP: the numbers drawn are taken twice, then free."""
    draws = iter([7, 7, 8])
    monkeypatch.setattr(numbers.secrets, "randbelow", lambda _: next(draws))
    first = register_birth(child=child, dossier=dossier, basis=BASIS, by=actors.system)
    other = ForDossier("H20.47-261120-0099", dossier.organisations)
    twin = replace(child, full_name="Trần Minh Đức")
    second = register_birth(child=twin, dossier=other, basis=BASIS, by=actors.system)
    assert (first.personal_number[6:], second.personal_number[6:]) == ("000007", "000008")


def test_when_every_draw_is_taken_a_free_number_is_looked_up(actors, child, dossier, monkeypatch):
    monkeypatch.setattr(numbers.secrets, "randbelow", lambda _: 2)
    register_birth(child=child, dossier=dossier, basis=BASIS, by=actors.system)
    other = ForDossier("H20.47-261120-0099", dossier.organisations)
    second = register_birth(
        child=replace(child, full_name="Trần Đức"), dossier=other, basis=BASIS, by=actors.system
    )
    assert second.personal_number[6:] == "000003"


def test_when_no_number_is_free_nothing_is_entered(actors, child, dossier, monkeypatch):
    monkeypatch.setattr(numbers.secrets, "randbelow", lambda _: 0)
    monkeypatch.setattr(numbers, "ENDINGS", 1)
    register_birth(child=child, dossier=dossier, basis=BASIS, by=actors.system)
    other = ForDossier("H20.47-261120-0099", dossier.organisations)
    with pytest.raises(rules.NumbersUsedUp):
        register_birth(
            child=replace(child, full_name="Trần Đức"), dossier=other, basis=BASIS, by=actors.system
        )
    assert Birth.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"birth": PartialDate(2026)}, rules.BirthDayNeeded),
        ({"birth": PartialDate(2199, 1, 1)}, rules.BirthInFuture),
        ({"sex": Sex.UNDETERMINED}, rules.SexNeededForNumber),
        ({"full_name": "An 2"}, rules.NameUnusable),
        ({"mother_number": LOC}, rules.ParentOfOtherSex),
    ],
)
def test_a_faulty_birth_is_refused_and_nothing_saved(actors, child, dossier, change, refusal):
    before = Person.objects.count()
    with pytest.raises(refusal):
        register_birth(child=replace(child, **change), dossier=dossier, basis=BASIS, by=actors.system)
    assert (Person.objects.count(), Birth.objects.count()) == (before, 0)


@pytest.mark.parametrize("who", ["hanh", "nam", "reception", "handler", "leader_elsewhere"])
def test_only_the_leader_who_decides_or_the_machine_enters_a_birth(actors, child, dossier, who):
    with pytest.raises(NotAllowed):
        register_birth(child=child, dossier=dossier, basis=BASIS, by=getattr(actors, who))
    with pytest.raises(SignInNeeded):
        register_birth(child=child, dossier=dossier, basis=BASIS, by=ANONYMOUS)
    assert Birth.objects.count() == 0


def test_the_newborn_is_at_once_known_to_the_forms_of_the_parents(actors, child, dossier):
    person = register_birth(child=child, dossier=dossier, basis=BASIS, by=actors.system)
    facts = known_facts(
        HANH, keys=["pupil_name", "pupil_personal_id"], about=person.pk, basis=BASIS, by=actors.hanh
    )
    assert {fact.value for fact in facts.values()} == {"Trần Minh An", person.personal_number}
