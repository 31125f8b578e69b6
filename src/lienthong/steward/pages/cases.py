"""The queue, and one case: look, decide, on to the next."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lienthong.cleaning.public import (
    Case,
    Wanted,
    answer_case,
    case_of,
    confirm_case,
    decide_case,
    open_queue,
    place_in,
    promise_fix,
    turn_down_case,
    undo_case,
)
from lienthong.fields.public import sentence_of
from lienthong.identity.public import Actor, NotAllowed, actor_of
from lienthong.kit.errors import Refused, said
from lienthong.registries.public import sources
from lienthong.steward.forms.cases import DecideForm, FilterForm, GroundForm, SweepForm
from lienthong.steward.pages.show import show, steward_page
from lienthong.steward.queries.address import address_of, wanted_of
from lienthong.steward.queries.cases import CasePage, case_page, chips_of, rows_of

A_PAGE = 50


@steward_page
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """/du-lieu/viec/: what waits for a person, by verdict; one rule may be decided for all of a filter."""
    return show_queue(request, wanted_of(request.GET))


def show_queue(
    request: HttpRequest, wanted: Wanted, sweep: SweepForm | None = None, *, status: int = 200
) -> HttpResponse:
    by = actor_of(request)
    opened = open_queue(wanted, by=by)
    pages = Paginator(opened.found, A_PAGE)
    pages.count = opened.shown  # a cached_property: the chips have counted already
    page = pages.get_page(request.GET.get("page"))
    query = urlencode(address_of(wanted))
    proposals = opened.states.get("proposed", 0) if wanted.state == "proposed" else 0
    return show(
        request, "queue.html", current="queue", status=status, queue=opened, page=page, rows=rows_of(page, query),
        chips=chips_of(opened, wanted), filters=FilterForm(opened, wanted, list(sources())), query=query,
        sweep=sweep or SweepForm(wanted, proposals=proposals), may_sweep=bool(wanted.verdict or proposals),
        wanted=wanted,
    )  # fmt: skip


@steward_page
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """/du-lieu/viec/<n>/: both records side by side; the person meant is read once, with purpose and ground."""
    by = actor_of(request)
    case = case_of(pk, by=by)
    at = request.GET.get("nguoi", "0")
    return show_case(request, case_page(case, person=int(at) if at.isdigit() else 0, by=by))


def show_case(
    request: HttpRequest, page: CasePage, failed: tuple[str, Form] | None = None, *, status: int = 200
) -> HttpResponse:
    wanted = wanted_of(request.GET)
    name, form = failed or ("", None)
    forms = {act: form if form and act == name else FORMS[act](page) for act in page.acts}
    return show(
        request, "case.html", current="queue", status=status, page=page, forms=forms, failed=form,
        place=place_in(wanted, page.case.pk, by=actor_of(request)), query=urlencode(address_of(wanted)),
    )  # fmt: skip


FORMS: Final[Mapping[str, Callable[..., GroundForm]]] = {
    "quyet-dinh": lambda page, *data: DecideForm(page.case, *data, person=page.person_at),
    "xac-nhan": lambda page, *data: GroundForm(page.case, *data, label=_("Nhận xét khi xác nhận")),
    "khong-dong-y": lambda page, *data: GroundForm(
        page.case, *data, label=_("Lý do rút lại") if page.proposed_by_me else _("Lý do không đồng ý")
    ),
    "hoan-tac": lambda page, *data: GroundForm(page.case, *data, label=_("Lý do hoàn tác")),
    "tra-loi": lambda page, *data: GroundForm(page.case, *data, label=_("Kết quả xác minh")),
    "nhan-sua": lambda page, *data: GroundForm(page.case, *data, label=_("Sẽ sửa thế nào")),
}
DONE: Final[Mapping[str, str]] = {
    "quyet-dinh": said("Đã ghi quyết định."),
    "xac-nhan": said("Đã xác nhận. Quyết định có hiệu lực."),
    "khong-dong-y": said("Đã trả lại. Việc mở lại để quyết định."),
    "hoan-tac": said("Đã hoàn tác. Việc mở lại để quyết định."),
    "tra-loi": said("Đã gửi trả lời."),
    "nhan-sua": said("Đã nhận sửa tại nguồn."),
}


@steward_page
@require_POST
def do(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    """/du-lieu/viec/<n>/<act>/: one act, by POST; a decision leads straight to the next case."""
    by = actor_of(request)
    case = case_of(pk, by=by)
    if act not in FORMS:
        raise Http404(act)
    page = case_page(case, person=0, by=by, reading=False)
    form = FORMS[act](page, request.POST)
    place = place_in(wanted_of(request.GET), pk, by=by)
    if form.is_valid() and carried_out(request, pk, act, form, by):
        messages.success(request, _(DONE[act]))
        return redirect(next_address(request, place.after or place.before, pk, act))
    return show_case(request, case_page(case_of(pk, by=by), person=0, by=by), (act, form), status=422)


def next_address(request: HttpRequest, after: int | None, pk: int, act: str) -> str:
    """After a decision the next case of the queue; after anything else the same case."""
    query = urlencode(address_of(wanted_of(request.GET)))
    tail = f"?{query}" if query else ""
    if act in {"quyet-dinh", "xac-nhan"}:
        return (reverse("steward:case", args=[after]) if after else reverse("steward:queue")) + tail
    return reverse("steward:case", args=[pk]) + tail


def carried_out(request: HttpRequest, pk: int, act: str, form: GroundForm, by: Actor) -> bool:
    """Do it; a refusal becomes a sentence above the page as it now is."""
    seen, ground = form.cleaned_data["seen"], form.cleaned_data["ground"]
    try:
        deed(act, form)(case=pk, by=by, seen=seen, **words(act, ground))
    except NotAllowed:
        raise
    except Refused as why:
        form.add_error(None, sentence_of(why))
        return False
    return True


def words(act: str, ground: str) -> dict[str, str]:
    return {"answer" if act in {"tra-loi", "nhan-sua"} else "ground": ground}


def deed(act: str, form: GroundForm) -> Callable[..., Case]:
    if isinstance(form, DecideForm):
        facts: dict[str, Any] = form.facts()
        return lambda **more: decide_case(**facts, **more)
    deeds: dict[str, Callable[..., Case]] = {
        "xac-nhan": confirm_case,
        "khong-dong-y": turn_down_case,
        "hoan-tac": undo_case,
        "tra-loi": answer_case,
        "nhan-sua": promise_fix,
    }
    return deeds[act]
