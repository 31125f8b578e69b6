"""The official scores of one agency: what was entered, what was corrected, and our own beside what counts."""

from datetime import date
from typing import Any, Final

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.console.score import facts
from lienthong.console.score.forms import OfficialForm
from lienthong.documents.public import Retention, keep_file, upload_refused
from lienthong.fields.public import refusals_at, sentence_of
from lienthong.identity.public import Actor
from lienthong.indicators.public import (
    DTI,
    QD766,
    ComponentLine,
    Entered,
    OfficialScore,
    TooManyToCountLive,
    agency_score,
    enter_official_score,
    official_history,
    parts,
    summed_score,
)
from lienthong.kit.words import format_date
from lienthong.organisations.public import Organisation

SHORT: Final = {QD766: "QĐ 766", DTI: "DTI"}


def of_agency(agency: Organisation, month: date, *, by: Actor) -> dict[str, Any]:
    """Every entry, newest period first; beside those of QĐ 766 for `month`, what our own dossiers give."""
    history = official_history(agency.pk, by=by)
    shown = any(one.counts and _is_of(one.row, month) for one in history)
    lines = _own_lines(agency, month, by=by) if shown else []
    own = {line.own.component.code: line for line in lines}
    return {
        "agency": agency,
        "entries": [_row(one, own if _is_of(one.row, month) else {}) for one in history],
    }


def _own_lines(agency: Organisation, month: date, *, by: Actor) -> list[ComponentLine]:
    """Of a province or ministry all its agencies; none where they are too many to count while one waits."""
    if agency.parent_id:
        return agency_score(agency, month, by=by).lines
    try:
        return summed_score(agency.code, month, by=by).lines
    except TooManyToCountLive:
        return []


def _is_of(row: OfficialScore, month: date) -> bool:
    return row.index == QD766 and row.first_month == row.last_month == month


def _row(one: Entered, own: dict[str, Any]) -> dict[str, Any]:
    row, line = one.row, own.get(one.row.component)
    return {
        "row": row,
        "what": what_words(row),
        "period": period_words(row),
        "counts": one.counts,
        "replaced_by": one.replaced_by,
        "own": facts.exact(line.own.score) if line else None,
        "difference": facts.exact(line.difference) if line and one.counts else None,
        "file": reverse("console_official_file", args=[row.agency_id, row.pk]) if row.document_id else "",
    }


def what_words(row: OfficialScore) -> str:
    part = parts(row.index, row.last_month).get(row.component)
    return f"{SHORT[row.index]}: {_(part.name) if part else row.component}"


def period_words(row: OfficialScore) -> str:
    first, last = f"{row.first_month:%m/%Y}", f"{row.last_month:%m/%Y}"
    return first if first == last else f"{first} – {last}"


def standing(agency: Organisation, *, by: Actor) -> list[tuple[OfficialScore, str]]:
    """The entries that count, in words that tell them apart: what may be withdrawn."""
    return [
        (one.row, f"{what_words(one.row)}, {period_words(one.row)}, {format_date(one.row.as_of)}")
        for one in official_history(agency.pk, by=by)
        if one.counts
    ]


def enter(request: HttpRequest, agency: Organisation, form: OfficialForm, *, by: Actor) -> bool:
    """The file and the score, both or nothing; what is refused stands at the form."""
    dropped = upload_refused(request)
    if dropped is not None:
        form.add_error("document", sentence_of(dropped))
        return False
    file = form.cleaned_data["document"]
    with refusals_at(form), transaction.atomic():
        kept = (
            keep_file(content=file.file, name=file.name or "", by=by, retention=Retention.SOURCE)
            if file
            else None
        )
        enter_official_score(agency=agency, document=kept, **form.facts, by=by)
    return not form.errors
