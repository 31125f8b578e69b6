"""Corrections, merging, new numbers, undoing. All append; nothing is overwritten."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from lienthong.identity.public import Actor, require
from lienthong.kit import names
from lienthong.kit.identifiers import PersonalNumber
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.actions.numbers import enter_if_free, enter_new, register_code
from lienthong.population.actions.writing import Lives, Telling, Told, enter_person, locked, record_act
from lienthong.population.models import LifeRow, Person
from lienthong.population.models.columns import values_of
from lienthong.population.rules import (
    CORRECTABLE,
    TAKEABLE,
    AlreadyUndone,
    CannotMerge,
    FieldNotCorrectable,
    ForDossier,
    LaterEventsDepend,
    LifeEvent,
    LifeRefused,
    NewNumberBeforeEvents,
    NewPerson,
    NoNewNumberNeeded,
    NothingToChange,
    NumberInRegister,
    OriginStays,
    UnknownAct,
    Value,
    Values,
    ValueUnusable,
    check_person,
    may_be_one_birth,
    person_of,
    steps_of,
    undone,
)
from lienthong.population.words import EventKind, Relation, Sex
from lienthong.territory.public import Unit

TEXTS: Final = frozenset({"full_name", "mother_name", "father_name", "home_town", "residence_detail"})
DAYS: Final = frozenset({"birth", "died_on", "residence_since"})
UNITS: Final = frozenset({"residence_unit", "home_town_unit"})


def apply_correction(
    number: str,
    changes: Mapping[str, Value],
    *,
    source: str,
    basis: str,
    by: Actor,
    dossier: ForDossier | None = None,
) -> UUID:
    """Correct what is wrong, or add what is missing, as one event (Law 60/2014/QH13, article 4, 12 and 13).

    `changes`: fields of CORRECTABLE to their values (see README); `old_number` adds one number.
    Each value holds from the day the wrong one held from, and `life_of` tells for each field which
    event gave it. The corrected record satisfies the rules of entry. Gives the act.
    Raises FieldNotCorrectable, ValueUnusable, NothingToChange, PersonRefused, LifeRefused.
    """
    require(by, "population.correct", dossier)
    telling = Telling(source, basis, by)
    with transaction.atomic():
        lives = locked(number)
        person = lives[number][0]
        wanted = _differing(changes, values_of(person))
        check_person(person_of(number, {**values_of(person), **wanted}), today=timezone.localdate())
        day = PartialDate.of(timezone.localdate())
        return record_act([Told(number, EventKind.CORRECTION, day, changes=wanted)], lives, telling)


def correct_person(
    number: str,
    field: str,
    value: Value,
    *,
    source: str,
    basis: str,
    by: Actor,
    dossier: ForDossier | None = None,
) -> UUID:
    """One field, as `apply_correction`."""
    return apply_correction(number, {field: value}, source=source, basis=basis, by=by, dossier=dossier)


def _differing(changes: Mapping[str, Value], held: Values) -> dict[str, Value]:
    """What the changes change, in stored form. Raises NothingToChange where they change nothing."""
    given = dict(changes)
    if "old_number" in given:
        added, known = given.pop("old_number"), held["old_numbers"]
        numbers = known if isinstance(known, tuple) else ()
        given["old_numbers"] = numbers if added in numbers else (*numbers, str(added))
    usable = {name: _usable(name, value) for name, value in given.items()}
    wanted = {name: value for name, value in usable.items() if value != held[name]}
    if not wanted:
        raise NothingToChange
    return wanted


def _usable(name: str, value: Value) -> Value:
    if name not in CORRECTABLE:
        raise FieldNotCorrectable(field=name)
    if name in UNITS:
        kept: Value = value if isinstance(value, int) and Unit.objects.filter(pk=value).exists() else None
    elif name == "old_numbers":
        kept = tuple(value) if isinstance(value, tuple | list) else None
    elif name in DAYS and value:
        kept = PartialDate.from_iso(str(value)).iso()
    elif name == "card_issued_on" and value:
        kept = date.fromisoformat(str(value)).isoformat()
    else:
        kept = names.tidy(value) if name in TEXTS and isinstance(value, str) else value
    if (kept is None and value is not None) or (kept is None and name not in UNITS):
        raise ValueUnusable(field=name)
    return kept


def merge_people(
    kept: str,
    merged: str,
    *,
    source: str,
    basis: str,
    by: Actor,
    taken: Collection[str] = (),
    by_paper: bool = False,
) -> UUID:
    """Two records of one person: `merged` is cancelled and goes on as `kept`, which takes over what it lacks.

    `taken`: fields of TAKEABLE in which the cancelled record is the right one. `by_paper`: `source` is a paper by
    which they are one person though sex or birth differ. Undone by `undo_act`.
    Raises CannotMerge when the records cannot be of one person, FieldNotCorrectable, PersonRefused.
    """
    require(by, "population.correct", None)
    telling = Telling(source, basis, by)
    today = PartialDate.of(timezone.localdate())
    with transaction.atomic():
        lives = locked(kept, merged)
        one, other = lives[kept][0], lives[merged][0]
        if kept == merged or not (by_paper or may_be_one(one, other)):
            raise CannotMerge
        told = [Told(merged, EventKind.CONTINUATION, today, other=kept)]
        changes = {**_lacking(values_of(one), values_of(other)), **_taken(taken, one, other)}
        if one.head_number == merged:
            changes |= {"head_number": kept, "relation_to_head": Relation.HEAD.value}
        if changes:
            check_person(person_of(kept, {**values_of(one), **changes}), today=timezone.localdate())
            told.append(Told(kept, EventKind.CORRECTION, today, other=merged, changes=changes))
        told += _redirected(merged, kept, lives, today)
        return record_act(told, lives, telling)


def may_be_one(one: Person, other: Person) -> bool:
    """Whether two records may be of one person by what their numbers say: sex, and birth as far as both are known."""
    return one.sex == other.sex and may_be_one_birth(one.birth, other.birth)


TAKEN_OVER: Final = ("mother_number", "mother_name", "father_number", "father_name", "home_town", "ethnicity")
PARENTS: Final[Mapping[str, str]] = {"mother_name": "mother_number", "father_name": "father_number"}


def _lacking(kept: Values, merged: Values) -> dict[str, Value]:
    found: dict[str, Value] = {name: merged[name] for name in TAKEN_OVER if merged[name] and not kept[name]}
    mine, theirs = kept["old_numbers"], merged["old_numbers"]
    if isinstance(mine, tuple) and isinstance(theirs, tuple) and set(theirs) - set(mine):
        found["old_numbers"] = (*mine, *(old for old in theirs if old not in mine))
    return found


def _taken(names_taken: Collection[str], one: Person, other: Person) -> dict[str, Value]:
    """What the cancelled record says, where it is right; a parent's number comes with the parent's name."""
    for name in names_taken:
        if name not in TAKEABLE:
            raise FieldNotCorrectable(field=name)
    mine, theirs = values_of(one), values_of(other)
    fields = {
        *names_taken,
        *(PARENTS[name] for name in names_taken if name in PARENTS and theirs[PARENTS[name]]),
    }
    return {name: theirs[name] for name in sorted(fields) if theirs[name] and theirs[name] != mine[name]}


RELATIVES: Final = ("mother_number", "father_number", "spouse_number", "head_number")


def _redirected(old: str, new: str, lives: Lives, today: PartialDate) -> list[Told]:
    """Corrections of the relatives whose records name the cancelled number; they are locked beside."""
    told = []
    for name in RELATIVES:
        naming = Person.objects.filter(**{name: old}, continued_as="").exclude(pk__in=[old, new])
        for number in sorted(naming.values_list("pk", flat=True)):
            if number not in lives:
                lives.update(locked(number))
            told.append(Told(number, EventKind.CORRECTION, today, other=new, changes={name: new}))
    return told


@dataclass(frozen=True, slots=True)
class Renumbered:
    """The number a person goes on under, and the act to undo."""

    number: str
    act: UUID


def renumber_person(
    number: str,
    changes: Mapping[str, Value],
    *,
    source: str,
    basis: str,
    by: Actor,
    on: PartialDate | None = None,
    given: str = "",
    dossier: ForDossier | None = None,
) -> Renumbered:
    """A new number from a day on (today unless said), since sex or birth year was corrected; the old one is cancelled
    and never given again, relatives' records name the new one at once.

    `given`: the number a paper names; empty: one is drawn by the rule. Decree 137/2015/NĐ-CP, article 14. Raises
    NoNewNumberNeeded where the old number still fits, NumberInRegister, NewNumberBeforeEvents, PersonRefused.
    """
    require(by, "population.correct", dossier)
    telling = Telling(source, basis, by)
    today = PartialDate.of(timezone.localdate())
    day = on or today
    with transaction.atomic():
        lives = locked(number)
        _check_day(lives[number][1], day)
        held = values_of(lives[number][0])
        values = {**held, **_differing(changes, held)}
        new = _enter_renumbered(number, values, telling, on=day, given=given)
        told = [Told(number, EventKind.CONTINUATION, day, other=new)]
        act = record_act([*told, *_redirected(number, new, lives, today)], lives, telling)
    return Renumbered(new, act)


def _check_day(events: Collection[LifeEvent], day: PartialDate) -> None:
    last = max((step.day for step in steps_of(events) if not step.event.is_origin), default=date.min)
    if day.earliest < last:
        raise NewNumberBeforeEvents(day=f"{last:%d/%m/%Y}")


def _enter_renumbered(old: str, values: Values, telling: Telling, *, on: PartialDate, given: str) -> str:
    sex, birth = Sex(str(values["sex"])), PartialDate.from_iso(str(values["birth"]))
    held = PersonalNumber(old)
    if held.birth_year == birth.year and held.sex.value == sex.value:
        raise NoNewNumberNeeded
    enter = partial(enter_person, telling=telling, instead_of=old, on=on)
    if not given:
        return enter_new(
            lambda new: _renumbered(new, old, values), register=register_code(), sex=sex, year=birth.year, enter=enter
        ).pk  # fmt: skip
    person = enter_if_free(_renumbered(PersonalNumber.parse(given).digits, old, values), enter)
    if person is None:
        raise NumberInRegister
    return person.pk


def _renumbered(new: str, old: str, values: Values) -> NewPerson:
    own = {name: new for name in RELATIVES if values[name] == old}
    return replace(person_of(new, {**values, **own}), personal_number=new)


def undo_act(act: UUID, *, source: str, basis: str, by: Actor) -> UUID:
    """Undo every event of an act by an event of its own; what was done stays readable.

    Of a renumbering the new number is cancelled in its turn, and nobody gets it again. Raises UnknownAct,
    AlreadyUndone, OriginStays, LaterEventsDepend. Gives the new act.
    """
    require(by, "population.correct", None)
    telling = Telling(source, basis, by)
    with transaction.atomic():
        rows = list(LifeRow.objects.filter(act=act).order_by("id"))
        if not rows or any(row.kind == EventKind.ANNULMENT for row in rows):
            raise UnknownAct
        if any(row.event().is_origin for row in rows):
            raise OriginStays
        lives = locked(*(number for row in rows for number in _concerned(row)))
        void = {one for _, events in lives.values() for one in undone(events)}
        if any(row.pk in void for row in rows):
            raise AlreadyUndone
        today = PartialDate.of(timezone.localdate())
        told = [Told(row.person_id, EventKind.ANNULMENT, today, undoes=row.pk) for row in rows]
        told += _given_back(rows, lives, today)
        try:
            return record_act(told, lives, telling)
        except LifeRefused as refused:
            raise LaterEventsDepend from refused


def _concerned(row: LifeRow) -> list[str]:
    """Whom it is about; and of a cancelled number the record that it goes on as."""
    return [row.person_id, row.other_number] if row.kind == EventKind.CONTINUATION else [row.person_id]


def _given_back(rows: Collection[LifeRow], lives: Lives, today: PartialDate) -> list[Told]:
    """A record that began under a new number goes back to the old one, and so does whoever named it meanwhile.

    Raises LaterEventsDepend where the number that goes on was cancelled since, or something happened under a new one.
    """
    covered = {(row.person_id, name) for row in rows for name in row.changes}
    told: list[Told] = []
    for old, new in [(row.person_id, row.other_number) for row in rows if row.kind == EventKind.CONTINUATION]:
        person, events = lives[new]
        if person.continued_as:
            raise LaterEventsDepend
        if not any(event.kind is EventKind.RENUMBERING and event.other == old for event in events):
            continue
        if len(events) > 1:
            raise LaterEventsDepend
        told.append(Told(new, EventKind.CONTINUATION, today, other=old))
        naming = _redirected(new, old, lives, today)
        told += [one for one in naming if not {(one.number, name) for name in one.changes} & covered]
    return told
