"""A citizen's dossiers, one by one and in the list, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lienthong.documents.public import StoredFile
from lienthong.dossiers.public import (
    MOVES,
    Act,
    Dossier,
    Movement,
    Outcome,
    Paper,
    State,
    SupplementRequest,
    acts_allowed,
    dossiers_of,
    find_dossier,
    ledger_of,
    limit_of,
    stops_of,
    terms_of,
)
from lienthong.feedback.public import Rating, rating_of
from lienthong.fields.public import told
from lienthong.identity.public import Actor
from lienthong.kit.calendar import Calendar
from lienthong.kit.deadlines import CellKind, ClockCell, LimitUnit, clock_cells, resume_due
from lienthong.kit.errors import said
from lienthong.kit.money import format_dong
from lienthong.portal.queries.chips import Chip, chip_of, moment
from lienthong.portal.rules import begin_large, begin_small

MOST_WAITING = 20


# ---- the list


@dataclass(frozen=True)
class Row:
    """One dossier in the list. `wants`: what the person must do; `word`: an apology or why it was refused."""

    dossier: Dossier
    title: str
    chip: Chip
    where: str
    wants: str = ""
    word: str = ""


@dataclass(frozen=True)
class MyDossiers:
    waiting: tuple[Row, ...]
    running: tuple[Row, ...]
    ended: tuple[Row, ...]


def waits_for_me(by: Actor) -> list[Dossier]:
    """Dossiers that stand still until their applicant does something."""
    states = (State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT)
    return list(dossiers_of(by).filter(state__in=states)[:MOST_WAITING])


def my_dossiers(dossiers: Sequence[Dossier], you: str) -> MyDossiers:
    """The page's dossiers in three groups. A constant number of queries."""
    now = timezone.now()
    asked = {r.dossier_id: r for r in _open_requests(dossiers)}
    last = _last_words(dossiers)
    rows = [_row(d, you, now, asked.get(d.pk), last.get(d.pk)) for d in dossiers]
    waiting = {State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT}
    return MyDossiers(
        waiting=tuple(r for r in rows if r.dossier.state in waiting),
        running=tuple(r for r in rows if r.dossier.state not in waiting and not r.dossier.is_closed),
        ended=tuple(r for r in rows if r.dossier.is_closed),
    )


def _open_requests(dossiers: Iterable[Dossier]) -> list[SupplementRequest]:
    ids = [d.pk for d in dossiers]
    return list(SupplementRequest.objects.filter(dossier_id__in=ids, answered_at__isnull=True))


def _last_words(dossiers: Iterable[Dossier]) -> dict[int, Movement]:
    """The apology or the refusal of each dossier, where there is one."""
    ids = [d.pk for d in dossiers]
    lines = Movement.objects.filter(dossier_id__in=ids, act__in=(Act.APOLOGISE, Act.REFUSE))
    return {line.dossier_id: line for line in lines.order_by("number")}


def _row(
    dossier: Dossier, you: str, now: datetime, request: SupplementRequest | None, last: Movement | None
) -> Row:
    return Row(
        dossier=dossier,
        title=dossier.version.typed.short_name,
        chip=chip_of(dossier, you, now),
        where=dossier.authority.name,
        wants=wants_of(request) if request else "",
        word=_word(last),
    )


def wants_of(request: SupplementRequest) -> str:
    return "; ".join(f"{begin_small(item['name'])} ({item['flaw']})" for item in request.items)


def _word(line: Movement | None) -> str:
    if line is None:
        return ""
    if line.act == Act.REFUSE:
        return _("Lý do: {reason}").format(reason=line.note)
    return _("Cơ quan đã xin lỗi và hẹn lại, nêu lý do: {reason}").format(reason=line.note)


# ---- one dossier


@dataclass(frozen=True)
class Happening:
    """A line of the timeline; keys as parts/_timeline.html wants them."""

    title: str
    when: datetime
    text: str
    kind: str
    url: str = ""


@dataclass(frozen=True)
class DueChange:
    at: datetime
    text: str


@dataclass(frozen=True)
class Letter:
    number: str
    name: str
    url: str


@dataclass(frozen=True)
class Wanted:
    """One paper asked for again."""

    key: str
    name: str
    flaw: str
    rule: str


@dataclass(frozen=True)
class Asked:
    """The open request for papers: what, by whom, until when, and what becomes of the due date."""

    wanted: tuple[Wanted, ...]
    who: str
    at: datetime
    respond_by: Any
    only_once: bool
    due_if_today: str


@dataclass(frozen=True)
class DossierPage:
    dossier: Dossier
    title: str
    chip: Chip
    cells: tuple[ClockCell, ...]
    clock_title: str
    asked: Asked | None
    happened: tuple[Happening, ...]
    due_changes: tuple[DueChange, ...]
    holder: str
    holder_note: str
    fee: str
    papers: tuple[Paper, ...]
    letters: tuple[Letter, ...]
    result: StoredFile | None
    can_withdraw: bool
    rating: Rating | None
    can_rate: bool


