"""Many records and counts at once into their tables, by COPY: those of a run and those of the register's measurement."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from django.db import connection
from django.utils import timezone

from lienthong.data.quality import Count
from lienthong.registries.models import Batch, RuleCount
from lienthong.territory.public import Level, units_on

PIECE: Final = 5_000
"""Records of one COPY."""


class Line(NamedTuple):
    """A record as its table holds it when it is first kept."""

    id: int
    source_id: int
    batch_id: int
    row: int
    key: str
    unit_id: int | None
    name: str
    values: str
    """As JSON."""
    failed: list[str]
    verdict: str
    personal_number: str
    candidate: str = ""
    score: float | None = None
    reasons: str = "[]"
    """As JSON."""
    tied_by: str = "machine"
    superseded: bool = False
    changes_made: int = 0


def keep_records(lines: Iterable[Line]) -> None:
    _copy("registries_record", Line._fields, lines)


def keep_counts(batch: Batch, counts: Iterable[Count]) -> None:
    """In the place of those that were kept before a kill."""
    RuleCount.objects.filter(batch=batch).delete()
    columns = ("batch_id", "commune", "rule", "field", "criterion", "satisfied", "assessed")
    lines = (
        (batch.pk, one.commune_code, one.rule, one.field, one.criterion, one.satisfied, one.assessed)
        for one in counts
    )
    _copy("registries_rulecount", columns, lines)


def _copy(table: str, columns: tuple[str, ...], lines: Iterable[tuple[object, ...]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as out:
        for line in lines:
            out.write_row(line)


def units_coded(codes: set[str]) -> dict[str, int]:
    """The keys of today's communes of these codes."""
    units = units_on(timezone.localdate(), level=Level.COMMUNE).filter(code__in=codes)
    return dict(units.order_by().values_list("code", "pk"))
