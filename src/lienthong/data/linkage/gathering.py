"""All verdicts together: records that say one person twice, reasons in words, one file in the records' order.

DuckDB does it for every engine: what the stages leave is a few whole numbers a record.
"""

from pathlib import Path
from typing import Final

import duckdb

from lienthong.data.linkage import sqltext
from lienthong.data.linkage.duck import given, kept
from lienthong.data.linkage.inputs import quoted
from lienthong.data.linkage.model import Model
from lienthong.data.linkage.verdicts import CODES, DUPLICATE, Verdict, explain, score

WORDS: Final = {
    "code": "INTEGER", "sig": "BIGINT", "verdict": "VARCHAR", "score": "DOUBLE", "reasons": "VARCHAR",
}  # fmt: skip


def gather(
    files: duckdb.DuckDBPyConnection, parts: list[Path], into: Path, *, work: Path, model: Model, prior: float
) -> list[tuple[str, str, int]]:
    """Write the verdicts; count them by source and verdict. `files` holds the view record_file; parts: what `keep` wrote."""
    _forget(files)
    _run(files, "gather", parts=kept(parts))
    _words(files, work, model, prior)
    before, _, after = DUPLICATE[1].partition("{first}")
    _run(files, "verdicts", twice_before=before, twice_after=after)
    # The file's order is that of `record_file`: it has to stay on the left, and be read by one thread.
    files.execute("SET preserve_insertion_order = true")
    files.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
    files.execute("SET threads = 1")
    how = "FORMAT csv, HEADER" if ".csv" in into.suffixes else "FORMAT parquet, COMPRESSION zstd"
    files.execute(f"COPY (SELECT * FROM verdicts) TO {quoted(into)} ({how})")
    tally = files.execute("SELECT source, verdict, again, n FROM tally").fetchall()
    return sorted(
        (source, str(Verdict.DUPLICATE if again else CODES[code]), count)
        for source, code, again, count in tally
    )


def _forget(files: duckdb.DuckDBPyConnection) -> None:
    """Let go of what the stages held."""
    query = "SELECT table_name FROM duckdb_tables() WHERE temporary"
    for (table,) in files.execute(query).fetchall():
        files.execute(f"DROP TABLE {table}")


def _run(files: duckdb.DuckDBPyConnection, name: str, **blanks: str) -> None:
    for statement in sqltext.statements(name, **blanks):
        files.execute(statement)


def _words(files: duckdb.DuckDBPyConnection, work: Path, model: Model, prior: float) -> None:
    """What is said of each verdict and its levels, once."""
    seen = files.execute("SELECT DISTINCT verdict, sig FROM decided").fetchall()
    rows = [
        {
            "code": code,
            "sig": sig,
            "verdict": str(CODES[code]),
            "score": score(code, sig, model, prior),
            "reasons": explain(code, sig, model),
        }
        for code, sig in seen
    ]
    given(files, work / "words.json", WORDS, rows)
