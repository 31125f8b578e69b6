"""Personal numbers and old numbers as they were typed: separators, lost zeros, fillers, one number in the other's place."""

from typing import Final, NamedTuple, Self

import numpy as np

from lienthong.data.linkage.jit import NONE, Column, Whole, inline, kernel
from lienthong.data.linkage.texts import Strings

WHOLE, ZEROS_LOST, OLD_IN_PLACE, FILLER, MISSING, MALFORMED, UNREADABLE = 0, 1, 2, 4, 5, 6, 7
"""Kinds of what stands where a personal number should (verdicts.KINDS says them in words)."""

_SIGNS: Final = (0x20, 0x09, 0x0A, 0x0C, 0x0D, 0x2E, 0x2D, 0x27)
"""What people write between figures: spaces, points, hyphens, an apostrophe for the spreadsheet."""
_COUNTED: Final = (123456789012, 12345678901, 12345678912, 123456789123, 98765432109, 987654321098)
"""Twelve figures counted up or down."""
LEAST: Final = 1_000_000_000
"""No province has the code 000 (Circular 59/2021/TT-BCA): a smaller number is nobody's."""


class Numbers(NamedTuple):
    """What records say of numbers. pid: NONE where it is not to be looked up; kind; its figures as a whole number and how
    many there are (NONE: not to be compared); old: the old number."""

    pid: Column
    kind: Column
    value: Column
    length: Column
    old: Column

    @classmethod
    def empty(cls, rows: int) -> Self:
        return cls(*(np.empty(rows, kind) for kind in (np.int64, np.int8, np.int64, np.int8, np.int32)))


@inline
def figures_of(data: Column, first: Whole, past: Whole) -> tuple[Whole, Whole]:
    """The figures of a text as a whole number, and how many there are; NONE of them where it is no number."""
    end = past
    while end > first and data[end - 1] == 48:
        end -= 1
    if not (first < end < past and data[end - 1] == 46):
        end = past + 1
    value: Whole = np.int64(0)
    length, place = 0, first
    while place < end - 1:
        byte = data[place]
        if 48 <= byte <= 57:
            if length == 18:
                return 0, NONE
            value = value * 10 + (byte - 48)
            length += 1
        elif byte == 0xC2 and place + 1 < past and data[place + 1] == 0xA0:
            place += 1
        elif byte not in _SIGNS:
            return 0, NONE
        place += 1
    return value, length


@kernel
def _is_filler(value: Whole, length: Whole) -> bool:
    """Figures too few or too many for a number that are all alike, counted up or down, or nearly nothing."""
    alike, rest = True, value
    for _ in range(length):
        alike = alike and rest % 10 == value % 10
        rest //= 10
    if alike or value <= 999:
        return True
    if length == 9:
        return value in (123456789, 12345678, 987654321)
    return bool(length == 10 and value == 123456789)


@inline
def _kind_of(value: Whole, length: Whole) -> Whole:
    """Of figures that were cleaned, as `figures_of` gives them."""
    if length < 1 or length > 14:
        return UNREADABLE
    if 10 <= length <= 12 and value >= LEAST:
        if value % 111111111111 == 0 or value in _COUNTED:
            return FILLER
        return WHOLE if length == 12 else ZEROS_LOST
    if _is_filler(value, length):
        return FILLER
    return OLD_IN_PLACE if 7 <= length <= 9 else MALFORMED


@inline
def _old_of(value: Whole, length: Whole) -> Whole:
    filler = value < 1000 or value in (123456789, 987654321) or value % 111111111 == 0
    return NONE if filler or not 7 <= length <= 9 else value


@kernel
def read_numbers(typed: Strings, old: Strings, into: Numbers) -> None:
    """A personal number may stand where the old one belongs, and an old one where the personal one does."""
    for row in range(len(into.pid)):
        value, length = figures_of(typed.data, typed.ends[row], typed.ends[row + 1])
        old_value, old_length = figures_of(old.data, old.ends[row], old.ends[row + 1])
        said, old_size = typed.ends[row] < typed.ends[row + 1], old.ends[row + 1] - old.ends[row]
        if not said and old_size >= 12 and old_length == 12:
            value, length, said = old_value, old_length, True
        kind = _kind_of(value, length) if said else MISSING
        is_number = kind in (WHOLE, ZEROS_LOST)
        into.kind[row], into.value[row] = kind, value
        into.pid[row] = value if is_number else NONE
        into.length[row] = length if is_number or kind == MALFORMED else NONE
        into.old[row] = value if kind == OLD_IN_PLACE and old_size == 0 else _old_of(old_value, old_length)


@kernel
def read_register_numbers(typed: Strings, length: Whole, least: Whole, into: Column) -> None:
    """Whole numbers of so many figures, from `least` on; NONE for anything else."""
    for row in range(len(into)):
        first, past = typed.ends[row], typed.ends[row + 1]
        value: Whole = np.int64(0)
        if past - first == length:
            for place in range(first, past):
                figure = np.int64(typed.data[place]) - 48
                if not 0 <= figure <= 9:
                    value = 0
                    break
                value = value * 10 + figure
        into[row] = value if value >= least else NONE


@kernel
def edits(a: Column, b: Column, most: Whole = 2) -> Whole:
    """Levenshtein distance of two texts of bytes, or `most` + 1 where it is greater: how far each diagonal reaches with
    so many edits (Landau and Vishkin 1989)."""
    middle, over = most + 1, len(b) - len(a)
    reach = np.full(2 * most + 3, -2)
    for count in range(most + 1):
        left = -2
        for diagonal in range(-count, count + 1):
            here, right = reach[middle + diagonal], reach[middle + diagonal + 1]
            i = max(here + 1, left, right + 1) if count else 0
            i = min(i, len(a), len(b) - diagonal)
            while 0 <= i < len(a) and i + diagonal < len(b) and a[i] == b[i + diagonal]:
                i += 1
            if diagonal == over and i == len(a):
                return count
            reach[middle + diagonal], left = i, here
    return most + 1


@kernel
def _written(value: Whole, length: Whole) -> Column:
    figures = np.empty(length, np.uint8)
    for place in range(length - 1, -1, -1):
        figures[place] = value % 10
        value //= 10
    return figures


@kernel
def _are_swapped(a: Column, b: Column) -> bool:
    """Whether two neighbours changed places and nothing else differs."""
    place, differ = 0, 0
    while place < min(len(a), len(b)) - 1 and a[place] == b[place]:
        place += 1
    for other in range(min(len(a), len(b))):
        differ += a[other] != b[other]
    return bool(len(a) == len(b) and differ == 2 and a[place] == b[place + 1] and a[place + 1] == b[place])


@inline
def number_level(numbers: Numbers, row: Whole, other: Whole) -> Whole:
    """3 the number, 2 one figure wrong, missing or two neighbours changed places, 1 two figures, 0 another, -1 none."""
    if numbers.pid[row] == other:
        return 3
    length = numbers.length[row]
    if length < 10:
        return min(length, 0)
    a, b = _written(numbers.value[row], length), _written(other, 12)
    apart = edits(a, b)
    if apart > 2:
        return 0
    return 2 if apart == 1 or _are_swapped(a, b) else 1
