"""Who may publish procedures."""

from lienthong.identity.public import Actor, Role, permission


@permission("procedures.publish", doc="Publish a version of a procedure", system=True)
def may_publish(by: Actor, procedure: object) -> bool:
    """Editors of procedures only (kiểm soát thủ tục hành chính); the loader acts as the system."""
    return by.has(Role.PROCEDURE_EDITOR)


@permission("procedures.edit", doc="Read versions with their certainty, defects and source")
def may_edit(by: Actor, procedure: object) -> bool:
    return by.has(Role.PROCEDURE_EDITOR)
