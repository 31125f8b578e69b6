"""A file: sent, previewed, settled, on its way, linked; and taken back with its marks."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lienthong.cleaning.public import Case
from lienthong.data.sources import schema
from lienthong.documents.public import serve, upload_refused
from lienthong.fields.public import sentence_of
from lienthong.identity.public import NotAllowed, actor_of
from lienthong.kit.errors import Refused
from lienthong.registries.public import (
    STAGE_NAMES,
    AlreadyReceived,
    Batch,
    BatchState,
    FileTooLarge,
    Stage,
    accept_batch,
    batch_of,
    from_json,
    is_running,
    receive_batch,
    retry_batch,
    source_of,
    withdraw_batch,
)
from lienthong.steward.forms.files import SettleForm, UploadForm
from lienthong.steward.jobs import begin_run
from lienthong.steward.pages.show import show, steward_page
from lienthong.steward.pages.sources import show_source
from lienthong.steward.queries.words import adds_up, verdict_rows


@steward_page
@require_POST
def send(request: HttpRequest, code: str) -> HttpResponseBase:
    """/du-lieu/nguon/<code>/gui/: one file; what was sent before is told, and opened."""
    by, source = actor_of(request), source_of(code)
    form = UploadForm(request.POST, request.FILES)
    dropped = upload_refused(request)
    if dropped is not None:
        form.errors.clear()
        form.add_error("file", sentence_of(FileTooLarge(**dropped.facts)))
    elif form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = receive_batch(source=source, content=file, name=file.name, by=by)
        except NotAllowed:
            raise
        except AlreadyReceived as twin:
            messages.error(request, sentence_of(twin))
            return redirect("steward:file", twin.batch)
        except Refused as why:
            form.add_error("file", sentence_of(why))
        else:
            return redirect("steward:file", batch.pk)
    return show_source(request, code, form, status=422)


@steward_page
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """/du-lieu/tep/<n>/: the preview, the run on its way, or what came out."""
    batch = batch_of(pk, by=actor_of(request))
    if batch.state == BatchState.RECEIVED:
        return show_preview(request, batch, SettleForm(from_json(batch.preview)))
    return show(request, "run.html", current="sources", batch=batch, **run_facts(batch))


def run_facts(batch: Batch) -> dict[str, Any]:
    run = getattr(batch, "run", None)
    running = batch.state == BatchState.ACCEPTED and is_running(batch.pk)
    stages = list(Stage)
    at = stages.index(Stage(run.stage)) if run else 0
    over = batch.state == BatchState.DONE
    verdicts = verdict_rows(run.verdicts, batch=batch.pk) if run else []
    return {
        "run": run,
        "running": running,
        "stages": [
            {
                "title": _(STAGE_NAMES[stage]),
                "kind": "done" if over or n < at else "now" if n == at else "next",
                "text": progress_words(run) if n == at and not over else "",
            }
            for n, stage in enumerate(stages)
        ],
        "verdicts": verdicts,
        "sum": adds_up(row["count"] for row in verdicts),
        "cases": Case.objects.filter(batch=batch).waiting().count() if over else 0,
        # Also before a worker has taken it: this page may be drawn first.
        "refresh": batch.state == BatchState.ACCEPTED,
    }


def progress_words(run: Any) -> str:
    return f"{run.done * 100 // run.total}%" if run and run.total else ""


def show_preview(request: HttpRequest, batch: Batch, form: SettleForm, *, status: int = 200) -> HttpResponse:
    preview = form.preview
    known = schema(batch.source.schema)
    required = [_(field.label) for field in known.fields if field.required and field.name in preview.missing]
    return show(
        request, "preview.html", current="sources", status=status, batch=batch, preview=preview, form=form,
        missing=required,
    )  # fmt: skip


@steward_page
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """/du-lieu/tep/<n>/xac-nhan/: columns and letters are settled; the run begins."""
    by = actor_of(request)
    batch = batch_of(pk, by=by)
    form = SettleForm(from_json(batch.preview), request.POST)
    if form.is_valid():
        try:
            accept_batch(batch=pk, by=by, **form.facts())
        except NotAllowed:
            raise
        except Refused as why:
            form.add_error(None, sentence_of(why))
        else:
            begin_run(pk)
            messages.success(request, _("Đã xác nhận cột. Tệp đang được đối chiếu."))
            return redirect("steward:file", pk)
    return show_preview(request, batch, form, status=422)


@steward_page
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """/du-lieu/tep/<n>/rut/: the wrong file."""
    batch = withdraw_or_tell(request, pk)
    return redirect("steward:source", batch.source.code)


def withdraw_or_tell(request: HttpRequest, pk: int) -> Batch:
    by = actor_of(request)
    batch = batch_of(pk, by=by)
    try:
        withdraw_batch(batch=pk, by=by)
    except NotAllowed:
        raise
    except Refused as why:
        messages.error(request, sentence_of(why))
    else:
        messages.success(request, _("Đã rút tệp {name}.").format(name=batch.name))
    return batch


@steward_page
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponseBase:
    """/du-lieu/tep/<n>/chay-tiep/: a run that stopped, or whose worker is gone, goes on where it stood."""
    by = actor_of(request)
    batch = batch_of(pk, by=by)
    if batch.state == BatchState.FAILED:
        retry_batch(batch=pk, by=by)
    begin_run(pk)
    return redirect("steward:file", pk)


@steward_page
@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """/du-lieu/tep/<n>/tep-goc/: the file as it was sent."""
    return serve(batch_of(pk, by=actor_of(request)).file)


@steward_page
@require_safe
def marked(request: HttpRequest, pk: int) -> HttpResponseBase:
    """/du-lieu/tep/<n>/tep-danh-dau/: the sender's workbook, its cells marked, with a sheet of errors."""
    batch = batch_of(pk, by=actor_of(request))
    if batch.marked is None:
        raise Http404(pk)
    return serve(batch.marked)
