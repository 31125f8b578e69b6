"""Figures over exported files, without any database: files in, one table of figures out."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend as DuckDB

from lienthong.data.marts.cells import Cells, count_cells, months_in
from lienthong.data.marts.columns import TABLES
from lienthong.data.marts.counters import COUNTERS, SERVICE_COUNTERS, Days, Terms, unrefined
from lienthong.data.marts.errors import FileUnreadable
from lienthong.data.marts.reading import Source, connect, read
from lienthong.data.marts.spark import connect_spark, read_by_spark
from lienthong.data.marts.tree import parents_of
from lienthong.indicators.formulas.columns import columns
from lienthong.indicators.formulas.definitions import Index, Version, load
from lienthong.indicators.formulas.scoring import TOTAL, Status
from lienthong.indicators.measures import measures
from lienthong.kit.calendar import Calendar
from lienthong.kit.errors import Refused, said

ORDER: Final = (
    "key",
    "scope",
    "month",
    "component",
    "numerator",
    "denominator",
    "factor",
    "value",
    "score",
    "cap",
    "status",
    "formula",
    "note",
)
LEVEL_NOTE: Final = said("xếp loại: {level}")
PARTIAL_NOTE: Final = said("chưa xếp loại: cộng trên {cap} điểm áp dụng được")


class NothingToCount(Refused):
    sentence = said("Không có dòng nào trước {as_of}: không có số liệu để tính.")


class NoFormulaThen(Refused):
    sentence = said("Không có công thức nào có hiệu lực trong các tháng của số liệu ({first} đến {last}).")


class CannotWrite(Refused):
    sentence = said("Không ghi được tệp {file}. Tệp kết quả phải có đuôi .csv hoặc .parquet.")


@dataclass(frozen=True)
class Asked:
    """What to compute. `as_of`: a day (all of it counts) or a moment in Vietnamese time."""

    files: Mapping[str, Sequence[Path]]
    as_of: date | datetime
    by: str = "agency"
    tree: Path | None = None
    formulas: Path | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    measures: bool = False
    engine: str = "duckdb"
    memory: str = ""
    threads: int = 0

    @property
    def until(self) -> datetime:
        """The first moment no longer counted."""
        if isinstance(self.as_of, datetime):
            return self.as_of
        return datetime.combine(self.as_of + timedelta(days=1), time())


@dataclass(frozen=True)
class Report:
    """How much came out, and what was left out on the way in."""

    figures: int
    months: list[date]
    left_out: dict[str, int]
    lacks: dict[str, str]
    without_formula: list[date]


def compute(asked: Asked, out: Path) -> Report:
    """Write every figure to `out` (.csv or .parquet), whole or not at all."""
    if out.suffix.lower() not in {".csv", ".parquet"}:
        raise CannotWrite(file=out)
    index = load([*COUNTERS, *SERVICE_COUNTERS], path=asked.formulas, changes=asked.settings)
    con = connect(memory=asked.memory, threads=asked.threads)
    sources = _read(con, asked)
    version = index.on(asked.as_of if not isinstance(asked.as_of, datetime) else asked.as_of.date())
    terms = terms_of(asked, version or index.versions[-1])
    parents = read_parents(con, asked.tree) if asked.tree else {}
    try:
        cells = count_cells(con, sources, terms, by=asked.by, parents=parents)
    except duckdb.Error as error:
        raise FileUnreadable(
            file=", ".join(str(p) for paths in asked.files.values() for p in paths)
        ) from error
    if not cells.table:
        raise NothingToCount(as_of=f"{asked.until:%H:%M %d/%m/%Y}")
    months = months_in(con, [cells.table])
    more: list[ir.Table] = []
    if asked.measures:
        dossiers = [s for s in sources if s.table.name == "dossiers" and s.has(asked.by)]
        more = [t for s in dossiers for t in measures(con, s, terms, parents, by=asked.by)]
    table, without = figures(con, index, cells, sources=sources, asked=asked, months=months, more=more)
    write(con, table, out)
    rows = con.raw_sql("SELECT count(*) FROM figures").fetchone()
    left_out = {s.table.name: count for s in sources if (count := _left_out(s, terms))}
    return Report(rows[0], months, left_out, cells.lacks, without)


def _read(con: DuckDB, asked: Asked) -> list[Source]:
    """With Spark the flows are read by it; what stands published is small and stays in DuckDB."""
    flows = {name: paths for name, paths in asked.files.items() if TABLES[name].moment}
    if asked.engine == "spark":
        stocks = [read(con, name, *paths) for name, paths in asked.files.items() if name not in flows]
        return [*read_by_spark(connect_spark(threads=asked.threads or 2), flows), *stocks]
    return [read(con, name, *paths) for name, paths in asked.files.items()]


def terms_of(asked: Asked, version: Version) -> Terms:
    days = {tier: Days(**given) for tier, given in version.working_days.items()}
    return Terms(asked.until, Calendar.official(), **days)


def read_parents(con: DuckDB, path: Path) -> dict[str, str]:
    """code -> parent, from a file with these two columns. Raises FileUnreadable, CircularUnits."""
    reader = "read_csv(?, all_varchar=true, header=true)" if path.suffix == ".csv" else "read_parquet(?)"
    try:
        found = con.con.execute(f"SELECT code::text, parent::text FROM {reader}", [str(path)]).fetchall()  # noqa: S608
    except duckdb.Error as error:
        raise FileUnreadable(file=path) from error
    return parents_of(found)


def _left_out(source: Source, terms: Terms) -> int:
    """Rows without an agency or a moment, or not before the moment asked."""
    moment = source.rows[source.table.moment] if source.table.moment else None
    bad = source.rows.agency.isnull()
    if moment is not None:
        end: Any = ibis.literal(terms.as_of, type="timestamp(6)")
        bad = bad | moment.isnull() | (moment.cast("timestamp(6)") >= end)
    return int(source.rows.count(where=bad).to_pyarrow().as_py())


def figures(
    con: DuckDB,
    index: Index,
    cells: Cells,
    *,
    sources: Sequence[Source],
    asked: Asked,
    months: list[date],
    more: Sequence[ir.Table] = (),
) -> tuple[ir.Table, list[date]]:
    """One row a cell and component, then the totals; and the months that no formula covers."""
    counted = con.table(cells.table)
    found: dict[str, Source] = {source.table.name: source for source in sources}
    parts, without = [], []
    for version, chosen in _by_version(index, months, asked):
        if version is None:
            without += [month for month in chosen if month]
            continue
        here = counted.filter(_in_months(counted, chosen))
        lines = ibis.union(*_lines(version, here, cells.lacks, found))
        parts += [lines, _total(version, lines)]
    if not parts:
        raise NoFormulaThen(first=f"{months[0]:%m/%Y}", last=f"{months[-1]:%m/%Y}")
    result = ibis.union(*(part.select(ORDER) for part in (*parts, *more)))
    named = {asked.by if name == "key" else name: result[name] for name in ORDER}
    result = result.select(**named, as_of=ibis.literal(asked.as_of.isoformat()))
    con.create_table("figures", result, temp=True, overwrite=True)
    return con.table("figures").order_by([asked.by, "scope", "month", "component"]), without


def _by_version(
    index: Index, months: list[date], asked: Asked
) -> Iterator[tuple[Version | None, list[date | None]]]:
    """Each month by the version in force on its last day; the whole period (None) on the day asked."""
    chosen: dict[int, list[date | None]] = {}
    versions = dict(enumerate(index.versions))
    last = (asked.until - timedelta(microseconds=1)).date()
    days: list[tuple[date | None, date]] = [(month, min(_month_end(month), last)) for month in months]
    for month, day in [*days, (None, last)]:
        number = next((n for n, v in versions.items() if v is index.on(day)), -1)
        chosen.setdefault(number, []).append(month)
    for number, found in chosen.items():
        yield versions.get(number), found


def _month_end(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1) - timedelta(days=1)


def _in_months(cells: ir.Table, months: Sequence[date | None]) -> ir.BooleanValue:
    named = [month for month in months if month is not None]
    inside = cells.month.isin(named) if named else ibis.literal(False)  # noqa: FBT003
    return inside | cells.month.isnull() if None in months else inside


def _lines(
    version: Version, cells: ir.Table, lacks: Mapping[str, str], sources: Mapping[str, Source]
) -> list[ir.Table]:
    lines = []
    for component in version.components:
        counters = version.counters_of(component)
        coarse = tuple(dict.fromkeys(c for name in counters for c in unrefined(name, sources)))
        found = columns(version, component, cells, lacks=lacks, unrefined=coarse)
        lines.append(
            cells.select(
                cells.key,
                cells.scope,
                cells.month,
                component=ibis.literal(component.code),
                cap=ibis.literal(float(component.cap), type="float64"),
                formula=ibis.literal(version.label),
                **found,
            )
        )
    return lines


def _total(version: Version, lines: ir.Table) -> ir.Table:
    """The points of a cell over the points that could be had there."""
    had = (lines.status == Status.COMPUTED.value) & (lines.cap > 0)
    sums = lines.group_by(["key", "scope", "month"]).aggregate(
        points=lines.score.sum(where=had).fill_null(0).round(9), could=lines.cap.sum(where=had).fill_null(0)
    )
    level = ibis.cases(
        *((sums.points >= float(v.at_least), LEVEL_NOTE.format(level=v.name)) for v in version.levels),
        else_=ibis.literal(""),
    )
    before, after = PARTIAL_NOTE.split("{cap}")
    could = sums.could.round(2).cast("string").re_replace(r"\.0$", "").replace(".", ",")
    partial = ibis.literal(before) + could + ibis.literal(after)
    note = (
        ibis.ifelse(sums.could == float(version.cap), level, partial) if version.levels else ibis.literal("")
    )
    return sums.select(
        sums.key,
        sums.scope,
        sums.month,
        component=ibis.literal(TOTAL),
        cap=ibis.literal(float(version.cap), type="float64"),
        formula=ibis.literal(version.label),
        numerator=sums.points,
        denominator=sums.could,
        factor=ibis.literal(1.0),
        value=sums.points / sums.could.nullif(0),
        score=ibis.ifelse(sums.could > 0, sums.points, ibis.null("float64")),
        status=ibis.ifelse(sums.could > 0, Status.COMPUTED.value, Status.NOT_COMPUTABLE.value),
        note=note,
    )


def write(con: DuckDB, table: ir.Table, out: Path) -> None:
    """By way of a file beside it, so that `out` is whole or as it was. Raises CannotWrite."""
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    kind = "FORMAT parquet, COMPRESSION zstd" if out.suffix.lower() == ".parquet" else "FORMAT csv, HEADER"
    sql = ibis.to_sql(table, dialect="duckdb")
    try:
        con.con.execute(f"COPY ({sql}) TO '{str(beside).replace(chr(39), chr(39) * 2)}' ({kind})")
        beside.replace(out)
    except (duckdb.IOException, OSError) as error:
        raise CannotWrite(file=out) from error
    finally:
        beside.unlink(missing_ok=True)
