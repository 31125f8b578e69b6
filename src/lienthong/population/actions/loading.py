"""A whole register at once: PEOPLE as Parquet into an empty register, by the role that owns the tables.

The rules of entry as SQL over columns (a test holds them against `check_person`), one COPY, then the
indexes and foreign keys, which are many times cheaper built at once than row by row.
"""

import io
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final
from uuid import UUID, uuid4

import duckdb
import psycopg
import pyarrow as pa
import pyarrow.csv
from django.db import connection, transaction
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.identity.public import Actor, require
from lienthong.population.events import PeopleAdded
from lienthong.population.models import Batch, Person
from lienthong.population.rules import (
    LONGEST_LIFE,
    NumberTaken,
    RegisterNotEmpty,
    RowsRefused,
    check_source,
    search_key,
    sort_key,
)
from lienthong.territory.public import Level, Unit

OPTIONAL: Final[Mapping[str, str]] = MappingProxyType(
    {"old_number": "''", "commune_code": "''", "mother_name": "''", "status": "'alive'"}
)
"""Columns of PEOPLE that a file may lack, and what stands there then."""

SOURCE: Final = """
CREATE VIEW source AS SELECT file_row_number + 1 AS row, personal_number, full_name,
    CAST(birth_date AS DATE) AS birth_date, birth_precision, coalesce(sex, '') AS sex, {optional}
FROM read_parquet({path}, file_row_number = true)
"""

SHAPES: Final = """
SELECT *, CASE WHEN regexp_full_match(personal_number, '[0-9]{12}')
    THEN CAST(personal_number[4:4] AS INTEGER) END AS century,
    CASE WHEN regexp_full_match(personal_number, '[0-9]{12}')
    THEN CAST(personal_number[5:6] AS INTEGER) END AS short_year
FROM source
"""

NAME: Final = r"(?:[\p{L}''’.-]*\p{L}[\p{L}''’.-]*)(?: [\p{L}''’.-]*\p{L}[\p{L}''’.-]*)*"

WRONG: Final[Mapping[str, str]] = MappingProxyType(
    {
        "PersonalNumberMalformed": "century IS NULL OR personal_number LIKE '000%'",
        "NameUnusable": f"full_name IS NULL OR NOT regexp_full_match(full_name, '{NAME}') "
        "OR nfc_normalize(full_name) <> full_name",
        "BirthInFuture": "birth_date IS NULL OR birth_date > $today",
        "BirthTooLongAgo": f"year($today) - year(birth_date) > {LONGEST_LIFE}",
        "BirthContradictsNumber": "year(birth_date) <> 1900 + 100 * (century // 2) + short_year",
        "BirthPrecisionUnclear": "birth_precision IS NULL OR birth_precision NOT IN ('day', 'month', 'year') "
        "OR (birth_precision <> 'day' AND day(birth_date) <> 1) "
        "OR (birth_precision = 'year' AND month(birth_date) <> 1)",
        "SexContradictsNumber": "sex NOT IN ('', CASE century % 2 WHEN 1 THEN 'female' ELSE 'male' END)",
        "OldNumberMalformed": "NOT regexp_full_match(old_number, '([0-9]{9})?')",
        "StatusUnknown": "status NOT IN ('alive', 'dead', 'missing', 'emigrated')",
        "CommuneUnknown": "commune_code <> '' AND commune_code NOT IN (SELECT code FROM communes)",
    }
)
"""By the rule broken: the condition of the rows that break it."""

COLUMNS: Final = """
SELECT personal_number, full_name, n.search_key, n.sort_key, birth_date, birth_precision,
    CASE sex WHEN '' THEN 'undetermined' ELSE sex END AS sex, '' AS ethnicity, 'VN' AS nationality, status,
    c.id AS residence_unit_id, '' AS residence_detail, '' AS home_town, '' AS mother_number, mother_name,
    '' AS father_number, '' AS father_name, '' AS spouse_number, '' AS head_number,
    '' AS relation_to_head, old_number, '' AS card_issued_by, '{batch}' AS entered_batch
FROM source JOIN names n USING (full_name) LEFT JOIN communes c ON c.code = source.commune_code
"""

