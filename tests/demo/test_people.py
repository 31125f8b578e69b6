"""The demo's invented people hold together; no database."""

import random
from collections import Counter
from datetime import date
from itertools import islice

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lienthong.data.duplicates import pages, search
from lienthong.kit.identifiers import PersonalNumber
from lienthong.kit.names import fold, sort_key
from lienthong.kit.partial_dates import Precision
from lienthong.population.rules import check_person
from lienthong.population.words import Relation, Sex, Status
from lienthong.site.demo.doubles import DOUBLE_NUMBERS, TWICE, doubles
from lienthong.site.demo.naming import read_data
from lienthong.site.demo.people import AS_OF, Cast, Commune, cast, newborn, people

PROVINCES = tuple(read_data("places.yaml"))
COMMUNES = [
    Commune(100 * n + part, f"{n:03d}{part:02d}", f"Xã {code} {part}", code, f"Tỉnh {code}", part == 0)
    for n, code in enumerate(PROVINCES)
    for part in range(4)
]


@pytest.fixture(scope="module")
def crowd():
    return list(people(6000, 7, COMMUNES))


@pytest.fixture(scope="module")
def by_number(crowd):
    return {person.personal_number: person for person in crowd}


def test_as_many_as_asked_and_nobody_twice(crowd, by_number):
    assert len(crowd) == len(by_number) == 6000
    assert not set(by_number) & {number.value for number in Cast}


def test_the_same_seed_makes_the_same_people_and_another_makes_others(crowd):
    assert list(islice(people(6000, 7, COMMUNES), 300)) == crowd[:300]
    assert list(islice(people(6000, 8, COMMUNES), 300)) != crowd[:300]


def test_everybody_passes_the_rules_of_the_register(crowd):
    for person in crowd:
        check_person(person, today=AS_OF)


def test_numbers_are_nobodys_and_tell_sex_and_year(crowd):
    for person in crowd:
        number = PersonalNumber(person.personal_number)
        assert number.is_synthetic
        assert (number.sex.value, number.birth_year) == (person.sex.value, person.birth.year)
        assert person.old_number == "" or person.old_number.startswith("00")


def test_mothers_are_16_to_45_years_older_and_bear_the_name_on_the_record(crowd, by_number):
    children = [person for person in crowd if person.mother_number]
    assert len(children) > 1000
    for child in children:
        mother = by_number[child.mother_number]
        assert 15 <= child.birth.year - mother.birth.year <= 46
        assert (mother.sex, mother.full_name) == (Sex.FEMALE, child.mother_name)


def test_fathers_give_kinh_children_their_family_name(crowd, by_number):
    for child in crowd:
        if child.father_number and child.ethnicity == "01":
            father = by_number[child.father_number]
            assert (father.sex, father.full_name) == (Sex.MALE, child.father_name)
            assert child.full_name.split()[0] == father.full_name.split()[0]


def test_ede_children_bear_their_mothers_family_name_last():
    found = [p for p in people(12000, 7, [c for c in COMMUNES if c.province == "66"]) if p.ethnicity == "12"]
    by_number = {person.personal_number: person for person in found}
    children = [person for person in found if person.mother_number in by_number]
    assert len(children) > 20
    for child in children:
        assert child.full_name.split()[-1] == by_number[child.mother_number].full_name.split()[-1]


def test_spouses_name_each_other_and_are_of_age(crowd, by_number):
    """Law 52/2014/QH13 on marriage, article 8: from 18 for women, from 20 for men."""
    for person in crowd:
        if person.spouse_number:
            spouse = by_number[person.spouse_number]
            assert spouse.spouse_number == person.personal_number
            assert {spouse.sex, person.sex} == {Sex.MALE, Sex.FEMALE}
            assert Status.DEAD not in {spouse.status, person.status}
            assert AS_OF.year - person.birth.year >= (18 if person.sex is Sex.FEMALE else 20)


def test_households_have_one_living_grown_head_at_one_address(crowd, by_number):
    for person in crowd:
        if not person.head_number:
            assert person.relation_to_head is None
            continue
        head = by_number[person.head_number]
        assert (head.relation_to_head, head.status) == (Relation.HEAD, Status.ALIVE)
        assert AS_OF.year - head.birth.year >= 18
        assert (head.residence_unit, head.residence_detail) == (
            person.residence_unit,
            person.residence_detail,
        )


