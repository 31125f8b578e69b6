"""Pages of the committees' hall. Each shows a figure and the way one step further down."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lienthong.conference.public import open_meeting_to_see
from lienthong.console import figures, histories, queries, registers
from lienthong.console.addresses import question
from lienthong.console.show import show
from lienthong.dossiers.public import course_of, late_by_authority
from lienthong.identity.public import actor_of, officer_page
from lienthong.indicators.public import Tier, indicator

PAGE = 50


@require_safe
@officer_page
def overview(request: HttpRequest) -> HttpResponse:
    """The national page: verdicts first, then the map, the ranking, the late."""
    by = actor_of(request)
    period = queries.period_of(request.GET.get("thang", ""))
    shown = indicator(request.GET.get("chi-tieu", "online_dossiers"))
    facts = figures.national(queries.overview(period, shown, by=by), period)
    late = late_by_authority(by=by, limit=6)
    tasks = registers.summary(question({}), by=by)
    return show(request, "overview.html", current="console", period=period, late=late, tasks=tasks, **facts)


@require_safe
@officer_page
def wall(request: HttpRequest) -> HttpResponse:
    """The meeting-room screen: one look, no scrolling, nobody's data."""
    by = actor_of(request)
    period = queries.period_of(request.GET.get("thang", ""))
    seen = queries.overview(period, indicator(request.GET.get("chi-tieu", "online_dossiers")), by=by)
    late = late_by_authority(by=by, limit=5)
    return show(
        request,
        "wall.html",
        current="console_wall",
        period=period,
        late=late,
        tasks=registers.summary(question({}), by=by),
        meeting=open_meeting_to_see(by=by),
        **figures.national(seen, period),
    )


@require_safe
@officer_page
def country(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator over the country or a tier, part by part."""
    tier = Tier(request.GET["cap"]) if request.GET.get("cap") in set(Tier) else None
    period = queries.period_of(request.GET.get("thang", ""))
    facts = figures.of_country(indicator(code), period, tier, by=actor_of(request))
    return show(request, "figure.html", current="console", period=period, **facts)


@require_safe
@officer_page
def top(request: HttpRequest, code: str, top: str) -> HttpResponse:
    """One indicator in a province or ministry, agency by agency."""
    period = queries.period_of(request.GET.get("thang", ""))
    facts = figures.of_top(indicator(code), period, top, by=actor_of(request))
    return show(request, "figure.html", current="console", period=period, **facts)


@require_safe
@officer_page
def agency(request: HttpRequest, code: str, agency: int) -> HttpResponse:
    """The last step: the dossiers that make the figure of one agency, and those that do not."""
    period = queries.period_of(request.GET.get("thang", ""))
    part = "rest" if request.GET.get("phan") == "con-lai" else "part"
    facts = figures.of_agency(
        indicator(code),
        period,
        agency,
        part=part,
        procedure=request.GET.get("thu-tuc", ""),
        by=actor_of(request),
    )
    page = Paginator(facts.pop("ids"), PAGE).get_page(request.GET.get("trang"))
    rows = figures.rows_of(list(page.object_list), by=actor_of(request))
    return show(request, "agency.html", current="console", period=period, page=page, rows=rows, **facts)


@require_safe
@officer_page
def course(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier's course without its person: states, moments, due dates."""
    dossier, ledger = course_of(code, by=actor_of(request))
    return show(
        request, "course.html", current="console", dossier=dossier, ledger=figures.steps(ledger),
        **histories.conclusion_on(dossier, by=actor_of(request)),
    )  # fmt: skip


@require_safe
@officer_page
def late(request: HttpRequest) -> HttpResponse:
    """Open dossiers past their due moment, by the agency that must act."""
    rows = late_by_authority(by=actor_of(request), limit=None)
    page = Paginator(rows, PAGE).get_page(request.GET.get("trang"))
    return show(request, "late.html", current="console_late", page=page, total=sum(row.count for row in rows))
