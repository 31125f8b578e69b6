"""What every reader gives: numbered rows of text cells, and how they are kept for the second step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

BATCH: Final = 20_000
WIDEST: Final = 512
_CELL: Final = 32_767
"""Characters that a cell of a spreadsheet can hold; more are cut."""


@dataclass(slots=True)
class Row:
    """One row as received. `number` counts from 1; `broken` holds the start of what is not a row at all."""

    number: int
    cells: Sequence[str | None]
    marks: tuple[str, ...] = ()
    broken: str | None = None


def write_raw(rows: Iterator[Row], out: Path, width: int) -> int:
    """Rows into Parquet: row, c0…, row_mark, broken. Returns how many. Memory holds one batch."""
    names = ["row", *(f"c{i}" for i in range(width)), "row_mark", "broken"]
    kinds = [pa.int64(), *([pa.string()] * (width + 2))]
    shape = pa.schema(list(zip(names, kinds, strict=True)))
    total = 0
    with pq.ParquetWriter(out, shape, compression="zstd", compression_level=1) as writer:
        while batch := list(islice(rows, BATCH)):
            total += len(batch)
            writer.write_table(_table(batch, width, shape), row_group_size=BATCH * 5)
    return total


def _table(batch: list[Row], width: int, shape: pa.Schema) -> pa.Table:
    numbers = [row.number for row in batch]
    cells = [fit(row.cells, width) for row in batch]
    columns = [pa.array(_cut(column), pa.string()) for column in zip(*cells, strict=True)]
    marks = [_marks(row, width) for row in batch]
    broken = [row.broken for row in batch]
    return pa.table([pa.array(numbers, pa.int64()), *columns, pa.array(marks, pa.string()), pa.array(broken, pa.string())], schema=shape)  # fmt: skip


def fit(cells: Sequence[str | None], width: int) -> Sequence[str | None]:
    missing = width - len(cells)
    if missing > 0:
        return [*cells, *([None] * missing)]
    return cells if not missing else cells[:width]


def _cut(column: Sequence[str | None]) -> Sequence[str | None]:
    if max(map(len, filter(None, column)), default=0) <= _CELL:
        return column
    return [cell and cell[:_CELL] for cell in column]


def _marks(row: Row, width: int) -> str | None:
    if any(row.cells[width:]):
        return ",".join((*row.marks, "extra_cells"))
    return ",".join(row.marks) or None
