"""What the events of a life make of a person's record: a fold over one table.

Two times: `day` is when an event holds, `recorded_at` since when the register knows it. A state
"as of" a day leaves out later days; "as known at" a moment leaves out later records.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from lienthong.kit.calendar import local
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.rules.refusals import SourceUnclear
from lienthong.population.words import EventKind, Status

Value = str | int | None | tuple[str, ...]
Values = Mapping[str, Value]

BLANK: Final[Values] = MappingProxyType(
    {
        "full_name": "",
        "birth": "",
        "sex": "",
        "ethnicity": "",
        "nationality": "VN",
        "status": Status.ALIVE.value,
        "died_on": "",
        "residence_unit": None,
        "residence_detail": "",
        "residence_since": "",
        "home_town_unit": None,
        "home_town": "",
        "mother_number": "",
        "mother_name": "",
        "father_number": "",
        "father_name": "",
        "spouse_number": "",
        "head_number": "",
        "relation_to_head": "",
        "old_numbers": (),
        "card_issued_on": "",
        "card_issued_by": "",
        "continued_as": "",
    }
)
"""Every field of a record, as nobody knows it yet. Dates are ISO as far as known, units primary keys."""

BORN_WITH: Final = frozenset(
    {"birth", "sex", "ethnicity", "home_town_unit", "home_town"}
    | {"mother_number", "mother_name", "father_number", "father_name"}
)
"""What holds from birth on, whenever it was told."""

NAMED_WITH: Final = frozenset({"full_name", "nationality", "old_numbers"})
"""What is taken to have held before, too, unless an event of naming says otherwise."""

CORRECTABLE: Final = frozenset(BLANK) - {"status", "continued_as"}
"""Status follows from events: undo the wrong one."""

RESIDENCE: Final = ("residence_unit", "residence_detail", "residence_since")
DATED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "residence_since": RESIDENCE,
        "card_issued_on": ("card_issued_on", "card_issued_by"),
        "died_on": ("died_on", "status"),
    }
)
"""Parts of a record taken over that carry the day they hold from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEvent:
    """One event of one person, as it was recorded. `changes`: what it says of fields of BLANK."""

    id: int
    kind: EventKind
    day: PartialDate
    recorded_at: datetime
    act: UUID
    other: str = ""
    """The personal number of the other party."""
    changes: Values = field(default_factory=dict)
    undoes: int | None = None
    source: str = ""
    basis: str = ""
    by: str = ""

    @property
    def is_origin(self) -> bool:
        return self.kind in ORIGINS


ORIGINS: Final = frozenset({EventKind.ENTRY, EventKind.BIRTH, EventKind.RENUMBERING})
ENDS: Final = frozenset({EventKind.DEATH, EventKind.MISSING, EventKind.EMIGRATION})
NOTES: Final = frozenset({EventKind.CORRECTION, EventKind.ANNULMENT})
"""Events about other events: they take no place of their own in a life."""


def held_from(event: LifeEvent, day: PartialDate) -> date:
    """An end of which only the year is known comes after the rest of that year, yet never tomorrow."""
    if event.kind in ENDS:
        return min(day.latest, max(local(event.recorded_at).date(), day.earliest))
    return day.earliest


@dataclass(frozen=True, slots=True)
class Effect:
    """What a kind of event does to a record, beside what its own `changes` say."""

    fixed: Values = field(default_factory=dict)
    dated: str = ""
    """The field that takes the day of the event."""
    other: str = ""
    """The field that takes the number of the other party."""
    carries: frozenset[str] = frozenset()
    """The fields its `changes` may name."""


NO_HOUSEHOLD: Final[Values] = MappingProxyType({"head_number": "", "relation_to_head": ""})
NO_RESIDENCE: Final[Values] = MappingProxyType(
    {"residence_unit": None, "residence_detail": "", "residence_since": ""}
)

EFFECTS: Final[Mapping[EventKind, Effect]] = MappingProxyType(
    {
        EventKind.ENTRY: Effect(carries=frozenset(BLANK)),
        EventKind.BIRTH: Effect(carries=frozenset(BLANK)),
        EventKind.RENUMBERING: Effect(carries=frozenset(BLANK)),
        EventKind.MARRIAGE: Effect(other="spouse_number"),
        EventKind.DIVORCE: Effect(fixed={"spouse_number": ""}),
        EventKind.WIDOWING: Effect(fixed={"spouse_number": ""}),
        EventKind.MOVE: Effect(
            fixed={"residence_detail": "", **NO_HOUSEHOLD},
            dated="residence_since",
            carries=frozenset({"residence_unit", "residence_detail", *NO_HOUSEHOLD}),
        ),
        EventKind.HOUSEHOLD: Effect(fixed=NO_HOUSEHOLD, carries=frozenset(NO_HOUSEHOLD)),
        EventKind.NAMING: Effect(carries=frozenset({"full_name"})),
        EventKind.DEATH: Effect(
            fixed={"status": Status.DEAD.value, "spouse_number": "", **NO_HOUSEHOLD}, dated="died_on"
        ),
        EventKind.MISSING: Effect(fixed={"status": Status.MISSING.value, **NO_HOUSEHOLD}),
        EventKind.FOUND: Effect(
            fixed={"status": Status.ALIVE.value, "died_on": ""}, carries=frozenset({"spouse_number"})
        ),
        EventKind.EMIGRATION: Effect(
            fixed={"status": Status.EMIGRATED.value, **NO_RESIDENCE, **NO_HOUSEHOLD},
        ),
        EventKind.RETURN: Effect(fixed={"status": Status.ALIVE.value}),
        EventKind.CONTINUATION: Effect(other="continued_as", fixed=NO_HOUSEHOLD),
        EventKind.CORRECTION: Effect(carries=CORRECTABLE),
        EventKind.ANNULMENT: Effect(),
    }
)


