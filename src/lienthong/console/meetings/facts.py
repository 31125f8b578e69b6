"""What the pages on meetings show: the room as it stands, its minutes, what became of conclusions."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.conference.public import (
    ACT_NAMES,
    STATE_NAMES,
    Conclusion,
    Meeting,
    MeetingLine,
    MeetingPage,
    Room,
    Site,
    State,
    meeting_before,
    people_of,
    standing_conclusions,
)
from lienthong.console.addresses import AS_OF
from lienthong.console.meetings.forms import ArrivalForm, AskForm, ConcludeForm
from lienthong.console.registers import KINDS, bucket_words, url_of
from lienthong.identity.public import Actor, NotAllowed, allowed
from lienthong.kit.words import format_date
from lienthong.steering.public import TaskRow, TaskScope, count_tasks

STATE_KINDS = {State.PLANNED: "none", State.OPEN: "running", State.CLOSED: "done", State.APPROVED: "done",
               State.CALLED_OFF: "stopped"}  # fmt: skip


# ---- the list


def of_list(found: list[Meeting], *, by: Actor) -> list[dict[str, Any]]:
    return [
        {"meeting": each, "url": reverse("console_meeting", args=[each.code]),
         "kind": STATE_KINDS[each.state], "word": _(STATE_NAMES[each.state]).capitalize()}
        for each in found
    ]  # fmt: skip


# ---- the room


def of_room(page: MeetingPage, *, by: Actor) -> dict[str, Any]:
    """The whole page of a meeting, as far as it is `by`'s to act."""
    meeting, room = page.meeting, page.room
    live = of_live(page, by=by)
    runs, mine = live["runs"], [tile["site"] for tile in live["tiles"] if tile["mine"]]
    before = meeting_before(meeting)
    return {
        **live,
        "may_roll": room.state in {State.OPEN, State.CLOSED} and bool(runs or mine),
        "approves": room.state is State.CLOSED and allowed(by, "conference.approve", meeting.body),
        "forms": forms_of(page, runs=runs, mine=mine) if room.state is State.OPEN else {},
        "before": before,
        "before_rows": conclusion_rows(standing_conclusions(before), before, by=by) if before else [],
        "links": links_of(meeting),
    }


def of_live(page: MeetingPage, *, by: Actor) -> dict[str, Any]:
    """What changes while one looks: state, agenda, floor, roll, conclusions."""
    meeting, room = page.meeting, page.room
    runs = allowed(by, "conference.run", meeting.body)
    mine = {site.pk for site in page.sites_of(by)}
    sites = {site.pk: site for site in page.sites}
    standing = [each for each in page.conclusions if each.line_id in room.conclusions]
    there = [site for site in page.sites if room.here(site.pk)]
    return {
        "page": page,
        "meeting": meeting,
        "room": room,
        "open": room.state is State.OPEN,
        "kind": STATE_KINDS[room.state],
        "word": _(STATE_NAMES[room.state]).capitalize(),
        "runs": runs,
        "agenda": agenda(page),
        "speaker": speaker(room, sites, mine, runs=runs),
        "waiting": [turn_row(each, sites, mine, runs=runs) for each in room.waiting],
        "tiles": [tile(site, room, mine) for site in page.sites],
        "sites_here": len(there),
        "people_here": sum(len(room.here(site.pk)) for site in there),
        "own": [own_site(site, room) for site in page.sites if site.pk in mine],
        "conclusions": conclusion_rows(standing, meeting, by=by),
        "seen_at": timezone.localtime(),
    }


def agenda(page: MeetingPage) -> list[dict[str, Any]]:
    """Items in order, with when they were talked about and what they rest on."""
    room = page.room
    rows = []
    for item in page.items:
        talks = [each for each in room.talks if each.item == item.pk]
        kind = "now" if room.item == item.pk else "done" if talks else "next"
        papers = [
            {"pk": each.pk, "name": each.file.name, "sha256": each.file.sha256,
             "url": reverse("console_meeting_paper", args=[page.meeting.code, each.file_id])}
            for each in item.papers.all()
        ]  # fmt: skip
        rows.append({"item": item, "kind": kind, "times": spans(talks), "papers": papers})
    return rows


