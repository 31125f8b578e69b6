"""Acts of civil status and residence: what an office registers or a court decides.

Each takes `source` (which dossier, register, judgment), `basis` (the article) and `by`; each gives the
id of its act, by which it can be undone, and raises the LifeRefused that names what cannot be.
"""

from uuid import UUID

from django.db import transaction

from lienthong.identity.public import Actor, require
from lienthong.kit import names
from lienthong.kit.identifiers import PersonalNumber
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.actions.writing import Telling, Told, locked, record_act
from lienthong.population.models import Person
from lienthong.population.models.columns import values_of
from lienthong.population.rules import (
    ForDossier,
    HeadNotThere,
    HouseholdUnclear,
    LifeEvent,
    Value,
    ValueUnusable,
    check_couple,
    check_name,
    check_place,
    fold,
)
from lienthong.population.words import EventKind, Relation, Status
from lienthong.territory.public import REGISTER_BEGINS, Unit


def register_marriage(
    one: str,
    other: str,
    *,
    on: PartialDate,
    source: str,
    basis: str,
    by: Actor,
    dossier: ForDossier | None = None,
) -> UUID:
    """Two people marry (Law 60/2014/QH13, article 18; Law 52/2014/QH13, articles 5 and 8)."""
    require(by, "population.record_life", dossier)
    telling = Telling(source, basis, by)
    with transaction.atomic():
        lives = locked(one, other)
        check_couple(values_of(lives[one][0]), values_of(lives[other][0]), (one, other))
        pair = ((one, other), (other, one))
        told = [Told(number, EventKind.MARRIAGE, on, other=spouse) for number, spouse in pair]
        return record_act(told, lives, telling)


def register_divorce(
    one: str,
    other: str,
    *,
    on: PartialDate,
    source: str,
    basis: str,
    by: Actor,
    dossier: ForDossier | None = None,
) -> UUID:
    """A court ended the marriage (Law 52/2014/QH13, article 57)."""
    require(by, "population.record_life", dossier)
    telling = Telling(source, basis, by)
    with transaction.atomic():
        pair = ((one, other), (other, one))
        told = [Told(number, EventKind.DIVORCE, on, other=spouse) for number, spouse in pair]
        return record_act(told, locked(one, other), telling)


def register_move(
    number: str,
    *,
    unit: int,
    detail: str,
    since: PartialDate,
    source: str,
    basis: str,
    by: Actor,
    head_number: str = "",
    relation: Relation | None = None,
    dossier: ForDossier | None = None,
) -> UUID:
    """A new residence in a unit that stood on that day (Law 68/2020/QH14, article 22).

    Who moves leaves the household he was in; `head_number` and `relation` say which he joins.
    """
    require(by, "population.record_life", dossier)
    telling = Telling(source, basis, by)
    place = Unit.objects.filter(pk=unit).first()
    if place is None:
        raise ValueUnusable(field="residence_unit")
    check_place(place.name, place.valid_from, place.valid_to, on=since, known_since=REGISTER_BEGINS)
    changes: dict[str, Value] = {"residence_unit": unit, "residence_detail": names.tidy(detail)}
    with transaction.atomic():
        lives = locked(number)
        changes |= _household(number, head_number, relation)
        return record_act([Told(number, EventKind.MOVE, since, changes=changes)], lives, telling)


def change_household(
    number: str,
    *,
    head_number: str,
    relation: Relation | None,
    on: PartialDate,
    source: str,
    basis: str,
    by: Actor,
    dossier: ForDossier | None = None,
) -> UUID:
    """Join a household, head a new one, or leave (both empty), at the same residence (Law 68/2020/QH14, 25, 26)."""
    require(by, "population.record_life", dossier)
    telling = Telling(source, basis, by)
    with transaction.atomic():
        lives = locked(number)
        changes = _household(number, head_number, relation)
        return record_act([Told(number, EventKind.HOUSEHOLD, on, changes=changes)], lives, telling)


def _household(number: str, head: str, relation: Relation | None) -> dict[str, Value]:
    if bool(head) is (relation is None) or (relation is Relation.HEAD) is not (head == number and bool(head)):
        raise HouseholdUnclear
    if head and head != number:
        heads = Person.objects.filter(pk=PersonalNumber(head).digits, head_number=head, status=Status.ALIVE)
        if not heads.exists():
            raise HeadNotThere
    return {"head_number": head, "relation_to_head": relation.value} if relation else {}


