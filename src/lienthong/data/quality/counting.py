"""Counters: what was assessed and what was satisfied. They add up over places and over sources."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from lienthong.data.checks import Criterion, Findings
from lienthong.data.intake.sql import engine, text

NOWHERE: Final = ""
"""Records whose place is not known: they count for the country, and for no province."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many records a rule applied to, and how many of them satisfied it."""

    rule: str
    field: str
    criterion: Criterion
    assessed: int
    satisfied: int
    commune_code: str = NOWHERE


def counts(findings: Findings) -> tuple[Count, ...]:
    """The counters of one run, by rule and commune."""
    query = f"""SELECT rule, field, criterion, assessed, satisfied, commune_code
        FROM read_parquet({text(findings.counters)}) ORDER BY rule, commune_code"""
    with engine() as db:
        rows = db.execute(query).fetchall()
    return tuple(Count(r, f, Criterion(c), a, s, p) for r, f, c, a, s, p in rows)


def add(counted: Iterable[Count], commune_code: str = NOWHERE) -> tuple[Count, ...]:
    """One count a rule: the sum over whatever is given."""
    sums: dict[tuple[str, str, Criterion], list[int]] = {}
    for one in counted:
        pair = sums.setdefault((one.rule, one.field, one.criterion), [0, 0])
        pair[0] += one.assessed
        pair[1] += one.satisfied
    return tuple(
        Count(rule, field, criterion, assessed, satisfied, commune_code)
        for (rule, field, criterion), (assessed, satisfied) in sorted(sums.items())
    )


def whole(counted: Iterable[Count]) -> dict[str, tuple[Count, ...]]:
    """Everything, under ""."""
    return {NOWHERE: add(counted)}


def by_commune(counted: Iterable[Count]) -> dict[str, tuple[Count, ...]]:
    return _grouped(counted, lambda code: code)


def by_province(counted: Iterable[Count], provinces: Mapping[str, str]) -> dict[str, tuple[Count, ...]]:
    """By province code; a commune that has no province in the mapping counts under ""."""
    return _grouped(counted, lambda code: provinces.get(code, NOWHERE))


def _grouped(counted: Iterable[Count], place_of: Callable[[str], str]) -> dict[str, tuple[Count, ...]]:
    groups: dict[str, list[Count]] = {}
    for one in counted:
        groups.setdefault(place_of(one.commune_code), []).append(one)
    return {place: add(group, place) for place, group in sorted(groups.items())}
