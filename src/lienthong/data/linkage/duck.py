"""The stages on DuckDB."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb
import pyarrow as pa

from lienthong.data.linkage import sqltext
from lienthong.data.linkage.inputs import Table, quoted
from lienthong.data.linkage.stages import Stages

if TYPE_CHECKING:
    from lienthong.data.linkage.run import LinkSettings

PEOPLE_COLUMNS = (
    "personal_number", "old_number", "full_name", "birth_precision", "sex", "status", "commune_code", "mother_name",
)  # fmt: skip


RECORD_COLUMNS = (
    "personal_number", "old_number", "full_name", "birth_date", "sex", "commune_code", "mother_name", "source",
)  # fmt: skip

_KINDS: Final = {"VARCHAR": pa.string()}
CODED: Final = frozenset({"birth_precision", "sex", "status"})
"""Columns of which only some words are read: an empty text is none of them."""


class Duck(Stages):
    def __init__(self, settings: "LinkSettings", work: Path, files: duckdb.DuckDBPyConnection) -> None:
        self.model, self.units, self.work, self.files = settings.model, settings.units, work, files

    def see(self, people: Table, records: Table) -> None:
        """The connection names them already."""
        self.has_names = "full_name" in records.columns

    def run(self, name: str, **blanks: str) -> None:
        for statement in sqltext.statements(name, **blanks):
            self.files.execute(statement)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.files.execute(query).fetchall()

    def given(self, name: str, columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
        """By way of Arrow: as constants of a statement they take far longer to plan."""
        held = {
            column: pa.array([row[column] for row in rows], _KINDS[kind]) for column, kind in columns.items()
        }
        self.files.register(name, pa.table(held))

    def bucket(self, first: int, past: int) -> None:
        self.files.execute(
            f"CREATE OR REPLACE TEMP VIEW source_rows AS SELECT * FROM record_file WHERE row_no >= {first} AND row_no < {past}"
        )

    def keep(self, table: str, into: Path) -> None:
        part = into.with_suffix(".part")
        self.files.execute(
            f"COPY (SELECT * FROM {table}) TO {quoted(part)} (FORMAT parquet, COMPRESSION lz4)"
        )
        part.replace(into)

    def kept(self, paths: list[Path]) -> str:
        return kept(paths)


def connection(settings: "LinkSettings", work: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB with the macros of every stage, within the memory that was given."""
    spill = work / "spill"
    shutil.rmtree(spill, ignore_errors=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.memory,
        "temp_directory": str(spill),
    }
    if settings.threads:
        config["threads"] = settings.threads
    files = duckdb.connect(config=config)
    files.execute("SET enable_progress_bar = false")
    files.execute("SET preserve_insertion_order = false")
    for macro in sqltext.macros(settings.model):
        files.execute(macro)
    return files


def see(files: duckdb.DuckDBPyConnection, people: Table, records: Table) -> None:
    files.execute(_view("people_file", people, PEOPLE_COLUMNS, extra=_born(people)))
    files.execute(_view("record_file", records, RECORD_COLUMNS, row="row_no"))


def kept(paths: list[Path]) -> str:
    """Files, or directories of them, as SQL names a table."""
    listed = [path / "*.parquet" if path.is_dir() else path for path in paths]
    return "read_parquet([" + ", ".join(map(quoted, listed)) + "])"


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
    if own is None:
        return f"CAST(NULL AS VARCHAR) AS {column}"
    text = f"CAST({_named(own)} AS VARCHAR)"
    return f"{text} AS {column}" if column in CODED else f"nullif({text}, '') AS {column}"


def _born(people: Table) -> str:
    text = f"CAST({_named(people.columns['birth_date'])} AS VARCHAR)"
    return (
        f", coalesce(TRY_CAST({_named(people.columns['birth_date'])} AS DATE),"
        f" CAST(try_strptime({text}, '%d/%m/%Y') AS DATE)) AS born"
    )
