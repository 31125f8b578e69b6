"""The same formulas for many cells at once, as columns of an Ibis table."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import ibis
import ibis.expr.types as ir

from lienthong.indicators.formulas.definitions import Component, Version
from lienthong.indicators.formulas.scoring import (
    EMPTY_NOTES,
    NOT_COMPUTABLE,
    OVER_ONE,
    WITHOUT_REFINEMENT,
    Status,
    points_of,
)


class Columns:
    """Columns of doubles; NULL is no value."""

    def constant(self, value: Fraction) -> Any:
        return ibis.literal(float(value), type="float64")

    def add(self, a: Any, b: Any) -> Any:
        return a + b

    def subtract(self, a: Any, b: Any) -> Any:
        return a - b

    def multiply(self, a: Any, b: Any) -> Any:
        return a * b

    def divide(self, a: Any, b: Any) -> Any:
        return a / b.nullif(0)

    def maximum(self, a: Any, b: Any) -> Any:
        return ibis.ifelse(a >= b, a, b)

    def minimum(self, a: Any, b: Any) -> Any:
        return ibis.ifelse(a <= b, a, b)


def columns(
    version: Version,
    component: Component,
    cells: ir.Table,
    *,
    lacks: Mapping[str, str],
    unrefined: tuple[str, ...] = (),
) -> dict[str, ir.Value]:
    """The same for every cell of a table: numerator, denominator, factor, value, score, status, note.

    `lacks`: counters that the table has not -> what the file lacks for them.
    """
    what = next((lacks[name] for name in version.counters_of(component) if name in lacks), None)
    if what is not None:
        return _not_computable(what)
    algebra = Columns()

    def work_out(name: str) -> Any:
        if name in version.terms:
            return version.terms[name].work_out(work_out, algebra)
        setting = version.settings.get(name)
        return algebra.constant(setting.value) if setting else cells[name].cast("float64")

    nothing = algebra.constant(Fraction(0))
    numerator = component.numerator.work_out(work_out, algebra)
    tried = [expression.work_out(work_out, algebra).nullif(0) for expression in component.denominators]
    denominator = ibis.coalesce(*tried, nothing)
    factor = (
        component.factor.work_out(work_out, algebra) if component.factor else algebra.constant(Fraction(1))
    )
    value = algebra.multiply(algebra.divide(numerator, denominator), factor)
    empty = {"full": algebra.constant(component.cap), "zero": nothing}.get(
        component.empty, ibis.null("float64")
    )
    computed = Status.NOT_APPLICABLE if component.empty == "not_applicable" else Status.COMPUTED
    said_always = [WITHOUT_REFINEMENT.format(columns=", ".join(unrefined))] if unrefined else []
    said_always += [component.doubt] if component.doubt else []
    note = ibis.cases(
        (value.isnull(), "; ".join([EMPTY_NOTES[component.empty], *said_always])),
        (numerator > denominator, "; ".join([OVER_ONE, *said_always])),
        else_="; ".join(said_always),
    )
    ratio_note = "; ".join(said_always) if component.unit == "ngày" else None
    return {
        "numerator": numerator,
        "denominator": denominator,
        "factor": factor,
        "value": value,
        "score": ibis.ifelse(value.isnull(), empty, points_of(component, value, algebra)),
        "status": ibis.ifelse(value.isnull(), computed.value, Status.COMPUTED.value),
        "note": note if ratio_note is None else ibis.ifelse(value.isnull(), note, ratio_note),
    }


def _not_computable(what: str) -> dict[str, ir.Value]:
    """`what` is a table, or table.column."""
    nothing = ibis.null("float64")
    words = f"cột {what}" if "." in what else f"bảng {what}"
    return {
        "numerator": nothing,
        "denominator": nothing,
        "factor": nothing,
        "value": nothing,
        "score": nothing,
        "status": ibis.literal(Status.NOT_COMPUTABLE.value),
        "note": ibis.literal(NOT_COMPUTABLE.format(what=words)),
    }
