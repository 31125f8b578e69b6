"""Moments in words, in the reader's language."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from lienthong.kit.words import format_date, weekday_name


def moment(value: datetime) -> str:
    """17:00 thứ Sáu 27/11/2026."""
    local = timezone.localtime(value)
    return f"{local:%H:%M} {gettext(weekday_name(local))} {format_date(local.date())}"


def short_moment(value: datetime) -> str:
    """17:00 27/11, with the year when it is not this one."""
    local = timezone.localtime(value)
    return f"{local:%H:%M %d/%m}" if local.year == timezone.localdate().year else f"{local:%H:%M %d/%m/%Y}"


def masked(number: str) -> str:
    """Enough of a personal number to tell two people apart: •••• •••• 4471."""
    return f"•••• •••• {number[-4:]}" if number else "–"
