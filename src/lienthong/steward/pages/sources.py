"""Sources with their scores, and one source down to its rules."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lienthong.data.sources import schema, template_workbook
from lienthong.documents.public import MediaType
from lienthong.identity.public import actor_of, allowed, require
from lienthong.registries.public import batches_of, readings, source_of, sources, trend
from lienthong.steward.forms.files import UploadForm
from lienthong.steward.jobs import begin_measuring
from lienthong.steward.pages.show import show, steward_page
from lienthong.steward.queries.overview import lines_of
from lienthong.steward.queries.words import criteria, figure, rules_below

LATEST = 20


@steward_page
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """/du-lieu/: every source with its score, criterion by criterion."""
    by = actor_of(request)
    return show(request, "sources.html", current="sources", lines=lines_of(sources(), by=by))


@steward_page
@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """/du-lieu/nguon/<code>/: scores down to rules, the trend, files, and where to send the next."""
    return show_source(request, code, UploadForm())


def show_source(request: HttpRequest, code: str, form: UploadForm, *, status: int = 200) -> HttpResponse:
    by, source = actor_of(request), source_of(code)
    known = schema(source.schema)
    reading = readings(by=by).get(source.pk)
    scores = reading.scores if reading else None
    below = reverse("steward:behind", args=[code])
    series = trend(source, by=by)
    facts: dict[str, Any] = {
        "source": source,
        "schema": known,
        "whole": figure(scores.database) if scores else None,
        "criteria": criteria(scores),
        "rules": rules_below(scores, below) if scores else [],
        "fields": [one for one in scores.fields if one.denominator] if scores else [],
        "trend": [each.database.value for _day, each in series],
        "trend_days": [(day, each.database) for day, each in series],
        "batches": batches_of(source, by=by)[:LATEST],
        "may_send": allowed(by, "registries.send", source),
        "may_measure": known.own and allowed(by, "registries.measure_register", None),
    }
    return show(request, "source.html", current="sources", status=status, form=form, **facts)


@steward_page
@require_POST
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """/du-lieu/nguon/<code>/do/: the platform's own register is measured anew, beside the answer."""
    by, source = actor_of(request), source_of(code)
    if not schema(source.schema).own:
        raise Http404(code)
    require(by, "registries.measure_register", None)
    begin_measuring(by)
    messages.success(request, _("Đang đo. Kết quả hiện ở trang này khi xong, thường sau vài phút."))
    return redirect("steward:source", code)


@steward_page
@require_safe
def template(request: HttpRequest, code: str) -> HttpResponse:
    """/du-lieu/nguon/<code>/mau.xlsx: an empty workbook of the source's schema."""
    source = source_of(code)
    with tempfile.TemporaryDirectory() as folder:
        content = template_workbook(schema(source.schema), Path(folder) / "mau.xlsx").read_bytes()
    response = HttpResponse(content, content_type=MediaType.XLSX.value)
    name = _("Mẫu {source}.xlsx").format(source=source.name)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
