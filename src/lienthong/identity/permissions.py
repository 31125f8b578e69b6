"""Who may keep accounts and roles."""

from lienthong.identity.models import Account, RoleAssignment
from lienthong.identity.rules import WHOLE_COUNTRY, Actor, Role, permission

Assigned = tuple[Account, str]
"""The account, and the code of the organisation the role is held at ("VN": the country)."""


@permission(
    "identity.create_account",
    doc="Make an account for a citizen or an officer",
    system=True,
)
def may_create_account(by: Actor, _obj: object) -> bool:
    return by.has(Role.ADMINISTRATOR)


@permission(
    "identity.keep_officers",
    doc="See officers' accounts: all for the country's administrator, else those of one's own agency",
    private=True,
)
def may_keep_officers(by: Actor, account: Account | None) -> bool:
    """An account without any role is nobody's yet, so that whoever made it can place it."""
    if by.has(Role.ADMINISTRATOR, at=WHOLE_COUNTRY):
        return account is None or account.is_officer
    if not by.has(Role.ADMINISTRATOR):
        return False
    if account is None:
        return True
    places = {held.place for held in account.assignments.select_related("organisation")}
    return account.is_officer and (not places or bool(places & {duty.organisation for duty in by.duties}))


@permission(
    "identity.unlock",
    doc="Forget the failed sign-ins of somebody else",
    system=True,
)
def may_unlock(by: Actor, account: Account) -> bool:
    return by.has(Role.ADMINISTRATOR, at=WHOLE_COUNTRY) and by.account_id != account.pk


@permission(
    "identity.close_account",
    doc="Close an account of somebody else; over the whole country only",
    system=True,
)
def may_close_account(by: Actor, account: Account) -> bool:
    return by.has(Role.ADMINISTRATOR, at=WHOLE_COUNTRY) and by.account_id != account.pk


@permission(
    "identity.assign_role",
    doc="Give or end somebody else's role at one's organisation; the country's administrator anywhere",
    system=True,
)
def may_assign_role(by: Actor, assigned: Assigned) -> bool:
    account, place = assigned
    return by.has(Role.ADMINISTRATOR, at=(place, WHOLE_COUNTRY)) and by.account_id != account.pk


@permission(
    "identity.grant_level_two",
    doc="Confirm that a person was identified at level 2 (NĐ 69/2024/NĐ-CP), never oneself",
    system=True,
)
def may_grant_level_two(by: Actor, account: Account) -> bool:
    return by.has(Role.ADMINISTRATOR, at=WHOLE_COUNTRY) and by.account_id != account.pk


@permission(
    "identity.reset_second_step",
    doc="Take all second steps off the account of somebody who lost them",
    system=True,
)
def may_reset_second_step(by: Actor, account: Account) -> bool:
    return by.has(Role.ADMINISTRATOR, at=WHOLE_COUNTRY) and by.account_id != account.pk


@permission(
    "identity.change_password",
    doc="Set one's own password, or a new one for somebody who lost it",
    system=True,
)
def may_change_password(by: Actor, account: Account) -> bool:
    return by.account_id == account.pk or by.has(Role.ADMINISTRATOR, at=WHOLE_COUNTRY)


@permission(
    "identity.keep_second_step",
    doc="Add and remove one's own second steps",
)
def may_keep_second_step(by: Actor, account: Account) -> bool:
    return by.account_id == account.pk


@permission(
    "identity.take_duty",
    doc="Work in a role that one holds today",
)
def may_take_duty(by: Actor, assignment: RoleAssignment) -> bool:
    return by.account_id == assignment.account_id


@permission(
    "identity.enrol_for_another",
    doc="Set up an authenticator app on an account without its owner: the demo only",
    system=True,
)
def may_enrol_for_another(_by: Actor, _account: Account) -> bool:
    return False
