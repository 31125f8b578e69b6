"""Reading a life: its events, and the state on any day as it was known at any moment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lienthong.identity.public import Actor, require
from lienthong.kit.identifiers import PersonalNumber
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.models import Batch, LifeRow, Person
from lienthong.population.models.columns import entry_of
from lienthong.population.queries.noting import Ground, note_readings
from lienthong.population.queries.people import RECORD_GROUPS, with_places
from lienthong.population.rules import (
    BLANK,
    ForDossier,
    Life,
    LifeEvent,
    NewPerson,
    UnknownPerson,
    Values,
    Wish,
    fold,
    person_of,
    undone,
    unknown_on,
)
from lienthong.population.words import EVENT_NAMES, EventKind, Group, Purpose
from lienthong.territory.public import Unit


@dataclass(frozen=True, slots=True)
class Given:
    """Where a value comes from: which event, from which source, when, by whom, on which basis."""

    kind: EventKind
    act: UUID
    source: str
    recorded_at: datetime
    by: str
    basis: str


@dataclass(frozen=True, slots=True)
class PersonThen:
    """A person on a day, as known at a moment. `record` holds blanks where `unknown` names the field.

    `number`: the one borne on that day, where another was given since. `before`: the one it stands in the place of.
    """

    number: str
    day: date
    known_at: datetime | None
    record: NewPerson
    continued_as: str
    residence: Unit | None
    unknown: frozenset[str]
    provenance: Mapping[str, Given]
    """By field; and "personal_number": by which event the record began under its number."""
    before: str = ""


@dataclass(frozen=True, slots=True)
class LifeLine:
    """One event as a page shows it; `name` is a Vietnamese message id."""

    kind: EventKind
    name: str
    day: PartialDate
    recorded_at: datetime
    other: str
    changes: Values
    source: str
    basis: str
    by: str
    act: UUID
    is_undone: bool


def person_as_of(
    number: str,
    day: date,
    *,
    purpose: Purpose,
    basis: str,
    by: Actor,
    known_at: datetime | None = None,
    dossier: ForDossier | None = None,
) -> PersonThen:
    """The state of a person on a day, as the register knew it at `known_at` (now unless said).

    What was entered later does not change what was known before. Of a day before a new number was given it is the
    record under the old one. Raises UnknownPerson also for a day before birth, or a moment before the register knew
    the person; NotAllowed, BasisNeeded.
    """
    digits = PersonalNumber.parse(number).digits
    require(by, "population.read", Wish(digits, purpose, dossier))
    ground = Ground(purpose, basis, dossier)
    with transaction.atomic():
        person, events = _life_on(digits, day)
        life = fold(events, day=day, known_at=known_at)
        if life.origin is None or day < PartialDate.from_iso(str(life.values["birth"])).earliest:
            raise UnknownPerson
        note_readings([(person, (*RECORD_GROUPS, Group.LIFE))], ground, by=by)
        unknown = unknown_on(life, day)
        givers = {**_givers(life), "personal_number": life.origin}
        batches = _batches(givers.values())
    values = {**life.values, **{name: BLANK[name] for name in unknown}}
    return PersonThen(
        number=person.pk,
        day=day,
        known_at=known_at,
        record=person_of(person.pk, values),
        continued_as=str(values["continued_as"]),
        residence=_unit(values["residence_unit"]),
        unknown=unknown,
        provenance={
            name: _given(giver, batches) for name, giver in givers.items() if values.get(name, person.pk)
        },
        before=_instead_of(events),
    )


def _unit(value: object) -> Unit | None:
    return Unit.objects.select_related("parent").get(pk=value) if isinstance(value, int) else None


def _life(number: str) -> tuple[Person, list[LifeEvent]]:
    person = with_places().filter(personal_number=number).first()
    if person is None:
        raise UnknownPerson
    return person, events_of(person)


def _instead_of(events: Iterable[LifeEvent]) -> str:
    """The number in whose place this record began; empty for most."""
    return next((event.other for event in events if event.kind is EventKind.RENUMBERING), "")


def _cancelled(events: list[LifeEvent]) -> LifeEvent | None:
    """The event that ended a number, unless it was undone."""
    void = undone(events)
    return next((e for e in events if e.kind is EventKind.CONTINUATION and e.id not in void), None)


def _life_on(number: str, day: date) -> tuple[Person, list[LifeEvent]]:
    """The record under the number that its person bore on a day."""
    person, events = _life(number)
    old = _instead_of(events)
    if old:
        ended = _cancelled(_life(old)[1])
        if ended is not None and ended.other == number and day < ended.day.earliest:
            return _life_on(old, day)
    return person, events


def _givers(life: Life) -> dict[str, LifeEvent]:
    """Which event gave each value. What a new number did not change still comes from where the old record had it."""
    found = dict(life.givers)
    if life.origin is None or life.origin.kind is not EventKind.RENUMBERING:
        return found
    number, told = life.origin.other, {**BLANK, **life.origin.changes}
    old = fold(_life(number)[1], known_at=life.origin.recorded_at)
    before = _givers(old)
    for name, giver in life.givers.items():
        taken_over = told[name] == old.values[name] or old.values[name] == number
        if giver is life.origin and name in before and taken_over:
            found[name] = before[name]
    return found


def events_of(person: Person) -> list[LifeEvent]:
    """All events recorded of a person, the entry first; one of entry where nothing happened since."""
    rows = [row.event() for row in LifeRow.objects.filter(person=person).order_by("id")]
    return sorted(rows, key=lambda event: (not event.is_origin, event.id)) or [entry_of(person)]


def _batches(events: Iterable[LifeEvent]) -> dict[str, Batch]:
    sources = {event.source for event in events}
    ids = [source.removeprefix("batch:") for source in sources if source.startswith("batch:")]
    return {f"batch:{batch.pk}": batch for batch in Batch.objects.filter(pk__in=ids)} if ids else {}


def _given(event: LifeEvent, batches: Mapping[str, Batch]) -> Given:
    """A record that is still as it was taken over names its batch, and the batch its source."""
    batch = batches.get(event.source)
    source, basis, by = (
        (batch.source, batch.basis, batch.actor) if batch else (event.source, event.basis, event.by)
    )
    return Given(event.kind, event.act, source, event.recorded_at, by, basis)


def life_of(
    number: str, *, purpose: Purpose, basis: str, by: Actor, dossier: ForDossier | None = None
) -> list[LifeLine]:
    """Every event of a life in the order of their days; those undone are there and say so.

    Raises UnknownPerson, NotAllowed, BasisNeeded.
    """
    digits = PersonalNumber.parse(number).digits
    require(by, "population.read", Wish(digits, purpose, dossier))
    ground = Ground(purpose, basis, dossier)
    with transaction.atomic():
        person, events = _life(digits)
        note_readings([(person, (Group.LIFE,))], ground, by=by)
        batches = _batches(events)
    void = undone(events)
    ordered = sorted(events, key=lambda event: (not event.is_origin, event.day.earliest, event.id))
    return [_line(event, _given(event, batches), void) for event in ordered]


def _line(event: LifeEvent, given: Given, void: frozenset[int]) -> LifeLine:
    return LifeLine(
        kind=event.kind,
        name=EVENT_NAMES[event.kind],
        day=event.day,
        recorded_at=event.recorded_at,
        other=event.other,
        changes=event.changes,
        source=given.source,
        basis=given.basis,
        by=given.by,
        act=event.act,
        is_undone=event.id in void,
    )
