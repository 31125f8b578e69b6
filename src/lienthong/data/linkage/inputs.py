"""What is linked: RECORDS and PEOPLE as CSV or Parquet, their columns, and what is wrong with them."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from lienthong.kit.errors import Refused, said

RECORDS: Final = (
    "record_id", "personal_number", "old_number", "full_name", "birth_date", "sex", "commune_code", "mother_name",
    "source",
)  # fmt: skip
PEOPLE: Final = (
    "personal_number", "old_number", "full_name", "birth_date", "birth_precision", "sex", "commune_code",
    "mother_name", "status",
)  # fmt: skip
NEEDED_IN_PEOPLE: Final = ("personal_number", "full_name", "birth_date")
CSV: Final = frozenset({".csv", ".tsv", ".txt"})
PARQUET: Final = frozenset({".parquet", ".pq"})


class InputMissing(Refused):
    sentence = said("Không có tệp {path}. Hãy xem lại đường dẫn.")


class InputUnknown(Refused):
    sentence = said("Tệp {path} không phải CSV hoặc Parquet (đuôi .csv, .parquet).")


class InputUnreadable(Refused):
    sentence = said("Không đọc được tệp {path}: {why}.")


class InputEmpty(Refused):
    sentence = said("Tệp {path} không có dòng dữ liệu nào.")


class ColumnsMissing(Refused):
    sentence = said("Tệp {path} thiếu cột {columns}; các cột có trong tệp: {found}.")


@dataclass(frozen=True)
class Table:
    """An input as Parquet, its row count, and its columns of the schema, with their types."""

    given: Path
    path: Path
    rows: int
    columns: dict[str, str]
    missing: tuple[str, ...]


def is_csv(path: Path) -> bool:
    """Raises InputMissing, InputUnknown."""
    if not path.is_file():
        raise InputMissing(path=path)
    kind = path.suffix.lower()
    if kind not in CSV | PARQUET:
        raise InputUnknown(path=path)
    return kind in CSV


def digest(path: Path) -> str:
    """blake2b of the content: the same file under another name is the same input."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "blake2b").hexdigest()
    except OSError as error:
        raise InputUnreadable(path=path, why=error.strerror or "lỗi đĩa") from None


def quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def opened(connection: duckdb.DuckDBPyConnection, path: Path, wanted: tuple[str, ...], staged: Path) -> Table:
    """The input as a table; CSV is first written to `staged` as Parquet, all text, in its own order.

    Raises InputMissing, InputUnknown, InputUnreadable, InputEmpty, ColumnsMissing.
    """
    place = path
    try:
        if is_csv(path):
            place = staged
            if not staged.exists():
                _stage(connection, path, staged)
        found = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(place)})").fetchall()
        counted = connection.execute(f"SELECT count(*) FROM read_parquet({quoted(place)})").fetchone()
    except duckdb.Error as error:
        raise InputUnreadable(path=path, why=_why(error)) from None
    rows = int(counted[0]) if counted else 0
    if not rows:
        raise InputEmpty(path=path)
    types = {name.strip().lower().lstrip("\ufeff"): (name, kind) for name, kind, *_ in found}
    columns = {name: types[name][0] for name in wanted if name in types}
    missing = tuple(name for name in wanted if name not in types)
    table = Table(path, place, rows, columns, missing)
    _check(table, wanted, [name for name, *_ in found])
    return table


def _check(table: Table, wanted: tuple[str, ...], found: list[str]) -> None:
    listed = ", ".join(found[:20])
    if wanted is PEOPLE:
        lacking = [name for name in NEEDED_IN_PEOPLE if name in table.missing]
        if lacking:
            raise ColumnsMissing(path=table.given, columns=", ".join(lacking), found=listed)
    elif not {"personal_number", "old_number", "full_name"} & set(table.columns):
        raise ColumnsMissing(path=table.given, columns="personal_number, old_number, full_name", found=listed)


def _stage(connection: duckdb.DuckDBPyConnection, path: Path, staged: Path) -> None:
    if not path.stat().st_size:
        raise InputEmpty(path=path)
    part = staged.with_suffix(".part")
    connection.execute(
        f"COPY (SELECT * FROM read_csv({quoted(path)}, header = true, all_varchar = true, sample_size = 2000)) "
        f"TO {quoted(part)} (FORMAT parquet, COMPRESSION lz4)"
    )
    part.replace(staged)


def _why(error: duckdb.Error) -> str:
    first = str(error).strip().splitlines()[0]
    return first.partition(": ")[2] or first
