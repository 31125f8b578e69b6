"""All that other rooms may import from indicators."""

from lienthong.indicators.actions import (
    enter_observation,
    enter_official_score,
    load_observations,
    rebuild_tally,
    withdraw_official_score,
)
from lienthong.indicators.counting import refresh_tally
from lienthong.indicators.detectors.counting import refresh_signs
from lienthong.indicators.detectors.queries import (
    Opened,
    Signal,
    UnknownDetector,
    open_signal,
    percent,
    signals,
)
from lienthong.indicators.detectors.rules import Strength
from lienthong.indicators.detectors.table import DETECTORS, Detector
from lienthong.indicators.formulas.definitions import Component, Index, Version
from lienthong.indicators.formulas.scoring import Scored, Status, score
from lienthong.indicators.formulas.shipped import shipped
from lienthong.indicators.mart import build_mart
from lienthong.indicators.models import Mark, Observation, OfficialScore, Tally
from lienthong.indicators.officials import DTI, INDEXES, QD766, parts
from lienthong.indicators.outside import SERIES
from lienthong.indicators.queries import (
    Beside,
    Entered,
    Sums,
    by_key,
    ids_behind,
    indicator,
    months_known,
    observations,
    observations_by_series,
    official_history,
    official_scores,
    scores_beside,
    sums_by,
    sums_of,
)
from lienthong.indicators.rules import (
    INDICATORS,
    TIER_NAMES,
    Figure,
    Indicator,
    Scope,
    Tier,
    UnknownIndicator,
)
from lienthong.indicators.scores import AgencyScore, ComponentLine, agency_score, dossiers_of
from lienthong.indicators.series import Before, Series, series_of, tops_by_month
from lienthong.indicators.sums import SummedPart, SummedScore, TooManyToCountLive, summed_score

__all__ = [
    "DETECTORS",
    "DTI",
    "INDEXES",
    "INDICATORS",
    "QD766",
    "SERIES",
    "TIER_NAMES",
    "AgencyScore",
    "Before",
    "Beside",
    "Component",
    "ComponentLine",
    "Detector",
    "Entered",
    "Figure",
    "Index",
    "Indicator",
    "Mark",
    "Observation",
    "OfficialScore",
    "Opened",
    "Scope",
    "Scored",
    "Series",
    "Signal",
    "Status",
    "Strength",
    "SummedPart",
    "SummedScore",
    "Sums",
    "Tally",
    "Tier",
    "TooManyToCountLive",
    "UnknownDetector",
    "UnknownIndicator",
    "Version",
    "agency_score",
    "build_mart",
    "by_key",
    "dossiers_of",
    "enter_observation",
    "enter_official_score",
    "ids_behind",
    "indicator",
    "load_observations",
    "months_known",
    "observations",
    "observations_by_series",
    "official_history",
    "official_scores",
    "open_signal",
    "parts",
    "percent",
    "rebuild_tally",
    "refresh_signs",
    "refresh_tally",
    "score",
    "scores_beside",
    "series_of",
    "shipped",
    "signals",
    "summed_score",
    "sums_by",
    "sums_of",
    "tops_by_month",
    "withdraw_official_score",
]
