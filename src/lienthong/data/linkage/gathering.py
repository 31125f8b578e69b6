"""All verdicts together: records that say one person twice, reasons in words, one file in the records' order.

Alike for every engine. What the stages leave is a few whole numbers a record, held here as columns; what is
said of a verdict and its levels is made once for each, and written as a dictionary.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from lienthong.data.linkage import sqltext
from lienthong.data.linkage.duck import kept
from lienthong.data.linkage.inputs import quoted
from lienthong.data.linkage.model import Model
from lienthong.data.linkage.verdicts import CODES, DUPLICATE, Verdict, explain, score

ROWS: Final = 500_000
"""Records written at a time."""
SCHEMA: Final = pa.schema(
    [("record_id", pa.string()), ("verdict", pa.dictionary(pa.int8(), pa.string())), ("personal_number", pa.string()),
     ("score", pa.float64()), ("reasons", pa.dictionary(pa.int32(), pa.string()))]
)  # fmt: skip
ACCEPTED: Final = {Verdict.MATCHED, Verdict.CORRECTED, Verdict.DEAD}
NAMED: Final = [str(verdict) for verdict in Verdict]
FIGURES: Final = np.array([f"{n:04d}" for n in range(10_000)], dtype="S4").view(np.uint32)

ODD: Final = np.uint64(0x9E3779B97F4A7C15)

_Column = npt.NDArray[Any]


def gather(
    files: duckdb.DuckDBPyConnection, parts: list[Path], into: Path, *, rows: int, model: Model, prior: float
) -> list[tuple[str, str, int]]:
    """Write the verdicts; count them by source and verdict. `files` holds the view record_file; parts: what `keep` wrote."""
    _forget(files)
    # DuckDB gives rows in the file's order on one thread only.
    files.execute("SET preserve_insertion_order = true")
    files.execute("SET threads = 1")
    held = _Held(files, parts, rows)
    said = _Said(held.words, model, prior)
    whole = into.with_suffix(".columns") if ".csv" in into.suffixes else into
    with pq.ParquetWriter(
        whole, SCHEMA, compression="zstd", store_schema=False, use_dictionary=["verdict", "score", "reasons"],
        dictionary_pagesize_limit=1 << 28,
    ) as writer:  # fmt: skip
        row = 0
        for ids in files.execute("SELECT record_id FROM record_file").to_arrow_reader(ROWS):
            writer.write_table(_written(held, said, row, ids.column(0)))
            row += len(ids)
    if whole is not into:
        files.execute(f"COPY (SELECT * FROM {kept([whole])}) TO {quoted(into)} (FORMAT csv, HEADER)")
        whole.unlink()
    return _tally(files, held)


def _forget(files: duckdb.DuckDBPyConnection) -> None:
    """Let go of what the stages held."""
    query = "SELECT table_name FROM duckdb_tables() WHERE temporary"
    for (table,) in files.execute(query).fetchall():
        files.execute(f"DROP TABLE {table}")


class _Held:
    """What was decided, in the records' order. word: a place in `words`, each a verdict and its levels; source alike."""

    def __init__(self, files: duckdb.DuckDBPyConnection, parts: list[Path], rows: int) -> None:
        self.pid, self.word = np.empty(rows, np.int64), np.empty(rows, np.int32)
        self.words: dict[int, int] = {}
        alike = np.empty(rows, np.uint64)
        for part in parts:
            (query,) = sqltext.statements("outcomes", part=kept([part]))
            read = files.execute(query).to_arrow_table()
            at = read["row_no"].to_numpy()
            self.pid[at], alike[at] = read["pid"].to_numpy(), read["alike"].to_numpy()
            self.word[at] = _places(read["word"], self.words)
        self.sources: dict[int, int] = {}
        read = files.execute(
            "SELECT key_of(coalesce(source, '')) AS source FROM record_file"
        ).to_arrow_table()
        self.source = _places(read["source"], self.sources)
        self.again, self.firsts = self._repeats(files, alike)

    def _repeats(self, files: duckdb.DuckDBPyConnection, alike: _Column) -> tuple[_Column, list[str]]:
        """Rows that say again what an earlier record of their source says, and which that is."""
        keys = np.where(alike == 0, 0, alike + self.source.astype(np.uint64) * ODD)
        order = np.argsort(keys)
        keys = keys[order]
        same = (keys[1:] == keys[:-1]) & (keys[1:] != 0)
        rows = order[np.append(same, False) | np.append(False, same)]
        accepted = np.array([CODES[word % 16] in ACCEPTED for word in self.words])[self.word[rows]]
        pid = np.where(accepted, self.pid[rows], -1)
        table = pa.table({"row_no": rows, "alike": alike[rows], "source": self.source[rows], "pid": pid})
        files.register("alike", table)
        (query,) = sqltext.statements("repeats")
        found = files.execute(query).to_arrow_table()
        files.unregister("alike")
        return found["row_no"].to_numpy(), found["first"].to_pylist()


