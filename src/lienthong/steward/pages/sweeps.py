"""One rule for many cases: begun from the queue, carried out beside, told at the end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lienthong.cleaning.public import OPTIONS, Choice, SweepCase, begin_sweep, open_queue, sweep_of
from lienthong.fields.public import sentence_of
from lienthong.identity.public import NotAllowed, actor_of
from lienthong.kit.errors import Refused
from lienthong.steward.forms.cases import SweepForm
from lienthong.steward.jobs import begin_sweeping
from lienthong.steward.pages.cases import show_queue
from lienthong.steward.pages.show import show, steward_page
from lienthong.steward.queries.address import wanted_of

TOLD = 100
"""Cases that could not be decided so, named one by one."""


@steward_page
@require_POST
def begin(request: HttpRequest) -> HttpResponseBase:
    """/du-lieu/viec/nhieu/: freeze the cases of the filter and begin."""
    by, wanted = actor_of(request), wanted_of(request.GET)
    proposals = open_queue(wanted, by=by).states.get("proposed", 0) if wanted.state == "proposed" else 0
    form = SweepForm(wanted, request.POST, proposals=proposals)
    if form.is_valid():
        try:
            sweep = begin_sweep(
                wanted=wanted, choice=form.choice_made, ground=form.cleaned_data["ground"], by=by
            )
        except NotAllowed:
            raise
        except Refused as why:
            form.add_error(None, sentence_of(why))
        else:
            begin_sweeping(sweep.pk)
            return redirect("steward:sweep", sweep.pk)
    return show_queue(request, wanted, form, status=422)


@steward_page
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """/du-lieu/dot/<n>/: how far it is, and what could not be decided so."""
    sweep = sweep_of(pk, by=actor_of(request))
    choice = _(OPTIONS[Choice(sweep.choice)].label) if sweep.choice else _("Xác nhận đề nghị của người khác")
    refused = SweepCase.objects.filter(sweep=sweep, outcome="refused").order_by("case_id")[:TOLD]
    left = sweep.total - sweep.done - sweep.refused
    return show(
        request, "sweep.html", current="queue", sweep=sweep, choice=choice, refused=refused, left=left,
        refresh=sweep.ended_at is None,
    )  # fmt: skip


@steward_page
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponseBase:
    """/du-lieu/dot/<n>/chay-tiep/: what is left of a sweep whose worker is gone."""
    sweep = sweep_of(pk, by=actor_of(request))
    begin_sweeping(sweep.pk)
    messages.success(request, _("Đang làm tiếp phần còn lại."))
    return redirect("steward:sweep", pk)
