"""What other registers say of a person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from lienthong.identity.public import Actor, require
from lienthong.kit.identifiers import PersonalNumber
from lienthong.population.models import Attribute, Person
from lienthong.population.queries.noting import Ground, note_readings
from lienthong.population.queries.people import numbers_of
from lienthong.population.rules import ForDossier, UnknownPerson, Wish
from lienthong.population.words import Group, Purpose


@dataclass(frozen=True, slots=True)
class AttributeLine:
    """What one source says of one thing on a day; the newest it said until then."""

    id: int
    name: str
    value: str
    source: str
    valid_from: date
    recorded_at: datetime
    basis: str
    by: str


def attributes_of(
    number: str,
    *,
    purpose: Purpose,
    basis: str,
    by: Actor,
    names: Collection[str] = (),
    on: date | None = None,
    dossier: ForDossier | None = None,
) -> list[AttributeLine]:
    """Attributes that hold on a day (today unless said), one a name and source, by name and source.

    Two registers that differ give two lines; what was attached under a number that goes on as this one is among
    them. Raises UnknownPerson, NotAllowed, BasisNeeded.
    """
    digits = PersonalNumber.parse(number).digits
    require(by, "population.read", Wish(digits, purpose, dossier))
    ground = Ground(purpose, basis, dossier)
    with transaction.atomic():
        person = Person.objects.select_related("residence_unit__parent__parent").filter(pk=digits).first()
        if person is None:
            raise UnknownPerson
        found = Attribute.objects.filter(
            person__in=numbers_of(digits), valid_from__lte=on or timezone.localdate()
        )
        if names:
            found = found.filter(name__in=names)
        newest = found.order_by("name", "source", "-valid_from", "-id").distinct("name", "source")
        lines = [_line(attribute) for attribute in newest if attribute.value]
        note_readings([(person, (Group.ATTRIBUTES,))], ground, by=by)
    return lines


def _line(attribute: Attribute) -> AttributeLine:
    return AttributeLine(
        id=attribute.pk,
        name=attribute.name,
        value=attribute.value,
        source=attribute.source,
        valid_from=attribute.valid_from,
        recorded_at=attribute.recorded_at,
        basis=attribute.basis,
        by=attribute.actor,
    )
