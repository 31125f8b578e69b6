"""From PostgreSQL to the mart: only months in which a dossier was touched since the last build."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
from django.db import connection, transaction
from django.utils import timezone

from lienthong.data.marts.store import Manifest, Store
from lienthong.indicators import offered

MONTHS: Final = "SELECT DISTINCT month FROM dossiers_fact"
TOUCHED: Final = """
SELECT DISTINCT month FROM dossiers_fact WHERE changed >= %(seen)s::xid8
UNION SELECT DISTINCT month FROM dossiers_left WHERE changed >= %(seen)s::xid8
"""
# Whether the mark is of this database: after a restore transaction ids start over.
KNOWN: Final = "SELECT %(seen)s::xid8 <= pg_snapshot_xmax(pg_current_snapshot())"

SELECT: Final = """
SELECT f.month, f.id::text AS code, g.code AS agency, u.code AS unit, f.procedure_code AS procedure,
    f.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS received_at,
    f.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS due_at,
    f.ended_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS ended_at,
    f.channel, f.state, f.supplements,
    CASE WHEN f.state = 5 THEN f.ended_at AT TIME ZONE 'Asia/Ho_Chi_Minh' END AS supplement_asked_at,
    NULL AS supplement_seconds, NULL AS limit_seconds,
    f.is_full AS end_to_end, f.outcome, f.result_kind <> 'register_update' AS returns_paper,
    f.digitised AS electronic_result, f.has_digital_paper AS digitised_papers,
    f.has_reused_paper AS reused_papers, f.has_reused_paper OR f.has_prefilled_answer AS population_data, f.fee,
    f.procedure_code LIKE '2.000815%%' AS certified_copy,
    f.procedure_code LIKE '2.000815%%' AND f.outcome = 'approved' AND f.digitised AS electronic_copy,
    f.rating <= 2 AS complained
FROM dossiers_fact f JOIN organisations_organisation g ON g.id = f.authority_id
    LEFT JOIN territory_unit u ON u.id = g.unit_id
WHERE {chosen}
"""
"""The due moment was moved for what the applicant took to supplement, and without a limit there is none to pass:
both columns are known and empty. 2.000815 certifies copies of originals."""
IN_MONTHS: Final = """f.month = ANY(%(months)s::date[])
    AND f.received_at >= (%(first)s::date)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    AND f.received_at < (%(last)s::date + interval '1 month') AT TIME ZONE 'Asia/Ho_Chi_Minh'"""
ROWS: Final = f"COPY ({SELECT.format(chosen=IN_MONTHS)}) TO STDOUT (FORMAT csv, HEADER)"
COLUMNS: Final = {
    "month": "DATE",
    "code": "VARCHAR",
    "agency": "VARCHAR",
    "unit": "VARCHAR",
    "procedure": "VARCHAR",
    "received_at": "TIMESTAMP",
    "due_at": "TIMESTAMP",
    "ended_at": "TIMESTAMP",
    "channel": "VARCHAR",
    "state": "SMALLINT",
    "supplements": "SMALLINT",
    "supplement_asked_at": "TIMESTAMP",
    "supplement_seconds": "BIGINT",
    "limit_seconds": "BIGINT",
    "end_to_end": "BOOLEAN",
    "outcome": "VARCHAR",
    "returns_paper": "BOOLEAN",
    "electronic_result": "BOOLEAN",
    "digitised_papers": "BOOLEAN",
    "reused_papers": "BOOLEAN",
    "population_data": "BOOLEAN",
    "fee": "BIGINT",
    "certified_copy": "BOOLEAN",
    "electronic_copy": "BOOLEAN",
    "complained": "BOOLEAN",
}
AGENCIES: Final = """
COPY (
    SELECT DISTINCT ON (g.code) g.code, p.code AS parent
    FROM organisations_organisation g LEFT JOIN organisations_organisation p ON p.id = g.parent_id
    ORDER BY g.code, g.valid_from DESC
) TO STDOUT (FORMAT csv, HEADER)
"""

ONE_MONTH: Final = """
COPY (SELECT * EXCLUDE (month) FROM rows WHERE month = DATE '{month}' ORDER BY agency, received_at, code)
TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""


@dataclass(frozen=True)
class Built:
    """The months written or dropped, and all that stand."""

    months: list[date]
    rows: int
    standing: int
    anew: bool


@transaction.atomic
def build_mart(root: Path, *, fresh: bool = False) -> Built:
    """Bring the mart at `root` up to date; what others read there is whole at every moment.

    Exact as the tally is (docs/decisions/0006): the mark is the oldest transaction still open, so
    whatever was not yet committed is seen the next time. Raises MartUnreadable.
    """
    store = Store(root)
    before = Manifest() if fresh else store.manifest()
    store.open_workshop()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('indicators_mart'))")
        if before.seen:
            cursor.execute(KNOWN, {"seen": before.seen})
            before = before if cursor.fetchone()[0] else Manifest()
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        seen = cursor.fetchone()[0]
        cursor.execute(TOUCHED if before.seen else MONTHS, {"seen": before.seen})
        touched = sorted(row[0] for row in cursor.fetchall())
    if not before.seen:
        store.clear()
    counts = _write_months(store, touched)
    copy_rows(AGENCIES, {}, store.workshop / "agencies.csv")
    _parquet(store.workshop / "agencies.csv", store, store.agencies)
    _write_offered(store)
    months = {**before.months, **{f"{month:%Y-%m}": rows for month, rows in counts.items()}}
    standing = {month: rows for month, rows in months.items() if rows}
    store.seal(Manifest(seen, timezone.now().isoformat(timespec="seconds"), standing))
    store.close_workshop()
    return Built(touched, sum(counts.values()), len(standing), not before.seen)


def _write_months(store: Store, months: list[date]) -> dict[date, int]:
    """One look at the database for all of them; then month by month into place."""
    if not months:
        return {}
    rows = store.workshop / "rows.csv"
    copy_rows(ROWS, {"months": months, "first": months[0], "last": months[-1]}, rows)
    counts = {}
    with duckdb.connect() as con:
        con.execute(
            "CREATE TABLE rows AS SELECT * FROM read_csv(?, header=true, columns=?)", [str(rows), COLUMNS]
        )
        for month in months:
            found = con.execute("SELECT count(*) FROM rows WHERE month = ?", [month]).fetchone()
            counts[month] = int(found[0]) if found else 0
            if not counts[month]:
                store.drop_month(month)
                continue
            with store.replacing(store.month_file(month)) as path:
                con.execute(ONE_MONTH.format(month=f"{month:%Y-%m-%d}", path=_quoted(path)))
    return counts


def _write_offered(store: Store) -> None:
    path = store.workshop / "procedures.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(offered.COLUMNS)
        rows.writerows(offered.offered(offered.deciding_agencies(timezone.localdate())))
    _parquet(path, store, store.procedures, offered.COLUMNS)


def _parquet(source: Path, store: Store, target: Path, columns: Mapping[str, str] | None = None) -> None:
    typed = f"columns={columns}" if columns else "all_varchar=true"
    with duckdb.connect() as con, store.replacing(target) as path:
        rows = f"FROM read_csv('{_quoted(source)}', header=true, {typed})"
        con.execute(f"COPY ({rows}) TO '{_quoted(path)}' (FORMAT parquet)")


def copy_rows(sql: str, values: dict[str, object], to: Path) -> None:
    """The rows of a COPY statement, into a file."""
    with connection.cursor() as cursor, to.open("wb") as file, cursor.copy(sql, values) as rows:
        for piece in rows:
            file.write(piece)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
