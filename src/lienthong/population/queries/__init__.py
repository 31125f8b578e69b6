"""Reads of the register. Each writes who read what, what for and on which basis, or nothing is read."""

from lienthong.population.queries.accesses import AccessBook, AccessLine, accesses_of
from lienthong.population.queries.attributes import AttributeLine, attributes_of
from lienthong.population.queries.checking import Departure, departures
from lienthong.population.queries.export import (
    PEOPLE,
    Exported,
    export_for_checks,
    export_for_duplicates,
    export_register,
    units_within,
)
from lienthong.population.queries.facts import FACTS, Fact, Facts, known_facts
from lienthong.population.queries.lives import Given, LifeLine, PersonThen, life_of, person_as_of
from lienthong.population.queries.people import (
    find_person,
    household_of,
    number_behind,
    number_going_on,
    read_person,
)

__all__ = [
    "FACTS",
    "PEOPLE",
    "AccessBook",
    "AccessLine",
    "AttributeLine",
    "Departure",
    "Exported",
    "Fact",
    "Facts",
    "Given",
    "LifeLine",
    "PersonThen",
    "accesses_of",
    "attributes_of",
    "departures",
    "export_for_checks",
    "export_for_duplicates",
    "export_register",
    "find_person",
    "household_of",
    "known_facts",
    "life_of",
    "number_behind",
    "number_going_on",
    "person_as_of",
    "read_person",
    "units_within",
]
