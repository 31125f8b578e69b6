"""The stages on DuckDB."""

import math
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

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
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": self.settings.memory,
            "temp_directory": str(spill),
        }
        if self.settings.threads:
            config["threads"] = self.settings.threads
        connection = duckdb.connect(config=config)
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
            f"CREATE OR REPLACE TEMP VIEW source_rows AS SELECT * FROM record_file WHERE row_no >= {first} AND row_no < {past}"
        )
        self.run("parse", more="")
        self.run("births", month_names=sqltext.month_names(), this_year=str(sqltext.THIS_YEAR))
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
        self.files.execute(
            "CREATE OR REPLACE TEMP TABLE read_again AS SELECT unnest($h::UBIGINT[]) AS h, unnest($raw) AS raw, unnest($typed) AS typed",
            {
                "h": [h for h, _ in odd],
                "raw": [repaired(raw) for _, raw in odd],
                "typed": [raw for _, raw in odd],
            },
        )
        self.run("repaired")

    def _keep(self, into: Path) -> None:
        part = into.with_suffix(".part")
        self.files.execute(f"COPY outcome TO {quoted(part)} (FORMAT parquet, COMPRESSION lz4)")
        part.replace(into)

    def undecided(self, path: Path) -> int:
        return int(self.one(f"SELECT count(*) FROM read_parquet({quoted(path)}) WHERE verdict = 0"))

    def residue(self, buckets: list[Path], into: Path) -> None:
        self.files.execute(
            "CREATE OR REPLACE TEMP VIEW source_rows AS SELECT r.* FROM record_file AS r "
            f"JOIN (SELECT row_no FROM read_parquet({_listed(buckets)}) WHERE verdict = 0) AS o ON r.row_no = o.row_no"
        )
        self.run("parse", more=MORE)
        self.run("births", month_names=sqltext.month_names(), this_year=str(sqltext.THIS_YEAR))
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
        for (table,) in self.files.execute(
            "SELECT table_name FROM duckdb_tables() WHERE temporary"
        ).fetchall():
            self.files.execute(f"DROP TABLE {table}")
        self.files.execute("SET preserve_insertion_order = true")
        # The records' order is that of the left table of each join: it has to stay on the left.
        self.files.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        self.run("gather", exact=_listed(exact), rest=_listed(rest))
        seen = self.files.execute("SELECT DISTINCT verdict, sig FROM decided").fetchall()
        self.files.execute(
            "CREATE OR REPLACE TEMP TABLE words AS SELECT unnest($code) AS code, unnest($sig) AS sig, "
            "unnest($verdict) AS verdict, unnest($reasons) AS reasons",
            {
                "code": [code for code, _ in seen],
                "sig": [sig for _, sig in seen],
                "verdict": [str(CODES[code]) for code, _ in seen],
                "reasons": [explain(code, sig, self.model) for code, sig in seen],
            },
        )
        before, _, after = DUPLICATE[1].partition("{first}")
        self.run("verdicts", twice_before=before, twice_after=after)
        how = "FORMAT csv, HEADER" if ".csv" in into.suffixes else "FORMAT parquet, COMPRESSION zstd"
        self.files.execute(
            f"COPY (SELECT record_id, verdict, personal_number, score, reasons FROM verdicts) TO {quoted(into)} ({how})"
        )
        return self.files.execute(
            "SELECT coalesce(source, ''), verdict, count(*) FROM verdicts GROUP BY ALL ORDER BY ALL"
        ).fetchall()


RECORD_COLUMNS = (
    "personal_number", "old_number", "full_name", "birth_date", "sex", "commune_code", "mother_name", "source",
)  # fmt: skip


MORE = """, unit_of(commune_code) AS unit, mother_name, key_of(mother_name) AS mh,
    CASE WHEN kind IN (0, 1, 6) THEN coalesce(figures, typed) END AS figures,
    CASE WHEN kind = 2 AND old_number IS NULL THEN CAST(figures AS INTEGER) ELSE old_of(old_number) END AS old"""


def _view(name: str, table: Table, columns: tuple[str, ...], *, row: str = "prow", extra: str = "") -> str:
    listed = [_text(table, column) for column in columns]
    if row == "row_no":
        own = table.columns.get("record_id")
        listed.append(
            f"CAST({_named(own)} AS VARCHAR) AS record_id"
            if own
            else "CAST(file_row_number + 1 AS VARCHAR) AS record_id"
        )
    return (
        f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT file_row_number AS {row}, {', '.join(listed)}{extra} "
        f"FROM read_parquet({quoted(table.path)}, file_row_number = true)"
    )


def _named(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _text(table: Table, column: str) -> str:
    own = table.columns.get(column)
    return (
        f"nullif(CAST({_named(own)} AS VARCHAR), '') AS {column}"
        if own
        else f"CAST(NULL AS VARCHAR) AS {column}"
    )


def _born(people: Table) -> str:
    text = f"CAST({_named(people.columns['birth_date'])} AS VARCHAR)"
    return (
        f", coalesce(TRY_CAST({_named(people.columns['birth_date'])} AS DATE),"
        f" CAST(try_strptime({text}, '%d/%m/%Y') AS DATE)) AS born"
    )


def _listed(paths: list[Path]) -> str:
    return "[" + ", ".join(quoted(path) for path in paths) + "]"
