"""What a record must satisfy before it is entered; no database."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kit.errors import Refused
from lienthong.kit.identifiers import PersonalNumber, PersonalNumberMalformed
from lienthong.kit.partial_dates import PartialDate
from lienthong.population import rules
from lienthong.population.rules import NewPerson, check_person, draw_number, is_child, number_prefix
from lienthong.population.words import Relation, Sex

TODAY = date(2026, 11, 20)
HANH = NewPerson(
    personal_number="099194004471",
    full_name="Nguyễn Thị Minh Hạnh",
    birth=PartialDate(1994, 2, 14),
    sex=Sex.FEMALE,
    ethnicity="05",
)


def test_a_sound_record_passes():
    check_person(HANH, today=TODAY)


@pytest.mark.parametrize("name", ["Y Bhin Niê", "K'Brăh", "H’Lan Niê", "Nguyễn Thị Minh Hạnh", "Ayŭn Hmŏk"])
def test_names_of_every_people_pass(name):
    check_person(replace(HANH, full_name=name), today=TODAY)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"personal_number": "99194004471"}, PersonalNumberMalformed),
        ({"full_name": ""}, rules.NameUnusable),
        ({"full_name": "Hạnh 2"}, rules.NameUnusable),
        ({"full_name": "Nguyễn  Hạnh"}, rules.NameUnusable),
        ({"full_name": "Nguyễn - Hạnh"}, rules.NameUnusable),
        ({"full_name": "Ha\u0323nh"}, rules.NameUnusable),
        ({"full_name": "Nguyễn\u200bHạnh"}, rules.NameUnusable),
        ({"birth": PartialDate(2026, 11, 21)}, rules.BirthInFuture),
        ({"birth": PartialDate(1895)}, rules.BirthTooLongAgo),
        ({"birth": PartialDate(1995, 2, 14)}, rules.BirthContradictsNumber),
        ({"sex": Sex.MALE}, rules.SexContradictsNumber),
        ({"ethnicity": "55"}, rules.EthnicityUnknown),
        ({"old_number": "12345678"}, rules.OldNumberMalformed),
        ({"mother_number": "099194004471"}, rules.RelativeIsOneself),
        ({"mother_number": "099062000214"}, rules.ParentOfOtherSex),
        ({"father_number": "099168000315"}, rules.ParentOfOtherSex),
        ({"mother_number": "099185000315"}, rules.ParentTooYoung),
        ({"spouse_number": "12"}, PersonalNumberMalformed),
        ({"head_number": "099091000938"}, rules.HouseholdUnclear),
        ({"relation_to_head": Relation.WIFE}, rules.HouseholdUnclear),
        ({"head_number": "099091000938", "relation_to_head": Relation.HEAD}, rules.HouseholdUnclear),
        ({"head_number": "099194004471", "relation_to_head": Relation.WIFE}, rules.HouseholdUnclear),
        ({"residence_since": date(1994, 2, 13)}, rules.HappenedBeforeBirth),
        ({"card_issued_on": date(1990, 1, 1)}, rules.HappenedBeforeBirth),
    ],
)
def test_each_fault_is_named(change, refusal):
    with pytest.raises(refusal) as refused:
        check_person(replace(HANH, **change), today=TODAY)
    assert refused.type is refusal
    assert isinstance(refused.value, Refused)


def test_a_refusal_repeats_no_personal_data():
    with pytest.raises(rules.BirthContradictsNumber) as refused:
        check_person(replace(HANH, birth=PartialDate(1995)), today=TODAY)
    assert not any(part in str(refused.value) for part in ("0991", "1995", "Hạnh"))


def test_sex_not_yet_determined_is_the_one_exception_to_the_number():
    check_person(replace(HANH, sex=Sex.UNDETERMINED), today=TODAY)


def test_a_birth_known_to_the_year_agrees_with_the_number():
    check_person(replace(HANH, birth=PartialDate(1994)), today=TODAY)


@pytest.mark.parametrize(
    ("sex", "year", "prefix"),
    [
        (Sex.MALE, 1991, "099091"),
        (Sex.FEMALE, 1994, "099194"),
        (Sex.MALE, 2000, "099200"),
        (Sex.FEMALE, 2026, "099326"),
        (Sex.MALE, 2101, "099401"),
    ],
)
def test_a_number_begins_with_register_century_sex_and_year(sex, year, prefix):
    """Decree 137/2015/NĐ-CP, article 13; Circular 59/2021/TT-BCA."""
    assert number_prefix("099", sex, year) == prefix


def test_no_number_without_a_sex():
    with pytest.raises(rules.SexNeededForNumber):
        number_prefix("099", Sex.UNDETERMINED, 2026)


@given(
    sex=st.sampled_from([Sex.MALE, Sex.FEMALE]),
    year=st.integers(1900, 2399),
    last=st.integers(0, 999_999),
)
def test_every_number_made_tells_its_sex_and_year(sex, year, last):
    number = PersonalNumber(draw_number("099", sex, year, draw=lambda _: last))
    assert (number.sex.value, number.birth_year, number.is_synthetic) == (sex.value, year, True)
    assert number.digits[6:] == f"{last:06d}"


@pytest.mark.parametrize(
    ("birth", "answer"),
    [
        (PartialDate(2008, 11, 20), False),
        (PartialDate(2008, 11, 21), True),
        (PartialDate(2008), True),
        (PartialDate(2007), False),
        (PartialDate(2008, 10), False),
    ],
)
def test_a_child_is_under_18_on_any_reading_of_the_birth(birth, answer):
    """Civil Code 91/2015/QH13, article 20."""
    assert is_child(birth, today=TODAY) is answer


def test_the_54_peoples_are_there():
    assert len(rules.ethnicities()) == 54
    assert rules.ethnicities()["05"] == "Khmer"
