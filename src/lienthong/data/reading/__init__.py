"""Reading official documents: proposed targets, tasks, counts, observations and rankings."""

from lienthong.data.reading.facts import Change, Comparator, DateBasis, Fact, Kind
from lienthong.data.reading.opening import read_document
from lienthong.data.reading.reader import facts_in

__all__ = ["Change", "Comparator", "DateBasis", "Fact", "Kind", "facts_in", "read_document"]
