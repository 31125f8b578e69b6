"""Under which number a person goes on: two records that may be one person, or a record that got a new number. Asked,
proposed, confirmed by another steward, undone.
"""

from collections.abc import Collection, Mapping
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
    Paper,
    SecondPairOfEyes,
    TwoRecordsNeeded,
    check_ground,
    check_paper,
)
from lienthong.cleaning.states import MergeAct, MergeState, merge_after, merge_past
from lienthong.identity.public import Actor, require
from lienthong.kit.errors import said
from lienthong.kit.identifiers import PersonalNumber
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import (
    Person,
    Purpose,
    find_person,
    merge_people,
    read_person,
    renumber_person,
    undo_act,
)

BASIS = said("278/2025/NĐ-CP, điều 15: xem hai bản ghi dân cư có phải một người")
RENUMBERING_BASIS = said("137/2015/NĐ-CP, điều 14: xem có phải cấp số định danh mới")


def open_merge(*, numbers: list[str], by: Actor) -> Merge:
    """Put two records side by side: personal numbers or old ones that lead to exactly two people.

    Asked before, it is the same question. Who is found sees that he was. Raises TwoRecordsNeeded, NotAllowed,
    and what find_person raises.
    """
    people: dict[str, Person] = {}
    # Each reading is noted for itself: what it told stays told, whatever becomes of the question.
    for typed in filter(None, (one.strip() for one in numbers)):
        for person in find_person(typed, purpose=Purpose.REVIEW, basis=_(BASIS), by=by):
            people[person.pk] = person
    if len(people) != 2:
        raise TwoRecordsNeeded(count=len(people))
    return _open_pair(*(people[number] for number in sorted(people)), by=by)


@transaction.atomic
def _open_pair(one: Person, other: Person, *, by: Actor) -> Merge:
    units = {"one_unit": one.residence_unit, "other_unit": other.residence_unit}
    require(by, "cleaning.merge", Merge(one=one.pk, other=other.pk, **units))
    merge, made = Merge.objects.get_or_create(one=one.pk, other=other.pk, defaults=units)
    if made or merge.state == MergeState.LAPSED:
        write_line(merge, MergeAct.OPEN, by=by)
    return merge


@transaction.atomic
def propose_merge(
    *,
    merge: int,
    kept: str,
    ground: str,
    by: Actor,
    taken: Collection[str] = (),
    paper: Paper | None = None,
    seen: int | None = None,
) -> Merge:
    """Say that they are one person, who goes on under `kept`; the register is not touched yet.

    `taken`: fields of population's TAKEABLE in which the record to be cancelled is the right one. `paper`: needed
    where sex or birth of the two contradict each other. Raises KeptNotNamed, GroundNeeded, ChangedMeanwhile,
    MoveNotAllowed, and what the register would refuse when it is confirmed (CannotMerge, LifeRefused).
    """
    locked = _begin(merge, by=by, seen=seen)
    check_ground(ground)
    if not kept or kept not in {locked.one, locked.other}:
        raise KeptNotNamed
    return _propose(locked, ground, by, kept=kept, taken=sorted(taken), **_paper(paper))


@transaction.atomic
def propose_renumbering(
    *,
    number: str,
    changes: Mapping[str, str],
    paper: Paper | None,
    ground: str,
    by: Actor,
    given: str = "",
    seen: int | None = None,
) -> Merge:
    """Say that a person goes on under a new number, since a paper corrected birth or sex; the register is not touched yet.

    `changes`: birth, sex as the paper says them. `given`: the number that the paper names; empty: the rule gives one.
    `seen`: of a question that was asked before. Raises PaperNeeded, GroundNeeded, NotAllowed, ChangedMeanwhile,
    MoveNotAllowed, and what the register would refuse (NoNewNumberNeeded, NumberInRegister, PersonRefused).
    """
    person = read_person(number, purpose=Purpose.REVIEW, basis=_(RENUMBERING_BASIS), by=by)
    place = person.residence_unit
    require(by, "cleaning.merge", Merge(one=person.pk, one_unit=place))
    check_ground(ground)
    check_paper(paper)
    merge, made = Merge.objects.get_or_create(one=person.pk, other="", defaults={"one_unit": place})
    if made:
        write_line(merge, MergeAct.OPEN, by=by)
    locked = _begin(merge.pk, by=by, seen=seen)
    wanted = {name: value for name, value in changes.items() if value}
    given = PersonalNumber.parse(given).digits if given else ""
    return _propose(locked, ground, by, kept=given, changes=wanted, **_paper(paper))


def _paper(paper: Paper | None) -> dict[str, Any]:
    if paper is None:
        return {"paper": "", "paper_on": None}
    check_paper(paper)
    return {"paper": paper.source, "paper_on": paper.on}


def _propose(merge: Merge, ground: str, by: Actor, **wanted: Any) -> Merge:
    for name, value in wanted.items():
        setattr(merge, name, value)
    merge_after(MergeState(merge.state), MergeAct.PROPOSE)
    with transaction.atomic():
        _join(merge, ground, by)
        transaction.set_rollback(True)  # tried only: nobody is asked to confirm what cannot be
    return write_line(merge, MergeAct.PROPOSE, ground=ground, by=by, proposed_by=by.reference, **wanted)


