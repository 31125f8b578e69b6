"""Reads: meetings one may see, a meeting as it stands, its minutes, what became of its conclusions."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from lienthong.conference.models import (
    AgendaItem,
    Conclusion,
    ConclusionTask,
    Meeting,
    MeetingLine,
    MeetingPaper,
    Site,
    spoken_for,
)
from lienthong.conference.rules.refusals import NoSuchMeeting, NoSuchPaper, OfAnotherMeeting
from lienthong.conference.rules.room import Room, fold
from lienthong.conference.states import Act, State
from lienthong.documents.public import StoredFile
from lienthong.identity.public import Actor, allowed, require
from lienthong.steering.public import Membership, Task, members_of, sits_to_assign


@dataclass(frozen=True)
class MeetingPage:
    """A meeting with everything in it. `lines` by id."""

    meeting: Meeting
    room: Room
    sites: list[Site]
    """The centre first, then by the places' names."""
    items: list[AgendaItem]
    lines: dict[int, MeetingLine]
    conclusions: list[Conclusion]
    """Those retracted, too; `room.conclusions` names the lines of the others."""

    def sites_of(self, viewer: Actor) -> list[Site]:
        """Where the viewer's own people sit."""
        inside = spoken_for(viewer)
        return [site for site in self.sites if site.agency_id in inside]


def meetings(*, by: Actor) -> list[Meeting]:
    """Those that `by` may see, with their state, the latest first. Requires conference.enter."""
    require(by, "conference.enter")
    seen = Meeting.objects.visible_to(by).with_state().select_related("body", "plan")
    return list(seen.order_by("-starts_at", "-pk"))


def open_meeting_to_run(*, by: Actor) -> Meeting | None:
    """The meeting in session that `by` runs, into which a conclusion may be written."""
    found = [each for each in _in_session(by) if sits_to_assign(by, each.body)]
    return found[0] if found else None


def open_meeting_to_see(*, by: Actor) -> Meeting | None:
    """The meeting in session that `by` may see, the latest."""
    return next(iter(_in_session(by)), None)


def _in_session(by: Actor) -> list[Meeting]:
    """Most of the time nobody is in session, which one query tells."""
    if not allowed(by, "conference.enter"):
        return []
    known = Meeting.objects.in_state(State.OPEN).values_list("pk", flat=True)
    if not known:
        return []
    seen = Meeting.objects.visible_to(by).filter(pk__in=list(known)).select_related("body__host", "plan")
    return list(seen.order_by("-starts_at"))


def find_meeting(code: str, *, by: Actor) -> Meeting:
    """Raises NoSuchMeeting. Requires conference.read."""
    meeting = Meeting.objects.filter(code=code).select_related("body__host", "plan__programme").first()
    if meeting is None:
        require(by, "conference.enter")
        raise NoSuchMeeting
    require(by, "conference.read", meeting)
    return meeting


def version_of(meeting: Meeting) -> int:
    """The number of the last line: asked again and again by whoever watches the meeting."""
    return MeetingLine.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0


def meeting_page(code: str, *, by: Actor) -> MeetingPage:
    """Raises NoSuchMeeting. Requires conference.read."""
    return page_of(find_meeting(code, by=by))


def page_of(meeting: Meeting) -> MeetingPage:
    """For a caller that has found the meeting by `find_meeting`."""
    lines = {line.pk: line for line in meeting.lines.all()}
    sites = meeting.sites.select_related("agency__unit")
    ordered = sorted(sites, key=lambda site: site.sort_key)
    return MeetingPage(
        meeting=meeting,
        room=fold([line.line for line in lines.values()]),
        sites=ordered,
        items=list(meeting.items.prefetch_related("papers__file")),
        lines=lines,
        conclusions=conclusions_of(meeting),
    )


def conclusions_of(meeting: Meeting) -> list[Conclusion]:
    found = meeting.conclusions.select_related("line", "assigned__task__plan")
    return list(found.prefetch_related("leads"))


