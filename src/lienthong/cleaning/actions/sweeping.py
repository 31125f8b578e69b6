"""One rule for many cases, carried out piece by piece: whatever is killed when, each case is decided once."""

from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.cleaning.actions.deciding import confirm_case, decide_case
from lienthong.cleaning.events import SweepBegun, SweepEnded
from lienthong.cleaning.models import Case, Sweep, SweepCase
from lienthong.cleaning.queries import Wanted, find_cases
from lienthong.cleaning.rules import NoCasesChosen, NoSuchSweep, SweepTooWide, check_ground
from lienthong.cleaning.states import Act, Choice
from lienthong.fields.public import sentence_of
from lienthong.identity.public import Actor, Duty, Role, require
from lienthong.kit.errors import Refused
from lienthong.registries.public import Source

MOST = 20_000
PIECE = 100
"""Cases of one transaction: at most so many are done again after a kill."""


@transaction.atomic
def begin_sweep(*, wanted: Wanted, choice: Choice | None, ground: str, by: Actor) -> Sweep:
    """Freeze the cases that `wanted` finds, to be decided alike; `choice` None confirms what others proposed.

    Nothing is decided yet: `carry_out_sweep` does that. Raises NoCasesChosen, SweepTooWide, GroundNeeded.
    """
    require(by, "registries.steward", None)
    check_ground(ground)
    cases = cases_of(wanted, choice, by=by)
    count = cases.count()
    if not count:
        raise NoCasesChosen
    if count > MOST:
        raise SweepTooWide(count=count, most=MOST)
    act = Act.CONFIRM if choice is None else Act.DECIDE
    sweep = Sweep.objects.create(
        source=Source.objects.filter(code=wanted.source).first(),
        rule=wanted.as_json(),
        act=act,
        choice=choice or "",
        ground=ground.strip(),
        actor=by.reference,
        actor_name=by.name or by.reference,
        duties=sorted([duty.role.value, duty.organisation] for duty in by.duties),
        total=count,
    )
    SweepCase.objects.bulk_create(
        [SweepCase(sweep=sweep, case_id=pk) for pk in cases.values_list("pk", flat=True)], batch_size=2000
    )
    record(SweepBegun(sweep=sweep.pk, choice=choice or act, count=count, rule=wanted.words), by=by)
    return sweep


def cases_of(wanted: Wanted, choice: Choice | None, *, by: Actor) -> QuerySet[Case]:
    """Those that a sweep would take: open ones that the choice is offered for, or proposals of others."""
    found = find_cases(wanted, by=by)
    if choice is None:
        return found.filter(state="proposed").exclude(proposed_by=by.reference)
    return found.filter(state__in=["open", "answered"])


def carry_out_sweep(*, sweep: int, by: Actor | None = None) -> Sweep:
    """Do what is left of a sweep, in pieces; safe to call again, and by two at once.

    A piece is one transaction: decisions, ledger, provenance and the mark that it was done stand or
    fall together. A case that cannot be decided so is told, and the others go on.
    """
    found = Sweep.objects.filter(pk=sweep).first()
    if found is None:
        raise NoSuchSweep
    actor = by or actor_of_sweep(found)
    while _do_piece(found, actor):
        pass
    return _end(found, actor)


def actor_of_sweep(sweep: Sweep) -> Actor:
    """Who began it, in the duties it was begun in: a sweep taken up again after a kill is still his."""
    account = sweep.actor.removeprefix("account:")
    return Actor(
        reference=sweep.actor,
        account_id=int(account) if account.isdigit() else None,
        personal_number=None,
        name=sweep.actor_name,
        level=2,
        duties=frozenset(Duty(Role(role), place) for role, place in sweep.duties),
    )


@transaction.atomic
def _do_piece(sweep: Sweep, by: Actor) -> bool:
    left = SweepCase.objects.filter(sweep=sweep, outcome="").order_by("case_id")
    rows = list(left.select_for_update(skip_locked=True)[:PIECE])
    for row in rows:
        row.outcome, row.why = _do_one(sweep, row.case_id, by)
    SweepCase.objects.bulk_update(rows, ["outcome", "why"])
    done = sum(1 for row in rows if row.outcome == "done")
    Sweep.objects.filter(pk=sweep.pk).update(done=F("done") + done, refused=F("refused") + len(rows) - done)
    return bool(rows)


def _do_one(sweep: Sweep, case: int, by: Actor) -> tuple[str, str]:
    facts: dict[str, Any] = {"case": case, "ground": sweep.ground, "by": by, "sweep": sweep}
    try:
        with transaction.atomic():
            if sweep.act == Act.CONFIRM:
                confirm_case(**facts)
            else:
                decide_case(choice=Choice(sweep.choice), **facts)
    except Refused as why:
        return "refused", sentence_of(why)
    return "done", ""


@transaction.atomic
def _end(sweep: Sweep, by: Actor) -> Sweep:
    locked = Sweep.objects.select_for_update().get(pk=sweep.pk)
    left = SweepCase.objects.filter(sweep=locked, outcome="").exists()
    if not left and locked.ended_at is None:
        locked.ended_at = timezone.now()
        locked.save(update_fields=["ended_at"])
        record(SweepEnded(sweep=locked.pk, done=locked.done, refused=locked.refused), by=by)
    return locked
