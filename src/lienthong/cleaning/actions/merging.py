"""Two records of the register that may be one person: compared, proposed, confirmed by another steward, undone."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.audit.public import record
from lienthong.cleaning.events import MergeActed
from lienthong.cleaning.models import Merge, MergeLine
from lienthong.cleaning.rules import (
    ChangedMeanwhile,
    KeptNotNamed,
    NoSuchMerge,
    NotUndone,
    SecondPairOfEyes,
    TwoRecordsNeeded,
    check_ground,
)
from lienthong.cleaning.states import MERGE_MOVES, MergeAct, MergeState, merge_after
from lienthong.identity.public import Actor, require
from lienthong.kit.errors import said
from lienthong.population.public import Person, Purpose, find_person, merge_people, undo_act

BASIS = said("278/2025/NĐ-CP, điều 15: xem hai bản ghi dân cư có phải một người")


@transaction.atomic
def open_merge(*, numbers: list[str], by: Actor) -> Merge:
    """Put two records side by side: personal numbers or old ones that lead to exactly two people.

    Asked before, it is the same question. Who is found sees that he was. Raises TwoRecordsNeeded, NotAllowed,
    and what find_person raises.
    """
    people: dict[str, Person] = {}
    for typed in filter(None, (one.strip() for one in numbers)):
        for person in find_person(typed, purpose=Purpose.REVIEW, basis=_(BASIS), by=by):
            people[person.pk] = person
    if len(people) != 2:
        raise TwoRecordsNeeded(count=len(people))
    one, other = (people[number] for number in sorted(people))
    units = {"one_unit": one.residence_unit, "other_unit": other.residence_unit}
    require(by, "cleaning.merge", Merge(one=one.pk, other=other.pk, **units))
    merge, made = Merge.objects.get_or_create(one=one.pk, other=other.pk, defaults=units)
    if made or merge.state == MergeState.LAPSED:
        write_line(merge, MergeAct.OPEN, by=by)
    return merge


@transaction.atomic
def propose_merge(
    *, merge: int, kept: str, ground: str, by: Actor, taken: Collection[str] = (), seen: int | None = None
) -> Merge:
    """Say that they are one person, who goes on under `kept`; the register is not touched yet.

    `taken`: fields of population's TAKEABLE in which the record to be cancelled is the right one. Raises KeptNotNamed, GroundNeeded, ChangedMeanwhile, MoveNotAllowed, and what the register would refuse
    when it is confirmed (CannotMerge, LifeRefused).
    """
    locked = _begin(merge, by=by, seen=seen)
    check_ground(ground)
    if kept not in {locked.one, locked.other}:
        raise KeptNotNamed
    locked.kept, locked.taken = kept, sorted(taken)
    merge_after(MergeState(locked.state), MergeAct.PROPOSE)
    with transaction.atomic():
        _join(locked, ground, by)
        transaction.set_rollback(True)  # tried only: nobody is asked to confirm what cannot be
    return write_line(
        locked,
        MergeAct.PROPOSE,
        ground=ground,
        by=by,
        kept=kept,
        taken=locked.taken,
        proposed_by=by.reference,
    )


@transaction.atomic
def confirm_merge(*, merge: int, ground: str, by: Actor, seen: int | None = None) -> Merge:
    """The second pair of eyes agrees: the register merges them by an act of its own. Raises SecondPairOfEyes."""
    locked = _begin(merge, by=by, seen=seen)
    check_ground(ground)
    merge_after(MergeState(locked.state), MergeAct.CONFIRM)
    if locked.proposed_by == by.reference:
        raise SecondPairOfEyes
    act = _join(locked, ground, by)
    _lapse_others(locked, by)
    return write_line(locked, MergeAct.CONFIRM, ground=ground, by=by, life_act=act)


@transaction.atomic
def turn_down_merge(*, merge: int, ground: str, by: Actor, seen: int | None = None) -> Merge:
    """The second pair of eyes disagrees; or whoever proposed takes it back."""
    locked = _begin(merge, by=by, seen=seen)
    check_ground(ground)
    return write_line(locked, MergeAct.TURN_DOWN, ground=ground, by=by, kept="", taken=[], proposed_by="")


@transaction.atomic
def keep_apart(*, merge: int, ground: str, by: Actor, seen: int | None = None) -> Merge:
    """Two people; the question stays answered."""
    locked = _begin(merge, by=by, seen=seen)
    check_ground(ground)
    return write_line(locked, MergeAct.KEEP_APART, ground=ground, by=by)


@transaction.atomic
def undo_merge(*, merge: int, ground: str, by: Actor, seen: int | None = None) -> Merge:
    """Take the answer back: both records live again, each with what it held. Raises what undo_act raises."""
    locked = _begin(merge, by=by, seen=seen)
    check_ground(ground)
    merged = locked.state == MergeState.MERGED
    merge_after(MergeState(locked.state), MergeAct.UNDO)
    act = _part(locked, ground, by) if merged else None
    return write_line(
        locked, MergeAct.UNDO, ground=ground, by=by, life_act=act, kept="", taken=[], proposed_by=""
    )


def _begin(pk: int, *, by: Actor, seen: int | None) -> Merge:
    """Locked, permitted, and not changed since the page was opened."""
    found = Merge.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if found is None:
        raise NoSuchMerge
    require(by, "cleaning.merge", found)
    if seen is not None and seen != found.acts:
        last = MergeLine.objects.filter(merge=found, number=found.acts).first()
        if last is not None:
            raise ChangedMeanwhile(
                who=last.actor_name,
                what=MERGE_MOVES[MergeAct(last.act)].past,
                at=f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}",
            )
    return found


def _told(merge: Merge, ground: str) -> dict[str, str]:
    words = _("{ground} (đề nghị gộp số {merge})").format(ground=ground.strip(), merge=merge.pk)
    return {"source": f"decision:merge/{merge.pk}", "basis": words}


def _join(merge: Merge, ground: str, by: Actor) -> UUID:
    return merge_people(merge.kept, merge.merged, taken=merge.taken, by=by, **_told(merge, ground))


def _lapse_others(merge: Merge, by: Actor) -> None:
    """Other questions about the number that is no more; a later search asks them of the number that goes on."""
    named = Q(one=merge.merged) | Q(other=merge.merged)
    others = Merge.objects.select_for_update(no_key=True).filter(named, state=MergeState.OPEN)
    for one in others.exclude(pk=merge.pk):
        write_line(one, MergeAct.LAPSE, by=by)


def _part(merge: Merge, ground: str, by: Actor) -> UUID:
    done = MergeLine.objects.filter(merge=merge, act=MergeAct.CONFIRM).order_by("-number").first()
    if done is None or done.life_act is None:
        raise NotUndone(why=said("không tìm thấy lần gộp."))
    return undo_act(done.life_act, by=by, **_told(merge, ground))


def write_line(
    merge: Merge, act: MergeAct, *, by: Actor, ground: str = "", life_act: UUID | None = None, **changes: Any
) -> Merge:
    """State by the table, one line of the ledger, one event. Raises MoveNotAllowed."""
    before = MergeState(merge.state)
    target = MergeState.OPEN if act is MergeAct.OPEN else merge_after(before, act)
    merge.state, merge.acts, merge.changed_at = target.value, merge.acts + 1, timezone.now()
    for name, value in changes.items():
        setattr(merge, name, value)
    merge.save(update_fields=["state", "acts", "changed_at", *changes])
    MergeLine.objects.create(
        merge=merge, number=merge.acts, act=act.value, actor=by.reference, actor_name=by.name or by.reference,
        kept=merge.kept, taken=merge.taken, ground=ground.strip(), before="" if act is MergeAct.OPEN else before.value,
        after=target.value, life_act=life_act,
    )  # fmt: skip
    record(MergeActed(merge=merge.pk, number=merge.acts, act=act.value, after=target.value), by=by)
    return merge
