"""What an act does to a dossier, as plain values: state, clock, outcome. Nothing is stored here.

The live actions and the bulk entry of past dossiers both call `advance`, so that a dossier made
by either satisfies the same moves and deadlines.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from lienthong.dossiers.states import MOVES, STATE_NAMES, WAITING, Act, Clock, MoveNotAllowed, State, move
from lienthong.kit.calendar import Calendar
from lienthong.kit.deadlines import Counting, Limit, LimitUnit, due_at, resume_due
from lienthong.kit.errors import Refused, said


class Outcome(StrEnum):
    APPROVED = "approved"
    DENIED = "denied"


class Channel(StrEnum):
    ONLINE = "online"
    COUNTER = "direct"
    POST = "post"


CHANNEL_NAMES = {
    Channel.ONLINE: said("trực tuyến"),
    Channel.COUNTER: said("trực tiếp"),
    Channel.POST: said("bưu chính"),
}


class SupplementAlreadyAsked(Refused):
    """Asking twice is what the portal's index counts as overdue (QĐ 766/QĐ-TTg, 2.1)."""

    sentence = said("Hồ sơ này đã yêu cầu bổ sung {times} lần khi giải quyết, không được yêu cầu thêm.")


class AlreadyReDated(Refused):
    """NĐ 61/2018/NĐ-CP art. 19, kept in practice: a new date is given at most once."""

    sentence = said("Hồ sơ này đã xin lỗi và hẹn lại một lần, không hẹn lại lần nữa.")


class NewDateNotLater(Refused):
    sentence = said("Ngày hẹn mới phải sau ngày hẹn hiện nay ({due}).")


class ActBeforeTheLast(Refused):
    """Events that arrive out of order are kept elsewhere and not applied."""

    sentence = said("Việc này có thời điểm trước việc gần nhất của hồ sơ ({last}).")


@dataclass(frozen=True, slots=True)
class Terms:
    """What the procedure version grants: the agency's limit (None: the source gives none) and how it counts."""

    limit: Limit | None
    counting: Counting
    supplements: int = 1
    """How often papers may be asked for after receipt."""


@dataclass(frozen=True, slots=True)
class Life:
    """The part of a dossier that acts change. All moments are aware."""

    filed_at: datetime
    last_at: datetime
    state: State = State.FILED
    received_at: datetime | None = None
    due_at: datetime | None = None
    first_due_at: datetime | None = None
    stopped_at: datetime | None = None
    closed_at: datetime | None = None
    returned_at: datetime | None = None
    outcome: Outcome | None = None
    supplements: int = 0
    apologies: int = 0


def begin(at: datetime) -> Life:
    return Life(filed_at=at, last_at=at)


def advance(
    life: Life,
    act: Act,
    *,
    at: datetime,
    terms: Terms,
    calendar: Calendar,
    new_due: datetime | None = None,
    outcome: Outcome | None = None,
) -> Life:
    """The dossier after `act`. Raises MoveNotAllowed and the errors of this module."""
    target = move(life.state, act)
    _check_receipt(life, act)
    if at < life.last_at:
        raise ActBeforeTheLast(last=f"{life.last_at:%H:%M %d/%m/%Y}")
    _check_once(life, act, terms)
    after = replace(life, state=target, last_at=at)
    after = _turn_clock(after, act, at=at, terms=terms, calendar=calendar, new_due=new_due)
    return _count(after, act, at=at, outcome=outcome)


BEFORE_RECEIPT: Final = frozenset({Act.REFUSE, Act.SUPPLEMENT_BEFORE_RECEIPT})
AFTER_RECEIPT: Final = frozenset({Act.SUPPLEMENT})
"""Papers are awaited before receipt and after it: the state is one, these acts are not."""


def _check_receipt(life: Life, act: Act) -> None:
    if act in (BEFORE_RECEIPT if life.received_at else AFTER_RECEIPT):
        raise MoveNotAllowed(state=STATE_NAMES[life.state], act=MOVES[act].past)


def _check_once(life: Life, act: Act, terms: Terms) -> None:
    if act is Act.ASK_SUPPLEMENT and life.received_at and life.supplements >= terms.supplements:
        raise SupplementAlreadyAsked(times=life.supplements)
    if act is Act.APOLOGISE and life.apologies:
        raise AlreadyReDated


def _turn_clock(
    life: Life, act: Act, *, at: datetime, terms: Terms, calendar: Calendar, new_due: datetime | None
) -> Life:
    match MOVES[act].clock:
        case Clock.STARTS:
            due = due_at(at, terms.limit, calendar=calendar, counting=terms.counting) if terms.limit else None
            return replace(life, received_at=at, due_at=due, first_due_at=due)
        case Clock.STOPS if life.received_at:
            return replace(life, stopped_at=at)
        case Clock.RESUMES:
            return _resume(life, at, terms, calendar)
        case Clock.MOVES:
            if new_due is None or life.due_at is None or new_due <= life.due_at:
                raise NewDateNotLater(due=f"{life.due_at:%H:%M %d/%m/%Y}" if life.due_at else "")
            return replace(life, due_at=new_due)
        case Clock.ENDS:
            return replace(life, closed_at=at, stopped_at=None)
    return life


def _resume(life: Life, at: datetime, terms: Terms, calendar: Calendar) -> Life:
    if life.stopped_at is None or life.due_at is None:
        return replace(life, stopped_at=None)
    due = resume_due(
        life.due_at,
        stopped_at=life.stopped_at,
        resumed_at=at,
        calendar=calendar,
        counting=terms.counting,
        unit=terms.limit.unit if terms.limit else LimitUnit.WORKING_DAY,
    )
    return replace(life, due_at=due, stopped_at=None)


def _count(life: Life, act: Act, *, at: datetime, outcome: Outcome | None) -> Life:
    match act:
        case Act.ASK_SUPPLEMENT if life.received_at:
            return replace(life, supplements=life.supplements + 1)
        case Act.APOLOGISE:
            return replace(life, apologies=life.apologies + 1)
        case Act.DECIDE:
            return replace(life, outcome=outcome or Outcome.APPROVED)
        case Act.RETURN:
            return replace(life, returned_at=at)
    return life


def is_late(life: Life, now: datetime) -> bool:
    """Overdue, computed and never stored: closed after its due moment, or open and past it.

    While the clock stands still nothing becomes late (QĐ 766/QĐ-TTg, 2.1 subtracts the
    supplement's time). Once the procedure has no limit in the source, nothing can be late.
    """
    if life.due_at is None:
        return False
    if life.stopped_at and life.state in WAITING:
        return life.stopped_at > life.due_at
    return (life.closed_at or now) > life.due_at


@dataclass(frozen=True, slots=True)
class Applicant:
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Filing:
    """What is filed: the shape that a page, a counter, an API or an import hands to `submit_dossier`.

    `version` is a procedure version's id, `unit` the id of the commune whose agencies are asked,
    `helped_at` the one-stop centre that files for a person standing there, `circumstances` the
    answers about the case that decide which papers are needed and what it costs, `papers`
    pairs a paper's key with the id of a kept file, `shown` are papers presented at the counter.
    """

    version: int
    applicant: Applicant
    unit: int
    channel: Channel
    answers: dict[str, object]
    papers: tuple[tuple[str, str], ...] = ()
    shown: tuple[str, ...] = ()
    variant: str = ""
    delivery: Channel = Channel.ONLINE
    helped_at: str | None = None
    helped_at_id: int | None = None
    circumstances: dict[str, bool | int | str] = field(default_factory=dict)
    contact: dict[str, str] = field(default_factory=dict)
