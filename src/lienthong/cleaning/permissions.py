"""Who decides on a case, who answers for the data. Stewards of the keeper or of the place; of the owner."""

from lienthong.cleaning.models import Case, Merge
from lienthong.identity.public import WHOLE_COUNTRY, Actor, Role, permission
from lienthong.registries.public import duty_codes, units_of


def keeps(by: Actor, case: Case) -> bool:
    """A steward of the agency that keeps the source clean, of the record's territory, or of the country."""
    keeper = case.source.keeper.code if case.source.keeper else WHOLE_COUNTRY
    if by.has(Role.STEWARD, at=(keeper, WHOLE_COUNTRY)):
        return True
    return case.unit_id is not None and case.unit_id in units_of(duty_codes(by))


def owns(by: Actor, case: Case) -> bool:
    return by.has(Role.STEWARD, at=case.source.owner.code)


@permission(
    "cleaning.read",
    doc="Open a case: stewards who decide on it, and of the agency that owns the data",
    system=True,
    private=True,
)
def may_read(by: Actor, case: Case) -> bool:
    return keeps(by, case) or owns(by, case)


@permission(
    "cleaning.decide",
    doc="Decide on a case, or ask the owner: a steward of the keeper, of the place, of the country",
    system=True,
    private=True,
)
def may_decide(by: Actor, case: Case) -> bool:
    return keeps(by, case)


@permission(
    "cleaning.confirm",
    doc="Confirm or turn down, as the second pair of eyes, what another steward proposed",
    private=True,
)
def may_confirm(by: Actor, case: Case) -> bool:
    return keeps(by, case)


@permission(
    "cleaning.answer",
    doc="Answer for the data: a steward of the agency that owns them",
    private=True,
)
def may_answer(by: Actor, case: Case) -> bool:
    return owns(by, case)


@permission(
    "cleaning.undo",
    doc="Take a decision back, with its reason: a steward who may decide",
    private=True,
)
def may_undo(by: Actor, case: Case) -> bool:
    return keeps(by, case)


@permission("cleaning.open", doc="Make cases of a run's verdicts: the platform itself", system=True)
def may_open(by: Actor, _: object) -> bool:
    return False


@permission("cleaning.overtake", doc="Close a case that newer data have overtaken", system=True)
def may_overtake(by: Actor, _: object) -> bool:
    return False


@permission(
    "cleaning.merge",
    doc="Ask under which number a person goes on (two records, a new number) and answer: stewards of the place, of the country",
    private=True,
)
def may_merge(by: Actor, merge: Merge) -> bool:
    if by.has(Role.STEWARD, at=WHOLE_COUNTRY):
        return True
    return bool({merge.one_unit_id, merge.other_unit_id} & set(units_of(duty_codes(by))))


@permission(
    "cleaning.find_duplicates",
    doc="Search the whole register for people who are in it twice: a steward of the country",
    system=True,
)
def may_find_duplicates(by: Actor, _: object) -> bool:
    return by.has(Role.STEWARD, at=WHOLE_COUNTRY)
