"""Figures from the tally, and the dossiers behind them. All sums are of the same rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from lienthong.identity.public import Actor, require
from lienthong.indicators.counting import TOP, refresh_tally
from lienthong.indicators.formulas.scoring import Scored
from lienthong.indicators.models import Observation, OfficialScore
from lienthong.indicators.officials import QD766
from lienthong.indicators.outside import SERIES
from lienthong.indicators.rules import INDICATORS, Figure, Indicator, Scope, Tier, UnknownIndicator
from lienthong.organisations.public import carried_on_by, heirs_of_level_one, lineage_ids

COUNTERS: Final = ("received", "online", "timely", "results", "digitised", "services", "services_full")

# Open dossiers whose due moment has passed: few, found by a partial index, counted at the hour asked.
SUMS: Final = f"""
WITH overdue AS (
    SELECT {{grain}}, count(*) AS n FROM (
        SELECT f.*, {TOP} AS top FROM dossiers_fact f JOIN organisations_organisation g ON g.id = f.authority_id
        WHERE is_running AND due_at < %(now)s
    ) late GROUP BY {{grain}}
)
SELECT {{key}},
    COALESCE(sum(received), 0), COALESCE(sum(online), 0), COALESCE(sum(in_time + running - COALESCE(n, 0)), 0),
    COALESCE(sum(results), 0), COALESCE(sum(digitised), 0),
    COALESCE(sum(services), 0), COALESCE(sum(services_full), 0)
