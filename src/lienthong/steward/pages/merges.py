"""Two records of the register that may be one person: the list, the two side by side, one act."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lienthong.cleaning.public import (
    Merge,
    MergeState,
    case_of,
    confirm_merge,
    keep_apart,
    latest_search,
    merge_of,
    merges_for,
    next_merge,
    open_merge,
    propose_merge,
    propose_renumbering,
    turn_down_merge,
    undo_merge,
)
from lienthong.data.sources import schema
from lienthong.fields.public import refusals_at
from lienthong.identity.public import Actor, actor_of, allowed, require
from lienthong.kit.errors import said
from lienthong.registries.public import record_of
from lienthong.steward.forms.merges import AnswerForm, ProposeForm, RenumberForm, TwoForm
from lienthong.steward.jobs import begin_searching
from lienthong.steward.pages.people import number_or_404
from lienthong.steward.pages.show import show, steward_page
from lienthong.steward.queries.merges import MergePage, merge_chips, merge_page, merge_rows

A_PAGE = 50


@steward_page
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """/du-lieu/gop/: pairs asked about, and where to ask about another."""
    return show_every(request, TwoForm(known=person_named(request)))


def person_named(request: HttpRequest, ways: Mapping[str, Callable[[str, Actor], str]] | None = None) -> str:
    """?viec=<n>, ?ban-ghi=<n>, ?nguoi=<ref>: whoever comes from a case, a record or a person asks about him; else ""."""
    by = actor_of(request)
    for name, number_of in (ways or COMING_FROM).items():
        if typed := request.GET.get(name, ""):
            return number_of(typed, by)
    return ""


def number_of_case(typed: str, by: Actor) -> str:
    if not is_id(typed):
        return ""
    case = case_of(int(typed), by=by)
    require(by, "cleaning.decide", case)
    return str(case.candidates[0]["number"]) if case.candidates else ""


def number_of_record(typed: str, by: Actor) -> str:
    if not is_id(typed):
        return ""
    found = record_of(int(typed), by=by)
    return found.personal_number if schema(found.source.schema).own else ""


def number_of_ref(typed: str, by: Actor) -> str:
    try:
        return number_or_404(UUID(typed), by)
    except ValueError:
        return ""


def is_id(typed: str) -> bool:
    return typed.isdigit() and len(typed) < 19


COMING_FROM: Final = {"viec": number_of_case, "ban-ghi": number_of_record, "nguoi": number_of_ref}


def show_every(request: HttpRequest, form: TwoForm, *, status: int = 200) -> HttpResponse:
    by, typed = actor_of(request), request.GET.get("trang-thai", "")
    state = typed if typed in set(MergeState) else ""
    page = Paginator(merges_for(by, state=state), A_PAGE).get_page(request.GET.get("page"))
    return show(
        request, "merges.html", current="merges", status=status, page=page, rows=merge_rows(page), form=form,
        chips=merge_chips(by, state), search=latest_search(), may_search=allowed(by, "cleaning.find_duplicates", None),
    )  # fmt: skip


@steward_page
@require_POST
def search(request: HttpRequest) -> HttpResponseBase:
    """/du-lieu/gop/do/: the register is searched for people who are in it twice, beside the answer."""
    by = actor_of(request)
    require(by, "cleaning.find_duplicates", None)
    begin_searching(by)
    messages.success(
        request, _("Đang dò người trùng. Các cặp tìm thấy hiện ở trang này khi xong, thường sau vài phút.")
    )
    return redirect("steward:merges")


@steward_page
@require_POST
def begin(request: HttpRequest) -> HttpResponseBase:
    """/du-lieu/gop/so-sanh/: two numbers, by POST, so that they stand in no address; or two records (&kia=<n>)."""
    pair = person_named(request, {"kia": number_of_record})
    form = TwoForm({"other": pair} if pair else request.POST, known=person_named(request))
    if form.is_valid():
        with refusals_at(form):
            return redirect("steward:merge", open_merge(numbers=form.numbers, by=actor_of(request)).pk)
    return show_every(request, form, status=422)


@steward_page
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """/du-lieu/gop/<n>/: side by side while it is asked; both are read with purpose and ground."""
    return show_merge(request, merge_of(pk, by=actor_of(request)))


def show_merge(
    request: HttpRequest, merge: Merge, failed: tuple[str, AnswerForm] | None = None, *, status: int = 200
) -> HttpResponse:
    page = merge_page(merge, by=actor_of(request))
    name, form = failed or ("", None)
    asked = {act: form if form and act == name else FORMS[act](merge, act) for act in page.acts}
    forms = {act: fitted(one, page, act) for act, one in asked.items()}
    following = next_merge(merge, by=actor_of(request))
    return show(
        request,
        "merge.html",
        current="merges",
        status=status,
        page=page,
        forms=forms,
        failed=form,
        following=following,
    )


def fitted(form: AnswerForm, page: MergePage, act: str) -> AnswerForm:
    if act == "khong-dong-y" and page.proposed_by_me:
        form.fields["ground"].label = _("Lý do rút lại")
    return form.fit(page.takeable, needs_paper=page.needs_paper) if isinstance(form, ProposeForm) else form


def apart(merge: Merge, *facts: Any) -> AnswerForm:
    label = _("Căn cứ giữ số đang dùng") if merge.renumbers else _("Căn cứ là hai người")
    return AnswerForm(merge, *facts, label=label)


def renumber(*, merge: int, by: Actor, **facts: Any) -> Merge:
    """What was turned down is proposed anew."""
    return propose_renumbering(number=merge_of(merge, by=by).one, by=by, **facts)


FORMS: Final[Mapping[str, Callable[..., AnswerForm]]] = {
    "de-nghi": ProposeForm,
    "doi-so": RenumberForm,
    "khac-nhau": apart,
    "xac-nhan": lambda *facts: AnswerForm(*facts, label=_("Nhận xét khi xác nhận")),
    "khong-dong-y": lambda *facts: AnswerForm(*facts, label=_("Lý do không đồng ý")),
    "hoan-tac": lambda *facts: AnswerForm(*facts, label=_("Lý do hoàn tác")),
}
DEEDS: Final[Mapping[str, Callable[..., Merge]]] = {
    "de-nghi": propose_merge,
    "doi-so": renumber,
    "khac-nhau": keep_apart,
    "xac-nhan": confirm_merge,
    "khong-dong-y": turn_down_merge,
    "hoan-tac": undo_merge,
}
DONE: Final[Mapping[str, str]] = {
    "de-nghi": said("Đã ghi đề nghị. Một người quản lý dữ liệu khác phải xác nhận."),
    "doi-so": said("Đã ghi đề nghị. Một người quản lý dữ liệu khác phải xác nhận."),
    "khac-nhau": said("Đã ghi câu trả lời. Cơ sở dữ liệu dân cư giữ nguyên."),
    "xac-nhan": said("Đã xác nhận. Cơ sở dữ liệu dân cư đã ghi."),
    "khong-dong-y": said("Đã trả lại. Cơ sở dữ liệu dân cư giữ nguyên."),
    "hoan-tac": said("Đã hoàn tác. Cơ sở dữ liệu dân cư như trước."),
}


@steward_page
@require_POST
def do(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    """/du-lieu/gop/<n>/<act>/: one act; a refusal becomes a sentence above the page as it now is."""
    by = actor_of(request)
    merge = merge_of(pk, by=by)
    if act not in FORMS:
        raise Http404(act)
    form = FORMS[act](merge, act, request.POST)
    if form.is_valid():
        with refusals_at(form):
            DEEDS[act](merge=pk, by=by, **form.facts())
            messages.success(request, _(DONE[act]))
            return redirect("steward:merge", onward(merge, act, by))
    return show_merge(request, merge_of(pk, by=by), (act, form), status=422)


ANSWERS: Final = frozenset({"de-nghi", "doi-so", "khac-nhau", "xac-nhan"})


def onward(merge: Merge, act: str, by: Actor) -> int:
    """An answer leads straight to the next question; what was taken back, or has no next, stays."""
    following = next_merge(merge, by=by) if act in ANSWERS else None
    return following or merge.pk
