"""What the register knows that a form asks for, so that nobody types what the State holds.

`FACTS` is the whole of it: a form's field, whose record answers it, and with what. The keys are
those of the fields in the procedures' data. A field that is not here is not known here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum, auto
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

from babel import Locale
from django.db import transaction
from django.utils import timezone

from lienthong.identity.public import Actor, allowed, require
from lienthong.kit.errors import said
from lienthong.kit.identifiers import PersonalNumber
from lienthong.kit.words import format_date
from lienthong.population.models import Person
from lienthong.population.queries.noting import Ground, note_readings
from lienthong.population.queries.people import people_numbered
from lienthong.population.rules import ForDossier, RequesterNotAlive, UnknownPerson, Wish, is_child
from lienthong.population.words import RELATION_NAMES, SEX_NAMES, Group, Purpose, Relation, Sex, Status

SOURCE: Final = said("Cơ sở dữ liệu quốc gia về dân cư")


class Whose(StrEnum):
    """The record that answers, seen from the requester."""

    SELF = auto()
    SPOUSE = auto()
    MOTHER = auto()
    FATHER = auto()
    HEAD = auto()
    CHILDS_MOTHER = auto()
    """Of the child whose birth the requester registers: herself, or his wife."""
    CHILDS_FATHER = auto()
    SUBJECT = auto()
    """The person the form is about, named by the requester: spouse, parent, child under 18."""


class Attribute(NamedTuple):
    """How a record answers. `value` as a form stores it (dates ISO), `text` as a page prints it."""

    group: Group
    value: Callable[[Person], str]
    text: Callable[[Person], str] | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer the register gives to a form, with where and when it was read."""

    value: str
    text: str
    group: Group
    source: str
    read_at: datetime


Facts = Mapping[str, Fact]
"""Facts by the form's field key."""

Answer = tuple[Whose, Attribute]


@cache
def country_names() -> Mapping[str, str]:
    return Locale.parse("vi").territories


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


def _card(person: Person) -> str:
    parts = [person.personal_number]
    parts += [f"cấp ngày {_day(person.card_issued_on)}"] if person.card_issued_on else []
    return ", ".join([*parts, *filter(None, [person.card_issued_by])])


def _named_and_born(person: Person) -> str:
    return f"{person.full_name}, sinh {person.birth}"


def _identified(person: Person) -> str:
    return ", ".join(filter(None, [_named_and_born(person), person.personal_number, person.residence]))


NAME = Attribute(Group.NAME, lambda p: p.full_name)
BIRTH = Attribute(Group.BIRTH, lambda p: p.birth.iso(), lambda p: str(p.birth))
SEX = Attribute(Group.SEX, lambda p: SEX_NAMES[p.sex])
ETHNICITY = Attribute(Group.ETHNICITY, lambda p: p.ethnicity_name)
NATIONALITY = Attribute(Group.NATIONALITY, lambda p: country_names().get(p.nationality, p.nationality))
NUMBER = Attribute(Group.NUMBER, lambda p: p.personal_number)
CARD = Attribute(Group.CARD, _card)
CARD_DAY = Attribute(
    Group.CARD,
    lambda p: p.card_issued_on.isoformat() if p.card_issued_on else "",
    lambda p: _day(p.card_issued_on),
)
CARD_PLACE = Attribute(Group.CARD, lambda p: p.card_issued_by)
RESIDENCE = Attribute(Group.RESIDENCE, lambda p: p.residence)
HOME_TOWN = Attribute(Group.HOME_TOWN, lambda p: p.home_town)
GROUPS_OF_RELATIONS: Final = frozenset(
    {Relation.PARENT, Relation.SIBLING, Relation.GRANDPARENT, Relation.OTHER}
)
"""Forms ask which of them, "Cha" or "Mẹ"; the register does not hold it, so the person says it."""


def _relation(person: Person) -> str:
    coarse = person.relation_to_head in GROUPS_OF_RELATIONS
    return "" if coarse else RELATION_NAMES.get(person.relation_to_head, "")


