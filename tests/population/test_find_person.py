"""Finding the person who stands at the counter."""

from dataclasses import replace

import pytest

from lienthong.identity.public import ANONYMOUS, NotAllowed
from lienthong.kit.identifiers import PersonalNumberMalformed
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import (
    Access,
    NarrowerSearchNeeded,
    Purpose,
    TooManyPeople,
    UnknownPerson,
    add_people,
    find_person,
)

HANH, LOC, NAM = "099194004471", "099091000938", "099088001234"
BASIS = "Nghị định 118/2025/NĐ-CP, điều 16"


def numbers(people):
    return [person.personal_number for person in people]


def test_by_number_as_typed_from_the_card(family, actors):
    assert numbers(find_person("0991 9400 4471", basis=BASIS, by=actors.reception)) == [HANH]


def test_by_old_number(family, actors):
    assert numbers(find_person("000912345", basis=BASIS, by=actors.reception)) == [LOC]


@pytest.mark.parametrize("birth", [PartialDate(1994, 2, 14), PartialDate(1994, 2), PartialDate(1994)])
def test_by_name_without_accents_and_birth_as_far_as_known(family, actors, birth):
    found = find_person("nguyen thi minh hanh", basis=BASIS, by=actors.reception, birth=birth)
    assert numbers(found) == [HANH]


@pytest.mark.parametrize("birth", [PartialDate(1962, 8, 15), PartialDate(1962, 8), PartialDate(1962)])
def test_a_birth_on_record_by_year_is_found_by_any_day_of_it(family, actors, birth):
    assert numbers(find_person("Nguyễn Văn Bảy", basis=BASIS, by=actors.reception, birth=birth)) == [
        "099062000214"
    ]


def test_by_name_and_commune(family, actors, places):
    assert numbers(find_person("Lê Hoàng Nam", basis=BASIS, by=actors.reception, commune=places.other)) == [
        NAM
    ]
    with pytest.raises(UnknownPerson):
        find_person("Lê Hoàng Nam", basis=BASIS, by=actors.reception, commune=places.ben_sen)


def test_a_name_alone_is_not_enough(family, actors):
    with pytest.raises(NarrowerSearchNeeded):
        find_person("Nguyễn Thị Minh Hạnh", basis=BASIS, by=actors.reception)


def test_spelled_as_typed_comes_first(family, actors):
    other = replace(family[NAM], personal_number="099088001235", head_number="", relation_to_head=None)
    add_people([replace(other, full_name="Lê Hoàng Năm")], by=actors.system)
    found = find_person("Lê Hoàng Năm", basis=BASIS, by=actors.reception, birth=PartialDate(1988))
    assert numbers(found) == ["099088001235", NAM]


def test_too_many_are_not_shown_and_nobody_was_read(family, actors):
    alike = replace(family[NAM], head_number="", relation_to_head=None)
    add_people(
        [replace(alike, personal_number=f"09908800{n:04d}") for n in range(5000, 5010)], by=actors.system
    )
    with pytest.raises(TooManyPeople):
        find_person("Lê Hoàng Nam", basis=BASIS, by=actors.reception, birth=PartialDate(1988))
    assert Access.objects.count() == 0


def test_everybody_found_sees_that_he_was_found(family, actors):
    find_person(HANH, basis=BASIS, by=actors.reception)
    access = Access.objects.get()
    assert (access.person_id, access.purpose, access.dossier) == (HANH, "counter", "")
    assert access.groups == ["birth", "name", "number", "residence", "sex"]


def test_nobody_found_and_a_number_cut_short(family, actors):
    with pytest.raises(UnknownPerson):
        find_person("099194999999", basis=BASIS, by=actors.reception)
    with pytest.raises(PersonalNumberMalformed):
        find_person("09919400447", basis=BASIS, by=actors.reception)


@pytest.mark.parametrize("who", ["hanh", "handler", "steward_elsewhere"])
def test_only_the_counter_finds_for_the_counter(family, actors, who):
    with pytest.raises(NotAllowed):
        find_person(HANH, basis=BASIS, by=getattr(actors, who))


def test_nobody_signed_in_finds_nobody(family):
    with pytest.raises(NotAllowed):
        find_person(HANH, basis=BASIS, by=ANONYMOUS)


def test_a_steward_finds_by_plan(family, actors):
    plan = "Kế hoạch 42/KH-UBND"
    found = find_person(HANH, basis=plan, by=actors.steward_elsewhere, purpose=Purpose.REVIEW)
    assert numbers(found) == [HANH]
