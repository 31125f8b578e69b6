"""Pages on meetings: the list, preparing, the room, its live state, presses, conclusions, minutes, papers."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lienthong.conference.public import (
    Meeting,
    MeetingPage,
    add_item,
    assign_conclusion,
    change_meeting,
    conclude,
    connect_sites,
    disconnect_site,
    drop_item,
    drop_paper,
    find_meeting,
    item_of,
    meeting_page,
    meetings,
    move_item,
    page_of,
    paper_of,
    paper_to_drop,
    plan_meeting,
    put_paper,
    site_of,
)
from lienthong.console.forms import FILES
from lienthong.console.meetings import facts, live
from lienthong.console.meetings.acts import ACTS, ROLL
from lienthong.console.meetings.forms import ConcludeForm, ItemForm, MeetingForm, PaperForm, SiteForm
from lienthong.console.meetings.forms import facts_of as told_of
from lienthong.console.show import show
from lienthong.documents.public import keep_file, serve, upload_refused
from lienthong.fields.public import sentence_of
from lienthong.identity.public import Actor, NotAllowed, actor_of, officer_page, require
from lienthong.kit.errors import Refused
from lienthong.steering.public import plans_to_assign

HERE = "console_meetings"


@require_safe
@officer_page
def listing(request: HttpRequest) -> HttpResponse:
    """/dieu-hanh/phien-hop/: the meetings one may see."""
    by = actor_of(request)
    rows = facts.of_list(meetings(by=by), by=by)
    return show(request, "meetings/list.html", current=HERE, rows=rows, may_plan=bool(plans_to_assign(by)))


@require_safe
@officer_page
def room(request: HttpRequest, code: str) -> HttpResponse:
    """/dieu-hanh/phien-hop/<code>/: the meeting as it stands, and what one may do in it."""
    by = actor_of(request)
    return show(
        request, "meetings/room.html", current=HERE, **facts.of_room(meeting_page(code, by=by), by=by)
    )


@require_safe
@officer_page
def follow(request: HttpRequest, code: str) -> HttpResponseBase:
    """/dieu-hanh/phien-hop/<code>/truc-tiep/: the live part, by server-sent events."""
    by = actor_of(request)
    return live.answer(request, find_meeting(code, by=by), by=by)


@require_POST
@officer_page
def press(request: HttpRequest, code: str, slug: str) -> HttpResponseBase:
    """/dieu-hanh/phien-hop/<code>/ghi/<slug>/: one press; what is refused is told on the room's page."""
    by = actor_of(request)
    meeting = find_meeting(code, by=by)
    if slug not in ACTS:
        raise Http404(slug)
    done, act = ACTS[slug]
    if refusal := refused(lambda: act(meeting, request.POST.dict(), by)):
        messages.error(request, refusal)
    else:
        messages.success(request, done)
    return redirect("console_meeting_roll" if slug in ROLL else "console_meeting", code)


@require_safe
@officer_page
def roll(request: HttpRequest, code: str) -> HttpResponse:
    """/dieu-hanh/phien-hop/<code>/diem-danh/: who was written down as present, to be put right."""
    by = actor_of(request)
    page = meeting_page(code, by=by)
    rows = facts.of_roll(page, by=by)
    return show(request, "meetings/roll.html", current=HERE, meeting=page.meeting, rows=rows)


def refused(act: Any) -> str:
    """The sentence if it was refused for what stands, "" if it was done; who may not is refused outright."""
    try:
        act()
    except Refused as why:
        if why.status != 409:
            raise
        return sentence_of(why)
    return ""


@officer_page
def new_conclusion(request: HttpRequest, code: str) -> HttpResponseBase:
    """/dieu-hanh/phien-hop/<code>/ket-luan/: a conclusion, and with the other button its task at once."""
    by = actor_of(request)
    page = meeting_page(code, by=by)
    require(by, "conference.run", page.meeting.body)
    if request.method != "POST":
        return show_conclusion(
            request, page, ConcludeForm(page, initial=request.GET.dict() | {"item": page.room.item})
        )
    form = ConcludeForm(page, request.POST)
    if not form.is_valid():
        return show_conclusion(request, page, form)
    if refusal := refused(lambda: write_conclusion(page, form, task="giao" in request.POST, by=by)):
        form.add_error(None, refusal)
        return show_conclusion(request, page, form)
    messages.success(request, _("Đã ghi kết luận."))
    return redirect("console_meeting", code)


@transaction.atomic
def write_conclusion(page: MeetingPage, form: ConcludeForm, *, task: bool, by: Actor) -> None:
    """Both or nothing."""
    made = conclude(meeting=page.meeting, **form.facts(), by=by)
    if task:
        assign_conclusion(conclusion=made, by=by)