def dossier_page(code: str, *, by: Actor, you: str) -> DossierPage:
    """Everything the applicant may see of one dossier. Raises NoSuchDossier."""
    dossier = find_dossier(code, by=by)
    lines = ledger_of(dossier)
    now = timezone.now()
    rating = rating_of(subject_of(dossier)) if dossier.state == State.RETURNED else None
    return DossierPage(
        dossier=dossier,
        title=dossier.version.typed.short_name,
        chip=chip_of(dossier, you, now),
        cells=tuple(_cells(dossier, lines)),
        clock_title=_clock_title(dossier, lines),
        asked=_asked(dossier, lines, now),
        happened=tuple(_happened(dossier, line, you) for line in lines),
        due_changes=tuple(_due_changes(lines)),
        holder=_holder(dossier),
        holder_note=_holder_note(dossier),
        fee=_fee(dossier),
        papers=tuple(dossier.papers.filter(replaced=False).select_related("file").order_by("number")),
        letters=tuple(_letters(dossier, lines)),
        result=dossier.result,
        can_withdraw=Act.WITHDRAW in acts_allowed(State(dossier.state)),
        rating=rating,
        can_rate=dossier.state == State.RETURNED and rating is None,
    )


def subject_of(dossier: Dossier) -> str:
    """The dossier's name in feedback and in the record."""
    return f"dossier:{dossier.pk}"


def _cells(dossier: Dossier, lines: Sequence[Movement]) -> list[ClockCell]:
    if dossier.received_at is None or dossier.due_at is None:
        return []
    until = timezone.localdate(dossier.closed_at) if dossier.closed_at else timezone.localdate()
    cells = clock_cells(
        dossier.received_at,
        dossier.due_at,
        stops_of(list(lines)),
        until,
        Calendar.official(),
        counting=terms_of(dossier).counting,
    )
    return [cell for cell in cells if not dossier.is_closed or cell.kind is not CellKind.LEFT or cell.is_due]


def _clock_title(dossier: Dossier, lines: Sequence[Movement]) -> str:
    limit = terms_of(dossier).limit
    if limit is None:
        return _("Thời hạn: nguồn chưa nêu")
    if limit.unit is not LimitUnit.WORKING_DAY:
        return _("Thời hạn: {limit}").format(limit=told(*limit_of(dossier)))
    used = sum(cell.kind is CellKind.COUNTED for cell in _cells(dossier, lines))
    return _("Thời hạn: đã dùng {used} trong {all} ngày làm việc").format(
        used=min(used, limit.value), all=limit.value
    )


def _asked(dossier: Dossier, lines: Sequence[Movement], now: datetime) -> Asked | None:
    if dossier.state != State.AWAITING_SUPPLEMENT:
        return None
    request = SupplementRequest.objects.filter(dossier=dossier, answered_at__isnull=True).first()
    line = next((one for one in reversed(lines) if one.act == Act.ASK_SUPPLEMENT), None)
    if request is None or line is None:
        return None
    return Asked(
        wanted=tuple(Wanted(i["key"], i["name"], i["flaw"], i["rule"]) for i in request.items),
        who=line.actor_name,
        at=request.asked_at,
        respond_by=request.respond_by,
        only_once=request.stage == "examination",
        due_if_today=_due_if_today(dossier, now),
    )


def _due_if_today(dossier: Dossier, now: datetime) -> str:
    if dossier.stopped_at is None or dossier.due_at is None:
        return ""
    terms = terms_of(dossier)
    due = resume_due(
        dossier.due_at,
        stopped_at=dossier.stopped_at,
        resumed_at=now,
        calendar=Calendar.official(),
        counting=terms.counting,
        unit=terms.limit.unit if terms.limit else LimitUnit.WORKING_DAY,
    )
    return moment(due)


TITLES: Mapping[Act, str] = {
    Act.FORWARD: said("Chuyển hồ sơ đến cơ quan có thẩm quyền"),
    Act.RECEIVE: said("{reception} tiếp nhận hồ sơ"),
    Act.REFUSE: said("{reception} không tiếp nhận hồ sơ"),
    Act.ASSIGN: said("Giao {handler} thẩm định"),
    Act.ASK_SUPPLEMENT: said("Yêu cầu {you} bổ sung giấy tờ"),
    Act.SUPPLEMENT: said("{You} bổ sung giấy tờ"),
    Act.SUPPLEMENT_BEFORE_RECEIPT: said("{You} bổ sung giấy tờ"),
    Act.ASK_PAYMENT: said("Yêu cầu {you} nộp tiền"),
    Act.CONFIRM_PAYMENT: said("Đã xác nhận nộp tiền"),
    Act.PROPOSE: said("Thẩm định xong, trình lãnh đạo"),
    Act.SEND_BACK: said("Lãnh đạo yêu cầu làm rõ thêm"),
    Act.STOP: said("Tạm dừng giải quyết"),
    Act.RESUME: said("Tiếp tục giải quyết"),
    Act.APOLOGISE: said("Cơ quan xin lỗi và hẹn lại"),
    Act.RETURN: said("Trả kết quả"),
    Act.WITHDRAW: said("{You} rút hồ sơ"),
}
WAIT_ACTS = frozenset({Act.ASK_SUPPLEMENT, Act.ASK_PAYMENT, Act.STOP})


