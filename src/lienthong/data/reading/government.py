"""Tiers of government: which of them the words name."""

import re
from dataclasses import dataclass
from functools import cache

from lienthong.data.reading.facts import TIERS
from lienthong.data.reading.words import any_of, table

DEFAULT = "country"
_OWNED = re.compile(r" (?:của|tại|ở) (?:cả |toàn )?")
_PLACED_AT = re.compile(r"(?<!\w)(?:tại|ở|đến từ|về) $")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a line names one tier, or several joined ("bộ, ngành, địa phương")."""

    start: int
    end: int
    tiers: frozenset[str]

    @property
    def tier(self) -> str:
        return joined(self.tiers)


def joined(tiers: frozenset[str]) -> str:
    """Several tiers as one value: "ministry+locality", from the top."""
    return "+".join(tier for tier in TIERS if tier in tiers) or DEFAULT


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = [(tier, re.compile(any_of(words))) for tier, words in table("government")["tiers"].items()]
    return (*found, ("province", provinces()))


@cache
def provinces() -> re.Pattern[str]:
    return re.compile(any_of(table("government")["provinces"]))


@cache
def _not_tiers() -> re.Pattern[str]:
    return re.compile(any_of(table("government")["not_tiers"]))


@cache
def _joints() -> re.Pattern[str]:
    return re.compile(table("government")["joints"])


def mentions(key: str) -> list[Mention]:
    """Every mention of a tier, in order; neighbours joined by comma or "và" are one."""
    away = [m.span() for m in _not_tiers().finditer(key)]
    single: list[Mention] = []
    for tier, found in _patterns():
        for match in found.finditer(key):
            covered = any(start <= match.start() and match.end() <= end for start, end in away)
            only_a_place = tier == "province" and not match[0].startswith("cấp ")
            if not covered and not (only_a_place and _PLACED_AT.search(key[: match.start()])):
                single.append(Mention(*match.span(), frozenset({tier})))
    return _merged(key, _longest(single))


def _longest(found: list[Mention]) -> list[Mention]:
    """Without those that lie inside a longer one: "sở, ngành" in "sở, ban, ngành"."""
    kept: list[Mention] = []
    for one in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _merged(key: str, single: list[Mention]) -> list[Mention]:
    merged: list[Mention] = []
    for one in single:
        if merged and _joints().fullmatch(key, merged[-1].end, one.start):
            before = merged[-1]
            owned = _OWNED.fullmatch(key, before.end, one.start) and one.tiers == {"province"}
            both = before.tiers if owned else _together(before.tiers, one.tiers)
            merged[-1] = Mention(before.start, one.end, both)
        else:
            merged.append(one)
    return merged


def _together(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """A named place beside the word for places ("34 tỉnh, thành phố của cả nước") stays what it is."""
    both = one | other
    return both - {"country"} if len(both) > 1 else both
