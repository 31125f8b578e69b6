"""The page that puts two units, or two months and days, beside each other."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lienthong.console import compare, queries, sides
from lienthong.console.addresses import AS_OF, question
from lienthong.console.forms import CompareForm
from lienthong.console.show import show
from lienthong.fields.public import sentence_of
from lienthong.identity.public import actor_of, officer_page, require


@require_safe
@officer_page
def comparison(request: HttpRequest) -> HttpResponse:
    """/dieu-hanh/so-sanh/?don-vi=H20&voi-don-vi=H24&thang=2026-11: empty, it asks which."""
    by = actor_of(request)
    require(by, "indicators.read")
    told = request.GET.dict()
    if not told.get(sides.UNIT):
        return _page(request, told)
    try:
        facts = compare.compared(compare.asked(told, question(told)), by=by)
    except sides.ManyUnits as many:
        return _page(request, told, status=422, wrong=sentence_of(many), offered=sides.offered(many, told))
    except sides.Incomparable as why:
        return _page(request, told, status=422, wrong=sentence_of(why))
    return _page(request, {**told, **compare.names(facts["what"])}, **facts)


def _page(request: HttpRequest, told: dict[str, str], status: int = 200, **facts: Any) -> HttpResponse:
    months = queries.period_of("").months
    form = CompareForm({AS_OF: question(told).as_of.isoformat(), **told}, months)
    units = sides.suggestions()
    return show(request, "compare.html", current="console", status=status, form=form, units=units, **facts)
