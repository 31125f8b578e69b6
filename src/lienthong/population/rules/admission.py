"""Which events may follow which: impossible lives are refused, each with its sentence.

A whole life is walked again with the new event in its place, so that what is told late (or undone)
must fit what came after it too.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from lienthong.kit.errors import Refused
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.rules.life import BLANK, LifeEvent, Step, Value, steps_of
from lienthong.population.rules.refusals import (
    ActsAfterDeath,
    ActsWhileAbroad,
    ActsWhileMissing,
    ContinuedElsewhere,
    DiesTwice,
    EventBeforeBirth,
    EventInFuture,
    MarriesKin,
    MarriesOneself,
    MarriesTheDead,
    MarriesTwice,
    NotAbroad,
    NotMarriedToEachOther,
    NotMissing,
    PlaceNotThere,
    SameSexNotRecognised,
    UnderMarriageAge,
)
from lienthong.population.words import EventKind, Sex, Status

MARRIAGE_AGE: Final[Mapping[str, int]] = MappingProxyType({Sex.MALE.value: 20, Sex.FEMALE.value: 18})
"""Law 52/2014/QH13, article 8, 1 a: full years on the day of registration."""

EVER: Final = frozenset(Status)
HERE: Final = frozenset({Status.ALIVE})
LIVING: Final = frozenset({Status.ALIVE, Status.EMIGRATED})
NOT_DEAD: Final = EVER - {Status.DEAD}

ADMITS: Final[Mapping[EventKind, frozenset[Status]]] = MappingProxyType(
    {
        EventKind.ENTRY: EVER,
        EventKind.BIRTH: EVER,
        EventKind.RENUMBERING: EVER,
        EventKind.MARRIAGE: LIVING,
        EventKind.DIVORCE: NOT_DEAD,  # from a missing person too: Law 52/2014/QH13, article 56, 2
        EventKind.WIDOWING: NOT_DEAD,
        EventKind.MOVE: HERE,
        EventKind.HOUSEHOLD: HERE,
        EventKind.NAMING: LIVING,
        EventKind.DEATH: NOT_DEAD,
        EventKind.MISSING: LIVING,
        EventKind.FOUND: frozenset({Status.MISSING, Status.DEAD}),
        EventKind.EMIGRATION: HERE,
        EventKind.RETURN: frozenset({Status.EMIGRATED}),
        EventKind.CONTINUATION: EVER,
    }
)
"""The status a person must have for an event. Corrections and annulments have no place of their own."""

OTHERWISE: Final[Mapping[Status, type[Refused]]] = MappingProxyType(
    {Status.DEAD: ActsAfterDeath, Status.MISSING: ActsWhileMissing, Status.EMIGRATED: ActsWhileAbroad}
)
WORDS_FOR: Final[Mapping[tuple[EventKind, Status], type[Refused]]] = MappingProxyType(
    {
        (EventKind.DEATH, Status.DEAD): DiesTwice,
        (EventKind.MARRIAGE, Status.DEAD): MarriesTheDead,
        (EventKind.MARRIAGE, Status.MISSING): MarriesTheDead,
        (EventKind.FOUND, Status.ALIVE): NotMissing,
        (EventKind.FOUND, Status.EMIGRATED): NotMissing,
        (EventKind.RETURN, Status.ALIVE): NotAbroad,
    }
)
"""The sentence where the status alone does not say it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The state before an event, and by which event each value was given."""

    values: Mapping[str, Value]
    givers: Mapping[str, LifeEvent]

    def text(self, name: str) -> str:
        return str(self.values[name] or "")


def check_life(events: Iterable[LifeEvent], *, today: date) -> None:
    """Walk the life and raise the LifeRefused of the first event that cannot have happened."""
    values: dict[str, Value] = dict(BLANK)
    givers: dict[str, LifeEvent] = {}
    for step in steps_of(events):
        if not step.event.is_origin:
            _check_step(step, Standing(values, givers), today)
        values.update(step.changes)
        givers.update(step.givers)


def _check_step(step: Step, before: Standing, today: date) -> None:
    event = step.event
    if event.day.earliest > today:
        raise EventInFuture
    if event.day.latest < PartialDate.from_iso(before.text("birth")).earliest:
        raise EventBeforeBirth
    if before.values["continued_as"]:
        raise ContinuedElsewhere
    status = Status(before.text("status"))
    if status not in ADMITS[event.kind]:
        raise WORDS_FOR.get((event.kind, status)) or OTHERWISE.get(status, NotMissing)
    check = MORE.get(event.kind)
    if check is not None:
        check(event, before)


def _check_marriage(event: LifeEvent, before: Standing) -> None:
    spouse = before.text("spouse_number")
    dated_later = spouse == event.other and before.givers["spouse_number"].kind is EventKind.ENTRY
    if spouse and not dated_later:
        raise MarriesTwice
    check_marriage_age(before.text("sex"), PartialDate.from_iso(before.text("birth")), on=event.day)


def _check_divorce(event: LifeEvent, before: Standing) -> None:
    if before.text("spouse_number") != event.other:
        raise NotMarriedToEachOther


MORE: Final[Mapping[EventKind, Callable[[LifeEvent, Standing], None]]] = MappingProxyType(
    {
        EventKind.MARRIAGE: _check_marriage,
        EventKind.DIVORCE: _check_divorce,
        EventKind.WIDOWING: _check_divorce,
    }
)


def check_marriage_age(sex: str, birth: PartialDate, *, on: PartialDate) -> None:
    """Full 20 years for men, 18 for women (Law 52/2014/QH13, article 8, 1 a).

    Where day or month of birth is not known, the first is taken (01/2016/TTLT-TANDTC-VKSNDTC-BTP,
    article 2); a sex not yet determined needs the higher age.
    """
    years = MARRIAGE_AGE.get(sex, max(MARRIAGE_AGE.values()))
    born, day = birth.earliest, on.latest
    if (day.year - years, day.month, day.day) < (born.year, born.month, born.day):
        raise UnderMarriageAge


def check_couple(one: Mapping[str, Value], other: Mapping[str, Value], numbers: tuple[str, str]) -> None:
    """Two people who may marry each other at all: `one` and `other` are the values of their records."""
    if numbers[0] == numbers[1]:
        raise MarriesOneself
    sexes = {one["sex"], other["sex"]} - {Sex.UNDETERMINED.value}
    if one["sex"] == other["sex"] and sexes:
        raise SameSexNotRecognised
    parents = [{values["mother_number"], values["father_number"]} - {""} for values in (one, other)]
    if parents[0] & parents[1] or numbers[1] in parents[0] or numbers[0] in parents[1]:
        raise MarriesKin


def check_place(
    name: str, valid_from: date, valid_to: date | None, *, on: PartialDate, known_since: date
) -> None:
    """A place stood on some day that `on` may be. Of days before `known_since`, the units then known count."""
    first, last = max(on.earliest, known_since), max(on.latest, known_since)
    if valid_from > last or (valid_to is not None and valid_to <= first):
        raise PlaceNotThere(unit=name, day=str(on))
