"""Files in, typed tables out: our column names, Vietnamese local time, true and false.

A moment without a zone is Vietnamese time. Text in typed columns (CSV) is read strictly: what is
not a date, a number or a flag stops the reading and is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb
import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend as DuckDB

from lienthong.data.marts.columns import KINDS, TABLES, Column, Table
from lienthong.data.marts.errors import BadValue, ColumnMissing, ColumnTwice, FileUnreadable, TableUnknown
from lienthong.kit.errors import said

CHANNELS: Final = {"1": "direct", "2": "online", "3": "post"}
TRUE: Final = ("true", "t", "1")
FALSE: Final = ("false", "f", "0")
KIND_NAMES: Final = {
    "moment": said("ngày giờ (2026-11-20 16:00 hoặc 20261120160000)"),
    "day": said("ngày (2026-11-20)"),
    "flag": said("true hoặc false"),
    "integer": said("số nguyên"),
    "channel": said("online, direct, post (hoặc 2, 1, 3)"),
}


@dataclass(frozen=True)
class Source:
    """A table as found: its rows, and which of the known columns it has."""

    table: Table
    rows: ir.Table
    columns: frozenset[str] = field(default_factory=frozenset)
    engine: str = "duckdb"

    def has(self, *names: str) -> bool:
        return all(name in self.columns for name in names)


def connect(*, memory: str = "", threads: int = 0) -> DuckDB:
    """DuckDB in memory, in Vietnamese time. `memory` such as "4GB"."""
    found = ibis.duckdb.connect()
    found.raw_sql("SET TimeZone = 'Asia/Ho_Chi_Minh'")
    if memory:
        found.raw_sql(f"SET memory_limit = '{memory}'")
    if threads:
        found.raw_sql(f"SET threads = {int(threads)}")
    return found


def table_named(name: str) -> Table:
    """Raises TableUnknown."""
    if name not in TABLES:
        raise TableUnknown(table=name, known=", ".join(TABLES))
    return TABLES[name]


def read(con: DuckDB, table: str, *paths: Path) -> Source:
    """The table in a Parquet or CSV file, or in every Parquet file below a directory."""
    shape = table_named(table)
    found = _open(con, paths)
    return typed(shape, found, con=con)


def _open(con: DuckDB, paths: Iterable[Path]) -> ir.Table:
    files = [file for path in paths for file in _files(path)]
    names = ", ".join(str(path) for path in paths)
    if not files:
        raise FileUnreadable(file=names)
    try:
        if all(file.suffix.lower() in {".csv", ".txt"} for file in files):
            return con.read_csv(files, all_varchar=True, header=True)
        return con.read_parquet(files, union_by_name=True, hive_partitioning=False)
    except (duckdb.Error, OSError) as error:
        raise FileUnreadable(file=names) from error


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.parquet")) if path.is_dir() else [path] if path.is_file() else []


def typed(table: Table, rows: ir.Table, *, con: DuckDB | None = None, engine: str = "duckdb") -> Source:
    """Known columns of `rows` under our names and in our types; others are left out.

    With `con` text in typed columns is checked first. Raises ColumnMissing, ColumnTwice, BadValue.
    """
    found = _names(table, rows.columns)
    for column in table.columns:
        if column.needed and column.name not in found:
            raise ColumnMissing(table=table.name, column=column.name)
    known = [column for column in table.columns if column.name in found]
    if con is not None:
        _check(con, table, rows, [(column, found[column.name]) for column in known])
    values = {column.name: _cast(column, rows[found[column.name]]) for column in known}
    return Source(table, rows.select(**values), frozenset(values), engine)


def _names(table: Table, given: Iterable[str]) -> dict[str, str]:
    """Our name -> the name in the file."""
    wire = {column.wire: column.name for column in table.columns if column.wire}
    ours = {column.name for column in table.columns}
    found: dict[str, str] = {}
    for name in given:
        meant = name if name in ours else wire.get(name)
        if meant is None:
            continue
        if meant in found:
            raise ColumnTwice(table=table.name, column=meant, first=found[meant], second=name)
        found[meant] = name
    return found


def _cast(column: Column, value: ir.Value) -> ir.Value:
    value = _readable(column, value)
    if value.type().is_null():
        return ibis.null(KINDS[column.kind])
    if column.kind == "channel":
        text = value.cast("string")
        return text.cases(*CHANNELS.items(), else_=text)
    if value.type().is_string():
        return _from_text(column, value)
    return value if value.type() == dt.dtype(KINDS[column.kind]) else value.cast(KINDS[column.kind])


def _from_text(column: Column, value: ir.StringValue) -> ir.Value:
    """NULL where the text is not of the column's kind."""
    match column.kind:
        case "flag":
            return value.lower().cases(*((word, True) for word in TRUE), *((word, False) for word in FALSE))
        case "moment":
            return ibis.coalesce(value.try_cast("timestamp"), _wire_moment(value))
        case "text":
            return value
        case _:
            return value.try_cast(KINDS[column.kind])


def _readable(column: Column, value: ir.Value) -> ir.Value:
    """Numbers where moments are meant are read as text: 20261120160000, or a column all empty."""
    numeric = value.type().is_numeric() or value.type().is_boolean()
    return value.cast("string") if numeric and column.kind in {"moment", "day"} else value


def _wire_moment(value: ir.StringValue) -> ir.Value:
    """The exchange's yyyyMMddHHmmss."""
    pieces = [
        value.substr(start, length) for start, length in ((0, 4), (4, 2), (6, 2), (8, 2), (10, 2), (12, 2))
    ]
    year, month, day, hour, minute, second = pieces
    text = year + "-" + month + "-" + day + " " + hour + ":" + minute + ":" + second
    return ibis.ifelse(value.length() == 14, text, ibis.null("string")).try_cast("timestamp")


def _check(con: DuckDB, table: Table, rows: ir.Table, columns: list[tuple[Column, str]]) -> None:
    """Raises BadValue for the first value that its column cannot hold."""
    doubtful = {
        column.name: (column, value)
        for column, name in columns
        if (value := _readable(column, rows[name])) is not None
        and (column.kind == "channel" or (value.type().is_string() and column.kind != "text"))
    }
    if not doubtful:
        return
    bad = {
        name: value.max(where=_is_bad(column, value)).cast("string")
        for name, (column, value) in doubtful.items()
    }
    try:
        answer = con.to_pyarrow(rows.aggregate(**bad)).to_pylist()[0]
    except duckdb.Error as error:
        raise FileUnreadable(file=table.name) from error
    for name, value in answer.items():
        if value is not None:
            kind = KIND_NAMES[doubtful[name][0].kind]
            raise BadValue(column=name, table=table.name, value=value, kind=kind)


def _is_bad(column: Column, value: ir.Value) -> ir.BooleanValue:
    cast = _cast(column, value)
    if column.kind == "channel":
        return value.notnull() & cast.notin(list(CHANNELS.values()))
    return value.notnull() & cast.isnull()
