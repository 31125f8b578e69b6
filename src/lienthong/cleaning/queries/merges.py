"""Merges of two people of the register: the list, one of them, and the two side by side."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lienthong.cleaning.models import Merge
from lienthong.cleaning.queries.comparing import Row, births, names, numbers, words
from lienthong.cleaning.rules import NoSuchMerge
from lienthong.cleaning.states import MergeState
from lienthong.identity.public import Actor, require
from lienthong.population.public import SEX_NAMES, STATUS_NAMES, Person, Sex, Status


def merges_for(by: Actor) -> QuerySet[Merge]:
    """What this steward may answer, those that wait first. Raises NotAllowed for whoever is no steward."""
    require(by, "registries.steward", None)
    return (
        Merge.objects.visible_to(by).select_related("one_unit", "other_unit").order_by("-changed_at", "-pk")
    )


def merges_waiting(by: Actor) -> int:
    """Questions without an answer yet."""
    waiting = [MergeState.OPEN, MergeState.PROPOSED]
    return Merge.objects.visible_to(by).filter(state__in=waiting).count()


def merge_of(pk: int, *, by: Actor) -> Merge:
    """Raises NoSuchMerge, NotAllowed (404)."""
    found = Merge.objects.select_related("one_unit", "other_unit").filter(pk=pk).first()
    if found is None:
        raise NoSuchMerge
    require(by, "cleaning.merge", found)
    return found


def compare_two(one: Person, other: Person) -> list[Row]:
    """Two records of the register, in the order of a paper; what neither knows is left out."""
    rows = [
        names(_("Họ và tên"), one.full_name, other.full_name),
        births(one.birth.iso(), other.birth),
        words(_("Giới tính"), _(SEX_NAMES[Sex(one.sex)]), _(SEX_NAMES[Sex(other.sex)])),
        numbers(_("Số định danh"), one.personal_number, other.personal_number),
        numbers(_("Số chứng minh nhân dân cũ"), one.old_number, other.old_number),
        names(_("Họ và tên mẹ"), one.mother_name, other.mother_name),
        names(_("Họ và tên cha"), one.father_name, other.father_name),
        words(_("Nơi thường trú"), one.residence, other.residence),
        words(_("Quê quán"), one.home_town, other.home_town),
        words(_("Dân tộc"), one.ethnicity_name, other.ethnicity_name),
        numbers(_("Vợ hoặc chồng"), one.spouse_number, other.spouse_number),
        numbers(_("Chủ hộ"), one.head_number, other.head_number),
        words(_("Tình trạng"), _(STATUS_NAMES[Status(one.status)]), _(STATUS_NAMES[Status(other.status)])),
    ]
    return [row for row in rows if row.ours or row.theirs]
