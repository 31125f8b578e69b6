from lienthong.identity.public import Actor, Role, permission


@permission("steering.load_targets", doc="Load the programme's targets", system=True)
def may_load(by: Actor, _: object) -> bool:
    return by.has(Role.ADMINISTRATOR)


@permission(
    "steering.read", doc="Read targets: they are public to every officer and committee member", system=True
)
def may_read(by: Actor, _: object) -> bool:
    return by.is_officer or by.has(Role.COMMITTEE)
