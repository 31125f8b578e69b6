"""A birth by decision: one person under a new number."""

from functools import partial

from django.db import connection, transaction

from lienthong.audit.public import record
from lienthong.identity.public import Actor, require
from lienthong.kit import names
from lienthong.population.actions.numbers import enter_new, register_code
from lienthong.population.actions.writing import Telling, enter_person
from lienthong.population.events import BirthRegistered
from lienthong.population.models import Birth, Person
from lienthong.population.rules import (
    BasisNeeded,
    BirthAlreadyRegistered,
    ForDossier,
    NewBorn,
    person_of_birth,
)


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
        person = _enter(child, source=f"dossier:{dossier.code}", basis=basis, by=by)
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


def _enter(child: NewBorn, *, source: str, basis: str, by: Actor) -> Person:
    return enter_new(
        lambda number: person_of_birth(child, number),
        register=register_code(),
        sex=child.sex,
        year=child.birth.year,
        enter=partial(enter_person, telling=Telling(source, basis, by)),
    )
