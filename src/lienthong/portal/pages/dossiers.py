"""My dossiers: follow, send what was asked for, withdraw, download, rate."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.documents.public import qr_svg, serve
from lienthong.dossiers.public import (
    FORMS,
    find_dossier,
    find_paper,
    find_result,
    supplement_dossier,
    withdraw_dossier,
)
from lienthong.dossiers.public import dossiers_of as dossiers_of
from lienthong.feedback.public import rate
from lienthong.fields.public import sentence_of
from lienthong.identity.public import NotAllowed, actor_of
from lienthong.kit.errors import Refused
from lienthong.portal.actions import ARRIVED, gather_papers
from lienthong.portal.forms.dossiers import RatingForm, SupplementForm, WithdrawForm
from lienthong.portal.kept import own_page, typed
from lienthong.portal.pages.show import show
from lienthong.portal.queries.dossiers import DossierPage, dossier_page, my_dossiers, subject_of
from lienthong.portal.queries.filing import drafts_of
from lienthong.portal.queries.frame import you_of
from lienthong.portal.queries.papers import kept_papers, my_results

A_PAGE = 25


@own_page
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """/ho-so/: what waits for me first, then what runs, then what is over."""
    by = actor_of(request)
    page = Paginator(dossiers_of(by), A_PAGE).get_page(request.GET.get("page"))
    groups = my_dossiers(list(page), you_of(by))
    drafts = drafts_of(by) if page.number == 1 else []
    return show(request, "dossiers.html", current="my_dossiers", page=page, groups=groups, drafts=drafts)


@own_page
@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """/ho-so/<code>/: one dossier."""
    return show_dossier(request, page_of(request, code))


def page_of(request: HttpRequest, code: str) -> DossierPage:
    by = actor_of(request)
    return dossier_page(code, by=by, you=you_of(by))


def show_dossier(request: HttpRequest, page: DossierPage, form: SupplementForm | None = None) -> HttpResponse:
    if form is None and page.asked:
        form = SupplementForm(page.asked.wanted, initial={"seen": page.dossier.acts})
    rating = RatingForm() if page.can_rate else None
    return show(request, "dossier.html", current="my_dossiers", page=page, form=form, rating_form=rating)


@own_page
def supplement(request: HttpRequest, code: str) -> HttpResponseBase:
    """/ho-so/<code>/bo-sung/: the papers asked for, from the page that explains them."""
    page, by = page_of(request, code), actor_of(request)
    if request.method != "POST" or page.asked is None:
        typed(request)
        return redirect("portal:dossier", page.dossier.code)
    keys = [paper.key for paper in page.asked.wanted]
    files, refused = gather_papers(request=request, code=page.dossier.code, keys=keys, by=by)
    held = {key: file.name for key, file in files.items()}
    form = SupplementForm(page.asked.wanted, request.POST, held=held, refused=refused)
    if form.is_valid():
        try:
            supplement_dossier(dossier=page.dossier.pk, papers=files, by=by, seen=form.cleaned_data["seen"])
        except NotAllowed:
            raise
        except Refused as why:
            form.add_error(None, sentence_of(why))
        else:
            request.session.pop(ARRIVED, None)
            messages.success(request, _("Đã gửi bổ sung. Thời hạn chạy tiếp."))
            return redirect("portal:dossier", page.dossier.code)
    return show_dossier(request, page, form)


@own_page
def withdraw(request: HttpRequest, code: str) -> HttpResponseBase:
    """/ho-so/<code>/rut/: take a dossier back, after a page that says what follows."""
    page, by = page_of(request, code), actor_of(request)
    if not page.can_withdraw:
        return redirect("portal:dossier", page.dossier.code)
    form = WithdrawForm(typed(request), initial={"seen": page.dossier.acts})
    if request.method == "POST" and form.is_valid():
        reason, seen = form.cleaned_data["reason"], form.cleaned_data["seen"]
        try:
            withdraw_dossier(dossier=page.dossier.pk, reason=reason, by=by, seen=seen)
        except NotAllowed:
            raise
        except Refused as why:
            form.add_error(None, sentence_of(why))
        else:
            messages.success(request, _("Đã rút hồ sơ."))
            return redirect("portal:dossier", page.dossier.code)
    return show(request, "withdraw.html", current="my_dossiers", page=page, form=form)


@own_page
def rating(request: HttpRequest, code: str) -> HttpResponseBase:
    """/ho-so/<code>/danh-gia/: how it went, once the result is there."""
    page, by = page_of(request, code), actor_of(request)
    if not page.can_rate:
        return redirect("portal:dossier", page.dossier.code)
    form = RatingForm(typed(request))
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            rate(subject=subject_of(page.dossier), score=cleaned["score"], comment=cleaned["comment"], by=by)
        except NotAllowed:
            raise
        except Refused as why:
            form.add_error(None, sentence_of(why))
        else:
            messages.success(request, _("Đã ghi nhận đánh giá."))
            return redirect("portal:dossier", page.dossier.code)
    return show(request, "rating.html", current="my_dossiers", page=page, form=form)


@own_page
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """/ho-so/<code>/da-gui/: the code to keep, what comes next, form 01 once it is received."""
    page = page_of(request, code)
    return show(request, "receipt.html", current="my_dossiers", page=page, qr=qr_svg(page.dossier.code))


@own_page
@require_safe
def letter(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """/ho-so/<code>/mau-01.pdf: a form of TT 03/2025/TT-VPCP, set from the ledger."""
    dossier = find_dossier(code, by=actor_of(request))
    make = FORMS.get(number)
    if make is None:
        raise Http404(number)
    response = HttpResponse(make(dossier), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="mau-{number}-{dossier.code}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


@own_page
@require_safe
def paper(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """/ho-so/<code>/giay-to/<n>/: a paper of one's own dossier."""
    return serve(find_paper(code, number, by=actor_of(request)))


@own_page
@require_safe
def result(request: HttpRequest, code: str) -> HttpResponseBase:
    """/ho-so/<code>/ket-qua/: the signed result."""
    return serve(find_result(code, by=actor_of(request)))


@own_page
@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """/kho-giay-to/: the signed results of one's own dossiers, each with its check."""
    page = Paginator(my_results(by=actor_of(request)), A_PAGE).get_page(request.GET.get("page"))
    return show(request, "papers_kept.html", current="my_papers", page=page, kept=kept_papers(page))
