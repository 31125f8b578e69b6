"""Quality score (DQI): rule -> criterion -> field -> database, every score with its fraction.

    counts(findings) -> tuple[Count]             rule, field, criterion, commune, assessed, satisfied; these add up
    add(*counts) -> tuple[Count]                 over places or sources
    by_commune / by_province(counts, provinces) / whole(counts) -> dict[str, tuple[Count]]
    scores(counts, schema) -> Scores             database, criteria, fields, rules; each a Score
    Score: level, code, label, numerator, denominator, value (Fraction or None), target, colour
    rows_behind(findings, *, rule=None, field=None, criterion=None, communes=None, limit, offset) -> list[Behind]
    Colour: green, amber, red, none ("chưa đủ số liệu")

rule = satisfied / assessed; criterion of a field = Σ(rule · weight) / Σ weight; field = Σ(criterion · weight)
/ Σ weight; database = Σ(field · weight) / Σ weight. What was not assessed has no score and no weight.
"""

from lienthong.data.quality.behind import Behind, rows_behind
from lienthong.data.quality.counting import Count, add, by_commune, by_province, counts, whole
from lienthong.data.quality.scoring import Colour, Score, Scores, scores

__all__ = [
    "Behind",
    "Colour",
    "Count",
    "Score",
    "Scores",
    "add",
    "by_commune",
    "by_province",
    "counts",
    "rows_behind",
    "scores",
    "whole",
]
