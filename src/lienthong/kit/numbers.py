"""Numbers as Vietnamese pages print them: 1.234.567,8. Figures are cut, never rounded up."""

from decimal import Decimal
from fractions import Fraction

from lienthong.kit.errors import said

NOT_APPLICABLE = said("không áp dụng")


def format_number(value: int | Decimal | Fraction, digits: int = 0) -> str:
    """The number with points between thousands and a decimal comma, cut after `digits` decimals."""
    whole, decimals = divmod(abs(_cut(value, digits)), 10**digits)
    sign = "-" if _cut(value, digits) < 0 else ""
    text = f"{sign}{whole:,}".replace(",", ".")
    return f"{text},{decimals:0{digits}d}" if digits else text


def _cut(value: int | Decimal | Fraction, digits: int) -> int:
    """The value times 10**digits, cut towards zero."""
    return int(Fraction(value) * 10**digits)


def percent(numerator: int, denominator: int, target: int | Decimal | None = None, *, digits: int = 1) -> str:
    """The share of 100, cut after `digits` decimals; "không áp dụng" when the denominator is 0.

    With a `target` (in percent) the print never stands on another side of it than the exact value:
    59.97 against 60 is "59,9%"; 5.04 against 5 gets the decimals it needs, "5,04%".
    """
    if denominator == 0:
        return NOT_APPLICABLE
    exact = Fraction(100 * numerator, denominator)
    if target is not None:
        goal = Fraction(target)
        while _side(Fraction(_cut(exact, digits), 10**digits), goal) != _side(exact, goal):
            digits += 1
    return format_number(exact, digits) + "%"


def _side(value: Fraction, goal: Fraction) -> int:
    return (value > goal) - (value < goal)
