"""Pages on tasks: counts, the late ones, the rows behind, one task, an agency's own, a new one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from lienthong.conference.public import called_off_ahead
from lienthong.console import histories, registers
from lienthong.console.addresses import BUCKET, CAUSE, UNIT, question
from lienthong.console.forms import AssignForm, QuestionForm, StepForm
from lienthong.console.show import show
from lienthong.console.steps import form_of, steps_of, take_step
from lienthong.documents.public import serve
from lienthong.fields.public import sentence_of
from lienthong.identity.public import NotAllowed, actor_of, officer_page
from lienthong.kit.errors import Refused
from lienthong.steering.public import evidence_of, plans_to_assign, task_page

PAGE = 50


@require_safe
@officer_page
def board(request: HttpRequest) -> HttpResponse:
    """/dieu-hanh/nhiem-vu/: tasks by bucket and unit, causes, the latest."""
    asked = question(request.GET)
    facts = registers.board(asked, by=actor_of(request))
    may_assign = bool(plans_to_assign(actor_of(request)))
    return show(
        request,
        "tasks.html",
        current="console_tasks",
        form=QuestionForm(asked),
        may_assign=may_assign,
        **facts,
    )


@require_safe
@officer_page
def late(request: HttpRequest) -> HttpResponse:
    """/dieu-hanh/nhiem-vu/cham/: every late task, its cause, who must act."""
    facts = registers.late_page(question(request.GET), request.GET.get(CAUSE, ""), by=actor_of(request))
    page = Paginator(facts.pop("late"), PAGE).get_page(request.GET.get("page"))
    return show(request, "late_tasks.html", current="console_tasks", page=page, **facts)


@require_safe
@officer_page
def listing(request: HttpRequest) -> HttpResponse:
    """/dieu-hanh/nhiem-vu/danh-sach/: the rows behind a number."""
    facts = registers.listing(
        question(request.GET), request.GET.get(BUCKET, ""), request.GET.get(UNIT, ""), by=actor_of(request)
    )
    page = Paginator(facts.pop("rows"), PAGE).get_page(request.GET.get("page"))
    return show(request, "task_list.html", current="console_tasks", page=page, **facts)


@require_safe
@officer_page
def task(request: HttpRequest, code: str) -> HttpResponse:
    """/dieu-hanh/nhiem-vu/<code>/: one task, where it stood, its history, and what one may write."""
    return show_task(request, code)


def show_task(request: HttpRequest, code: str, failed: tuple[str, StepForm] | None = None) -> HttpResponse:
    asked, by = question(request.GET), actor_of(request)
    page = task_page(code, asked.as_of, asked.known_at, by=by)
    steps = [
        {"step": step, "form": failed[1] if failed and failed[0] == step.slug else form_of(step, page, by=by),
         "open": bool(failed and failed[0] == step.slug)}
        for step in steps_of(page, by=by)
    ]  # fmt: skip
    return show(
        request, "task.html", current="console_tasks", status=422 if failed else 200,
        failed=failed[1] if failed else None, steps=steps, **histories.of_task(page, asked, by=by),
    )  # fmt: skip


@require_POST
@officer_page
def write(request: HttpRequest, code: str, slug: str) -> HttpResponseBase:
    """/dieu-hanh/nhiem-vu/<code>/ghi/<slug>/: one line into the ledger."""
    by = actor_of(request)
    page = task_page(code, timezone.localdate(), by=by)
    step = next((each for each in steps_of(page, by=by) if each.slug == slug), None)
    if step is None:
        raise NotAllowed
    form = form_of(step, page, request.POST, request.FILES, by=by)
    if form.is_valid() and take_step(step, page, form, request, by=by):
        messages.success(request, str(step.done))
        return redirect("console_task", code)
    return show_task(request, code, (slug, form))


@require_safe
@officer_page
def evidence(request: HttpRequest, entry: int, file: UUID) -> HttpResponseBase:
    """/dieu-hanh/minh-chung/<entry>/<file>/: a file that a line rests on."""
    found = evidence_of(entry, file, by=actor_of(request))
    if found is None:
        raise Http404(file)
    return serve(found)


@require_safe
@officer_page
def own(request: HttpRequest) -> HttpResponse:
    """/dieu-hanh/viec-cua-co-quan/: the tasks of the agencies that one speaks for."""
    by = actor_of(request)
    told = histories.own_tasks(by=by)
    return show(request, "own_tasks.html", current="console_own", called_off=called_off_ahead(by=by), **told)


@officer_page
def assign(request: HttpRequest) -> HttpResponseBase:
    """/dieu-hanh/nhiem-vu/giao/: a conclusion or another document becomes a task."""
    by = actor_of(request)
    if not plans_to_assign(by):
        raise NotAllowed
    if request.method != "POST":
        return show_assign(request, AssignForm(by, initial=histories.conclusion(request.GET)))
    form = AssignForm(by, request.POST)
    if not form.is_valid():
        return show_assign(request, form)
    try:
        made = histories.assign(form, by=by)
    except Refused as why:
        form.add_error(None, sentence_of(why))
        return show_assign(request, form)
    messages.success(request, histories.given(made))
    return redirect("console_task", made.code)


def show_assign(request: HttpRequest, form: Any) -> HttpResponse:
    return show(
        request, "assign.html", current="console_tasks", form=form, status=422 if form.errors else 200
    )
