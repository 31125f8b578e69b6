"""Reading many people at once, by a plan: PEOPLE as Parquet, for linkage.

One row of `BulkRead` and one event stand for the reading; each person whom it covered finds it among
his accesses, worked out from the register as it was known then.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID, uuid4

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from django.db import connection, transaction
from django.utils import timezone
from psycopg import Copy, sql

from lienthong.audit.public import record
from lienthong.identity.public import Actor, require
from lienthong.population.events import RegisterExported
from lienthong.population.models import BulkRead, Person, chain
from lienthong.population.queries.noting import Ground, reader_of
from lienthong.population.rules import Sweep
from lienthong.population.words import Group, Purpose
from lienthong.territory.public import Succession, Unit

PEOPLE: Final = pa.schema(
    [
        ("personal_number", pa.string()),
        ("old_number", pa.string()),
        ("full_name", pa.string()),
        ("birth_date", pa.date32()),
        ("birth_precision", pa.string()),
        ("sex", pa.string()),
        ("commune_code", pa.string()),
        ("mother_name", pa.string()),
        ("status", pa.string()),
    ]
)
"""Sex not yet determined, and whatever is not known, is empty text. Cancelled numbers are left out."""

GROUPS: Final = (
    Group.NUMBER,
    Group.NAME,
    Group.BIRTH,
    Group.SEX,
    Group.RESIDENCE,
    Group.PARENTS,
    Group.STATUS,
)
QUERY: Final = """
COPY (
    SELECT p.personal_number, p.old_number, p.full_name, p.birth_date, p.birth_precision,
        CASE p.sex WHEN 'undetermined' THEN '' ELSE p.sex END, coalesce(u.code, ''), p.mother_name, p.status
    FROM population_person p LEFT JOIN territory_unit u ON u.id = p.residence_unit_id
    WHERE p.continued_as = '' {scope}
) TO STDOUT (FORMAT csv)
"""
CHECKED: Final = pa.schema(
    [
        (name, pa.string())
        for name in (
            "personal_number", "old_number", "full_name", "birth_date", "sex", "status", "died_on", "commune_code",
            "address", "residence_since", "ethnicity", "mother_name", "father_name", "spouse", "household",
            "mother_registered", "mother_born",
        )
    ]
)  # fmt: skip
"""What the register's own checks read: text, days as far as known, and what the relatives' records answer.

spouse: mutual, other (names another or nobody), unknown (not in this register); household: self, together, apart
(the head lives elsewhere, is no more, or heads no household).
"""
CHECKED_GROUPS: Final = (*GROUPS, Group.SPOUSE, Group.HOUSEHOLD, Group.ETHNICITY)
CHECKED_QUERY: Final = """
COPY (
    SELECT p.personal_number, p.old_number, p.full_name, {birth},
        CASE p.sex WHEN 'undetermined' THEN 'unknown' ELSE p.sex END, p.status, {died}, coalesce(u.code, ''),
        p.residence_detail, {since}, p.ethnicity, p.mother_name, p.father_name,
        CASE WHEN p.spouse_number = '' THEN '' WHEN s.personal_number IS NULL THEN 'unknown'
            WHEN s.spouse_number = p.personal_number THEN 'mutual' ELSE 'other' END,
        CASE WHEN p.head_number = '' THEN '' WHEN p.head_number = p.personal_number THEN 'self'
            WHEN h.head_number = h.personal_number AND h.status = 'alive'
                AND h.residence_unit_id IS NOT DISTINCT FROM p.residence_unit_id THEN 'together' ELSE 'apart' END,
        coalesce(m.full_name, ''), coalesce(extract(year FROM m.birth_date)::text, '')
    FROM population_person p LEFT JOIN territory_unit u ON u.id = p.residence_unit_id
    LEFT JOIN population_person s ON s.personal_number = p.spouse_number AND p.spouse_number <> ''
    LEFT JOIN population_person h ON h.personal_number = p.head_number AND p.head_number <> ''
    LEFT JOIN population_person m ON m.personal_number = p.mother_number AND p.mother_number <> ''
    WHERE p.continued_as = ''
) TO STDOUT (FORMAT csv)
"""
DUPLICATES: Final = pa.schema(
    [
        ("personal_number", pa.string()),
        ("old_numbers", pa.string()),
        ("full_name", pa.string()),
        ("search_key", pa.string()),
        ("sort_key", pa.string()),
        ("birth_date", pa.date32()),
        ("birth_precision", pa.string()),
        ("sex", pa.string()),
        ("commune", pa.string()),
        ("mother_name", pa.string()),
        ("father_name", pa.string()),
    ]
)
"""What `data.duplicates` reads: all old numbers, separated by a space; the commune by its row, as units merge."""
DUPLICATES_GROUPS: Final = tuple(group for group in GROUPS if group is not Group.STATUS)
DUPLICATES_QUERY: Final = """
COPY (
    SELECT personal_number, concat_ws(' ', nullif(old_number, ''), nullif(array_to_string(other_old_numbers, ' '), '')),
        full_name, search_key, sort_key, birth_date, birth_precision, sex, coalesce(residence_unit_id::text, ''),
        mother_name, father_name
    FROM population_person WHERE continued_as = ''
) TO STDOUT (FORMAT csv)
"""
BLOCK: Final = 8 << 20
ROWS_A_GROUP: Final = 100_000


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: `ref` names the reading in the record of events."""

    ref: UUID
    path: Path
    count: int
    at: datetime
    further_old_numbers: int = 0
    """People whose second and later old numbers PEOPLE has no place for."""
    cancelled: int = 0
    """Numbers that go on under another, left out: no status of PEOPLE is theirs."""


