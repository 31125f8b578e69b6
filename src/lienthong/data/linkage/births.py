"""Dates of birth as they were typed: in figures of any order, with month or year only, as a spreadsheet's serial number.

A day is a whole number of days since 1970-01-01.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple, Self

import numpy as np
import pyarrow as pa

from lienthong.data.linkage.arrow import of_numbers, of_texts
from lienthong.data.linkage.jit import Column, Whole, inline, kernel
from lienthong.data.linkage.texts import Strings

UNKNOWN: Final = -(1 << 31)
"""No day."""
THIS_YEAR: Final = 26
"""Two-digit birth years up to this one are of this century."""
OLDEST: Final = 1880
EXACT, MONTH_ONLY, YEAR_ONLY = 0, 1, 2
"""How much of a date is known."""
NO_DATE: Final = 3
_FILLERS: Final = (-25567, -25568, -25569)
"""1 January 1900 and the two days before, with which a spreadsheet begins to count."""

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME: Final = re.compile(r"[ t]+[0-9]{1,2}:[0-9]{2}.*$")
_NAMED: Final = re.compile(f"({'|'.join(_MONTHS)})[a-z]*")


class Births(NamedTuple):
    """Days that records say: how much of each is known, the day that the same text may mean as well (UNKNOWN: none), and
    whether month and day had to be turned round."""

    day: Column
    precision: Column
    other: Column
    turned: Column

    @classmethod
    def empty(cls, rows: int) -> Self:
        return cls(*(np.empty(rows, kind) for kind in (np.int32, np.int8, np.int32, np.bool_)))


@kernel
def day_of(year: Whole, month: Whole, day: Whole) -> Whole:
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
def date_of(day: Whole) -> tuple[Whole, Whole, Whole]:
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
def _in_one(value: Whole, length: Whole) -> tuple[Whole, Whole, Whole]:
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


@inline
def _in_three(values: Column, lengths: Column) -> tuple[Whole, Whole, Whole]:
    if lengths[0] <= 2 and lengths[1] <= 2 and lengths[2] == 4:
        return values[2], values[1], values[0]
    if lengths[0] <= 2 and lengths[1] <= 2 and lengths[2] == 2:
        return values[2] + (2000 if values[2] <= THIS_YEAR else 1900), values[1], values[0]
    if lengths[0] == 4 and lengths[1] <= 2 and lengths[2] <= 2:
        return values[0], values[1], values[2]
    return 0, 0, 0


@inline
def _in_two(values: Column, lengths: Column) -> tuple[Whole, Whole, Whole]:
    if lengths[0] <= 2 and lengths[1] == 4:
        return values[1], values[0], 0
    if lengths[0] == 4 and lengths[1] <= 2:
        return values[0], values[1], 0
    if lengths[0] == 5 and lengths[1] == 1 and values[1] == 0:
        return date_of(values[0] - 25569)
    return 0, 0, 0


@inline
def _date_in(count: Whole, values: Column, lengths: Column) -> tuple[Whole, Whole, Whole]:
    """Year, month and day of figures with signs between them; year 0: none. A year at the end is at least a year."""
    found = 0, 0, 0
    if count == 1:
        return _in_one(values[0], lengths[0])
    if count == 2:
        found = _in_two(values, lengths)
    elif count == 3:
        found = _in_three(values, lengths)
    last = min(count, 3) - 1
    if found[0] == 0 and lengths[last] == 4 and _century(values[last]):
        return values[last], 0, 0
    return found


@inline
def _figures(data: Column, first: Whole, past: Whole, values: Column, lengths: Column) -> Whole:
    """Whole numbers between single signs, the first two and the last; how many there are; -1: written otherwise."""
    count, length = 0, 0
    value: Whole = np.int64(0)
    for place in range(first, past + 1):
        byte = data[place] if place < past else 0x2F
        if 0x30 <= byte <= 0x39:
            value = value * 10 + (byte - 0x30) if length < 17 else value
            length += 1
        elif length > 0 and byte in (0x2F, 0x2E, 0x2D):
            at = min(count, 2)
            values[at], lengths[at] = value, length
            count, length, value = count + 1, 0, 0
        else:
            return -1
    return count


@kernel
def _is_filler(year: Whole, whole: Whole) -> bool:
    """What stands for an unknown birth."""
    if year < OLDEST or year > 2000 + THIS_YEAR or (year == 1900 and whole == UNKNOWN):
        return True
    return whole in _FILLERS


@kernel
def _other_day(year: Whole, month: Whole, day: Whole, in_two_figures: bool) -> Whole:  # noqa: FBT001
    """The century before, for a year of two figures; else day and month changed round."""
    if not in_two_figures:
        return day_of(year, day, month) if 1 <= day <= 12 and day != month else UNKNOWN
    if year < 2000:
        return UNKNOWN
    earlier = day_of(year - 100, month, day)
    return earlier if earlier != UNKNOWN else day_of(year - 100, month, day - 1)


@inline
def _write(into: Births, row: Whole, year: Whole, month: Whole, day: Whole, in_two_figures: bool) -> None:  # noqa: FBT001, PLR0917
    is_turned = month > 12 and 1 <= day <= 12
    if is_turned:
        month, day = day, month
    whole = day_of(year, month, day)
    if _is_filler(year, whole):
        return
    if whole == UNKNOWN:
        by_month = 1 <= month <= 12 and day == 0
        into.precision[row] = MONTH_ONLY if by_month else YEAR_ONLY
        into.day[row] = day_of(year, month if by_month else 1, 1)
        return
    into.day[row], into.precision[row], into.turned[row] = whole, EXACT, is_turned
    into.other[row] = whole if is_turned else _other_day(year, month, day, in_two_figures)


@kernel
def _read(texts: Strings, into: Births) -> Column:
    """Gives the rows that are not figures with signs between them: `in_figures` is for those."""
    values, lengths = np.zeros(3, np.int64), np.zeros(3, np.int64)
    words, strange = np.empty(len(into.day), np.int64), 0
    for row in range(len(into.day)):
        into.day[row], into.precision[row], into.other[row], into.turned[row] = (
            UNKNOWN,
            NO_DATE,
            UNKNOWN,
            False,
        )
        if texts.ends[row] == texts.ends[row + 1]:
            continue
        count = _figures(texts.data, texts.ends[row], texts.ends[row + 1], values, lengths)
        if count < 0:
            words[strange] = row
            strange += 1
        else:
            year, month, day = _date_in(count, values, lengths)
            _write(into, row, year, month, day, count == 3 and lengths[0] <= 2 and lengths[2] == 2)
    return words[:strange]


def read_births(column: pa.Array, into: Births) -> None:
    """What each text of a date says."""
    strange = _read(Strings.column(column), into)
    if len(strange):
        texts = [in_figures(text) for text in column.take(of_numbers(strange)).to_pylist()]
        again = Births.empty(len(strange))
        _read(Strings.column(of_texts(texts)), again)
        for kept, found in zip(into, again, strict=True):
            kept[strange] = found


@lru_cache(maxsize=100_000)
def in_figures(text: str) -> str:
    """A text of a date as figures between slashes: months by their English names, no time of day."""
    bare = _TIME.sub("", text.strip(" ").lower())
    named = _NAMED.sub(lambda found: f"/{_MONTHS.index(found[1]) + 1}/", bare)
    return re.sub("[^0-9]+", "/", named).strip("/")


@kernel
def read_register_births(texts: Strings, into: Column) -> None:
    """Days that a register keeps as text: 1990-12-31, with or without a time of day, or 31/12/1990."""
    values, lengths = np.zeros(3, np.int64), np.zeros(3, np.int64)
    for row in range(len(into)):
        first, past = texts.ends[row], min(texts.ends[row + 1], texts.ends[row] + 10)
        into[row] = UNKNOWN
        if first < past and _figures(texts.data, first, past, values, lengths) == 3:
            if lengths[0] == 4:
                into[row] = day_of(values[0], values[1], values[2])
            elif lengths[2] == 4:
                into[row] = day_of(values[2], values[1], values[0])


@inline
def _level_of_days(day: Whole, other: Whole, turned: Whole, theirs: Whole) -> Whole:
    if day == theirs:
        return 6 if turned else 7
    if other == theirs:
        return 6
    year, month, day_of_month = date_of(day)
    their_year, their_month, their_day = date_of(theirs)
    if year == their_year and month == 1 and day_of_month == 1:
        return 3
    alike = (year == their_year) + (month == their_month) + (day_of_month == their_day)
    return 1 if alike == 2 else 0


@inline
def birth_level(births: Births, row: Whole, theirs: Whole, precision: Whole) -> Whole:
    """7 the day, 6 the day read otherwise, 5 the month, 4 the year, 3 the year behind a filled-in 1 January,
    1 one part of the date differs, 0 another date, -1 not said."""
    day, own = births.day[row], births.precision[row]
    if day == UNKNOWN or theirs == UNKNOWN:  # noqa: PLR1714 - the two are of different kinds
        return -1
    if own == EXACT and precision == EXACT:
        return _level_of_days(day, births.other[row], births.turned[row], theirs)
    year, month, day_of_month = date_of(day)
    their_year, their_month, _ = date_of(theirs)
    if year != their_year:
        return 0
    if own > MONTH_ONLY or precision > MONTH_ONLY:
        return 4
    if month == their_month:
        return 5
    return 3 if own == EXACT and month == 1 and day_of_month == 1 else 1
