"""Who may do what to a dossier. NĐ 118/2025/NĐ-CP gives each act to a party."""

from lienthong.dossiers.models import OFFICE_ROLES, Dossier
from lienthong.dossiers.rules import Channel, Filing
from lienthong.identity.public import Account, Actor, Role, permission


def at_reception(by: Actor, dossier: Dossier, *roles: Role) -> bool:
    return by.has(*roles, at=dossier.reception.code)


def at_authority(by: Actor, dossier: Dossier, *roles: Role) -> bool:
    return by.has(*roles, at=dossier.authority.code)


def is_applicant(by: Actor, dossier: Dossier) -> bool:
    return by.personal_number is not None and by.personal_number == dossier.applicant_number


def is_own(by: Actor, dossier: Dossier) -> bool:
    """Nobody handles or decides a dossier of his own (Luật Cán bộ, công chức; Luật Phòng, chống tham nhũng)."""
    return Account.objects.filter(pk=by.account_id or 0, personal_number=dossier.applicant_number).exists()


@permission(
    "dossiers.file",
    doc="File online for oneself, or at the counter for the person who stands there",
    system=True,
)
def may_file(by: Actor, filing: Filing) -> bool:
    if by.personal_number:
        for_self = filing.applicant.number == by.personal_number and filing.helped_at is None
        return for_self and filing.channel is Channel.ONLINE
    return filing.helped_at is not None and by.has(Role.RECEPTION, at=filing.helped_at)


@permission("dossiers.draft", doc="Keep, change and throw away one's own draft", private=True)
def may_draft(by: Actor, owner: int) -> bool:
    return by.account_id == owner


@permission(
    "dossiers.read",
    doc="Read a dossier: its applicant, and officers of its three organisations",
    private=True,
)
def may_read(by: Actor, dossier: Dossier) -> bool:
    if is_applicant(by, dossier):
        return True
    places = [dossier.reception.code, dossier.authority.code]
    if dossier.helped_at:
        places.append(dossier.helped_at.code)
    return by.has(*OFFICE_ROLES, at=places)


@permission("dossiers.receive", doc="Receive a dossier at the one-stop centre it was filed at")
def may_receive(by: Actor, dossier: Dossier) -> bool:
    return at_reception(by, dossier, Role.RECEPTION, Role.CENTRE_LEADER)


@permission("dossiers.refuse", doc="Refuse to receive a dossier: the centre's leader signs form 03")
def may_refuse(by: Actor, dossier: Dossier) -> bool:
    return at_reception(by, dossier, Role.CENTRE_LEADER)


@permission("dossiers.forward", doc="Send a dossier to the agency that has the authority")
def may_forward(by: Actor, dossier: Dossier) -> bool:
    return at_reception(by, dossier, Role.RECEPTION, Role.CENTRE_LEADER)


@permission("dossiers.assign", doc="Give a dossier to a handler of the authority; a handler may take one")
def may_assign(by: Actor, dossier: Dossier) -> bool:
    return at_authority(by, dossier, Role.LEADER, Role.HANDLER)


@permission("dossiers.ask_supplement", doc="Ask for papers: the centre before receipt, the authority after")
def may_ask_supplement(by: Actor, dossier: Dossier) -> bool:
    if dossier.received_at is None:
        return at_reception(by, dossier, Role.RECEPTION, Role.CENTRE_LEADER)
    return at_authority(by, dossier, Role.HANDLER, Role.LEADER) and not is_own(by, dossier)


@permission(
    "dossiers.supplement",
    doc="Add the papers asked for: the applicant, or the centre for the person at the counter",
)
def may_supplement(by: Actor, dossier: Dossier) -> bool:
    return is_applicant(by, dossier) or at_reception(by, dossier, Role.RECEPTION)


@permission(
    "dossiers.examine", doc="Look at papers, propose a decision, stop and resume: a handler of the authority"
)
def may_examine(by: Actor, dossier: Dossier) -> bool:
    return at_authority(by, dossier, Role.HANDLER, Role.LEADER) and not is_own(by, dossier)


@permission("dossiers.decide", doc="Decide and sign for the authority; never one's own dossier")
def may_decide(by: Actor, dossier: Dossier) -> bool:
    return at_authority(by, dossier, Role.LEADER) and not is_own(by, dossier)


@permission("dossiers.apologise", doc="Apologise and give a new date: the authority's leader signs form 04")
def may_apologise(by: Actor, dossier: Dossier) -> bool:
    return at_authority(by, dossier, Role.LEADER)


@permission("dossiers.return", doc="Give the result to the applicant", system=True)
def may_return(by: Actor, dossier: Dossier) -> bool:
    return at_reception(by, dossier, Role.RECEPTION, Role.CENTRE_LEADER) or at_authority(
        by, dossier, Role.LEADER
    )


@permission("dossiers.withdraw", doc="Take one's own dossier back before it is decided", private=True)
def may_withdraw(by: Actor, dossier: Dossier) -> bool:
    return is_applicant(by, dossier)


@permission("dossiers.enter_history", doc="Enter past dossiers in bulk: the platform itself", system=True)
def may_enter_history(by: Actor, _: object) -> bool:
    return False


@permission(
    "dossiers.inspect",
    doc="See dossiers' courses without their persons: committees, auditors, leaders",
    system=True,
)
def may_inspect(by: Actor, _: object) -> bool:
    return by.has(Role.COMMITTEE, Role.AUDITOR, Role.LEADER, Role.CENTRE_LEADER, Role.ADMINISTRATOR)
