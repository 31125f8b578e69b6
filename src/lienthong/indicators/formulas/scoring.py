"""From counters to numerator, denominator, value and score: for one cell exactly, for many by columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from lienthong.indicators.formulas.definitions import Component, Version
from lienthong.indicators.formulas.expressions import Algebra, Columns, Exact
from lienthong.kit.errors import said

NOT_COMPUTABLE: Final = said("không tính được: thiếu {what}")
WITHOUT_REFINEMENT: Final = said("chưa xét cột không có trong tệp: {columns}")
EMPTY_NOTES: Final = {
    "not_applicable": said("mẫu số bằng 0: không áp dụng"),
    "zero": said("mẫu số bằng 0: theo quy định được 0 điểm"),
    "full": said("mẫu số bằng 0: theo quy định được điểm tối đa"),
}
OVER_ONE: Final = said("tử số lớn hơn mẫu số: cần kiểm tra dữ liệu nguồn")


class Status(StrEnum):
    COMPUTED = "computed"
    NOT_APPLICABLE = "not_applicable"
    NOT_COMPUTABLE = "not_computable"


@dataclass(frozen=True)
class Scored:
    """One component of one cell. `value` is the ratio with its factor; None: there is none."""

    component: Component
    status: Status
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    factor: Fraction | None = None
    value: Fraction | None = None
    score: Fraction | None = None
    note: str = ""


def score(version: Version, component: Component, counters: Mapping[str, int]) -> Scored:
    """Exactly, from the counters of one cell. A counter that is not there makes it not computable."""
    absent = [name for name in version.counters_of(component) if name not in counters]
    if absent:
        return Scored(component, Status.NOT_COMPUTABLE, note=NOT_COMPUTABLE.format(what=absent[0]))
    algebra = Exact()

    def work_out(name: str) -> Any:
        if name in version.terms:
            return version.terms[name].work_out(work_out, algebra)
        setting = version.settings.get(name)
        return setting.value if setting else Fraction(counters[name])

    numerator = component.numerator.work_out(work_out, algebra)
    tried = [expression.work_out(work_out, algebra) for expression in component.denominators]
    denominator = next((found for found in tried if found), Fraction(0))
    factor = component.factor.work_out(work_out, algebra) if component.factor else Fraction(1)
    value = algebra.multiply(algebra.divide(numerator, denominator), factor)
    if value is None:
        return _empty(component, numerator, denominator, factor)
    points = _points(component, value, algebra)
    note = OVER_ONE if denominator and numerator > denominator else ""
    return Scored(component, Status.COMPUTED, numerator, denominator, factor, value, points, note)


def _points(component: Component, value: Any, algebra: Algebra) -> Any:
    raw = algebra.divide(
        algebra.multiply(algebra.constant(component.cap), value), algebra.constant(component.full_at)
    )
    return algebra.maximum(
        algebra.constant(Fraction(0)), algebra.minimum(algebra.constant(component.cap), raw)
    )


def _empty(
    component: Component, numerator: Fraction, denominator: Fraction, factor: Fraction | None
) -> Scored:
    note = EMPTY_NOTES[component.empty]
    if component.empty == "not_applicable":
        return Scored(component, Status.NOT_APPLICABLE, numerator, denominator, factor, note=note)
    points = component.cap if component.empty == "full" else Fraction(0)
    return Scored(component, Status.COMPUTED, numerator, denominator, factor, None, points, note)


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
        "score": ibis.ifelse(value.isnull(), empty, _points(component, value, algebra)),
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