@transaction.atomic
def confirm_merge(*, merge: int, ground: str, by: Actor, seen: int | None = None) -> Merge:
    """The second pair of eyes agrees: the register merges them by an act of its own. Raises SecondPairOfEyes."""
    locked = _begin(merge, by=by, seen=seen)
    check_ground(ground)
    merge_after(MergeState(locked.state), MergeAct.CONFIRM)
    if locked.proposed_by == by.reference:
        raise SecondPairOfEyes
    kept, act = _join(locked, _both(locked, ground), by)
    locked.kept = kept
    _lapse_others(locked, by)
    return write_line(locked, MergeAct.CONFIRM, ground=ground, by=by, life_act=act, kept=kept)


@transaction.atomic
def turn_down_merge(*, merge: int, ground: str, by: Actor, seen: int | None = None) -> Merge:
    """The second pair of eyes disagrees; or whoever proposed takes it back."""
    locked = _begin(merge, by=by, seen=seen)
    check_ground(ground)
    return write_line(locked, MergeAct.TURN_DOWN, ground=ground, by=by)


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
    return write_line(locked, MergeAct.UNDO, ground=ground, by=by, life_act=act)


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
                what=merge_past(last.act, renumbers=found.renumbers),
                at=f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}",
            )
    return found


def _both(merge: Merge, ground: str) -> str:
    """What the register keeps is why the first said so, and what the second looked at."""
    first = MergeLine.objects.filter(merge=merge, act=MergeAct.PROPOSE).order_by("-number").first()
    return "; ".join(dict.fromkeys(one.strip() for one in ([first.ground] if first else []) + [ground]))


def _told(merge: Merge, ground: str, *, by_paper: bool = True) -> dict[str, str]:
    """Source and basis of what is written in the register: the paper where there is one, else this question."""
    asked = _("đề nghị đổi số {merge}") if merge.renumbers else _("đề nghị gộp số {merge}")
    notes = [asked.format(merge=merge.pk)]
    source = f"decision:{'renumbering' if merge.renumbers else 'merge'}/{merge.pk}"
    if by_paper and merge.paper:
        source = merge.paper
        notes.insert(0, _("giấy tờ ngày {on}").format(on=f"{merge.paper_on:%d/%m/%Y}"))
    return {"source": source, "basis": f"{ground.strip()} ({', '.join(notes)})"}


def _join(merge: Merge, ground: str, by: Actor) -> tuple[str, UUID]:
    """The number that goes on, and the act."""
    told = _told(merge, ground)
    if merge.renumbers:
        on = PartialDate.of(merge.paper_on) if merge.paper_on else None
        new = renumber_person(
            merge.one, merge.changes, on=on, given=merge.kept, by=by, source=told["source"], basis=told["basis"]
        )  # fmt: skip
        return new.number, new.act
    by_paper = bool(merge.paper)
    act = merge_people(merge.kept, merge.merged, taken=merge.taken, by_paper=by_paper, by=by, **told)
    return merge.kept, act


def _lapse_others(merge: Merge, by: Actor) -> None:
    """Other questions about the number that is no more; a later search asks them of the number that goes on.

    One that somebody answers at this moment is left to him: two who waited for each other would both fail.
    """
    named = Q(one=merge.merged) | Q(other=merge.merged)
    others = Merge.objects.select_for_update(no_key=True, skip_locked=True).filter(named).waiting()
    for one in others.exclude(pk=merge.pk):
        write_line(one, MergeAct.LAPSE, by=by)


def _part(merge: Merge, ground: str, by: Actor) -> UUID:
    done = MergeLine.objects.filter(merge=merge, act=MergeAct.CONFIRM).order_by("-number").first()
    if done is None or done.life_act is None:
        raise NotUndone(why=said("không tìm thấy lần gộp."))
    return undo_act(done.life_act, by=by, **_told(merge, ground, by_paper=False))


def write_line(
    merge: Merge, act: MergeAct, *, by: Actor, ground: str = "", life_act: UUID | None = None, **changes: Any
) -> Merge:
    """State by the table, one line of the ledger, one event. Raises MoveNotAllowed."""
    before = MergeState(merge.state)
    target = MergeState.OPEN if act is MergeAct.OPEN else merge_after(before, act)
    if target in {MergeState.OPEN, MergeState.LAPSED}:
        changes |= {"kept": "", "taken": [], "proposed_by": ""}
    merge.state, merge.acts, merge.changed_at = target.value, merge.acts + 1, timezone.now()
    for name, value in changes.items():
        setattr(merge, name, value)
    merge.save(update_fields=["state", "acts", "changed_at", *changes])
    MergeLine.objects.create(
        merge=merge, number=merge.acts, act=act.value, actor=by.reference, actor_name=by.name or by.reference,
        kept=merge.kept, taken=merge.taken, changes=merge.changes, paper=merge.paper, paper_on=merge.paper_on,
        ground=ground.strip(), before="" if act is MergeAct.OPEN else before.value,
        after=target.value, life_act=life_act,
    )  # fmt: skip
    record(MergeActed(merge=merge.pk, number=merge.acts, act=act.value, after=target.value), by=by)
    return merge
