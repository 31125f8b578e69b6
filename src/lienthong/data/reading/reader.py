"""From paragraphs to facts, one paragraph at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from lienthong.data.reading.dates import heading_date, named_dates, news_date
from lienthong.data.reading.facts import Fact, Kind
from lienthong.data.reading.figures import figures, whole_and_parts
from lienthong.data.reading.layout import (
    is_section,
    issuer_tier,
    section_weight,
    sentences,
    title_weight,
    without_mark,
)
from lienthong.data.reading.orders import lead_alone, orders_in
from lienthong.data.reading.sentence import Sentence, take_apart
from lienthong.data.reading.state import State
from lienthong.data.reading.tasks import tasks
from lienthong.data.reading.words import Line, line

_HEADING_PARAGRAPHS = 25
"""The document's own date is looked for in so many paragraphs from the top."""


def facts_in(paragraphs: Iterable[str], *, dated: date | None = None) -> Iterator[Fact]:
    """The proposed facts of a text, in order. `dated` is the document's day, where the text does not say it."""
    state = State(dated=dated, given_date=dated is not None)
    number = 0
    for raw in paragraphs:
        state.paragraph += 1
        for fact in _read(line(raw), state):
            number += 1
            yield replace(fact, number=number, part_of=number - fact.part_of if fact.part_of else None)


def _read(one: Line, state: State) -> list[Fact]:
    if not one.text or _is_heading(one, state):
        return []
    body, mark = without_mark(one)
    if not state.dated and state.paragraph <= _HEADING_PARAGRAPHS:
        state.dated = news_date(body)
    whole = take_apart(body, state.dated)
    if not whole.amounts and is_section(body, mark):
        _open_section(body, state)
        return []
    if named := lead_alone(whole):
        state.lead, state.lead_tier = named
        state.ordered = True
        return []
    return _read_body(body, mark, state)


def _is_heading(one: Line, state: State) -> bool:
    """The head of a document: issuer, date, title."""
    if state.paragraph > _HEADING_PARAGRAPHS:
        return False
    if tier := issuer_tier(one):
        state.tier = tier
        return True
    if not state.given_date and (found := heading_date(one)):
        state.dated = found
        return len(one.text) < 80
    weight = title_weight(one)
    if weight is not None:
        state.kind_weight = weight
    return weight is not None and one.text.isupper()


def _open_section(body: Line, state: State) -> None:
    named = [d for d in named_dates(body.key, state.dated) if d.usable]
    state.open_section(section_weight(body.key), named[-1] if named else None)


def _read_body(body: Line, mark: str, state: State) -> list[Fact]:
    found: list[Fact] = []
    state.head = ""
    if mark and not mark.startswith(("-", "–", "+", "•", "*")) and not mark.endswith(")"):
        state.lead = state.lead_tier = ""
    for one in sentences(body):
        found.extend(_related(one, _sentence_facts(take_apart(one, state.dated), state)))
    return found


def _sentence_facts(sentence: Sentence, state: State) -> list[Fact]:
    orders = orders_in(sentence, state)
    if orders:
        state.ordered = True
    found = [*tasks(sentence, state, orders), *figures(sentence, state, orders)]
    return found


def _related(one: Line, found: list[Fact]) -> list[Fact]:
    """Counts that are parts of a count before them; `part_of` is still the distance back, made a number later."""
    places = [(i, f) for i, f in enumerate(found) if f.kind is Kind.TASK_COUNT]
    starts = [one.text.find(f.text) for _, f in places]
    values = [(s, f.value) for s, (_, f) in zip(starts, places, strict=True) if f.value is not None]
    whole = whole_and_parts(one.key, starts, values)
    if whole is None:
        return found
    index, total = places[whole]
    parts = places[whole + 1 :]
    adds_up = sum(f.value or 0 for _, f in parts) == total.value
    related = list(found)
    related[index] = replace(total, parts_add_up=adds_up)
    for i, part in parts:
        related[i] = replace(part, part_of=i - index)
    return related
