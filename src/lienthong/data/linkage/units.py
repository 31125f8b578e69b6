"""Codes of communes, and those that a split or merged commune has had: a person's commune is compared through them."""

import csv
import hashlib
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np

from lienthong.data.linkage.jit import NONE, Column

_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(\.0*)?")


class Alike(NamedTuple):
    """Codes under which a register may hold a commune: of code n, others[ends[n]:ends[n + 1]]."""

    ends: Column
    others: Column


class Units(dict[str, int]):
    """Codes and their numbers, NONE where nothing is said. `stable`: of each number what is the same in every process."""

    def __init__(self, successions: Path | None) -> None:
        super().__init__({"": NONE})
        self.stable: list[int] = []
        self._known: dict[int, int] = {}
        self._alike = _alike(successions) if successions else {}

    def __missing__(self, code: str) -> int:
        key = key_of(code)
        number = self[code] = self._known.setdefault(key, len(self.stable))
        if number == len(self.stable):
            self.stable.append(key)
        return number

    def alike(self) -> Alike:
        """Of all codes known by now."""
        ends, others = [0], list[int]()
        for key in self.stable:
            others += sorted(self._known[other] for other in self._alike.get(key, ()) if other in self._known)
            ends.append(len(others))
        return Alike(np.array(ends, np.int64), np.array(others, np.int32))


def key_of(code: str) -> int:
    """A code as a number: spreadsheets lose its zeros too. Codes of other makes stay apart."""
    bare = code.strip()
    if _NUMBER.fullmatch(bare):
        return int(float(bare))
    return (1 << 40) + int.from_bytes(hashlib.blake2b(code.encode(), digest_size=5).digest())


def _alike(successions: Path) -> dict[int, set[int]]:
    """Under which codes a register may hold a commune: those that became it alone, and what it is today."""
    became = _became(successions)
    alone = {code: next(iter(now)) for code, now in became.items() if len(now) == 1}
    before: dict[int, set[int]] = defaultdict(set)
    for code, now in alone.items():
        before[now].add(code)
    found: dict[int, set[int]] = defaultdict(set)
    today = [(code, now) for code, nows in became.items() for now in nows]
    for code, now in today + [(now, now) for _, now in today]:
        found[code] |= before[now] | (set() if now in alone else {now})
    return found


def _became(successions: Path) -> dict[int, set[int]]:
    became: dict[int, set[int]] = defaultdict(set)
    with successions.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            old, new = row.get("predecessor") or "", row.get("successor") or ""
            if len(old) == len(new) > 2:
                became[key_of(old)].add(key_of(new))
    return became
