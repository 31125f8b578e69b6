"""What a monthly share will be at its deadline, with an interval, and how often that was right so far.

Theil-Sen: the slope is the median of the slopes between any two months, so one odd month moves it
little. The interval comes from the errors the same method made when it foretold the known months from
the months before them, widened with the root of the distance. Shares stay between 0 and 100.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from math import ceil, sqrt
from statistics import median
from typing import Final

LEAST: Final = 4
"""Months without which nothing is foretold."""
COVER: Final = 0.8
"""What part of outcomes the interval is to hold."""
TIE: Final = 1e-9


class Outlook(StrEnum):
    """Against the target at its deadline."""

    MET = "met"
    LIKELY = "likely"
    DOUBTFUL = "doubtful"
    AT_RISK = "at_risk"


@dataclass(frozen=True)
class BackTest:
    """How the method did on the known months: each foretold one month ahead from those before it."""

    tries: int
    median_error: float
    """Percentage points, without sign."""
    held: int
    """How often the outcome lay in the interval made from the errors of the tries before it."""
    judged: int
    """Of how many: the first tries have no errors before them to make an interval from."""


@dataclass(frozen=True)
class Forecast:
    """Percentage points at `months_ahead` months after the last known one."""

    expected: float
    low: float
    high: float
    slope: float
    """Points a month."""
    months_ahead: int
    back_test: BackTest


def fit(values: Sequence[float]) -> tuple[float, float]:
    """Slope and intercept by Theil-Sen over 0, 1, 2, …; at least two values."""
    slope = median((b - a) / (j - i) for (i, a), (j, b) in combinations(enumerate(values), 2))
    return slope, median(value - slope * i for i, value in enumerate(values))


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of them lie, the further one where it falls between two."""
    return ordered[min(len(ordered) - 1, max(0, ceil(share * len(ordered)) - 1))]


def errors_of(values: Sequence[float]) -> list[float]:
    """Known minus foretold, one month ahead, from three months on."""
    found = []
    for known in range(LEAST - 1, len(values)):
        slope, start = fit(values[:known])
        found.append(values[known] - clip(start + slope * known))
    return found


def forecast(values: Sequence[float], months_ahead: int) -> Forecast | None:
    """None with fewer than LEAST months: nothing is foretold from nothing.

    `values`: percentages of whole months, the oldest first, without gaps. `months_ahead` at least 0.
    """
    if len(values) < LEAST:
        return None
    slope, start = fit(values)
    expected = clip(start + slope * (len(values) - 1 + months_ahead))
    errors = errors_of(values)
    spread = reach(errors) * sqrt(max(months_ahead, 1))
    return Forecast(
        expected, clip(expected - spread), clip(expected + spread), slope, months_ahead, back_test(errors)
    )


def reach(errors: Sequence[float]) -> float:
    """Half the interval's width one month ahead: COVER of the errors were not larger."""
    return quantile(sorted(abs(error) for error in errors), COVER)


def back_test(errors: Sequence[float]) -> BackTest:
    """Each error against the interval that the errors before it would have made."""
    judged = [(errors[:i], errors[i]) for i in range(1, len(errors))]
    held = sum(1 for before, error in judged if abs(error) <= reach(before) + TIE)
    return BackTest(len(errors), median(abs(e) for e in errors), held, len(judged))


def clip(value: float) -> float:
    return min(100.0, max(0.0, value))


def outlook(found: Forecast, threshold: float) -> Outlook:
    """Where the whole interval lies, or else its middle."""
    if found.low >= threshold:
        return Outlook.MET
    if found.high < threshold:
        return Outlook.AT_RISK
    return Outlook.LIKELY if found.expected >= threshold else Outlook.DOUBTFUL


def to_close(part: int, whole: int, threshold: Fraction) -> int:
    """How many of the whole that are not in the part would have to be, for the share to reach `threshold` %.

    Exact: the least n with (part + n) / whole >= threshold / 100, never more than there are; 0 when met.
    """
    return max(ceil(threshold * whole / 100) - part, 0)