def change_name(
    number: str,
    *,
    full_name: str,
    on: PartialDate,
    source: str,
    basis: str,
    by: Actor,
    dossier: ForDossier | None = None,
) -> UUID:
    """Another name from that day on; the old one stays readable (Civil Code 91/2015/QH13, articles 27, 28)."""
    require(by, "population.record_life", dossier)
    telling = Telling(source, basis, by)
    name = names.tidy(full_name)
    check_name(name)
    with transaction.atomic():
        told = Told(number, EventKind.NAMING, on, changes={"full_name": name})
        return record_act([told], locked(number), telling)


def register_death(
    number: str,
    *,
    on: PartialDate,
    source: str,
    basis: str,
    by: Actor,
    dossier: ForDossier | None = None,
) -> UUID:
    """A death, as far as its day is known; a husband or wife is widowed (Law 60/2014/QH13, article 33)."""
    require(by, "population.record_life", dossier)
    telling = Telling(source, basis, by)
    with transaction.atomic():
        spouse = spouse_on(number, on)
        lives = locked(number, *filter(None, [spouse]))
        told = [Told(number, EventKind.DEATH, on, other=spouse)]
        if spouse and lives[spouse][0].spouse_number == number:
            told.append(Told(spouse, EventKind.WIDOWING, on, other=number))
        return record_act(told, lives, telling)


def spouse_on(number: str, day: PartialDate) -> str:
    """The spouse in the register on that day, or empty."""
    _, events = locked(number)[number]
    spouse = str(fold(events, day=day.latest).values["spouse_number"])
    return spouse if spouse and Person.objects.filter(pk=spouse).exists() else ""


def declare_missing(
    number: str,
    *,
    on: PartialDate,
    source: str,
    basis: str,
    by: Actor,
    dossier: ForDossier | None = None,
) -> UUID:
    """A court declared the person missing (Civil Code 91/2015/QH13, article 68)."""
    require(by, "population.record_life", dossier)
    return _alone(number, EventKind.MISSING, on, Telling(source, basis, by))


def mark_found(
    number: str,
    *,
    on: PartialDate,
    source: str,
    basis: str,
    by: Actor,
    dossier: ForDossier | None = None,
) -> UUID:
    """A court withdrew that the person is missing or dead (Civil Code 91/2015/QH13, articles 70 and 73).

    Who was thought dead is married again to a spouse who has not married since.
    """
    require(by, "population.record_life", dossier)
    telling = Telling(source, basis, by)
    with transaction.atomic():
        lives = locked(number)
        spouse = _widowed_spouse(number, lives[number][1])
        if not spouse:
            return record_act([Told(number, EventKind.FOUND, on)], lives, telling)
        lives = locked(number, spouse)
        told = [
            Told(number, EventKind.FOUND, on, other=spouse, changes={"spouse_number": spouse}),
            Told(spouse, EventKind.CORRECTION, on, other=number, changes={"spouse_number": number}),
        ]
        return record_act(told, lives, telling)


def _widowed_spouse(number: str, events: list[LifeEvent]) -> str:
    death = fold(events).givers.get("died_on")
    if death is None or death.kind is not EventKind.DEATH or not death.other:
        return ""
    free = Person.objects.filter(pk=death.other, status=Status.ALIVE, spouse_number="")
    return death.other if free.exists() else ""


def register_emigration(
    number: str,
    *,
    on: PartialDate,
    source: str,
    basis: str,
    by: Actor,
    dossier: ForDossier | None = None,
) -> UUID:
    """Went abroad to settle; residence here ends (Law 68/2020/QH14, article 24, 1 b)."""
    require(by, "population.record_life", dossier)
    return _alone(number, EventKind.EMIGRATION, on, Telling(source, basis, by))


def register_return(
    number: str,
    *,
    on: PartialDate,
    source: str,
    basis: str,
    by: Actor,
    dossier: ForDossier | None = None,
) -> UUID:
    """Came back to live here; residence is registered by its own act."""
    require(by, "population.record_life", dossier)
    return _alone(number, EventKind.RETURN, on, Telling(source, basis, by))


@transaction.atomic
def _alone(number: str, kind: EventKind, on: PartialDate, telling: Telling) -> UUID:
    return record_act([Told(number, kind, on)], locked(number), telling)
