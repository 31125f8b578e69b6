"""Who may do what in the register of tasks.

A chair, vice chair or secretary of the body that follows a plan assigns and decides; the lead agency's
leader, or a member of that agency's own steering committee, reports.
"""

from dataclasses import dataclass

from django.utils import timezone

from lienthong.identity.public import WHOLE_COUNTRY, Actor, Role, permission
from lienthong.organisations.public import Organisation, organisation_now
from lienthong.steering.models import Body, Membership, Plan, Task, TaskEntry
from lienthong.steering.states import ASSIGNING_POSTS


@dataclass(frozen=True)
class Assignment:
    """A task about to be given by a body to agencies."""

    body: Body
    leads: tuple[Organisation, ...]


@permission("steering.load_targets", doc="Load the programme's targets", system=True)
def may_load(by: Actor, _: object) -> bool:
    return by.has(Role.ADMINISTRATOR)


@permission(
    "steering.read", doc="Read targets: they are public to every officer and committee member", system=True
)
def may_read(by: Actor, _: object) -> bool:
    return by.is_officer or by.has(Role.COMMITTEE)


@permission("steering.keep_bodies", doc="Note bodies and who sits in them", system=True)
def may_keep_bodies(by: Actor, _: object) -> bool:
    return by.has(Role.ADMINISTRATOR, at=WHOLE_COUNTRY)


@permission("steering.enter_history", doc="Enter an older register into an empty plan", system=True)
def may_enter_history(by: Actor, _: object) -> bool:
    return False


@permission("steering.keep_plan", doc="Open plans of a body and set their targets: who assigns", system=True)
def may_keep_plan(by: Actor, body: Body) -> bool:
    return sits_to_assign(by, body)


@permission(
    "steering.assign",
    doc="Assign tasks: chair, vice chair, secretary of the body, to agencies under its host",
    system=True,
)
def may_assign(by: Actor, assignment: Assignment) -> bool:
    body = assignment.body
    inside = body.host is None or all(lead.path.startswith(body.host.path) for lead in assignment.leads)
    return inside and sits_to_assign(by, body)


@permission(
    "steering.decide",
    doc="Decide on extensions, results, cancelling, mistakes: who assigns in the body that follows the plan",
    system=True,
)
def may_decide(by: Actor, task: Task) -> bool:
    return sits_to_assign(by, task.plan.body)


@permission(
    "steering.report",
    doc="Report on a task: the lead's leader, or a member of the lead's own steering committee",
    system=True,
)
def may_report(by: Actor, task: Task) -> bool:
    return task.lead is not None and speaks_for(by, task.lead)


@permission(
    "steering.remove_obstacle",
    doc="Say that an obstacle is gone: who assigns, or the agency that can remove it",
    system=True,
)
def may_remove(by: Actor, obstacle: TaskEntry) -> bool:
    if obstacle.remover is not None and speaks_for(by, obstacle.remover):
        return True
    return sits_to_assign(by, obstacle.task.plan.body)


@permission(
    "steering.judge_reading",
    doc="Read a document into a plan and judge what it proposes: who assigns in the plan's body",
    private=True,
)
def may_judge(by: Actor, plan: Plan) -> bool:
    return sits_to_assign(by, plan.body)


def speaks_for(by: Actor, agency: Organisation) -> bool:
    """The leader of the agency, or of the one that carries on its work; or its steering officer."""
    now = organisation_now(agency, timezone.localdate())
    return by.has(Role.LEADER, Role.COMMITTEE, at=now.code)


def sits_to_assign(by: Actor, body: Body) -> bool:
    place = body.host.code if body.host else WHOLE_COUNTRY
    if by.account_id is None or not by.has(Role.COMMITTEE, at=place):
        return False
    seats = Membership.objects.on(timezone.localdate()).filter(body=body, account_id=by.account_id)
    return seats.filter(post__in=ASSIGNING_POSTS).exists()
