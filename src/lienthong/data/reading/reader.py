"""From paragraphs to facts, one paragraph at a time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from lienthong.data.reading.blocks import Block
from lienthong.data.reading.dates import heading_date, named_dates, news_date
from lienthong.data.reading.facts import DateBasis, Fact, Kind
from lienthong.data.reading.figures import figures
from lienthong.data.reading.government import mentions, provinces
from lienthong.data.reading.layout import (
    is_section,
    issuer_tier,
    opens_issuer,
    section_weight,
    sentences,
    title_weight,
    without_mark,
)
from lienthong.data.reading.orders import lead_alone, orders_in
from lienthong.data.reading.parts import related
from lienthong.data.reading.rows import column_names, is_known, row_facts
from lienthong.data.reading.sentence import Sentence, take_apart
from lienthong.data.reading.state import State
from lienthong.data.reading.tasks import tasks
from lienthong.data.reading.words import Line, line

_HEADING_PARAGRAPHS = 25
"""The document's own date is looked for in so many paragraphs from the top."""
_FOR = re.compile(r"(?<!\w)(?:cho|đối với|của) (?:các |cả |từng |mỗi )?$")


def facts_in(paragraphs: Iterable[Block], *, dated: date | None = None) -> Iterator[Fact]:
    """The proposed facts of a text, in order. `dated` is the document's day, where the text does not say it."""
    state = State(dated=dated, given_date=dated is not None)
    number = 0
    for raw in paragraphs:
        state.paragraph += 1
        for fact in _read_block(raw, state):
            number += 1
            yield replace(fact, number=number, part_of=number - fact.part_of if fact.part_of else None)


def _read_block(block: Block, state: State) -> list[Fact]:
    if isinstance(block, str):
        return _read(line(block), state)
    if is_known(column_names(block.headings)):
        return list(row_facts(block, state))
    return [fact for cell in block.cells for words in cell.splitlines() for fact in _read(line(words), state)]


def _read(one: Line, state: State) -> list[Fact]:
    if not one.text or _is_heading(one, state):
        return []
    body, mark = without_mark(one)
    if not state.dated and state.paragraph <= _HEADING_PARAGRAPHS:
        state.dated = news_date(body)
    whole = take_apart(body, state.dated)
    if not whole.amounts and (is_section(body, mark) or _introduces(whole)):
        _open_section(body, mark, state)
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
    if tier := issuer_tier(one) or (
        issuer_tier(line(f"ỦY BAN NHÂN DÂN {one.text}")) if state.committee else None
    ):
        state.tier, state.committee = tier, False
        return True
    state.committee = opens_issuer(one)
    if not state.given_date and (found := heading_date(one)):
        state.dated = found
        if state.tier == "country" and not one.key.startswith("hà nội") and provinces().match(one.key):
            state.tier = "province"
        return True
    weight = title_weight(one)
    if weight is not None:
        state.kind_weight = weight
    if weight is None or not one.text.isupper():
        _note_title(one, state)
        return False
    state.titled = True
    return True


def _note_title(one: Line, state: State) -> None:
    """ "Về nhiệm vụ năm 2027" right under the kind of document: the year that its targets are for."""
    if state.titled and not one.text.endswith((".", ";", ":")):
        named = [d for d in named_dates(one.key, state.dated) if d.usable and d.basis is DateBasis.WRITTEN]
        state.title_date = named[-1] if named else state.title_date
    state.titled = False


def _open_section(body: Line, mark: str, state: State) -> None:
    named = [d for d in named_dates(body.key, state.dated) if d.usable]
    for_whom = [m.tier for m in mentions(body.key) if _FOR.search(body.key, 0, m.start)]
    state.open_section(
        section_weight(body.key), named[-1] if named else None, for_whom[-1] if for_whom else ""
    )
    if mark and (who := lead_alone(take_apart(line(body.text.rstrip(":") + ":"), state.dated))):
        state.lead, state.lead_tier = who
        state.ordered = True


def _introduces(whole: Sentence) -> bool:
    """ "Giai đoạn 2026 - 2030, mục tiêu cụ thể như sau:": a list follows, and nobody is named."""
    return whole.line.text.endswith(":") and lead_alone(whole) is None


def _read_body(body: Line, mark: str, state: State) -> list[Fact]:
    found: list[Fact] = []
    state.head, state.paragraph_date, state.paragraph_weight, state.paragraph_tier = "", None, 0, ""
    before: list[Fact] = []
    if mark and not mark.startswith(("-", "–", "+", "•", "*")) and not mark.endswith(")"):
        state.lead = state.lead_tier = ""
    for one in sentences(body):
        sentence = take_apart(one, state.dated)
        facts = _sentence_facts(sentence, state, before)
        _remember(sentence, facts, state)
        before = facts or before
        found.extend(facts)
    return found


def _remember(sentence: Sentence, facts: list[Fact], state: State) -> None:
    """What the next sentence of the paragraph takes over: the kind, and the date that opened this one."""
    figures_of = [f for f in facts if f.kind is not Kind.TASK]
    if not figures_of:
        return
    state.paragraph_weight = 1.5 if any(f.kind is Kind.TARGET for f in figures_of) else 0
    state.paragraph_tier = figures_of[-1].tier
    state.head = figures_of[-1].subject
    first = min(a.start for a in sentence.amounts)
    leading = [d for d in sentence.dates if d.usable and not d.now and d.end <= first]
    state.paragraph_date = leading[-1] if leading else state.paragraph_date


def _sentence_facts(sentence: Sentence, state: State, before: list[Fact]) -> list[Fact]:
    orders = orders_in(sentence, state)
    if orders:
        state.ordered = True
    work = tasks(sentence, state, orders)
    return [*work, *related(sentence.line, figures(sentence, state, orders), before, len(work))]
