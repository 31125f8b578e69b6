"""What a record of a person must satisfy before it is entered."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from lienthong.kit import names
from lienthong.kit.identifiers import PersonalNumber
from lienthong.kit.partial_dates import PartialDate, Precision
from lienthong.population.rules.life import Values
from lienthong.population.rules.numbers import is_digits
from lienthong.population.rules.refusals import (
    BirthContradictsNumber,
    BirthDayNeeded,
    BirthInFuture,
    BirthTooLongAgo,
    DiedAndAlive,
    EthnicityUnknown,
    HappenedBeforeBirth,
    HouseholdUnclear,
    NameUnusable,
    OldNumberMalformed,
    ParentOfOtherSex,
    ParentTooYoung,
    RelativeIsOneself,
    SexContradictsNumber,
)
from lienthong.population.words import Relation, Sex, Status

LONGEST_LIFE: Final = 130
YOUNGEST_PARENT: Final = 12
"""Years. Not law: the bounds past which a birth year is taken for a slip of the keyboard."""

ADULT_AT: Final = 18
"""Civil Code 91/2015/QH13, article 20; parents act for a child until then (article 136)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A record to be entered. Text not known stays empty; units are primary keys of territory."""

    personal_number: str
    full_name: str
    birth: PartialDate
    sex: Sex
    ethnicity: str = ""
    nationality: str = "VN"
    status: Status = Status.ALIVE
    residence_unit: int | None = None
    residence_detail: str = ""
    residence_since: date | PartialDate | None = None
    home_town_unit: int | None = None
    home_town: str = ""
    mother_number: str = ""
    mother_name: str = ""
    father_number: str = ""
    father_name: str = ""
    spouse_number: str = ""
    head_number: str = ""
    relation_to_head: Relation | None = None
    old_number: str = ""
    other_old_numbers: tuple[str, ...] = ()
    card_issued_on: date | None = None
    card_issued_by: str = ""
    died_on: PartialDate | None = None
    """Only of the dead, and only where it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBorn:
    """What a decided birth registration says of the child (Law 60/2014/QH13, article 14)."""

    full_name: str
    birth: PartialDate
    sex: Sex
    ethnicity: str = ""
    nationality: str = "VN"
    home_town: str = ""
    home_town_unit: int | None = None
    mother_number: str = ""
    mother_name: str = ""
    father_number: str = ""
    father_name: str = ""


@cache
def ethnicities() -> Mapping[str, str]:
    """Name by code of the 54 peoples (121-TCTK/PPCĐ, 2/3/1979; spelling as commonly printed today)."""
    path = Path(__file__).parents[1] / "data" / "ethnicities.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def check_person(person: NewPerson, *, today: date) -> None:
    """Raise the PersonRefused (or kit's PersonalNumberMalformed) that names the first thing wrong.

    A number agrees with sex and birth year: when either is corrected by decision, a new number is
    given (Decree 137/2015/NĐ-CP, article 14). The one exception is a sex not yet determined.
    """
    number = PersonalNumber(person.personal_number)
    check_name(person.full_name)
    check_birth(person.birth, today=today)
    if person.birth.year != number.birth_year:
        raise BirthContradictsNumber
    if person.sex is not Sex.UNDETERMINED and person.sex.value != number.sex.value:
        raise SexContradictsNumber
    if person.ethnicity and person.ethnicity not in ethnicities():
        raise EthnicityUnknown
    _check_old_numbers(person)
    _check_family(person, number)
    _check_household(person)
    _check_days(person)


def check_name(name: str) -> None:
    if not names.is_persons(name):
        raise NameUnusable


def check_birth(birth: PartialDate, *, today: date) -> None:
    if birth.earliest > today:
        raise BirthInFuture
    if today.year - birth.year > LONGEST_LIFE:
        raise BirthTooLongAgo(years=LONGEST_LIFE)


def _check_old_numbers(person: NewPerson) -> None:
    held = (*filter(None, [person.old_number]), *person.other_old_numbers)
    if not all(is_digits(old, 9) for old in held) or (person.other_old_numbers and not person.old_number):
        raise OldNumberMalformed


