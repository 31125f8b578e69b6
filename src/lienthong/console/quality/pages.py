"""Quality of sectors' data: country, province, commune, down to the records, without persons."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.console.quality import facts
from lienthong.console.show import show
from lienthong.identity.public import actor_of, officer_page
from lienthong.registries.public import NoSuchSource, Source, readings, records_behind, source_of, sources

A_PAGE = 50


def source_or_404(code: str) -> Source:
    try:
        return source_of(code)
    except NoSuchSource as missing:
        raise Http404(code) from missing


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    first = (_("Chất lượng dữ liệu"), reverse("console_quality"))
    return [{"label": label, "url": url} for label, url in (first, *steps)]


@require_safe
@officer_page
def country(request: HttpRequest) -> HttpResponse:
    """/dieu-hanh/chat-luong/?nguon=: one source, province by province."""
    by = actor_of(request)
    known = readings(by=by)
    every = [(one, known.get(one.pk)) for one in sources()]
    wanted = request.GET.get("nguon", "")
    shown = source_or_404(wanted) if wanted else next((one for one, reading in every if reading), None)
    page = facts.of_country(shown, known, by=by) if shown else {}
    choices = [(one, reading, shown == one) for one, reading in every if reading]
    return show(request, "quality.html", current="console_quality", choices=choices, **page)


@require_safe
@officer_page
def province(request: HttpRequest, source: str, province: str) -> HttpResponse:
    """…/<source>/<province>/: commune by commune."""
    shown = source_or_404(source)
    page = facts.of_province(shown, province, by=actor_of(request))
    above = (shown.name, f"{reverse('console_quality')}?nguon={shown.code}")
    return show(
        request,
        "quality_place.html",
        current="console_quality",
        trail=trail(above, (page["name"], "")),
        **page,
    )


@require_safe
@officer_page
def commune(request: HttpRequest, source: str, province: str, commune: str) -> HttpResponse:
    """…/<source>/<province>/<commune>/?quy-tac=: rule by rule, then the records that break one."""
    by, shown = actor_of(request), source_or_404(source)
    page = facts.of_commune(shown, province, commune, by=by)
    above = facts.place_of(province)
    steps = [
        (shown.name, f"{reverse('console_quality')}?nguon={shown.code}"),
        (
            above.name if above else _("Chưa rõ địa bàn"),
            reverse("console_quality_province", args=[source, province]),
        ),
        (page["name"], ""),
    ]
    rule = request.GET.get("quy-tac", "")
    place = "" if commune == facts.NOWHERE else commune
    found = records_behind(shown, by=by, rules=[rule], communes=[place]) if rule else None
    records = Paginator(found, A_PAGE).get_page(request.GET.get("page")) if found is not None else None
    return show(
        request, "quality_commune.html", current="console_quality", trail=trail(*steps), page=records,
        rows=[facts.record_row(one) for one in records or ()],
        rule=facts.sentence_of_rule(shown, rule) if rule else "", **page,
    )  # fmt: skip
