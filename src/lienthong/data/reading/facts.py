"""What is read: one proposed fact, with the words that it rests on."""

import datetime
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    TARGET = "target"
    TASK = "task"
    TASK_COUNT = "task_count"
    OBSERVATION = "observation"
    RANKING = "ranking"


class Comparator(StrEnum):
    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    BELOW = "below"
    NEARLY = "nearly"
    ABOUT = "about"
    BETWEEN = "between"


class Change(StrEnum):
    """The value is not a level but a step: up or down by it, or that many times as much."""

    UP = "up"
    DOWN = "down"
    TIMES = "times"


class DateBasis(StrEnum):
    """Where the date comes from, above all its year."""

    WRITTEN = "written"
    YEAR_FROM_DOCUMENT = "year_from_document"
    RELATIVE = "relative_to_document"
    SECTION = "section_heading"
    DOCUMENT = "document_date"
    UNKNOWN_YEAR = "unknown_year"
    RECURRING = "recurring"
    EVENT = "after_event"
    NONE = "none"


TIERS = ("country", "ministry", "locality", "province", "district", "commune")
"""From the top. `locality` is địa phương where the text does not say which level; several tiers that share
a figure are joined by "+", in this order."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A proposal for a person to confirm. `number` counts from 1; `part_of` is the number of the whole.

    `value` has its scale multiplied in; `to` is the upper end of a range, `of` the total in "43/76".
    `date` is the last day of the period named: a deadline for targets and tasks, else the as-of date.
    `certainty` is between 0 and 1: how clear the words were, not a probability.
    """

    number: int
    kind: Kind
    text: str
    subject: str
    tier: str = "country"
    comparator: Comparator | None = None
    value: Decimal | None = None
    to: Decimal | None = None
    of: Decimal | None = None
    unit: str | None = None
    change: Change | None = None
    date: datetime.date | None = None
    date_basis: DateBasis = DateBasis.NONE
    date_text: str = ""
    lead: str = ""
    partners: tuple[str, ...] = ()
    product: str = ""
    part_of: int | None = None
    parts_add_up: bool | None = None
    paragraph: int = 0
    certainty: float = 0.5

    def as_json(self) -> dict[str, Any]:
        """Plain values: dates as ISO text, numbers as numbers. Empty fields of tasks and figures stay out."""
        record = asdict(self)
        for name in ("value", "to", "of"):
            record[name] = _plain(record[name])
        record["date"] = self.date.isoformat() if self.date else None
        optional = ("to", "of", "change", "lead", "partners", "product", "part_of", "parts_add_up")
        return {name: v for name, v in record.items() if name not in optional or v not in (None, "", ())}


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