@dataclass(slots=True)
class Outcome:
    """What one event sets, corrections put in, and the event that gave each value."""

    event: LifeEvent
    changes: dict[str, Value]
    givers: dict[str, LifeEvent]

    @property
    def day(self) -> date:
        """When it holds; an event whose day was corrected holds from the corrected day."""
        dated = EFFECTS[self.event.kind].dated
        told = str(self.changes[dated]) if dated else ""
        return held_from(self.event, PartialDate.from_iso(told) if told else self.event.day)


@dataclass(frozen=True, slots=True)
class Step:
    """One move of the fold."""

    event: LifeEvent
    day: date
    changes: Values
    givers: Mapping[str, LifeEvent]

    @property
    def place(self) -> tuple[date, bool, int]:
        """Origins come first; on one day, the order in which they were recorded."""
        return (self.day, not self.event.is_origin, self.event.id)


@dataclass(frozen=True, slots=True)
class Life:
    """The state after some events: a value for every field, and the event each came from."""

    values: Values
    givers: Mapping[str, LifeEvent]
    origin: LifeEvent | None


def undone(events: Iterable[LifeEvent]) -> frozenset[int]:
    """Ids of the events that an annulment among them undoes."""
    return frozenset(event.undoes for event in events if event.undoes is not None)


def steps_of(events: Iterable[LifeEvent], *, known_at: datetime | None = None) -> list[Step]:
    """The moves of a life in their order, corrections put into the events they correct."""
    known = [event for event in events if known_at is None or event.recorded_at <= known_at]
    void = undone(known)
    standing = sorted((event for event in known if event.id not in void), key=lambda event: event.id)
    outcomes = {event.id: _outcome(event) for event in standing if event.kind not in NOTES}
    for event in standing:
        if event.kind is EventKind.CORRECTION:
            _correct(outcomes, event)
    return _in_order(outcomes)


def _in_order(outcomes: Mapping[int, Outcome]) -> list[Step]:
    steps = (step for outcome in outcomes.values() for step in _steps(outcome))
    return sorted(steps, key=lambda step: step.place)


def _steps(outcome: Outcome) -> list[Step]:
    """One for an event, several for a record taken over: each dated part holds from its own day."""
    event, changes = outcome.event, dict(outcome.changes)
    if not event.is_origin:
        return [Step(event, outcome.day, changes, outcome.givers)]
    parts = []
    for since, fields in DATED.items() if event.kind is EventKind.ENTRY else ():
        if told := changes.get(since):
            day = PartialDate.from_iso(str(told)).earliest
            parts.append(_part(outcome, day, {name: changes.pop(name) for name in fields}))
    return [_part(outcome, date.min, changes), *parts]


def _part(outcome: Outcome, day: date, changes: Values) -> Step:
    return Step(outcome.event, day, changes, {name: outcome.givers[name] for name in changes})


def _outcome(event: LifeEvent) -> Outcome:
    effect = EFFECTS[event.kind]
    values: dict[str, Value] = {**BLANK} if event.is_origin else {}
    values.update(effect.fixed)
    values.update({name: value for name, value in event.changes.items() if name in effect.carries})
    if effect.dated:
        values[effect.dated] = event.day.iso()
    if effect.other:
        values[effect.other] = event.other
    return Outcome(event, values, dict.fromkeys(values, event))


def _correct(outcomes: Mapping[int, Outcome], correction: LifeEvent) -> None:
    """Put each corrected value where the wrong one came from, as the register stood at the time.

    So a correction holds from the day of the event it corrects, and a later change stays later.
    """
    day = correction.day.latest
    steps = _in_order(outcomes)
    for name, value in correction.changes.items():
        for step in reversed(steps):
            earlier = step.event.is_origin or step.event.id < correction.id
            if name in step.changes and earlier and step.day <= day:
                wrong = outcomes[step.event.id]
                wrong.changes[name], wrong.givers[name] = value, correction
                break


def fold(events: Iterable[LifeEvent], *, day: date | None = None, known_at: datetime | None = None) -> Life:
    """The state after all events, or after those that held on `day` and were known at `known_at`."""
    values: dict[str, Value] = dict(BLANK)
    givers: dict[str, LifeEvent] = {}
    origin = None
    for step in steps_of(events, known_at=known_at):
        if day is not None and step.day > day:
            break
        origin = origin or step.event
        values.update(step.changes)
        givers.update(step.givers)
    return Life(MappingProxyType(values), MappingProxyType(givers), origin)


def unknown_on(life: Life, day: date) -> frozenset[str]:
    """Fields of which nobody knows the value on a day before the record was taken over.

    They were taken over without the day they hold from. Being alive is known for every earlier day
    of a life.
    """
    origin = life.origin
    if origin is None or origin.kind is not EventKind.ENTRY or day >= local(origin.recorded_at).date():
        return frozenset()
    taken = {name for name, giver in life.givers.items() if giver is origin} - BORN_WITH - NAMED_WITH
    dated = {name for since, fields in DATED.items() if life.values[since] for name in fields}
    told = {name for name in taken - dated if life.values[name] != BLANK[name]}
    before = set() if "residence_unit" in life.givers else set(RESIDENCE)
    return frozenset(told | before)


SOURCE: Final = re.compile(r"(dossier|register|file|batch|court|decision|book):\S.{0,200}")


def check_source(source: str) -> None:
    """A source names its kind and itself: "register:social_insurance". Raises SourceUnclear."""
    if not SOURCE.fullmatch(source):
        raise SourceUnclear
