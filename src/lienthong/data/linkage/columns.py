"""The two inputs as columns of whole numbers, read from Parquet some rows at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from lienthong.data.linkage.arrow import of_texts
from lienthong.data.linkage.births import UNKNOWN, Births, read_births, read_register_births
from lienthong.data.linkage.inputs import InputUnreadable, Table
from lienthong.data.linkage.jit import NONE, Column, kernel
from lienthong.data.linkage.names import Names
from lienthong.data.linkage.numbers import LEAST, Numbers, read_numbers, read_register_numbers
from lienthong.data.linkage.texts import Strings
from lienthong.data.linkage.units import Units

ROWS: Final = 122_880
"""Rows read at a time: those of a row group as DuckDB writes it, so that none is put together of two."""
CODED: Final = frozenset({"birth_precision", "sex", "status", "commune_code", "source"})
"""Columns of few different texts: read once for each."""


@dataclass(frozen=True)
class Field:
    """A column of an input as it stands in one batch; a column that the file lacks is all empty."""

    values: pa.Array

    def text(self) -> pa.Array:
        kind = self.values.type
        if pa.types.is_dictionary(kind):
            return self.values.cast(kind.value_type)
        return self.values if pa.types.is_string(kind) else self.values.cast(pa.string())

    def strings(self) -> Strings:
        return Strings.column(self.text())

    def coded(self, codes: Mapping[str, int], into: Column) -> None:
        """Each row's code, looked up once for each different text; NONE where nothing is said."""
        values = self.values if pa.types.is_dictionary(self.values.type) else self.text().dictionary_encode()
        found = np.array([*map(codes.__getitem__, values.dictionary.to_pylist()), NONE], into.dtype)
        places = values.indices.fill_null(len(found) - 1) if values.null_count else values.indices
        _pick(found, np.from_dlpack(places), into)


@kernel
def _pick(values: Column, places: Column, into: Column) -> None:
    """As NumPy's `take`, which first writes narrow places wide."""
    for row in range(len(into)):
        into[row] = values[places[row]]


class _Codes(dict[str, int]):
    """Codes of some words; any other has `other`."""

    def __init__(self, codes: dict[str, int], other: int) -> None:
        super().__init__(codes)
        self.other = other

    def __missing__(self, word: str) -> int:
        return self.other


MALE, FEMALE = 0, 1
SEXES: Final = _Codes({
    **dict.fromkeys(("male", "Male", "MALE", "M", "m", "Nam", "nam", "NAM", "1"), MALE),
    **dict.fromkeys(("female", "Female", "FEMALE", "F", "f", "Nữ", "nữ", "NỮ", "Nu", "nu", "NU", "2", "0"), FEMALE),
}, NONE)  # fmt: skip
STATUSES: Final = _Codes({"dead": 1, "missing": 2, "emigrated": 3}, 0)
PRECISIONS: Final = _Codes({"month": 1, "year": 2}, 0)


@dataclass
class Part:
    """One batch of an input: where its rows stand, and its fields by their names in the schema."""

    first: int
    rows: int
    fields: dict[str, Field]

    def __getitem__(self, name: str) -> Field:
        return self.fields.get(name) or Field(of_texts([""] * self.rows))


def parts(
    table: Table, names: tuple[str, ...], first: int = 0, past: int | None = None, rows: int = ROWS
) -> Iterator[Part]:
    """The rows [first, past) of an input in their order, so many at a time. Raises InputUnreadable."""
    past = table.rows if past is None else past
    own = {name: table.columns[name] for name in names if name in table.columns}
    try:
        with pq.ParquetFile(table.path, read_dictionary=_few(table, own), pre_buffer=False) as file:
            groups, row = _groups(file, first, past)
            for batch in file.iter_batches(
                rows, row_groups=groups, columns=list(own.values()), use_threads=False
            ):
                begin, end = max(first - row, 0), min(past - row, len(batch))
                if begin < end:
                    kept = batch.slice(begin, end - begin)
                    fields = {name: Field(kept.column(column)) for name, column in own.items()}
                    yield Part(row + begin, len(kept), fields)
                row += len(batch)
    except (pa.ArrowException, OSError) as error:
        raise InputUnreadable(path=table.given, why=str(error).splitlines()[0]) from None


