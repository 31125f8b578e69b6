"""The counters, defined once in Ibis: DuckDB and Spark count the same.

All are additive: a count of rows, or a sum of integers. A counter of services is a count of pairs
(agency, procedure), so it adds up over agencies; over months it is counted anew from the pairs.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Final

import ibis
import ibis.expr.types as ir

from lienthong.data.marts.reading import Source
from lienthong.kit.calendar import Calendar

FIRST_DAY: Final = date(2015, 1, 1)
LAST_DAY: Final = date(2044, 12, 31)


@dataclass(frozen=True)
class Days:
    """Working days within which a procedure is published (QĐ 766/QĐ-TTg, 1.1 and 1.2)."""

    decide: int
    publish: int


@dataclass(frozen=True)
class Terms:
    """What counting needs besides rows. `as_of`: Vietnamese local time, itself no longer counted."""

    as_of: datetime
    calendar: Calendar
    ministry: Days = Days(20, 10)
    locality: Days = Days(5, 5)

    @property
    def last_day(self) -> date:
        """The last day of which something is counted."""
        midnight = self.as_of.time() == self.as_of.min.time()
        return date.fromordinal(self.as_of.date().toordinal() - midnight)


@dataclass(frozen=True)
class Counter:
    """One counter over the rows of a table. `of` gives a condition to count or an integer to add.

    `needs` are the columns that it cannot do without, `refines` those that make it follow the rule
    in every detail.
    """

    name: str
    table: str
    of: Callable[[ir.Table], ir.Value]
    needs: tuple[str, ...] = ()
    refines: tuple[str, ...] = ()
    sums: bool = False


@dataclass(frozen=True)
class ServiceCounter:
    """Counts pairs (agency, procedure) by their sums of other counters."""

    name: str
    of: Callable[[ir.Table], ir.BooleanValue]
    needs: tuple[str, ...] = field(default_factory=tuple)


def _dossiers(source: Source, terms: Terms) -> ir.Table:
    """Received dossiers, each with `closed` and `late` as of the moment asked (QĐ 766/QĐ-TTg, 2.1)."""
    rows = _until(source, terms)
    as_of = ibis.literal(terms.as_of, type="timestamp(6)")
    if source.has("ended_at"):
        rows = rows.mutate(closed=(rows.ended_at < as_of).fill_null(False))  # noqa: FBT003 - a value
    if source.has("ended_at", "due_at"):
        rows = rows.mutate(late=_late(source, rows, as_of))
    return rows


def _late(source: Source, rows: ir.Table, as_of: ir.Value) -> ir.BooleanValue:
    ended = rows.ended_at
    if source.has("state", "supplement_asked_at"):
        waiting = (rows.state == 5) & rows.supplement_asked_at.notnull()
        ended = ibis.ifelse(ended.isnull() & waiting, rows.supplement_asked_at, ended)
    end = ibis.coalesce(ibis.ifelse(ended < as_of, ended, ibis.null("timestamp(6)")), as_of)
    late = end > rows.due_at
    paused: ir.Value = ibis.literal(0, type="int64")
    if source.has("supplement_seconds"):
        paused = rows.supplement_seconds.fill_null(0)
        over = _seconds(end) - _seconds(rows.due_at)
        late = late & ((paused <= 0) | (over > paused))
    late = late.fill_null(False)  # noqa: FBT003 - a value
    if source.has("limit_seconds"):
        spent = _seconds(end) - _seconds(rows.received_at) - paused
        late |= (rows.due_at.isnull() & (spent > rows.limit_seconds)).fill_null(False)  # noqa: FBT003
    if source.has("supplements"):
        late |= (rows.supplements > 1).fill_null(False)  # noqa: FBT003
    return late


def _seconds(moment: ir.Value) -> ir.Value:
    return moment.epoch_seconds().cast("int64")


def _petitions(source: Source, terms: Terms) -> ir.Table:
    rows = _until(source, terms)
    if not source.has("due_at", "ended_at"):
        return rows
    as_of = ibis.literal(terms.as_of, type="timestamp(6)")
    end = ibis.coalesce(ibis.ifelse(rows.ended_at < as_of, rows.ended_at, ibis.null("timestamp(6)")), as_of)
    rows = rows.mutate(late=(end > rows.due_at).fill_null(False))  # noqa: FBT003
    if source.has("likes", "dislikes", "repeated"):
        disliked = rows.dislikes.fill_null(0) > rows.likes.fill_null(0)
        rows = rows.mutate(bad=disliked | rows.late | rows.repeated.fill_null(False))  # noqa: FBT003
    return rows


def _publications(source: Source, terms: Terms) -> ir.Table:
    """Each decision with whether it, and the making public after it, came too late."""
    rows = _until(source, terms)
    ministry = rows.agency.startswith("G")
    decide = ibis.ifelse(ministry, terms.ministry.decide, terms.locality.decide)
    publish = ibis.ifelse(ministry, terms.ministry.publish, terms.locality.publish)
    rows = rows.mutate(within_decide=decide, within_publish=publish)
    rows = _rank(rows, "decided_on", terms)
    if source.has("effective_on"):
        rows = _rank(rows, "effective_on", terms)
        late = rows.decided_on_rank > rows.effective_on_rank - rows.within_decide
        rows = rows.mutate(decided_late=late.fill_null(False))  # noqa: FBT003
    if source.has("published_on"):
        today = ibis.literal(terms.last_day)
        rows = rows.mutate(published_on=ibis.coalesce(rows.published_on, today))
        rows = _rank(rows, "published_on", terms)
        late = rows.published_on_rank > rows.decided_on_rank + rows.within_publish
        rows = rows.mutate(published_late=late.fill_null(False))  # noqa: FBT003
    return rows


def _rank(rows: ir.Table, name: str, terms: Terms) -> ir.Table:
    """Put beside a day how many working days there are up to it."""
    days = working_days(terms.calendar).select(**{f"{name}_day": "day", f"{name}_rank": "rank"})
    return rows.left_join(days, rows[name] == days[f"{name}_day"]).drop(f"{name}_day")


@cache
def working_days(calendar: Calendar) -> ir.Table:
    """day, rank: the number of working days from FIRST_DAY to it, both counted."""
    days, ranks, rank = [], [], 0
    day = FIRST_DAY
    while day <= LAST_DAY:
        rank += calendar.is_working_day(day)
        days.append(day)
        ranks.append(rank)
        day = date.fromordinal(day.toordinal() + 1)
    return ibis.memtable({"day": days, "rank": ranks}, schema={"day": "date", "rank": "int64"})


def _until(source: Source, terms: Terms) -> ir.Table:
    moment = source.rows[source.table.moment]
    if moment.type().is_timestamp():
        before = moment < ibis.literal(terms.as_of, type="timestamp(6)")
    else:
        before = moment <= ibis.literal(terms.last_day, type="date")
    return source.rows.filter(before, source.rows.agency.notnull())


PREPARE: Final[Mapping[str, Callable[[Source, Terms], ir.Table]]] = {
    "dossiers": _dossiers,
    "petitions": _petitions,
    "publications": _publications,
    "reported": _until,
}


def _flag(name: str) -> Callable[[ir.Table], ir.Value]:
    return lambda t: t[name]


def _population_linked(rows: ir.Table) -> ir.Value:
    read = rows.population_data.fill_null(False)  # noqa: FBT003 - a value
    known = "vneid_account" in rows.columns
    return read | rows.vneid_account.fill_null(False) if known else read  # noqa: FBT003


D, P, U, K, R = "dossiers", "procedures", "publications", "petitions", "reported"
ON_TIME: Final = ("ended_at", "due_at")
FINER: Final = ("supplements", "supplement_asked_at", "supplement_seconds", "limit_seconds", "state")

COUNTERS: Final[Mapping[str, Counter]] = {
    c.name: c
    for c in (
        Counter("received", D, lambda t: ibis.literal(1), sums=True),
        Counter("online", D, lambda t: t.channel == "online", ("channel",)),
        Counter("full", D, _flag("end_to_end"), ("end_to_end",)),
        Counter(
            "full_online", D, lambda t: t.end_to_end & (t.channel == "online"), ("end_to_end", "channel")
        ),
        Counter("closed_in_time", D, lambda t: t.closed & ~t.late, ON_TIME, FINER),
        Counter("closed_late", D, lambda t: t.closed & t.late, ON_TIME, FINER),
        Counter("running", D, lambda t: ~t.closed, ("ended_at",)),
        Counter("running_late", D, lambda t: ~t.closed & t.late, ON_TIME, FINER),
        Counter("late", D, lambda t: t.late, ON_TIME, FINER),
        Counter("without_due", D, lambda t: t.due_at.isnull(), ("due_at",)),
        Counter("finished", D, lambda t: t.closed, ("ended_at",)),
        Counter(
            "processing_seconds",
            D,
            lambda t: ibis.ifelse(t.closed, _seconds(t.ended_at) - _seconds(t.received_at), 0),
            ("ended_at",),
            sums=True,
        ),
        Counter("results", D, lambda t: t.outcome == "approved", ("outcome",)),
        Counter(
            "digitised_results",
            D,
            lambda t: (t.outcome == "approved") & t.electronic_result,
            ("outcome", "electronic_result"),
        ),
        Counter("synced", D, _flag("synced"), ("synced",)),
        Counter(
            "online_electronic",
            D,
            lambda t: (t.channel == "online") & (~t.returns_paper | t.electronic_result),
            ("channel", "returns_paper", "electronic_result"),
        ),
        Counter("paper_results", D, _flag("returns_paper"), ("returns_paper",)),
        Counter(
            "paper_results_electronic",
            D,
            lambda t: t.returns_paper & t.electronic_result,
            ("returns_paper", "electronic_result"),
        ),
        Counter(
            "digitised_throughout",
            D,
            lambda t: t.digitised_papers & t.electronic_result,
            ("digitised_papers", "electronic_result"),
        ),
        Counter("reused", D, _flag("reused_papers"), ("reused_papers",)),
        Counter("personal_store", D, _flag("personal_store"), ("personal_store",)),
        Counter(
            "population_linked",
            D,
            _population_linked,
            ("population_data",),
            ("vneid_account",),
        ),
        Counter("fee_due", D, lambda t: t.fee > 0, ("fee",)),
        Counter("fee_paid_online", D, lambda t: (t.fee > 0) & t.paid_online, ("fee", "paid_online")),
        Counter("copies", D, _flag("certified_copy"), ("certified_copy",)),
        Counter(
            "electronic_copies",
            D,
            lambda t: t.certified_copy & t.electronic_copy,
            ("certified_copy", "electronic_copy"),
        ),
        Counter("complained", D, _flag("complained"), ("complained",)),
        Counter("procedures", P, lambda t: ibis.literal(1), sums=True),
        Counter(
            "procedures_online", P, lambda t: t.online_level.isin(["partial", "full"]), ("online_level",)
        ),
        Counter("procedures_public", P, _flag("is_public"), ("is_public",)),
        Counter(
            "procedures_complete",
            P,
            lambda t: t.is_public & (t.mandatory_parts >= 7),
            ("is_public", "mandatory_parts"),
        ),
        Counter("procedures_fee", P, _flag("has_fee"), ("has_fee",)),
        Counter(
            "procedures_payable", P, lambda t: t.has_fee & t.payable_online, ("has_fee", "payable_online")
        ),
        Counter("procedures_people", P, _flag("for_people"), ("for_people",)),
        Counter(
            "procedures_population",
            P,
            lambda t: t.for_people & t.uses_population_data,
            ("for_people", "uses_population_data"),
        ),
        Counter("publications", U, lambda t: ibis.literal(1), sums=True),
        Counter("publications_late", U, _flag("decided_late"), ("effective_on",)),
        Counter("publics_late", U, _flag("published_late"), ("published_on",)),
        Counter("petitions", K, lambda t: ibis.literal(1), sums=True),
        Counter("petitions_about_conduct", K, lambda t: t.kind == "conduct", ("kind",)),
        Counter("petitions_late", K, _flag("late"), ON_TIME),
        Counter("petitions_bad", K, _flag("bad"), (*ON_TIME, "likes", "dislikes", "repeated")),
        Counter("reported_received", R, _flag("received"), ("received",), sums=True),
        Counter("last_year_received", R, _flag("last_year_received"), ("last_year_received",), sums=True),
    )
}

SERVICE_COUNTERS: Final[Mapping[str, ServiceCounter]] = {
    c.name: c
    for c in (
        ServiceCounter("services", lambda t: t.received > 0, ("received",)),
        ServiceCounter("services_full", lambda t: t.full_online > 0, ("full_online",)),
        ServiceCounter(
            "online_services_used",
            lambda t: (t.online > 0) & (t.procedures_online > 0),
            ("online", "procedures_online"),
        ),
        ServiceCounter(
            "fee_services_paid_online",
            lambda t: (t.fee_paid_online > 0) & (t.procedures_fee > 0),
            ("fee_paid_online", "procedures_fee"),
        ),
        ServiceCounter("published", lambda t: t.publications > 0, ("publications",)),
        ServiceCounter(
            "published_on_time",
            lambda t: (t.publications > 0) & (t.publications_late == 0),
            ("publications", "publications_late"),
        ),
        ServiceCounter(
            "public_on_time",
            lambda t: (t.publications > 0) & (t.publics_late == 0),
            ("publications", "publics_late"),
        ),
    )
}


def counters_of(table: str) -> list[Counter]:
    return [counter for counter in COUNTERS.values() if counter.table == table]


def computable(source: Source) -> list[Counter]:
    """The counters of a table that the columns found allow."""
    return [c for c in counters_of(source.table.name) if source.has(*c.needs)]


def missing(sources: Iterable[Source], *, keys: tuple[str, ...] = ()) -> dict[str, str]:
    """Each counter that cannot be counted -> the table, or table.column, that it lacks.

    `keys` are columns to break down by, which every table used must have.
    """
    found = {source.table.name: source for source in sources}
    lacks: dict[str, str] = {}
    for counter in COUNTERS.values():
        source = found.get(counter.table)
        if source is None:
            lacks[counter.name] = counter.table
        elif absent := [name for name in (*keys, *counter.needs) if name not in source.columns]:
            lacks[counter.name] = f"{counter.table}.{absent[0]}"
    for service in SERVICE_COUNTERS.values():
        if why := next((lacks[need] for need in service.needs if need in lacks), None):
            lacks[service.name] = why
        elif table := _without_procedure(found, service):
            lacks[service.name] = f"{table}.procedure"
    return lacks


def _without_procedure(found: Mapping[str, Source], service: ServiceCounter) -> str:
    """A table it counts from that does not say which procedure a row is about, or nothing."""
    tables = {COUNTERS[need].table for need in service.needs}
    return next((table for table in sorted(tables) if not found[table].has("procedure")), "")


def unrefined(counter: str, sources: Mapping[str, Source]) -> list[str]:
    """Columns whose rule a counter could not follow, since the file lacks them."""
    known = COUNTERS.get(counter)
    if known is None or known.table not in sources:
        return []
    return [name for name in known.refines if name not in sources[known.table].columns]


def count(rows: ir.Table, counter: Counter) -> ir.IntegerScalar:
    """The counter as an aggregate over `rows`."""
    value = counter.of(rows)
    if not counter.sums:
        return rows.count(where=value).fill_null(0)  # Spark gives NULL where every condition is NULL
    return value.sum().fill_null(0).cast("int64") if isinstance(value, ir.Column) else rows.count()
