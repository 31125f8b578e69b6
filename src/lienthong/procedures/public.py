"""All that other rooms may import from procedures."""

from lienthong.procedures.actions import (
    ContentOfAnotherProcedure,
    StartNeeded,
    StartsTooEarly,
    load_procedures,
    publish_version,
)
from lienthong.procedures.content import Content, Field, Paper, Process, Step, TimeLimit
from lienthong.procedures.models import Procedure, ProcedureVersion, Replacement
from lienthong.procedures.queries import (
    Found,
    LifeEvent,
    current,
    find_procedures,
    life_events,
    successors,
    version,
    versions_in_force,
    versions_of,
)

__all__ = [
    "Content",
    "ContentOfAnotherProcedure",
    "Field",
    "Found",
    "LifeEvent",
    "Paper",
    "Procedure",
    "ProcedureVersion",
    "Process",
    "Replacement",
    "StartNeeded",
    "StartsTooEarly",
    "Step",
    "TimeLimit",
    "current",
    "find_procedures",
    "life_events",
    "load_procedures",
    "publish_version",
    "successors",
    "version",
    "versions_in_force",
    "versions_of",
]
