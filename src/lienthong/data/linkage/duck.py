"""The stages on DuckDB."""

import math
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from lienthong.data.linkage import sqltext
from lienthong.data.linkage.inputs import Table, quoted
from lienthong.data.linkage.legacy import repaired
from lienthong.data.linkage.verdicts import CODES, DUPLICATE, explain

if TYPE_CHECKING:
    from lienthong.data.linkage.run import LinkSettings

PEOPLE_COLUMNS = (
    "personal_number", "old_number", "full_name", "birth_precision", "sex", "status", "commune_code", "mother_name",
)  # fmt: skip


class Duck:
    def __init__(self, settings: "LinkSettings", work: Path) -> None:
        self.settings, self.work, self.model = settings, work, settings.model
        self.set_aside = 0
        self.prior = 0.0
        self.has_names = True
        self.files = self._connection()

    def _connection(self) -> duckdb.DuckDBPyConnection:
        spill = self.work / "spill"
        shutil.rmtree(spill, ignore_errors=True)
        connection = duckdb.connect(
            config={"memory_limit": self.settings.memory, "temp_directory": str(spill)}
            | ({"threads": self.settings.threads} if self.settings.threads else {})
        )
        connection.execute("SET enable_progress_bar = false")
        for macro in sqltext.macros(self.model):
            connection.execute(macro)
        return connection

    def run(self, name: str, **blanks: str) -> None:
        for statement in sqltext.statements(name, **blanks):
            self.files.execute(statement)

    def one(self, query: str) -> Any:
        row = self.files.execute(query).fetchone()
        return row[0] if row else None

    def load(self, people: Table, records: Table) -> None:
        self.files.execute("SET preserve_insertion_order = false")
        self.files.execute(_view("people_file", people, PEOPLE_COLUMNS, extra=_born(people)))
        self.files.execute(_view("record_file", records, RECORD_COLUMNS, row="row_no"))
        self.has_names = "full_name" in records.columns
        self._units()
        self.run("people")
        kept = int(self.one("SELECT count(*) FROM people"))
        self.set_aside = people.rows - kept
        self.prior = round(math.log2(max(kept, 2)), 6)

    def _units(self) -> None:
        if self.settings.units:
            source = f"read_csv({quoted(self.settings.units)}, header = true, all_varchar = true)"
        else:
            source = "(SELECT NULL::VARCHAR AS predecessor, NULL::VARCHAR AS successor)"
        self.run("units", source=source)

    def exact(self, first: int, past: int, into: Path) -> None:
        self.files.execute(
            f"CREATE OR REPLACE TEMP VIEW source_rows AS SELECT * FROM record_file WHERE row_no >= {first} AND row_no < {past}"  # noqa: S608 - whole numbers
        )
        self.run("parse", more="")
        self.run("births", births_of="parsed", month_names=sqltext.month_names(), this_year=str(sqltext.THIS_YEAR))
        self.run("hits")
        self._spellings("unlike")
        self.run("exact", prior=repr(self.prior))
        self._keep(into)

    def _spellings(self, rows: str) -> None:
        """Names of these rows, with the few that an old font spoiled read as they were meant."""
        self.run("spellings", names_of=rows)
        odd = self.files.execute("SELECT h, raw FROM spellings WHERE kind = 3 ORDER BY raw").fetchall()
        if not odd:
            return
        read = [(h, repaired(raw)) for h, raw in odd]
        self.files.register(
            "read_again",
            pa.table(
                {
                    "h": pa.array([h for h, _ in read], pa.uint64()),
                    "raw": pa.array([name for _, name in read], pa.string()),
                    "typed": pa.array([raw for _, raw in odd], pa.string()),
                }
            ),
        )
        self.run("repaired")
        self.files.unregister("read_again")

    def _keep(self, into: Path) -> None:
        part = into.with_suffix(".part")
        self.files.execute(f"COPY outcome TO {quoted(part)} (FORMAT parquet, COMPRESSION lz4)")
        os.replace(part, into)

    def undecided(self, path: Path) -> int:
        return int(self.one(f"SELECT count(*) FROM read_parquet({quoted(path)}) WHERE verdict = 0"))  # noqa: S608 - a path, quoted

    def residue(self, buckets: list[Path], into: Path) -> None:
        self.files.execute(
            "CREATE OR REPLACE TEMP VIEW source_rows AS SELECT r.* FROM record_file AS r "
            f"JOIN (SELECT row_no FROM read_parquet({_listed(buckets)}) WHERE verdict = 0) AS o ON r.row_no = o.row_no"  # noqa: S608 - paths, quoted
        )
        self.run("parse", more=", unit_of(commune_code) AS unit, mother_name, key_of(mother_name) AS mh")
        self.run("births", births_of="parsed", month_names=sqltext.month_names(), this_year=str(sqltext.THIS_YEAR))
        self._spellings("parsed")
        model = self.model
        self.run("facts")
        self.run("pairs")
        self.run(
            "decide",
            prior=repr(self.prior),
            accept=repr(model.accept),
            margin=repr(model.margin),
            possible=repr(model.possible),
            has_names="TRUE" if self.has_names else "FALSE",
        )
        self._keep(into)

    def finish(self, exact: list[Path], rest: list[Path], into: Path) -> list[tuple[str, str, int]]:
        for table in ("people", "names", "parsed", "hits", "judged", "pairs", "compared", "scored", "ranked", "facts"):
            self.files.execute(f"DROP TABLE IF EXISTS {table}")
        self.run("gather", exact=_listed(exact), rest=_listed(rest))
        seen = self.files.execute("SELECT DISTINCT verdict, sig FROM decided").fetchall()
        words = [(verdict, sig, str(CODES[verdict]), explain(verdict, sig, self.model)) for verdict, sig in seen]
        columns = zip(*words, strict=True)
        kinds = (pa.int32(), pa.int64(), pa.string(), pa.string())
        arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        self.files.register("words", pa.table(dict(zip(("code", "sig", "verdict", "reasons"), arrays, strict=True))))
        before, _, after = DUPLICATE[1].partition("{first}")
        self.run("verdicts", twice_before=before, twice_after=after)
        how = "FORMAT csv, HEADER" if ".csv" in into.suffixes else "FORMAT parquet, COMPRESSION zstd"
        self.files.execute(f"COPY (SELECT record_id, verdict, personal_number, score, reasons FROM verdicts ORDER BY row_no) TO {quoted(into)} ({how})")  # noqa: S608 - a path, quoted
        return self.files.execute(
            "SELECT coalesce(source, ''), verdict, count(*) FROM verdicts GROUP BY ALL ORDER BY ALL"
        ).fetchall()


