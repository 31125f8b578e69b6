"""Rows of a delimited text: encoding and delimiter found out, no bad line stops the file."""

import codecs
import csv
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import IO, Final

from lienthong.data.intake.rows import Row

SAMPLE: Final = 1 << 20
BOM: Final = codecs.BOM_UTF8
LINE: Final = 1 << 20
"""Characters in one line; a longer one is not a row of a table."""
LINES_OF_A_CELL: Final = 20
"""A quoted cell that runs on longer has lost its closing quote."""
DELIMITERS: Final = ",;\t|"
BYTES: Final = "latin-1"
"""Bytes of an old character set, one character each, until the columns' sets are known."""


@dataclass(frozen=True, slots=True)
class Dialect:
    encoding: str
    delimiter: str


def dialect(path: Path) -> Dialect:
    """The encoding and the delimiter, from samples at the start, in the middle and at the end."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        first = islice(_lines(file), 200)
        lines = [line for line in first if line.strip() and len(line) < csv.field_size_limit()][:50]
    return Dialect(encoding, _delimiter(lines))


def _encoding(path: Path) -> str:
    samples = _samples(path)
    first = samples[0]
    if first.startswith(BOM):
        return "utf-8-sig"
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if first.count(0) * 20 > len(first):
        return "utf-16-le" if first[1::2].count(0) > first[0::2].count(0) else "utf-16-be"
    damaged = sum(_damaged(sample) for sample in samples)
    beyond_ascii = sum(len(sample) - len(sample.translate(None, _HIGH)) for sample in samples)
    # One byte in fifty broken is a damaged UTF-8 file; more is another character set.
    return "utf-8" if damaged * 50 <= beyond_ascii else BYTES


_HIGH: Final = bytes(range(128, 256))


def _samples(path: Path) -> list[bytes]:
    size = path.stat().st_size
    places = [0] if size <= SAMPLE else [0, size // 2, max(0, size - SAMPLE)]
    samples = []
    with path.open("rb") as file:
        for place in places:
            file.seek(place)
            samples.append(file.read(SAMPLE))
    return samples


def _damaged(sample: bytes) -> int:
    """Bytes that are not UTF-8, but for a letter cut through at either end."""
    return sample.decode("utf-8", "replace").strip("\ufffd").count("\ufffd")


def _delimiter(lines: list[str]) -> str:
    best = max(DELIMITERS, key=lambda one: (_evenness(lines, one), -DELIMITERS.index(one)))
    return best if _evenness(lines, best) > 0 else ","


def _evenness(lines: list[str], delimiter: str) -> float:
    """Share of the lines that have the commonest number of cells, more than one; wider tables first."""
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
    widths.pop(1, None)
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    return count / len(lines) + min(width, 100) / 1000


def _lines(file: IO[str]) -> Iterator[str]:
    """Lines, the overlong cut short: what follows the limit is read away and a mark put in its place."""
    while line := file.readline(LINE):
        if is_overlong(line, LINE):
            while (rest := file.readline(LINE)) and not rest.endswith("\n"):
                pass
            line = cut_short(line)
        yield line


def is_overlong(line: str, limit: int = LINE) -> bool:
    return len(line) > limit or (len(line) == limit and not line.endswith("\n"))


def cut_short(line: str) -> str:
    return _OVERLONG + line[:200]


_OVERLONG: Final = "\ufdd0"


def rows(path: Path, how: Dialect, *, start: int = 0, number: int = 0) -> Iterator[Row]:
    """Every record from a byte on, in order; the first is number + 1, as a spreadsheet would number it."""
    with path.open("rb") as raw:
        raw.seek(start)
        with TextIOWrapper(raw, encoding=how.encoding, errors="replace", newline="") as file:
            yield from Records(_lines(file), how.delimiter, number)


class Records:
    """Lines taken together into records: a quoted cell may run over several lines, one never closed may not."""

    def __init__(self, lines: Iterator[str], delimiter: str, number: int = 0) -> None:
        self.lines, self.delimiter, self.number = lines, delimiter, number
        self.taken, self.waiting = 0, deque[str]()

    @property
    def settled(self) -> int:
        """Lines that stand in the records given so far."""
        return self.taken - len(self.waiting)

    def __iter__(self) -> Iterator[Row]:
        while line := self._next():
            self.number += 1
            yield self._row(line)

    def _next(self) -> str:
        if self.waiting:
            return self.waiting.popleft()
        line = next(self.lines, "")
        self.taken += bool(line)
        return line

    def _row(self, line: str) -> Row:
        if line.startswith(_OVERLONG):
            return Row(self.number, [], broken=line[1:])
        if '"' not in line:
            return Row(self.number, line.rstrip("\r\n").split(self.delimiter))
        # Quotes in pairs close what they open: most lines need no second look.
        if line.count('"') % 2 == 0:
            cells = _cells([line], self.delimiter)
            return Row(self.number, cells) if cells is not None else self._unclosed(line)
        return self._several(line)

    def _several(self, line: str) -> Row:
        taken = [line]
        while _is_open(taken, self.delimiter) and len(taken) <= LINES_OF_A_CELL:
            more = self._next()
            if not more:
                break
            taken.append(more)
        cells = None if _is_open(taken, self.delimiter) else _cells(taken, self.delimiter)
        if cells is not None:
            return Row(self.number, cells)
        self.waiting.extendleft(reversed(taken[1:]))
        return self._unclosed(line)

    def _unclosed(self, line: str) -> Row:
        cells = line.rstrip("\r\n").split(self.delimiter)
        return Row(self.number, [cell.strip('"') for cell in cells], marks=("quote",))


def _cells(lines: list[str], delimiter: str) -> list[str] | None:
    """The cells of one record; None where a cell is longer than any reader takes."""
    try:
        return next(csv.reader(lines, delimiter=delimiter), [])
    except csv.Error:
        return None


def _is_open(lines: list[str], delimiter: str) -> bool:
    """Whether the text ends inside quotes."""
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error) or "field larger" in str(error)
    return False
