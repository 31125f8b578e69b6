"""A steward decides; where it takes two, another confirms; and a decision can be taken back."""

from django.db import transaction
from django.utils import timezone

from lienthong.cleaning.actions.effects import Deed, apply_choice, undo_choice
from lienthong.cleaning.actions.ledger import begin_act, carry_out
from lienthong.cleaning.models import Case, CaseAct, Sweep
from lienthong.cleaning.rules import (
    NotACandidate,
    NotUndone,
    PersonNeeded,
    SecondPairOfEyes,
    check_choice,
    check_ground,
    due_to_verify,
)
from lienthong.cleaning.states import OPTIONS, Act, CaseState, Choice, after
from lienthong.identity.public import Actor
from lienthong.kit.calendar import Calendar
from lienthong.kit.errors import said
from lienthong.registries.public import Record

NAMES_A_PERSON = frozenset({Choice.SAME, Choice.DIED, Choice.CORRECT_REGISTER})


@transaction.atomic
def decide_case(
    *,
    case: int,
    choice: Choice,
    ground: str,
    by: Actor,
    person: str = "",
    seen: int | None = None,
    sweep: Sweep | None = None,
) -> Case:
    """Decide on a case. What needs a second pair of eyes waits for another steward; the rest holds at once.

    `person`: the candidate meant, needed where the choice names one; the only candidate if left out.
    Raises NoSuchCase, NotAllowed, ChangedMeanwhile, MoveNotAllowed, ChoiceNotOffered, GroundNeeded,
    PersonNeeded, NotACandidate.
    """
    locked = begin_act(case, "cleaning.decide", by=by, seen=seen)
    check_choice(choice, locked.verdict, ground)
    meant = person_meant(locked, choice, person)
    if choice is Choice.ASK_OWNER:
        return ask_owner(locked, ground=ground, by=by, sweep=sweep)
    if OPTIONS[choice].second:
        carry_out(
            locked, Act.PROPOSE, by=by, ground=ground, choice=choice, person=meant, sweep=sweep,
            proposed_by=by.reference,
        )  # fmt: skip
        remember(locked, choice, meant)
        return locked
    return settle(Deed(locked, choice, meant, ground, by), Act.DECIDE, sweep=sweep)


def settle(deed: Deed, act: Act, *, sweep: Sweep | None = None) -> Case:
    """Let a choice take effect, and close the case."""
    case = deed.case
    after(CaseState(case.state), act)
    facts = apply_choice(deed)
    carry_out(
        case,
        act,
        by=deed.by,
        ground=deed.ground,
        choice=deed.choice,
        person=deed.person,
        facts=facts,
        sweep=sweep,
    )
    remember(case, deed.choice, deed.person)
    return case


def remember(case: Case, choice: str, person: str) -> None:
    case.choice, case.person = choice, person
    case.save(update_fields=["choice", "person"])


def person_meant(case: Case, choice: Choice, person: str) -> str:
    """The personal number a choice names: a candidate of this case. Raises PersonNeeded, NotACandidate."""
    if choice not in NAMES_A_PERSON:
        return ""
    offered = [candidate["number"] for candidate in case.candidates]
    if not person:
        if len(offered) != 1:
            raise PersonNeeded
        return str(offered[0])
    if person not in offered:
        raise NotACandidate
    return person


def ask_owner(case: Case, *, ground: str, by: Actor, sweep: Sweep | None = None) -> Case:
    """To the agency that owns the data: 5 days to verify, 15 in all for a conflict."""
    due_at = due_to_verify(case.verdict, timezone.localtime(), Calendar.official())
    line = carry_out(
        case, Act.ASK_OWNER, by=by, ground=ground, choice=Choice.ASK_OWNER, due_at=due_at, sweep=sweep
    )
    case.asked_at = line.at
    case.save(update_fields=["asked_at"])
    return case


@transaction.atomic
def confirm_case(
    *, case: int, ground: str, by: Actor, seen: int | None = None, sweep: Sweep | None = None
) -> Case:
    """The second pair of eyes agrees; now it holds. Raises SecondPairOfEyes for whoever proposed."""
    locked = begin_act(case, "cleaning.confirm", by=by, seen=seen)
    check_ground(ground)
    after(CaseState(locked.state), Act.CONFIRM)
    if locked.proposed_by == by.reference:
        raise SecondPairOfEyes
    return settle(Deed(locked, Choice(locked.choice), locked.person, ground, by), Act.CONFIRM, sweep=sweep)


@transaction.atomic
def turn_down_case(*, case: int, ground: str, by: Actor, seen: int | None = None) -> Case:
    """The second pair of eyes disagrees: the case is open again. Whoever proposed may take it back so, too."""
    locked = begin_act(case, "cleaning.confirm", by=by, seen=seen)
    check_ground(ground)
    carry_out(locked, Act.TURN_DOWN, by=by, ground=ground, choice=locked.choice, proposed_by="")
    remember(locked, "", "")
    return locked


@transaction.atomic
def undo_case(*, case: int, ground: str, by: Actor, seen: int | None = None) -> Case:
    """Take a decision back: the record stands for what it stood for before, and the case is open again.

    Raises NotUndone where newer data stand on it.
    """
    locked = begin_act(case, "cleaning.undo", by=by, seen=seen)
    check_ground(ground)
    decided = (
        CaseAct.objects.filter(case=locked, act__in=[Act.DECIDE, Act.CONFIRM]).order_by("-number").first()
    )
    if decided is None:
        raise NotUndone(why=said("chưa có quyết định nào."))
    record: Record = locked.record
    if record.superseded and decided.choice != Choice.MERGE:
        raise NotUndone(why=said("nguồn đã gửi bản ghi mới thay bản ghi này."))
    after(CaseState(locked.state), Act.UNDO)
    undo_choice(locked, decided, ground=ground, by=by)
    carry_out(locked, Act.UNDO, by=by, ground=ground, choice=decided.choice, proposed_by="")
    remember(locked, "", "")
    return locked
