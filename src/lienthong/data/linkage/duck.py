"""The stages on DuckDB."""

import json
import math
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from lienthong.data.linkage import sqltext
from lienthong.data.linkage.inputs import Table, quoted
from lienthong.data.linkage.legacy import repaired
from lienthong.data.linkage.verdicts import CODES, DUPLICATE, Verdict, explain, score

if TYPE_CHECKING:
    from lienthong.data.linkage.run import LinkSettings

PEOPLE_COLUMNS = (
    "personal_number", "old_number", "full_name", "birth_precision", "sex", "status", "commune_code", "mother_name",
)  # fmt: skip


class Duck:
    def __init__(self, settings: "LinkSettings", work: Path) -> None:
        self.settings, self.work, self.model = settings, work, settings.model
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

    def see(self, people: Table, records: Table) -> None:
        self.files.execute("SET preserve_insertion_order = false")
        self.files.execute(_view("people_file", people, PEOPLE_COLUMNS, extra=_born(people)))
        self.files.execute(_view("record_file", records, RECORD_COLUMNS, row="row_no"))
        self.has_names = "full_name" in records.columns

    def load(self) -> int:
        self._units()
        self.run("people")
        return int(self.one("SELECT count(pid) FROM people"))

    def know(self, kept: int) -> None:
        self.prior = round(math.log2(max(kept, 2)), 6)

    def _units(self) -> None:
        if self.settings.units:
            source = f"read_csv({quoted(self.settings.units)}, header = true, all_varchar = true)"
        else:
            source = "(SELECT NULL::VARCHAR AS predecessor, NULL::VARCHAR AS successor)"
        self.run("units", source=source)

    def exact(self, first: int, past: int, into: Path, left: Path) -> None:
        self.files.execute(
            f"CREATE OR REPLACE TEMP VIEW source_rows AS SELECT * FROM record_file WHERE row_no >= {first} AND row_no < {past}"
        )
        self.run("parse")
        self.run("births", this_year=str(sqltext.THIS_YEAR))
        self.run("hits")
        self._spellings()
        self.run("exact")
        self._keep("open_facts", left)
        self._keep("number_outcome", into)

    def _spellings(self) -> None:
        """Names to be compared, with the few that an old font spoiled read as they were meant."""
        self.run("spellings")
        odd = self.files.execute("SELECT raw FROM spellings WHERE kind = 3 ORDER BY raw").fetchall()
        if not odd:
            return
        # By way of a file: thousands of constants in a statement take longer to plan than to read.
        place = self.work / "read_again.json"
        place.write_text(json.dumps([{"typed": raw, "raw": repaired(raw)} for (raw,) in odd]), "utf-8")
        self.files.execute(
            "CREATE OR REPLACE TEMP TABLE read_again AS SELECT key_of(typed) AS h, typed, raw FROM "
            f"read_json({quoted(place)}, format = 'array', columns = {{typed: 'VARCHAR', raw: 'VARCHAR'}})"
        )
        self.run("repaired")

    def _keep(self, table: str, into: Path) -> None:
        part = into.with_suffix(".part")
        self.files.execute(
            f"COPY (SELECT * FROM {table}) TO {quoted(part)} (FORMAT parquet, COMPRESSION lz4)"
        )
        part.replace(into)

    def undecided(self, left: Path) -> int:
        return int(self.one(f"SELECT count(*) FROM {_files([left])}"))

    def residue(self, left: list[Path], into: Path) -> None:
        model = self.model
        self.run("facts", left=_files(left))
        self.run("pairs")
        self.run(
            "decide",
            prior=repr(self.prior),
            accept=repr(model.accept),
            margin=repr(model.margin),
            possible=repr(model.possible),
            has_names="TRUE" if self.has_names else "FALSE",
        )
        self._keep("outcome", into)

    def finish(self, exact: list[Path], rest: list[Path], into: Path) -> list[tuple[str, str, int]]:
        # What the stages held is let go before all verdicts are gathered.
        for (table,) in self.files.execute(
            "SELECT table_name FROM duckdb_tables() WHERE temporary"
        ).fetchall():
            self.files.execute(f"DROP TABLE {table}")
        self.run("gather", exact=_files(exact), rest=_files(rest))
        seen = self.files.execute("SELECT DISTINCT verdict, sig FROM decided").fetchall()
        self.files.execute(
            "CREATE OR REPLACE TEMP TABLE words AS SELECT unnest($code) AS code, unnest($sig) AS sig, "
            "unnest($verdict) AS verdict, unnest($score) AS score, unnest($reasons) AS reasons",
            {
                "code": [code for code, _ in seen],
                "sig": [sig for _, sig in seen],
                "verdict": [str(CODES[code]) for code, _ in seen],
                "score": [score(code, sig, self.model, self.prior) for code, sig in seen],
                "reasons": [explain(code, sig, self.model) for code, sig in seen],
            },
        )
        before, _, after = DUPLICATE[1].partition("{first}")
        self.run("verdicts", twice_before=before, twice_after=after)
        # The file's order is that of `record_file`: it has to stay on the left, and be read by one thread.
        self.files.execute("SET preserve_insertion_order = true")
        self.files.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        self.files.execute("SET threads = 1")
        how = "FORMAT csv, HEADER" if ".csv" in into.suffixes else "FORMAT parquet, COMPRESSION zstd"
        self.files.execute(f"COPY (SELECT * FROM verdicts) TO {quoted(into)} ({how})")
        tally = self.files.execute("SELECT source, verdict, again, n FROM tally").fetchall()
        return sorted(
            (source, str(Verdict.DUPLICATE if again else CODES[code]), count)
            for source, code, again, count in tally
        )


RECORD_COLUMNS = (
    "personal_number", "old_number", "full_name", "birth_date", "sex", "commune_code", "mother_name", "source",
)  # fmt: skip


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


def _files(paths: list[Path]) -> str:
    return "read_parquet([" + ", ".join(quoted(path) for path in paths) + "])"
