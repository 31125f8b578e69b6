"""Rubrics: an agency answers for itself with evidence, an appraiser gives points; every line is kept."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.console.queries import NoSuchPlace
from lienthong.console.rubrics import facts
from lienthong.console.rubrics.forms import AnswerForm, AppraisalForm, EvidenceForm
from lienthong.console.show import show
from lienthong.documents.public import Retention, keep_file, serve, upload_refused
from lienthong.fields.public import PlainForm, refusals_at, sentence_of
from lienthong.identity.public import Actor, actor_of, allowed, officer_page, require
from lienthong.organisations.public import Organisation
from lienthong.rubrics.public import (
    Criterion,
    RubricLine,
    answer_criterion,
    appraise_criterion,
    give_evidence,
    rubric_of,
    standing,
)

YEARS = range(2015, 2101)


@require_safe
@officer_page
def listing(request: HttpRequest) -> HttpResponse:
    """/dieu-hanh/bo-tieu-chi/: the rubrics and what was assessed by them."""
    found = facts.listing(today=timezone.localdate(), by=actor_of(request))
    return show(request, "rubrics.html", current="console_plans", **found)


@require_safe
@officer_page
def one(request: HttpRequest, code: str, agency: int, year: int) -> HttpResponse:
    """/dieu-hanh/bo-tieu-chi/<code>/<agency>/<year>/: group by group, own beside appraised."""
    found = standing(code, place_of(agency, year), year, by=actor_of(request))
    return show(request, "rubric.html", current="console_plans", **facts.of_assessment(found))


@officer_page
def criterion(request: HttpRequest, code: str, agency: int, year: int, criterion: str) -> HttpResponseBase:
    """/dieu-hanh/bo-tieu-chi/<code>/<agency>/<year>/<criterion>/: its ledger, and what one may add to it."""
    by, place = actor_of(request), place_of(agency, year)
    asked = next((one for one in rubric_of(code).criteria if one.code == criterion), None)
    if asked is None:
        raise Http404(criterion)
    where = {"rubric": code, "agency": place, "year": year, "criterion": criterion}
    forms = forms_for(asked, place, by)
    act = request.POST.get("viec", "")
    if request.method == "POST" and act in forms:
        forms[act] = forms_for(asked, place, by, request)[act]
        if forms[act].is_valid() and carried_out(request, act, forms[act], where):
            messages.success(request, _("Đã ghi."))
            return redirect(facts.address(code, place, year, criterion))
    found = standing(code, place, year, by=by)
    failed = next((form for form in forms.values() if form.errors), None)
    return show(
        request, "criterion.html", current="console_plans", status=422 if failed else 200, asked=asked,
        forms=list(forms.items()), failed=failed, way=facts.way(asked),
        history=[(line, facts.told(asked, line)) for line in found.of(criterion)],
        files=facts.files(found, criterion), back=facts.address(code, place, year), **facts.summary(found),
    )  # fmt: skip


def forms_for(
    asked: Criterion, place: Organisation, by: Actor, request: HttpRequest | None = None
) -> dict[str, PlainForm]:
    """What this officer may add, by the name of the act."""
    posted: list[Any] = [request.POST, request.FILES] if request else []
    found: dict[str, PlainForm] = {}
    if allowed(by, "rubrics.answer", place):
        found |= {"tu-cham": AnswerForm(asked, *posted), "minh-chung": EvidenceForm(*posted)}
    if allowed(by, "rubrics.appraise", place):
        found["tham-dinh"] = AppraisalForm(*posted)
    return found


def carried_out(request: HttpRequest, act: str, form: PlainForm, where: dict[str, Any]) -> bool:
    """The file and the line, both or nothing; what is refused stands at the form."""
    by, dropped = actor_of(request), upload_refused(request)
    if dropped is not None:
        form.add_error(None, sentence_of(dropped))
        return False
    with refusals_at(form), transaction.atomic():
        if isinstance(form, AnswerForm):
            answer_criterion(**where, value=form.value, note=form.cleaned_data["note"], by=by)
        elif isinstance(form, AppraisalForm):
            appraise_criterion(**where, **form.facts, by=by)
        else:
            file, note = form.cleaned_data["document"], form.cleaned_data["note"]
            kept = keep_file(content=file.file, name=file.name, by=by, retention=Retention.SOURCE)
            give_evidence(**where, document=kept, note=note, by=by)
    return not form.errors


@require_safe
@officer_page
def file(request: HttpRequest, line: int) -> HttpResponseBase:
    """/dieu-hanh/bo-tieu-chi/tep/<line>/: a file of evidence."""
    require(actor_of(request), "rubrics.read", None)
    found = RubricLine.objects.select_related("document").filter(pk=line).first()
    if found is None or found.document is None:
        raise Http404(line)
    return serve(found.document)


def place_of(agency: int, year: int) -> Organisation:
    """Raises NoSuchPlace."""
    place = Organisation.objects.filter(pk=agency).first()
    if place is None or year not in YEARS:
        raise NoSuchPlace
    return place
