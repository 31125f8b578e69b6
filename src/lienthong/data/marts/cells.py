"""From rows to cells: leaves (key, agency, procedure, month) first, then what adds up from them.

A cell is a key (an agency, a unit or a procedure) in a scope and a month, or in the whole period
where `month` is empty. Scope "own" is the key's own rows, "tree" with everything below it, "all"
the whole file.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend as DuckDB

from lienthong.data.marts.counters import (
    COUNTERS,
    PREPARE,
    SERVICE_COUNTERS,
    Terms,
    computable,
    count,
    missing,
)
from lienthong.data.marts.reading import Source
from lienthong.data.marts.tree import ancestors

KEYS: Final = ("agency", "unit", "procedure")
LEAF: Final = ("key", "agency", "procedure", "month")
EVERYTHING: Final = "*"


@dataclass(frozen=True)
class Cells:
    """`table` in the DuckDB connection: key, scope, month, and a column a counter.

    `lacks`: counters that could not be counted -> the missing table or table.column.
    """

    table: str
    counters: tuple[str, ...]
    lacks: dict[str, str]


def leaves(source: Source, terms: Terms, *, by: str = "agency") -> ir.Table:
    """The flows of a table at their finest: key, agency, procedure, month, counters."""
    rows = PREPARE[source.table.name](source, terms)
    rows = rows.mutate(
        month=rows[source.table.moment].truncate("M").cast("date"),
        procedure=rows.procedure.fill_null("") if source.has("procedure") else ibis.literal(""),
    )
    keys = ["agency", "procedure", "month"]
    if by == "unit":
        rows = rows.filter(rows.unit.notnull())
        keys.append("unit")
    grouped = rows.group_by(keys).aggregate(
        **{counter.name: count(rows, counter) for counter in computable(source)}
    )
    return grouped.select(**{"key": grouped[by], **{n: grouped[n] for n in grouped.columns if n != "unit"}})


def stock_leaves(source: Source, terms: Terms, months: Sequence[date], *, by: str = "agency") -> ir.Table:
    """What stands published and offered at the end of each month, in the shape of leaves."""
    asked = ibis.memtable(
        {"month": list(months), "seen_on": [min(_last_day(m), terms.last_day) for m in months]},
        schema={"month": "date", "seen_on": "date"},
    )
    rows = source.rows.filter(source.rows.agency.notnull()).cross_join(asked)
    if source.has("valid_from"):
        rows = rows.filter(rows.valid_from.isnull() | (rows.valid_from <= rows.seen_on))
    if source.has("valid_to"):
        rows = rows.filter(rows.valid_to.isnull() | (rows.valid_to > rows.seen_on))
    keys = ["agency", "procedure", "month"]
    if by == "unit":
        rows = rows.filter(rows.unit.notnull())
        keys.append("unit")
    grouped = rows.group_by(keys).aggregate(**{c.name: count(rows, c) for c in computable(source)})
    return grouped.select(**{"key": grouped[by], **{n: grouped[n] for n in grouped.columns if n != "unit"}})


def _last_day(month: date) -> date:
    return date.fromordinal(date(month.year + month.month // 12, month.month % 12 + 1, 1).toordinal() - 1)


def usable(sources: Iterable[Source], by: str) -> list[Source]:
    """The tables that have the column to break down by."""
    return [source for source in sources if source.has(by)]


def materialise(con: DuckDB, sources: Sequence[Source], terms: Terms, *, by: str = "agency") -> list[str]:
    """Write the leaves of each table into a temporary table of its own; gives the names.

    A source is counted by the engine that read it.
    """
    made = []
    for source in usable(sources, by):
        if source.table.moment:
            found = leaves(source, terms, by=by)
            here = found if source.engine == "duckdb" else found.to_pyarrow()
            con.create_table(f"leaf_{source.table.name}", here, temp=True)
            made.append(f"leaf_{source.table.name}")
    months = months_in(con, made)
    for source in usable(sources, by):
        if not source.table.moment and months:
            found = stock_leaves(source, terms, months, by=by)
            con.create_table(f"leaf_{source.table.name}", found, temp=True)
            made.append(f"leaf_{source.table.name}")
    return made


def months_in(con: DuckDB, tables: Sequence[str]) -> list[date]:
    found: set[date] = set()
    for table in tables:
        found |= {
            row[0]
            for row in con.raw_sql(f"SELECT DISTINCT month FROM {table} WHERE month IS NOT NULL").fetchall()
        }
    return sorted(found)


def count_cells(
    con: DuckDB,
    sources: Sequence[Source],
    terms: Terms,
    *,
    by: str = "agency",
    parents: dict[str, str] | None = None,
    name: str = "cells",
) -> Cells:
    """Every cell of every scope, in the temporary table `name`."""
    lacks = missing(sources, keys=() if by == "agency" else (by,))
    made = materialise(con, sources, terms, by=by)
    counters = tuple(n for n in (*COUNTERS, *SERVICE_COUNTERS) if n not in lacks)
    months = months_in(con, made)
    if not months:
        return Cells("", counters, lacks)
    tables = [con.table(table) for table in made]
    own = own_cells(tables, counters, last=months[-1], by=by)
    con.create_table(f"{name}_own", own, temp=True)
    con.create_table(name, rolled_up(con, con.table(f"{name}_own"), counters, parents or {}), temp=True)
    return Cells(name, counters, lacks)


def own_cells(
    tables: Sequence[ir.Table],
    counters: Sequence[str],
    *,
    last: date,
    by: str = "agency",
    period: bool = True,
) -> ir.Table:
    """key, month (empty: the whole period), counters, from leaves; `last` is the period's last month."""
    plain = [name for name in counters if name in COUNTERS]
    pair = [name for name in ("agency", "procedure") if name != by]
    apart = [] if len(tables) == 1 else pair  # of one table, leaves are pairs already
    monthly = _cells(_merged(tables, plain), counters, keys=["key", "month"], pair=apart)
    if not period:
        return monthly
    ended = [
        t.filter(t.month == ibis.literal(last)) if "procedures" in t.columns else t for t in tables
    ]  # of what stands, the state at the end
    return ibis.union(monthly, _cells(_merged(ended, plain), counters, keys=["key"], pair=pair))


