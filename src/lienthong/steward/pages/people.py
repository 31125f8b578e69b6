"""People of the register: found, and read on a day; each reading with its ground, and only what was asked for."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lienthong.cleaning.public import Merge, questions_about
from lienthong.fields.public import sentence_of
from lienthong.identity.public import Actor, NotAllowed, actor_of, allowed, require
from lienthong.kit.errors import Refused, said
from lienthong.population.public import Purpose, UnknownPerson, find_person, number_behind
from lienthong.steward.forms.people import DayForm, FindForm
from lienthong.steward.pages.show import show, steward_page
from lienthong.steward.queries.people import (
    attribute_lines,
    household_lines,
    life_lines,
    person_then,
    refs_of,
)

BASIS: Final = "steward_basis"
"""Of a session: the ground that was typed last; it goes with every reading until another is typed."""
VIEWS: Final = {
    "": said("Bản ghi"),
    "doi-song": said("Sự kiện hộ tịch, cư trú"),
    "ho": said("Hộ gia đình"),
    "bo-sung": said("Thông tin từ cơ sở dữ liệu khác"),
}


@steward_page
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """/du-lieu/nguoi/: by number, old number or name; by POST, so that none of them stands in an address."""
    require(actor_of(request), "population.find", Purpose.REVIEW)
    form = FindForm(request.POST or None, initial={"basis": request.session.get(BASIS, "")})
    found: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            found = find_person(
                form.cleaned_data["typed"], purpose=Purpose.REVIEW, basis=form.cleaned_data["basis"],
                by=actor_of(request), birth=form.born,
            )  # fmt: skip
            request.session[BASIS] = form.cleaned_data["basis"]
        except NotAllowed:
            raise
        except Refused as why:
            form.add_error("typed", sentence_of(why))
    status = 422 if form.errors else 200
    return show(request, "people.html", current="people", status=status, form=form, found=found)


@steward_page
@require_safe
def one(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """/du-lieu/nguoi/<ref>/?xem=&ngay_0=…: what was asked for is read, and the person sees it."""
    by, basis = actor_of(request), request.session.get(BASIS, "")
    number = number_or_404(ref, by)
    if not basis:
        return ask_for_basis(request)
    form = DayForm(request.GET if "ngay_2" in request.GET else {})
    facts = seen(request.GET.get("xem", ""), number, form, basis=basis, by=by)
    status = 422 if form.errors else 200
    return show(
        request,
        "person.html",
        current="people",
        status=status,
        form=form,
        ref=ref,
        number=number,
        basis=basis,
        **facts,
    )


def ask_for_basis(request: HttpRequest) -> HttpResponseBase:
    messages.info(request, _("Ghi căn cứ xem rồi tìm lại người cần xem."))
    return redirect("steward:people")


READERS: Final = {"doi-song": life_lines, "ho": household_lines, "bo-sung": attribute_lines}


def seen(wanted: str, number: str, form: DayForm, *, basis: str, by: Actor) -> dict[str, Any]:
    """Only what is opened is read."""
    view = wanted if wanted in VIEWS else ""
    facts: dict[str, Any] = {
        "view": view,
        "views": [{"key": key, "label": _(label), "current": key == view} for key, label in VIEWS.items()],
        "day": form.cleaned_data["ngay"] if form.is_valid() else timezone.localdate(),
        "questions": questions_about(number, by=by),
    }
    if view:
        return {**facts, "lines": READERS[view](number, basis=basis, by=by)}
    return {**facts, **record_on(number, form, basis=basis, by=by)}


def number_or_404(ref: UUID, by: Actor) -> str:
    try:
        return number_behind(ref, by=by)
    except UnknownPerson as missing:
        raise Http404(ref) from missing


def record_on(number: str, form: DayForm, *, basis: str, by: Actor) -> dict[str, Any]:
    """The record on the day asked for; a day on which the register knows nobody is said at the form."""
    if form.errors:
        return {}
    try:
        then, lines = person_then(number, form.cleaned_data["ngay"], basis=basis, by=by)
    except UnknownPerson:
        form.add_error("ngay", _("Vào ngày này người ấy chưa sinh. Nhập một ngày sau ngày sinh"))
        return {}
    return {
        "then": then,
        "lines": lines,
        "origin": next((one for one in lines if one.as_entered), None),
        "refs": refs_of(then.number, then.before, then.continued_as),
        "may_renumber": not then.continued_as
        and allowed(by, "cleaning.merge", Merge(one=number, one_unit=then.residence)),
    }
