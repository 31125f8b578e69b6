"""Bringing the tally up to date: only agencies and months that something happened in are recounted.

Below queries, since a figure is brought up to date when it is read.
"""

from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from lienthong.indicators.models import Mark

COUNT: Final = """
INSERT INTO indicators_tally (authority_id, month, procedure_code, received, online, "full", full_online,
    in_time, late, running, results, digitised)
SELECT f.authority_id, f.month, f.procedure_code, count(*),
    count(*) FILTER (WHERE is_online),
    count(*) FILTER (WHERE is_full),
    count(*) FILTER (WHERE is_full AND is_online),
    count(*) FILTER (WHERE ended_at IS NOT NULL AND COALESCE(ended_at <= due_at, true)),
    count(*) FILTER (WHERE ended_at > due_at),
    count(*) FILTER (WHERE ended_at IS NULL),
    count(*) FILTER (WHERE outcome = 'approved'),
    count(*) FILTER (WHERE outcome = 'approved' AND f.digitised)
FROM dossiers_fact f
{touched}
GROUP BY 1, 2, 3
"""

TOUCHED: Final = """
CREATE TEMPORARY TABLE touched ON COMMIT DROP AS
SELECT authority_id, procedure_code, month FROM dossiers_fact WHERE changed >= %(seen)s::xid8
UNION
SELECT authority_id, procedure_code, month FROM dossiers_left WHERE changed >= %(seen)s::xid8
"""

ONLY_TOUCHED: Final = """
JOIN touched t ON t.authority_id = f.authority_id AND t.procedure_code = f.procedure_code
    AND f.received_at >= t.month::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    AND f.received_at < (t.month + interval '1 month') AT TIME ZONE 'Asia/Ho_Chi_Minh'
"""

FORGET: Final = """
DELETE FROM indicators_tally y USING touched t
WHERE y.authority_id = t.authority_id AND y.month = t.month AND y.procedure_code = t.procedure_code
"""

TOP: Final = "split_part(g.path, '/', 1)"
"""Code of an agency's ministry or province."""

SUMMED: Final = ("received", "online", "in_time", "running", "results", "digitised")

ADD_UP: Final = f"""
INSERT INTO indicators_total AS o (top, month, {", ".join(SUMMED)}, services, services_full)
SELECT {TOP}, y.month, {", ".join(f"%(sign)s * sum(y.{name})" for name in SUMMED)},
    %(sign)s * count(*) FILTER (WHERE y.received > 0), %(sign)s * count(*) FILTER (WHERE y.full_online > 0)
FROM indicators_tally y JOIN organisations_organisation g ON g.id = y.authority_id {{touched}}
GROUP BY 1, 2
ON CONFLICT (month, top) DO UPDATE SET
    {", ".join(f"{name} = o.{name} + EXCLUDED.{name}" for name in (*SUMMED, "services", "services_full"))}
"""  # noqa: S608 - names of columns, from above
"""What tally rows add to the totals of their ministry or province; taken off (-1) before they are recounted."""

AMONG_TOUCHED: Final = "JOIN touched t USING (authority_id, month, procedure_code)"


QUIET: Final = """
SELECT m.* FROM indicators_mark m
WHERE COALESCE((SELECT changed FROM dossiers_fact ORDER BY changed DESC LIMIT 1) < m.seen::xid8, true)
    AND COALESCE((SELECT changed FROM dossiers_left ORDER BY changed DESC LIMIT 1) < m.seen::xid8, true)
"""
"""The latest change is read from the end of an index, whatever the planner knows of the one-row table."""


def wait_for_turn() -> None:
    """Go on when nobody else counts; until the transaction ends nobody else does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('indicators_tally'))")


def refresh_tally() -> Mark:
    """Recount what changed since the last look; whoever comes meanwhile reads the tally as it is.

    Exact, not nearly: a transaction still open now has an id not below the mark set here, so it
    is seen the next time. Where nothing has changed, nothing is written.
    """
    for quiet in Mark.objects.raw(QUIET):
        return quiet
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('indicators_tally'))")
        alone = cursor.fetchone()[0]
        mark = Mark.objects.first()
        if mark and not alone:
            return mark
        if not alone:
            wait_for_turn()
            mark = Mark.objects.first()
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        seen = cursor.fetchone()[0]
        if mark is None:
            cursor.execute(COUNT.format(touched=""))
            cursor.execute(ADD_UP.format(touched=""), {"sign": 1})
        else:
            cursor.execute("DROP TABLE IF EXISTS pg_temp.touched")  # of an earlier look in this transaction
            cursor.execute(TOUCHED, {"seen": mark.seen})
            if cursor.rowcount:
                cursor.execute("ANALYZE touched")
                cursor.execute(ADD_UP.format(touched=AMONG_TOUCHED), {"sign": -1})
                cursor.execute(FORGET)
                cursor.execute(COUNT.format(touched=ONLY_TOUCHED))
                cursor.execute(ADD_UP.format(touched=AMONG_TOUCHED), {"sign": 1})
        mark, _ = Mark.objects.update_or_create(id=1, defaults={"seen": seen, "at": timezone.now()})
        return mark
