"""Cells as the console's screens print them: cut, never rounded across a target, decimal commas."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from lienthong.console.pack.tree import Cell, Column, Kind, Mark
from lienthong.kit.numbers import NOT_APPLICABLE, format_number, percent
from lienthong.kit.words import format_date

DASH = "–"
MARKS = {mark.value: mark for mark in Mark}


def words(text: str, more: str = "", *, mark: str = "") -> Cell:
    return Cell(text, more=more, mark=MARKS[mark] if mark else None)


def number(value: int | None, *, mark: str = "") -> Cell:
    """1.234; a dash where there is none: zero is a number, nothing is not."""
    if value is None:
        return Cell(DASH, Kind.NUMBER)
    return Cell(format_number(value), Kind.NUMBER, value, mark=MARKS[mark] if mark else None)


def share(value: Fraction | None, target: Fraction | None = None) -> Cell:
    """59,9% as the screens' `points`; "không áp dụng" without a whole."""
    if value is None:
        return Cell(NOT_APPLICABLE, Kind.SHARE)
    text = in_percent(value, target)
    return Cell(text, Kind.SHARE, plain(text))


def in_percent(value: Fraction, target: Fraction | None = None) -> str:
    goal = None if target is None else Decimal(target.numerator) / target.denominator
    return percent(value.numerator, value.denominator * 100, goal)


def goal(threshold: Fraction | None, comparator: str = "") -> Cell:
    """95%, or ≥ 95%, as the screens print what was set; a dash where nothing was."""
    if threshold is None:
        return Cell(DASH, Kind.SHARE)
    digits = 0 if threshold.denominator == 1 else 2
    text = f"{format_number(threshold, digits)}%"
    return Cell(f"≥\N{NO-BREAK SPACE}{text}" if comparator == ">=" else text, Kind.SHARE, plain(text))


def change(delta: Fraction | None) -> Cell:
    """+1,0 or −2,4 points, as the screens' `signed`; a dash where there is nothing to compare."""
    if delta is None:
        return Cell(DASH, Kind.CHANGE)
    text = format_number(abs(delta), 1)
    if text == "0,0":
        return Cell(text, Kind.CHANGE, Decimal(0))
    value = plain(text)
    return Cell(("+" if delta > 0 else "−") + text, Kind.CHANGE, value if delta > 0 else -value)


def printed_share(text: str) -> Cell:
    """A share that a screen has printed already, such as a forecast's middle; a dash for none."""
    return Cell(text, Kind.SHARE, plain(text)) if text else Cell(DASH, Kind.SHARE)


def plain(text: str) -> Decimal:
    """59,9% → 59.9: the number as it is printed."""
    return Decimal(text.rstrip("%").replace(".", "").replace(",", "."))


def day(value: date | None, missing: str = DASH) -> Cell:
    return Cell(format_date(value), Kind.DAY, value) if value else Cell(missing, Kind.DAY)


def column(title: str, width: int, kind: Kind = Kind.WORDS) -> Column:
    return Column(title, width, kind)


def numbers(title: str, width: int = 2) -> Column:
    return Column(title, width, Kind.NUMBER)


def shares(title: str, width: int = 2) -> Column:
    return Column(title, width, Kind.SHARE)


def changes(title: str, width: int = 2) -> Column:
    return Column(title, width, Kind.CHANGE)


def days(title: str, width: int = 2) -> Column:
    return Column(title, width, Kind.DAY)
