"""Dates of birth as they were typed: in figures of any order, with month or year only, as a spreadsheet's serial number.

A day is a whole number of days since 1970-01-01.
"""

import re
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow as pa

from lienthong.data.linkage.jit import Column, kernel
from lienthong.data.linkage.texts import bytes_of

UNKNOWN: Final = -(1 << 31)
"""No day."""
THIS_YEAR: Final = 26
"""Two-digit birth years up to this one are of this century."""
OLDEST: Final = 1880
EXACT, MONTH_ONLY, YEAR_ONLY = 0, 1, 2
"""How much of a date is known."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME: Final = re.compile(r"[ t]+[0-9]{1,2}:[0-9]{2}.*$")
_NAMED: Final = re.compile(f"({'|'.join(_MONTHS)})[a-z]*")


@kernel
def day_of(year: int, month: int, day: int) -> int:
    """The day, or UNKNOWN where the calendar has none such."""
    if month < 1 or month > 12 or day < 1 or year < 1 or year > 9999:
        return UNKNOWN
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    most = 29 if leap and month == 2 else 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    if day > most:
        return UNKNOWN
    year -= month <= 2
    era, of_era = year // 400, year % 400
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


@kernel
def date_of(day: int) -> tuple[int, int, int]:
    """Year, month and day of the month."""
    days = np.int64(day) + 719468
    era, of_era = days // 146097, days % 146097
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    from_march = (5 * of_year + 2) // 153
    month = from_march + 3 if from_march < 10 else from_march - 9
    return era * 400 + year_of_era + (month <= 2), month, of_year - (153 * from_march + 2) // 5 + 1


@kernel
def years_of(days: Column, years: Column) -> None:
    """The year of each day; -1: none."""
    for row in range(len(days)):
        years[row] = date_of(days[row])[0] if days[row] != UNKNOWN else -1


@kernel
def _century(value: int) -> bool:
    return 1800 <= value <= 2099


@kernel
def _in_one(value: int, length: int) -> tuple[int, int, int]:
    """Year, month and day of figures without a sign between them; year 0: none."""
    if length == 4 and _century(value):
        return value, 0, 0
    if length == 5:
        return date_of(value - 25569)
    if length == 8:
        day, month, year = value // 1000000, value // 10000 % 100, value % 10000
        if day <= 39 and month <= 19 and _century(year):
            return year, month, day
        year, month, day = value // 10000, value // 100 % 100, value % 100
        if _century(year) and month <= 19 and day <= 39:
            return year, month, day
    return 0, 0, 0


@kernel
def _in_parts(count: int, values: Column, lengths: Column) -> tuple[int, int, int]:
    """Year, month and day of figures with signs between them; year 0: none."""
    if count == 3 and lengths[0] <= 2 and lengths[1] <= 2:
        if lengths[2] == 4:
            return values[2], values[1], values[0]
        if lengths[2] == 2:
            return values[2] + (2000 if values[2] <= THIS_YEAR else 1900), values[1], values[0]
    if count == 3 and lengths[0] == 4 and lengths[1] <= 2 and lengths[2] <= 2:
        return values[0], values[1], values[2]
    if count == 2 and lengths[0] <= 2 and lengths[1] == 4:
        return values[1], values[0], 0
    if count == 2 and lengths[0] == 4 and lengths[1] <= 2:
        return values[0], values[1], 0
    if count == 2 and lengths[0] == 5 and lengths[1] == 1 and values[1] == 0:
        return date_of(values[0] - 25569)
    last = min(count, 3) - 1
    if lengths[last] == 4 and _century(values[last]):
        return values[last], 0, 0
    return 0, 0, 0


@kernel
def _figures(data: Column, first: int, past: int, values: Column, lengths: Column) -> int:
    """Whole numbers between single signs, at most three kept and then the last; how many; -1: written otherwise."""
    count, length, value = 0, 0, np.int64(0)
    for place in range(first, past + 1):
        byte = data[place] if place < past else 47
        if 48 <= byte <= 57:
            value = value * 10 + (byte - 48) if length < 17 else value
            length += 1
        elif length > 0 and (byte == 47 or byte == 46 or byte == 45):
            at = min(count, 2)
            values[at], lengths[at] = value, length
            count, length, value = count + 1, 0, 0
        else:
            return -1
    return count


@kernel
def _is_filler(year: int, whole: int) -> bool:
    """What stands for an unknown birth: no year, the first days that a spreadsheet knows, 1900 alone."""
    if year < OLDEST or year > 2000 + THIS_YEAR:
        return True
    return whole == -25567 or whole == -25569 or whole == -25568 or (year == 1900 and whole == UNKNOWN)


@kernel
def read_births(offsets: Column, data: Column, born: Column, precision: Column, other: Column, turned: Column) -> Column:  # fmt: skip
    """Fill the columns: the day (UNKNOWN: none), how much is known (3: nothing), the day read otherwise, month and day turned round.

    Gives the rows that are not figures with signs between them: `in_figures` is for those.
    """
    values, lengths = np.zeros(3, np.int64), np.zeros(3, np.int64)
    words = np.empty(len(born), np.int64)
    strange = 0
    for row in range(len(born)):
        born[row], precision[row], other[row], turned[row] = UNKNOWN, 3, UNKNOWN, False
        first, past = offsets[row], offsets[row + 1]
        if first == past:
            continue
        count = _figures(data, first, past, values, lengths)
        if count < 0:
            words[strange] = row
            strange += 1
            continue
        if count == 1:
            year, month, day = _in_one(values[0], lengths[0])
        else:
            year, month, day = _in_parts(count, values, lengths)
        is_turned = month > 12 and 1 <= day <= 12
        if is_turned:
            month, day = day, month
        whole = day_of(year, month, day)
        if _is_filler(year, whole):
            continue
        if whole == UNKNOWN:
            by_month = 1 <= month <= 12 and day == 0
            precision[row] = 1 if by_month else 2
            born[row] = day_of(year, month if by_month else 1, 1)
            continue
        born[row], precision[row], turned[row] = whole, 0, is_turned
        if is_turned:
            other[row] = whole
        elif count == 3 and lengths[0] <= 2 and lengths[2] == 2:
            if year >= 2000:
                earlier = day_of(year - 100, month, day)
                other[row] = earlier if earlier != UNKNOWN else day_of(year - 100, month, day - 1)
        elif 1 <= day <= 12 and day != month:
            other[row] = day_of(year, day, month)
    return words[:strange]


def births(column: pa.Array) -> tuple[Column, Column, Column, Column]:
    """Of each text: born, precision, other, turned, as `read_births` gives them."""
    found = _read(column)
    born, precision, other, turned, strange = found
    if len(strange):
        again = pa.array([in_figures(text) for text in column.take(pa.array(strange)).to_pylist()], pa.string())
        for into, values in zip((born, precision, other, turned), _read(again), strict=False):
            into[strange] = values
    return born, precision, other, turned


def _read(column: pa.Array) -> tuple[Column, Column, Column, Column, Column]:
    rows = len(column)
    born, other = np.empty(rows, np.int32), np.empty(rows, np.int32)
    precision, turned = np.empty(rows, np.int8), np.empty(rows, np.bool_)
    return born, precision, other, turned, read_births(*bytes_of(column), born, precision, other, turned)


@lru_cache(maxsize=100_000)
def in_figures(text: str) -> str:
    """A text of a date as figures between slashes: months by their English names, no time of day."""
    bare = _TIME.sub("", text.strip(" ").lower())
    named = _NAMED.sub(lambda found: f"/{_MONTHS.index(found[1]) + 1}/", bare)
    return re.sub("[^0-9]+", "/", named).strip("/")


@kernel
def read_register_births(offsets: Column, data: Column, born: Column) -> None:
    """Days that a register keeps as text: 1990-12-31, with or without a time of day, or 31/12/1990."""
    values, lengths = np.zeros(3, np.int64), np.zeros(3, np.int64)
    for row in range(len(born)):
        first, past = offsets[row], min(offsets[row + 1], offsets[row] + 10)
        born[row] = UNKNOWN
        if first < past and _figures(data, first, past, values, lengths) == 3:
            if lengths[0] == 4:
                born[row] = day_of(values[0], values[1], values[2])
            elif lengths[2] == 4:
                born[row] = day_of(values[2], values[1], values[0])


@kernel
def birth_level(born: int, precision: int, other: int, turned: bool, theirs: int, their_precision: int) -> int:  # noqa: FBT001 - columns of a row
    """7 the day, 6 the day read otherwise, 5 the month, 4 the year, 3 the year behind a filled-in 1 January,
    1 one part of the date differs, 0 another date, -1 not said."""
    if born == UNKNOWN or theirs == UNKNOWN:
        return -1
    if precision == 0 and their_precision == 0:
        if born == theirs:
            return 6 if turned else 7
        if other == theirs:
            return 6
    year, month, day = date_of(born)
    their_year, their_month, their_day = date_of(theirs)
    if precision == 0 and their_precision == 0:
        if year == their_year and month == 1 and day == 1:
            return 3
        alike = (year == their_year) + (month == their_month) + (day == their_day)
        return 1 if alike == 2 else 0
    if year != their_year:
        return 0
    if precision > 1 or their_precision > 1:
        return 4
    if month == their_month:
        return 5
    return 3 if precision == 0 and month == 1 and day == 1 else 1
