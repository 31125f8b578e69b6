"""An agency's own score by QĐ 766, worked out while one waits, from the same definitions as over files.

The agency's dossiers of the month go from PostgreSQL into DuckDB in memory, are counted there by the counters of
the mart (docs/decisions/0017), and scored exactly. What the platform does not record is said, never guessed.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.utils import timezone
from ibis.backends.duckdb import Backend as DuckDB

from lienthong.data.marts.cells import materialise, own_cells
from lienthong.data.marts.columns import TABLES
from lienthong.data.marts.counters import COUNTERS, PREPARE, SERVICE_COUNTERS, Days, Terms, missing
from lienthong.data.marts.reading import Source, connect, typed
from lienthong.identity.public import Actor, require
from lienthong.indicators import offered
from lienthong.indicators.compute import NoFormulaThen
from lienthong.indicators.formulas.definitions import Component, Version
from lienthong.indicators.formulas.scoring import TOTAL, Scored, Status, score
from lienthong.indicators.formulas.shipped import shipped
from lienthong.indicators.mart import COLUMNS, SELECT, copy_rows
from lienthong.indicators.models import OfficialScore
from lienthong.indicators.queries import Beside, official_scores
from lienthong.kit.calendar import Calendar, local
from lienthong.kit.errors import said
from lienthong.organisations.public import Organisation

OF_MONTH: Final = """f.authority_id = ANY(%(agencies)s)
    AND f.received_at >= (%(month)s::date)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
    AND f.received_at < (%(month)s::date + interval '1 month') AT TIME ZONE 'Asia/Ho_Chi_Minh'"""
ROWS: Final = f"COPY ({SELECT.format(chosen=OF_MONTH)}) TO STDOUT (FORMAT csv, HEADER)"

NOT_RECORDED: Final = {
    "dossiers.synced": said("chưa nối với Cổng Dịch vụ công quốc gia, nên không biết hồ sơ nào đã đồng bộ"),
    "dossiers.paid_online": said("chưa nối với cổng thanh toán, nên không biết hồ sơ nào đã nộp tiền trực tuyến"),
    "dossiers.personal_store": said("chưa nối với kho dữ liệu cá nhân trên Cổng Dịch vụ công quốc gia"),
    "dossiers.vneid_account": said("không ghi tài khoản của từng hồ sơ đã được VNeID xác thực hay chưa"),
    "procedures.payable_online": said("chưa nối với cổng thanh toán, nên không thủ tục nào được coi là nộp tiền được"),
    "publications": said("không có dữ liệu về quyết định công bố thủ tục"),
    "petitions": said("không có dữ liệu phản ánh, kiến nghị"),
    "reported": said("không có số liệu của hệ thống báo cáo quốc gia"),
}  # fmt: skip
"""What a component may need -> why the platform does not know it."""


@dataclass(frozen=True)
class ComponentLine:
    """One component: both scores, what it counts, and what is not known here."""

    own: Scored
    official: OfficialScore | None
    lacks: tuple[str, ...]
    """Sentences; empty: all is recorded here."""
    unrefined: tuple[str, ...]
    """Sentences: what a counter would look at, too, if it were recorded."""
    counters: tuple[tuple[str, int, bool], ...]
    """(name, value, whether it opens to dossiers) of those that were counted."""

    @property
    def difference(self) -> Fraction | None:
        """Ours less the official one, in points; None where either is missing."""
        return Beside(self.own.component.code, self.own, self.official).difference


@dataclass(frozen=True)
class AgencyScore:
    agency: Organisation
    month: date
    version: Version
    lines: list[ComponentLine]
    official: OfficialScore | None
    """The officially published total, if it was entered."""
    received: int
    as_of: datetime

    @property
    def computed(self) -> list[ComponentLine]:
        return [line for line in self.lines if line.own.status is Status.COMPUTED and line.own.component.cap]

    def line(self, code: str) -> ComponentLine | None:
        return next((one for one in self.lines if one.own.component.code == code), None)


def agency_score(agency: Organisation, month: date, *, by: Actor) -> AgencyScore:
    """Own beside official, component by component, of what the agency itself received in a month.

    Requires indicators.read. Raises NoFormulaThen.
    """
    require(by, "indicators.read", agency)
    version = version_of(month)
    found = count_live([agency], month, version)
    counters = found.counters.get(agency.code, {})
    # What is published about a province or ministry is about all its agencies: it stands beside their sum.
    official = official_scores(agency.pk, month, month, by=by) if agency.parent_id else {}
    return AgencyScore(
        agency=agency,
        month=month,
        version=version,
        lines=lines_of(version, counters, found, official),
        official=official.get(TOTAL),
        received=counters.get("received", 0),
        as_of=found.as_of,
    )


@dataclass(frozen=True)
class Live:
    """What was counted of a month's live dossiers: the counters of each agency, by its code."""

    counters: dict[str, dict[str, int]]
    lacks: Mapping[str, str]
    sources: Mapping[str, Source]
    as_of: datetime


