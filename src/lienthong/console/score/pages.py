"""The index of QĐ 766 for one agency: own beside official, component by component, down to the dossiers."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lienthong.console import figures, queries
from lienthong.console.queries import NoSuchPlace
from lienthong.console.score import facts
from lienthong.console.show import show
from lienthong.identity.public import actor_of, officer_page
from lienthong.indicators.public import agency_score, dossiers_of
from lienthong.organisations.public import Organisation

A_PAGE = 50


@require_safe
@officer_page
def agency(request: HttpRequest, agency: int) -> HttpResponse:
    """/dieu-hanh/chi-so-766/<agency>/?thang=&dem=: `dem` names the counter whose dossiers are listed."""
    by, period = actor_of(request), queries.period_of(request.GET.get("thang", ""))
    place = Organisation.objects.select_related("unit").filter(pk=agency).first()
    if place is None:
        raise NoSuchPlace
    found = agency_score(place, period.month, by=by)
    counter = request.GET.get("dem", "")
    expected = facts.counted(found, counter)
    ids = dossiers_of(counter, place, period.month, by=by) if expected is not None else []
    page = Paginator(ids, A_PAGE).get_page(request.GET.get("trang"))
    return show(
        request, "score.html", current="console", period=period, page=page, expected=expected,
        counter=facts.counter_name(counter), rows=figures.rows_of(list(page.object_list), by=by),
        adds_up=len(ids) == expected, **facts.of_agency(found, period, counter=counter),
    )  # fmt: skip
