"""The index of QĐ 766 for one agency: own beside official, component by component, down to the dossiers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.console import figures, queries
from lienthong.console.queries import NoSuchPlace, Period
from lienthong.console.score import facts
from lienthong.console.score import official as official_facts
from lienthong.console.score.forms import OfficialForm, WithdrawForm
from lienthong.console.show import show
from lienthong.documents.public import serve
from lienthong.fields.public import refusals_at, sentence_of
from lienthong.identity.public import Actor, actor_of, allowed, officer_page, require
from lienthong.indicators.public import (
    OfficialScore,
    TooManyToCountLive,
    agency_score,
    dossiers_of,
    summed_score,
    withdraw_official_score,
)
from lienthong.organisations.public import Organisation

A_PAGE = 50


@require_safe
@officer_page
def agency(request: HttpRequest, agency: int) -> HttpResponse:
    """/dieu-hanh/chi-so-766/<agency>/?thang=&dem=: `dem` names the counter whose dossiers are listed."""
    by, period = actor_of(request), queries.period_of(request.GET.get("thang", ""))
    place = _place(agency)
    found = agency_score(place, period.month, by=by)
    counter = request.GET.get("dem", "")
    expected = facts.counted(found, counter)
    ids = dossiers_of(counter, place, period.month, by=by) if expected is not None else []
    page = Paginator(ids, A_PAGE).get_page(request.GET.get("trang"))
    return show(
        request, "score.html", current="console", period=period, page=page, expected=expected,
        counter=facts.counter_name(counter), rows=figures.rows_of(list(page.object_list), by=by),
        adds_up=len(ids) == expected, may_enter=allowed(by, "indicators.enter_official", place), **facts.of_agency(found, period, counter=counter),
    )  # fmt: skip


@require_safe
@officer_page
def country(request: HttpRequest) -> HttpResponse:
    """/dieu-hanh/chi-so-766/?thang=&tp=: the country; `tp` names the component whose parts are listed."""
    return _summed(request, None)


@require_safe
@officer_page
def top(request: HttpRequest, top: str) -> HttpResponse:
    """/dieu-hanh/chi-so-766/don-vi/<top>/?thang=&tp=: a province or ministry with all its agencies."""
    if top not in queries.places():
        raise NoSuchPlace
    return _summed(request, top)


def _summed(request: HttpRequest, top: str | None) -> HttpResponse:
    by, period = actor_of(request), queries.period_of(request.GET.get("thang", ""))
    place = Organisation.objects.filter(code=top, parent__isnull=True).last() if top else None
    may_enter = place is not None and allowed(by, "indicators.enter_official", place)
    shown: dict[str, Any] = {"period": period, "place": place, "may_enter": may_enter, "too_many": ""}
    try:
        shown |= facts.of_sum(summed_score(top, period.month, by=by), period, code=request.GET.get("tp", ""))
    except TooManyToCountLive as why:
        shown |= {"too_many": sentence_of(why), "trail": facts.trail(period, _("Cả nước"), "")}
    return show(request, "score_sum.html", current="console", **shown)


@officer_page
def official(request: HttpRequest, agency: int) -> HttpResponseBase:
    """/dieu-hanh/chi-so-766/<agency>/diem-chinh-thuc/?thang=: what was published, entered and corrected."""
    by, period, place = actor_of(request), queries.period_of(request.GET.get("thang", "")), _place(agency)
    require(by, "indicators.enter_official", place)
    form, back = OfficialForm(period.month), WithdrawForm(official_facts.standing(place, by=by))
    if request.method == "POST" and "rut" in request.POST:
        back = WithdrawForm(official_facts.standing(place, by=by), request.POST)
        if back.is_valid() and _withdrawn(back, by):
            return _told(request, place, period, _("Đã rút điểm ghi nhầm; dòng cũ vẫn đọc được."))
    elif request.method == "POST":
        form = OfficialForm(period.month, request.POST, request.FILES)
        if form.is_valid() and official_facts.enter(request, place, form, by=by):
            return _told(request, place, period, _("Đã ghi điểm chính thức."))
    failed = form if form.errors else back
    return show(
        request, "official.html", current="console", status=422 if failed.errors else 200, period=period, form=form,
        back=back, failed=failed, **official_facts.of_agency(place, period.month, by=by),
    )  # fmt: skip


def _withdrawn(form: WithdrawForm, by: Actor) -> bool:
    with refusals_at(form):
        withdraw_official_score(**form.cleaned_data, by=by)
    return not form.errors


def _told(request: HttpRequest, place: Organisation, period: Period, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect(reverse("console_official", args=[place.pk]) + period.query)


@require_safe
@officer_page
def official_file(request: HttpRequest, agency: int, entry: int) -> HttpResponseBase:
    """/dieu-hanh/chi-so-766/<agency>/diem-chinh-thuc/<entry>/tep/: the publication itself."""
    place = _place(agency)
    require(actor_of(request), "indicators.read", place)
    found = OfficialScore.objects.select_related("document").filter(pk=entry, agency=place).first()
    if found is None or found.document is None:
        raise Http404(entry)
    return serve(found.document)


def _place(agency: int) -> Organisation:
    """Raises NoSuchPlace."""
    place = Organisation.objects.select_related("unit").filter(pk=agency).first()
    if place is None:
        raise NoSuchPlace
    return place
