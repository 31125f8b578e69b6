"""What other registers say of people, with source and date. It is added beside the record and never changes it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction

from lienthong.audit.public import record
from lienthong.identity.public import Actor, require
from lienthong.kit import names
from lienthong.population.actions.writing import Telling, locked
from lienthong.population.events import AttributeAttached, AttributesAttached
from lienthong.population.models import Attribute
from lienthong.population.rules import AttributeUnclear

ATTRIBUTE: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")


def attach_attribute(
    number: str,
    name: str,
    value: str,
    *,
    source: str,
    valid_from: date,
    basis: str,
    by: Actor,
) -> int:
    """Add what another register says of a person from a day on; empty when it holds no more. Gives its id.

    What that register said before stays. Raises AttributeUnclear, UnknownPerson, SourceUnclear.
    """
    require(by, "population.correct", None)
    telling = Telling(source, basis, by)
    if not ATTRIBUTE.fullmatch(name):
        raise AttributeUnclear
    with transaction.atomic():
        person = locked(number)[number][0]
        attribute = Attribute.objects.create(
            person=person,
            name=name,
            value=names.nfc(value).strip(),
            source=telling.source,
            valid_from=valid_from,
            basis=basis,
            actor=by.reference,
        )
        record(AttributeAttached(person=person.ref, attribute=name, source=source, basis=basis), by=by)
    return attribute.pk


@dataclass(frozen=True, slots=True)
class NewAttribute:
    """What a register says of one person; `value` "": it holds no more."""

    number: str
    name: str
    value: str
    valid_from: date


def attach_attributes(rows: Sequence[NewAttribute], *, source: str, basis: str, by: Actor) -> int:
    """Add what one register says of many people; gives how many lines are new.

    What it said already is not said again, so that a piece may be done twice; numbers of nobody are passed over.
    Raises AttributeUnclear, SourceUnclear.
    """
    require(by, "population.correct", None)
    telling = Telling(source, basis, by)
    if not all(ATTRIBUTE.fullmatch(name) for name in {row.name for row in rows}):
        raise AttributeUnclear
    with transaction.atomic(), connection.cursor() as cursor:
        columns: list[list[object]] = [
            [row.number for row in rows],
            [row.name for row in rows],
            [names.nfc(row.value).strip() for row in rows],
            [row.valid_from for row in rows],
        ]
        cursor.execute(ATTACH, [telling.source, basis, by.reference, *columns, telling.source])
        count = int(cursor.rowcount)
        if count:
            record(AttributesAttached(source=source, count=count, basis=basis), by=by)
    return count


ATTACH: Final = """
INSERT INTO population_attribute (person_number, name, value, source, valid_from, basis, actor)
SELECT DISTINCT ON (given.number, given.name, given.day) given.number, given.name, given.value, %s, given.day, %s, %s
FROM unnest(%s::text[], %s::text[], %s::text[], %s::date[]) AS given (number, name, value, day)
-- One look-up a row: joined as tables, every piece of a few thousand would walk the whole register.
JOIN LATERAL (SELECT FROM population_person WHERE personal_number = given.number LIMIT 1) person ON true
LEFT JOIN LATERAL (
    SELECT value FROM population_attribute known
    WHERE known.person_number = given.number AND known.name = given.name AND known.source = %s
        AND known.valid_from <= given.day
    ORDER BY known.valid_from DESC, known.id DESC LIMIT 1
) held ON true
WHERE coalesce(held.value, '') <> given.value
"""
