"""Merges of two people of the register: the list, one of them, and the two side by side."""

from collections.abc import Mapping
from copy import copy
from types import MappingProxyType
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.cleaning.models import DuplicateSearch, Merge
from lienthong.cleaning.queries.comparing import Row, births, masked, names, numbers, words
from lienthong.cleaning.rules import NoSuchMerge
from lienthong.cleaning.states import MergeState
from lienthong.data.duplicates import Evidence
from lienthong.identity.public import Actor, require
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import SEX_NAMES, STATUS_NAMES, TAKEABLE, Person, Sex, Status


def merges_for(by: Actor, *, state: str = "") -> QuerySet[Merge]:
    """What this steward may answer, the first things first. Raises NotAllowed for whoever is no steward."""
    require(by, "registries.steward", None)
    found = Merge.objects.visible_to(by).select_related("one_unit", "other_unit").first_things_first()
    return found.filter(state=state) if state else found


def merge_counts(by: Actor) -> dict[MergeState, int]:
    """How many of each state this steward sees; states without any are there too."""
    counted = Merge.objects.visible_to(by).values_list("state").annotate(n=Count("pk"))
    found = dict(counted)
    return {state: found.get(state.value, 0) for state in MergeState}


def merges_waiting(by: Actor) -> int:
    """Questions without an answer yet."""
    return Merge.objects.visible_to(by).waiting().count()


def next_merge(merge: Merge, *, by: Actor) -> int | None:
    """The question that this steward may answer next: not this one, and none that waits for another's eyes."""
    waiting = Merge.objects.visible_to(by).waiting().exclude(pk=merge.pk)
    mine = Q(state=MergeState.PROPOSED, proposed_by=by.reference)
    return waiting.exclude(mine).first_things_first().values_list("pk", flat=True).first()


def latest_search() -> DuplicateSearch | None:
    """The last time the register was searched for people who are in it twice."""
    return DuplicateSearch.objects.order_by("-pk").first()


def evidence_of(merge: Merge) -> list[Evidence]:
    """What the search found, in the order of a paper; empty where a person asked."""
    return [
        Evidence(str(f), str(level), float(bits), int(bearers)) for f, level, bits, bearers in merge.evidence
    ]


def merge_of(pk: int, *, by: Actor) -> Merge:
    """Raises NoSuchMerge, NotAllowed (404)."""
    found = Merge.objects.select_related("one_unit", "other_unit").filter(pk=pk).first()
    if found is None:
        raise NoSuchMerge
    require(by, "cleaning.merge", found)
    return found


def compare_two(one: Person, other: Person) -> list[Row]:
    """Two records of the register, in the order of a paper; what neither knows is left out.

    Their numbers differ by their nature: they stand above, not among what is compared.
    """
    rows = [
        names(LABELS["full_name"], one.full_name, other.full_name),
        births(one.birth.iso(), other.birth),
        words(_("Giới tính"), _(SEX_NAMES[Sex(one.sex)]), _(SEX_NAMES[Sex(other.sex)])),
        old_numbers(one, other),
        names(LABELS["mother_name"], one.mother_name, other.mother_name),
        names(LABELS["father_name"], one.father_name, other.father_name),
        words(_("Nơi thường trú"), one.residence, other.residence),
        words(LABELS["home_town"], one.home_town, other.home_town),
        words(LABELS["ethnicity"], one.ethnicity_name, other.ethnicity_name),
        numbers(_("Vợ hoặc chồng"), one.spouse_number, other.spouse_number),
        households(one, other),
        words(_("Tình trạng"), _(STATUS_NAMES[Status(one.status)]), _(STATUS_NAMES[Status(other.status)])),
    ]
    return [row for row in rows if row.ours or row.theirs]


LABELS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "full_name": gettext_lazy("Họ và tên"),
        "birth": gettext_lazy("Ngày sinh"),
        "mother_name": gettext_lazy("Họ và tên mẹ"),
        "father_name": gettext_lazy("Họ và tên cha"),
        "home_town": gettext_lazy("Quê quán"),
        "ethnicity": gettext_lazy("Dân tộc"),
    }
)
"""What of a record that is cancelled may be taken over, by its name in population's TAKEABLE."""


def as_renumbered(person: Person, merge: Merge) -> Person:
    """The record as it would stand under its new number; never saved."""
    after = copy(person)
    born = merge.changes.get("birth")
    if born:
        birth = PartialDate.from_iso(born)
        after.birth_date, after.birth_precision = birth.earliest, birth.precision.value
    after.sex = merge.changes.get("sex", person.sex)
    return after


def questions_about(number: str, *, by: Actor) -> list[Merge]:
    """What is asked about a number and not answered yet, as far as this steward answers it."""
    waiting = Merge.objects.visible_to(by).waiting().filter(Q(one=number) | Q(other=number))
    return list(waiting.order_by("pk"))


def takeable(one: Person, other: Person) -> list[str]:
    """In which fields both say something, and not the same: the kept record's stands unless a steward says otherwise.

    A year of birth stands in its number, and goes with it.
    """
    return [
        name
        for name in TAKEABLE
        if (mine := getattr(one, name))
        and (theirs := getattr(other, name))
        and mine != theirs
        and not (name == "birth" and one.birth.year != other.birth.year)
    ]


def households(one: Person, other: Person) -> Row:
    """Each his own head: two households, and no two numbers to compare."""
    label, own = _("Chủ hộ"), _("chính người này")
    if one.personal_number == one.head_number or other.personal_number == other.head_number:
        mine, theirs = (
            own if person.personal_number == person.head_number else masked(person.head_number)
            for person in (one, other)
        )
        return words(label, mine, theirs)
    return numbers(label, one.head_number, other.head_number)


def old_numbers(one: Person, other: Person) -> Row:
    """Equal where any number of one is among those of the other."""
    shared = sorted(set(one.old_numbers) & set(other.old_numbers))
    mine, theirs = (shared[0], shared[0]) if shared else (one.old_number, other.old_number)
    return numbers(_("Số chứng minh nhân dân cũ"), mine, theirs)