def test_every_province_is_lived_in_and_large_ones_more(crowd):
    where = {commune.unit: commune.province for commune in COMMUNES}
    lived = Counter(where[person.residence_unit] for person in crowd if person.residence_unit)
    assert set(lived) == set(PROVINCES)
    assert len(PROVINCES) == 34
    assert lived["79"] > lived["01"] > lived["12"]


def test_ages_sexes_and_names_are_plausible(crowd):
    alive = [person for person in crowd if person.status is Status.ALIVE]
    young = sum(AS_OF.year - person.birth.year < 15 for person in alive) / len(alive)
    old = sum(AS_OF.year - person.birth.year >= 65 for person in alive) / len(alive)
    women = sum(person.sex is Sex.FEMALE for person in alive) / len(alive)
    assert 0.16 < young < 0.25
    assert 0.07 < old < 0.14
    assert 0.47 < women < 0.55
    kinh = [person.full_name.split()[0] for person in alive if person.ethnicity == "01"]
    assert 0.33 < kinh.count("Nguyễn") / len(kinh) < 0.43
    assert len({person.ethnicity for person in alive}) > 12


def test_some_old_people_were_born_some_day_of_a_year(crowd):
    by_year = [person for person in crowd if person.birth.precision is Precision.YEAR]
    assert by_year
    assert all(person.birth.year < 1980 for person in by_year)
    assert not any("01/01" in str(person.birth) for person in by_year)


def test_some_are_dead_and_some_have_left(crowd):
    statuses = Counter(person.status for person in crowd)
    assert statuses[Status.DEAD] > 50
    assert statuses[Status.EMIGRATED] > 5
    for person in crowd:
        if person.status is Status.EMIGRATED:
            assert person.residence_unit is None


def test_the_cast_passes_the_rules_and_names_its_family():
    found = {person.personal_number: person for person in cast(COMMUNES)}
    assert set(found) == {number.value for number in Cast}
    for person in found.values():
        check_person(person, today=AS_OF)
    hanh, loc = found[Cast.HANH], found[Cast.LOC]
    assert (hanh.full_name, hanh.birth.year) == ("Nguyễn Thị Minh Hạnh", 1994)
    assert (hanh.spouse_number, loc.spouse_number) == (Cast.LOC, Cast.HANH)
    assert {person.residence_unit for person in (hanh, loc, found[Cast.NGOC])} == {hanh.residence_unit}
    child = newborn(COMMUNES, today=date(2026, 11, 20))
    assert (child.mother_number, child.father_number) == (Cast.HANH, Cast.LOC)
    assert str(child.birth) == "05/11/2026"


def test_three_people_are_in_the_register_twice_and_twins_are_not(crowd, by_number, tmp_path):
    """What the search for duplicates finds among them all: those three, and two namesakes of the cast; no twins."""
    planted = doubles(COMMUNES)
    for person in planted:
        check_person(person, today=AS_OF)
    assert {person.personal_number for person in planted} == DOUBLE_NUMBERS
    assert not DOUBLE_NUMBERS & set(by_number)
    everybody = [*cast(COMMUNES), *planted, *crowd]
    pq.write_table(
        pa.Table.from_pylist([as_searched(person) for person in everybody]), tmp_path / "people.parquet"
    )
    found = search(tmp_path / "people.parquet", tmp_path / "pairs.parquet")
    pairs = {(pair.one, pair.other): pair for page in pages(tmp_path / "pairs.parquet") for pair in page}
    assert set(pairs) == {*TWICE, (Cast.HUNG, Cast.OTHER_HUNG)}
    assert found.twins == 1
    told = [{one.field: one.level for one in pairs[pair].evidence} for pair in TWICE]
    assert [one["full_name"] for one in told] == ["same", "letter", "same"]
    assert [one["birth"] for one in told] == ["same", "same", "swapped"]
    assert [one["mother_name"] for one in told] == ["same", "marks", "same"]


def as_searched(person):
    return {
        "personal_number": person.personal_number, "old_numbers": person.old_number, "full_name": person.full_name,
        "search_key": fold(person.full_name), "sort_key": sort_key(person.full_name), "birth_date": person.birth.earliest,
        "birth_precision": person.birth.precision.value, "sex": person.sex.value,
        "commune": "" if person.residence_unit is None else str(person.residence_unit), "mother_name": person.mother_name, "father_name": person.father_name,
    }  # fmt: skip


def test_the_world_at_large_is_not_touched():
    """Drawing people does not move the shared random generator."""
    random.seed(1)
    before = random.getstate()
    list(islice(people(50, 1, COMMUNES), 50))
    assert random.getstate() == before
