"""How a personal number is made (Decree 137/2015/NĐ-CP, article 13)."""

from collections.abc import Callable

from lienthong.population.rules.refusals import SexNeededForNumber
from lienthong.population.words import Sex


def is_digits(text: str, count: int) -> bool:
    return len(text) == count and text.isascii() and text.isdigit()


def number_prefix(register: str, sex: Sex, birth_year: int) -> str:
    """The first six digits: register, century and sex, year (Decree 137/2015/NĐ-CP, article 13).

    `register` is the three digits of the province of birth registration (Circular 59/2021/TT-BCA).
    """
    if sex is Sex.UNDETERMINED:
        raise SexNeededForNumber
    if not (is_digits(register, 3) and 1900 <= birth_year < 2400):
        raise ValueError(f"no number for register {register!r} and year {birth_year}")
    century = 2 * ((birth_year - 1900) // 100) + (sex is Sex.FEMALE)
    return f"{register}{century}{birth_year % 100:02d}"


def draw_number(register: str, sex: Sex, birth_year: int, *, draw: Callable[[int], int]) -> str:
    """A number by the rule; `draw(n)` gives an integer below n. Whether it is free, the register tells."""
    return f"{number_prefix(register, sex, birth_year)}{draw(1_000_000):06d}"
