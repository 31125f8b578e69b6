"""An agency speaks for itself; the national committee appraises."""

from lienthong.identity.public import WHOLE_COUNTRY, Actor, Role, permission
from lienthong.organisations.public import Organisation

READERS = (Role.COMMITTEE, Role.AUDITOR, Role.LEADER, Role.CENTRE_LEADER, Role.ADMINISTRATOR)


@permission("rubrics.read", doc="Read assessments: committee members, leaders, auditors")
def may_read(by: Actor, _: object) -> bool:
    return by.has(*READERS)


@permission(
    "rubrics.answer", doc="Answer for one's own agency and give its evidence: its leader, its committee"
)
def may_answer(by: Actor, agency: Organisation) -> bool:
    return by.has(Role.LEADER, Role.CENTRE_LEADER, Role.COMMITTEE, at=agency.code)


@permission("rubrics.appraise", doc="Appraise what agencies say of themselves: the national committee")
def may_appraise(by: Actor, _agency: Organisation) -> bool:
    return by.has(Role.COMMITTEE, at=WHOLE_COUNTRY)
