"""Writes of the register: a birth by decision, and people in bulk."""

import secrets
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import uuid4

import psycopg
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.identity.public import Actor, require
from lienthong.kit import names
from lienthong.population.events import BirthRegistered, PeopleAdded
from lienthong.population.models import Birth, Person
from lienthong.population.rules import (
    BasisNeeded,
    BirthAlreadyRegistered,
    ForDossier,
    NewBorn,
    NewPerson,
    NumbersUsedUp,
    NumberTaken,
    check_person,
    draw_number,
    person_of_birth,
)

TRIES: Final = 50

COLUMNS: Final = (
    "personal_number",
    "full_name",
    "search_key",
    "sort_key",
    "birth_date",
    "birth_precision",
    "sex",
    "ethnicity",
    "nationality",
    "status",
    "residence_unit_id",
    "residence_detail",
    "residence_since",
    "home_town_unit_id",
    "home_town",
    "mother_number",
    "mother_name",
    "father_number",
    "father_name",
    "spouse_number",
    "head_number",
    "relation_to_head",
    "old_number",
    "card_issued_on",
    "card_issued_by",
)

Row = tuple[str | date | int | None, ...]


def register_code() -> str:
    """The three digits that begin the numbers of children registered here.

    What newborn children get in a province merged on 1/7/2025 was not in our sources: a setting,
    BIRTH_REGISTER_CODE. Unset it is 099, which is given to nobody.
    """
    return str(getattr(settings, "BIRTH_REGISTER_CODE", "099"))


def register_birth(*, child: NewBorn, dossier: ForDossier, basis: str, by: Actor) -> Person:
    """Enter a child whose birth the dossier decided, under a new personal number.

    Done twice for one dossier it enters one child and gives it back. Raises NotAllowed,
    BirthDayNeeded, BirthAlreadyRegistered, NumbersUsedUp or another PersonRefused.
    """
    require(by, "population.register_birth", dossier)
    if not basis.strip():
        raise BasisNeeded
    with transaction.atomic():
        _one_at_a_time(dossier.code, child.mother_number)
        known = Birth.objects.select_related("person").filter(dossier=dossier.code).first()
        if known is not None:
            return known.person
        if _is_registered(child):
            raise BirthAlreadyRegistered
        person = _enter_under_a_free_number(child)
        Birth.objects.create(person=person, dossier=dossier.code, basis=basis)
        record(BirthRegistered(person=person.ref, dossier=dossier.code, basis=basis), by=by)
    return person


def _one_at_a_time(dossier: str, mother: str) -> None:
    """Whoever else registers a birth of this dossier or this mother waits until this transaction ends."""
    with connection.cursor() as cursor:
        for held in (f"birth:{dossier}", f"birth of:{mother}" if mother else ""):
            if held:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [held])


def _is_registered(child: NewBorn) -> bool:
    if not child.mother_number:
        return False
    siblings = Person.objects.filter(mother_number=child.mother_number, birth_date=child.birth.earliest)
    return siblings.filter(search_key=names.fold(child.full_name)).exists()


def _enter_under_a_free_number(child: NewBorn) -> Person:
    today = timezone.localdate()
    for _ in range(TRIES):
        number = draw_number(register_code(), child.sex, child.birth.year, draw=secrets.randbelow)
        newborn = person_of_birth(child, number)
        check_person(newborn, today=today)
        try:
            with transaction.atomic():
                return Person.objects.create(**dict(zip(COLUMNS, _row(newborn), strict=True)))
        except IntegrityError as error:
            if not isinstance(error.__cause__, psycopg.errors.UniqueViolation):
                raise
    raise NumbersUsedUp


def add_people(rows: Iterable[NewPerson], *, by: Actor) -> int:
    """Enter many people in one COPY, each under the same rules; all or none. The count entered.

    Raises NotAllowed, NumberTaken, or the PersonRefused of the first row that breaks a rule.
    """
    require(by, "population.add_people")
    copy = f"COPY population_person ({', '.join(COLUMNS)}) FROM STDIN"
    count = 0
    try:
        with transaction.atomic():
            with connection.cursor() as cursor, cursor.copy(copy) as sink:
                for row in _checked(rows):
                    sink.write_row(row)
                    count += 1
            record(PeopleAdded(batch=uuid4(), count=count), by=by)
    except psycopg.errors.UniqueViolation as error:
        raise NumberTaken from error
    return count


def _checked(people: Iterable[NewPerson]) -> Iterator[Row]:
    today = timezone.localdate()
    for person in people:
        check_person(person, today=today)
        yield _row(person)


def _row(person: NewPerson) -> Row:
    name = person.full_name
    return (
        person.personal_number,
        name,
        _search_key(name),
        _sort_key(name),
        person.birth.earliest,
        person.birth.precision,
        person.sex,
        person.ethnicity,
        person.nationality,
        person.status,
        person.residence_unit,
        person.residence_detail,
        person.residence_since,
        person.home_town_unit,
        person.home_town,
        person.mother_number,
        person.mother_name,
        person.father_number,
        person.father_name,
        person.spouse_number,
        person.head_number,
        person.relation_to_head or "",
        person.old_number,
        person.card_issued_on,
        person.card_issued_by,
    )


# Vietnamese names repeat their words: a key a word, kept, is many times cheaper than a key a name.
_folded = lru_cache(maxsize=100_000)(names.fold)
_word_key = lru_cache(maxsize=100_000)(names.sort_key)


def _search_key(name: str) -> str:
    return " ".join(filter(None, map(_folded, name.split())))


def _sort_key(name: str) -> str:
    family, *rest = name.split()
    words = [rest[-1], family, *rest[:-1]] if rest else [family]
    return " ".join(map(_word_key, words))