RELATION = Attribute(Group.HOUSEHOLD, _relation)
HEAD_NUMBER = Attribute(Group.HOUSEHOLD, lambda p: p.head_number)
MOTHER_NAME = Attribute(Group.PARENTS, lambda p: p.mother_name)
FATHER_NAME = Attribute(Group.PARENTS, lambda p: p.father_name)
NAMED_AND_BORN = Attribute(Group.BIRTH, _named_and_born)
IDENTIFIED = Attribute(Group.RESIDENCE, _identified)


def _fields(prefix: str, whose: Whose, **attributes: Attribute) -> dict[str, tuple[Answer, ...]]:
    return {f"{prefix}{key}": ((whose, attribute),) for key, attribute in attributes.items()}


FACTS: Final[Mapping[str, tuple[Answer, ...]]] = MappingProxyType(
    {
        **_fields(
            "requester_",
            Whose.SELF,
            name=NAME,
            birth_date=BIRTH,
            id_number=NUMBER,
            id_issued_on=CARD_DAY,
            id_issued_by=CARD_PLACE,
            residence=RESIDENCE,
        ),
        **_fields(
            "",
            Whose.SELF,
            full_name=NAME,
            birth_date=BIRTH,
            sex=SEX,
            personal_id=NUMBER,
            id_number=CARD,
            ethnicity=ETHNICITY,
            nationality=NATIONALITY,
            residence=RESIDENCE,
            permanent_residence=RESIDENCE,
            home_town=HOME_TOWN,
            relation_to_head=RELATION,
            head_personal_id=HEAD_NUMBER,
            applicant=IDENTIFIED,
            customer=IDENTIFIED,
            subject=IDENTIFIED,
        ),
        **_fields("owner_", Whose.SELF, name=NAME, birth_date=BIRTH, sex=SEX, personal_id=NUMBER),
        **_fields("investor_", Whose.SELF, name=NAME, id=NUMBER),
        **_fields("head_", Whose.HEAD, name=NAME),
        **_fields(
            "mother_",
            Whose.CHILDS_MOTHER,
            name=NAME,
            birth=BIRTH,
            ethnicity=ETHNICITY,
            nationality=NATIONALITY,
            residence=RESIDENCE,
            personal_id=NUMBER,
        ),
        **_fields(
            "father_",
            Whose.CHILDS_FATHER,
            name=NAME,
            birth=BIRTH,
            ethnicity=ETHNICITY,
            nationality=NATIONALITY,
            residence=RESIDENCE,
            personal_id=NUMBER,
        ),
        "mother": ((Whose.MOTHER, NAMED_AND_BORN), (Whose.SELF, MOTHER_NAME)),
        "father": ((Whose.FATHER, NAMED_AND_BORN), (Whose.SELF, FATHER_NAME)),
        "spouse": ((Whose.SPOUSE, NAMED_AND_BORN),),
        **_fields(
            "deceased_",
            Whose.SUBJECT,
            name=NAME,
            birth_date=BIRTH,
            personal_id=NUMBER,
            sex=SEX,
            ethnicity=ETHNICITY,
            nationality=NATIONALITY,
        ),
        **_fields("", Whose.SUBJECT, last_residence=RESIDENCE),
        **_fields("pupil_", Whose.SUBJECT, name=NAME, birth_date=BIRTH, personal_id=NUMBER),
        **_fields("beneficiary_", Whose.SUBJECT, name=NAME, birth_date=BIRTH, sex=SEX, id=CARD),
    }
)


