"""People in bulk: one COPY, the same rules as one by one."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final
from uuid import uuid4

import psycopg
from django.db import connection, transaction
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.identity.public import Actor, require
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.events import PeopleAdded
from lienthong.population.models import Batch
from lienthong.population.rules import (
    NewPerson,
    NumberTaken,
    check_person,
    check_source,
    search_key,
    sort_key,
)

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
    "other_old_numbers",
    "residence_since_precision",
    "died_on",
    "died_precision",
)

Row = tuple[str | date | int | list[str] | None, ...]


def add_people(
    rows: Iterable[NewPerson], *, by: Actor, source: str = "register:population", basis: str = ""
) -> int:
    """Enter many people in one COPY, each under the same rules; all or none. The count entered.

    Each is taken over as he stands: his first later event finds that written down as his event of
    entry. Raises NotAllowed, NumberTaken, or the PersonRefused of the first row that breaks a rule.
    """
    require(by, "population.add_people")
    check_source(source)
    batch = uuid4()
    copy = f"COPY population_person ({', '.join(COLUMNS)}, entered_batch) FROM STDIN"
    count = 0
    try:
        with transaction.atomic():
            with connection.cursor() as cursor, cursor.copy(copy) as sink:
                for row in _checked(rows):
                    sink.write_row((*row, batch))
                    count += 1
            Batch.objects.create(id=batch, actor=by.reference, source=source, basis=basis, count=count)
            record(PeopleAdded(batch=batch, count=count), by=by)
    except psycopg.errors.UniqueViolation as error:
        raise NumberTaken from error
    return count


def _checked(people: Iterable[NewPerson]) -> Iterator[Row]:
    today = timezone.localdate()
    for person in people:
        check_person(person, today=today)
        yield row_of(person)


def day_of(told: date | PartialDate | None) -> tuple[date | None, str]:
    """The stored day and its precision."""
    return (told.earliest, told.precision) if isinstance(told, PartialDate) else (told, "day")


def row_of(person: NewPerson) -> Row:
    name, died = person.full_name, person.died_on
    since, known = day_of(person.residence_since)
    return (
        person.personal_number,
        name,
        search_key(name),
        sort_key(name),
        person.birth.earliest,
        person.birth.precision,
        person.sex,
        person.ethnicity,
        person.nationality,
        person.status,
        person.residence_unit,
        person.residence_detail,
        since,
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
        [*person.other_old_numbers],
        known,
        died.earliest if died else None,
        died.precision if died else "day",
    )
