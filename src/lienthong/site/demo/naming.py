"""How the peoples of Việt Nam name their children, by sex, region and time, as data/names.yaml has it."""

import random
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml

from lienthong.population.public import Sex

T = TypeVar("T")


class Weighted(Generic[T]):
    """Draws a value as often as its weight says."""

    __slots__ = ("cumulative", "values")

    def __init__(self, weights: Mapping[T, float]) -> None:
        kept = {value: weight for value, weight in weights.items() if weight > 0}
        self.values = list(kept)
        self.cumulative = list(accumulate(kept.values()))

    def draw(self, rng: random.Random) -> T:
        return self.values[bisect(self.cumulative, rng.random() * self.cumulative[-1])]


def falling(words: Sequence[str]) -> dict[str, float]:
    return {word: 1 / (rank + 8) for rank, word in enumerate(words)}


@dataclass(frozen=True)
class Words:
    """Middle names and given names of one sex in one time."""

    middles: Weighted[str]
    givens: Weighted[str]

    @classmethod
    def of(cls, spec: Mapping[str, Any]) -> "Words":
        return cls(Weighted(spec.get("middles") or {"": 1}), Weighted(falling(spec["givens"])))


@dataclass(frozen=True)
class Naming:
    """How one people names its children."""

    code: str
    line: str
    """Whose family name a child bears: father, mother, or none where there is no family name."""
    families: Weighted[str]
    words: Mapping[Sex, Sequence[tuple[int, Words]]]
    """By sex: from which birth year on, which words; the latest first."""
    given_first: bool = False

    def full_name(self, rng: random.Random, sex: Sex, year: int, family: str) -> str:
        words = next(words for since, words in self.words[sex] if year >= since)
        middle, given = words.middles.draw(rng), words.givens.draw(rng)
        parts = (given, middle, family) if self.given_first else (family, middle, given)
        return " ".join(part for part in parts if part)


def read_data(name: str) -> Any:
    return yaml.safe_load((Path(__file__).parent / "data" / name).read_text(encoding="utf-8"))


def _eras(spec: Mapping[str, Any]) -> list[tuple[int, Words]]:
    if "givens" in spec:
        return [(0, Words.of(spec))]
    eras = {"from_2005": 2005, "from_1960": 1960, "before_1960": 0}
    return [(since, Words.of(spec[era])) for era, since in eras.items()]


@cache
def namings() -> Mapping[str, Naming]:
    """Every people's naming; Kinh family names once a region: "kinh-north"."""
    data = read_data("names.yaml")
    kinh = {sex: _eras(data["kinh"][sex.value]) for sex in (Sex.MALE, Sex.FEMALE)}
    found = {}
    for region in ("north", "centre", "south"):
        families = {
            name: weight[region] if isinstance(weight, dict) else weight
            for name, weight in data["kinh"]["families"].items()
        }
        found[f"kinh-{region}"] = Naming("01", "father", Weighted(families), kinh)
    for name, spec in data["peoples"].items():
        own = {sex: _eras(spec[sex.value]) for sex in (Sex.MALE, Sex.FEMALE)} if "male" in spec else kinh
        own_families: Weighted[str] = Weighted(spec.get("families") or {"": 1.0})
        found[name] = Naming(
            spec["code"], spec["line"], own_families, own, spec.get("pattern") == "given_first"
        )
    return found
