"""The officer's queue: chips that add up, filters, rows with their clock in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, F, Max, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.desk.queries.frame import CENTRE
from lienthong.desk.queries.words import short_moment
from lienthong.desk.rules import BY_DUE, BY_STATE, SILENT_FOR
from lienthong.dossiers.public import (
    WAITING,
    Dossier,
    Edges,
    State,
    buckets,
    filter_queue,
    handlers_at,
    most_urgent_first,
    queue_of,
    silent_since,
)
from lienthong.fields.public import told
from lienthong.identity.public import Account, Actor, Role
from lienthong.kit.calendar import Calendar
from lienthong.kit.deadlines import remaining
from lienthong.kit.errors import said
from lienthong.procedures.public import ProcedureVersion

TO_SIGN = Q(state=State.IN_PROGRESS, step="signature")
UNASSIGNED = Q(handler__isnull=True, received_at__isnull=False, closed_at__isnull=True)
STATES = {
    "filed": Q(state=State.FILED),
    "decided": Q(state=State.DECIDED),
    "asked": Q(state=State.AWAITING_SUPPLEMENT),
}


OPENED = Q(state__in=(State.RECEIVED, State.IN_PROGRESS))
STEPS: Mapping[str, tuple[str, Q]] = {
    "receipt": (said("Chờ tiếp nhận"), Q(state=State.FILED)),
    "supplement": (said("Chờ bổ sung"), Q(state=State.AWAITING_SUPPLEMENT)),
    "assign": (said("Chờ giao"), OPENED & ~Q(step="signature") & Q(handler__isnull=True)),
    "examination": (said("Thẩm định"), OPENED & ~Q(step="signature") & Q(handler__isnull=False)),
    "signature": (said("Chờ ký"), OPENED & Q(step="signature")),
    "payment": (said("Chờ nộp tiền"), Q(state=State.AWAITING_PAYMENT)),
    "stopped": (said("Dừng giải quyết"), Q(state=State.STOPPED)),
    "return": (said("Chờ trả kết quả"), Q(state=State.DECIDED)),
}
"""What the column of steps says (`step_of`), as filters; each dossier of a queue is in exactly one."""
SORTS: Mapping[str, str] = {
    "due": "due_at",
    "code": "id",
    "procedure": "procedure_code",
    "name": "applicant_key",
    "last": "last_at",
}


@dataclass(frozen=True)
class Wanted:
    """What the address asks for: a text, a procedure's code, a handler's id ("0": nobody), a channel, a chip,
    a step of `STEPS`, a column of `SORTS` ("-name": downwards)."""

    text: str = ""
    procedure: str = ""
    handler: str = ""
    channel: str = ""
    chip: str = ""
    step: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Chip:
    """Shape, word and colour of a state, with the moment beneath."""

    kind: str
    word: str
    due: str = ""


@dataclass(frozen=True)
class Row:
    dossier: Dossier
    title: str
    chip: Chip
    step: str
    note: str
    late: bool


@dataclass(frozen=True)
class Queue:
    """The whole queue before paging. `counts` by chip name; `all` is their sum."""

    found: QuerySet[Dossier]
    counts: Mapping[str, int]
    chips: Mapping[str, tuple[str, str]]
    procedures: list[tuple[str, str]]
    handlers: list[tuple[Account, int]] = field(default_factory=list)

    @property
    def shown(self) -> int:
        return self.counts["shown"]


def open_queue(wanted: Wanted, *, by: Actor) -> Queue:
    """What waits for this officer's duty, narrowed and most urgent first. A constant number of queries."""
    now = timezone.now()
    mine = queue_of(by)
    at_centre = by.has(*CENTRE)
    handler = int(wanted.handler) if wanted.handler.isdigit() and len(wanted.handler) < 10 else None
    narrowed = filter_queue(mine, text=wanted.text, procedure=wanted.procedure, handler=handler)
    if wanted.channel:
        narrowed = narrowed.filter(channel=wanted.channel)
    if wanted.step in STEPS:
        narrowed = narrowed.filter(STEPS[wanted.step][1])
    parts = STATES if at_centre else buckets(Edges.at(now))
    marks = {
        "unassigned": UNASSIGNED,
        "to_sign": TO_SIGN,
        "silent": Q(pk__in=silent_since(mine, now - SILENT_FOR).values("pk")),
    }
    picked = {**parts, **marks}.get(wanted.chip)
    counts = narrowed.aggregate(
        all=Count("pk"), **{name: Count("pk", filter=q) for name, q in {**parts, **marks}.items()}
    )
    counts["shown"] = counts[wanted.chip] if picked is not None else counts["all"]
    found = narrowed.filter(picked) if picked is not None else narrowed
    return Queue(
        found=_sorted(found, wanted.sort) or _ordered(found, by),
        counts=counts,
        chips=BY_STATE if at_centre else BY_DUE,
        procedures=_procedures(mine),
        handlers=[] if at_centre else _handlers(mine, by),
    )


