"""Pages on documents: what was read waits here until a person has judged each fact."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lienthong.console.reading import facts
from lienthong.console.reading.forms import BeginForm, DescribeForm, FactForm
from lienthong.console.show import show
from lienthong.documents.public import serve, upload_refused
from lienthong.fields.public import sentence_of
from lienthong.identity.public import Actor, NotAllowed, actor_of, officer_page
from lienthong.kit.errors import Refused
from lienthong.steering.public import (
    Judgement,
    Proposal,
    Reading,
    begin_reading,
    confirm_proposal,
    describe_document,
    drop_proposal,
    file_of,
    find_reading,
    keep_proposal,
    plans_to_assign,
)


@officer_page
def readings(request: HttpRequest) -> HttpResponseBase:
    """/dieu-hanh/van-ban/: the documents being read; a new one is uploaded or pasted."""
    by = actor_of(request)
    plans = plans_to_assign(by)
    if not plans:
        raise NotAllowed
    if request.method != "POST":
        return _readings(request, BeginForm(plans))
    form = BeginForm(plans, request.POST, request.FILES)
    made = _begun(request, form, by) if form.is_valid() else None
    if made is None:
        return _readings(request, form)
    return redirect("console_reading", made.pk)


def _begun(request: HttpRequest, form: BeginForm, by: Actor) -> Reading | None:
    dropped = upload_refused(request)
    if dropped is not None:
        form.add_error("file", sentence_of(dropped))
        return None
    told = form.cleaned_data
    content, name = (told["file"].file, told["file"].name) if told["file"] else (None, "")
    try:
        return begin_reading(
            plan=form.plans[told["plan"]],
            content=content,
            name=name,
            text=told["text"],
            dated=told["dated"],
            by=by,
        )
    except Refused as why:
        form.add_error("file" if content else "text", sentence_of(why))
        return None


def _readings(request: HttpRequest, form: BeginForm) -> HttpResponse:
    rows = facts.of_readings(actor_of(request))
    status = 422 if form.errors else 200
    return show(request, "readings.html", current="console_plans", status=status, form=form, rows=rows)


@officer_page
def reading(request: HttpRequest, pk: int) -> HttpResponseBase:
    """/dieu-hanh/van-ban/<pk>/: what the document is, and its proposals."""
    by = actor_of(request)
    found = find_reading(pk, by=by)
    told = {name: getattr(found, name) for name in ("number", "signed_on", "kind", "title")}
    form = DescribeForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        describe_document(reading=found, **form.cleaned_data, by=by)
        messages.success(request, _("Đã ghi thông tin văn bản."))
        return redirect("console_reading", pk)
    status = 422 if form.errors else 200
    return show(
        request, "reading.html", current="console_plans", status=status, form=form, **facts.of_reading(found)
    )


@require_safe
@officer_page
def document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """/dieu-hanh/van-ban/<pk>/tep/: the document itself."""
    return serve(file_of(pk, by=actor_of(request)))


@require_safe
@officer_page
def proposal(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """/dieu-hanh/van-ban/<pk>/<number>/?la=task: one proposal, its words in context, its fields."""
    found = find_reading(pk, by=actor_of(request))
    each = facts.proposal_of(found, number)
    if each is None:
        raise Http404(number)
    kind = kind_of(request.GET.get("la", ""), each["kind"])
    return _proposal(request, found, number, facts.form_for(each, kind), kind)


def kind_of(told: str, kept: str) -> Proposal:
    return Proposal(told) if told in set(Proposal) else Proposal(kept)


def _proposal(
    request: HttpRequest, found: Reading, number: int, form: FactForm, kind: Proposal
) -> HttpResponse:
    each = facts.proposal_of(found, number) or {}
    status = 422 if form.errors else 200
    page = facts.of_proposal(found, each, kind)
    return show(request, "proposal.html", current="console_plans", status=status, form=form, **page)


@require_POST
@officer_page
def judge(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """/dieu-hanh/van-ban/<pk>/<number>/ghi/: confirm, keep for later, or drop."""
    by = actor_of(request)
    found = find_reading(pk, by=by)
    each = facts.proposal_of(found, number)
    if each is None:
        raise Http404(number)
    if request.POST.get("ghi") == "bo":
        return _dropped(request, found, number, by)
    kind = kind_of(request.POST.get("la", ""), each["kind"])
    form = facts.form_for(each, kind, request.POST)
    if form.is_valid() and _written(request, found, number, form, kind):
        return _onward(request, pk, number, by)
    return _proposal(request, found, number, form, kind)


def _dropped(request: HttpRequest, found: Reading, number: int, by: Actor) -> HttpResponseBase:
    try:
        drop_proposal(reading=found, number=number, by=by)
        messages.success(request, _("Đã bỏ đề xuất {number}.").format(number=number))
    except Refused as why:
        if why.status != 409:
            raise
        messages.error(request, sentence_of(why))
    return _onward(request, found.pk, number, by)


def _written(request: HttpRequest, found: Reading, number: int, form: FactForm, kind: Proposal) -> bool:
    """Confirmed or kept; what is refused stands at the form, and nothing is saved."""
    by = actor_of(request)
    try:
        if request.POST.get("ghi") == "giu":
            keep_proposal(reading=found, number=number, kind=kind, values=form.kept(), by=by)
            messages.success(
                request, _("Đã lưu bản sửa của đề xuất {number}, chưa xác nhận.").format(number=number)
            )
            return True
        made = confirm_proposal(reading=found, number=number, facts=form.facts, values=form.kept(), by=by)
    except Refused as why:
        if why.status != 409:
            raise
        form.add_error(None, sentence_of(why))
        return False
    told = (
        _("Đã xác nhận đề xuất {number}.")
        if made["new"]
        else _("Đề xuất {number} đã được xác nhận từ trước, không ghi lần nữa.")
    )
    messages.success(request, told.format(number=number))
    return True


def _onward(request: HttpRequest, pk: int, number: int, by: Actor) -> HttpResponseBase:
    """To the next proposal that waits, or back to the document."""
    again = find_reading(pk, by=by)
    url = facts.next_of(again, number)
    return redirect(url) if url and again.count(Judgement.WAITING) else redirect("console_reading", pk)
