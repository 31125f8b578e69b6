"""Reads of the register. Each writes who read what, what for and on which basis, or nothing is read."""

from lienthong.population.queries.accesses import AccessBook, AccessLine, accesses_of
from lienthong.population.queries.facts import FACTS, Fact, Facts, known_facts
from lienthong.population.queries.people import find_person, read_person

__all__ = [
    "FACTS",
    "AccessBook",
    "AccessLine",
    "Fact",
    "Facts",
    "accesses_of",
    "find_person",
    "known_facts",
    "read_person",
]