def _sorted(found: QuerySet[Dossier], sort: str) -> QuerySet[Dossier] | None:
    """By the column asked for; None: by urgency."""
    column = SORTS.get(sort.removeprefix("-"))
    if column is None:
        return None
    rows = most_urgent_first(found)  # type: ignore[arg-type]  # still a DossierQuerySet
    order = F(column).desc(nulls_last=True) if sort.startswith("-") else F(column).asc(nulls_last=True)
    return rows.order_by(order, "id")


def _ordered(found: QuerySet[Dossier], by: Actor) -> QuerySet[Dossier]:
    """Most urgent first; a leader signs first; a centre receives first, then returns."""
    rows = most_urgent_first(found)  # type: ignore[arg-type]  # still a DossierQuerySet
    if by.has(*CENTRE):
        order = {State.FILED: 0, State.DECIDED: 1}
        rank = Case(*(When(state=state, then=n) for state, n in order.items()), default=2)
        return rows.order_by(rank, "filed_at", "id")
    due = (F("stopped_at").asc(nulls_first=True), F("due_at").asc(nulls_last=True), "id")
    if by.has(Role.LEADER):
        return rows.order_by(Case(When(TO_SIGN, then=0), default=1), *due)
    return rows


def _procedures(mine: QuerySet[Dossier]) -> list[tuple[str, str]]:
    """Codes and names of the procedures in the queue, by name."""
    newest = dict(mine.values_list("procedure_code").annotate(Max("version")))
    named = ProcedureVersion.objects.select_related("procedure").in_bulk(newest.values())
    return sorted(
        ((code, named[version].typed.short_name) for code, version in newest.items()),
        key=lambda each: each[1],
    )


def _handlers(mine: QuerySet[Dossier], by: Actor) -> list[tuple[Account, int]]:
    """Who may be given dossiers, and how many each holds; a leader's own name comes last."""
    held = dict(mine.values_list("handler").annotate(Count("pk")))
    here = [account for duty in by.duties for account in handlers_at(duty.organisation)]
    rows = [(account, held.get(account.pk, 0)) for account in here]
    return sorted(rows, key=lambda row: row[0].pk == by.account_id and by.has(Role.LEADER))


# ---- a row


def rows_of(dossiers: Iterable[Dossier]) -> list[Row]:
    now = timezone.now()
    return [row_of(dossier, now) for dossier in dossiers]


def row_of(dossier: Dossier, now: datetime) -> Row:
    chip = chip_of(dossier, now)
    late = chip.kind == "late"
    return Row(
        dossier=dossier,
        title=dossier.version.typed.short_name,
        chip=chip,
        step=step_of(dossier),
        note=_note(dossier, now, late=late),
        late=late,
    )


def chip_of(dossier: Dossier, now: datetime) -> Chip:
    """The distance first, the moment beneath."""
    state = State(dossier.state)
    if state is State.FILED:
        return Chip("running", _("Chờ tiếp nhận"), _("nộp {at}").format(at=short_moment(dossier.filed_at)))
    if state in WAITING:
        word = _("Đang dừng") if dossier.stopped_at else _("Chờ bổ sung")
        due = _("hẹn khi dừng {at}").format(at=short_moment(dossier.due_at)) if dossier.due_at else ""
        return Chip("stopped", word, due)
    if dossier.is_closed:
        return _closed(dossier, state)
    return _running(dossier, now)


