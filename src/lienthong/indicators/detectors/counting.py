"""Counting what detectors look at: by agency and month, recounted where dossiers were touched.

One definition of part and whole serves the counts and the list of dossiers behind them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from lienthong.indicators.detectors.table import DETECTORS, PEOPLE
from lienthong.indicators.models import SignMark

EVERY: Final = timedelta(minutes=10)
"""Signals are of months: nobody waits for the last second, and a busy month is dear to recount."""

SIGNS: Final = f"""
WITH f AS NOT MATERIALIZED (SELECT f.* FROM dossiers_fact f {{scope}}),
crowds AS (
    SELECT authority_id, month, device FROM f WHERE is_online AND device IS NOT NULL
    GROUP BY 1, 2, 3 HAVING count(DISTINCT filed_by) >= {PEOPLE}
),
signs AS (
    SELECT f.id, f.authority_id, f.month, f.received_at, f.due_at, f.first_due_at, f.closed_at, f.outcome,
        f.supplements, f.apologies, f.is_online, f.device, f.digitised, f.digitised_at, f.has_placeholder,
        f.asked_at, f.due_when_asked, f.rated_at, c.device IS NOT NULL AS crowded
    FROM f LEFT JOIN crowds c ON (c.authority_id, c.month, c.device) = (f.authority_id, f.month, f.device)
)
"""  # noqa: S608 - a setting

COUNTED: Final = tuple(code for code, d in DETECTORS.items() if d.whole != "false")
COUNT: Final = f"""
INSERT INTO indicators_signcount (authority_id, month, detector, part, whole)
{SIGNS}
SELECT authority_id, month, v.detector, v.part, v.whole FROM (
    SELECT authority_id, month, {", ".join(
        f"count(*) FILTER (WHERE {DETECTORS[code].whole}) AS whole_{n}, "
        f"count(*) FILTER (WHERE {DETECTORS[code].whole} AND {DETECTORS[code].part}) AS part_{n}"
        for n, code in enumerate(COUNTED)
    )} FROM signs GROUP BY 1, 2
) counted, LATERAL (VALUES {", ".join(
    f"('{code}', part_{n}, whole_{n})" for n, code in enumerate(COUNTED)
)}) v (detector, part, whole) WHERE v.whole > 0
"""  # noqa: S608  # fmt: skip

OF_A_MONTH: Final = """
WHERE f.authority_id = %(agency)s AND f.received_at >= %(month)s::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    AND f.received_at < (%(month)s::date + interval '1 month') AT TIME ZONE 'Asia/Ho_Chi_Minh'
"""
TOUCHED: Final = """
CREATE TEMPORARY TABLE signs_touched ON COMMIT DROP AS
SELECT authority_id, month FROM dossiers_fact WHERE changed >= %(seen)s::xid8
UNION SELECT authority_id, month FROM dossiers_left WHERE changed >= %(seen)s::xid8
UNION SELECT authority_id, month FROM dossiers_rated WHERE rated_at >= %(at)s::timestamptz - interval '1 hour'
"""
ONLY_TOUCHED: Final = """
JOIN signs_touched t ON t.authority_id = f.authority_id
    AND f.received_at >= t.month::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    AND f.received_at < (t.month + interval '1 month') AT TIME ZONE 'Asia/Ho_Chi_Minh'
"""
FORGET: Final = """
DELETE FROM indicators_signcount c USING signs_touched t
WHERE c.authority_id = t.authority_id AND c.month = t.month
"""


def refresh_signs(*, every: timedelta = EVERY) -> SignMark:
    """Recount agencies and months touched since the last look, unless that was less than `every` ago.

    As exact as the tally (docs/decisions/0006); whoever comes while another counts reads what stands.
    """
    mark = SignMark.objects.first()
    if mark and timezone.now() - mark.at < every:
        return mark
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('indicators_signs'))")
        if not cursor.fetchone()[0]:
            if mark:
                return mark
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('indicators_signs'))")
            mark = SignMark.objects.first()
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        seen = cursor.fetchone()[0]
        if mark is None:
            cursor.execute("DELETE FROM indicators_signcount")
            cursor.execute(COUNT.format(scope=""))
        else:
            _recount(cursor, mark)
        mark, _ = SignMark.objects.update_or_create(id=1, defaults={"seen": seen, "at": timezone.now()})
        return mark


def _recount(cursor: Any, mark: SignMark) -> None:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.signs_touched")  # of an earlier look in this transaction
    cursor.execute(TOUCHED, {"seen": mark.seen, "at": mark.at})
    if cursor.rowcount:
        cursor.execute("ANALYZE signs_touched")
        cursor.execute(FORGET)
        cursor.execute(COUNT.format(scope=ONLY_TOUCHED))


@dataclass(frozen=True)
class Behind:
    """The dossiers of a detector's whole, oldest first, by the hour asked: in the part, and not in it."""

    part: list[int]
    rest: list[int]


def behind(code: str, agency: int, month: date) -> Behind:
    """The dossiers behind a count of one agency and month; read by index. `code` is of the table."""
    detector = DETECTORS[code]
    sql = f"""{SIGNS.format(scope=OF_A_MONTH)}
        SELECT id, COALESCE({detector.part}, false) FROM signs WHERE {detector.whole} ORDER BY received_at, id
    """  # noqa: S608 - conditions come from the table
    with connection.cursor() as cursor:
        cursor.execute(sql, {"agency": agency, "month": month})
        rows = cursor.fetchall()
    return Behind([pk for pk, inside in rows if inside], [pk for pk, inside in rows if not inside])
