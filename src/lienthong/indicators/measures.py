"""Figures that do not add up, estimated from pieces that do, each with its error in the note."""

from collections.abc import Mapping, Sequence
from typing import Final

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend as DuckDB

from lienthong.data.marts.cells import EVERYTHING
from lienthong.data.marts.counters import Terms
from lienthong.data.marts.reading import Source
from lienthong.data.marts.sketches import (
    RELATIVE_ERROR,
    STANDARD_ERROR,
    duration_buckets,
    people,
    people_registers,
    quantile,
)
from lienthong.data.marts.tree import ancestors
from lienthong.indicators.formulas.scoring import Status
from lienthong.kit.errors import said

DAY: Final = 86400
QUANTILES: Final = {"median_days": 0.5, "p90_days": 0.9}
PEOPLE: Final = "people"
QUANTILE_NOTE: Final = said("ước lượng từ các khoảng thời gian; sai số tương đối tối đa {error} %")
PEOPLE_NOTE: Final = said("ước lượng số người khác nhau; sai số chuẩn {error} %")
CELL: Final = ("key", "scope", "month")


def measures(
    con: DuckDB, source: Source, terms: Terms, parents: Mapping[str, str], *, by: str = "agency"
) -> list[ir.Table]:
    """Lines in the shape of figures, for every agency (or unit, or procedure), month and scope that has rows."""
    lines = []
    if source.has("ended_at"):
        buckets = _pieces(con, "buckets", duration_buckets(source, terms, by=by), source, parents)
        lines += [
            _days(buckets, name, share, list(keys)) for name, share in QUANTILES.items() for keys in _KEYS
        ]
    if source.has("applicant"):
        registers = _pieces(con, "registers", people_registers(source, terms, by=by), source, parents)
        lines += [_people(registers, list(keys)) for keys in _KEYS]
    return lines


_KEYS: Final = (("key", "scope", "month"), ("key", "scope"))


def _pieces(con: DuckDB, name: str, pieces: ir.Table, source: Source, parents: Mapping[str, str]) -> ir.Table:
    """The pieces of each key (their first column), of what lies above it, and of the whole file."""
    by = pieces.columns[0]
    here = pieces if source.engine == "duckdb" else pieces.to_pyarrow()
    kept = con.create_table(f"pieces_{name}", here, temp=True)
    rest = [column for column in kept.columns if column != by]
    own = kept.select(*rest, key=kept[by], scope=ibis.literal("own"))
    parts = [own, kept.select(*rest, key=ibis.literal(EVERYTHING), scope=ibis.literal("all"))]
    if parents:
        found: Sequence[str] = con.to_pyarrow(kept.select(by).distinct())[by].to_pylist()
        pairs = ancestors(found, parents)
        above = ibis.memtable(
            {"below": [p[0] for p in pairs], "above": [p[1] for p in pairs]},
            schema={"below": "string", "above": "string"},
        )
        joined = kept.join(above, kept[by] == above.below)
        parts.append(joined.select(*rest, key=joined.above, scope=ibis.literal("tree")))
    return ibis.union(*(part.select("key", "scope", *rest) for part in parts))


def _days(buckets: ir.Table, name: str, share: float, keys: list[str]) -> ir.Table:
    found = quantile(buckets, share, keys)
    note = QUANTILE_NOTE.format(error=_percent(RELATIVE_ERROR))
    return _line(found, name, found.value / DAY, found.dossiers, note)


def _people(registers: ir.Table, keys: list[str]) -> ir.Table:
    found = people(registers, keys)
    return _line(found, PEOPLE, found.people, None, PEOPLE_NOTE.format(error=_percent(STANDARD_ERROR)))


def _percent(share: float) -> str:
    return f"{share * 100:.1f}".replace(".", ",")


def _line(found: ir.Table, name: str, value: ir.Value, of: ir.Value | None, note: str) -> ir.Table:
    nothing = ibis.null("float64")
    return found.select(
        key=found.key,
        scope=found.scope,
        month=found.month if "month" in found.columns else ibis.null("date"),
        component=ibis.literal(name),
        cap=ibis.literal(0.0),
        formula=ibis.literal(""),
        numerator=nothing,
        denominator=nothing if of is None else of.cast("float64"),
        factor=nothing,
        value=value.cast("float64"),
        score=nothing,
        status=ibis.literal(Status.COMPUTED.value),
        note=ibis.literal(note),
    )
