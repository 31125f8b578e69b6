"""Finding a service and reading about it. Open to everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lienthong.dossiers.public import NoSuchDossier, find_dossier
from lienthong.fields.public import sentence_of
from lienthong.identity.public import Actor, actor_of
from lienthong.kit.errors import Refused
from lienthong.kit.identifiers import DossierCode
from lienthong.portal.pages.show import show
from lienthong.portal.queries.dossiers import my_dossiers, waits_for_me
from lienthong.portal.queries.filing import draft_for
from lienthong.portal.queries.frame import you_of
from lienthong.portal.queries.services import service_line, service_lines, service_page
from lienthong.portal.rules import given_name
from lienthong.procedures.public import (
    ProcedureVersion,
    find_procedures,
    life_events,
    successors,
    versions_of,
)

LONGEST_SEARCH = 200


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """/: what waits for me, search, life events. A dossier's code leads to the dossier."""
    by, today = actor_of(request), timezone.localdate()
    asked = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    code = dossier_code(asked)
    if code and (not by.is_known or may_open(code, by)):
        return redirect("portal:dossier", code)
    waiting = waits_for_me(by) if by.is_citizen else []
    return show(
        request,
        "home.html",
        current="home",
        waiting=len(waiting),
        name=given_name(by.name) if by.is_citizen else "",
        rows=my_dossiers(waiting, you_of(by)).waiting if waiting else (),
        asked=asked,
        found=service_lines(find_procedures(asked, today), on=today) if asked and not code else [],
        no_dossier=sentence_of(NoSuchDossier()) if code else "",
        events=life_events(today),
    )


def dossier_code(text: str) -> str:
    try:
        return str(DossierCode.parse(text))
    except Refused:
        return ""


def may_open(code: str, by: Actor) -> bool:
    try:
        find_dossier(code, by=by)
    except NoSuchDossier:
        return False
    return by.is_citizen


@require_safe
def life_event(request: HttpRequest, event: str) -> HttpResponse:
    """/viec/<event>/: the services of one event in life."""
    today = timezone.localdate()
    found = next((each for each in life_events(today) if each.id == event), None)
    if found is None:
        raise Http404(event)
    lines = [service_line(version, on=today) for version in found.versions]
    return show(request, "life_event.html", current="home", event=found, lines=lines)


@require_safe
def service(request: HttpRequest, code: str, version: int | None = None) -> HttpResponse:
    """/dich-vu/<code>/: one service as it is in force, or one of its versions; an old code leads on."""
    versions = versions_of(code)
    if not versions:
        return replaced(request, code)
    chosen = chosen_version(versions, version)
    by = actor_of(request)
    page = service_page(versions, chosen, by=by)
    draft = draft_for(chosen, by=by) if by.is_citizen else None
    events = [event for event in life_events(timezone.localdate()) if chosen in event.versions]
    asked_as = request.GET.get("thay-cho", "")[:40]
    return show(
        request,
        "service.html",
        current="home",
        page=page,
        draft=draft,
        event=next(iter(events), None),
        asked_as=asked_as,
    )


def chosen_version(versions: list[ProcedureVersion], wanted: int | None) -> ProcedureVersion:
    if wanted is not None:
        found = next((v for v in versions if v.pk == wanted), None)
        if found is None:
            raise Http404(wanted)
        return found
    today = timezone.localdate()
    begun = [v for v in versions if v.valid_from is None or v.valid_from <= today]
    return begun[0] if begun else versions[0]


def replaced(request: HttpRequest, code: str) -> HttpResponse:
    """An old code: on to what took it over, or the choice between them."""
    heirs = successors(code)
    if not heirs:
        raise Http404(code)
    if len(heirs) == 1:
        response = redirect("portal:service", heirs[0].code)
        response["Location"] += f"?thay-cho={code}"
        return response
    title = _("Mã {code} đã được thay bằng các thủ tục sau").format(code=code)
    return show(request, "replaced.html", current="home", title=title, heirs=heirs)
