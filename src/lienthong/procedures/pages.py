"""The editors' pages: what each version says and how surely, what changed, and the next version."""

from collections.abc import Callable
from functools import wraps
from itertools import groupby
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lienthong.fields.public import sentence_of, told
from lienthong.identity.public import NotAllowed, actor_of, officer_page, require
from lienthong.kit.errors import Refused
from lienthong.procedures import actions
from lienthong.procedures.content import Certainty
from lienthong.procedures.forms_of_editors import EditForm, EndForm, StartForm
from lienthong.procedures.models import ProcedureVersion
from lienthong.procedures.queries import latest_version, versions_for_editors
from lienthong.procedures.rules import Fact, changes_between, completeness, defects, facts_of, how_sure
from lienthong.procedures.rules.facts import DEGREES, LEVELS, LIMITS, NOT_STATED
from lienthong.procedures.states import VersionState

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def editor_page(page: Page[P]) -> Page[P]:
    """Only for editors of procedures (kiểm soát thủ tục hành chính)."""

    @officer_page
    @wraps(page)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        require(actor_of(request), "procedures.edit", None)
        return page(request, *args, **kwargs)

    return opened


def show(request: HttpRequest, template: str, *, status: int = 200, **facts: Any) -> HttpResponse:
    nav = [{"label": _("Thủ tục"), "url": reverse("procedures:list"), "current": True, "count": ""}]
    frame = {"hall_name": _("Kiểm soát thủ tục hành chính"), "hall_nav": nav, "me": actor_of(request).name}
    return render(request, f"procedures/{template}", frame | facts, status=status)


@editor_page
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """/quan-ly-thu-tuc/: procedures, their versions, and what is known least well in each."""
    today, rows = timezone.localdate(), []
    for procedure, versions in groupby(versions_for_editors(), key=lambda version: version.procedure):
        found = list(versions)
        content = found[0].typed
        facts = {"sure": [(level, told(LEVELS[level]), n) for level, n in how_sure(content).items()]}
        rows.append(
            {"procedure": procedure, "versions": found, "defects": len(defects(content, on=today)), **facts}
        )
    return show(request, "editors.html", rows=rows, today=today)