FROM {{counted}} t LEFT JOIN overdue USING ({{grain}})
WHERE {{where}}
GROUP BY 1
"""  # noqa: S608 - names of columns, from here

ONE_BY_ONE: Final = f"""(
    SELECT y.*, {TOP} AS top, (received > 0)::int AS services, (full_online > 0)::int AS services_full
    FROM indicators_tally y JOIN organisations_organisation g ON g.id = y.authority_id
)"""  # noqa: S608 - an expression
KEYS: Final = {
    "country": "''",
    "top": "top",
    "agency": "authority_id::text",
    "procedure": "procedure_code",
    "month": "month::text",
    "top_month": "top || '/' || month",
    "agency_month": "authority_id || '/' || month",
}
MONTHLY: Final = ("month", "top_month", "agency_month")


@dataclass(frozen=True)
class Sums:
    """Every counter of one scope."""

    key: str
    counters: dict[str, int]
    as_of: datetime

    def figure(self, indicator: Indicator) -> Figure:
        return Figure(indicator, self.counters[indicator.part], self.counters[indicator.whole], self.as_of)

    def plus(self, other: "Sums") -> "Sums":
        added = {name: count + other.counters[name] for name, count in self.counters.items()}
        return Sums(self.key, added, self.as_of)


def indicator(code: str) -> Indicator:
    """Raises UnknownIndicator."""
    if code not in INDICATORS:
        raise UnknownIndicator
    return INDICATORS[code]


def sums_by(key: str, scope: Scope, *, by: Actor) -> list[Sums]:
    """All counters of `scope`, broken down by "country" (one row), "top", "agency", "procedure", "month",
    "top_month" or "agency_month" (keys such as "H20/2026-11-01").

    Those with months ignore the scope's month: they are series. What an agency did before it was merged or
    renamed is counted with whoever carries on its work today. Requires indicators.read.
    """
    require(by, "indicators.read", scope)
    refresh_tally()
    where, values = _where(scope, every_month=key in MONTHLY)
    whole = scope.agency is None and scope.procedure is None
    rows = counted(key, where, values, whole=whole)
    return sorted(_with_heirs(rows, key), key=lambda row: row.key)


def counted(key: str, where: list[str], values: dict[str, Any], *, whole: bool = True) -> list[Sums]:
    """The rows as they were counted, each with whom it was counted for. `whole`: all agencies and procedures."""
    now = timezone.now()
    added_up = whole and key in ("country", "top", "month", "top_month")
    sql = SUMS.format(
        key=KEYS[key],
        where=" AND ".join(where) or "true",
        grain="top, month" if added_up else "authority_id, month, procedure_code",
        counted="indicators_total" if added_up else ONE_BY_ONE,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {**values, "now": now})
        rows = cursor.fetchall()
    return [Sums(row[0], dict(zip(COUNTERS, map(int, row[1:]), strict=True)), now) for row in rows]


def _with_heirs(rows: list[Sums], key: str) -> list[Sums]:
    """Rows of agencies that ended, added to the row of who carries on."""
    heirs: dict[str, str] = {}
    if key in ("top", "top_month"):
        heirs = heirs_of_level_one(timezone.localdate())
    if key in ("agency", "agency_month"):
        agencies = {int(row.key.partition("/")[0]) for row in rows}
        found = carried_on_by(sorted(agencies), timezone.localdate())
        heirs = {str(old): str(heir) for old, heir in found.items()}
    if not heirs:
        return rows
    folded: dict[str, Sums] = {}
    for row in rows:
        old, slash, month = row.key.partition("/")
        key = heirs.get(old, old) + slash + month
        folded[key] = folded[key].plus(row) if key in folded else replace(row, key=key)
    return list(folded.values())


def sums_of(scope: Scope, *, by: Actor) -> Sums:
    """All counters of one scope, zero where nothing happened."""
    found = sums_by("country", scope, by=by)
    return found[0] if found else Sums("", dict.fromkeys(COUNTERS, 0), timezone.now())


def _where(scope: Scope, *, every_month: bool) -> tuple[list[str], dict[str, Any]]:
    where: list[str] = []
    values: dict[str, Any] = {}
    if not every_month:
        where.append("month = %(month)s")
        values["month"] = scope.month
    if scope.tier is Tier.MINISTRY:
        where.append("top LIKE 'G%%'")
    if scope.tier is Tier.LOCALITY:
        where.append("top LIKE 'H%%'")
    if scope.top is not None:
        where.append("top = ANY(%(top)s)")
        heirs = heirs_of_level_one(timezone.localdate())
        values["top"] = [scope.top, *(old for old, heir in heirs.items() if heir == scope.top)]
    if scope.agency is not None:
        where.append("authority_id = ANY(%(agency)s)")
        values["agency"] = lineage_ids(scope.agency)[0]
    if scope.procedure is not None:
        where.append("procedure_code = %(procedure)s")
        values["procedure"] = scope.procedure
    return where, values


BEHIND: Final = {
    "received": "true",
    "online": "is_online",
    "timely": "COALESCE(COALESCE(ended_at, %(now)s) <= due_at, true)",
    "results": "outcome = 'approved'",
    "digitised": "outcome = 'approved' AND digitised",
}
"""Which received dossiers each counter of dossiers stands for. `tests/indicators` holds it against SUMS."""


def ids_behind(
    counter: str, scope: Scope, *, by: Actor, negated: bool = False, now: datetime | None = None
) -> list[int]:
    """Ids of the dossiers behind a counter of an agency, oldest first; `negated`: the received ones not in it."""
    require(by, "indicators.read", scope)
    whole = "outcome = 'approved'" if counter == "digitised" else "true"
    condition = BEHIND[counter]
    sql = f"""
        SELECT id FROM dossiers_fact
        WHERE authority_id = ANY(%(agency)s) AND month = %(month)s AND (%(procedure)s::text IS NULL OR procedure_code = %(procedure)s)
            AND received_at >= %(month)s::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
            AND received_at < (%(month)s::date + interval '1 month') AT TIME ZONE 'Asia/Ho_Chi_Minh'
            AND {whole} AND ({condition}) IS {"NOT TRUE" if negated else "TRUE"}
        ORDER BY received_at, id
    """  # noqa: S608 - conditions come from the table above
    values: dict[str, Any] = {
        "agency": lineage_ids(scope.agency)[0] if scope.agency is not None else [],
        "month": scope.month,
        "procedure": scope.procedure,
        "now": now or timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


# From month to month by the index: the tally has a row for every service, the months are few.
MONTHS: Final = """
SELECT m::date FROM generate_series((SELECT min(month) FROM indicators_tally),
    (SELECT max(month) FROM indicators_tally), '1 month') m
