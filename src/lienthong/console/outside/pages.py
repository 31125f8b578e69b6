"""Figures from outside (EGDI, GCI, fibre, …) as their sources told them, with how each one's day is known."""

from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.console.show import show
from lienthong.identity.public import actor_of, officer_page
from lienthong.indicators.public import SERIES, Observation, observations_by_series
from lienthong.kit.errors import said

TOLD: Final = {
    ">": said("trên"),
    ">=": said("ít nhất"),
    "<": said("dưới"),
    "<=": said("không quá"),
    "~": said("khoảng"),
    "< (gần)": said("gần"),
    "<= (trong nhóm 14)": said("trong nhóm"),
    "x lần": said("tăng gấp"),
    "> x lần": said("tăng gấp hơn"),
}
"""The comparators of the programme's facts in words; others are words already."""


@require_safe
@officer_page
def observations(request: HttpRequest) -> HttpResponse:
    """/dieu-hanh/so-lieu-ben-ngoai/: series by series; nothing here is measured by the platform."""
    found = observations_by_series(by=actor_of(request))
    series = [
        {
            "code": code or "khac",
            "name": _(SERIES[code]) if code else _("Số liệu khác được nêu tại hội nghị, báo cáo"),
            "rows": [row(one) for one in rows],
        }
        for code, rows in found.items()
    ]
    return show(request, "outside.html", current="console_plans", series=series)


def row(one: Observation) -> dict[str, Any]:
    """The value as told where it is no plain number; the day with how it was inferred."""
    return {
        "told": one.told,
        "value": one.value,
        "out_of": one.out_of,
        "comparator": in_words(one),
        "unit": one.unit,
        "tier": one.tier,
        "as_of": one.as_of,
        "inferred": one.inferred,
        "note": one.note,
        "source": one.source,
        "source_date": printed(one.source_date),
        "subject": "" if one.series else one.subject,
    }


def in_words(one: Observation) -> str:
    """ "trên", "gấp"; nothing where the source says just the number, or names the unit twice."""
    if one.comparator in {"", "=", one.unit}:
        return ""
    return _(TOLD.get(one.comparator, one.comparator))


def printed(day: str) -> str:
    """19/07/2024; what is no day stays as the source has it."""
    try:
        return f"{date.fromisoformat(day):%d/%m/%Y}"
    except ValueError:
        return day
