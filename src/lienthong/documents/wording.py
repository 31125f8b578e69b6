"""Dates, moments and identifiers in the words of official papers."""

from datetime import date, datetime

from lienthong.kit.calendar import local
from lienthong.kit.names import fold


def day_in_full(day: date) -> str:
    """ "ngày 20 tháng 11 năm 2026"; days below 10 and months 1, 2 take a zero (NĐ 30/2020/NĐ-CP)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def moment_in_full(moment: datetime) -> str:
    """ "09 giờ 26 phút, ngày 20 tháng 11 năm 2026", in Vietnamese time."""
    here = local(moment)
    return f"{here:%H} giờ {here:%M} phút, {day_in_full(here.date())}"


def last_four(identifier: str) -> str:
    """The only part of an identifier that papers anybody may photograph show."""
    return identifier[-4:] if len(identifier) > 7 else ""


def masked_identifier(identifier: str) -> str:
    """ "•••• •••• 4471"; a short or missing one is not shown at all."""
    end = last_four(identifier)
    return f"•••• •••• {end}" if end else ""


def after_scheme(url: str) -> str:
    """An address as people read it, without "https://"."""
    return url.partition("://")[2] or url


def slug(text: str) -> str:
    """Letters without marks, joined by hyphens: fits into a web address, still readable."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in fold(text)).split())
