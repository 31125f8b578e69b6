"""Who may read and write the register."""

from django.utils import timezone

from lienthong.identity.public import WHOLE_COUNTRY, Actor, Role, permission
from lienthong.organisations.public import Organisation
from lienthong.population.rules import ForDossier, Sweep, Wish
from lienthong.population.words import Purpose

OFFICERS = (Role.RECEPTION, Role.HANDLER, Role.LEADER, Role.CENTRE_LEADER, Role.CLERK)
COUNTER = (Role.RECEPTION, Role.CENTRE_LEADER)


@permission(
    "population.read",
    doc="Read a person's data: one's own, one's family's for a form, or for a dossier in hand",
    system=True,
    private=True,
)
def may_read(by: Actor, wish: Wish) -> bool:
    if by.is_citizen:
        own = by.personal_number == wish.number
        return (own and wish.purpose in {Purpose.OWN, Purpose.PREFILL}) or (
            wish.kin and wish.purpose is Purpose.PREFILL and by.level >= 2
        )
    if wish.purpose is Purpose.OWN:
        return False
    if wish.dossier is not None:
        return by.has(*OFFICERS, at=wish.dossier.organisations)
    if wish.purpose is Purpose.COUNTER:
        return by.has(*COUNTER)
    return wish.purpose is Purpose.REVIEW and by.has(Role.STEWARD)


@permission(
    "population.find",
    doc="Look a person up at the counter, or to keep the register: a steward of a territory, of the country",
    system=True,
    private=True,
)
def may_find(by: Actor, purpose: Purpose) -> bool:
    if purpose is Purpose.COUNTER:
        return by.has(*COUNTER)
    return purpose is Purpose.REVIEW and keeps_people(by)


def keeps_people(by: Actor) -> bool:
    """A steward of the country, or of an agency of some territory; who owns a sector's data asks by its records alone."""
    if by.has(Role.STEWARD, at=WHOLE_COUNTRY):
        return True
    codes = [duty.organisation for duty in by.duties if duty.role is Role.STEWARD]
    places = Organisation.objects.on(timezone.localdate()).filter(code__in=codes, unit__isnull=False)
    return bool(codes) and places.exists()


@permission("population.accesses", doc="See who read one's own data", private=True)
def may_see_accesses(by: Actor, number: str) -> bool:
    return by.personal_number == number


@permission("population.register_birth", doc="Enter a birth that a dossier decided", system=True)
def may_register_birth(by: Actor, dossier: ForDossier) -> bool:
    return by.has(Role.LEADER, at=dossier.organisations)


@permission("population.add_people", doc="Enter many people at once", system=True)
def may_add_people(by: Actor, _: object) -> bool:
    return False


@permission(
    "population.record_life",
    doc="Record an event of a person's life: the leader who decided the dossier, or the steward",
    system=True,
)
def may_record_life(by: Actor, dossier: ForDossier | None) -> bool:
    if dossier is None:
        return by.has(Role.STEWARD)
    return by.has(Role.LEADER, at=dossier.organisations)


@permission(
    "population.correct",
    doc="Correct a record, attach what other registers say, merge, renumber, undo",
    system=True,
)
def may_correct(by: Actor, dossier: ForDossier | None) -> bool:
    return may_record_life(by, dossier)


@permission(
    "population.household",
    doc="Read all members of a household: for a dossier in hand, at the counter, to keep the register",
    system=True,
    private=True,
)
def may_read_household(by: Actor, wish: Wish) -> bool:
    return not by.is_citizen and (may_read(by, wish) or may_find(by, wish.purpose))


@permission(
    "population.export",
    doc="Read many people at once by a plan: a steward, of the unit of the own agency and those under it",
    system=True,
)
def may_export(by: Actor, sweep: Sweep) -> bool:
    if sweep.purpose is not Purpose.REVIEW or not by.has(Role.STEWARD):
        return False
    if by.has(Role.STEWARD, at=WHOLE_COUNTRY):
        return True
    own = Organisation.objects.on(timezone.localdate()).filter(
        code__in=[duty.organisation for duty in by.duties if duty.role is Role.STEWARD], unit__isnull=False
    )
    return bool(set(sweep.scope) & set(own.values_list("unit_id", flat=True)))


@permission("population.load", doc="Load a whole register into an empty one", system=True)
def may_load(_by: Actor, _: object) -> bool:
    return False
