"""Signals to be checked: by kind and unit, then one with its explanation and its dossiers."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lienthong.console import figures, queries
from lienthong.console.show import show
from lienthong.console.signals import facts
from lienthong.identity.public import actor_of, officer_page
from lienthong.indicators.public import UnknownDetector, open_signal, refresh_signs, signals
from lienthong.organisations.public import Organisation

A_PAGE = 50


@require_safe
@officer_page
def listing(request: HttpRequest) -> HttpResponse:
    """/dieu-hanh/dau-hieu/?thang=&loai=&don-vi=: the last whole month, all kinds, the whole country."""
    asked = request.GET.get("thang", "")
    period = queries.period_of(asked)
    period = period if asked else facts.whole_month(period)
    every = signals(period.month, by=actor_of(request))
    found = facts.listed(every, period, kind=request.GET.get("loai", ""), unit=request.GET.get("don-vi", ""))
    page = Paginator(found.pop("rows"), A_PAGE).get_page(request.GET.get("trang"))
    as_of = refresh_signs().at
    return show(
        request, "signals.html", current="console_signals", period=period, page=page, as_of=as_of, **found
    )


@require_safe
@officer_page
def one(request: HttpRequest, code: str, agency: int, month: str) -> HttpResponse:
    """One kind at one agency in one month, whether or not it is a signal: it opens to its dossiers."""
    by, period = actor_of(request), queries.period_of(month)
    place = Organisation.objects.filter(pk=agency).first()
    if place is None:
        raise UnknownDetector
    part = "rest" if request.GET.get("phan") == "con-lai" else "part"
    found = facts.opened(open_signal(code, place, period.month, by=by), period, part=part)
    page = Paginator(found.pop("ids"), A_PAGE).get_page(request.GET.get("trang"))
    rows = figures.rows_of(list(page.object_list), by=by)
    return show(
        request, "signal.html", current="console_signals", period=period, page=page, rows=rows, **found
    )
