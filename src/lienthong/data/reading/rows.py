"""Rows of tables: the columns say what a sentence would."""

import re
from collections.abc import Iterator
from functools import cache

from lienthong.data.reading.amounts import Amount, amounts
from lienthong.data.reading.blocks import Row
from lienthong.data.reading.dates import Named, named_dates, settled
from lienthong.data.reading.facts import DateBasis, Fact, Kind
from lienthong.data.reading.figures import COUNTED_AS_TASKS
from lienthong.data.reading.government import joined, mentions
from lienthong.data.reading.state import State
from lienthong.data.reading.words import Line, any_of, line, table

_KINDS = {"target": Kind.TARGET, "actual": Kind.OBSERVATION}


@cache
def _columns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(any_of(words))) for name, words in table("columns")["columns"].items())


def column_names(headings: tuple[str, ...]) -> tuple[str, ...]:
    """What each column holds: name, lead, deadline, target…; "" where its heading is not known."""
    return tuple(_column(line(heading)) for heading in headings)


def _column(heading: Line) -> str:
    if len(heading.key) > 60:
        return ""
    found = ((m.start(), -m.end(), name) for name, words in _columns() if (m := words.search(heading.key)))
    return min(found, default=(0, 0, ""))[2]


def is_known(names: tuple[str, ...]) -> bool:
    """A table of tasks or of figures, not a frame for layout."""
    return "name" in names and any(name in names for name in ("lead", "deadline", "target", "actual"))


def row_facts(row: Row, state: State) -> Iterator[Fact]:
    """A task for a row with a lead or deadline; a figure for each cell under a target or an actual value."""
    names = column_names(row.headings)
    if row.cells == row.headings or len(row.cells) != len(row.headings):
        return
    cells = dict(zip(names, row.cells, strict=True))
    subject = line(cells.get("name", ""))
    if not subject.text:
        return
    if "lead" in names or "deadline" in names:
        yield _task(subject, cells, row, state)
    for name, heading, cell in zip(names, row.headings, row.cells, strict=True):
        if name in _KINDS and cell.strip():
            what = (subject, line(heading), line(cell))
            yield from _figure(_KINDS[name], what, cells.get("unit", ""), row, state)


def _task(subject: Line, cells: dict[str, str], row: Row, state: State) -> Fact:
    lead = line(cells.get("lead", ""))
    named = _date(line(cells.get("deadline", "")), state, future=True)
    return Fact(
        number=0, kind=Kind.TASK, text=_words(row), subject=subject.text, lead=lead.text,
        tier=_tier(lead, state), partners=tuple(p.strip() for p in re.split(r"[;\n]", cells.get("partners", "")) if p.strip()),
        product=line(cells.get("product", "")).text, date=named.last if named else None,
        date_basis=named.basis if named else DateBasis.NONE, date_text=line(cells.get("deadline", "")).text,
        paragraph=state.paragraph, certainty=0.9 if lead.text and named else 0.7,
    )  # fmt: skip


def _figure(kind: Kind, what: tuple[Line, Line, Line], unit: str, row: Row, state: State) -> Iterator[Fact]:
    """What a cell says; `what` are the row's name, the column's heading and the cell."""
    subject, heading, cell = what
    future = kind is Kind.TARGET
    named = _date(cell, state, future=future) or _date(heading, state, future=future)
    for amount in _amounts(cell, unit):
        counted = amount.unit in COUNTED_AS_TASKS
        yield Fact(
            number=0, kind=Kind.TASK_COUNT if counted else kind, text=_words(row), subject=subject.text,
            tier=_tier(subject, state), comparator=amount.comparator, value=amount.value, to=amount.to, of=amount.of,
            unit=amount.unit, change=amount.change, date=named.last if named else None,
            date_basis=named.basis if named else DateBasis.NONE, paragraph=state.paragraph, certainty=0.85,
        )  # fmt: skip


def _amounts(cell: Line, unit: str) -> list[Amount]:
    """The numbers of a cell; a bare one takes the unit that its row states."""
    blocked = [(named.start, named.end) for named in named_dates(cell.key, None)]
    found = amounts(cell, blocked)
    if found or not unit.strip():
        return found[:1]
    stated = line(f"{cell.text} {unit}")
    return amounts(stated, [(named.start, named.end) for named in named_dates(stated.key, None)])[:1]


def _date(words: Line, state: State, *, future: bool) -> Named | None:
    found = [named for named in named_dates(words.key, state.dated) if named.usable]
    return settled(found[-1], state.dated, future=future) if found else None


def _tier(words: Line, state: State) -> str:
    found = mentions(words.key)
    return joined(frozenset[str]().union(*(m.tiers for m in found))) if found else state.tier


def _words(row: Row) -> str:
    return " | ".join(line(cell).text for cell in row.cells if cell.strip())
