"""The counter: scan, compare, tick, file; one screen for the person, one for the filing."""

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lienthong.desk.actions import begin_filing, file_and_receive, keep_papers
from lienthong.desk.forms.counter import BeginForm, CaseForm, ScanForm
from lienthong.desk.pages.show import desk_page, show
from lienthong.desk.queries.counter import (
    Case,
    Visitor,
    commune_of,
    counter_draft,
    dossiers_of_person,
    known_rows,
    meet,
    open_case,
)
from lienthong.desk.rules import PRESENCE
from lienthong.dossiers.public import Draft, discard_draft, put_paper_in_draft, save_draft
from lienthong.fields.public import sentence_of
from lienthong.identity.public import Actor, NotAllowed, Role, actor_of
from lienthong.kit.errors import Refused
from lienthong.procedures.public import AnswersForm


def at_counter(request: HttpRequest) -> Actor:
    """Only who receives at a one-stop centre."""
    by = actor_of(request)
    if not by.has(Role.RECEPTION):
        raise NotAllowed
    return by


@desk_page
def counter(request: HttpRequest) -> HttpResponseBase:
    """/can-bo/tiep-nhan/: the card, beside the register. Nothing of a person stands in an address."""
    by = at_counter(request)
    form = ScanForm(request.POST if request.method == "POST" else None)
    visitor = None
    if request.method == "POST" and form.is_valid():
        try:
            visitor = meet(form.cleaned_data["scanned"], by=by)
        except Refused as why:
            form.add_error("scanned", sentence_of(why))
    begin = BeginForm(commune_of(by), initial={"number": visitor.person.personal_number}) if visitor else None
    return show_counter(request, form, visitor, begin, by)


def show_counter(
    request: HttpRequest, form: ScanForm, visitor: Visitor | None, begin: BeginForm | None, by: Actor
) -> HttpResponse:
    failed = form.errors or (begin is not None and begin.errors)
    theirs = dossiers_of_person(visitor.person.personal_number, by=by) if visitor else []
    return show(
        request, "counter.html", current="counter", status=422 if failed else 200,
        form=form, visitor=visitor, begin=begin, theirs=theirs,
    )  # fmt: skip


@desk_page
@require_POST
def begin(request: HttpRequest) -> HttpResponseBase:
    """/can-bo/tiep-nhan/mo/: the face was looked at; open a filing for this person."""
    by = at_counter(request)
    form = BeginForm(commune_of(by), request.POST)
    number = request.POST.get("number", "")
    try:
        visitor = meet(number, by=by)
    except Refused as why:
        scan = ScanForm({"scanned": number})
        scan.add_error("scanned", sentence_of(why))
        return show_counter(request, scan, None, None, by)
    if not form.is_valid():
        return show_counter(request, ScanForm(), visitor, form, by)
    version = form.versions[form.cleaned_data["procedure"]]
    draft = begin_filing(version=version, person=visitor.person, choices=form.choices, by=by)
    return redirect("desk:filing", draft.pk)


@desk_page
def filing(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """/can-bo/tiep-nhan/<key>/: what nobody knows yet, the papers, then filed and received."""
    by = at_counter(request)
    draft = counter_draft(key, by=by)
    if draft.dossier is not None:
        return redirect("desk:dossier", draft.dossier.code)
    if request.method != "POST":
        case = open_case(draft, by=by)
        return show_filing(request, case, CaseForm(case), answers_form(case), by)
    case, form, answers = kept(request, draft, by)
    if form.is_valid() and answers.is_valid() and not answers.newly and "file_it" in request.POST:
        try:
            dossier = file_and_receive(filing=case.filing, draft=key, by=by)
        except NotAllowed:
            raise
        except Refused as why:
            form.add_error(None, sentence_of(why))
        else:
            messages.success(request, _("Đã nhận hồ sơ {code}.").format(code=dossier.code))
            return redirect("desk:dossier", dossier.code)
    if "file_it" not in request.POST:
        form.errors.clear()
        answers.errors.clear()
    return show_filing(request, case, form, answers, by)


def answers_form(
    case: Case, request: HttpRequest | None = None, beside: set[str] | None = None
) -> AnswersForm:
    return AnswersForm(
        case.content,
        case.known,
        on=timezone.localdate(),
        kept=case.draft.answers,
        data=request.POST if request else None,
        beside=beside or (),
    )


def kept(request: HttpRequest, draft: Draft, by: Actor) -> tuple[Case, CaseForm, AnswersForm]:
    """Keep what was typed and sent, right or wrong, and look the filing over again."""
    first = open_case(draft, by=by)
    form = CaseForm(first, request.POST, request.FILES)
    answers = answers_form(first, request, form.names)
    files, refused = keep_papers(request=request, keys=[d.paper.key for d in form.handed], by=by)
    for paper, file in files.items():
        put_paper_in_draft(key=draft.pk, paper=paper, file=file, by=by)
    read = {} if answers.strangers else answers.answers
    saved = save_draft(key=draft.pk, answers=read, choices=form.choices(), variant=form.variant, by=by)
    case = open_case(saved, by=by)
    again = CaseForm(case, request.POST, request.FILES, refused=refused)
    return case, again, answers_form(case, request, again.names | form.names)


def show_filing(
    request: HttpRequest, case: Case, form: CaseForm, answers: AnswersForm, by: Actor
) -> HttpResponse:
    failed = form.errors or answers.errors
    presence = PRESENCE[case.draft.choices["presence"]]
    return show(
        request, "filing.html", current="counter", status=422 if failed else 200,
        case=case, form=form, answers=answers, known=known_rows(case),
        presence=_(presence), errors=[*errors_of(form), *errors_of(answers)],
        theirs=dossiers_of_person(case.draft.choices["applicant"], by=by),
    )  # fmt: skip


def errors_of(form: Form) -> list[dict[str, str]]:
    """For parts/_error_summary.html, where two forms stand on one page."""
    found = [{"message": str(each), "id": ""} for each in form.non_field_errors()]
    for field in form:
        found += [
            {"message": str(each), "id": field.id_for_label or f"{field.auto_id}_0"} for each in field.errors
        ]
    return found


@desk_page
@require_POST
def discard(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """/can-bo/tiep-nhan/<key>/xoa/: the person has gone without filing."""
    by = at_counter(request)
    draft = counter_draft(key, by=by)
    if draft.dossier is None:
        discard_draft(key=key, by=by)
        messages.success(request, _("Đã bỏ hồ sơ đang nhập."))
    return redirect("desk:counter")
