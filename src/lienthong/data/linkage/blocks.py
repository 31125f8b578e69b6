"""Which persons a record is compared with: those who share one of the blocks with it."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from lienthong.data.linkage.births import EXACT, UNKNOWN, years_of
from lienthong.data.linkage.jit import NONE, Column, kernel, mixed
from lienthong.data.linkage.names import NO_PERSON, NOTHING
from lienthong.data.linkage.register import Register

ROWS: Final = 1 << 20
"""Persons looked at at a time."""
BITS_A_KEY: Final = 16
TAIL: Final = 10_000
"""The last four figures of a number; what stands before them is its head."""

BLOCKS: Final = (
    ("head", "tail"),
    ("old", "one"),
    ("bare", "day"),
    ("unit", "day"),
    ("mother", "day"),
    ("unit_year", "bare"),
    ("bare", "vague_year"),
    ("bare", "year_of_vague"),
    ("tail", "day"),
    ("tail", "bare"),
    ("head", "bare"),
)
"""Two columns each, of which both must be said. vague_year: the year of a record that says no more, of any person;
year_of_vague: the year of any record, of a person of whom no more is known."""


@dataclass
class Open:
    """Records that the number did not decide, a row each: where they stand, what they say, what is known of them."""

    row: Column
    pid: Column
    kind: Column
    value: Column
    length: Column
    old: Column
    name: Column
    bare: Column
    name_kind: Column
    born: Column
    precision: Column
    other: Column
    turned: Column
    birth_kind: Column
    sex: Column
    unit: Column
    mother: Column
    against: Column

    def __len__(self) -> int:
        return len(self.row)


_Keys = tuple[Column, Column, Column]
"""Two columns of a block, and whose they are: places in Open. A record has as many keys as it has readings."""


def candidates(open_: Open, register: Register) -> tuple[Column, Column]:
    """Each record to be compared with each person, once: places in Open, ascending, and rows of the register."""
    tables = [_Table(*keys) for keys in _of_open(open_, register)]
    found = []
    for first in range(0, len(register.people.pid), ROWS):
        columns = _of_people(register, slice(first, first + ROWS))
        for table, (one, two) in zip(tables, BLOCKS, strict=True):
            found += table.met(columns[one], columns[two], first)
    pairs = np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)


def _of_people(register: Register, rows: slice) -> dict[str, Column]:
    people, names = register.people, register.names
    pid, name = people.pid[rows], people.name[rows]
    bare = np.where(name < 0, NONE, names.bare[name])
    year = _years(people.born[rows])
    return {
        "head": np.where(pid < 0, NONE, pid // TAIL).astype(np.int32),
        "tail": np.where(pid < 0, NONE, pid % TAIL).astype(np.int32),
        "old": people.old[rows],
        "one": np.zeros(len(pid), np.int32),
        "bare": bare,
        "day": _days(people.born[rows]),
        "unit": people.unit[rows],
        "mother": people.mother[rows],
        "unit_year": _together(people.unit[rows], year),
        "vague_year": year,
        "year_of_vague": np.where(people.precision[rows] >= 1, year, NONE),
    }


def _of_open(open_: Open, register: Register) -> list[_Keys]:
    """The keys of every block, in the order of BLOCKS."""
    everyone = np.arange(len(open_), dtype=np.int32)
    head = np.where(open_.pid < 0, NONE, open_.pid // TAIL).astype(np.int32)
    tail = np.where(open_.pid < 0, NONE, open_.pid % TAIL).astype(np.int32)
    bare = np.where((open_.name_kind == NOTHING) | (open_.name_kind == NO_PERSON), NONE, open_.bare)
    year = _years(open_.born)
    unit, of_unit = _units(open_.unit, register)
    return [
        (head, tail, everyone),
        (open_.old, np.zeros(len(open_), np.int32), everyone),
        _dated(open_, bare, everyone),
        _dated(open_, unit, of_unit),
        _dated(open_, open_.mother, everyone),
        (_together(unit, year[of_unit]), bare[of_unit], of_unit),
        (bare, np.where(open_.precision >= 1, year, NONE), everyone),
        (bare, year, everyone),
        _dated(open_, tail, everyone),
        (tail, bare, everyone),
        (head, bare, everyone),
    ]


def _dated(open_: Open, values: Column, of: Column) -> _Keys:
    """Values beside each day that a record may mean."""
    exact = (open_.precision == EXACT)[of]
    either = np.concatenate([of[exact], of])
    days = np.concatenate([open_.born[of[exact]], open_.other[of]])
    return np.concatenate([values[exact], values]), _days(days), either


def _units(own: Column, register: Register) -> tuple[Column, Column]:
    """Each record's commune and those under which the register may hold it; and whose they are."""
    ends, others = register.units.alike()
    of = np.flatnonzero(own >= 0).astype(np.int32)
    begin, counts = ends[own[of]], np.diff(ends)[own[of]]
    more = np.repeat(of, counts)
    places = np.arange(len(more)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(begin, counts)
    return np.concatenate([own[of], others[places]]), np.concatenate([of, more])


def _days(days: Column) -> Column:
    """Never below zero where a day is said."""
    found: Column = np.where(days == UNKNOWN, NONE, days + (1 << 20)).astype(np.int32)
    return found


def _years(days: Column) -> Column:
    years = np.empty(len(days), np.int32)
    years_of(days, years)
    return years


def _together(unit: Column, year: Column) -> Column:
    """Commune and year as one."""
    found: Column = np.where((unit < 0) | (year < 0), NONE, unit * 4096 + year).astype(np.int32)
    return found


class _Table:
    """The keys of the records in one block. A bit for each key tells most persons at once that they are not meant."""

    def __init__(self, one: Column, two: Column, of: Column) -> None:
        said = (one >= 0) & (two >= 0)
        self.one, self.two, self.of = one[said], two[said], of[said]
        size = 1 << max(len(self.one) - 1, 1).bit_length()
        self.bits = np.zeros(size * BITS_A_KEY // 8, np.uint8)
        self.heads, self.following = np.full(size, NONE, np.int32), np.empty(len(self.one), np.int32)
        _fill(self.one, self.two, self.bits, self.heads, self.following)

    def met(self, one: Column, two: Column, first: int) -> list[Column]:
        """Pairs of a record's place (upper 32 bits) and a person's row, of whom these columns are, from row `first` on."""
        found = []
        row = np.zeros(2, np.int64)
        while row[0] < len(one):
            pairs = np.empty(max(len(one) // 4, 1024), np.int64)
            count = _probe(one, two, first, row, self.one, self.two, self.of, self.bits, self.heads, self.following, pairs)  # fmt: skip
            found.append(pairs[:count])
        return found


@kernel
def _fill(one: Column, two: Column, bits: Column, heads: Column, following: Column) -> None:
    most, mask = len(bits) * 8 - 1, len(heads) - 1
    for place in range(len(one)):
        key = mixed(one[place], two[place])
        bit = (key >> 32) & most
        bits[bit >> 3] |= 1 << (bit & 7)
        following[place] = heads[key & mask]
        heads[key & mask] = place


@kernel
def _probe(one: Column, two: Column, first: int, row: Column, ones: Column, twos: Column, of: Column, bits: Column, heads: Column, following: Column, pairs: Column) -> int:  # fmt: skip
    """Fill `pairs` from row[0] on, within it from its row[1]-th record; row then says where to go on."""
    most, mask = len(bits) * 8 - 1, len(heads) - 1
    count, skip = 0, row[1]
    for place in range(row[0], len(one)):
        if one[place] < 0 or two[place] < 0:
            continue
        key = mixed(one[place], two[place])
        bit = (key >> 32) & most
        if not (bits[bit >> 3] >> (bit & 7)) & 1:
            continue
        at, nth = heads[key & mask], 0
        while at >= 0:
            if ones[at] == one[place] and twos[at] == two[place]:
                if count == len(pairs):
                    row[0], row[1] = place, nth
                    return count
                if nth >= skip:
                    pairs[count] = (np.int64(of[at]) << 32) | (first + place)
                    count += 1
                nth += 1
            at = following[at]
        skip = 0
    row[0], row[1] = len(one), 0
    return count