WHERE EXISTS (SELECT FROM indicators_tally t WHERE t.month = m::date) ORDER BY 1
"""


def months_known() -> list[date]:
    """Months that anything was received in, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(MONTHS)
        return [row[0] for row in cursor.fetchall()]


def by_key(rows: Iterable[Sums]) -> dict[str, Sums]:
    return {row.key: row for row in rows}


@dataclass(frozen=True)
class Beside:
    """One component: our own score and the official one, neither replacing the other."""

    component: str
    own: Scored | None
    official: OfficialScore | None

    @property
    def difference(self) -> Fraction | None:
        """Ours less the official one, in points; None where either is missing."""
        if self.own is None or self.own.score is None or self.official is None:
            return None
        return self.own.score - Fraction(self.official.score or 0)


def official_scores(
    agency: int,
    first_month: date,
    last_month: date,
    *,
    by: Actor,
    index: str = QD766,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> dict[str, OfficialScore]:
    """component -> the official score of exactly this period: what its latest source up to `as_of` says, as it
    was entered by `known_at`. What was withdrawn is not there."""
    require(by, "indicators.read", agency)
    rows = OfficialScore.objects.filter(
        agency=agency, first_month=first_month, last_month=last_month, index=index
    )
    if as_of is not None:
        rows = rows.filter(as_of__lte=as_of)
    if known_at is not None:
        rows = rows.filter(entered_at__lte=known_at)
    last = {(row.component, row.as_of): row for row in rows.order_by("as_of", "entered_at", "pk")}
    return {row.component: row for row in last.values() if row.score is not None}


@dataclass(frozen=True)
class Entered:
    """One entry of an official score, and the entry that took its place, if any."""

    row: OfficialScore
    replaced_by: OfficialScore | None

    @property
    def counts(self) -> bool:
        return self.replaced_by is None and self.row.score is not None


def official_history(agency: int, *, by: Actor) -> list[Entered]:
    """Every entry about an agency, periods newest first; within one, as they were entered, newest first."""
    require(by, "indicators.read", agency)
    rows = OfficialScore.objects.filter(agency=agency).select_related("document")
    later: dict[tuple[Any, ...], OfficialScore] = {}
    found: list[Entered] = []
    for row in rows.order_by(
        "-last_month", "-first_month", "index", "component", "-as_of", "-entered_at", "-pk"
    ):
        key = (row.index, row.component, row.first_month, row.last_month, row.as_of)
        found.append(Entered(row, later.get(key)))
        later[key] = row
    return found


def scores_beside(own: Mapping[str, Scored], official: Mapping[str, OfficialScore]) -> list[Beside]:
    """Every component that either side knows, in the order of ours, then of theirs."""
    codes = dict.fromkeys([*own, *official])
    return [Beside(code, own.get(code), official.get(code)) for code in codes]


def observations(series: str, *, by: Actor) -> list[Observation]:
    """Figures from outside of one series, oldest first; those without a day last."""
    require(by, "indicators.read", series)
    return sorted(Observation.objects.filter(series=series), key=_by_day)


def observations_by_series(*, by: Actor) -> dict[str, list[Observation]]:
    """Every figure from outside by its series, as in SERIES, then those of none (""); each oldest first."""
    require(by, "indicators.read", None)
    found: dict[str, list[Observation]] = {code: [] for code in (*SERIES, "")}
    for one in Observation.objects.all():
        found[one.series].append(one)
    return {code: sorted(rows, key=_by_day) for code, rows in found.items() if rows}


def _by_day(one: Observation) -> tuple[date, int]:
    return one.as_of or date.max, one.pk