def count_live(agencies: Sequence[Organisation], month: date, version: Version) -> Live:
    """Count the agencies' dossiers of a month, and what they offer, by the mart's counters."""
    now = timezone.now()
    con = connect(threads=1)
    sources = _sources(con, agencies, month)
    lacks = missing(sources)
    counters = _counters(con, sources, _terms(version, now), lacks, month)
    return Live(counters, lacks, {source.table.name: source for source in sources}, now)


def lines_of(
    version: Version, counters: Mapping[str, int], found: Live, official: Mapping[str, OfficialScore]
) -> list[ComponentLine]:
    return [
        _line(version, one, official=official.get(one.code), counters=counters, found=found)
        for one in version.components
    ]


def dossiers_of(counter: str, agency: Organisation, month: date, *, by: Actor) -> list[int]:
    """The dossiers that a counter counted, oldest first; none for a counter that is not of dossiers."""
    require(by, "indicators.read", agency)
    known = COUNTERS.get(counter)
    if known is None or known.table != "dossiers":
        return []
    con = connect(threads=1)
    source = _sources(con, [agency], month)[0]
    if not source.has(*known.needs):
        return []
    rows = PREPARE["dossiers"](source, _terms(version_of(month), timezone.now()))
    inside = rows if counter == "received" else rows.filter(known.of(rows))
    ordered = inside.order_by([inside.received_at, inside.code]).select("code")
    return [int(code) for code in con.to_pyarrow(ordered)["code"].to_pylist()]


def version_of(month: date) -> Version:
    """The formulas in force on a month's last day. Raises NoFormulaThen."""
    last = date.fromordinal((month + timedelta(days=32)).replace(day=1).toordinal() - 1)
    found = shipped().on(last)
    if found is None:
        raise NoFormulaThen(first=f"{month:%m/%Y}", last=f"{month:%m/%Y}")
    return found


def _terms(version: Version, now: datetime) -> Terms:
    """The moment itself counts, as it does in the tally."""
    days = {tier: Days(**given) for tier, given in version.working_days.items()}
    as_of = local(now).replace(tzinfo=None) + timedelta.resolution
    return Terms(as_of, Calendar.official(), **days)


def _sources(con: DuckDB, agencies: Sequence[Organisation], month: date) -> list[Source]:
    """The agencies' dossiers of the month, and what they offer."""
    with TemporaryDirectory() as place:
        rows, stock = Path(place) / "rows.csv", Path(place) / "offered.csv"
        copy_rows(ROWS, {"agencies": [agency.pk for agency in agencies], "month": month}, rows)
        with stock.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(offered.COLUMNS)
            out.writerows(offered.offered(agencies))
        for name, path, columns in (
            ("rows", rows, COLUMNS),
            ("offered", stock, offered.COLUMNS),
        ):
            con.con.execute(
                f"CREATE TEMPORARY TABLE {name} AS SELECT * FROM read_csv(?, header=true, columns=?)",  # noqa: S608
                [str(path), columns],
            )
    return [typed(TABLES["dossiers"], con.table("rows")), typed(TABLES["procedures"], con.table("offered"))]


def _counters(
    con: DuckDB, sources: list[Source], terms: Terms, lacks: Mapping[str, str], month: date
) -> dict[str, dict[str, int]]:
    """Every counter that can be counted, by the agency's code; none where nothing was received."""
    names = tuple(name for name in (*COUNTERS, *SERVICE_COUNTERS) if name not in lacks)
    tables = [con.table(table) for table in materialise(con, sources, terms)]
    if not tables:
        return {}
    rows = con.to_pyarrow(own_cells(tables, names, last=month, period=False)).to_pylist()
    return {row["key"]: {name: int(row[name]) for name in names} for row in rows}


def _line(
    version: Version,
    component: Component,
    *,
    official: OfficialScore | None,
    counters: Mapping[str, int],
    found: Live,
) -> ComponentLine:
    lacks, sources = found.lacks, found.sources
    names = version.counters_of(component)
    counted = [name for name in names if name in counters]
    finer = (
        f"{COUNTERS[name].table}.{column}"
        for name in counted
        if name in COUNTERS
        for column in COUNTERS[name].refines
        if not sources[COUNTERS[name].table].has(column)
    )
    return ComponentLine(
        own=score(version, component, counters),
        official=official,
        lacks=tuple(dict.fromkeys(_why(lacks[name]) for name in names if name in lacks)),
        unrefined=tuple(dict.fromkeys(_why(what) for what in finer)),
        counters=tuple((name, counters[name], _opens(name)) for name in counted),
    )


def _why(what: str) -> str:
    return NOT_RECORDED.get(what) or NOT_RECORDED.get(what.split(".", maxsplit=1)[0], what)


def _opens(name: str) -> bool:
    known = COUNTERS.get(name)
    return known is not None and known.table == "dossiers" and name != "processing_seconds"
