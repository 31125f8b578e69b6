"""Personal numbers, given once for ever: the register of people is the register of numbers given.

Nobody is ever deleted from it, the dead, merged and renumbered included, and its key admits a number once.
"""

import secrets
from collections.abc import Callable, Iterator
from typing import Final

import psycopg
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from lienthong.population.models import Person
from lienthong.population.rules import NewPerson, NumbersUsedUp, check_person, draw_number, number_prefix
from lienthong.population.words import Sex

TRIES: Final = 20
"""Draws before the free numbers are looked up: of a million, seldom half are given."""
ENDINGS: Final = 1_000_000


def register_code() -> str:
    """The three digits that begin the numbers of children registered here.

    What newborn children get in a province merged on 1/7/2025 was not in our sources: a setting,
    BIRTH_REGISTER_CODE. Unset it is 099, which is given to nobody.
    """
    return str(getattr(settings, "BIRTH_REGISTER_CODE", "099"))


def enter_new(
    make: Callable[[str], NewPerson],
    *,
    register: str,
    sex: Sex,
    year: int,
    enter: Callable[[NewPerson], Person],
) -> Person:
    """Enter the person that `make` gives for a number nobody ever had. Call in a transaction.

    Two who draw the same number at once: the key makes the second wait, and draw again.
    """
    for number in _candidates(register, sex, year):
        person = enter_if_free(make(number), enter)
        if person is not None:
            return person
    raise NumbersUsedUp


def enter_if_free(new: NewPerson, enter: Callable[[NewPerson], Person]) -> Person | None:
    """None where somebody has, or ever had, the number."""
    check_person(new, today=timezone.localdate())
    try:
        with transaction.atomic():
            return enter(new)
    except IntegrityError as error:
        if not isinstance(error.__cause__, psycopg.errors.UniqueViolation):
            raise
    return None


def _candidates(register: str, sex: Sex, year: int) -> Iterator[str]:
    for _ in range(TRIES):
        yield draw_number(register, sex, year, draw=secrets.randbelow)
    prefix = number_prefix(register, sex, year)
    free = sorted(set(range(ENDINGS)) - _given(prefix))
    while free:
        yield f"{prefix}{free.pop(secrets.randbelow(len(free))):06d}"


def _given(prefix: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT right(personal_number, 6)::int FROM population_person "
            "WHERE personal_number BETWEEN %s AND %s",
            [f"{prefix}000000", f"{prefix}999999"],
        )
        return {ending for (ending,) in cursor.fetchall()}
