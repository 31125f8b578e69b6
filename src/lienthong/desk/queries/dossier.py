"""One dossier as its officers see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.desk.queries.frame import CENTRE
from lienthong.desk.queries.queue import Chip, chip_of
from lienthong.desk.queries.tasks import Task, opinion_of, reasons, tasks_of
from lienthong.desk.queries.words import masked, moment, short_moment
from lienthong.desk.rules import PRESENCE
from lienthong.dossiers.public import (
    CHANNEL_NAMES,
    FORMS,
    MOVES,
    Act,
    Channel,
    Dossier,
    Movement,
    Outcome,
    Paper,
    SupplementRequest,
    find_dossier,
    ledger_of,
    limit_of,
    stops_of,
    terms_of,
)
from lienthong.fields.public import sentence_of, told
from lienthong.identity.public import Actor, allowed
from lienthong.kit.calendar import Calendar
from lienthong.kit.deadlines import ClockCell, Stop, clock_cells
from lienthong.kit.errors import Refused, said
from lienthong.kit.money import format_dong
from lienthong.population.public import (
    SEX_NAMES,
    STATUS_NAMES,
    ForDossier,
    Person,
    Purpose,
    read_person,
)
from lienthong.procedures.public import answer_in_words, form_hints, section_of

LETTERS: Mapping[str, tuple[Act, str]] = {
    "01": (Act.RECEIVE, said("Mẫu số 01: giấy tiếp nhận hồ sơ và hẹn trả kết quả")),
    "02": (Act.ASK_SUPPLEMENT, said("Mẫu số 02: phiếu yêu cầu bổ sung")),
    "03": (Act.REFUSE, said("Mẫu số 03: phiếu từ chối tiếp nhận")),
    "04": (Act.APOLOGISE, said("Mẫu số 04: phiếu xin lỗi và hẹn lại")),
}


@dataclass(frozen=True)
class AnswerRow:
    term: str
    value: str
    secret: bool
    source: str


@dataclass(frozen=True)
class Register:
    """The applicant as the population register has him now, or the sentence why not."""

    rows: tuple[AnswerRow, ...]
    refused: str = ""


@dataclass(frozen=True)
class DossierPage:
    dossier: Dossier
    title: str
    chip: Chip
    ledger: list[Movement]
    papers: list[Paper]
    tasks: list[Task]
    reasons: list[str]
    proposal: Outcome | None
    opinion: str
    request: SupplementRequest | None
    may_review: bool

    @property
    def unseen(self) -> list[Paper]:
        """Handed in and not looked at: a decision is refused until then."""
        return [p for p in self.papers if p.action == "submit" and not p.replaced and p.seen_at is None]

    def task(self, name: str) -> Task | None:
        return next((task for task in self.tasks if task.name == name), None)


def dossier_page(code: str, *, by: Actor) -> DossierPage:
    """The dossier, if this officer may read it. Raises NoSuchDossier."""
    dossier = find_dossier(code, by=by)
    ledger = ledger_of(dossier)
    tasks = tasks_of(dossier, by=by)
    proposal, opinion = opinion_of(dossier, ledger)
    papers = list(dossier.papers.select_related("file").order_by("number"))
    return DossierPage(
        dossier=dossier,
        title=dossier.version.typed.short_name,
        chip=chip_of(dossier, timezone.now()),
        ledger=ledger,
        papers=papers,
        tasks=tasks,
        reasons=reasons(dossier, ledger, tasks, by=by),
        proposal=proposal,
        opinion=opinion,
        request=SupplementRequest.objects.filter(dossier=dossier, answered_at__isnull=True).first(),
        may_review=not dossier.is_closed and allowed(by, "dossiers.examine", dossier),
    )


# ---- the clock


@dataclass(frozen=True)
class Ribbon:
    cells: list[ClockCell]
    title: str
    notes: list[str]


def ribbon_of(page: DossierPage) -> Ribbon | None:
    """One cell a working day; None before receipt, and where the source states no limit."""
    dossier = page.dossier
    if dossier.received_at is None or dossier.due_at is None:
        return None
    stops = stops_of(page.ledger)
    today = timezone.localdate(dossier.closed_at or timezone.now())
    cells = clock_cells(
        dossier.received_at,
        dossier.due_at,
        stops,
        today,
        Calendar.official(),
        counting=terms_of(dossier).counting,
    )
    return Ribbon(cells, _ribbon_title(dossier, cells), _ribbon_notes(page, stops))


def _ribbon_title(dossier: Dossier, cells: Sequence[ClockCell]) -> str:
    limit = told(*limit_of(dossier))
    at = next(
        (cell.number for cell in cells if cell.is_today and cell.number and cell.kind == "counted"), None
    )
    if at and not dossier.closed_at:
        return _("Thời hạn: ngày thứ {n} trong {limit}").format(n=at, limit=limit)
    return _("Thời hạn: {limit}").format(limit=limit)


def _ribbon_notes(page: DossierPage, stops: Sequence[Stop]) -> list[str]:
    notes = [_stop_words(stop) for stop in stops]
    dossier = page.dossier
    if dossier.first_due_at and dossier.due_at != dossier.first_due_at:
        notes.append(_("Hẹn ban đầu {at}.").format(at=moment(dossier.first_due_at)))
    notes += [
        _change_words(line) for line in page.ledger if line.due_before and line.due_before != line.due_after
    ]
    return notes


def _stop_words(stop: Stop) -> str:
    began = short_moment(stop.stopped_at)
    if stop.resumed_at is None:
        return _("Dừng từ {began}: {why}").format(began=began, why=stop.reason)
    return _("Dừng {began} – {ended}: {why}").format(
        began=began, ended=short_moment(stop.resumed_at), why=stop.reason
    )


def _change_words(line: Movement) -> str:
    before = short_moment(line.due_before) if line.due_before else "–"
    after = short_moment(line.due_after) if line.due_after else "–"
    return _("Hẹn đổi từ {before} sang {after}: {who} {what} lúc {at}.").format(
        before=before,
        after=after,
        who=line.actor_name,
        what=_(MOVES[Act(line.act)].past),
        at=short_moment(line.at),
    )


# ---- papers, letters, answers, history


@dataclass(frozen=True)
class PaperRow:
    paper: Paper
    origin: str
    chip: Chip


def paper_rows(page: DossierPage) -> list[PaperRow]:
    return [PaperRow(paper, _origin(paper), _verdict(paper)) for paper in page.papers]


def _origin(paper: Paper) -> str:
    at = short_moment(paper.given_at)
    if paper.action == "looked_up":
        return _("Cơ quan tra cứu. {source}").format(source=paper.source).strip()
    if paper.action == "present" or paper.file is None:
        return _("Đã xuất trình {at}").format(at=at)
    return _("Người nộp, tệp {size}, {at}").format(size=filesizeformat(paper.file.size), at=at)


def _verdict(paper: Paper) -> Chip:
    if paper.replaced:
        return Chip("none", _("Đã thay bằng bản khác"))
    if paper.verdict == "good":
        return Chip("done", _("Đạt"))
    if paper.verdict == "flawed":
        return Chip("soon", _("Chưa đạt"))
    if paper.action == "looked_up":
        return Chip("done", _("Không được đòi bản giấy"))
    return Chip("soon", _("Chưa xem")) if paper.action == "submit" else Chip("none", _("Đã xuất trình"))


def letters_of(page: DossierPage) -> list[tuple[str, str]]:
    """Numbers and names of the forms of TT 03/2025/TT-VPCP that this dossier has given out."""
    acts = {line.act for line in page.ledger}
    return [(number, _(LETTERS[number][1])) for number in FORMS if LETTERS[number][0] in acts]


def answer_sections(page: DossierPage) -> list[tuple[str, list[AnswerRow]]]:
    """Answers under their headings, each with the register that gave it."""
    dossier, found = page.dossier, dict[str, list[AnswerRow]]()
    for hint in form_hints(dossier.version.typed.form):
        value = dossier.answers.get(hint.key)
        if value in (None, "", [], {}):
            continue
        row = AnswerRow(
            hint.label,
            answer_in_words(hint, value),
            hint.widget == "personal_id",
            _source(dossier.sources.get(hint.key)),
        )
        found.setdefault(section_of(hint.key), []).append(row)
    return [(_(title), rows) for title, rows in found.items()]


def _source(told_by: Mapping[str, Any] | None) -> str:
    if not told_by:
        return ""
    at = short_moment(datetime.fromisoformat(told_by["read_at"]))
    return f"{_(told_by['source'])}, {at}"


def history_of(page: DossierPage) -> list[dict[str, Any]]:
    """Newest first, as parts/_timeline.html wants it."""
    return [
        {
            "title": f"{short_moment(line.at)} · {line.actor_name}",
            "text": _happened(line),
            "kind": "done",
            "url": _document_url(page, line),
        }
        for line in reversed(page.ledger)
    ]


def _document_url(page: DossierPage, line: Movement) -> str:
    """The paper that the act rests on, where one was put beside it."""
    if line.document_id is None:
        return ""
    return reverse("desk:document", args=[page.dossier.code, line.number])


def _happened(line: Movement) -> str:
    words = [_(MOVES[Act(line.act)].past)]
    if line.act == Act.ASSIGN and line.facts.get("handler_name"):
        words = [_("giao {name}").format(name=line.facts["handler_name"])]
    if line.act == Act.FILE and line.facts.get("channel"):
        words.append(told(CHANNEL_NAMES[Channel(line.facts["channel"])]))
    if line.act in {Act.PROPOSE, Act.DECIDE}:
        outcome = line.facts.get("proposal") or line.facts.get("outcome")
        words.append({"approved": _("đồng ý"), "denied": _("không đồng ý")}.get(str(outcome), ""))
    if line.facts.get("basis"):
        words.append(_("theo {basis}").format(basis=line.facts["basis"]))
    text = ", ".join(word for word in words if word)
    return f"{text}: {line.note}" if line.note else text


def facts_of(page: DossierPage, *, by: Actor) -> list[dict[str, str]]:
    """The facts above everything else, as parts/_keys.html wants them."""
    dossier = page.dossier
    contact = [dossier.contact.get(key, "") for key in ("phone", "email", "address")]
    presence = dossier.contact.get("presence", "")
    how = told(CHANNEL_NAMES[Channel(dossier.channel)])
    if dossier.helped_at:
        how = _("{how} tại {place}").format(how=how, place=dossier.helped_at.name)
    if presence in PRESENCE:
        how = f"{how}; {_(PRESENCE[presence])}"
    numbered = _("số định danh {masked}").format(masked=masked(dossier.applicant_number))
    items = [
        (_("Người nộp"), f"{dossier.applicant_name}, {numbered}"),
        (_("Liên hệ"), ", ".join(filter(None, contact)) or _("người nộp không để lại")),
        (_("Cách nộp"), how),
        (_("Nơi tiếp nhận"), dossier.reception.name),
        (_("Nơi giải quyết"), dossier.authority.name),
        (_("Người thụ lý"), dossier.handler.name if dossier.handler else _("chưa giao")),
        (_("Lệ phí"), _("nguồn chưa nêu") if dossier.fee is None else format_dong(dossier.fee)),
        (_("Nhận kết quả"), told(CHANNEL_NAMES[Channel(dossier.delivery)])),
    ]
    return [{"term": term, "detail": detail} for term, detail in items]


# ---- the register, read once an opening


def read_register(page: DossierPage, *, by: Actor) -> Register:
    """Read the applicant in the population register; the reading is noted and he sees it."""
    dossier = page.dossier
    places = [dossier.reception.code, dossier.authority.code]
    places += [dossier.helped_at.code] if dossier.helped_at else []
    purpose = Purpose.COUNTER if by.has(*CENTRE) else Purpose.EXAMINE
    try:
        person = read_person(
            dossier.applicant_number,
            purpose=purpose,
            basis=_("Giải quyết hồ sơ {code}: {title}").format(code=dossier.code, title=page.title),
            by=by,
            dossier=ForDossier(dossier.code, tuple(places)),
        )
    except Refused as refused:
        return Register((), sentence_of(refused))
    return Register(tuple(_person_rows(person)))


def _person_rows(person: Person) -> list[AnswerRow]:
    rows = [
        (_("Họ tên"), person.full_name, False),
        (_("Số định danh"), person.personal_number, True),
        (_("Ngày sinh"), told(person.birth.template, person.birth.facts), False),
        (_("Giới tính"), told(SEX_NAMES[person.sex]), False),
        (_("Nơi thường trú"), person.residence, False),
        (_("Tình trạng"), told(STATUS_NAMES[person.status]), False),
    ]
    return [AnswerRow(term, value or "–", secret, "") for term, value, secret in rows]