def _places(column: pa.ChunkedArray, known: dict[int, int]) -> _Column:
    """The place of each value among the known ones, in the order in which they were met."""
    coded = column.combine_chunks().dictionary_encode()
    places = [known.setdefault(value, len(known)) for value in coded.dictionary.to_pylist()]
    codes: _Column = np.array(places, dtype=np.int32)
    found: _Column = codes.take(coded.indices.to_numpy())
    return found


class _Said:
    """What is said of each word; texts that are alike are one."""

    def __init__(self, words: Iterable[int], model: Model, prior: float) -> None:
        split = [(word % 16, word // 16) for word in words]
        self.verdict = np.array([code - 1 for code, _ in split], np.int8)
        self.score = np.array([score(code, levels, model, prior) for code, levels in split])
        texts: dict[str, int] = {}
        reasons = [texts.setdefault(explain(code, levels, model), len(texts)) for code, levels in split]
        self.text, self.texts = np.array(reasons, np.int32), list(texts)


def _written(held: _Held, said: _Said, first: int, ids: pa.Array) -> pa.Table:
    """The verdicts of these records, of which the first is row `first`."""
    past = first + len(ids)
    word, pid = held.word[first:past], held.pid[first:past]
    verdict = said.verdict[word]
    used, text = np.unique(said.text[word], return_inverse=True)
    texts = [said.texts[place] for place in used]
    begin, end = np.searchsorted(held.again, [first, past])
    again = held.again[begin:end] - first
    reasons: dict[str, int] = {}
    before, _, after = DUPLICATE[1].partition("{first}")
    for row, other in zip(again.tolist(), held.firsts[begin:end], strict=True):
        reason = f"{DUPLICATE[0]}: {before}{other}{after}; {texts[text[row]]}"
        text[row] = len(texts) + reasons.setdefault(reason, len(reasons))
    verdict[again] = NAMED.index(Verdict.DUPLICATE)
    columns = [
        ids,
        pa.DictionaryArray.from_arrays(verdict, NAMED),
        _twelve(pid),
        pa.array(said.score[word]),
        pa.DictionaryArray.from_arrays(text.astype(np.int32), [*texts, *reasons]),
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def _twelve(numbers: _Column) -> pa.Array:
    """Whole numbers as twelve figures; none for -1."""
    some = numbers >= 0
    given = numbers[some]
    figures = np.empty((len(given), 3), np.uint32)
    for place, over in enumerate((10**8, 10**4, 1)):
        figures[:, place] = FIGURES[given // over % 10_000]
    ends = np.zeros(len(numbers) + 1, np.int32)
    np.cumsum(some, out=ends[1:], dtype=np.int32)
    bits = np.packbits(some, bitorder="little")
    buffers = [pa.py_buffer(bits), pa.py_buffer(ends * 12), pa.py_buffer(figures)]
    return pa.Array.from_buffers(pa.string(), len(numbers), buffers)


def _tally(files: duckdb.DuckDBPyConnection, held: _Held) -> list[tuple[str, str, int]]:
    codes = np.array([word % 16 - 1 for word in held.words])[held.word]
    codes[held.again] = NAMED.index(Verdict.DUPLICATE)
    counts = np.bincount(held.source * len(NAMED) + codes, minlength=len(held.sources) * len(NAMED))
    query = "SELECT key_of(source), source FROM (SELECT DISTINCT coalesce(source, '') AS source FROM record_file) AS d"
    named = {held.sources[key]: source for key, source in files.execute(query).fetchall()}
    return sorted(
        (named[place // len(NAMED)], NAMED[place % len(NAMED)], int(counts[place]))
        for place in np.flatnonzero(counts).tolist()
    )