def find(pk: int) -> ProcedureVersion:
    found = ProcedureVersion.objects.select_related("procedure").filter(pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    return found


@editor_page
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """/quan-ly-thu-tuc/<pk>/: every fact with its certainty and source."""
    return show_version(request, find(pk))


def show_version(
    request: HttpRequest,
    version: ProcedureVersion,
    start: StartForm | None = None,
    end: EndForm | None = None,
) -> HttpResponse:
    content, today = version.typed, timezone.localdate()
    others = [v for v in versions_for_editors() if v.procedure_id == version.procedure_id and v != version]
    former = next((v for v in others if v.state == VersionState.PUBLISHED and _before(v, version)), None)
    failed = start if start and start.errors else end if end and end.errors else None
    return show(
        request,
        "version.html",
        status=422 if failed else 200,
        version=version,
        content=content,
        groups=fact_groups(facts_of(content)),
        defects=[told(found.sentence, found.facts) for found in defects(content, on=today)],
        missing=[told(part.sentence) for part in completeness(content)],
        others=others,
        changes=change_rows(former, version) if former else [],
        former=former,
        start=start or StartForm(prefix="start"),
        end=end or EndForm(prefix="end"),
        failed=failed,
        is_draft=version.state == VersionState.DRAFT,
        may_end=version.state == VersionState.PUBLISHED and version.valid_to is None,
    )


def _before(one: ProcedureVersion, other: ProcedureVersion) -> bool:
    return one.valid_from is None or (other.valid_from is not None and one.valid_from < other.valid_from)


def fact_groups(facts: list[Fact]) -> list[tuple[str, list[dict[str, str]]]]:
    return [
        (told(group), [row_of(fact) for fact in found]) for group, found in groupby(facts, lambda f: f.group)
    ]


def row_of(fact: Fact) -> dict[str, str]:
    return {
        "label": told(fact.label) if fact.label else "",
        "value": words_of(fact),
        "certainty": told(LEVELS[fact.certainty.level]),
        "details": details_of(fact.certainty),
        "level": fact.certainty.level if fact.is_stated else "",
        "source": fact.source,
    }


def words_of(fact: Fact | None) -> str:
    """What the version says; what it leaves out is said, never shown as nothing or 0."""
    if fact is None:
        return _("không có trong bản này")
    if not fact.is_stated:
        return told(NOT_STATED)
    ours = ", ".join(told(key) for key in fact.keys)
    if fact.group == LIMITS:
        return " ".join(filter(None, (fact.words, ours)))
    return " · ".join(filter(None, (ours, fact.words)))


def details_of(certainty: Certainty) -> str:
    degree = told(DEGREES[certainty.degree]) if certainty.degree else ""
    return ", ".join(filter(None, (degree, certainty.note)))


def change_rows(former: ProcedureVersion, version: ProcedureVersion) -> list[dict[str, str]]:
    return [
        {
            "where": f"{told(change.group)}: {told(change.label)}",
            "before": words_of(change.before),
            "after": words_of(change.after),
            "source": change.after.source if change.after else "",
        }
        for change in changes_between(former.typed, version.typed)
    ]


@editor_page
@require_POST
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """/quan-ly-thu-tuc/<pk>/soan/: a new version from the latest one."""
    version, form = find(pk), StartForm(request.POST, prefix="start")
    if form.is_valid():
        try:
            made = actions.prepare_version(
                procedure=version.procedure, by=actor_of(request), **form.cleaned_data
            )
        except NotAllowed:
            raise
        except Refused as why:
            form.add_error(None, sentence_of(why))
        else:
            return redirect("procedures:edit", made.pk)
    return show_version(request, version, start=form)


@editor_page
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """/quan-ly-thu-tuc/<pk>/sua/: change what is being prepared."""
    version = find(pk)
    if version.state != VersionState.DRAFT:
        return redirect("procedures:version", pk)
    start = {"valid_from": version.valid_from, "source": version.source}
    form = EditForm(version.typed, request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        dated = {name: form.cleaned_data[name] for name in ("valid_from", "source")}
        try:
            actions.edit_version(version=version, edits=form.edits, by=actor_of(request), **dated)
        except NotAllowed:
            raise
        except Refused as why:
            form.add_error(None, sentence_of(why))
        else:
            messages.success(request, _("Đã lưu bản soạn."))
            return redirect("procedures:version", pk)
    return show(request, "edit.html", version=version, form=form, status=422 if form.errors else 200)


@editor_page
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """/quan-ly-thu-tuc/<pk>/cong-bo/: from its day on it binds; dossiers filed before keep theirs."""
    return done(request, find(pk), actions.publish_prepared, _("Đã công bố."))


@editor_page
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """/quan-ly-thu-tuc/<pk>/bo/: throw away what was being prepared."""
    version = find(pk)
    latest = latest_version(version.procedure)
    return done(request, version, actions.discard_version, _("Đã bỏ bản soạn."), back=latest)


def done(
    request: HttpRequest,
    version: ProcedureVersion,
    act: Callable[..., object],
    words: str,
    back: ProcedureVersion | None = None,
) -> HttpResponse:
    try:
        act(version=version, by=actor_of(request))
    except NotAllowed:
        raise
    except Refused as why:
        messages.error(request, sentence_of(why))
        return redirect("procedures:version", version.pk)
    messages.success(request, words)
    return redirect("procedures:version", (back or version).pk)


@editor_page
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """/quan-ly-thu-tuc/<pk>/het-hieu-luc/: nothing follows; the procedure was abolished."""
    version, form = find(pk), EndForm(request.POST, prefix="end")
    if form.is_valid():
        try:
            actions.close_version(version=version, by=actor_of(request), **form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as why:
            form.add_error(None, sentence_of(why))
        else:
            messages.success(request, _("Đã ghi ngày hết hiệu lực."))
            return redirect("procedures:version", pk)
    return show_version(request, version, end=form)