ROWS_AT_ONCE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was entered, and the seconds of each part of it."""

    batch: UUID
    count: int
    seconds: Mapping[str, float]


def load_register(path: Path, *, source: str, basis: str, by: Actor) -> Loaded:
    """Enter everybody of a PEOPLE file, all or none, into a register that holds nobody yet.

    Runs as the owner of the tables. Raises NotAllowed, RegisterNotEmpty, NumberTaken, and RowsRefused with
    the count, the first row and its rule.
    """
    require(by, "population.load")
    check_source(source)
    batch, clock = uuid4(), Clock()
    with duckdb.connect() as engine, transaction.atomic():
        if Person.objects.exists():
            raise RegisterNotEmpty
        _read(engine, path)
        clock.mark("checks")
        rebuild = _without_indexes()
        try:
            count = _copy(engine, batch)
        except psycopg.errors.UniqueViolation as error:
            raise NumberTaken from error
        clock.mark("copy")
        rebuild()
        clock.mark("indexes")
        Batch.objects.create(id=batch, actor=by.reference, source=source, basis=basis, count=count)
        record(PeopleAdded(batch=batch, count=count), by=by)
    clock.mark("commit")
    return Loaded(batch, count, clock.seconds)


class Clock:
    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.monotonic()

    def mark(self, name: str) -> None:
        now = time.monotonic()
        self.seconds[name], self._last = now - self._last, now


def _read(engine: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The views `source`, `communes` and `names` in the engine, every row sound. Raises RowsRefused."""
    engine.execute("SET preserve_insertion_order = false; SET enable_progress_bar = false")
    quoted = "'" + str(path).replace("'", "''") + "'"
    described = engine.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted})").fetchall()  # noqa: S608 - a path, quoted
    present = {name for name, *_ in described}
    optional = ", ".join(
        f"coalesce({name}, {default}) AS {name}" if name in present else f"{default} AS {name}"
        for name, default in OPTIONAL.items()
    )
    engine.execute(SOURCE.format(path=quoted, optional=optional))
    units = Unit.objects.on(timezone.localdate()).filter(level=Level.COMMUNE).values_list("code", "pk")
    engine.execute("CREATE TABLE communes (code VARCHAR, id BIGINT)")
    _insert(engine, "communes", [*units], ("code", "id"))
    _check(engine)
    names = [name for (name,) in engine.execute("SELECT DISTINCT full_name FROM source").fetchall()]
    engine.execute("CREATE TABLE names (full_name VARCHAR, search_key VARCHAR, sort_key VARCHAR)")
    keys = [(name, search_key(name), sort_key(name)) for name in names]
    _insert(engine, "names", keys, ("full_name", "search_key", "sort_key"))


def _insert(
    engine: duckdb.DuckDBPyConnection,
    table: str,
    rows: Sequence[tuple[object, ...]],
    columns: tuple[str, ...],
) -> None:
    parts = [[row[n] for row in rows] for n in range(len(columns))]
    engine.register("given", pa.table(parts, names=list(columns)))
    engine.execute(f"INSERT INTO {table} SELECT * FROM given")  # noqa: S608 - a table of ours
    engine.unregister("given")


def _check(engine: duckdb.DuckDBPyConnection) -> None:
    cases = " ".join(f"WHEN {condition} THEN '{rule}'" for rule, condition in WRONG.items())
    query = (
        f"SELECT count(*), min(row), arg_min(rule, row) FROM (SELECT row, CASE {cases} END AS rule "  # noqa: S608 - conditions of ours
        f"FROM ({SHAPES}) AS shapes) AS checked WHERE rule IS NOT NULL"
    )
    found = engine.execute(query, {"today": timezone.localdate()}).fetchone()
    if found and found[0]:
        count, row, rule = found
        raise RowsRefused(count=count, row=row, rule=rule)


def _copy(engine: duckdb.DuckDBPyConnection, batch: UUID) -> int:
    rows = engine.execute(COLUMNS.format(batch=batch)).to_arrow_reader(ROWS_AT_ONCE)
    columns = ", ".join([*rows.schema.names, "ref"])
    count = 0
    copy = f"COPY population_person ({columns}) FROM STDIN (FORMAT csv)"
    with connection.cursor() as cursor, cursor.copy(copy) as sink:
        for block, size in _blocks(rows):
            sink.write(block)
            count += size
    return count


def _blocks(rows: pa.RecordBatchReader) -> Iterator[tuple[memoryview, int]]:
    """Text of CSV, where "" is empty and nothing is null."""
    plain = pyarrow.csv.WriteOptions(include_header=False)
    for made in rows:
        batch = made.append_column("ref", references(made.num_rows))
        text = io.BytesIO()
        pyarrow.csv.write_csv(batch, text, plain)
        yield text.getbuffer(), batch.num_rows


def references(count: int) -> pa.Array:
    """As random as the database's own, drawn at once."""
    digits = os.urandom(16 * count).hex()
    return pa.array([digits[first : first + 32] for first in range(0, len(digits), 32)])


def _without_indexes() -> Callable[[], None]:
    """Take the secondary indexes and the foreign keys of people off; what is returned puts them back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is still to be checked would forbid the rest
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE indrelid = 'population_person'::regclass AND NOT indisprimary"
        )
        indexes = cursor.fetchall()
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = 'population_person'::regclass AND contype = 'f'"
        )
        keys = cursor.fetchall()
        for name, _ in keys:
            cursor.execute(f"ALTER TABLE population_person DROP CONSTRAINT {name}")
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")

    def rebuild() -> None:
        with connection.cursor() as cursor:
            for _, definition in indexes:
                cursor.execute(definition.replace(" ON ONLY ", " ON "))
            for name, definition in keys:
                cursor.execute(f"ALTER TABLE population_person ADD CONSTRAINT {name} {definition}")
            cursor.execute("ANALYZE population_person")

    return rebuild