def _merged(tables: Sequence[ir.Table], plain: Sequence[str]) -> ir.Table:
    def column(table: ir.Table, name: str) -> ir.Value:
        return table[name] if name in table.columns else ibis.literal(0, type="int64")

    shaped = [t.select(**{k: t[k] for k in LEAF}, **{n: column(t, n) for n in plain}) for t in tables]
    return ibis.union(*shaped) if len(shaped) > 1 else shaped[0]


def _cells(leaf: ir.Table, counters: Sequence[str], *, keys: list[str], pair: list[str]) -> ir.Table:
    """Cells from leaves: first put together by `pair` where services are counted, then by `keys`."""
    plain = [name for name in counters if name in COUNTERS]
    services = [name for name in counters if name in SERVICE_COUNTERS]
    if services and pair:
        leaf = leaf.group_by([*keys, *pair]).aggregate(**{name: _sum(leaf, name) for name in plain})
    procedure = leaf.procedure if "procedure" in leaf.columns else leaf.key
    flags = {name: leaf.count(where=SERVICE_COUNTERS[name].of(leaf) & (procedure != "")) for name in services}
    cells = leaf.group_by(keys).aggregate(**{name: _sum(leaf, name) for name in plain}, **flags)
    month = cells.month if "month" in keys else ibis.null("date")
    return cells.select(key=cells.key, month=month, **{name: cells[name] for name in counters})


def _sum(table: ir.Table, name: str) -> ir.Value:
    return table[name].sum().cast("int64")


def rolled_up(con: DuckDB, own: ir.Table, counters: Sequence[str], parents: dict[str, str]) -> ir.Table:
    """Own cells, those of every unit above, and one of the whole file a month."""
    values = [own[name] for name in counters]
    parts = [own.select(own.key, own.month, *values, scope=ibis.literal("own"))]
    if parents:
        keys = con.to_pyarrow(own.select("key").distinct())["key"].to_pylist()
        parts.append(_tree(own, counters, ancestors(keys, parents)))
    whole = own.group_by("month").aggregate(**{name: _sum(own, name) for name in counters})
    parts.append(whole.mutate(key=ibis.literal(EVERYTHING), scope=ibis.literal("all")))
    order = ["key", "scope", "month", *counters]
    return ibis.union(*(part.select(order) for part in parts))


def _tree(own: ir.Table, counters: Sequence[str], pairs: list[tuple[str, str]]) -> ir.Table:
    above = ibis.memtable({"below": [p[0] for p in pairs], "above": [p[1] for p in pairs]},
                          schema={"below": "string", "above": "string"})  # fmt: skip
    joined = own.join(above, own.key == above.below)
    sums = {name: _sum(joined, name) for name in counters}
    found = joined.group_by(["above", "month"]).aggregate(**sums)
    return found.mutate(key=found.above, scope=ibis.literal("tree"))
