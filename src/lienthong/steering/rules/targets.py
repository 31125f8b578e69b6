"""Targets: which live indicator measures which, and what a target must say to be one."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from lienthong.kit.words import format_date
from lienthong.steering.rules.refusals import (
    DeadlineBeforePlan,
    ThresholdMissing,
    ThresholdOutOfRange,
    WholeMissing,
)
from lienthong.steering.states import Compare, Direction

MEASURED_BY: Final = {
    "tỷ lệ dịch vụ công trực tuyến toàn trình": "end_to_end_services",
    "tỷ lệ hồ sơ dịch vụ công trực tuyến toàn trình": "online_dossiers",
}

TIERS: Final = {"bộ, ngành": "ministry", "địa phương (tỉnh)": "locality"}
"""The reports' tiers in the indicators' words. A target for all tiers together maps to none."""

COMPARED: Final = {
    ">=": Compare.AT_LEAST,
    ">": Compare.ABOVE,
    "=": Compare.EQUAL,
    "<=": Compare.AT_MOST,
    "<": Compare.BELOW,
    "đạt (=/>=)": Compare.REACH,
}
"""The comparators of data/programme_facts.csv in ours."""


def is_share(unit: str) -> bool:
    """A percentage: it means nothing before its denominator is told."""
    return unit.strip().startswith("%")


def check_target(*, value: Decimal | None, unit: str, whole: str, due_on: date | None, since: date) -> None:
    """Raises ThresholdMissing, ThresholdOutOfRange, WholeMissing, DeadlineBeforePlan."""
    if value is None:
        raise ThresholdMissing
    if is_share(unit):
        if not whole.strip():
            raise WholeMissing
        if not 0 <= value <= 100:
            raise ThresholdOutOfRange(value=value)
    if due_on is not None and due_on < since:
        raise DeadlineBeforePlan(due=format_date(due_on), since=format_date(since))


def meets(value: Fraction, threshold: Fraction, compare: Compare) -> bool:
    """Against a threshold, unrounded. "Bằng 100%" is met by what reaches it: shares do not overshoot.

    "Gần" (about) is held like "tối thiểu": the texts name no tolerance.
    """
    if compare is Compare.ABOVE:
        return value > threshold
    if compare is Compare.BELOW:
        return value < threshold
    return value <= threshold if compare is Compare.AT_MOST else value >= threshold


def dated(deadline: str) -> date | None:
    """ "2025" and "2024-06" mean their last day; a whole date itself; anything else is not a date."""
    parts = deadline.split("-")
    if not all(part.isdigit() for part in parts) or len(parts[0]) != 4:
        return None
    numbers = [int(part) for part in parts]
    if len(numbers) == 1:
        return date(numbers[0], 12, 31)
    if len(numbers) == 2:
        year, month = divmod(numbers[0] * 12 + numbers[1], 12)
        return date.fromordinal(date(year, month + 1, 1).toordinal() - 1)
    return date(*numbers[:3])


def better(direction: Direction, a: Fraction, b: Fraction) -> bool:
    return a > b if direction is Direction.UP else a < b
