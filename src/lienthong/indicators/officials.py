"""Indices that are published officially, with the parts a score may be of and the most each can be. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final

from lienthong.indicators.formulas.scoring import TOTAL
from lienthong.indicators.formulas.shipped import shipped
from lienthong.kit.errors import said
from lienthong.rubrics.public import shipped_rubric

QD766: Final = "qd766"
DTI: Final = "dti"
INDEXES: Final = {
    QD766: said("Chỉ số phục vụ người dân, doanh nghiệp (QĐ 766/QĐ-TTg)"),
    DTI: said("Chỉ số chuyển đổi số DTI (thang 1.000 điểm)"),
}
WHOLE_INDEX: Final = said("Tổng điểm")


@dataclass(frozen=True)
class Part:
    """A component, a main index or the total: its name, and the most points it can have."""

    name: str
    cap: Decimal


def parts(index: str, last_day: date) -> Mapping[str, Part]:
    """code -> part of an index as it stood on a day; {} for an unknown index, or before it began.

    DTI: the main indices of 922/QĐ-BTTTT; those of 405/QĐ-BKHCN (3/4/2025) were not seen by the authors.
    """
    if index == DTI:
        return _dti()
    version = shipped().on(last_day) if index == QD766 else None
    if version is None:
        return {}
    total = {TOTAL: Part(WHOLE_INDEX, Decimal(str(float(version.cap))))}
    return total | {
        one.code: Part(f"{one.code} {one.name}", Decimal(str(float(one.cap))))
        for one in version.components
        if one.cap
    }


@cache
def _dti() -> Mapping[str, Part]:
    rubric = shipped_rubric("dti_province")
    total = {TOTAL: Part(WHOLE_INDEX, Decimal(str(float(rubric.cap))))}
    return total | {g.code: Part(g.name, Decimal(str(float(g.cap)))) for g in rubric.groups if g.cap}
