"""The agency that owns the data answers for it, within its days."""

from django.db import transaction
from django.utils import timezone

from lienthong.cleaning.actions.ledger import begin_act, carry_out
from lienthong.cleaning.models import Case
from lienthong.cleaning.rules import check_ground, due_to_fix
from lienthong.cleaning.states import Act
from lienthong.identity.public import Actor
from lienthong.kit.calendar import Calendar


@transaction.atomic
def answer_case(*, case: int, answer: str, by: Actor, seen: int | None = None) -> Case:
    """What the owner found in its own files; a steward decides on it. Raises GroundNeeded."""
    locked = begin_act(case, "cleaning.answer", by=by, seen=seen)
    check_ground(answer)
    carry_out(locked, Act.ANSWER, by=by, ground=answer)
    return locked


@transaction.atomic
def promise_fix(*, case: int, answer: str, by: Actor, seen: int | None = None) -> Case:
    """The error is the owner's: 5 days more to correct it and send the record again; a conflict keeps its 15."""
    locked = begin_act(case, "cleaning.answer", by=by, seen=seen)
    check_ground(answer)
    now = timezone.localtime()
    due = due_to_fix(locked.verdict, now, timezone.localtime(locked.due_at or now), Calendar.official())
    carry_out(locked, Act.WILL_FIX, by=by, ground=answer, due_at=due)
    return locked
