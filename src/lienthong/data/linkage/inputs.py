"""What is linked: RECORDS and PEOPLE as CSV or Parquet, their columns, and what is wrong with them."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from lienthong.data.linkage.texts import key_of
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
PIECE: Final = 1 << 20
"""Bytes of a file looked at at a time."""


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
    """An input as Parquet, its row count, and its columns of the schema under the names they have there."""

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
    """Of the content, piece after piece: the same file under another name is the same input. Tells mistakes, no forgeries."""
    keys, piece = hashlib.blake2b(), memoryview(bytearray(PIECE))
    try:
        with path.open("rb", buffering=0) as file:
            while size := file.readinto(piece):
                keys.update(key_of(piece[:size]).to_bytes(8, signed=True))
    except OSError as error:
        raise InputUnreadable(path=path, why=error.strerror or "lỗi đĩa") from None
    return keys.hexdigest()


def opened(given: Path, path: Path, wanted: tuple[str, ...]) -> Table:
    """The input as a table; path: `given`, or the Parquet made of it.

    Raises InputUnreadable, InputEmpty, ColumnsMissing.
    """
    try:
        with pq.ParquetFile(path) as file:
            found, rows = file.schema_arrow.names, file.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise InputUnreadable(path=given, why=str(error).splitlines()[0]) from None
    if not rows:
        raise InputEmpty(path=given)
    own = {name.strip().lower().lstrip("\ufeff"): name for name in found}
    columns = {name: own[name] for name in wanted if name in own}
    table = Table(given, path, rows, columns, tuple(name for name in wanted if name not in own))
    _check(table, wanted, found)
    return table


def _check(table: Table, wanted: tuple[str, ...], found: list[str]) -> None:
    listed = ", ".join(found[:20])
    if wanted is PEOPLE:
        lacking = [name for name in NEEDED_IN_PEOPLE if name in table.missing]
        if lacking:
            raise ColumnsMissing(path=table.given, columns=", ".join(lacking), found=listed)
    elif not {"personal_number", "old_number", "full_name"} & set(table.columns):
        raise ColumnsMissing(path=table.given, columns="personal_number, old_number, full_name", found=listed)
