"""When a share is far enough from what is usual that somebody should look. Plain Python.

A signal is not an accusation: it says that a figure is unusual, by how much, against what.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from lienthong.kit.errors import said

ENOUGH_AGENCIES: Final = 8
"""From so many agencies on their median says what is usual; of fewer, all their dossiers together."""
ENOUGH_ELSEWHERE: Final = 50
"""Dossiers of other agencies that make a common share."""
CHANCE: Final = 1e-3
"""How rarely a part as large would come by chance at the tolerated share, for there to be a signal."""
CHANCE_STRONG: Final = 1e-9
TOLERANCE: Final = Fraction(5, 4)
"""Agencies differ for good reasons: so many times the usual share, and the detector's margin, are tolerated."""


class Method(StrEnum):
    MEDIAN = "median"
    OTHERS = "others"
    OWN = "own"
    RULE = "rule"


METHOD_NAMES: Final = {
    Method.MEDIAN: said("trung vị của {count} cơ quan có đủ hồ sơ trong tháng"),
    Method.OTHERS: said("tỷ lệ chung của các cơ quan khác trong tháng, {count} hồ sơ"),
    Method.OWN: said("tỷ lệ các tháng khác của chính cơ quan, {count} hồ sơ"),
    Method.RULE: said("theo quy định không được có"),
}


class Strength(StrEnum):
    NOTABLE = "notable"
    STRONG = "strong"


STRENGTH_NAMES: Final = {Strength.NOTABLE: said("đáng chú ý"), Strength.STRONG: said("rất rõ")}


@dataclass(frozen=True)
class Around:
    """What is known around an agency's month: the country's other agencies, its own other months."""

    agencies: int
    """How many agencies had enough dossiers in the month, this one too."""
    median: Fraction | None
    others_part: int
    others_whole: int
    own_part: int
    own_whole: int


@dataclass(frozen=True)
class Expected:
    """The usual share, how it was found, and over how many agencies or dossiers."""

    share: Fraction
    method: Method
    count: int


def expected(around: Around, minimum: int) -> Expected | None:
    """The country's median; failing that other agencies together; failing that its own other months.

    The country goes first: who does a thing every month would be measured by its own habit. None: nothing to
    compare with, so there can be no signal.
    """
    if around.agencies >= ENOUGH_AGENCIES and around.median is not None:
        return Expected(around.median, Method.MEDIAN, around.agencies)
    if around.others_whole >= ENOUGH_ELSEWHERE:
        share = Fraction(around.others_part, around.others_whole)
        return Expected(share, Method.OTHERS, around.others_whole)
    if around.own_whole >= minimum:
        return Expected(Fraction(around.own_part, around.own_whole), Method.OWN, around.own_whole)
    return None


def judge(part: int, whole: int, usual: Expected, margin: Fraction) -> Strength | None:
    """None: within what is tolerated, or explained by chance."""
    tolerated = usual.share * TOLERANCE + margin
    if tolerated >= 1:
        return None
    chance = tail(part, whole, float(tolerated))
    if chance > CHANCE:
        return None
    return Strength.STRONG if chance <= CHANCE_STRONG else Strength.NOTABLE


def tail(part: int, whole: int, share: float) -> float:
    """The chance of at least `part` of `whole` at `share` (binomial). `share` is above 0 and below 1."""
    if part <= 0:
        return 1.0
    if part <= whole * share:
        # Below the mean the first term may be too small for a float, and the sum would be nothing.
        return 1.0 - tail(whole - part + 1, whole, 1 - share)
    first = math.lgamma(whole + 1) - math.lgamma(part + 1) - math.lgamma(whole - part + 1)
    term = math.exp(first + part * math.log(share) + (whole - part) * math.log1p(-share))
    total = 0.0
    for k in range(part, whole + 1):
        total += term
        term *= (whole - k) / (k + 1) * share / (1 - share)
        if term < total * 1e-16:
            break
    return min(total, 1.0)
