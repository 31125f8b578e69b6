"""Dates as people write them, read in SQL: as far as they are known, never further.

dd/mm/yyyy, mm/yyyy, yyyy; with dots, dashes or spaces; ISO, which is also how a spreadsheet's own dates
arrive; eight digits in a row as on the identity card (ddmmyyyy). Unknown parts may be written as zeros.
"""

from dataclasses import dataclass
from typing import Final

FIRST_YEAR: Final = 1850
LAST_YEAR: Final = 2099

ISO_PARTIAL: Final = "(18[5-9][0-9]|19[0-9]{2}|20[0-9]{2})(-[0-9]{2}(-[0-9]{2})?)?"
"""What a date that was understood looks like."""

_SIGN: Final = r"[/.\- ]"
_FULL: Final = rf"([0-9]{{1,2}}){_SIGN}([0-9]{{1,2}}){_SIGN}([0-9]{{4}})"
_ISO: Final = r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[T ][0-9:.,]+Z?)?"
_MONTH: Final = rf"(?:(?:00?|--|\.\.|__){_SIGN})?([0-9]{{1,2}}){_SIGN}([0-9]{{4}})"
_ISO_MONTH: Final = r"([0-9]{4})-([0-9]{1,2})"
_YEAR: Final = rf"(?:(?:00?|--|\.\.|__){_SIGN}(?:00?|--|\.\.|__){_SIGN})?([0-9]{{4}})"
_EIGHT: Final = r"([0-9]{2})([0-9]{2})([0-9]{4})"
_SHORT_YEAR: Final = rf"[0-9]{{1,2}}{_SIGN}[0-9]{{1,2}}{_SIGN}[0-9]{{2}}"


@dataclass(frozen=True, slots=True)
class DateReading:
    """What was accepted for a column of dates.

    `month_first`: written month/day/year. `swap_typed`: the spreadsheet took day for month in the cells
    that it made dates of. `year_only`: 1 January stands for a day that is not known.
    """

    month_first: bool = False
    swap_typed: bool = False
    year_only: bool = False


def date_value(clean: str, how: DateReading) -> str:
    """The ISO text as far as known; the received text where it is not understood."""
    understood = _understood(clean, how)
    if how.year_only:
        understood = (
            f"CASE WHEN ends_with({understood}, '-01-01') THEN {understood}[1:4] ELSE {understood} END"
        )
    return f"coalesce({understood}, {clean})"


def date_marks(clean: str, value: str, how: DateReading) -> list[tuple[str, str]]:
    """(mark, condition), where `value` is what `date_value` gave."""
    unread = f"NOT regexp_full_match({value}, '{ISO_PARTIAL}')"
    day, month = _order(how)
    turned = f"({_day(clean, _FULL, month, day)}) IS NOT NULL"
    short = f"regexp_full_match({clean}, '{_SHORT_YEAR}')"
    marks = [
        ("two_digit_year", short),
        ("swapped", f"CASE WHEN {unread} THEN {turned} ELSE false END"),
        (
            "not_a_date",
            f"CASE WHEN {unread} AND NOT {short} THEN NOT coalesce({turned}, false) ELSE false END",
        ),
    ]
    if how.swap_typed:
        marks.append(("swapped_back", f"regexp_full_match({clean}, '{_ISO}')"))
    elif how.month_first:
        marks.append(("swapped_back", f"NOT ({unread}) AND regexp_full_match({clean}, '{_FULL}')"))
    if how.year_only:
        marks.append(("year_kept", f"length({value}) = 4 AND regexp_matches({clean}, '1.*1')"))
    return marks


def _order(how: DateReading) -> tuple[int, int]:
    """Places of day and month among the three parts."""
    return (2, 1) if how.month_first else (1, 2)


def _understood(clean: str, how: DateReading) -> str:
    day, month = _order(how)
    iso_day, iso_month = (2, 3) if how.swap_typed else (3, 2)
    quick, iso = _quick(clean, how)
    return f"""CASE
        WHEN {quick} THEN {iso}
        WHEN regexp_full_match({clean}, '{_FULL}') THEN {_day(clean, _FULL, day, month)}
        WHEN regexp_full_match({clean}, '{_ISO}') THEN {_day(clean, _ISO, iso_day, iso_month, year=1)}
        WHEN regexp_full_match({clean}, '{_YEAR}') THEN {_checked_year(f"regexp_extract({clean}, '{_YEAR}', 1)")}
        WHEN regexp_full_match({clean}, '{_MONTH}') THEN {_month(clean, _MONTH, 1, 2)}
        WHEN regexp_full_match({clean}, '{_ISO_MONTH}') THEN {_month(clean, _ISO_MONTH, 2, 1)}
        WHEN regexp_full_match({clean}, '{_EIGHT}') THEN {_day(clean, _EIGHT, day, month)} END"""


def _quick(clean: str, how: DateReading) -> tuple[str, str]:
    """The commonest writing, dd/mm/yyyy, by places: no pattern is run over it."""
    day, month = ("[4:5]", "[1:2]") if how.month_first else ("[1:2]", "[4:5]")
    iso = f"({clean}[7:10] || '-' || {clean}{month} || '-' || {clean}{day})"
    shape = f"length({clean}) = 10 AND {clean}[3:3] = '/' AND {clean}[6:6] = '/'"
    return (
        f"CASE WHEN {shape} THEN try_cast({iso} AS DATE) IS NOT NULL AND {_known_century(iso)} ELSE false END",
        iso,
    )


def _checked_year(year: str) -> str:
    return f"CASE WHEN CAST({year} AS INTEGER) BETWEEN {FIRST_YEAR} AND {LAST_YEAR} THEN {year} END"


def _month(clean: str, pattern: str, month: int, year: int) -> str:
    parts = f"regexp_extract({clean}, '{pattern}', {year}) || '-' || lpad(regexp_extract({clean}, '{pattern}', {month}), 2, '0')"
    return f"CASE WHEN {_in_calendar(f'{parts}')} THEN {parts} END"


def _in_calendar(year_month: str) -> str:
    return f"try_cast(({year_month} || '-01') AS DATE) IS NOT NULL AND {_known_century(year_month)}"


def _known_century(iso: str) -> str:
    return f"({iso})[1:4] BETWEEN '{FIRST_YEAR}' AND '{LAST_YEAR}'"


def _day(clean: str, pattern: str, day: int, month: int, *, year: int = 3) -> str:
    """The ISO day of a full date, its parts at those places; zeros for unknown parts shorten it; null if not in the calendar."""
    d, m, y = (f"regexp_extract({clean}, '{pattern}', {place})" for place in (day, month, year))
    iso = f"({y} || '-' || lpad({m}, 2, '0') || '-' || lpad({d}, 2, '0'))"
    return f"""CASE WHEN NOT {_known_century(y)} THEN NULL
        WHEN {d} IN ('0', '00') AND {m} IN ('0', '00') THEN {y}
        WHEN {d} IN ('0', '00') AND try_cast(({iso}[1:8] || '01') AS DATE) IS NOT NULL THEN {iso}[1:7]
        WHEN try_cast({iso} AS DATE) IS NOT NULL THEN {iso} END"""
