"""Draws as SQL: the same row, salt and seed give the same value on every machine, in any order, at any size."""

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def words() -> dict[str, Any]:
    text = (resources.files("lienthong.data.synthetic") / "data" / "names.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def draw(row: str, salt: int, seed: int) -> str:
    """A number from 0 to 2**64, by row (an SQL expression), salt and seed."""
    return f"hash(CAST({row} AS BIGINT) * 1021 + {salt} + {seed * 1_000_000_007_003})"


def share(row: str, salt: int, seed: int) -> str:
    """From 0 up to 1, in steps of a millionth."""
    return f"(({draw(row, salt, seed)} % 1000000) / 1000000.0)"


def listed(values: list[str]) -> str:
    return "[" + ", ".join("'" + value.replace("'", "''") + "'" for value in values) + "]"


def one_of(values: list[str], number: str) -> str:
    return f"list_extract({listed(values)}, 1 + CAST({number} % {len(values)} AS INTEGER))"


def spread(weights: dict[str, int]) -> list[str]:
    """Each value as often as its weight says."""
    return [value for value, weight in weights.items() for _ in range(weight)]


def falling(values: list[str], number: str) -> str:
    """The first values more often than the last: the smaller of two draws."""
    half = f"(({number} >> 20) % {len(values)})"
    return f"list_extract({listed(values)}, 1 + CAST(least({number} % {len(values)}, {half}) AS INTEGER))"


def choice(point: str, cases: list[tuple[float, str]]) -> str:
    """The first case whose share, summed up, lies above `point` (0 to 1); the last case otherwise."""
    text, below = "CASE", 0.0
    for weight, value in cases[:-1]:
        below += weight
        text += f" WHEN {point} < {below:.6f} THEN {value}"
    return f"{text} ELSE {cases[-1][1]} END"
