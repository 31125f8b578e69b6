"""What every reader gives: numbered rows of text cells, and how they are kept for the second step."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

BATCH: Final = 20_000
WIDEST: Final = 512
CELL: Final = 32_767
"""Characters that a cell of a spreadsheet can hold; more are cut."""


@dataclass(slots=True)
class Row:
    """One row as received. `number` counts from 1; `broken` holds the start of what is not a row at all."""

    number: int
    cells: Sequence[str | None]
    marks: tuple[str, ...] = ()
    broken: str | None = None


def shape(width: int) -> pa.Schema:
    """Of rows in Parquet: row, c0…, row_mark, broken."""
    texts = [(name, pa.string()) for name in (*(f"c{i}" for i in range(width)), "row_mark", "broken")]
    return pa.schema([("row", pa.int64()), *texts])


def write_raw(tables: Iterable[pa.Table], out: Path, width: int) -> int:
    """Tables of rows into Parquet, each a group of its own. Returns how many rows. Memory holds one table."""
    total = 0
    with pq.ParquetWriter(out, shape(width), compression="zstd", compression_level=1) as writer:
        for table in tables:
            total += table.num_rows
            writer.write_table(table)
    return total


def tables_of(rows: Iterator[Row], width: int) -> Iterator[pa.Table]:
    """Rows in tables of BATCH."""
    while batch := list(islice(rows, BATCH)):
        yield rows_table(batch, width)


def rows_table(batch: Sequence[Row], width: int) -> pa.Table:
    cells = [fit(row.cells, width) for row in batch]
    columns = [pa.array(_cut(column), pa.string()) for column in zip(*cells, strict=True)]
    numbers = pa.array([row.number for row in batch], pa.int64())
    marks = pa.array([_marks(row, width) for row in batch], pa.string())
    broken = pa.array([row.broken for row in batch], pa.string())
    return pa.table([numbers, *columns, marks, broken], schema=shape(width))


def fit(cells: Sequence[str | None], width: int) -> Sequence[str | None]:
    missing = width - len(cells)
    if missing > 0:
        return [*cells, *([None] * missing)]
    return cells if not missing else cells[:width]


def _cut(column: Sequence[str | None]) -> Sequence[str | None]:
    if max(map(len, filter(None, column)), default=0) <= CELL:
        return column
    return [cell and cell[:CELL] for cell in column]


def _marks(row: Row, width: int) -> str | None:
    if any(row.cells[width:]):
        return ",".join((*row.marks, "extra_cells"))
    return ",".join(row.marks) or None
