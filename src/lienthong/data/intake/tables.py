"""Rows of Parquet and of JSON lines."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from lienthong.data.intake.errors import TooBigUnpacked, Unreadable
from lienthong.data.intake.inspecting import Limits
from lienthong.data.intake.rows import WIDEST, Row
from lienthong.data.intake.sheets import cell_text
from lienthong.data.intake.textfiles import LINE

_BATCH: Final = 10_000
_KEYS_FROM: Final = 2_000


def parquet_names(path: Path, name: str, limits: Limits) -> list[str]:
    """Column names. Raises Unreadable, TooBigUnpacked."""
    try:
        found = pq.read_metadata(path)
        groups = [found.row_group(i) for i in range(found.num_row_groups)]
        unpacked = sum(group.total_byte_size for group in groups)
        names = list(pq.read_schema(path).names)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Unreadable(name=name) from error
    largest = max((group.total_byte_size for group in groups), default=0)
    if unpacked > limits.unpacked * 8 or largest > limits.unpacked or len(names) > WIDEST:
        raise TooBigUnpacked(name=name)
    return names


def parquet_rows(path: Path, name: str) -> Iterator[Row]:
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                for cells in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    number += 1
                    yield Row(number, [_plain(cell) for cell in cells])
    except (pa.ArrowException, OSError, ValueError) as error:
        raise Unreadable(name=name) from error


def _plain(cell: Any) -> str | None:
    if isinstance(cell, (bytes, bytearray)):
        return None
    if isinstance(cell, Decimal):
        return format(cell, "f").replace(".", ",")
    if isinstance(cell, (list, dict)):
        return json.dumps(cell, ensure_ascii=False, default=str)
    return cell_text(cell) if isinstance(cell, (str, bool, int, float, datetime, date, time)) or cell is None else str(cell)  # fmt: skip


def json_names(path: Path) -> list[str]:
    """Keys of the first lines, in the order in which they come."""
    names: dict[str, None] = {}
    for row in _objects(path):
        if isinstance(row[1], dict):
            names |= dict.fromkeys(str(key) for key in row[1])
        if row[0] >= _KEYS_FROM:
            break
    return list(names)[:WIDEST]


def json_rows(path: Path, names: list[str]) -> Iterator[Row]:
    """One row a line; a line that is not a JSON object is broken, and the next one is read."""
    for number, found, line in _objects(path):
        if isinstance(found, dict):
            extra = ("extra_cells",) if found.keys() - set(names) else ()
            yield Row(number, [_plain(found.get(name)) for name in names], extra)
        elif line.strip():
            yield Row(number, [], broken=line[:200])


def _objects(path: Path) -> Iterator[tuple[int, Any, str]]:
    number = 0
    with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
        while line := file.readline(LINE):
            number += 1
            if len(line) == LINE and not line.endswith("\n"):
                while (rest := file.readline(LINE)) and not rest.endswith("\n"):
                    pass
            try:
                yield number, json.loads(line), line
            except (ValueError, RecursionError):
                yield number, None, line
