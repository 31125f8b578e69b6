"""All verdicts together: records that say one person twice, reasons in words, one file in the records' order.

What the buckets leave is a few whole numbers a record, held here as columns; what is said of a verdict and its levels
is made once for each, and written as a dictionary.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from lienthong.data.linkage.arrow import of_numbers, of_texts, truths
from lienthong.data.linkage.columns import parts
from lienthong.data.linkage.inputs import Table
from lienthong.data.linkage.jit import Column
from lienthong.data.linkage.model import Model
from lienthong.data.linkage.names import distinct
from lienthong.data.linkage.verdicts import CODES, DUPLICATE, Verdict, evidence_of, explain, score

SCHEMA: Final = pa.schema(
    [("record_id", pa.string()), ("verdict", pa.dictionary(pa.int8(), pa.string())), ("personal_number", pa.string()),
     ("score", pa.float64()), ("reasons", pa.dictionary(pa.int32(), pa.string()))]
)  # fmt: skip
ACCEPTED: Final = {Verdict.MATCHED, Verdict.CORRECTED, Verdict.DEAD}
NAMED: Final = [str(verdict) for verdict in Verdict]
FIGURES: Final = np.array([f"{n:04d}" for n in range(10_000)], dtype="S4").view(np.uint32)

ROWS: Final = 1 << 20
"""Verdicts written at a time: what is said stands in the file once for so many."""
ODD: Final = np.int64(0x9E3779B97F4A7C15 - (1 << 64))


def gather(
    records: Table, buckets: list[Path], into: Path, *, model: Model, prior: float
) -> list[tuple[str, str, int]]:
    """Write the verdicts as Parquet; count them by source and verdict. buckets: what `bucket.decide` wrote, in order."""
    held = _Held(records, buckets)
    told = _Said(held.words, model, prior)
    with pq.ParquetWriter(
        into, SCHEMA, compression="zstd", store_schema=False, use_dictionary=["verdict", "score", "reasons"],
        dictionary_pagesize_limit=1 << 28,
    ) as writer:  # fmt: skip
        for first, ids in _ids(records):
            writer.write_table(_written(held, told, first, ids))
    return _tally(held)


def _ids(records: Table) -> Iterator[tuple[int, pa.Array]]:
    """Names of the records, some at a time, and the row of the first; their places where the file names none."""
    if "record_id" in records.columns:
        for part in parts(records, ("record_id",), rows=ROWS):
            yield part.first, part["record_id"].text()
    else:
        for first in range(0, records.rows, ROWS):
            past = min(first + ROWS, records.rows)
            yield first, of_numbers(np.arange(first + 1, past + 1)).cast(pa.string())


class _Places(dict[Any, int]):
    """Values in the order in which they were met."""

    def __missing__(self, value: Any) -> int:
        self[value] = len(self)
        return self[value]


class _Held:
    """What was decided, in the records' order. word: a place in `words`, each a verdict and its levels; source alike."""

    def __init__(self, records: Table, buckets: list[Path]) -> None:
        self.records, rows = records, records.rows
        self.pid, self.word, self.source = (
            np.empty(rows, np.int64),
            np.empty(rows, np.int32),
            np.empty(rows, np.int32),
        )
        self.words, self.sources = _Places(), _Places()
        alike = np.empty(rows, np.int64)
        row = 0
        for bucket in buckets:
            with pq.ParquetFile(bucket) as file:
                read = file.read(use_threads=False)
            here = slice(row, row + len(read))
            pid, word, same = (read[name].combine_chunks() for name in ("pid", "word", "alike"))
            self.pid[here], alike[here] = np.from_dlpack(pid), np.from_dlpack(same)
            coded = word.dictionary_encode()
            places = np.array([self.words[word] for word in coded.dictionary.to_pylist()], np.int32)
            self.word[here] = places[np.from_dlpack(coded.indices)]
            row += len(read)
        self.source[:] = self.sources[""]
        for part in parts(records, ("source",)):
            part["source"].coded(self.sources, self.source[part.first : part.first + part.rows])
        self.source[self.source < 0] = self.sources[""]
        self.again, self.firsts = self._repeats(alike)

    def _repeats(self, alike: Column) -> tuple[Column, list[str]]:
        """Rows that say again what an earlier record of their source says, ascending, and which that is."""
        keys = np.where(alike == 0, 0, alike + self.source.astype(np.int64) * ODD)
        rising = np.sort(keys)
        again = rising[1:][(rising[1:] == rising[:-1]) & (rising[1:] != 0)]
        rows = np.flatnonzero(truths(pc.is_in(of_numbers(keys), value_set=of_numbers(again))))
        accepted = np.array([CODES[word % 16] in ACCEPTED for word in self.words])[self.word[rows]]
        pid = np.where(accepted, self.pid[rows], -1)
        whose = zip(alike[rows].tolist(), self.source[rows].tolist(), pid.tolist(), strict=True)
        first: dict[tuple[int, int, int], tuple[int, str, int]] = {}
        said = list(zip(whose, self._named(rows), rows.tolist(), strict=True))
        for one, name, row in said:
            mine = (len(name), name, row)
            first[one] = min(first.get(one, mine), mine)
        again = [(row, first[one][1]) for one, _, row in said if first[one][2] != row]
        return np.array([row for row, _ in again], np.int64), [name for _, name in again]

    def _named(self, rows: Column) -> list[str]:
        """The names of these records, ascending."""
        found = list[str]()
        for first, ids in _ids(self.records):
            begin, end = np.searchsorted(rows, [first, first + len(ids)])
            found += ids.take(of_numbers(rows[begin:end] - first)).to_pylist()
        return found


