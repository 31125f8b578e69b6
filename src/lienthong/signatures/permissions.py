"""Who may sign for an agency, and who may take a paper out of force."""

from lienthong.identity.public import Actor, Role, permission
from lienthong.signatures.models import Signature

SIGNS = (Role.RECEPTION, Role.LEADER, Role.CENTRE_LEADER, Role.CLERK)
"""The counter signs receipts and supplement requests, the leader results; the clerk affixes the seal."""


@permission("signatures.sign", doc="Sign papers in the name of the agency one holds a duty at", system=True)
def may_sign(by: Actor, organisation_code: str) -> bool:
    return by.has(*SIGNS, at=organisation_code)


@permission("signatures.revoke", doc="Take a paper of one's own agency out of force")
def may_revoke(by: Actor, signature: Signature) -> bool:
    return by.has(Role.LEADER, Role.CENTRE_LEADER, at=signature.organisation_code)
