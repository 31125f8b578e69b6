"""Asking why an agency looked at one's data, telling what is wrong in them, reading the answers."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.enquiries.public import ask, my_enquiries
from lienthong.fields.public import sentence_of
from lienthong.identity.public import NotAllowed, actor_of
from lienthong.kit.errors import Refused
from lienthong.population.public import Group
from lienthong.portal.forms.enquiries import AskForm, ReportForm
from lienthong.portal.kept import own_page, typed
from lienthong.portal.pages.show import show
from lienthong.portal.queries.enquiries import Question, what_is_wrong, why_read

A_PAGE = 25


@own_page
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """/cau-hoi-cua-toi/: what I asked about my data, with the answers."""
    page = Paginator(my_enquiries(actor_of(request)), A_PAGE).get_page(request.GET.get("page"))
    return show(request, "enquiries.html", current="my_accesses", page=page)


@own_page
def ask_why(request: HttpRequest, kind: str, number: int) -> HttpResponseBase:
    """/du-lieu-cua-toi/hoi/<kind>/<n>/: why this agency looked."""
    question = why_read(f"{kind}:{number}", by=actor_of(request))
    form = AskForm(typed(request))
    if request.method == "POST" and form.is_valid() and sent(request, form, question):
        return redirect("portal:my_enquiries")
    return show(request, "ask.html", current="my_accesses", question=question, form=form)


@own_page
def report(request: HttpRequest) -> HttpResponseBase:
    """/tro-giup/bao-sai/gui/: what is wrong in one's record; it goes to whoever registers it."""
    form = ReportForm(typed(request))
    if request.method == "POST" and form.is_valid():
        question = what_is_wrong(Group(form.cleaned_data["group"]), by=actor_of(request))
        if sent(request, form, question):
            return redirect("portal:my_enquiries")
    return show(request, "report.html", form=form)


def sent(request: HttpRequest, form: forms.Form, question: Question) -> bool:
    """Ask; a refusal becomes a sentence above the form."""
    try:
        asked = ask(
            kind=question.kind, subject=question.subject, about=question.about, of=question.agency,
            words=form.cleaned_data["words"], by=actor_of(request),
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refused as why:
        form.add_error(None, sentence_of(why))
        return False
    messages.success(request, _("Đã gửi đến {agency}.").format(agency=asked.organisation_name))
    return True
