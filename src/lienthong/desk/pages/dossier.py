"""One dossier: look, review, act."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lienthong.desk.actions import do_task, keep_papers, review_papers
from lienthong.desk.forms.tasks import FORMS as TASK_FORMS
from lienthong.desk.forms.tasks import BringForm, ReviewForm, StopForm, TaskForm, reviews_in
from lienthong.desk.pages.show import desk_page, show
from lienthong.desk.queries.course import steps_of
from lienthong.desk.queries.dossier import (
    DossierPage,
    Register,
    answer_sections,
    dossier_page,
    facts_of,
    history_of,
    letters_of,
    paper_rows,
    read_register,
    ribbon_of,
)
from lienthong.desk.queries.tasks import TASKS
from lienthong.desk.rules import PROOF_HOLDS
from lienthong.documents.public import serve
from lienthong.dossiers.public import FORMS, NoSuchDossier, find_dossier, find_paper, find_result
from lienthong.fields.public import sentence_of
from lienthong.identity.public import NotAllowed, actor_of, reauthenticate_url, recently_authenticated
from lienthong.kit.errors import Refused

JUST_ACTED = "desk.just_acted"
"""In the session: the dossier this officer has just acted on. Seeing it again is the same opening."""


@desk_page
@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """/can-bo/ho-so/<code>/: facts, clock and decision on one screen; one reading of the register."""
    by = actor_of(request)
    page = dossier_page(code, by=by)
    again = request.session.pop(JUST_ACTED, None) == page.dossier.code
    return show_dossier(request, page, register=None if again else read_register(page, by=by))


def show_dossier(
    request: HttpRequest,
    page: DossierPage,
    *,
    register: Register | None = None,
    failed: tuple[str, TaskForm] | None = None,
    review: ReviewForm | None = None,
    status: int = 200,
) -> HttpResponse:
    by = actor_of(request)
    name, form = failed or ("", None)
    tasks = [
        (task, form if form and task.name == name else TASK_FORMS[task.name](page, by)) for task in page.tasks
    ]
    if review is None and page.may_review:
        review = ReviewForm(page)
    rows = [(row, review.fields_of(row.paper.number) if review else None) for row in paper_rows(page)]
    facts: dict[str, Any] = {
        "facts": facts_of(page, by=by),
        "ribbon": ribbon_of(page),
        "papers": rows,
        "letters": letters_of(page),
        "sections": answer_sections(page),
        "history": history_of(page),
        "steps": steps_of(page),
    }
    proven = recently_authenticated(request, PROOF_HOLDS)
    return show(
        request, "dossier.html", current="queue", status=status, page=page, register=register, tasks=tasks,
        failed=name, failed_form=form, review=review, proven=proven,
        prove_url="" if proven else reauthenticate_url(request), **facts,
    )  # fmt: skip


@desk_page
def do(request: HttpRequest, code: str, name: str) -> HttpResponseBase:
    """/can-bo/ho-so/<code>/viec/<name>/: one act, by POST."""
    by, task = actor_of(request), TASKS.get(name)
    page = dossier_page(code, by=by)
    if task is None:
        raise Http404(name)
    if request.method != "POST":
        return redirect("desk:dossier", page.dossier.code)
    if name == "quyet-dinh" and not recently_authenticated(request, PROOF_HOLDS):
        return redirect(reauthenticate_url(request))
    form = TASK_FORMS[name](page, by, request.POST, request.FILES)
    if form.is_valid() and carried_out(request, page, name, form):
        request.session[JUST_ACTED] = page.dossier.code
        messages.success(request, _(task.done))
        return redirect("desk:dossier", page.dossier.code)
    return show_dossier(request, dossier_page(code, by=by), failed=(name, form), status=422)


def carried_out(request: HttpRequest, page: DossierPage, name: str, form: TaskForm) -> bool:
    """Do it; a refusal becomes a sentence above the page."""
    by, facts = actor_of(request), form.facts()
    if isinstance(form, BringForm | StopForm):
        kept, refused = keep_papers(request=request, keys=form.asked, by=by)
        for key, why in refused.items():
            form.add_error(f"paper_{key}" if key else None, why)
        if refused:
            return False
        facts = form.with_files(kept)
    try:
        do_task(name, dossier=page.dossier.pk, seen=form.cleaned_data["seen"], by=by, **facts)
    except NotAllowed:
        raise
    except Refused as why:
        form.add_error(None, sentence_of(why))
        return False
    return True


@desk_page
@require_POST
def review(request: HttpRequest, code: str) -> HttpResponseBase:
    """/can-bo/ho-so/<code>/xem-giay-to/: how each paper was found."""
    by = actor_of(request)
    page = dossier_page(code, by=by)
    form = ReviewForm(page, request.POST)
    if not form.is_valid():
        return show_dossier(request, page, review=form, status=422)
    review_papers(dossier=page.dossier.pk, reviews=reviews_in(form), by=by)
    request.session[JUST_ACTED] = page.dossier.code
    messages.success(request, _("Đã ghi kết quả xem giấy tờ."))
    return redirect("desk:dossier", page.dossier.code)


@desk_page
@require_safe
def paper(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """/can-bo/ho-so/<code>/giay-to/<n>/: a paper of the dossier."""
    return serve(find_paper(code, number, by=actor_of(request)))


@desk_page
@require_safe
def document(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """/can-bo/ho-so/<code>/can-cu/<n>/: the paper that an act of the ledger rests on."""
    dossier = find_dossier(code, by=actor_of(request))
    line = dossier.movements.select_related("document").filter(number=number, document__isnull=False).first()
    if line is None or line.document is None:
        raise NoSuchDossier
    return serve(line.document)


@desk_page
@require_safe
def result(request: HttpRequest, code: str) -> HttpResponseBase:
    """/can-bo/ho-so/<code>/ket-qua/: the signed result."""
    return serve(find_result(code, by=actor_of(request)))


@desk_page
@require_safe
def letter(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """/can-bo/ho-so/<code>/mau-01.pdf: a form of TT 03/2025/TT-VPCP, set from the ledger."""
    dossier = find_dossier(code, by=actor_of(request))
    make = FORMS.get(number)
    if make is None:
        raise Http404(number)
    response = HttpResponse(make(dossier), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="mau-{number}-{dossier.code}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
