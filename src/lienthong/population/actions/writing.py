"""The one way events are written: locked, checked against the whole life, the record kept beside them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.utils import timezone

from lienthong.audit.public import record_all
from lienthong.identity.public import Actor
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.actions.entry import COLUMNS, row_of
from lienthong.population.events import LifeEventRecorded
from lienthong.population.models import LifeRow, Person
from lienthong.population.models.columns import columns_of, entry_of, values_of
from lienthong.population.rules import (
    BLANK,
    BasisNeeded,
    ContinuedElsewhere,
    LifeEvent,
    NewPerson,
    UnknownPerson,
    Value,
    Values,
    check_life,
    check_source,
    fold,
)
from lienthong.population.words import EventKind


@dataclass(frozen=True, slots=True)
class Telling:
    """Who tells of an act, from where, and by which law or paper."""

    source: str
    basis: str
    by: Actor

    def __post_init__(self) -> None:
        check_source(self.source)
        if not self.basis.strip():
            raise BasisNeeded


@dataclass(frozen=True, slots=True)
class Told:
    """One event to be written, of one person."""

    number: str
    kind: EventKind
    day: PartialDate
    other: str = ""
    changes: Values = field(default_factory=dict)
    undoes: int | None = None


Lives = dict[str, tuple[Person, list[LifeEvent]]]
"""By personal number: the person, locked, and what was recorded of him so far."""


def locked(*numbers: str) -> Lives:
    """The people and their events, held until the transaction ends; always locked in the same order.

    Raises UnknownPerson when one of them is not in the register.
    """
    wanted = sorted(set(numbers))
    people = Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=wanted)
    found = {person.pk: person for person in people.order_by("pk")}
    if len(found) < len(wanted):
        raise UnknownPerson
    rows: dict[str, list[LifeEvent]] = {number: [] for number in wanted}
    for row in LifeRow.objects.filter(person__in=wanted).order_by("id"):
        rows[row.person_id].append(row.event())
    return {number: (one, rows[number] or [entry_of(one)]) for number, one in found.items()}


def record_act(told: Sequence[Told], lives: Lives, telling: Telling) -> UUID:
    """Write the events of one act and bring the records after them. `lives` were locked before.

    Raises the LifeRefused of the first event that cannot have happened; nothing is written then.
    """
    if any(lives[one.number][0].continued_as for one in told if one.kind is not EventKind.ANNULMENT):
        raise ContinuedElsewhere
    act, now, today = uuid4(), timezone.now(), timezone.localdate()
    ids = next_ids(len(told))
    written: list[tuple[str, LifeEvent]] = []
    for one, event_id in zip(told, ids, strict=True):
        event = _event(one, event_id, act, now, telling)
        written.append((one.number, event))
        lives[one.number][1].append(event)
    for number in {number for number, _ in written}:
        check_life(lives[number][1], today=today)
    insert_events(written)
    for number in sorted({number for number, _ in written}):
        follow(*lives[number])
    record_all((_recorded(lives[number][0], event) for number, event in written), by=telling.by)
    return act


def _event(told: Told, event_id: int, act: UUID, now: datetime, telling: Telling) -> LifeEvent:
    return LifeEvent(
        id=event_id,
        kind=told.kind,
        day=told.day,
        recorded_at=now,
        act=act,
        other=told.other,
        changes=told.changes,
        undoes=told.undoes,
        source=telling.source,
        basis=telling.basis,
        by=telling.by.reference,
    )


def _recorded(person: Person, event: LifeEvent) -> LifeEventRecorded:
    return LifeEventRecorded(
        person=person.ref, what=event.kind, act=event.act, source=event.source, basis=event.basis
    )


def follow(person: Person, events: Sequence[LifeEvent]) -> None:
    """Set the person's columns to what the events come to."""
    changed = {
        name: value
        for name, value in columns_of(fold(events).values).items()
        if getattr(person, name) != value
    }
    changed["last_event"] = max(event.id for event in events)
    for name, value in changed.items():
        setattr(person, name, value)
    Person.objects.filter(pk=person.pk).update(**changed)


def next_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('population_life_event_id') FROM generate_series(1, %s)", [count])
        return [number for (number,) in cursor.fetchall()]


INSERT = """
INSERT INTO population_life_event (id, person_number, act, kind, day, precision, other_number, changes,
                                   undoes, source, basis, actor, recorded_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def insert_events(written: Sequence[tuple[str, LifeEvent]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, [_columns(number, event) for number, event in written])


def _columns(number: str, event: LifeEvent) -> tuple[Any, ...]:
    return (
        event.id,
        number,
        event.act,
        event.kind,
        event.day.earliest,
        event.day.precision,
        event.other,
        stored(event.changes),
        event.undoes,
        event.source,
        event.basis,
        event.by,
        event.recorded_at,
    )


def stored(changes: Values) -> str:
    return json.dumps(dict(changes), ensure_ascii=False)


def enter_person(
    new: NewPerson, telling: Telling, *, instead_of: str = "", on: PartialDate | None = None
) -> Person:
    """A person with the event that begins his life; or, `instead_of` a number, his record under another from a day on.

    Call in a transaction; the record was checked.
    """
    (event_id,) = next_ids(1)
    row: Mapping[str, Any] = dict(zip(COLUMNS, row_of(new), strict=True))
    person = Person.objects.create(**row, last_event=event_id, entered_at=timezone.now())
    changes: dict[str, Value] = {
        name: value for name, value in values_of(person).items() if value != BLANK[name]
    }
    kind = EventKind.RENUMBERING if instead_of else EventKind.BIRTH
    told = Told(person.pk, kind, on or new.birth, other=instead_of, changes=changes)
    event = _event(told, event_id, uuid4(), person.entered_at, telling)
    insert_events([(person.pk, event)])
    record_all([_recorded(person, event)], by=telling.by)
    return person