def standing_conclusions(meeting: Meeting) -> list[Conclusion]:
    """Those not retracted."""
    retracted = meeting.lines.filter(act="retracted").values_list("answers", flat=True)
    gone = set(retracted)
    return [each for each in conclusions_of(meeting) if each.line_id not in gone]


def meeting_before(meeting: Meeting) -> Meeting | None:
    """The last meeting of the same body that was held before this one."""
    held = Meeting.objects.filter(body=meeting.body_id, starts_at__lt=meeting.starts_at)
    return held.in_state(State.CLOSED, State.APPROVED).order_by("-starts_at", "-pk").first()


def conclusion_of(task: Task) -> Conclusion | None:
    """The conclusion that a task, or the task it is a part of, came from."""
    known = ConclusionTask.objects.filter(task__in=(task.pk, task.parent_id or task.pk))
    found = known.select_related("conclusion__meeting__body").first()
    return found.conclusion if found else None


def paper_of(meeting: Meeting, file: UUID) -> StoredFile:
    """For a caller that has found the meeting. Raises NoSuchPaper."""
    found = MeetingPaper.objects.filter(item__meeting=meeting, file=file).select_related("file").first()
    if found is None:
        raise NoSuchPaper
    return found.file


def paper_to_drop(meeting: Meeting, pk: str) -> MeetingPaper:
    """For a caller that has found the meeting. Raises NoSuchPaper."""
    known = MeetingPaper.objects.filter(item__meeting=meeting, pk=number(pk))
    found = known.select_related("item__meeting__body__host").first()
    if found is None:
        raise NoSuchPaper
    return found


def called_off_ahead(*, by: Actor) -> list[tuple[Meeting, str]]:
    """Meetings still to come of the sites that `by` speaks for which do not take place, each with its reason."""
    if not allowed(by, "conference.enter"):
        return []
    sites = Site.objects.filter(agency__in=spoken_for(by))
    ahead = Meeting.objects.filter(pk__in=sites.values("meeting"), starts_at__gte=timezone.now())
    lines = MeetingLine.objects.filter(meeting__in=ahead, act=Act.CALLED_OFF).select_related("meeting__body")
    return [(line.meeting, line.text) for line in lines.order_by("meeting__starts_at", "meeting")]


def site_of(meeting: Meeting, pk: str) -> Site:
    """Raises OfAnotherMeeting."""
    found = meeting.sites.filter(pk=number(pk)).select_related("agency", "meeting__body__host").first()
    if found is None:
        raise OfAnotherMeeting
    return found


def item_of(meeting: Meeting, pk: str) -> AgendaItem:
    """Raises OfAnotherMeeting."""
    found = meeting.items.filter(pk=number(pk)).select_related("meeting__body__host").first()
    if found is None:
        raise OfAnotherMeeting
    return found


def line_of(meeting: Meeting, pk: str) -> MeetingLine:
    """Raises OfAnotherMeeting."""
    known = meeting.lines.filter(pk=number(pk))
    found = known.select_related("meeting__body__host", "site__agency", "site__meeting__body__host").first()
    if found is None:
        raise OfAnotherMeeting
    return found


def conclusion_at(meeting: Meeting, pk: str) -> Conclusion:
    """Raises OfAnotherMeeting."""
    found = meeting.conclusions.filter(pk=number(pk)).select_related(
        "meeting__body__host", "meeting__plan__body__host", "line"
    )
    conclusion = found.first()
    if conclusion is None:
        raise OfAnotherMeeting
    return conclusion


def number(told: str) -> int:
    """A key from a form; 0, which nothing has, for anything else."""
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 0


def people_of(meeting: Meeting, room: Room) -> list[Membership]:
    """Who sat in the body on the meeting's day."""
    day = timezone.localtime(room.opened_at or meeting.starts_at).date()
    return members_of(meeting.body, day)
