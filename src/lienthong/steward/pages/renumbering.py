"""A person was given another number: what the paper says, proposed from the page of the person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lienthong.cleaning.public import Merge, propose_renumbering
from lienthong.fields.public import refusals_at
from lienthong.identity.public import actor_of, require
from lienthong.population.public import Purpose, read_person
from lienthong.steward.forms.merges import RenumberForm
from lienthong.steward.pages.people import BASIS, ask_for_basis, number_or_404
from lienthong.steward.pages.show import show, steward_page


@steward_page
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """/du-lieu/nguoi/<ref>/so-moi/: what is corrected, by which paper, under which number; another confirms it."""
    by, basis = actor_of(request), request.session.get(BASIS, "")
    number = number_or_404(ref, by)
    if not basis:
        return ask_for_basis(request)
    person = read_person(number, purpose=Purpose.REVIEW, basis=basis, by=by)
    question = Merge(one=number, one_unit=person.residence_unit)
    require(by, "cleaning.merge", question)
    form = RenumberForm(question, "so-moi", *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        facts = {name: value for name, value in form.facts().items() if name != "seen"}
        with refusals_at(form):
            merge = propose_renumbering(number=number, by=by, **facts)
            messages.success(request, _("Đã ghi đề nghị. Một người quản lý dữ liệu khác phải xác nhận."))
            return redirect("steward:merge", merge.pk)
    status = 422 if form.errors else 200
    return show(request, "renumber.html", current="people", status=status, person=person, form=form, ref=ref)