def _closed(dossier: Dossier, state: State) -> Chip:
    words: dict[State, tuple[str, str]] = {
        State.REFUSED: ("none", _("Từ chối tiếp nhận")),
        State.WITHDRAWN: ("none", _("Người nộp đã rút")),
        State.DECIDED: ("done", _("Đã có kết quả")),
        State.RETURNED: ("done", _("Đã trả kết quả")),
    }
    kind, word = words[state]
    ended = dossier.returned_at or dossier.closed_at
    return Chip(kind, word, short_moment(ended) if ended else "")


def _running(dossier: Dossier, now: datetime) -> Chip:
    if dossier.due_at is None:
        return Chip("running", _("Chưa có hạn"), _("nguồn chưa nêu thời hạn"))
    left = remaining(dossier.due_at, now, Calendar.official())
    if left.late:
        return Chip("late", told(left.template, left.facts), short_moment(dossier.due_at))
    if timezone.localdate(dossier.due_at) == timezone.localdate(now):
        word = _("Hôm nay {at}").format(at=f"{timezone.localtime(dossier.due_at):%H:%M}")
        return Chip("soon", word, told(left.template, left.facts))
    kind = "soon" if left.working_days <= 2 else "running"
    return Chip(kind, told(left.template, left.facts), short_moment(dossier.due_at))


def _note(dossier: Dossier, now: datetime, *, late: bool) -> str:
    """What a row must not keep quiet about: the apology, the silence."""
    notes = []
    if dossier.apologies and dossier.due_at:
        notes.append(_("đã xin lỗi, hẹn lại {at}").format(at=short_moment(dossier.due_at)))
    elif late:
        notes.append(_("chưa gửi thư xin lỗi"))
    if (
        dossier.received_at
        and not dossier.stopped_at
        and not dossier.closed_at
        and now - dossier.last_at > SILENT_FOR
    ):
        hours = int((now - dossier.last_at).total_seconds() // 3600)
        notes.append(_("im lặng {hours} giờ").format(hours=hours))
    return ", ".join(notes)


def step_of(dossier: Dossier) -> str:
    """Where it stands, in an officer's words."""
    state = State(dossier.state)
    names: dict[State, str] = {
        State.FILED: _("Chờ tiếp nhận"),
        State.AWAITING_SUPPLEMENT: _("Chờ bổ sung"),
        State.AWAITING_PAYMENT: _("Chờ nộp tiền"),
        State.STOPPED: _("Dừng giải quyết"),
        State.DECIDED: _("Chờ trả kết quả"),
        State.RETURNED: _("Xong"),
        State.REFUSED: _("Xong"),
        State.WITHDRAWN: _("Xong"),
    }
    if state in names:
        return names[state]
    if dossier.step == "signature":
        return _("Chờ ký")
    return _("Thẩm định") if dossier.handler_id else _("Chờ giao")


def next_holiday(now: datetime) -> str:
    """ "nghỉ thứ Ba 24/11" when a holiday comes within a week, else nothing."""
    calendar = Calendar.official()
    today = timezone.localdate(now)
    for ahead in range(1, 8):
        day = today.fromordinal(today.toordinal() + ahead)
        if not calendar.is_working_day(day) and not calendar.is_plain_weekend(day):
            return _("nghỉ {day} ({why})").format(day=f"{day:%d/%m}", why=calendar.why_off(day))
    return ""


def chips_of(queue: Queue, wanted: Wanted, address: Any) -> list[dict[str, Any]]:
    """Chips as parts/_chips.html wants them; `address` makes the query string of a chip."""
    every = [
        {
            "count": queue.counts["all"],
            "label": _("Tất cả"),
            "url": address(""),
            "current": not wanted.chip,
            "kind": "",
        }
    ]
    return every + [
        {
            "count": queue.counts[name],
            "label": _(label),
            "url": address(name),
            "current": wanted.chip == name,
            "kind": kind,
        }
        for name, (kind, label) in queue.chips.items()
        if queue.counts[name] or name != "undated"
    ]
