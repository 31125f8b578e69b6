"""Which persons a record is compared with: those who share one of the blocks with it."""

from typing import Final, NamedTuple, Self

import numpy as np

from lienthong.data.linkage.births import EXACT, UNKNOWN, Births, years_of
from lienthong.data.linkage.columns import People, Records
from lienthong.data.linkage.jit import AHEAD, NONE, Column, Whole, kernel, scattered, soon
from lienthong.data.linkage.names import NO_PERSON, NOTHING
from lienthong.data.linkage.register import Register
from lienthong.data.linkage.units import Alike

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


class Open(NamedTuple):
    """Records that the number did not decide. row: where each stands in its bucket; said: what it says; name: the spelling
    that is meant, bare: its letters; name_kind, birth_kind, against: remarks of verdicts.py."""

    row: Column
    said: Records
    name: Column
    bare: Column
    name_kind: Column
    birth_kind: Column
    against: Column


_Keys = tuple[Column, Column, Column]
"""Two columns of a block, and whose they are: places in Open. A record has as many keys as it has readings."""


def candidates(open_: Open, register: Register) -> tuple[Column, Column]:
    """Each record to be compared with each person, once: places in Open, ascending, and rows of the register."""
    tables = [_Keyed.of_keys(*keys) for keys in _of_open(open_, register)]
    found = []
    for first in range(0, len(register.people.pid), ROWS):
        columns = _of_people(register, slice(first, first + ROWS))
        for table, (one, two) in zip(tables, BLOCKS, strict=True):
            found += _met(table, columns[one], columns[two], first)
    pairs = np.sort(np.concatenate(found)) if found else np.empty(0, np.int64)
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]]
    return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)


def _of_people(register: Register, rows: slice) -> dict[str, Column]:
    people = People(*(column[rows] for column in register.people))
    head, tail = _parts(people.pid)
    year = _years(people.born)
    return {
        "head": head,
        "tail": tail,
        "old": people.old,
        "one": np.zeros(len(head), np.int32),
        "bare": np.where(people.name < 0, NONE, register.names.letters.bare[people.name]),
        "day": _days(people.born),
        "unit": people.unit,
        "mother": people.mother,
        "unit_year": _together(people.unit, year),
        "vague_year": year,
        "year_of_vague": np.where(people.precision != EXACT, year, NONE),
    }


def _of_open(open_: Open, register: Register) -> list[_Keys]:
    """The keys of every block, in the order of BLOCKS."""
    said = open_.said
    everyone = np.arange(len(open_.row), dtype=np.int32)
    head, tail = _parts(said.number.pid)
    bare = np.where(np.isin(open_.name_kind, (NOTHING, NO_PERSON)), NONE, open_.bare)
    year = _years(said.birth.day)
    unit, of_unit = _units(said.unit, register.units.alike())
    return [
        (head, tail, everyone),
        (said.number.old, np.zeros(len(everyone), np.int32), everyone),
        _dated(said.birth, bare, everyone),
        _dated(said.birth, unit, of_unit),
        _dated(said.birth, said.mother, everyone),
        (_together(unit, year[of_unit]), bare[of_unit], of_unit),
        (bare, np.where(said.birth.precision != EXACT, year, NONE), everyone),
        (bare, year, everyone),
        _dated(said.birth, tail, everyone),
        (tail, bare, everyone),
        (head, bare, everyone),
    ]


def _dated(births: Births, values: Column, of: Column) -> _Keys:
    """Values beside each day that a record may mean."""
    exact = (births.precision == EXACT)[of]
    days = np.concatenate([births.day[of[exact]], births.other[of]])
    return np.concatenate([values[exact], values]), _days(days), np.concatenate([of[exact], of])


