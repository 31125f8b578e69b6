"""Reading one person, and finding people at the counter."""

import re
from collections.abc import Collection
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from lienthong.identity.public import Actor, require
from lienthong.kit.identifiers import PersonalNumber
from lienthong.kit.names import fold, match_key, tidy
from lienthong.kit.partial_dates import PartialDate, Precision
from lienthong.population.models import Person
from lienthong.population.queries.noting import Ground, note_readings
from lienthong.population.rules import ForDossier, NarrowerSearchNeeded, TooManyPeople, UnknownPerson, Wish
from lienthong.population.words import Group, Purpose, Relation
from lienthong.territory.public import Unit

MOST_FOUND = 10
RECORD_GROUPS = tuple(group for group in Group if group not in {Group.LIFE, Group.ATTRIBUTES})
FOUND_GROUPS = (Group.NAME, Group.BIRTH, Group.SEX, Group.NUMBER, Group.RESIDENCE)


def with_places() -> QuerySet[Person]:
    return Person.objects.select_related("residence_unit__parent__parent")


@lru_cache(maxsize=20_000)
def _place(unit_id: int) -> Unit:
    """A unit under one name never changes, so a process may keep it."""
    return Unit.objects.select_related("parent__parent").get(pk=unit_id)


def people_numbered(numbers: Collection[str]) -> dict[str, Person]:
    """The records of these numbers, with their places. On the path of every filing, so without joins.

    A cancelled number gives the record under which its person goes on.
    """
    found = Person.objects.raw(
        "SELECT * FROM population_person WHERE personal_number = ANY(%s)", [list(numbers)]
    )
    people = {person.personal_number: person for person in found}
    cancelled = {number: person for number, person in people.items() if person.continued_as}
    if cancelled:
        now = people_numbered({person.continued_as for person in cancelled.values()})
        people |= {number: now.get(person.continued_as, person) for number, person in cancelled.items()}
    for person in people.values():
        if person.residence_unit_id:
            person.residence_unit = _place(person.residence_unit_id)
    return people


def read_person(
    number: str, *, purpose: Purpose, basis: str, by: Actor, dossier: ForDossier | None = None
) -> Person:
    """The whole record under a personal number, and the access written beside it.

    `basis`: article, plan or decision, in words the person will read. Raises PersonalNumberMalformed,
    NotAllowed or SignInNeeded (before looking), UnknownPerson, BasisNeeded.
    """
    digits = PersonalNumber.parse(number).digits
    require(by, "population.read", Wish(digits, purpose, dossier))
    ground = Ground(purpose, basis, dossier)
    with transaction.atomic():
        person = with_places().filter(personal_number=digits).first()
        if person is None:
            raise UnknownPerson
        note_readings([(person, RECORD_GROUPS)], ground, by=by)
    return person


def find_person(
    typed: str,
    *,
    basis: str,
    by: Actor,
    purpose: Purpose = Purpose.COUNTER,
    birth: PartialDate | None = None,
    commune: Unit | None = None,
) -> list[Person]:
    """People by personal number, by old number, or by name with a birth date or a commune.

    Names spelled with the very accents come first. At most MOST_FOUND people, each of whom sees
    that he was found. Raises UnknownPerson, NarrowerSearchNeeded, TooManyPeople, NotAllowed.
    """
    require(by, "population.find", purpose)
    ground = Ground(purpose, basis)
    with transaction.atomic():
        found = list(matching(typed, birth, commune)[: MOST_FOUND + 1])
        if not found:
            raise UnknownPerson
        if len(found) > MOST_FOUND:
            raise TooManyPeople(most=MOST_FOUND)
        note_readings([(person, FOUND_GROUPS) for person in found], ground, by=by)
    exact = match_key(typed)
    return sorted(found, key=lambda p: (match_key(p.full_name) != exact, p.sort_key, p.personal_number))


def matching(typed: str, birth: PartialDate | None, commune: Unit | None) -> QuerySet[Person]:
    digits = re.sub(r"[\s.\-]", "", typed)
    if digits.isdigit():
        if len(digits) == 9:
            held = Q(old_number=digits) | Q(other_old_numbers__contains=[digits])
            return with_places().filter(
                held & ~Q(other_old_numbers=[]) | Q(old_number=digits), continued_as=""
            )
        return with_places().filter(personal_number=number_now(PersonalNumber(digits).digits))
    if birth is None and commune is None:
        raise NarrowerSearchNeeded
    named = with_places().filter(search_key=fold(tidy(typed)), continued_as="")
    people = named.order_by("personal_number")
    if birth is not None:
        people = people.filter(_may_be_born(birth))
    return people.filter(residence_unit=commune) if commune is not None else people


def number_now(number: str) -> str:
    """The number under which the person of this number goes on: mostly itself."""
    seen: set[str] = set()
    while number not in seen:
        seen.add(number)
        found = Person.objects.filter(pk=number).values_list("continued_as", flat=True).first()
        number = found or number
    return number


def number_behind(ref: UUID, *, by: Actor) -> str:
    """The number of whom an address names by reference; nothing else of him is read. Raises UnknownPerson, NotAllowed."""
    require(by, "population.find", Purpose.REVIEW)
    found = Person.objects.filter(ref=ref).values_list("pk", flat=True).first()
    if found is None:
        raise UnknownPerson
    return found


def number_going_on(number: str, *, by: Actor) -> str:
    """The number under which a person goes on, where this one was cancelled; nothing else is read. Raises NotAllowed."""
    require(by, "population.read", Wish(number, Purpose.REVIEW))
    return number_now(number)


def numbers_of(number: str) -> list[str]:
    """This number, and every cancelled one whose person goes on under it."""
    found, ahead = [number], [number]
    while ahead:
        before = Person.objects.filter(continued_as__in=ahead).exclude(pk__in=found)
        ahead = sorted(before.values_list("pk", flat=True))
        found += ahead
    return found


def household_of(
    number: str, *, purpose: Purpose, basis: str, by: Actor, dossier: ForDossier | None = None
) -> list[Person]:
    """The household a person belongs to, its head first; empty when he belongs to none.

    Every member sees that he was read. Raises NotAllowed, UnknownPerson, BasisNeeded.
    """
    digits = PersonalNumber.parse(number).digits
    require(by, "population.household", Wish(digits, purpose, dossier))
    ground = Ground(purpose, basis, dossier)
    with transaction.atomic():
        person = with_places().filter(personal_number=digits).first()
        if person is None:
            raise UnknownPerson
        members = (
            with_places().filter(head_number=person.head_number)
            if person.head_number
            else Person.objects.none()
        )
        found = sorted(members, key=lambda p: (p.relation_to_head != Relation.HEAD, p.birth_date, p.pk))
        note_readings([(one, (*FOUND_GROUPS, Group.HOUSEHOLD)) for one in found or [person]], ground, by=by)
    return found


def _may_be_born(birth: PartialDate) -> Q:
    """Births that agree with the one given as far as both are known."""
    year, month = PartialDate(birth.year), PartialDate(birth.year, birth.month)
    agrees = Q(birth_date__range=(birth.earliest, birth.latest))
    agrees |= Q(birth_precision=Precision.YEAR, birth_date=year.earliest)
    if birth.month is not None:
        agrees |= Q(birth_precision=Precision.MONTH, birth_date=month.earliest)
    return agrees
