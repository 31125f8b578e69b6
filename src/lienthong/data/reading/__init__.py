"""Reading official documents: proposed targets, tasks, counts, observations and rankings."""

from lienthong.data.reading.context import KINDS, Head, Proposed, read_in_context
from lienthong.data.reading.facts import Change, Comparator, DateBasis, Fact, Kind
from lienthong.data.reading.opening import blocks_of, read_document
from lienthong.data.reading.reader import facts_in

__all__ = [
    "KINDS",
    "Change",
    "Comparator",
    "DateBasis",
    "Fact",
    "Head",
    "Kind",
    "Proposed",
    "blocks_of",
    "facts_in",
    "read_document",
    "read_in_context",
]