def _units(own: Column, alike: Alike) -> tuple[Column, Column]:
    """Each record's commune and those under which the register may hold it; and whose they are."""
    of = np.flatnonzero(own >= 0).astype(np.int32)
    begin, counts = alike.ends[own[of]], np.diff(alike.ends)[own[of]]
    more = np.repeat(of, counts)
    places = np.arange(len(more)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(begin, counts)
    return np.concatenate([own[of], alike.others[places]]), np.concatenate([of, more])


def _parts(pid: Column) -> tuple[Column, Column]:
    """Head and tail of personal numbers."""
    head, tail = np.empty(len(pid), np.int32), np.empty(len(pid), np.int32)
    _halve(pid, head, tail)
    return head, tail


@kernel
def _halve(pid: Column, head: Column, tail: Column) -> None:
    for row in range(len(pid)):
        is_said = pid[row] >= 0
        head[row], tail[row] = pid[row] // TAIL if is_said else NONE, pid[row] % TAIL if is_said else NONE


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


class _Keyed(NamedTuple):
    """The keys of the records in one block, chained by where they are looked for. A bit for each tells most persons at
    once that they are not meant."""

    one: Column
    two: Column
    of: Column
    bits: Column
    heads: Column
    following: Column

    @classmethod
    def of_keys(cls, one: Column, two: Column, of: Column) -> Self:
        said = (one >= 0) & (two >= 0)
        one, two, of = one[said], two[said], of[said]
        size = 1 << max(len(one) - 1, 1).bit_length()
        made = cls(one, two, of, np.zeros(size * BITS_A_KEY // 8, np.uint8), np.full(size, NONE, np.int32), np.empty(len(one), np.int32))  # fmt: skip
        _fill(made)
        return made


def _met(keyed: _Keyed, one: Column, two: Column, first: int) -> list[Column]:
    """Pairs of a record's place (upper 32 bits) and a person's row, of whom these columns are, from row `first` on."""
    rows = np.empty(len(one), np.int32)
    rows = rows[: _sift(keyed, one, two, rows)]
    found, at = [], np.zeros(2, np.int64)
    while at[0] < len(rows):
        pairs = np.empty(max(len(one) // 4, 1024), np.int64)
        found.append(pairs[: _probe(keyed, one, two, rows, first, at, pairs)])
    return found


@kernel
def _fill(keyed: _Keyed) -> None:
    most, mask = len(keyed.bits) * 8 - 1, len(keyed.heads) - 1
    for place in range(len(keyed.one)):
        key = scattered(keyed.one[place], keyed.two[place])
        bit = (key >> 32) & most
        keyed.bits[bit >> 3] |= 1 << (bit & 7)
        keyed.following[place] = keyed.heads[key & mask]
        keyed.heads[key & mask] = place


@kernel
def _sift(keyed: _Keyed, one: Column, two: Column, rows: Column) -> Whole:
    """Write the rows into `rows` whose bit is set, and say how many. Without a branch: the processor looks at many at once.

    Some are not meant: no key says NONE, so that `_probe` finds nobody for them."""
    most, count = len(keyed.bits) * 8 - 1, 0
    for row in range(len(one)):
        bit = (scattered(one[row], two[row]) >> 32) & most
        rows[count] = row
        count += (keyed.bits[bit >> 3] >> (bit & 7)) & 1
    return count


@kernel
def _probe(keyed: _Keyed, one: Column, two: Column, rows: Column, first: Whole, begin: Column, pairs: Column) -> Whole:  # noqa: PLR0917 # fmt: skip
    """Fill `pairs` from place begin[0] of `rows` on, there past its first begin[1] records; `begin` then says where to go on."""
    ones, twos, of, _, heads, following = keyed
    mask, last = len(heads) - 1, len(rows) - 1
    count, past = 0, begin[1]
    for place in range(begin[0], len(rows)):
        row, ahead = rows[place], rows[min(place + AHEAD, last)]
        soon(heads, scattered(one[ahead], two[ahead]) & mask)
        at, nth = heads[scattered(one[row], two[row]) & mask], 0
        while at >= 0:
            if ones[at] == one[row] and twos[at] == two[row]:
                if count == len(pairs):
                    begin[0], begin[1] = place, nth
                    return count
                if nth >= past:
                    pairs[count] = (np.int64(of[at]) << 32) | (first + row)
                    count += 1
                nth += 1
            at = following[at]
        past = 0
    begin[0], begin[1] = len(rows), 0
    return count
