"""Records: of one file, behind a score, and one by itself."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.cleaning.public import Case
from lienthong.data.checks import rules_for
from lienthong.data.sources import schema
from lienthong.identity.public import actor_of
from lienthong.registries.public import (
    VERDICT_KINDS,
    VERDICT_NAMES,
    Record,
    Verdict,
    batch_of,
    record_of,
    records_behind,
    source_of,
    words_of,
)
from lienthong.steward.pages.show import show, steward_page
from lienthong.steward.queries.records import own_values, register_values, twins_of

A_PAGE = 50


@steward_page
@require_safe
def of_file(request: HttpRequest, pk: int) -> HttpResponse:
    """/du-lieu/tep/<n>/ban-ghi/?ket-luan=: the records of a file under one verdict."""
    batch = batch_of(pk, by=actor_of(request))
    verdict = request.GET.get("ket-luan", "")
    found = Record.objects.filter(batch=batch).select_related("unit").order_by("row")
    title = batch.name
    if verdict in set(Verdict):
        found = found.filter(verdict=verdict)
        title = _(VERDICT_NAMES[Verdict(verdict)])
    return show_records(request, found, title=title, batch=batch, source=batch.source)


@steward_page
@require_safe
def behind(request: HttpRequest, code: str) -> HttpResponse:
    """/du-lieu/nguon/<code>/ban-ghi/?quy-tac=&noi=: the records that break a rule, all or of a commune, where this
    steward may see them."""
    by, source = actor_of(request), source_of(code)
    wanted = request.GET.get("quy-tac", "")
    rule = next((one for one in rules_for(schema(source.schema)) if one.code == wanted), None)
    place = request.GET.get("noi", "")
    found = records_behind(
        source, by=by, rules=[wanted], communes=[place] if place else None
    ) & Record.objects.visible_to(by).select_related("unit", "batch")
    title = words_of(rule.sentence) if rule else source.name
    return show_records(
        request,
        found.order_by("batch", "row"),
        title=title,
        batch=None,
        source=source,
        rule=rule,
        place=place,
    )


def show_records(request: HttpRequest, found: Any, **facts: Any) -> HttpResponse:
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "record": one,
            "verdict": _(VERDICT_NAMES[Verdict(one.verdict)]),
            "kind": VERDICT_KINDS[Verdict(one.verdict)],
        }
        for one in page
    ]
    own = schema(facts["source"].schema).own
    return show(request, "records.html", current="sources", page=page, rows=rows, own=own, **facts)


@steward_page
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """/du-lieu/ban-ghi/<n>/: as read, its verdict with the reasons, the rules it breaks, its provenance."""
    record = record_of(pk, by=actor_of(request))
    known = schema(record.source.schema)
    rules = {rule.code: rule for rule in rules_for(known)}
    return show(
        request, "record.html", current="sources", record=record, values=own_values(record) or register_values(record, by=actor_of(request)),
        verdict=_(VERDICT_NAMES[Verdict(record.verdict)]), kind=VERDICT_KINDS[Verdict(record.verdict)],
        broken=[(words_of(rules[code].sentence), rules[code].law) for code in record.failed if code in rules],
        case=Case.objects.visible_to(actor_of(request)).filter(record=record).first(),
        changes=record.changes.order_by("-number"), own=known.own, twins=twins_of(record) if known.own else [],
    )  # fmt: skip
