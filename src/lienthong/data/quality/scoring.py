"""Scores from counters: rule -> criterion -> field -> database, exact, with the fraction each stands on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from lienthong.data.checks import Criterion, Rule, rules_for
from lienthong.data.quality.counting import Count, add
from lienthong.data.sources import Schema
from lienthong.kit.errors import said


class Colour(StrEnum):
    """NONE is not red: nothing was assessed."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"

    @property
    def label(self) -> str:
        words = {Colour.GREEN: said("đạt"), Colour.AMBER: said("cần cải thiện"), Colour.RED: said("không đạt"),
                 Colour.NONE: said("chưa đủ số liệu")}  # fmt: skip
        return words[self]


class Level(StrEnum):
    RULE = "rule"
    CRITERION = "criterion"
    FIELD = "field"
    DATABASE = "database"


@dataclass(frozen=True, slots=True)
class Score:
    """A share in percent, exact; None where nothing was assessed.

    `numerator` of `denominator` checks are satisfied underneath. Of a rule they give the value; above it the
    value is the weighted mean of the scores beneath, which the weights tell.
    """

    level: Level
    code: str
    label: str
    numerator: int
    denominator: int
    value: Fraction | None
    colour: Colour
    target: int
    weight: Fraction = Fraction(1)
    field: str = ""
    criterion: Criterion | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """`criteria` are those of the whole database; `cells` those of each field; both open to `rules`."""

    database: Score
    criteria: tuple[Score, ...]
    fields: tuple[Score, ...]
    cells: tuple[Score, ...]
    rules: tuple[Score, ...]


@cache
def settings() -> Mapping[str, Any]:
    content: dict[str, Any] = yaml.load(
        Path(__file__).with_name("weights.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    return content


def scores(counted: Iterable[Count], schema: Schema) -> Scores:
    """The scores of a place or a source, from its counters."""
    sums = {one.rule: one for one in add(counted)}
    rules = [_rule_score(rule, sums.get(rule.code), schema) for rule in rules_for(schema)]
    fields, cells = [], []
    for field in schema.fields:
        mine = [score for score in rules if score.field == field.name]
        parts = [_criterion_score(c, mine, field.name, identifier=field.identifier) for c in Criterion]
        cells += [part for part in parts if part.denominator]
        fields.append(_mean(Level.FIELD, field.name, field.label, parts, _target(identifier=field.identifier),
                            weight=Fraction(field.weight), field=field.name))  # fmt: skip
    criteria = [_across(criterion, cells, schema) for criterion in Criterion]
    database = _mean(Level.DATABASE, schema.code, schema.title, fields, _target())
    return Scores(database, tuple(criteria), tuple(fields), tuple(cells), tuple(rules))


def _rule_score(rule: Rule, count: Count | None, schema: Schema) -> Score:
    assessed, satisfied = (count.assessed, count.satisfied) if count else (0, 0)
    value = Fraction(100 * satisfied, assessed) if assessed else None
    target = _target(identifier=schema.field(rule.field).identifier, criterion=rule.criterion)
    return Score(Level.RULE, rule.code, rule.sentence, satisfied, assessed, value, colour(value, target), target,
                 rule.weight, rule.field, rule.criterion)  # fmt: skip


def _criterion_score(criterion: Criterion, rules: Sequence[Score], field: str, *, identifier: bool) -> Score:
    mine = [score for score in rules if score.criterion is criterion]
    target = _target(identifier=identifier, criterion=criterion)
    weight = Fraction(str(settings()["criteria"][criterion]))
    return _mean(Level.CRITERION, f"{field}.{criterion}", criterion.label, mine, target,
                 weight=weight, field=field, criterion=criterion)  # fmt: skip


def _across(criterion: Criterion, cells: Sequence[Score], schema: Schema) -> Score:
    """One criterion over all fields, each by the weight of its field."""
    mine = [
        (score, Fraction(schema.field(score.field).weight)) for score in cells if score.criterion is criterion
    ]
    return _weighed(Level.CRITERION, criterion, criterion.label, mine, _target(), criterion=criterion)


def _mean(level: Level, code: str, label: str, parts: Sequence[Score], target: int, **more: Any) -> Score:
    return _weighed(level, code, label, [(part, part.weight) for part in parts], target, **more)


def _weighed(
    level: Level, code: str, label: str, parts: Sequence[tuple[Score, Fraction]], target: int, **more: Any
) -> Score:
    known = [(part.value, weight) for part, weight in parts if part.value is not None and weight]
    total = sum((weight for _, weight in known), Fraction(0))
    value = sum((value * weight for value, weight in known), Fraction(0)) / total if total else None
    numerator = sum(part.numerator for part, _ in parts)
    denominator = sum(part.denominator for part, _ in parts)
    return Score(level, code, label, numerator, denominator, value, colour(value, target), target, **more)


def _target(*, identifier: bool = False, criterion: Criterion | None = None) -> int:
    strict = settings()["identifiers"]
    if identifier and (criterion is None or criterion in strict["criteria"]):
        return int(strict["green"])
    return int(settings()["colours"]["green"])


def colour(value: Fraction | None, target: int) -> Colour:
    """By the exact value: 89,99 is not green."""
    if value is None:
        return Colour.NONE
    if value >= target:
        return Colour.GREEN
    return Colour.AMBER if value >= settings()["colours"]["amber"] else Colour.RED