def export_register(
    path: Path,
    *,
    purpose: Purpose,
    basis: str,
    by: Actor,
    commune: Unit | None = None,
    province: Unit | None = None,
) -> Exported:
    """Write PEOPLE of a commune, a province or the whole register, as a stream; readable by its owner only.

    A unit covers those registered in what it was wholly made of. The file appears when the reading is
    noted, or not at all. Raises NotAllowed, BasisNeeded.
    """
    scope = commune or province
    require(by, "population.export", Sweep(purpose, tuple(unit.pk for unit in chain(scope))))
    ground = Ground(purpose, basis)
    part = path.with_name(f"{path.name}.part")
    try:
        with transaction.atomic():
            now = timezone.now()
            exported = Exported(uuid4(), path, _write(part, _query(scope)), now, *_left_out(scope))
            _note(exported, scope, ground, by=by)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return exported


def export_for_checks(path: Path, *, basis: str, by: Actor) -> Exported:
    """Write CHECKED of the whole register, noted as `export_register` notes it. Raises NotAllowed, BasisNeeded."""
    return _export_whole(path, _checked_query(), CHECKED, CHECKED_GROUPS, basis=basis, by=by)


def export_for_duplicates(path: Path, *, basis: str, by: Actor) -> Exported:
    """Write DUPLICATES of the whole register, noted as `export_register` notes it. Raises NotAllowed, BasisNeeded."""
    return _export_whole(path, sql.SQL(DUPLICATES_QUERY), DUPLICATES, DUPLICATES_GROUPS, basis=basis, by=by)


def _export_whole(
    path: Path, query: sql.Composable, shape: pa.Schema, groups: tuple[Group, ...], *, basis: str, by: Actor
) -> Exported:
    require(by, "population.export", Sweep(Purpose.REVIEW, ()))
    ground = Ground(Purpose.REVIEW, basis)
    part = path.with_name(f"{path.name}.part")
    try:
        with transaction.atomic():
            exported = Exported(uuid4(), path, _write(part, query, shape), timezone.now())
            _note(exported, None, ground, by=by, groups_read=groups)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return exported


def _checked_query() -> sql.Composed:
    def day(column: str, precision: str) -> sql.SQL:
        return sql.SQL(
            f"coalesce(to_char({column}, CASE {precision} WHEN 'year' THEN 'YYYY'"
            f" WHEN 'month' THEN 'MM/YYYY' ELSE 'DD/MM/YYYY' END), '')"
        )

    return sql.SQL(CHECKED_QUERY).format(
        birth=day("p.birth_date", "p.birth_precision"),
        died=day("p.died_on", "p.died_precision"),
        since=day("p.residence_since", "p.residence_since_precision"),
    )