def known_facts(
    number: str,
    *,
    keys: Iterable[str],
    basis: str,
    by: Actor,
    purpose: Purpose = Purpose.PREFILL,
    dossier: ForDossier | None = None,
    about: str = "",
) -> Facts:
    """What the register answers to the fields `keys` of a form that the person `number` fills in.

    Only the records that the fields ask for are read; each person read sees it. Family counts only
    as the register has it, and at assurance level 2. `about`: the number of whom the form is about,
    when it is not the requester. What is not known, or not this requester's to know, is left out.
    Raises PersonalNumberMalformed, NotAllowed, UnknownPerson, RequesterNotAlive, BasisNeeded.
    """
    digits = PersonalNumber.parse(number).digits
    require(by, "population.read", Wish(digits, purpose, dossier))
    ground = Ground(purpose, basis, dossier)
    with transaction.atomic():
        requester = people_numbered([digits]).get(digits)
        if requester is None:
            raise UnknownPerson
        if requester.status in {Status.DEAD, Status.MISSING}:
            raise RequesterNotAlive
        asked = [key for key in keys if key in FACTS]
        family = _family(requester, asked, about, lambda kin: allowed(by, "population.read", kin), ground)
        facts, groups = _answers(asked, family)
        note_readings([(family[whose], parts) for whose, parts in groups.items()], ground, by=by)
    return facts


def _family(
    requester: Person, asked: list[str], about: str, may: Callable[[Wish], bool], ground: Ground
) -> dict[Whose, Person]:
    """The records the fields ask for; one person is one object, however many ways he is asked for."""
    numbers = {Whose.SELF: requester.personal_number}
    for whose in {whose for key in asked for whose, _ in FACTS[key]} - {Whose.SELF}:
        numbers[whose] = _number_of(whose, requester, about)
    wanted = {
        number
        for number in numbers.values()
        if number and may(Wish(number, ground.purpose, ground.dossier, kin=True))
    } - {requester.personal_number}
    people = people_numbered(wanted) if wanted else {}
    people[requester.personal_number] = requester
    found = {whose: people[number] for whose, number in numbers.items() if number in people}
    return {whose: person for whose, person in found.items() if _answers_for(whose, person, requester)}


def _number_of(whose: Whose, requester: Person, about: str) -> str:
    mother, father = Sex.FEMALE, Sex.MALE
    own = requester.personal_number
    numbers = {
        Whose.SPOUSE: requester.spouse_number,
        Whose.MOTHER: requester.mother_number,
        Whose.FATHER: requester.father_number,
        Whose.HEAD: requester.head_number,
        Whose.CHILDS_MOTHER: {mother: own, father: requester.spouse_number}.get(Sex(requester.sex), ""),
        Whose.CHILDS_FATHER: {father: own, mother: requester.spouse_number}.get(Sex(requester.sex), ""),
        Whose.SUBJECT: about,
    }
    return numbers[whose]


def _answers_for(whose: Whose, person: Person, requester: Person) -> bool:
    """Whether that record may answer: both spouses name each other, a subject is close family."""
    own = requester.personal_number
    if person.personal_number == own:
        return True
    married = person.spouse_number == own and requester.spouse_number == person.personal_number
    if whose in {Whose.SPOUSE, Whose.CHILDS_MOTHER, Whose.CHILDS_FATHER}:
        return married and person.status == Status.ALIVE
    if whose is Whose.SUBJECT:
        is_parent = person.personal_number in {requester.mother_number, requester.father_number}
        is_own = own in {person.mother_number, person.father_number}
        return married or is_parent or (is_own and is_child(person.birth, today=timezone.localdate()))
    return True


def _answers(
    asked: list[str], family: Mapping[Whose, Person]
) -> tuple[dict[str, Fact], dict[Whose, set[Group]]]:
    """The facts, and which parts of whose record they took; people read in two roles count once."""
    now = timezone.now()
    facts: dict[str, Fact] = {}
    first_role: dict[str, Whose] = {}
    for whose, person in family.items():
        first_role.setdefault(person.personal_number, whose)
    groups: dict[Whose, set[Group]] = {}
    for key in asked:
        for whose, attribute in FACTS[key]:
            source = family.get(whose)
            value = attribute.value(source) if source else ""
            if source and value:
                text = attribute.text(source) if attribute.text else value
                facts[key] = Fact(value, text, attribute.group, SOURCE, now)
                groups.setdefault(first_role[source.personal_number], set()).add(attribute.group)
                break
    return facts, groups
