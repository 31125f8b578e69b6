"""From the counters of one cell to numerator, denominator, value and score, exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from lienthong.indicators.formulas.definitions import Component, Version
from lienthong.indicators.formulas.expressions import Algebra, Exact
from lienthong.kit.errors import said

TOTAL: Final = "total"
"""Stands where a component's code stands, for the sum of all."""
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
    points = points_of(component, value, algebra)
    over = component.unit != "ngày" and numerator > denominator
    note = OVER_ONE if over else ""
    return Scored(component, Status.COMPUTED, numerator, denominator, factor, value, points, note)


def points_of(component: Component, value: Any, algebra: Algebra) -> Any:
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
