"""Pages on plans and targets."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.conference.public import open_meeting_to_run
from lienthong.console import aims, bodies, histories, queries
from lienthong.console.addresses import AS_OF, day_of, question
from lienthong.console.meetings.facts import conclude_link
from lienthong.console.show import show
from lienthong.identity.public import actor_of, officer_page
from lienthong.steering.public import plans, plans_to_assign, targets


@require_safe
@officer_page
def plan_list(request: HttpRequest) -> HttpResponse:
    """/dieu-hanh/ke-hoach/: every plan, the newest first."""
    may_assign = bool(plans_to_assign(actor_of(request)))
    return show(
        request,
        "plans.html",
        current="console_plans",
        plans=plans(),
        targets=targets(),
        may_assign=may_assign,
    )


@require_safe
@officer_page
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """/dieu-hanh/ke-hoach/<code>/: who follows it, its targets, its tasks."""
    facts = histories.of_plan(code, question(request.GET), by=actor_of(request))
    return show(request, "plan.html", current="console_plans", **facts)


@require_safe
@officer_page
def body_list(request: HttpRequest) -> HttpResponse:
    """/dieu-hanh/to-chuc/: who steers."""
    as_of = day_of(request.GET.get(AS_OF, "")) or timezone.localdate()
    rows = bodies.of_bodies(as_of, by=actor_of(request))
    return show(request, "bodies.html", current="console_plans", rows=rows, as_of=as_of)


@require_safe
@officer_page
def body(request: HttpRequest, code: str) -> HttpResponse:
    """/dieu-hanh/to-chuc/<code>/?tinh-den=: its members and posts on a day, and over time."""
    as_of = day_of(request.GET.get(AS_OF, "")) or timezone.localdate()
    facts = bodies.of_body(code, as_of, by=actor_of(request))
    return show(request, "body.html", current="console_plans", **facts)


@require_safe
@officer_page
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """/dieu-hanh/chi-tieu-giao/<pk>/: what was set, where it stands, what is to be expected."""
    period = queries.period_of(request.GET.get("thang", ""))
    by = actor_of(request)
    facts = aims.of_target(pk, period, by=by)
    content = _("Có giải pháp để đạt chỉ tiêu “{subject}”").format(subject=facts["target"].subject)
    link = conclude_link(open_meeting_to_run(by=by), text=content)
    return show(request, "target.html", current="console_plans", period=period, conclude_url=link, **facts)
