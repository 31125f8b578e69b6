"""Reads: the queue, one case side by side with the register, what waits for whom."""

from lienthong.cleaning.queries.comparing import Row, compare_people, compare_records, shown, summary
from lienthong.cleaning.queries.merges import compare_two, merge_of, merges_for, merges_waiting
from lienthong.cleaning.queries.queue import (
    Place,
    Queue,
    Wanted,
    case_of,
    find_cases,
    late_with_owner,
    open_queue,
    place_in,
    sweep_of,
    waiting_for,
)

__all__ = [
    "Place",
    "Queue",
    "Row",
    "Wanted",
    "case_of",
    "compare_people",
    "compare_records",
    "compare_two",
    "find_cases",
    "late_with_owner",
    "merge_of",
    "merges_for",
    "merges_waiting",
    "open_queue",
    "place_in",
    "shown",
    "summary",
    "sweep_of",
    "waiting_for",
]
