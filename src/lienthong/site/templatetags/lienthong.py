"""Filters and tags of every template; `builtins` in settings loads them, no {% load %} is needed."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lienthong.fields.public import told
from lienthong.kit.deadlines import ClockCell
from lienthong.kit.errors import Refused
from lienthong.kit.identifiers import PersonalNumber
from lienthong.kit.money import format_dong
from lienthong.kit.numbers import NOT_APPLICABLE, format_number
from lienthong.kit.partial_dates import PartialDate
from lienthong.kit.words import format_date, weekday_name
from lienthong.site import maps

register = template.Library()

SIGNS = {
    "late": "M0 0h10v10H0z",
    "soon": "M5 0l5 10H0z",
    "below": "M0 0h10L5 10z",
    "done": "M0 5l2-2 2 2 4-4.5 2 2L4 9z",
    "stopped": "M1 0h3v10H1zM6 0h3v10H6z",
    "running": "M5 0a5 5 0 1 0 .01 0zM5 2a3 3 0 1 1-.01 0z",
    "none": "M5 0a5 5 0 1 0 .01 0zM5 2a3 3 0 1 1-.01 0z",
}


# Numbers, money, dates


@register.filter
def number(value: Any, digits: int | None = None) -> str:
    """1234567.8 → 1.234.567,8. Decimals as given, or cut after `digits`; nothing for None, text as it is."""
    if isinstance(value, str) and not value.replace(".", "", 1).lstrip("-").isdigit():
        return value
    exact = maps.exact(value)
    if exact is None:
        return ""
    if digits is None:
        digits = 0 if exact.denominator == 1 else len(f"{Decimal(str(value)).normalize():f}".split(".")[1])
    return format_number(exact, digits)


@register.filter
def percent(value: Any, target: Any = None) -> str:
    """Points of 100, cut and never rounded: 59.97 → 59,9%; nothing measured → "không áp dụng".

    `percent:target` prints the decimals it takes to stand on the right side of the target.
    """
    exact = maps.exact(value)
    return _(NOT_APPLICABLE) if exact is None else maps.points(exact, maps.exact(target))


@register.simple_tag
def points(value: Any, target: Any = None) -> str:
    """`percent` where the target may be absent from the context."""
    return percent(value, target)


@register.simple_tag
def share(numerator: int, denominator: int, target: Any = None) -> str:
    """68,7% from the two counts; "không áp dụng" when the denominator is 0."""
    return percent(Fraction(100 * numerator, denominator) if denominator else None, target)


@register.filter
def signed(value: Any) -> str:
    """A change in points: +1,0, −2,4, 0,0; a dash where there is nothing to compare."""
    exact = maps.exact(value)
    if exact is None:
        return "–"
    text = format_number(abs(exact), 1)
    return text if text == "0,0" else ("+" if exact > 0 else "−") + text


@register.filter
def dong(value: Any) -> str:
    """75000 → 75.000 đồng."""
    return "" if value is None or value == "" else format_dong(int(value))


@register.filter
def day(value: Any, form: str = "") -> str:
    """20/11/2026; `day:"short"` 20/11; a PartialDate keeps "1958 (chỉ biết năm)"."""
    if isinstance(value, PartialDate):
        return told(value.template, value.facts)
    value = _local(value)
    if value is None:
        return ""
    return f"{value:%d/%m}" if form == "short" else format_date(value)


@register.filter
def moment(value: Any, form: str = "") -> str:
    """17:00 thứ Sáu 27/11/2026; `moment:"short"` 17:00 27/11."""
    value = _local(value)
    if value is None:
        return ""
    if form == "short":
        return f"{value:%H:%M %d/%m}"
    return f"{value:%H:%M} {_(weekday_name(value))} {format_date(value)}"


@register.filter
def ago(value: Any, now: datetime | None = None) -> str:
    """5 phút trước, 3 giờ trước, hôm qua, 6 ngày trước; the date itself after a month or in the future."""
    value = _local(value)
    if value is None:
        return ""
    now = timezone.localtime(now)
    seconds = (now - value).total_seconds()
    days = (now.date() - value.date()).days
    if seconds < 0 or days > 30:
        return format_date(value)
    if days == 0:
        return _today(int(seconds) // 60)
    return _("hôm qua") if days == 1 else ngettext("{n} ngày trước", "{n} ngày trước", days).format(n=days)


def _today(minutes: int) -> str:
    if minutes < 1:
        return _("vừa xong")
    if minutes < 60:
        return ngettext("{n} phút trước", "{n} phút trước", minutes).format(n=minutes)
    return ngettext("{n} giờ trước", "{n} giờ trước", minutes // 60).format(n=minutes // 60)


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime) else value


@register.filter
def masked(value: Any) -> str:
    """•••• •••• 4471. Every other text keeps its last four signs only."""
    text = str(value or "")
    try:
        return PersonalNumber.parse(text).masked
    except Refused:
        return f"•••• {text[-4:]}" if len(text) > 4 else "••••"


@register.filter
def masked_phone(value: Any) -> str:
    """0912345218 → 09•• ••• 218."""
    text = str(value or "")
    return f"{text[:2]}•• ••• {text[-3:]}" if len(text) >= 9 else "••••"


@register.simple_tag
def when(value: Any) -> SafeString | str:
    """<time> with the moment or day in words; text as it is."""
    if isinstance(value, date):
        words = moment(value) if isinstance(value, datetime) else day(value)
        return format_html('<time datetime="{}">{}</time>', _local(value).isoformat(), words)
    return format_html('<span class="when">{}</span>', value)


# Signals: shape, word and colour, always all three


@register.simple_tag
def signal(kind: str) -> SafeString:
    """The shape of a state: late ■, soon ▲, below ▼, done ✓, stopped ❚❚, running and none ○."""
    return format_html(
        '<svg class="lt-ico" viewBox="0 0 10 10" aria-hidden="true" focusable="false">'
        '<path d="{}" fill-rule="evenodd"/></svg>',
        SIGNS.get(kind, SIGNS["none"]),
    )


@register.inclusion_tag("parts/_state.html")
def state(kind: str, word: str, due: str = "") -> dict[str, Any]:
    return {"kind": kind or "none", "word": word, "due": due}


@register.inclusion_tag("parts/_clock.html")
def clock(cells: Sequence[ClockCell]) -> dict[str, Any]:
    words = {
        "counted": _("đã tính"),
        "stopped": _("dừng"),
        "left": _("còn lại"),
        "off": _("ngày nghỉ, không tính"),
        "late": _("chậm"),
    }
    seen = {str(cell.kind) for cell in cells}
    key = [(kind, word) for kind, word in words.items() if kind in seen]
    if any(cell.is_today for cell in cells):
        key.append(("today", _("hôm nay")))
    return {"cells": cells, "key": key}


@register.filter
def cell_words(cell: ClockCell) -> str:
    """A cell of the clock for those who hear it."""
    said = {
        "counted": _("đã tính, ngày thứ {n}"),
        "left": _("còn lại, ngày thứ {n}"),
        "late": _("chậm ngày thứ {n}"),
        "stopped": _("dừng"),
        "off": _("ngày nghỉ, không tính"),
    }[str(cell.kind)].format(n=cell.number)
    if cell.reason:
        said = f"{said} ({cell.reason})"
    return _("{cell}, ngày hẹn trả").format(cell=said) if cell.is_due else said


# Figures


@register.inclusion_tag("parts/_meter.html")
def meter(value: Any, target: Any = None, of: Any = 100) -> dict[str, Any]:
    """A share of `of` with a black tick at the target; hatched where the target is missed."""
    part, goal, whole = maps.exact(value), maps.exact(target), maps.exact(of)
    if part is None or not whole:
        return {"width": 0, "missed": False, "tick": None}
    tick = None if goal is None else _within(goal / whole)
    return {
        "width": f"{_within(part / whole):.2f}",
        "missed": goal is not None and part < goal,
        "tick": None if tick is None else f"{tick:.2f}",
        "shift": tick is not None and tick > 50,
    }


def _within(part: Fraction) -> float:
    return float(max(Fraction(0), min(Fraction(100), part * 100)))


@register.inclusion_tag("parts/_spark.html")
def spark(values: Sequence[Any], label: str) -> dict[str, Any]:
    """Twelve months in a thumbnail; missing months break nothing, they are left out."""
    known = [(i, float(exact)) for i, value in enumerate(values) if (exact := maps.exact(value)) is not None]
    if len(known) < 2:
        return {"points": "", "last": None, "label": label}
    low, high = min(v for _i, v in known), max(v for _i, v in known)
    step, span = 90 / (len(values) - 1), (high - low) or 1
    points = [(round(3 + i * step, 1), round(22 - (v - low) / span * 18, 1)) for i, v in known]
    return {"points": " ".join(f"{x},{y}" for x, y in points), "last": points[-1], "label": label}


@register.inclusion_tag("parts/_bars.html")
def bars(items: Sequence[dict[str, Any]], target: Any, label: str) -> dict[str, Any]:
    """A bar a month, from 0 to 100 points; below the target in another shade, figures inside.

    Of many months about ten are named under their bars, counted from the last.
    """
    step = -(-len(items) // 10) if len(items) > 12 else 1
    goal = maps.exact(target)
    drawn = []
    for i, item in enumerate(items):
        value = maps.exact(item["value"])
        height = None if value is None else round(float(value) * 1.04, 1)
        missed = value is not None and goal is not None and value < goal
        drawn.append(
            {
                "x": 6 + 25.6 * i,
                "middle": round(15.5 + 25.6 * i, 1),
                "y": None if height is None else round(110 - height, 1),
                "height": height,
                "kind": "missed" if missed else "met",
                "text": "" if value is None else format_number(value),
                "label": item["label"] if (len(items) - 1 - i) % step == 0 else "",
            }
        )
    target_y = None if goal is None else round(110 - float(goal) * 1.04, 1)
    return {"bars": drawn, "target_y": target_y, "label": label, "width": round(12 + 25.6 * len(items))}


# Maps. figures: items with code (statistics office, "82"), value (points or None), url; target in points.


@register.inclusion_tag("parts/_map.html")
def vn_map(figures: Sequence[Any], target: Any, *, caption: bool = True, note: str = "") -> dict[str, Any]:
    return {"map": maps.drawing(figures, _scale(target)), "caption": caption, "note": note}


@register.inclusion_tag("parts/_tiles.html")
def vn_tiles(figures: Sequence[Any], target: Any, label: str) -> dict[str, Any]:
    return {"tiles": maps.grid(figures, _scale(target)), "label": label}


@register.inclusion_tag("parts/_legend.html")
def vn_legend(figures: Sequence[Any], target: Any) -> dict[str, Any]:
    return {"items": maps.legend(figures, _scale(target))}


def _scale(target: Any) -> maps.Scale:
    return maps.Scale(maps.exact(target) or Fraction(0))


# Forms and lists


@register.filter
def first_id(field: BoundField) -> str:
    """The id an error leads to: the input, or the first of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def error_count_words(form: BaseForm) -> str:
    count = sum(len(errors) for errors in form.errors.values())
    return ngettext("Còn {n} chỗ cần sửa", "Còn {n} chỗ cần sửa", count).format(n=count)


@register.filter
def item(mapping: Any, key: str) -> Any:
    """mapping[key], for keys that are not words."""
    return mapping.get(key)


@register.filter
def page_numbers(page: Page[Any]) -> list[int | None]:
    """1 … 4 5 6 … 20; None stands for the gap."""
    last = page.paginator.num_pages
    near = sorted({1, last, page.number - 1, page.number, page.number + 1} & set(range(1, last + 1)))
    shown: list[int | None] = []
    for n in near:
        if shown and n - (shown[-1] or 0) > 1:
            shown.append(None)
        shown.append(n)
    return shown
