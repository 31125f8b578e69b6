"""The administrators' pages: officers' accounts, their roles and posts, and what they lost."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lienthong.fields.public import sentence_of
from lienthong.identity import actions
from lienthong.identity.actors import actor_of, recently_authenticated
from lienthong.identity.forms_of_accounts import (
    EndRoleForm,
    FindForm,
    LeavePostForm,
    OfficerForm,
    PostForm,
    RoleForm,
    SourceForm,
)
from lienthong.identity.gates import officer_page, reauthenticate_url
from lienthong.identity.models import Account
from lienthong.identity.queries_of_accounts import account_page, find_officer, officers_seen_by
from lienthong.identity.rules import Actor, NotAllowed, require
from lienthong.kit.errors import Refused

A_PAGE: Final = 50
PROOF_HOLDS: Final = timedelta(minutes=15)
"""How long after proving who one is accounts may be changed. Our setting."""

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def administrator_page(page: Page[P]) -> Page[P]:
    """For administrators who proved lately who they are; for anybody else there is no such page."""

    @never_cache
    @officer_page
    @wraps(page)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        require(actor_of(request), "identity.keep_officers", None)
        if not recently_authenticated(request, PROOF_HOLDS):
            return HttpResponseRedirect(reauthenticate_url(request))
        return page(request, *args, **kwargs)

    return opened


def show(request: HttpRequest, template: str, *, status: int = 200, **facts: Any) -> HttpResponse:
    nav = [{"label": _("Tài khoản cán bộ"), "url": reverse("accounts"), "current": True, "count": ""}]
    frame = {"hall_name": _("Quản trị tài khoản"), "hall_nav": nav, "me": actor_of(request).name}
    return render(request, f"identity/{template}", frame | facts, status=status)


@administrator_page
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """/quan-tri/tai-khoan/: officers by name or sign-in name."""
    found = officers_seen_by(actor_of(request), request.GET.get("q", "").strip()[:100])
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return show(request, "accounts.html", page=page, filters=FindForm(initial=request.GET.dict()))


@administrator_page
def new_account(request: HttpRequest) -> HttpResponse:
    """/quan-tri/tai-khoan/moi/: make one; its password is on the answer to this very POST and nowhere else."""
    form = OfficerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            account, password = actions.create_officer(**form.cleaned_data, by=actor_of(request))
        except NotAllowed:
            raise
        except Refused as why:
            form.add_error("sign_in_name", sentence_of(why))
        else:
            return show(request, "one_time_password.html", account=account, password=password, new=True)
    return show(request, "account_new.html", form=form, status=422 if form.errors else 200)


@administrator_page
@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """/quan-tri/tai-khoan/<pk>/: roles, posts, second steps, and what may be done."""
    return show_account(request, seen(request, pk))


def seen(request: HttpRequest, pk: int) -> Account:
    """The officer's account, if this administrator may see it; else 404, as for one that is not there."""
    found = find_officer(pk)
    if found is None:
        raise Http404(str(pk))
    require(actor_of(request), "identity.keep_officers", found)
    return found


FORMS: Final[dict[str, type[Form]]] = {
    "vai-tro": RoleForm,
    "thoi-vai-tro": EndRoleForm,
    "chuc-danh": PostForm,
    "thoi-chuc-danh": LeavePostForm,
    "buoc-hai": SourceForm,
    "mo-khoa": SourceForm,
    "mat-khau": SourceForm,
    "dong": SourceForm,
}


def show_account(
    request: HttpRequest, found: Account, failed: str = "", form: Form | None = None
) -> HttpResponse:
    by = actor_of(request)
    facts = account_page(found, by=by)
    forms = {name.replace("-", "_"): make(prefix=name) for name, make in FORMS.items()}
    if form is not None:
        forms[failed.replace("-", "_")] = form
    status = 422 if form is not None else 200
    return show(
        request,
        "account.html",
        account=found,
        page=facts,
        forms=forms,
        failed=failed,
        failed_form=form,
        status=status,
    )


@administrator_page
@require_POST
def change(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """/quan-tri/tai-khoan/<pk>/<name>/: one act on one account."""
    found, make = seen(request, pk), FORMS.get(name)
    if make is None:
        raise Http404(name)
    form = make(request.POST, prefix=name)
    if not form.is_valid():
        return show_account(request, found, name, form)
    try:
        done = ACTS[name](found, actor_of(request), **form.cleaned_data)
    except NotAllowed:
        raise
    except Refused as why:
        form.add_error(None, sentence_of(why))
        return show_account(request, found, name, form)
    if name == "mat-khau":
        return show(request, "one_time_password.html", account=found, password=done, new=False)
    messages.success(request, _("Đã ghi nhận."))
    return redirect("account", pk)


def end_role(account: Account, by: Actor, *, held: int, **facts: Any) -> None:
    assignment = account.assignments.select_related("organisation", "account").filter(pk=held).first()
    if assignment is None:
        raise Http404(str(held))
    actions.end_role(assignment=assignment, by=by, **facts)


ACTS: Final[dict[str, Callable[..., Any]]] = {
    "vai-tro": lambda account, by, **facts: actions.assign_role(account=account, by=by, **facts),
    "thoi-vai-tro": end_role,
    "chuc-danh": lambda account, by, **facts: actions.appoint_to_post(account=account, by=by, **facts),
    "thoi-chuc-danh": lambda account, by, **facts: actions.leave_post(account=account, by=by, **facts),
    "buoc-hai": lambda account, by, source: actions.reset_second_step(account=account, source=source, by=by),
    "mo-khoa": lambda account, by, source: actions.unlock_account(account=account, source=source, by=by),
    "mat-khau": lambda account, by, source: actions.give_one_time_password(
        account=account, source=source, by=by
    ),
    "dong": lambda account, by, source: actions.close_account(account=account, source=source, by=by),
}