RECORD_COLUMNS = (
    "personal_number", "old_number", "full_name", "birth_date", "sex", "commune_code", "mother_name", "source",
)  # fmt: skip


def _view(name: str, table: Table, columns: tuple[str, ...], *, row: str = "prow", extra: str = "") -> str:
    listed = [_text(table, column) for column in columns]
    if row == "row_no":
        own = table.columns.get("record_id")
        listed.append(f"CAST({_named(own)} AS VARCHAR) AS record_id" if own else "CAST(file_row_number + 1 AS VARCHAR) AS record_id")
    return (
        f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT file_row_number AS {row}, {', '.join(listed)}{extra} "  # noqa: S608 - names of columns, quoted
        f"FROM read_parquet({quoted(table.path)}, file_row_number = true)"
    )


def _named(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _text(table: Table, column: str) -> str:
    own = table.columns.get(column)
    return f"nullif(CAST({_named(own)} AS VARCHAR), '') AS {column}" if own else f"CAST(NULL AS VARCHAR) AS {column}"


def _born(people: Table) -> str:
    text = f"CAST({_named(people.columns['birth_date'])} AS VARCHAR)"
    return (
        f", coalesce(TRY_CAST({_named(people.columns['birth_date'])} AS DATE),"
        f" CAST(try_strptime({text}, '%d/%m/%Y') AS DATE)) AS born"
    )


def _listed(paths: list[Path]) -> str:
    return "[" + ", ".join(quoted(path) for path in paths) + "]"