def spans(talks: Sequence[Any]) -> str:
    """ "08:05–08:20, 09:00–09:10"; "08:05–" while it goes on."""
    return ", ".join(f"{hour(each.since)}–{hour(each.until)}" for each in talks)


def hour(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""


def speaker(room: Room, sites: dict[int, Site], mine: set[int], *, runs: bool) -> dict[str, Any] | None:
    if room.speaker is None:
        return None
    return {**turn_row(room.speaker.ask, sites, mine, runs=runs), "since": hour(room.speaker.since)}


def turn_row(ask: Any, sites: dict[int, Site], mine: set[int], *, runs: bool) -> dict[str, Any]:
    return {
        "ask": ask,
        "site": sites[ask.site],
        "who": f"{ask.name}, {ask.post}".rstrip(", "),
        "at": hour(ask.at),
        "may_act": runs or ask.site in mine,
    }


def tile(site: Site, room: Room, mine: set[int]) -> dict[str, Any]:
    """A site in the strip: its name, how many sit there, and what it is doing, as shape and word."""
    here = room.here(site.pk)
    speaks = room.speaker is not None and room.speaker.ask.site == site.pk
    asks = any(ask.site == site.pk for ask in room.waiting)
    kind, word = next(
        told
        for holds, told in (
            (speaks, ("running", _("đang phát biểu"))),
            (asks, ("soon", _("đăng ký"))),
            (here, ("done", _("{count} người").format(count=len(here)))),
            (True, ("none", _("vắng"))),
        )
        if holds
    )
    return {
        "site": site, "mine": site.pk in mine, "kind": kind, "word": word,
        "names": ", ".join(each.came.name for each in here),
    }  # fmt: skip


def own_site(site: Site, room: Room) -> dict[str, Any]:
    return {"site": site, "here": room.here(site.pk)}


def forms_of(page: MeetingPage, *, runs: bool, mine: list[Site]) -> dict[str, Any]:
    """Those with something to type: roll-call, floor, conclusion. They stand outside what is live."""
    room = page.room
    told: dict[str, Any] = {}
    if runs or mine:
        told["arrival"] = ArrivalForm(page.sites if runs else mine, prefix="den")
    askers = [site for site in (page.sites if runs else mine) if room.here(site.pk)]
    if askers:
        here = [(site, each) for site in askers for each in room.here(site.pk)]
        told["ask"] = AskForm(here, several=len(askers) > 1, prefix="xin")
    if runs:
        told["conclude"] = ConcludeForm(page, initial={"item": room.item or ""})
    return told


def links_of(meeting: Meeting) -> list[dict[str, str]]:
    """The screens of the meeting, on the figures of its day."""
    shown = min(meeting.as_of, timezone.localdate())
    month, day = f"?thang={shown:%Y-%m}", f"?{AS_OF}={shown.isoformat()}"
    told = (
        ("console_wall", month, _("Màn hình lớn")),
        ("console", month, _("Tổng quan")),
        ("console_tasks", day, _("Nhiệm vụ")),
        ("console_late", "", _("Hồ sơ chậm")),
    )
    return [{"label": label, "url": reverse(name) + query} for name, query, label in told]


def of_roll(page: MeetingPage, *, by: Actor) -> list[dict[str, Any]]:
    """Who is written down as present at the sites that `by` may write for. Raises NotAllowed without any."""
    meeting, room = page.meeting, page.room
    runs = allowed(by, "conference.run", meeting.body)
    sites = {site.pk: site for site in (page.sites if runs else page.sites_of(by))}
    if not sites:
        raise NotAllowed
    return [
        {"site": sites[each.came.site], "came": each.came,
         "times": f"{hour(each.came.at)}–{hour(each.left_at)}", "may_act": room.state in {State.OPEN, State.CLOSED}}
        for each in room.presences
        if each.came.site in sites
    ]  # fmt: skip


# ---- conclusions and what became of them


def conclusion_rows(found: Sequence[Conclusion], meeting: Meeting, *, by: Actor) -> list[dict[str, Any]]:
    """Each with its task as it stands today."""
    tasks = any(task_of(each) for each in found)
    rows = count_tasks(TaskScope(plan=meeting.plan.code), timezone.localdate(), by=by).rows if tasks else []
    known = {row.id: row for row in rows}
    return [conclusion_row(each, known) for each in found]


def task_of(conclusion: Conclusion) -> Any:
    link = getattr(conclusion, "assigned", None)
    return link.task if link else None


def conclusion_row(conclusion: Conclusion, known: dict[int, TaskRow]) -> dict[str, Any]:
    task = task_of(conclusion)
    row = known.get(task.pk) if task else None
    return {
        "conclusion": conclusion,
        "leads": leads_words(conclusion),
        "task": task,
        "url": url_of(task.code) if task else "",
        "kind": KINDS[row.bucket] if row and row.bucket else "none",
        "word": bucket_words(row) if row else _("Chưa giao thành nhiệm vụ"),
        "dossier": conclusion.dossier,
    }


def leads_words(conclusion: Conclusion, sites: Sequence[Site] = ()) -> str:
    """By name; "mọi điểm cầu (34 cơ quan)" where it is all of these."""
    leads = sorted(conclusion.leads.all(), key=lambda lead: lead.sort_key)
    if len(leads) > 3 and {lead.pk for lead in leads} == {site.agency_id for site in sites} - {None}:
        return _("mọi điểm cầu ({count} cơ quan)").format(count=len(leads))
    if len(leads) > 3 and not sites:
        return _("{count} cơ quan").format(count=len(leads))
    return ", ".join(lead.name for lead in leads)


def conclude_link(meeting: Meeting | None, *, text: str, lead: str = "", dossier: str = "") -> str:
    """Into the open meeting, with what the chair was looking at; empty without one."""
    if meeting is None:
        return ""
    told = {"text": text, "lead": lead, "dossier": dossier}
    kept = urlencode({key: value for key, value in told.items() if value})
    return reverse("console_meeting_conclude", args=[meeting.code]) + "?" + kept


# ---- the minutes


def of_minutes(page: MeetingPage) -> dict[str, Any]:
    """Put together from the ledger: who was there, what was talked about when, who spoke, what was concluded."""
    room, sites = page.room, {site.pk: site for site in page.sites}
    heads = [seat for seat in people_of(page.meeting, room) if seat.post != "member"]
    day: date = timezone.localtime(room.opened_at or page.meeting.starts_at).date()
    return {
        "page": page,
        "meeting": page.meeting,
        "room": room,
        "word": _(STATE_NAMES[room.state]),
        "day": day,
        "heads": heads,
        "attendance": attendance(page),
        "absent": ", ".join(site.name for site in page.sites if not came_to(site, room)),
        "agenda": agenda(page),
        "turns": [
            {"site": sites[each.ask.site or 0], "ask": each.ask, "who": turn_row(each.ask, sites, set(), runs=False)["who"],
             "times": f"{hour(each.since)}–{hour(each.until)}"}
            for each in room.turns
        ],
        "conclusions": [
            {"conclusion": each, "leads": leads_words(each, page.sites), "task": task_of(each),
             "due": format_date(each.due_on)}
            for each in page.conclusions
            if each.line_id in room.conclusions
        ],
        "lines": [line_row(line) for line in page.lines.values()],
        "chair": next((seat for seat in heads if seat.post == "chair"), None),
        "secretary": next((seat for seat in heads if seat.post == "secretary"), None),
    }  # fmt: skip


def came_to(site: Site, room: Room) -> list[Any]:
    return [each for each in room.presences if each.came.site == site.pk]


def attendance(page: MeetingPage) -> list[dict[str, Any]]:
    """Site by site, those with anybody."""
    rows = []
    for site in page.sites:
        people = [
            {"who": f"{each.came.name}, {each.came.post}".rstrip(", "),
             "times": f"{hour(each.came.at)}–{hour(each.left_at)}"}
            for each in came_to(site, page.room)
        ]  # fmt: skip
        if people:
            rows.append({"site": site, "people": people})
    return rows


def line_row(line: MeetingLine) -> dict[str, Any]:
    """A line of the ledger, with when it was recorded where that was on another day."""
    entered = timezone.localtime(line.recorded_at).date() != timezone.localtime(line.happened_at).date()
    return {
        "line": line,
        "title": _(ACT_NAMES[line.line.act]),
        "entered": line.recorded_at if entered else None,
    }
