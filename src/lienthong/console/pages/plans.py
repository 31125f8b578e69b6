"""Pages on plans and targets."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.conference.public import open_meeting_to_run
from lienthong.console import aims, histories, queries
from lienthong.console.addresses import question
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
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """/dieu-hanh/chi-tieu-giao/<pk>/: what was set, where it stands, what is to be expected."""
    period = queries.period_of(request.GET.get("thang", ""))
    by = actor_of(request)
    facts = aims.of_target(pk, period, by=by)
    content = _("Có giải pháp để đạt chỉ tiêu “{subject}”").format(subject=facts["target"].subject)
    link = conclude_link(open_meeting_to_run(by=by), text=content)
    return show(request, "target.html", current="console_plans", period=period, conclude_url=link, **facts)