def _check_days(person: NewPerson) -> None:
    born, since, issued, died = (
        person.birth.earliest,
        person.residence_since,
        person.card_issued_on,
        person.died_on,
    )
    last = since.latest if isinstance(since, PartialDate) else since
    if (last and last < born) or (issued and issued < born) or (died and died.latest < born):
        raise HappenedBeforeBirth
    if person.died_on and person.status is not Status.DEAD:
        raise DiedAndAlive


def _check_family(person: NewPerson, number: PersonalNumber) -> None:
    relatives = (person.mother_number, person.father_number, person.spouse_number)
    if person.personal_number in relatives:
        raise RelativeIsOneself
    for typed, sex in ((person.mother_number, Sex.FEMALE), (person.father_number, Sex.MALE)):
        if not typed:
            continue
        parent = PersonalNumber(typed)
        if parent.sex.value != sex.value:
            raise ParentOfOtherSex
        if parent.birth_year + YOUNGEST_PARENT > number.birth_year:
            raise ParentTooYoung(years=YOUNGEST_PARENT)
    if person.spouse_number:
        PersonalNumber(person.spouse_number)


def _check_household(person: NewPerson) -> None:
    is_head = person.relation_to_head is Relation.HEAD
    if bool(person.head_number) is (person.relation_to_head is None):
        raise HouseholdUnclear
    if is_head is not (person.head_number == person.personal_number):
        raise HouseholdUnclear
    if person.head_number and not is_head:
        PersonalNumber(person.head_number)


def person_of_birth(child: NewBorn, number: str) -> NewPerson:
    """The first record of a newborn child. Residence is registered by its own procedure."""
    if child.birth.precision is not Precision.DAY:
        raise BirthDayNeeded
    return NewPerson(
        personal_number=number,
        full_name=names.tidy(child.full_name),
        birth=child.birth,
        sex=child.sex,
        ethnicity=child.ethnicity,
        nationality=child.nationality,
        home_town=child.home_town,
        home_town_unit=child.home_town_unit,
        mother_number=child.mother_number,
        mother_name=names.tidy(child.mother_name),
        father_number=child.father_number,
        father_name=names.tidy(child.father_name),
    )


TAKEABLE: Final = ("full_name", "birth", "mother_name", "father_name", "home_town", "ethnicity")
"""Fields in which, of two records of one person, the one that is cancelled may be the right one."""


def may_be_one_birth(one: PartialDate, other: PartialDate) -> bool:
    """Whether both may be written of one day: as far as each is known; or day and month changed places; or one
    figure of them slipped. The year stands in the personal number, so another year is another record.
    """
    if one.may_be(other):
        return True
    if one.year != other.year or None in {one.month, one.day, other.month, other.day}:
        return False
    if (one.month, one.day) == (other.day, other.month):
        return True
    return sum(a != b for a, b in zip(one.iso(), other.iso(), strict=True)) == 1


def is_child(birth: PartialDate, *, today: date) -> bool:
    """Not yet 18 on any reading of the birth date."""
    youngest = birth.latest
    return (today.year - youngest.year, today.month, today.day) < (ADULT_AT, youngest.month, youngest.day)


def person_of(number: str, values: Values) -> NewPerson:
    """The values of a life as a record to be checked."""

    def day(name: str) -> PartialDate | None:
        return PartialDate.from_iso(str(values[name])) if values[name] else None

    def unit(name: str) -> int | None:
        value = values[name]
        return value if isinstance(value, int) else None

    old = values["old_numbers"]
    held = old if isinstance(old, tuple) else ()
    issued = day("card_issued_on")
    return NewPerson(
        personal_number=number,
        birth=PartialDate.from_iso(str(values["birth"])),
        sex=Sex(str(values["sex"])),
        status=Status(str(values["status"])),
        residence_unit=unit("residence_unit"),
        residence_since=day("residence_since"),
        home_town_unit=unit("home_town_unit"),
        relation_to_head=Relation(str(values["relation_to_head"])) if values["relation_to_head"] else None,
        old_number=held[0] if held else "",
        other_old_numbers=held[1:],
        card_issued_on=issued.earliest if issued else None,
        died_on=day("died_on"),
        **{name: str(values[name]) for name in PLAIN},
    )


PLAIN: Final = (
    "full_name",
    "ethnicity",
    "nationality",
    "residence_detail",
    "home_town",
    "mother_number",
    "mother_name",
    "father_number",
    "father_name",
    "spouse_number",
    "head_number",
    "card_issued_by",
)
