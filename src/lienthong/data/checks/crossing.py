"""What a record cannot tell by itself: whether its values stand in other rows too, and what linkage said of it.

Both are found bucket by bucket: memory holds the keys of one bucket, and a byte or two a record.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lienthong.data.intake.sql import GROUP, ident, text

KEYS: Final = 500_000
"""Of a bucket, more or less."""


def write_crossed(
    db: duckdb.DuckDBPyConnection,
    parquet: Path,
    out: Path,
    *,
    unique: Sequence[tuple[str, ...]],
    verdicts: Path | None,
) -> Path:
    """A Parquet beside the records, row for row: twice_0, … for each set of columns of `unique`, then verdict."""
    rows = f"read_parquet({text(parquet)})"
    count, last = db.execute(f"SELECT count(*), coalesce(max(row), 0) FROM {rows}").fetchone() or (0, 0)
    crossing = _Crossing(db, rows, out.parent, count // KEYS + 1)
    twice = np.zeros(last + 1, np.min_scalar_type(1 << len(unique)))
    for place, columns in enumerate(unique):
        for piece in crossing.twice(columns):
            twice[piece["row"]] |= 1 << place
    names = crossing.names(_file(verdicts)) if verdicts else []
    said = np.zeros(last + 1 if names else 0, np.min_scalar_type(len(names)))
    for piece in crossing.said(_file(verdicts), names) if verdicts else ():
        said[piece["row"]] = piece["code"]
    named = pa.array([None, *names], pa.string())
    shape = pa.schema([*((f"twice_{n}", pa.bool_()) for n in range(len(unique))), ("verdict", pa.string())])
    with pq.ParquetFile(parquet) as records, pq.ParquetWriter(out, shape) as writer:
        for batch in records.iter_batches(GROUP, columns=["row"]):
            at = batch["row"].to_numpy()
            found = [pa.array(twice[at] & (1 << place) != 0) for place in range(len(unique))]
            codes = said[at] if names else np.zeros(len(at), np.uint8)
            writer.write_table(pa.table([*found, named.take(pa.array(codes))], schema=shape))
    return out


def _file(path: Path) -> str:
    return f"{'read_parquet' if path.suffix == '.parquet' else 'read_csv'}({text(path)})"


class _Crossing:
    """Records in buckets by the hash of what they are compared by."""

    def __init__(self, db: duckdb.DuckDBPyConnection, rows: str, place: Path, buckets: int) -> None:
        self.db, self.rows, self.place, self.buckets = db, rows, place, buckets

    def twice(self, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Rows whose values together stand in more than one row; where one is missing nothing is compared."""
        keys = ", ".join(map(ident, columns))
        given = " AND ".join(f"{ident(name)} IS NOT NULL" for name in columns)
        with TemporaryDirectory(prefix="buckets-", dir=self.place) as folder:
            for part in self._parts(f"SELECT row, {keys} FROM {self.rows} WHERE {given}", keys, Path(folder)):
                more = f"SELECT {keys} FROM {part} GROUP BY ALL HAVING count(*) > 1"
                yield from self._pieces(f"SELECT row FROM {part} SEMI JOIN ({more}) USING ({keys})")

    def names(self, verdicts: str) -> list[str]:
        found = self.db.execute(
            f"SELECT DISTINCT verdict FROM {verdicts} WHERE verdict IS NOT NULL ORDER BY 1"
        )
        return [name for (name,) in found.fetchall()]

    def said(self, verdicts: str, names: list[str]) -> Iterator[dict[str, Any]]:
        """Rows with their verdict's place in `names`, from 1. Were there two of a record, the first by name is taken."""
        theirs = f"SELECT record_id::VARCHAR AS id, verdict FROM {verdicts} WHERE verdict IS NOT NULL"
        ours = f"SELECT row, coalesce(record_id, row::VARCHAR) AS id FROM {self.rows}"
        listed = f"[{', '.join(map(text, names))}]::VARCHAR[]"
        with TemporaryDirectory(prefix="buckets-", dir=self.place) as folder:
            pairs = zip(
                self._parts(ours, "id", Path(folder) / "ours"),
                self._parts(theirs, "id", Path(folder) / "theirs"),
                strict=True,
            )
            for mine, other in pairs:
                first = f"SELECT id, min(verdict) AS verdict FROM {other} GROUP BY id"
                yield from self._pieces(
                    f"SELECT row, list_position({listed}, verdict) AS code FROM {mine} JOIN ({first}) USING (id)"
                )

    def _parts(self, query: str, keys: str, folder: Path) -> Iterator[str]:
        """The rows of a query as tables, equal keys in the same one, in the same order for every query."""
        if self.buckets == 1:
            yield f"({query})"
            return
        folder.mkdir(exist_ok=True)
        self.db.execute(
            f"COPY (SELECT *, hash({keys}) % {self.buckets} AS part FROM ({query})) TO {text(folder)}"
            " (FORMAT parquet, PARTITION_BY (part), OVERWRITE, COMPRESSION lz4)"
        )
        for part in range(self.buckets):
            there = folder / f"part={part}"
            yield f"read_parquet({text(there / '*.parquet')})" if there.exists() else f"({query} LIMIT 0)"

    def _pieces(self, query: str) -> Iterator[dict[str, Any]]:
        for batch in self.db.execute(query).to_arrow_reader(GROUP):
            yield {name: batch[name].to_numpy() for name in batch.schema.names}
