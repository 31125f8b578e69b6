"""Where the heading is, and which column is which field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Final

from lienthong.data.fonts.charmaps import CHARMAPS, decode
from lienthong.data.intake.rows import Row
from lienthong.data.sources import Schema, header_key, schemas

LOOK: Final = 25
"""Rows from the top among which the heading is sought."""
ALIKE: Final = 0.84
"""Likeness of two headings below which nothing is suggested."""


@dataclass(frozen=True, slots=True)
class Heading:
    """`row` is the number of the heading's last row, `first` that of the first data row."""

    row: int
    first: int
    texts: tuple[str, ...]
    names: tuple[str, ...]
    """`texts` as they read in Unicode: what the fields are sought by."""


def find_heading(rows: Sequence[Row], width: int) -> Heading:
    """The heading among the first rows: the one that knows most fields, else the first full one."""
    ranked = [(_known(row), _fullness(row), -row.number) for row in rows[:LOOK]]
    at = max(range(len(ranked)), key=ranked.__getitem__) if ranked else 0
    if not ranked or ranked[at][0] < 2:
        at = next((i for i, rank in enumerate(ranked) if rank[1] * 2 > width), 0)
    top = rows[at]
    texts = [_one_line(text) for text in _padded(top, width)]
    below = rows[at + 1] if at + 1 < len(rows) else None
    last = at
    if below is not None and _is_second_row(texts, below, width):
        texts = _joined(texts, _padded(below, width))
        last = at + 1
    above = rows[at - 1] if at else None
    if last == at and above is not None and _fullness(above) > 1 and not all(texts):
        texts = _filled_from_above(texts, _padded(above, width))
    if last + 1 < len(rows) and _is_numbering(rows[last + 1]):
        first = rows[last + 1].number + 1
    else:
        first = rows[last].number + 1
    return Heading(rows[last].number, first, tuple(texts), tuple(readable(text) for text in texts))


def _padded(row: Row, width: int) -> list[str]:
    cells = [cell or "" for cell in row.cells[:width]]
    return cells + [""] * (width - len(cells))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _fullness(row: Row) -> int:
    return sum(1 for cell in row.cells if cell and cell.strip() and not _is_figure(cell))


def _is_figure(text: str) -> bool:
    return text.strip().replace(",", "").replace(".", "").replace("/", "").replace("-", "").isdigit()


def _known(row: Row) -> int:
    return known_headings([cell for cell in row.cells if cell and len(cell) <= 200])


def known_headings(texts: Sequence[str]) -> int:
    """How many of these are headings of some field."""
    return len({header_key(readable(text)) for text in texts} & _all_synonyms())


@cache
def _all_synonyms() -> frozenset[str]:
    return frozenset(name for one in schemas() for field in one.fields for name in field.synonyms)


def readable(text: str) -> str:
    """A heading in Unicode, by whichever character set makes it a known one."""
    if text.isascii() or header_key(text) in _all_synonyms():
        return text
    tried = (decode(text, charmap) for charmap in CHARMAPS)
    return next((one for one in tried if header_key(one) in _all_synonyms()), text)


def _is_numbering(row: Row) -> bool:
    """The row of (1), (2), (3)… or A, B, 1, 2… that forms carry under the heading."""
    cells = [cell.strip(" ()[].") for cell in row.cells if cell and cell.strip()]
    figures = [int(cell) for cell in cells if cell.isdigit() and len(cell) <= 3]
    letters = [cell for cell in cells if len(cell) == 1 and cell.isalpha()]
    in_order = figures == list(range(figures[0], figures[0] + len(figures))) if figures else False
    return len(figures) >= 3 and in_order and len(figures) + len(letters) == len(cells)


def _is_second_row(texts: Sequence[str], below: Row, width: int) -> bool:
    """Whether the row below finishes a heading of two rows: it only has words under empty or shared heads."""
    cells = _padded(below, width)
    filled = [i for i, cell in enumerate(cells) if cell.strip()]
    if not filled or any(_is_figure(cells[i]) for i in filled):
        return False
    gaps = [i for i, text in enumerate(texts) if not text]
    under_gaps = [i for i in filled if i in gaps or (i + 1 in gaps)]
    return bool(gaps) and len(under_gaps) == len(filled) and len(filled) < width


def _joined(texts: Sequence[str], below: Sequence[str]) -> list[str]:
    joined, shared = [], ""
    for text, under in zip(texts, below, strict=True):
        shared = text or shared
        joined.append(f"{shared} / {_one_line(under)}" if under.strip() else text)
    return joined


def _filled_from_above(texts: Sequence[str], above: Sequence[str]) -> list[str]:
    return [text or _one_line(over) for text, over in zip(texts, above, strict=True)]


@dataclass(frozen=True, slots=True)
class Match:
    field: str
    confidence: float
    remembered: bool = False


def suggest(
    names: Sequence[str], schema: Schema, remembered: Mapping[str, str] | None = None
) -> dict[int, Match]:
    """Column index -> field, each field at most once, the surest first.

    `remembered` is heading (folded) -> field, as an earlier plan of this source had it.
    """
    candidates = []
    for index, name in enumerate(names):
        for match in _matches(name, schema, remembered or {}):
            candidates.append((-match.confidence, index, match))
    chosen: dict[int, Match] = {}
    for _, index, match in sorted(candidates, key=lambda one: one[:2]):
        if index not in chosen and match.field not in {taken.field for taken in chosen.values()}:
            chosen[index] = match
    return chosen


def _matches(name: str, schema: Schema, remembered: Mapping[str, str]) -> list[Match]:
    key = header_key(name)
    if not key:
        return []
    if remembered.get(key) in schema.names:
        return [Match(remembered[key], 1.0, remembered=True)]
    found = [Match(field.name, _likeness(key, field.synonyms)) for field in schema.fields]
    return [match for match in found if match.confidence >= ALIKE]


def _likeness(key: str, synonyms: Sequence[str]) -> float:
    if key in synonyms:
        # The first spelling is the schema's own label: it wins over another field's synonym.
        return 1.0 if key == synonyms[0] else 0.98
    last = key.rsplit(" / ", maxsplit=1)[-1]
    if last != key and last in synonyms:
        return 0.95
    likeness = max(SequenceMatcher(None, key, synonym).ratio() for synonym in synonyms)
    return round(likeness * 0.95, 2)
