"""What a pack says, as plain tables, cards and charts. Writers turn it into bytes and ask nobody else.

Every number carries its print, made where the screens make theirs, and the same number as a value for
a spreadsheet: as printed, never more exact, so that no program rounds it across a target.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, TypeVar


class Kind(StrEnum):
    """How a column's cells are set, and what a spreadsheet makes of them."""

    WORDS = "words"
    NUMBER = "number"
    SHARE = "share"
    DAY = "day"
    CHANGE = "change"
    """Points won or lost: +1,0."""


class Mark(StrEnum):
    """A state, always beside its word: the screens' signals."""

    DONE = "done"
    SOON = "soon"
    LATE = "late"
    RUNNING = "running"
    NONE = "none"


@dataclass(frozen=True)
class Cell:
    """`text` is what the screen prints; `value` the same for a spreadsheet; `more` a smaller second line."""

    text: str
    kind: Kind = Kind.WORDS
    value: int | Decimal | date | None = None
    more: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class Column:
    """`width`: its part of the table's width, beside the others'."""

    title: str
    width: int
    kind: Kind = Kind.WORDS


@dataclass(frozen=True)
class Row:
    """`address`: where this very row opens on the console; `gap`: words in place of rows left out."""

    cells: tuple[Cell, ...]
    address: str = ""
    gap: str = ""


@dataclass(frozen=True)
class Series:
    """`role`: its colour: done, soon, running, late, goal, ahead, or main."""

    name: str
    values: tuple[Decimal | None, ...]
    role: str = "main"


class Shape(StrEnum):
    BARS = "bars"
    STACKED = "stacked"
    LINES = "lines"


@dataclass(frozen=True)
class Chart:
    """`words`: what it shows, in a sentence, for who does not see it. None in a series: no data, never 0."""

    shape: Shape
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    words: str
    unit: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(value is not None for one in self.series for value in one.values)


@dataclass(frozen=True)
class Table:
    """`sheet`: its name in a workbook. `brief`: what pages print in place of all rows; a workbook has all."""

    title: str
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str
    notes: tuple[str, ...] = ()
    total: Row | None = None
    brief: tuple[Row, ...] = ()
    chart: Chart | None = None
    """Drawn above the table."""
    on_slides: int = 0
    """How many rows slides show; 0: the table is not for slides."""

    @property
    def printed(self) -> tuple[Row, ...]:
        return self.brief or self.rows


@dataclass(frozen=True)
class Card:
    """One large number with what it is."""

    value: str
    label: str
    note: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class Section:
    title: str
    lead: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    annex: bool = False
    """Stands behind the report, on pages turned on their side."""


@dataclass(frozen=True)
class Pack:
    """Everything that the four files say."""

    title: str
    about: str
    """Scope, day and moment of knowledge, in one sentence."""
    agency: str
    """Who follows the plan; empty where that is not known."""
    day: date
    known_at: datetime
    made_at: datetime
    month: date
    path: str
    address: str
    """Of the console page that answers the same later, without and with the site."""
    facts: tuple[tuple[str, str], ...]
    """What was asked, as term and detail."""
    sections: tuple[Section, ...]
    demo: bool = False

    @property
    def tables(self) -> list[tuple[Section, Table]]:
        return [(section, table) for section in self.sections for table in section.tables]

    @property
    def body(self) -> list[Section]:
        return [section for section in self.sections if not section.annex]

    @property
    def annexes(self) -> list[Section]:
        return [section for section in self.sections if section.annex]


T = TypeVar("T")

UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""What XML may not hold, and no page shows."""


def tidy(value: T) -> T:
    """The same with every text in it NFC and printable."""
    return _tidy(value)  # type: ignore[no-any-return]  # the same shape comes back


def _tidy(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return UNPRINTABLE.sub(" ", unicodedata.normalize("NFC", value))
    if isinstance(value, tuple):
        return tuple(_tidy(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _tidy(getattr(value, field.name)) for field in fields(value)})
    return value


ROMAN: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def headings(pack: Pack) -> Mapping[str, str]:
    """ "I. Tổng quan", "Phụ lục 1. …" by the section's title."""
    body = {section.title: f"{ROMAN[n]}. {section.title}" for n, section in enumerate(pack.body, 1)}
    annexes = {one.title: f"Phụ lục {n}. {one.title}" for n, one in enumerate(pack.annexes, 1)}
    return body | annexes
