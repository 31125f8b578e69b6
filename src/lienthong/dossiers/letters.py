"""The papers that a dossier gives out: forms 01–04 of TT 03/2025/TT-VPCP and its result.

Forms are set from the ledger whenever they are asked for, so that they can say nothing else than
it does; only the signed result is kept as a file.
"""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from lienthong.documents.public import (
    ApologyPaper,
    Applicant,
    BirthCertificatePaper,
    Child,
    Ground,
    Letterhead,
    Paper,
    PaperLine,
    Parent,
    ReceiptPaper,
    RefusalPaper,
    ResultPaper,
    Shortfall,
    Signatory,
    SupplementPaper,
    render_paper,
)
from lienthong.dossiers.models import Dossier, Movement
from lienthong.dossiers.queries import NoSuchDossier, ledger_of, terms_of
from lienthong.dossiers.rules import CHANNEL_NAMES, Channel, Outcome
from lienthong.dossiers.states import Act
from lienthong.kit.deadlines import LimitUnit
from lienthong.kit.errors import said
from lienthong.kit.money import format_dong
from lienthong.kit.partial_dates import PartialDate
from lienthong.organisations.public import Organisation, organisation
from lienthong.procedures.public import Content

UNITS = {
    LimitUnit.HOUR: said("{value} giờ"),
    LimitUnit.DAY: said("{value} ngày"),
    LimitUnit.WORKING_DAY: said("{value} ngày làm việc"),
    LimitUnit.MONTH: said("{value} tháng"),
    LimitUnit.SAME_DAY: said("trong ngày làm việc"),
}


def receipt(dossier: Dossier) -> bytes:
    """Form 01 as PDF. Raises NoSuchDossier when it was never received."""
    line = _line(dossier, Act.RECEIVE)
    papers = tuple(
        PaperLine(name=p.name, form=_form_of(p.action), source=p.source or "người nộp")
        for p in dossier.papers.filter(given_at__lte=line.at).order_by("number")
    )
    paper = ReceiptPaper(
        **_common(dossier, dossier.reception, line.at, "TNHS"),
        applicant=_applicant(dossier),
        papers=papers,
        received_at=line.at,
        due_at=dossier.first_due_at,
        time_limit=_limit_as_printed(dossier),
        fee="không"
        if dossier.fee == 0
        else format_dong(dossier.fee)
        if dossier.fee
        else "theo thông báo của cơ quan giải quyết",
        return_way=CHANNEL_NAMES[Channel(dossier.delivery)],
        submitter=Signatory(post="Người nộp hồ sơ", name=dossier.applicant_name),
        receiver=_signatory("Người tiếp nhận", line),
    )
    return render_paper(paper)


def supplement_request(dossier: Dossier) -> bytes:
    """Form 02 as PDF, of the latest request."""
    line = _line(dossier, Act.ASK_SUPPLEMENT)
    request = dossier.requests.latest("asked_at")
    asker = dossier.reception if request.stage == "receipt" else authority_then(dossier, line)
    paper = SupplementPaper(
        **_common(dossier, asker, line.at, "PYC"),
        applicant=_applicant(dossier),
        shortfalls=tuple(
            Shortfall(paper=item["name"], wanted=item["flaw"], rule=item["rule"]) for item in request.items
        ),
        reason="Hồ sơ chưa đủ hoặc chưa đúng quy định, như nêu ở từng thành phần.",
        supplement_by=request.respond_by,
        contact=f"{line.actor_name}, {asker.name}",
        adviser=_signatory("Người yêu cầu", line),
    )
    return render_paper(paper)


def refusal(dossier: Dossier) -> bytes:
    """Form 03 as PDF."""
    line = _line(dossier, Act.REFUSE)
    paper = RefusalPaper(
        **_common(dossier, dossier.reception, line.at, "PTC"),
        applicant=_applicant(dossier),
        grounds=(Ground(subject=line.facts["component"], reason=line.note, rule=line.facts["rule"]),),
        next_step="nộp lại khi đã khắc phục lý do nêu trên; hồ sơ nộp lại được xem xét như hồ sơ mới",
        submitter=Signatory(post="Người nộp hồ sơ", name=dossier.applicant_name),
        receiver=_signatory("Lãnh đạo Trung tâm", line),
    )
    return render_paper(paper)


def apology(dossier: Dossier) -> bytes:
    """Form 04 as PDF."""
    line = _line(dossier, Act.APOLOGISE)
    if not (dossier.received_at and line.due_before and line.due_after):
        raise NoSuchDossier
    paper = ApologyPaper(
        **_common(dossier, authority_then(dossier, line), line.at, "XL"),
        applicant=_applicant(dossier),
        received_at=dossier.received_at,
        due_at=line.due_before,
        new_due_at=line.due_after,
        cause=line.note.rstrip(".") + ".",
        signer=_signatory("Lãnh đạo cơ quan", line),
    )
    return render_paper(paper)


FORMS = {"01": receipt, "02": supplement_request, "03": refusal, "04": apology}


