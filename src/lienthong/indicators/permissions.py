"""Figures of operations are public to those who steer; the dossiers behind them are not."""

from lienthong.identity.public import WHOLE_COUNTRY, Actor, Role, permission
from lienthong.organisations.public import Organisation

EVERYWHERE = (Role.COMMITTEE, Role.AUDITOR, Role.ADMINISTRATOR)
LEADERS = (Role.LEADER, Role.CENTRE_LEADER)


@permission(
    "indicators.read", doc="Read figures of any agency: committee members, leaders, auditors", system=True
)
def may_read(by: Actor, _: object) -> bool:
    return by.has(Role.COMMITTEE, Role.AUDITOR, Role.LEADER, Role.CENTRE_LEADER, Role.ADMINISTRATOR)


@permission("indicators.rebuild", doc="Count everything anew", system=True)
def may_rebuild(by: Actor, _: object) -> bool:
    return by.has(Role.ADMINISTRATOR)


@permission(
    "indicators.enter_official", doc="Enter an official score beside our own: committee members, auditors"
)
def may_enter_official(by: Actor, _: object) -> bool:
    return by.has(Role.COMMITTEE, Role.AUDITOR, Role.ADMINISTRATOR)


@permission("indicators.load_observations", doc="Load figures from outside", system=True)
def may_load_observations(by: Actor, _: object) -> bool:
    return by.has(Role.ADMINISTRATOR)


@permission(
    "indicators.read_signals",
    doc="Read signals to be checked: committee members and auditors all, a leader those of the own agency",
    system=True,
)
def may_read_signals(by: Actor, agency: Organisation | None = None) -> bool:
    if agency is None:
        return by.has(*EVERYWHERE, *LEADERS)
    return sees_signals_of(by, agency.path)


def sees_signals_of(by: Actor, path: str) -> bool:
    """`path`: of an agency, such as "H20/H20.47/"."""
    if by.is_system or by.has(*EVERYWHERE):
        return True
    return by.has(*LEADERS, at=path.strip("/").split("/")) or by.has(*LEADERS, at=WHOLE_COUNTRY)


@permission(
    "indicators.enter_observation",
    doc="Enter a figure from outside that a person confirmed: committee members",
)
def may_enter_observation(by: Actor, _: object) -> bool:
    return by.has(Role.COMMITTEE, Role.ADMINISTRATOR)
