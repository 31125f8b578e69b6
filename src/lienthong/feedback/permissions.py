"""Who may rate. Whose the subject is, the room that owns it knows."""

from lienthong.identity.public import Actor, permission


@permission("feedback.rate", doc="Rate a service one got oneself: citizens only, nobody for the agency")
def may_rate(by: Actor, _subject: str) -> bool:
    return by.is_citizen
