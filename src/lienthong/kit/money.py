"""Amounts in Vietnamese dong: whole numbers, never floats."""

import re

from lienthong.kit.errors import Refused, said
from lienthong.kit.numbers import format_number


class AmountNotUnderstood(Refused):
    sentence = said("Ghi số tiền bằng đồng, ví dụ 1.234.567 hoặc 1234567, không có phần lẻ.")


_GROUPED = "|".join(rf"[0-9]{{1,3}}(?:{sign}[0-9]{{3}})+" for sign in (r"\.", ",", " "))
_AMOUNT = re.compile(rf"({_GROUPED}|[0-9]+) ?(?:đồng|đ|₫|vnđ|vnd)?")


def format_dong(amount: int) -> str:
    """1.234.567 đồng."""
    return f"{format_number(amount)} đồng"


def parse_dong(typed: str) -> int:
    """The amount from 1.234.567 đồng, 50000đ, 50 000 VND. Raises AmountNotUnderstood."""
    match = _AMOUNT.fullmatch(" ".join(typed.split()).lower())
    if match is None:
        raise AmountNotUnderstood
    return int(re.sub(r"[., ]", "", match[1]))
