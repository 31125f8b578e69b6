"""Writing down a reading, in the transaction of the reading."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from lienthong.audit.public import record_all
from lienthong.identity.public import ROLE_NAMES, Actor
from lienthong.kit.errors import said
from lienthong.organisations.public import Organisation
from lienthong.population.events import PersonRead
from lienthong.population.models import Access, Person, chain
from lienthong.population.rules import BasisNeeded, ForDossier
from lienthong.population.words import Group, Purpose

MACHINE = said("Hệ thống tự động")
ONESELF = said("Chính ông, bà")
FAMILY = said("Người trong gia đình, khi lập tờ khai")


@dataclass(frozen=True)
class Ground:
    """Why data are read: what for, by which law or plan, for which dossier."""

    purpose: Purpose
    basis: str
    dossier: ForDossier | None = None

    def __post_init__(self) -> None:
        if not self.basis.strip():
            raise BasisNeeded


@dataclass(frozen=True)
class Reader:
    """How a reader is shown to the person read: by duty and agency, not by private name."""

    display: str
    organisation: str = ""
    organisation_name: str = ""
    organisation_province: str = ""


def note_readings(read: Iterable[tuple[Person, Iterable[Group]]], ground: Ground, *, by: Actor) -> None:
    """One access and one event for each person read. Call inside the transaction of the reading."""
    officer = None if by.is_citizen else reader_of(by, ground.dossier)
    dossier = ground.dossier.code if ground.dossier else ""
    accesses, events = [], []
    for person, groups in read:
        own = person.personal_number == by.personal_number
        reader = officer or Reader(ONESELF if own else FAMILY)
        named = sorted({str(group) for group in groups})
        accesses.append(
            Access(
                person=person,
                at=timezone.now(),
                actor=by.reference,
                actor_display=reader.display,
                organisation=reader.organisation,
                organisation_name=reader.organisation_name,
                organisation_province=reader.organisation_province,
                home_province=person.province,
                purpose=ground.purpose,
                basis=ground.basis,
                groups=named,
                dossier=dossier,
                by_self=own,
            )
        )
        events.append(
            PersonRead(
                person=person.ref,
                purpose=ground.purpose,
                basis=ground.basis,
                groups=",".join(named),
                dossier=dossier,
            )
        )
    Access.objects.bulk_create(accesses)
    record_all(events, by=by)


def reader_of(by: Actor, dossier: ForDossier | None = None) -> Reader:
    """The duty acted in: one at an agency of the dossier if there is one."""
    places = dossier.organisations if dossier else ()
    duties = sorted(
        by.duties, key=lambda duty: (duty.organisation not in places, duty.organisation, duty.role)
    )
    display = ROLE_NAMES[duties[0].role] if duties else MACHINE
    code = duties[0].organisation if duties else next(iter(places), "")
    today = timezone.localdate()
    found = (
        Organisation.objects.on(today).select_related("unit__parent").filter(code=code).first()
        if code
        else None
    )
    if found is None:
        return Reader(display, code)
    units = chain(found.unit)
    return Reader(display, code, found.name, units[-1].code if units else "")
