"""The register in memory: some forty bytes a person, each spelling once, and where each personal number stands."""

from pathlib import Path
from typing import Final

import numpy as np

from lienthong.data.linkage.columns import People
from lienthong.data.linkage.inputs import Table
from lienthong.data.linkage.jit import AHEAD, NONE, Column, kernel, scattered, soon
from lienthong.data.linkage.names import Names
from lienthong.data.linkage.units import Units

LOAD: Final = 2
"""Places of the index for each person, at least."""


@kernel
def _index(pid: Column, slots: Column) -> None:
    """The first row of each number."""
    mask, last = len(slots) - 1, len(pid) - 1
    for row in range(len(pid)):
        soon(slots, scattered(pid[min(row + AHEAD, last)], 0) & mask)
        if pid[row] < 0:
            continue
        at = scattered(pid[row], 0) & mask
        while slots[at] >= 0 and pid[slots[at]] != pid[row]:
            at = (at + 1) & mask
        if slots[at] < 0:
            slots[at] = row


@kernel
def _holders(asked: Column, pid: Column, slots: Column, rows: Column) -> None:
    mask, last = len(slots) - 1, len(asked) - 1
    for place in range(len(asked)):
        soon(slots, scattered(asked[min(place + 2 * AHEAD, last)], 0) & mask)
        soon(pid, slots[scattered(asked[min(place + AHEAD, last)], 0) & mask])
        rows[place] = -1
        if asked[place] < 0:
            continue
        at = scattered(asked[place], 0) & mask
        while slots[at] >= 0 and pid[slots[at]] != asked[place]:
            at = (at + 1) & mask
        rows[place] = slots[at]


class Register:
    """Read once, asked by every bucket. `kept`: rows with a whole number; the others are nobody's holder."""

    def __init__(self, table: Table, successions: Path | None) -> None:
        self.names, self.units = Names(table.rows // 2), Units(successions)
        self.people = People.read(table, self.names, self.units)
        self.names.are_persons(self.people.name)
        self.kept = int(np.count_nonzero(self.people.pid != NONE))
        self.slots = np.full(1 << (table.rows * LOAD - 1).bit_length(), NONE, np.int32)
        _index(self.people.pid, self.slots)

    def holders(self, numbers: Column) -> Column:
        """The row of each personal number; NONE where nobody has it."""
        rows = np.empty(len(numbers), np.int32)
        _holders(numbers, self.people.pid, self.slots, rows)
        return rows