def _write(path: Path, query: sql.Composable, shape: pa.Schema = PEOPLE) -> int:
    path.touch(mode=0o600)
    columns = pyarrow.csv.ConvertOptions(column_types=shape, strings_can_be_null=False)
    named = pyarrow.csv.ReadOptions(column_names=shape.names, block_size=BLOCK)
    quoting = pyarrow.csv.ParseOptions(newlines_in_values=True)
    count = 0
    with connection.cursor() as cursor, cursor.copy(query) as source:
        lines = Lines(source)
        if not lines.peek():
            pyarrow.parquet.write_table(shape.empty_table(), path)
            return 0
        with (
            pyarrow.csv.open_csv(lines, named, quoting, columns) as batches,
            pyarrow.parquet.ParquetWriter(path, shape, compression="zstd") as sink,
        ):
            for table in _grouped(batches):
                sink.write_table(table)
                count += table.num_rows
    return count


def _grouped(batches: pyarrow.csv.CSVStreamingReader) -> Iterator[pa.Table]:
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(one.num_rows for one in held) >= ROWS_A_GROUP:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)


class Lines(io.RawIOBase):
    """What the database copies out, as a file to read from."""

    def __init__(self, source: Copy) -> None:
        super().__init__()
        self._chunks = iter(source)
        self._held = b""

    def readable(self) -> bool:
        return True

    def peek(self) -> bytes:
        if not self._held:
            self._held = bytes(next(self._chunks, b""))
        return self._held

    def read(self, size: int = -1) -> bytes:
        parts, wanted = [], size
        while wanted != 0 and (held := self.peek()):
            taken = held if wanted < 0 else held[:wanted]
            self._held = held[len(taken) :]
            parts.append(taken)
            wanted -= len(taken) if wanted > 0 else 0
        return b"".join(parts)


def _query(scope: Unit | None) -> sql.Composed:
    if scope is None:
        return sql.SQL(QUERY).format(scope=sql.SQL(""))
    units = sql.Literal(sorted(units_within(scope)))
    return sql.SQL(QUERY).format(scope=sql.SQL("AND p.residence_unit_id = ANY({})").format(units))


def _left_out(scope: Unit | None) -> tuple[int, int]:
    """People with further old numbers, and cancelled numbers, in the scope."""
    people = (
        Person.objects.all()
        if scope is None
        else Person.objects.filter(residence_unit__in=units_within(scope))
    )
    further = people.exclude(other_old_numbers=[]).filter(continued_as="").count()
    return further, people.exclude(continued_as="").count()


def units_within(scope: Unit) -> frozenset[int]:
    """Ids of the unit, all under it, and all that these were wholly made of."""
    found: set[int] = set()
    ahead = {scope.pk}
    while ahead:
        found |= ahead
        below = Unit.objects.filter(parent_id__in=ahead).values_list("pk", flat=True)
        before = Succession.objects.filter(successor_id__in=ahead, is_partial=False)
        ahead = ({*below} | {*before.values_list("predecessor_id", flat=True)}) - found
    return frozenset(found)


def _note(
    exported: Exported,
    scope: Unit | None,
    ground: Ground,
    *,
    by: Actor,
    groups_read: tuple[Group, ...] = GROUPS,
) -> None:
    reader = reader_of(by)
    groups = sorted(str(group) for group in groups_read)
    BulkRead.objects.create(
        ref=exported.ref,
        at=exported.at,
        actor=by.reference,
        actor_display=reader.display,
        organisation=reader.organisation,
        organisation_name=reader.organisation_name,
        organisation_province=reader.organisation_province,
        purpose=ground.purpose,
        basis=ground.basis,
        groups=groups,
        scope=scope,
        count=exported.count,
    )
    event = RegisterExported(
        export=exported.ref,
        purpose=ground.purpose,
        basis=ground.basis,
        scope=scope.code if scope else "VN",
        groups=",".join(groups),
        count=exported.count,
    )
    record(event, by=by)
