"""Figures from outside (EGDI, GCI, fibre, …) as their sources told them, with how each one's day is known."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.console.show import show
from lienthong.identity.public import actor_of, officer_page
from lienthong.indicators.public import SERIES, Observation, observations_by_series


@require_safe
@officer_page
def observations(request: HttpRequest) -> HttpResponse:
    """/dieu-hanh/so-lieu-ben-ngoai/: series by series; nothing here is measured by the platform."""
    found = observations_by_series(by=actor_of(request))
    series = [
        {"code": code, "name": _(SERIES[code]), "rows": [row(one) for one in rows]}
        for code, rows in found.items()
    ]
    return show(request, "outside.html", current="console_plans", series=series)


def row(one: Observation) -> dict[str, Any]:
    """The value as told where it is no plain number; the day with how it was inferred."""
    return {
        "told": one.told,
        "value": one.value,
        "out_of": one.out_of,
        "comparator": "" if one.comparator in {"", "="} else one.comparator,
        "unit": one.unit,
        "tier": one.tier,
        "as_of": one.as_of,
        "inferred": one.inferred,
        "note": one.note,
        "source": one.source,
        "source_date": one.source_date,
    }
