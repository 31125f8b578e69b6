"""Proposed facts with what stands around their words, and what the head of the document says of itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from lienthong.data.reading.blocks import Block
from lienthong.data.reading.dates import heading_date, news_date
from lienthong.data.reading.errors import NothingProposed, TooManyFacts
from lienthong.data.reading.facts import Fact
from lienthong.data.reading.reader import facts_in
from lienthong.data.reading.words import line

AROUND: Final = 300
"""Letters kept before and after the words that a fact rests on."""
HEAD: Final = 25
"""Paragraphs from the top in which a document names itself."""
KINDS: Final = (
    "Quyết định", "Chỉ thị", "Nghị quyết", "Công điện", "Thông báo", "Kế hoạch", "Kết luận", "Công văn", "Báo cáo",
    "Chương trình", "Đề án", "Nghị định",
)  # fmt: skip
_NUMBER: Final = re.compile(r"(?:^|\s)Số:?\s*(\d+[^\s,;]*/[^\s,;]+)")
_TITLES: Final = re.compile("^(" + "|".join(KINDS) + r")\b\s*:?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A fact, and the rest of its paragraph around `fact.text`; both empty where a table row was split."""

    fact: Fact
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Head:
    """What the document says it is; empty where its head does not tell."""

    number: str = ""
    signed_on: date | None = None
    kind: str = ""
    title: str = ""


def read_in_context(
    blocks: Iterable[Block], *, name: str, most: int, dated: date | None = None
) -> tuple[Head, tuple[Proposed, ...]]:
    """Everything proposed, with its context: all of it or, with a Refused, nothing.

    Raises TooManyFacts past `most`, NothingProposed, and what reading the blocks raises.
    """
    kept: list[str] = []
    found: list[Proposed] = []
    for fact in facts_in(_remembered(blocks, kept), dated=dated):
        if len(found) == most:
            raise TooManyFacts(name=name, most=most)
        found.append(_placed(fact, kept[fact.paragraph - 1]))
    if not found:
        raise NothingProposed(name=name)
    return head_of(kept[:HEAD], dated), tuple(found)


def _remembered(blocks: Iterable[Block], kept: list[str]) -> Iterator[Block]:
    for block in blocks:
        kept.append(
            line(block).text if isinstance(block, str) else " | ".join(line(c).text for c in block.cells)
        )
        yield block


def _placed(fact: Fact, paragraph: str) -> Proposed:
    before, words, after = paragraph.partition(fact.text)
    if not words:
        return Proposed(fact, "", "")
    return Proposed(fact, _end_of(before), _beginning_of(after))


def _end_of(text: str) -> str:
    return text if len(text) <= AROUND else "…" + text[-AROUND:].partition(" ")[2]


def _beginning_of(text: str) -> str:
    return text if len(text) <= AROUND else text[:AROUND].rpartition(" ")[0] + "…"


def head_of(paragraphs: list[str], dated: date | None = None) -> Head:
    """Number, day, kind and title from the first paragraphs."""
    lines = [line(text) for text in paragraphs if text.strip()]
    numbers = [found[1] for one in lines if (found := _NUMBER.search(one.text))]
    days = [day for one in lines if (day := heading_date(one) or news_date(one))]
    kind, title = "", ""
    for place, one in enumerate(lines):
        if found := _TITLES.match(one.text):
            kind = found[1].capitalize()
            title = one.text[found.end() :] or (lines[place + 1].text if place + 1 < len(lines) else "")
            break
    return Head(numbers[0] if numbers else "", dated or (days[0] if days else None), kind, title[:300])