def _happened(dossier: Dossier, line: Movement, you: str) -> Happening:
    act = Act(line.act)
    names = {
        "you": you,
        "You": begin_large(you),
        "reception": dossier.reception.short_name,
        "handler": str(line.facts.get("handler_name", "")),
    }
    kind = "wait" if act in WAIT_ACTS else "done"
    return Happening(_title(act, line, you).format(**names), line.at, _text(act, line), kind)


def _title(act: Act, line: Movement, you: str) -> str:
    if act is Act.FILE:
        online = line.facts.get("channel") == "online"
        return _("{You} gửi hồ sơ qua mạng") if online else _("{You} nộp hồ sơ tại quầy")
    if act is Act.DECIDE:
        denied = line.facts.get("outcome") == Outcome.DENIED
        return _("Quyết định không giải quyết, nêu lý do") if denied else _("Quyết định và ký số kết quả")
    return told_title(TITLES.get(act, MOVES[act].past))


def told_title(template: str) -> str:
    """Translated, its names still to be put in."""
    return _(template)


OWN_ACTS = frozenset({Act.FILE, Act.SUPPLEMENT, Act.SUPPLEMENT_BEFORE_RECEIPT, Act.WITHDRAW})


def _text(act: Act, line: Movement) -> str:
    """Who did it, what was said to the applicant, and the due moment if this act set it."""
    nobody_else = act in OWN_ACTS or line.actor.startswith("system:")
    who = "" if nobody_else or line.facts.get("handler_name") == line.actor_name else line.actor_name
    due = ""
    if act is Act.RECEIVE and line.due_after:
        due = _("hẹn trả chậm nhất {moment}").format(moment=moment(line.due_after))
    return " · ".join(filter(None, [who, line.note, due]))


def _due_changes(lines: Iterable[Movement]) -> Iterable[DueChange]:
    for line in lines:
        if line.due_after is None or line.due_before == line.due_after:
            continue
        words = (
            _("hẹn {moment} ({act}; {who})")
            if line.due_before is None
            else _("hẹn lại {moment} ({act}; {who})")
        )
        text = words.format(
            moment=moment(line.due_after), act=told(MOVES[Act(line.act)].past), who=line.actor_name
        )
        yield DueChange(line.at, f"{text}: {line.note}" if line.note else text)


def _holder(dossier: Dossier) -> str:
    if dossier.is_closed:
        return ""
    if dossier.received_at is None:
        return dossier.reception.name
    return dossier.handler.name if dossier.handler else dossier.authority.name


def _holder_note(dossier: Dossier) -> str:
    if dossier.received_at is None:
        return _("chờ tiếp nhận")
    return dossier.authority.name if dossier.handler else _("chưa giao người thụ lý")


def _fee(dossier: Dossier) -> str:
    if dossier.fee is None:
        return _("Cơ quan giải quyết thông báo; nguồn không nêu mức thu.")
    return format_dong(dossier.fee) if dossier.fee else _("Không thu")


LETTERS = (
    ("01", said("Giấy tiếp nhận hồ sơ và hẹn trả kết quả (Mẫu số 01)"), (Act.RECEIVE,)),
    ("02", said("Phiếu yêu cầu bổ sung hồ sơ (Mẫu số 02)"), (Act.ASK_SUPPLEMENT,)),
    ("03", said("Phiếu từ chối tiếp nhận hồ sơ (Mẫu số 03)"), (Act.REFUSE,)),
    ("04", said("Phiếu xin lỗi và hẹn lại ngày trả kết quả (Mẫu số 04)"), (Act.APOLOGISE,)),
)


def _letters(dossier: Dossier, lines: Iterable[Movement]) -> Iterable[Letter]:
    acts = {line.act for line in lines}
    for number, name, sources in LETTERS:
        if acts & set(sources):
            yield Letter(number, _(name), reverse("portal:letter", args=[dossier.code, number]))


def waiting_in_words(count: int, you: str) -> str:
    """For the menu: "1 chờ bà"."""
    return ngettext("{n} chờ {you}", "{n} chờ {you}", count).format(n=count, you=you) if count else ""