def show_conclusion(request: HttpRequest, page: MeetingPage, form: ConcludeForm) -> HttpResponse:
    return show(
        request, "meetings/conclude.html", current=HERE, meeting=page.meeting, form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip


@require_safe
@officer_page
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """/dieu-hanh/phien-hop/<code>/bien-ban/: put together from the ledger, to be printed."""
    page = meeting_page(code, by=actor_of(request))
    return show(request, "meetings/minutes.html", current=HERE, **facts.of_minutes(page))


@require_safe
@officer_page
def paper(request: HttpRequest, code: str, file: UUID) -> HttpResponseBase:
    """/dieu-hanh/phien-hop/<code>/tai-lieu/<file>/: what an item rests on."""
    return serve(paper_of(find_meeting(code, by=actor_of(request)), file))


# ---- preparing


@officer_page
def new(request: HttpRequest) -> HttpResponseBase:
    """/dieu-hanh/phien-hop/lap/: a new meeting."""
    by = actor_of(request)
    if not plans_to_assign(by):
        raise NotAllowed
    form = MeetingForm(by, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = plan_meeting(**form.facts(), by=by)
        except Refused as why:
            form.add_error(None, sentence_of(why))
        else:
            return redirect("console_meeting_prepare", made.code)
    status = 422 if form.errors else 200
    return show(request, "meetings/new.html", current=HERE, form=form, status=status)


@officer_page
def prepare(request: HttpRequest, code: str) -> HttpResponseBase:
    """/dieu-hanh/phien-hop/<code>/chuan-bi/: facts, sites, agenda, papers; each button one change."""
    by = actor_of(request)
    meeting = find_meeting(code, by=by)
    require(by, "conference.run", meeting.body)
    if request.method != "POST":
        return show_prepare(request, page_of(meeting))
    form = pressed(request, page_of(meeting), by)
    if form is not None and not form.is_valid():
        return show_prepare(request, page_of(meeting), form)
    if refusal := refused(lambda: change(request, meeting, form, by)):
        if form is not None:
            form.add_error(None, refusal)
            return show_prepare(request, page_of(meeting), form)
        messages.error(request, refusal)
    return redirect("console_meeting_prepare", code)


def pressed(request: HttpRequest, page: MeetingPage, by: Actor) -> Any:
    """The form of the button that was pressed; None for one that asks nothing."""
    made: dict[str, Callable[[], Any]] = {
        "facts": lambda: MeetingForm(by, request.POST),
        "site": lambda: SiteForm(page.meeting, request.POST),
        "item": lambda: ItemForm(request.POST, request.FILES),
        "paper": lambda: PaperForm(page, request.POST, request.FILES),
    }
    make = made.get(request.POST.get("what", ""))
    return make() if make else None


@transaction.atomic
def change(request: HttpRequest, meeting: Any, form: Any, by: Actor) -> None:
    """Raises Refused; nothing is half saved."""
    dropped = upload_refused(request)
    if dropped is not None:
        raise dropped
    what, pk = request.POST.get("what", ""), request.POST.get("so", "")
    if what == "facts":
        change_meeting(meeting=meeting, **form.facts(), by=by)
    elif what == "site":
        connect_sites(meeting=meeting, agencies=form.chosen, by=by)
    elif what == "item":
        told = dict(form.cleaned_data)
        file = told.pop(FILES)
        keep(add_item(meeting=meeting, **told, by=by), file, by)
    elif what == "paper":
        keep(item_of(meeting, pk), form.cleaned_data[FILES], by)
    elif what in PLAIN:
        PLAIN[what](meeting, pk, by)


PLAIN: Final[dict[str, Callable[[Meeting, str, Actor], None]]] = {
    "drop-item": lambda meeting, pk, by: drop_item(item=item_of(meeting, pk), by=by),
    "up-item": lambda meeting, pk, by: move_item(item=item_of(meeting, pk), up=True, by=by),
    "down-item": lambda meeting, pk, by: move_item(item=item_of(meeting, pk), up=False, by=by),
    "drop-paper": lambda meeting, pk, by: drop_paper(paper=paper_to_drop(meeting, pk), by=by),
    "drop-site": lambda meeting, pk, by: disconnect_site(site=site_of(meeting, pk), by=by),
}
"""Buttons that ask nothing: what goes, or changes its place."""


def keep(item: Any, file: Any, by: Actor) -> None:
    if file:
        put_paper(item=item, file=keep_file(content=file.file, name=file.name or "", by=by), by=by)


def show_prepare(request: HttpRequest, page: MeetingPage, failed: Any = None) -> HttpResponse:
    by = actor_of(request)
    forms = {
        "facts": MeetingForm(by, initial=told_of(page.meeting)),
        "site": SiteForm(page.meeting),
        "item": ItemForm(),
        "paper": PaperForm(page),
    }
    forms |= {name: failed for name, form in forms.items() if type(form) is type(failed)}
    return show(
        request, "meetings/prepare.html", current=HERE, page=page, meeting=page.meeting, room=page.room,
        agenda=facts.agenda(page), forms=forms, failed=failed, status=422 if failed else 200,
    )  # fmt: skip
