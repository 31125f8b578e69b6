"""All that other rooms may import from indicators."""

from lienthong.indicators.actions import rebuild_tally
from lienthong.indicators.counting import refresh_tally
from lienthong.indicators.models import Mark, Tally
from lienthong.indicators.queries import Sums, by_key, ids_behind, indicator, months_known, sums_by, sums_of
from lienthong.indicators.rules import (
    INDICATORS,
    TIER_NAMES,
    Figure,
    Indicator,
    Scope,
    Tier,
    UnknownIndicator,
)

__all__ = [
    "INDICATORS",
    "TIER_NAMES",
    "Figure",
    "Indicator",
    "Mark",
    "Scope",
    "Sums",
    "Tally",
    "Tier",
    "UnknownIndicator",
    "by_key",
    "ids_behind",
    "indicator",
    "months_known",
    "rebuild_tally",
    "refresh_tally",
    "sums_by",
    "sums_of",
]