class _Said:
    """What is said of each word; texts that are alike are one."""

    def __init__(self, words: Iterable[int], model: Model, prior: float) -> None:
        split = [(word % 16, word // 16) for word in words]
        self.verdict = np.array([code - 1 for code, _ in split], np.int8)
        self.score = np.array([score(code, levels, model, prior) for code, levels in split])
        texts: dict[str, int] = {}
        evidence = evidence_of(model)
        reasons = [texts.setdefault(explain(code, levels, evidence), len(texts)) for code, levels in split]
        self.text, self.texts = np.array(reasons, np.int32), of_texts([*texts])


def _written(held: _Held, said: _Said, first: int, ids: pa.Array) -> pa.Table:
    """The verdicts of these records, of which the first is row `first`."""
    past = first + len(ids)
    word, pid = held.word[first:past], held.pid[first:past]
    verdict = said.verdict[word]
    used, text = distinct(said.text[word], len(said.texts))
    texts = said.texts.take(of_numbers(used))
    begin, end = np.searchsorted(held.again, [first, past])
    again = held.again[begin:end] - first
    reasons: dict[str, int] = {}
    before, _, after = DUPLICATE[1].partition("{first}")
    also = texts.take(of_numbers(text[again])).to_pylist()
    for row, other, last in zip(again.tolist(), held.firsts[begin:end], also, strict=True):
        reason = f"{DUPLICATE[0]}: {before}{other}{after}; {last}"
        text[row] = len(texts) + reasons.setdefault(reason, len(reasons))
    verdict[again] = NAMED.index(Verdict.DUPLICATE)
    columns = [
        ids,
        pa.DictionaryArray.from_arrays(of_numbers(verdict), of_texts(NAMED)),
        _twelve(pid),
        of_numbers(said.score[word]),
        pa.DictionaryArray.from_arrays(of_numbers(text), pa.concat_arrays([texts, of_texts([*reasons])])),
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def _twelve(numbers: Column) -> pa.Array:
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


def _tally(held: _Held) -> list[tuple[str, str, int]]:
    codes = np.array([word % 16 - 1 for word in held.words])[held.word]
    codes[held.again] = NAMED.index(Verdict.DUPLICATE)
    counts = np.bincount(held.source * len(NAMED) + codes, minlength=len(held.sources) * len(NAMED))
    named = list(held.sources)
    return sorted(
        (named[place // len(NAMED)], NAMED[place % len(NAMED)], int(counts[place]))
        for place in np.flatnonzero(counts).tolist()
    )
