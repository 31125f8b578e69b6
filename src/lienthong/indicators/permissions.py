"""Figures of operations are public to those who steer; the dossiers behind them are not."""

from lienthong.identity.public import Actor, Role, permission


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