def result_paper(
    dossier: Dossier,
    *,
    outcome: Outcome,
    opinion: str,
    entered: dict[str, Any],
    signer: Signatory,
    at: datetime,
    url: str,
) -> Paper:
    """What the authority signs: a layout of its own where there is one, else the general one.

    `entered` is what the registers gave when the decision took effect.
    """
    common = _common(dossier, dossier.authority, at, "KQ") | {"verification_url": url}
    content = dossier.version.typed
    if outcome is Outcome.DENIED:
        return ResultPaper(
            **common,
            title="Thông báo về việc không giải quyết hồ sơ",
            about=f"Về việc {content.short_name.lower()}",
            facts=(("Người đề nghị", dossier.applicant_name), ("Lý do", opinion)),
            basis=content.legal_bases.items[:3],
            signer=signer,
            holder_identifier=dossier.applicant_number,
        )
    if content.result.name == "Giấy khai sinh" and "child_name" in dossier.answers:
        return _birth_certificate(dossier, common | {"entered": entered}, signer, at)
    return ResultPaper(
        **common,
        title=content.result.name,
        facts=(("Người đề nghị", dossier.applicant_name), *label_answers(content, dossier.answers)),
        basis=content.legal_bases.items[:3],
        closing=opinion,
        signer=signer,
        holder_identifier=dossier.applicant_number,
    )


def _birth_certificate(dossier: Dossier, common: dict[str, Any], signer: Signatory, at: datetime) -> Paper:
    given = dossier.answers | common.pop("entered")
    a = {key: str(value) for key, value in given.items() if value is not None}
    return BirthCertificatePaper(
        **common,
        child=Child(
            name=a["child_name"],
            born=date.fromisoformat(a["child_birth_date"]),
            sex=a.get("child_sex", ""),
            ethnicity=a.get("child_ethnicity", ""),
            nationality=a.get("child_nationality", ""),
            birth_place=a.get("child_birth_place", ""),
            home_place=a.get("child_home_town", ""),
            personal_number=a.get("child_personal_number", ""),
        ),
        mother=_parent(a, "mother"),
        father=_parent(a, "father"),
        declarant=dossier.applicant_name,
        declarant_identity=f"số định danh cá nhân tận cùng {dossier.applicant_number[-4:]}",
        registered_at=dossier.authority.name,
        registered_on=timezone.localdate(at),
        signer=signer,
    )


def _parent(answers: dict[str, str], who: str) -> Parent | None:
    name = answers.get(f"{who}_name")
    if not name:
        return None
    born = answers.get(f"{who}_birth", "")
    return Parent(
        name=name,
        born=str(PartialDate.from_iso(born).year) if born else "",
        ethnicity=answers.get(f"{who}_ethnicity", ""),
        nationality=answers.get(f"{who}_nationality", ""),
        residence=answers.get(f"{who}_residence", ""),
    )


def limit_of(dossier: Dossier) -> tuple[str, dict[str, object]]:
    """A sentence about its limit and the facts in it, for a translator."""
    limit = terms_of(dossier).limit
    return (UNITS[limit.unit], {"value": limit.value}) if limit else (said("nguồn chưa nêu thời hạn"), {})


def _limit_as_printed(dossier: Dossier) -> str:
    """Papers are in Vietnamese whoever asks for them, with two figures as papers have."""
    template, facts = limit_of(dossier)
    return template.format(**{key: f"{fact:02d}" for key, fact in facts.items()})


def _line(dossier: Dossier, act: Act) -> Movement:
    lines = [line for line in ledger_of(dossier) if line.act == act]
    if not lines:
        raise NoSuchDossier
    return lines[-1]


def authority_then(dossier: Dossier, line: Movement) -> Organisation:
    """Who had the authority when `line` was written: the next forwarding says from whom it went."""
    forwarded = dossier.movements.filter(act=Act.FORWARD, number__gt=line.number).order_by("number").first()
    if forwarded is None:
        return dossier.authority
    return organisation(forwarded.facts["from"], timezone.localdate(line.at))


def _common(dossier: Dossier, agency: Organisation, at: datetime, sign: str) -> dict[str, Any]:
    return {
        "letterhead": Letterhead(
            parent=agency.parent.name if agency.parent else "",
            agency=agency.short_name,
            agency_in_text=agency.name,
            place=agency.unit.short_name if agency.unit else "Hà Nội",
            day=timezone.localdate(at),
            number=f"{dossier.code.rpartition('-')[2]}/{sign}",
        ),
        "dossier_code": dossier.code,
        "procedure_code": dossier.procedure_code,
        "procedure_name": dossier.version.typed.short_name,
        "verification_url": f"{settings.PUBLIC_URL}/xac-minh/",
    }


def _applicant(dossier: Dossier) -> Applicant:
    residence = dossier.answers.get("requester_residence") or dossier.contact.get("address", "")
    return Applicant(
        name=dossier.applicant_name,
        identifier=dossier.applicant_number,
        address=str(residence),
        phone=dossier.contact.get("phone", ""),
        email=dossier.contact.get("email", ""),
    )


def _signatory(post: str, line: Movement) -> Signatory:
    moment = timezone.localtime(line.at)
    return Signatory(post=post, name=line.actor_name, note=f"lúc {moment:%H:%M} ngày {moment:%d/%m/%Y}")


def _form_of(action: str) -> str:
    return {"submit": "tệp điện tử", "present": "đã xuất trình", "looked_up": "cơ quan tự tra cứu"}[action]


def label_answers(content: Content, answers: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Label and text of every plain answer, in the form's order; tables and consents stay in the dossier."""
    shown = ((field.label, text_of(field.type, answers.get(field.key))) for field in content.form.fields)
    return tuple((label, text) for label, text in shown if text)


def text_of(kind: str, value: Any) -> str:
    """An answer as it is printed; empty for what does not fit a line."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if value is None or isinstance(value, dict | list):
        return ""
    if kind in {"date", "date_or_year"}:
        return str(PartialDate.from_iso(str(value)))
    return str(value)
