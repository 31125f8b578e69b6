"""What a lead tells of its task, and what is answered: progress, extensions, obstacles, funding."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from lienthong.documents.public import StoredFile
from lienthong.identity.public import Actor, require
from lienthong.kit.words import format_date
from lienthong.organisations.public import Organisation
from lienthong.steering.actions.ledger import append, check_day, open_task, standing_now, wait_for_turn
from lienthong.steering.events import (
    ExtensionAsked,
    ExtensionGranted,
    ExtensionRefused,
    FundingNoted,
    ObstacleRemoved,
    ObstacleReported,
    ProgressReported,
)
from lienthong.steering.models import Task, TaskEntry
from lienthong.steering.rules.refusals import (
    AmountOutOfRange,
    BasisMissing,
    ExtensionNotLater,
    NoDueToExtend,
    NoSuchAsk,
    NoSuchObstacle,
    PercentOutOfRange,
    ProposalMissing,
    ReasonMissing,
    TextMissing,
)
from lienthong.steering.rules.standing import Standing
from lienthong.steering.states import Act, Cause, DeadlineKind, Money


@transaction.atomic
def report_progress(
    *,
    task: Task,
    on: date,
    text: str,
    percent: int | None = None,
    commitment_on: date | None = None,
    evidence: Sequence[StoredFile] = (),
    by: Actor,
) -> TaskEntry:
    """What was done so far. `commitment_on`: the day promised anew; it moves no due date.

    Raises TextMissing, PercentOutOfRange, IsParent, AlreadyDone, AlreadyCancelled, InTheFuture, TooEarly.
    """
    require(by, "steering.report", task)
    if not text.strip():
        raise TextMissing
    if percent is not None and not 0 <= percent <= 100:
        raise PercentOutOfRange
    wait_for_turn()
    check_day(on, open_task(task).assigned_on)
    return append(
        task, Act.REPORTED, on, event=ProgressReported, by=by, evidence=evidence, text=text,
        percent=percent, due_on=commitment_on,
    )  # fmt: skip


@transaction.atomic
def ask_extension(
    *, task: Task, due_on: date, basis: str, evidence: Sequence[StoredFile] = (), by: Actor
) -> TaskEntry:
    """Ask for a later due date; nothing moves until it is granted.

    Raises BasisMissing, NoDueToExtend, ExtensionNotLater.
    """
    require(by, "steering.report", task)
    if not basis.strip():
        raise BasisMissing
    wait_for_turn()
    check_later(task, open_task(task), due_on)
    return append(
        task, Act.ASKED_EXTENSION, timezone.localdate(), event=ExtensionAsked, by=by, evidence=evidence,
        text=basis, due_on=due_on,
    )  # fmt: skip


@transaction.atomic
def grant_extension(
    *, task: Task, due_on: date, basis: str, asked: TaskEntry | None = None, by: Actor
) -> TaskEntry:
    """A later due date, by a document; answers what was asked, or is given unasked.

    Raises BasisMissing, NoDueToExtend, ExtensionNotLater, NoSuchAsk.
    """
    require(by, "steering.decide", task)
    if not basis.strip():
        raise BasisMissing
    wait_for_turn()
    now = open_task(task)
    check_asked(now, asked)
    check_later(task, now, due_on)
    return append(
        task, Act.GRANTED_EXTENSION, timezone.localdate(), event=ExtensionGranted, by=by,
        reference=basis, due_on=due_on, answers=asked,
    )  # fmt: skip


@transaction.atomic
def refuse_extension(*, asked: TaskEntry, reason: str, by: Actor) -> TaskEntry:
    """Raises ReasonMissing, NoSuchAsk."""
    require(by, "steering.decide", asked.task)
    if not reason.strip():
        raise ReasonMissing
    wait_for_turn()
    check_asked(standing_now(asked.task), asked)
    return append(
        asked.task, Act.REFUSED_EXTENSION, timezone.localdate(), event=ExtensionRefused, by=by, text=reason,
        answers=asked,
    )  # fmt: skip


def check_later(task: Task, now: Standing, due_on: date) -> None:
    if now.due_on is None or task.deadline_kind == DeadlineKind.RECURRING:
        raise NoDueToExtend(code=task.code)
    if due_on <= now.due_on:
        raise ExtensionNotLater(asked=format_date(due_on), due=format_date(now.due_on))


def check_asked(now: Standing, asked: TaskEntry | None) -> None:
    if asked is not None and asked.pk not in now.asks:
        raise NoSuchAsk


@transaction.atomic
def report_obstacle(
    *,
    task: Task,
    on: date,
    cause: Cause,
    text: str,
    proposal: str,
    remover: Organisation | None = None,
    evidence: Sequence[StoredFile] = (),
    by: Actor,
) -> TaskEntry:
    """What stands in the way, a proposal, and who can remove it (None: the lead itself).

    Raises TextMissing, ProposalMissing, IsParent, AlreadyDone, AlreadyCancelled, InTheFuture, TooEarly.
    """
    require(by, "steering.report", task)
    if not text.strip():
        raise TextMissing
    if not proposal.strip():
        raise ProposalMissing
    wait_for_turn()
    check_day(on, open_task(task).assigned_on)
    return append(
        task, Act.OBSTACLE, on, event=ObstacleReported, by=by, evidence=evidence, cause=cause, text=text,
        proposal=proposal, remover=remover,
    )  # fmt: skip


@transaction.atomic
def remove_obstacle(*, obstacle: TaskEntry, on: date, text: str, reference: str = "", by: Actor) -> TaskEntry:
    """What was done about it. Raises TextMissing, NoSuchObstacle, InTheFuture, TooEarly."""
    require(by, "steering.remove_obstacle", obstacle)
    if not text.strip():
        raise TextMissing
    wait_for_turn()
    if obstacle.pk not in standing_now(obstacle.task).open_obstacles:
        raise NoSuchObstacle
    check_day(on, obstacle.happened_on)
    return append(
        obstacle.task, Act.REMOVED_OBSTACLE, on, event=ObstacleRemoved, by=by, text=text, reference=reference,
        answers=obstacle,
    )  # fmt: skip


@transaction.atomic
def fund_task(*, task: Task, money: Money, amount: int, on: date, reference: str, by: Actor) -> TaskEntry:
    """A sum in dong that was planned, allotted or spent, with its document. Sums of a kind add up.

    Raises AmountOutOfRange, BasisMissing, InTheFuture, TooEarly.
    """
    require(by, "steering.report", task)
    if not 0 < amount < 10**16:
        raise AmountOutOfRange
    if not reference.strip():
        raise BasisMissing
    wait_for_turn()
    check_day(on, standing_now(task).assigned_on)
    return append(
        task, Act.FUNDED, on, event=FundingNoted, by=by, money=money, amount=amount, reference=reference
    )
