"""Whom a question about one's own data goes to, and how it is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.enquiries.public import Enquiry, Kind, NoSuchEnquiry, my_enquiries
from lienthong.identity.public import Actor
from lienthong.organisations.public import Kind as AgencyKind
from lienthong.organisations.public import (
    Organisation,
    OrganisationUnknown,
    agency_of,
    committee_of,
    organisation,
    organisation_now,
)
from lienthong.population.public import GROUP_NAMES, AccessLine, Group, accesses_of
from lienthong.portal.queries.filing import home_commune

BY_POLICE: Final = frozenset({Group.RESIDENCE, Group.HOUSEHOLD, Group.CARD, Group.NUMBER})
"""Registered by the police (Law 68/2020/QH14, Law 26/2023/QH15); the rest is civil status (Law 60/2014/QH13)."""
ASKED_ABOUT: Final = tuple(group for group in Group if group is not Group.LIFE)


@dataclass(frozen=True)
class Question:
    """What may be asked, and which agency answers; None where nobody is known."""

    kind: Kind
    subject: str
    about: str
    agency: Organisation | None


def why_read(key: str, *, by: Actor) -> Question:
    """About one of one's own readings by an agency. Raises NoSuchEnquiry."""
    lines = accesses_of(by.personal_number or "", by=by).lines
    line = next((line for line in lines if line.key == key and line.organisation), None)
    if line is None:
        raise NoSuchEnquiry
    return Question(Kind.ACCESS, key, _told(line), _who_answers(line))


def _told(line: AccessLine) -> str:
    """ "14:27 14/10/2026, UBND phường Bến Sen (công chức) xem: Nơi cư trú. Mục đích: …, theo …." """
    return _("{at}, {agency} ({who}) xem: {what}. Mục đích: {purpose}, theo {basis}.").format(
        at=f"{timezone.localtime(line.at):%H:%M %d/%m/%Y}",
        agency=line.organisation_name,
        who=line.actor_display,
        what=", ".join(_(group) for group in line.groups),
        purpose=_(line.purpose),
        basis=line.basis,
    )


def _who_answers(line: AccessLine) -> Organisation | None:
    try:
        then = organisation(line.organisation, timezone.localdate(line.at))
    except OrganisationUnknown:
        return None
    return organisation_now(then, timezone.localdate())


def what_is_wrong(group: Group, *, by: Actor) -> Question:
    """About a part of one's record, to whoever registers it where one lives."""
    about = _("{what} của tôi trong Cơ sở dữ liệu quốc gia về dân cư").format(what=_(GROUP_NAMES[group]))
    return Question(Kind.WRONG, f"field:{group}", about, _registrar(group, by))


def _registrar(group: Group, by: Actor) -> Organisation | None:
    home = home_commune(by=by)
    if home is None:
        return None
    return agency_of(home, AgencyKind.POLICE) if group in BY_POLICE else committee_of(home)


def asked_by(by: Actor) -> Mapping[str, Enquiry]:
    """One's questions by subject, the newest of each."""
    return {one.subject: one for one in reversed(my_enquiries(by))}
