"""A delimited text block by block: what is regular is parted by Arrow, all else line by line, to the same rows."""

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from lienthong.data.intake.rows import CELL, Row, rows_table, shape, tables_of
from lienthong.data.intake.textfiles import (
    BOM,
    BYTES,
    LINES_OF_A_CELL,
    Dialect,
    Records,
    cut_short,
    is_overlong,
    rows,
)

BLOCK: Final = 2 << 20
"""Bytes held at a time."""
_WHOLE: Final = frozenset({"utf-8", "utf-8-sig", BYTES})
"""Encodings of which any line can be decoded by itself."""


def tables(path: Path, how: Dialect, width: int) -> Iterator[pa.Table]:
    """All rows of the file from its first line on, as `rows_table` gives them. Memory holds one block."""
    if how.encoding not in _WHOLE:
        yield from tables_of(rows(path, how), width)
        return
    with path.open("rb") as file:
        if how.encoding == "utf-8-sig" and file.read(len(BOM)) != BOM:
            file.seek(0)
        yield from _Blocks(path, file, how, width).tables()


class _Blocks:
    def __init__(self, path: Path, file: BinaryIO, how: Dialect, width: int) -> None:
        self.path, self.file, self.delimiter, self.width = path, file, how.delimiter, width
        self.encoding = BYTES if how.encoding == BYTES else "utf-8"
        self.number = 0

    def tables(self) -> Iterator[pa.Table]:
        while True:
            start = self.file.tell()
            block = self.file.read(BLOCK)
            if not block:
                return
            is_last = len(block) < BLOCK
            block = block if is_last else block[: block.rfind(b"\n") + 1]
            found = self._block(block, start, is_last=is_last) if _has_plain_ends(block) else None
            if found is None:
                yield from self._rest(start)
                return
            yield found
            self.number += found.num_rows

    def _rest(self, start: int) -> Iterator[pa.Table]:
        """Lines too long for a block, or ended as long ago: read as a stream to the end."""
        how = Dialect(self.encoding, self.delimiter)
        yield from tables_of(rows(self.path, how, start=start, number=self.number), self.width)

    def _block(self, block: bytes, start: int, *, is_last: bool) -> pa.Table | None:
        """The rows of a block, the file left where the next one begins; None where not even one record is whole."""
        self.file.seek(start + len(block))
        text = _utf8(block, self.encoding)
        if self._is_regular(text):
            return self._parted(text)
        return self._line_by_line(block, start, is_last=is_last)

    def _is_regular(self, text: bytes) -> bool:
        """Whether no line is very long, and every quote opens or closes a whole cell."""
        letters = np.frombuffer(text, np.uint8)
        ends = np.flatnonzero(letters == ord("\n"))
        longest = np.diff(ends, prepend=-1, append=len(text)).max()
        if longest > CELL or text.startswith(BOM):
            return False
        return b'"' not in text or _are_quotes_regular(letters, ends, self.delimiter)

    def _parted(self, text: bytes) -> pa.Table:
        count = text.count(b"\n") + (not text.endswith(b"\n"))
        odd: list[int] = []
        cells = _parsed(text, self.delimiter, _cells_in_the_middle(text, self.delimiter), odd)
        numbers = np.delete(np.arange(1, count + 1), np.array(odd, np.int64) - 1) + self.number
        table = _fitted(cells, numbers, self.width)
        if not odd:
            return table
        lines = text.split(b"\n")
        others = (
            Records(iter([lines[n - 1].decode() + "\n"]), self.delimiter, self.number + n - 1) for n in odd
        )
        both = pa.concat_tables([table, rows_table([row for one in others for row in one], self.width)])
        return both.take(pc.sort_indices(both["row"]))

    def _line_by_line(self, block: bytes, start: int, *, is_last: bool) -> pa.Table | None:
        raw = block.splitlines(keepends=True)
        lines = [_cut(line.decode(self.encoding, "replace")) for line in raw]
        # A record that begins later might run on into the next block.
        surely = len(lines) if is_last else len(lines) - LINES_OF_A_CELL
        records, taken = Records(iter(lines), self.delimiter, self.number), list[Row]()
        for row in records if surely > 0 else ():
            taken.append(row)
            if records.settled >= surely:
                break
        if not taken:
            return None
        self.file.seek(start + sum(map(len, raw[: records.settled])))
        return rows_table(taken, self.width)


def _has_plain_ends(block: bytes) -> bool:
    """Whether the block holds whole lines, ended as they are today."""
    return bool(block) and block.count(b"\r") == block.count(b"\r\n")


def _utf8(block: bytes, encoding: str) -> bytes:
    text = block.decode(encoding, "replace")
    return block if encoding == "utf-8" and "\ufffd" not in text else text.encode()


def _cut(line: str) -> str:
    return cut_short(line) if is_overlong(line) else line


def _are_quotes_regular(letters: np.ndarray, ends: np.ndarray, delimiter: str) -> bool:
    """Quotes in pairs on one line; before and after a pair an edge of a cell, or the pair that it is doubled with."""
    quotes = np.flatnonzero(letters == ord('"'))
    if len(quotes) % 2:
        return False
    first, last = quotes[0::2], quotes[1::2]
    edges = np.zeros(256, bool)
    edges[[ord(delimiter), ord("\n"), ord("\r")]] = True
    padded = np.concatenate(([ord("\n")], letters, [ord("\n")]))
    doubled = first[1:] == last[:-1] + 1
    begins, stops = edges[padded[first]], edges[padded[last + 2]]
    begins[1:] |= doubled
    stops[:-1] |= doubled
    on_one_line = np.searchsorted(ends, first) == np.searchsorted(ends, last)
    return bool(begins.all() and stops.all() and on_one_line.all())


def _cells_in_the_middle(text: bytes, delimiter: str) -> int:
    """How many cells a row has, going by one of them."""
    at = text.rfind(b"\n", 0, len(text) // 2) + 1
    line = text[at : text.find(b"\n", at) + 1 or len(text)].decode()
    return len(next(iter(Records(iter([line]), delimiter))).cells)


def _parsed(text: bytes, delimiter: str, count: int, odd: list[int]) -> pa.Table:
    """Texts of `count` columns; numbers of the rows that have another count of cells, from 1, go to `odd`."""

    def leave(row: csv.InvalidRow) -> str:
        odd.append(row.number)
        return "skip"

    names = [f"c{i}" for i in range(count)]
    return csv.read_csv(
        pa.BufferReader(text),
        read_options=csv.ReadOptions(use_threads=False, block_size=len(text) + 1, column_names=names),
        parse_options=csv.ParseOptions(
            delimiter=delimiter, ignore_empty_lines=False, invalid_row_handler=leave
        ),
        convert_options=csv.ConvertOptions(check_utf8=False, column_types=dict.fromkeys(names, pa.string())),
    )  # fmt: skip


def _fitted(cells: pa.Table, numbers: np.ndarray, width: int) -> pa.Table:
    """Parsed cells in the shape of raw rows: missing columns null, filled ones too many remarked."""
    count = cells.num_rows
    missing = [pa.nulls(count, pa.string())] * (width - cells.num_columns)
    marks = pa.nulls(count, pa.string())
    extra = cells.columns[width:]
    if extra:
        *_, any_filled = accumulate((pc.not_equal(one, "") for one in extra), pc.or_)
        marks = pc.if_else(any_filled, "extra_cells", marks)
    columns = [
        pa.array(numbers, pa.int64()),
        *cells.columns[:width],
        *missing,
        marks,
        pa.nulls(count, pa.string()),
    ]
    return pa.table(columns, schema=shape(width))
