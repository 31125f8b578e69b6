"""How every act on a case is carried out: lock, ask the table, save, write the ledger and the record."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from lienthong.audit.public import record
from lienthong.cleaning.events import CaseActed
from lienthong.cleaning.models import Case, CaseAct, Sweep
from lienthong.cleaning.rules import ChangedMeanwhile, NoSuchCase
from lienthong.cleaning.states import MOVES, Act, CaseState, after
from lienthong.identity.public import Actor, require

CLOSING = frozenset({CaseState.SETTLED})


def lock_case(pk: int) -> Case:
    """The case, held until the transaction ends. Raises NoSuchCase."""
    found = (
        Case.objects.select_for_update(of=("self",), no_key=True)
        .select_related("source__keeper", "source__owner", "record")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NoSuchCase
    return found


def begin_act(pk: int, permission: str, *, by: Actor, seen: int | None = None) -> Case:
    """Lock, check the permission, and check that the page was not stale: of two stewards one wins.

    `seen` is the number of acts the page showed (None: no page). Raises NoSuchCase, NotAllowed,
    ChangedMeanwhile, which tells who was first.
    """
    case = lock_case(pk)
    require(by, permission, case)
    if seen is not None and seen != case.acts:
        last = CaseAct.objects.filter(case=case, number=case.acts).first()
        if last is not None:
            raise ChangedMeanwhile(
                who=last.actor_name,
                what=MOVES[Act(last.act)].past,
                at=f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}",
            )
    return case


def carry_out(
    case: Case,
    act: Act,
    *,
    by: Actor,
    ground: str = "",
    choice: str = "",
    person: str = "",
    due_at: datetime | None = None,
    facts: dict[str, Any] | None = None,
    sweep: Sweep | None = None,
    **changes: Any,
) -> CaseAct:
    """Do `act` to a locked case: state by the table, one ledger line, one event. Raises MoveNotAllowed."""
    now = timezone.now()
    before = CaseState(case.state)
    target = after(before, act)
    changes |= {
        "state": target.value,
        "acts": case.acts + 1,
        "closed_at": now if target in CLOSING else None,
        "due_at": due_at,
    }
    for name, value in changes.items():
        setattr(case, name, value)
    case.save(update_fields=list(changes))
    line = CaseAct.objects.create(
        case=case,
        number=case.acts,
        act=act.value,
        at=now,
        actor=by.reference,
        actor_name=by.name or by.reference,
        choice=choice,
        person=person,
        ground=ground.strip(),
        before=before.value,
        after=target.value,
        due_after=due_at,
        facts=facts or {},
        sweep=sweep,
    )
    record(
        CaseActed(
            case=case.pk, number=line.number, act=act.value, choice=choice, before=before, after=target
        ),
        by=by,
    )
    return line