def _few(table: Table, own: dict[str, str]) -> list[str]:
    kinds = pq.read_schema(table.path)
    return [own[name] for name in CODED & set(own) if pa.types.is_string(kinds.field(own[name]).type)]


def _groups(file: pq.ParquetFile, first: int, past: int) -> tuple[list[int], int]:
    """The row groups in which these rows are, and the row with which they begin."""
    found, begin, row = list[int](), 0, 0
    for group in range(file.metadata.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        if row < past and row + rows > first:
            begin = begin if found else row
            found.append(group)
        row += rows
    return found, begin


class People(NamedTuple):
    """The register's rows. Numbers and days that are not said: NONE, births.UNKNOWN; name, mother: of spellings."""

    pid: Column
    old: Column
    name: Column
    born: Column
    precision: Column
    sex: Column
    status: Column
    unit: Column
    mother: Column

    @classmethod
    def read(cls, table: Table, names: Names, units: Units) -> Self:
        """Raises InputUnreadable, TextsCollide."""
        whole, small, tiny = np.int64, np.int32, np.int8
        kinds = (whole, small, small, small, tiny, tiny, tiny, small, small)
        made = cls(*(np.empty(table.rows, kind) for kind in kinds))
        columns = ("personal_number", "old_number", "full_name", "birth_date", "birth_precision", "sex", "status",
                   "commune_code", "mother_name")  # fmt: skip
        for part in parts(table, columns):
            into = cls(*(column[part.first : part.first + part.rows] for column in made))
            read_register_numbers(part["personal_number"].strings(), 12, LEAST, into.pid)
            read_register_numbers(part["old_number"].strings(), 9, 1, into.old)
            into.name[:] = names.numbers(part["full_name"].text())
            into.mother[:] = names.numbers(part["mother_name"].text())
            _read_days(part["birth_date"], into.born)
            part["birth_precision"].coded(PRECISIONS, into.precision)
            part["sex"].coded(SEXES, into.sex)
            part["status"].coded(STATUSES, into.status)
            part["commune_code"].coded(units, into.unit)
        return made


def _read_days(field: Field, into: Column) -> None:
    kind = field.values.type
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        days = field.values.cast(pa.date32()).cast(pa.int32())
        into[:] = np.from_dlpack(days.fill_null(UNKNOWN))
    else:
        read_register_births(field.strings(), into)


class Records(NamedTuple):
    """Rows of a source. name, mother: of spellings as written; is_dated: something stands where the birth date should."""

    number: Numbers
    birth: Births
    is_dated: Column
    name: Column
    sex: Column
    unit: Column
    mother: Column

    @classmethod
    def read(cls, table: Table, names: Names, units: Units, first: int, past: int) -> Self:
        """Raises InputUnreadable, TextsCollide."""
        rows = past - first
        kinds = (np.bool_, np.int32, np.int8, np.int32, np.int32)
        made = cls(Numbers.empty(rows), Births.empty(rows), *(np.empty(rows, kind) for kind in kinds))
        columns = (
            "personal_number",
            "old_number",
            "full_name",
            "birth_date",
            "sex",
            "commune_code",
            "mother_name",
        )
        for part in parts(table, columns, first, past):
            into = made.rows(slice(part.first - first, part.first - first + part.rows))
            read_numbers(part["personal_number"].strings(), part["old_number"].strings(), into.number)
            read_births(part["birth_date"].text(), into.birth)
            into.is_dated[:] = np.diff(part["birth_date"].strings().ends) > 0
            into.name[:] = names.numbers(part["full_name"].text())
            into.mother[:] = names.numbers(part["mother_name"].text())
            part["sex"].coded(SEXES, into.sex)
            part["commune_code"].coded(units, into.unit)
        return made

    def rows(self, which: slice | Column) -> Self:
        number = Numbers(*(column[which] for column in self.number))
        birth = Births(*(column[which] for column in self.birth))
        return type(self)(number, birth, *(column[which] for column in self[2:]))
