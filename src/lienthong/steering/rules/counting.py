"""Counts by bucket, shares with their denominators, rankings with ties and movement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from lienthong.steering.states import LATE_BUCKETS, WHOLE_BUCKETS, Bucket, Late, Whole

K = TypeVar("K")


@dataclass(frozen=True)
class Counts:
    """Tasks by bucket; cancelled ones stand apart and in no total."""

    buckets: Mapping[Bucket, int]
    cancelled: int = 0
    undated: int = 0
    """Of the open ones in time: without any due date so far."""

    @property
    def total(self) -> int:
        return sum(self.buckets.values())

    def late(self, meaning: Late = Late.OPEN) -> int:
        return sum(self.buckets[bucket] for bucket in LATE_BUCKETS[meaning])

    def whole(self, whole: Whole = Whole.ALL) -> int:
        return sum(self.buckets[bucket] for bucket in WHOLE_BUCKETS[whole])

    def late_share(self, meaning: Late = Late.OPEN, whole: Whole = Whole.ALL) -> Fraction | None:
        """Per cent; None where there is nothing to share."""
        out_of = self.whole(whole)
        return Fraction(100 * self.late(meaning), out_of) if out_of else None

    @property
    def done_in_time_share(self) -> Fraction | None:
        """Per cent of the tasks that fell due (done, or open and late) done in time: what units are ranked by."""
        out_of = self.whole(Whole.DUE)
        return Fraction(100 * self.buckets[Bucket.DONE_IN_TIME], out_of) if out_of else None


def counts(buckets: Iterable[Bucket], *, cancelled: int = 0, undated: int = 0) -> Counts:
    found = dict.fromkeys(Bucket, 0)
    for bucket in buckets:
        found[bucket] += 1
    return Counts(found, cancelled, undated)


def ranks(values: Mapping[K, Fraction | None]) -> dict[K, int]:
    """Best first; equal values share the better rank and the next is skipped (1, 2, 2, 4); no value, no rank."""
    valued = [value for value in values.values() if value is not None]
    return {
        key: 1 + sum(1 for other in valued if other > value)
        for key, value in values.items()
        if value is not None
    }


def movement(now: Mapping[K, int], before: Mapping[K, int]) -> dict[K, int]:
    """Places won (+) or lost (-) since; only for those ranked both times."""
    return {key: before[key] - rank for key, rank in now.items() if key in before}
