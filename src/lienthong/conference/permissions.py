"""Who may do what in a meeting.

Who assigns in the body (chair, vice chair, secretary) prepares and runs its meetings; a site's own people
join and ask for the floor there; whoever sees the meeting reads it.
"""

from django.utils import timezone

from lienthong.conference.models import Meeting, Site
from lienthong.identity.public import Actor, Role, permission
from lienthong.steering.public import Body, BodyPost, Membership, sits_to_assign, speaks_for


@permission(
    "conference.enter", doc="Open the list of meetings: committee members, leaders, auditors", system=True
)
def may_enter(by: Actor, _: object) -> bool:
    return by.has(Role.COMMITTEE, Role.LEADER, Role.AUDITOR)


@permission(
    "conference.read",
    doc="Read a meeting: members of its body, its sites' leaders, auditors; of a national one also its committee",
    system=True,
    private=True,
)
def may_read(by: Actor, meeting: Meeting) -> bool:
    return may_enter(by, None) and Meeting.objects.visible_to(by).filter(pk=meeting.pk).exists()


@permission(
    "conference.run",
    doc="Prepare and run the meetings of a body: its chair, vice chair, secretary",
    system=True,
)
def may_run(by: Actor, body: Body) -> bool:
    return sits_to_assign(by, body)


@permission(
    "conference.approve", doc="Approve a meeting's minutes: chair, vice chair of its body", system=True
)
def may_approve(by: Actor, body: Body) -> bool:
    seats = Membership.objects.on(timezone.localdate()).filter(body=body, account=by.account_id)
    heads = seats.filter(post__in=(BodyPost.CHAIR, BodyPost.VICE))
    return sits_to_assign(by, body) and heads.exists()


@permission(
    "conference.sit",
    doc="Join at a site, ask for the floor there: its agency's leader or steering officer; who runs the meeting",
    system=True,
)
def may_sit(by: Actor, site: Site) -> bool:
    if site.agency is not None and speaks_for(by, site.agency):
        return True
    return sits_to_assign(by, site.meeting.body)
