"""Dates and numbers in Vietnamese words."""

from datetime import date, datetime

from lienthong.kit.calendar import local
from lienthong.kit.errors import Refused, said

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_WEEKDAYS = (
    said("thứ Hai"),
    said("thứ Ba"),
    said("thứ Tư"),
    said("thứ Năm"),
    said("thứ Sáu"),
    said("thứ Bảy"),
    said("Chủ nhật"),
)


class NumberTooLargeForWords(Refused):
    sentence = said("Chỉ viết bằng chữ được số từ 0 đến dưới một tỷ tỷ.")


def format_date(day: date) -> str:
    """20/11/2026."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def weekday_name(day: date) -> str:
    """Thứ Sáu, Chủ nhật: as in the middle of a sentence."""
    return _WEEKDAYS[day.weekday()]


def format_appointment(moment: datetime) -> str:
    """17:00 thứ Sáu 27/11/2026, in Vietnamese time. Raises MomentWithoutZone."""
    moment = local(moment)
    return f"{moment:%H:%M} {weekday_name(moment)} {format_date(moment)}"


def words_of_number(number: int) -> str:
    """Hai nghìn không trăm hai mươi sáu, in lower case. Raises NumberTooLargeForWords."""
    if not 0 <= number < 10**18:
        raise NumberTooLargeForWords
    if number == 0:
        return _DIGITS[0]
    billions, rest = divmod(number, 10**9)
    if not billions:
        return _below_billion(rest, leading=True)
    words = f"{_below_billion(billions, leading=True)} tỷ"
    return f"{words} {_below_billion(rest, leading=False)}" if rest else words


def _below_billion(number: int, *, leading: bool) -> str:
    words: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            words.append(_below_thousand(group, leading=leading and not words))
            words.append(_SCALES[power])
    return " ".join(word for word in words if word)


def _below_thousand(number: int, *, leading: bool) -> str:
    hundreds, rest = divmod(number, 100)
    words = [] if leading and not hundreds else [_DIGITS[hundreds], "trăm"]
    if rest:
        words.append(_below_hundred(rest, after_hundreds=bool(words)))
    return " ".join(words)


def _below_hundred(number: int, *, after_hundreds: bool) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return f"linh {_DIGITS[unit]}" if after_hundreds else _DIGITS[unit]
    words = ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if unit:
        special = {1: "mốt", 4: "tư", 5: "lăm"} if tens > 1 else {5: "lăm"}
        words.append(special.get(unit, _DIGITS[unit]))
    return " ".join(words)


def words_of_date(day: date) -> str:
    """The date in words, as civil status papers want it; April is "tháng tư"."""
    month = "tư" if day.month == 4 else words_of_number(day.month)
    return f"Ngày {words_of_number(day.day)}, tháng {month}, năm {words_of_number(day.year)}"
