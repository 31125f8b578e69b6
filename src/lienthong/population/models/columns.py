"""Between the columns of a person and the values that a life's events set: two functions, one inverse of the other."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from lienthong.kit.calendar import local
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.models.people import Person
from lienthong.population.rules import LifeEvent, Value, Values, search_key, sort_key
from lienthong.population.words import EventKind

SAME = (
    "full_name",
    "sex",
    "ethnicity",
    "nationality",
    "status",
    "residence_detail",
    "home_town",
    "mother_number",
    "mother_name",
    "father_number",
    "father_name",
    "spouse_number",
    "head_number",
    "relation_to_head",
    "card_issued_by",
    "continued_as",
)
NOWHERE = UUID(int=0)


def values_of(person: Person) -> dict[str, Value]:
    """Every field of rules.BLANK as the columns hold it."""
    return {
        **{name: getattr(person, name) for name in SAME},
        "birth": person.birth.iso(),
        "died_on": person.died.iso() if person.died else "",
        "residence_unit": person.residence_unit_id,
        "residence_since": person.lives_there_since.iso() if person.lives_there_since else "",
        "home_town_unit": person.home_town_unit_id,
        "old_numbers": person.old_numbers,
        "card_issued_on": person.card_issued_on.isoformat() if person.card_issued_on else "",
    }


def columns_of(values: Values) -> dict[str, Any]:
    """The columns that hold these values; search and sort keys among them."""
    name = str(values["full_name"])
    old = values["old_numbers"]
    held = list(old) if isinstance(old, tuple) else []
    return {
        **{name: values[name] for name in SAME},
        "search_key": search_key(name),
        "sort_key": sort_key(name),
        **_dated("birth_date", "birth_precision", values["birth"]),
        **_dated("died_on", "died_precision", values["died_on"]),
        **_dated("residence_since", "residence_since_precision", values["residence_since"]),
        "residence_unit_id": values["residence_unit"],
        "home_town_unit_id": values["home_town_unit"],
        "old_number": held[0] if held else "",
        "other_old_numbers": held[1:],
        "card_issued_on": date.fromisoformat(str(values["card_issued_on"]))
        if values["card_issued_on"]
        else None,
    }


def _dated(day: str, precision: str, told: Value) -> Mapping[str, Any]:
    known = PartialDate.from_iso(str(told)) if told else None
    return {day: known.earliest if known else None, precision: known.precision.value if known else "day"}


def entry_of(person: Person) -> LifeEvent:
    """The event of entry of a person to whom nothing happened since; the database writes the same one."""
    return LifeEvent(
        id=0,
        kind=EventKind.ENTRY,
        day=PartialDate.of(local(person.entered_at).date()),
        recorded_at=person.entered_at,
        act=NOWHERE,
        changes=values_of(person),
        source=f"batch:{person.entered_batch}" if person.entered_batch else "register:population",
        by="system:entry",
    )
