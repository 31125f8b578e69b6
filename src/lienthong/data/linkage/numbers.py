"""Personal numbers and old numbers as they were typed: separators, lost zeros, fillers, one number in the other's place."""

from typing import Final

import numpy as np

from lienthong.data.linkage.jit import NONE, Column, kernel

WHOLE, ZEROS_LOST, OLD_IN_PLACE, FILLER, MISSING, MALFORMED, UNREADABLE = 0, 1, 2, 4, 5, 6, 7
"""Kinds of what stands where a personal number should (verdicts.KINDS says them in words)."""

LEAST: Final = 1_000_000_000
"""No province has the code 000 (Circular 59/2021/TT-BCA): a smaller number is nobody's."""


@kernel
def figures_of(data: Column, first: int, past: int) -> tuple[int, int]:
    """The figures of a text as a whole number, and how many there are; NONE of them where it is no number."""
    end = past
    while end > first and data[end - 1] == 48:
        end -= 1
    if not (first < end < past and data[end - 1] == 46):
        end = past + 1
    value, length, place = np.int64(0), 0, first
    while place < end - 1:
        byte = data[place]
        if 48 <= byte <= 57:
            if length == 18:
                return 0, NONE
            value = value * 10 + (byte - 48)
            length += 1
        elif byte == 0xC2 and place + 1 < past and data[place + 1] == 0xA0:
            place += 1
        elif not (byte == 32 or 9 <= byte <= 13 or byte == 46 or byte == 45 or byte == 39):
            return 0, NONE
        place += 1
    return value, length


@kernel
def _is_counted(value: int) -> bool:
    """Twelve figures counted up or down."""
    return (value == 123456789012 or value == 12345678901 or value == 12345678912
            or value == 123456789123 or value == 98765432109 or value == 987654321098)  # fmt: skip


@kernel
def _is_filler(value: int, length: int) -> bool:
    """Figures too few or too many for a number that are all alike, counted up or down, or nearly nothing."""
    if value <= 999:
        return True
    alike, rest = True, value
    for _ in range(length):
        alike = alike and rest % 10 == value % 10
        rest //= 10
    if alike:
        return True
    if length == 9:
        return value == 123456789 or value == 12345678 or value == 987654321
    return length == 10 and value == 123456789


@kernel
def _kind_of(value: int, length: int) -> int:
    """Of figures that were cleaned, as `figures_of` gives them."""
    if length < 1 or length > 14:
        return 7
    if 10 <= length <= 12 and value >= LEAST:
        if value % 111111111111 == 0 or _is_counted(value):
            return 4
        return 0 if length == 12 else 1
    if _is_filler(value, length):
        return 4
    return 2 if 7 <= length <= 9 else 6


@kernel
def _old_of(value: int, length: int) -> int:
    if not 7 <= length <= 9 or value < 1000:
        return -1
    if value == 123456789 or value == 987654321 or value % 111111111 == 0:
        return -1
    return value


@kernel
def read_numbers(offsets: Column, data: Column, old_offsets: Column, old_data: Column, pid: Column, kind: Column, value: Column, length: Column, old: Column) -> None:  # fmt: skip
    """Fill the columns of records: pid (NONE: not to be looked up), kind, its figures and how many, the old number."""
    for row in range(len(pid)):
        first, past = offsets[row], offsets[row + 1]
        old_first, old_past = old_offsets[row], old_offsets[row + 1]
        old_value, old_length = figures_of(old_data, old_first, old_past)
        if first < past:
            value[row], length[row] = figures_of(data, first, past)
        elif old_past - old_first >= 12 and old_length == 12:
            value[row], length[row] = old_value, old_length
        else:
            kind[row], pid[row], value[row], length[row] = 5, -1, 0, -1
            old[row] = _old_of(old_value, old_length)
            continue
        kind[row] = _kind_of(value[row], length[row])
        pid[row] = value[row] if kind[row] <= 1 else -1
        if kind[row] == 2 and old_first == old_past:
            old[row] = value[row]
        else:
            old[row] = _old_of(old_value, old_length)
        if kind[row] != 0 and kind[row] != 1 and kind[row] != 6:
            length[row] = -1


@kernel
def read_register_numbers(offsets: Column, data: Column, length: int, least: int, into: Column) -> None:
    """Whole numbers of so many figures, from `least` on; NONE for anything else."""
    for row in range(len(into)):
        first, past = offsets[row], offsets[row + 1]
        value = np.int64(0)
        if past - first == length:
            for place in range(first, past):
                if not 48 <= data[place] <= 57:
                    value = 0
                    break
                value = value * 10 + (data[place] - 48)
        into[row] = value if value >= least else -1


@kernel
def edits(a: Column, a_first: int, a_past: int, b: Column, b_first: int, b_past: int) -> int:
    """Levenshtein distance of two texts of bytes."""
    width = b_past - b_first
    row = np.arange(width + 1)
    for i in range(a_past - a_first):
        corner = row[0]
        row[0] = i + 1
        for j in range(width):
            above = row[j + 1]
            cost = corner if a[a_first + i] == b[b_first + j] else corner + 1
            row[j + 1] = min(cost, above + 1, row[j] + 1)
            corner = above
    return row[width]


@kernel
def _written(value: int, length: int) -> Column:
    figures = np.empty(length, np.uint8)
    for place in range(length - 1, -1, -1):
        figures[place] = value % 10
        value //= 10
    return figures


@kernel
def number_level(value: int, length: int, pid: int, other: int) -> int:
    """3 the number, 2 one figure wrong, missing or two neighbours changed places, 1 two figures, 0 another, -1 none."""
    if pid == other:
        return 3
    if length < 0:
        return -1
    if length < 10:
        return 0
    a, b = _written(value, length), _written(other, 12)
    apart = edits(a, 0, length, b, 0, 12)
    if apart > 2:
        return 0
    if apart == 1:
        return 2
    if length == 12:
        place = 0
        while place < 12 and a[place] == b[place]:
            place += 1
        if place < 11 and a[place] == b[place + 1] and a[place + 1] == b[place]:
            rest = place + 2
            while rest < 12 and a[rest] == b[rest]:
                rest += 1
            if rest == 12:
                return 2
    return 1
