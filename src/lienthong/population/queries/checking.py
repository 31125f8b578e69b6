"""Does every record stand where its events say? For operators; it reads no name into any answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from uuid import UUID

from lienthong.population.models import LifeRow, Person
from lienthong.population.models.columns import columns_of
from lienthong.population.rules import fold

AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Departure:
    """A record that is not what its events come to, and in which columns."""

    person: UUID
    fields: tuple[str, ...]


def departures() -> Iterator[Departure]:
    """Walk every life that has events and compare it with its record. Bounded memory."""
    rows = LifeRow.objects.order_by("person_id", "id").iterator(AT_ONCE)
    for number, life in groupby(rows, key=lambda row: row.person_id):
        person = Person.objects.get(pk=number)
        columns = columns_of(fold(row.event() for row in life).values)
        wrong = tuple(sorted(name for name, value in columns.items() if getattr(person, name) != value))
        if wrong:
            yield Departure(person.ref, wrong)
