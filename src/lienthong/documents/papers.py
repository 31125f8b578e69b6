"""What stands on each paper: plain facts that a room fills in; the typesetter does the rest.

Forms 01–04 are those of Annex I of TT 03/2025/TT-VPCP. See README.md for what is sure of them.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from lienthong.documents.wording import (
    after_scheme,
    day_in_full,
    last_four,
    masked_identifier,
    moment_in_full,
    slug,
)
from lienthong.kit.words import format_date, words_of_date


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who issues the paper, where and when."""

    parent: str
    """The body above: "Ủy ban nhân dân phường Bến Sen"; empty if none is printed."""
    agency: str
    """ "Trung tâm Phục vụ hành chính công"; printed in capitals on top."""
    agency_in_text: str
    """How sentences name it: "Trung tâm Phục vụ hành chính công phường Bến Sen"."""
    place: str
    day: date
    number: str = ""
    """Number and sign, "0031/TNHS"; empty if the paper has none."""

    def data(self) -> dict[str, Any]:
        place_and_day = f"{self.place}, {day_in_full(self.day)}"
        return {
            "parent": self.parent,
            "agency": self.agency,
            "agency_in_text": self.agency_in_text,
            "place_and_day": place_and_day,
            "number": self.number,
        }


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """Whose dossier it is. Receipts travel through many hands: the number is printed masked."""

    name: str
    identifier: str
    """Personal number, tax code or agency code, whole; only its last four digits are printed."""
    address: str
    salutation: str = ""
    """ "ông", "bà", or nothing for an organisation."""
    phone: str = ""
    email: str = ""

    def data(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "salutation": self.salutation,
            "full": f"{self.salutation} {self.name}".strip(),
            "identifier": masked_identifier(self.identifier),
            "address": self.address,
            "phone": self.phone,
            "email": self.email,
        }


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """Who signs: post, name, and how ("đã ký số lúc 09:26"); no note leaves room for a pen."""

    post: str
    name: str
    note: str = ""

    def data(self) -> dict[str, Any]:
        return {"post": self.post, "name": self.name, "note": self.note}


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """One component of the dossier: its name, form ("Điện tử, ký số"), and where it came from."""

    name: str
    form: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Shortfall:
    """What is missing: the component, what to do, and the rule that asks for it."""

    paper: str
    wanted: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Why a dossier is refused: the component or condition, the reason, and the rule."""

    subject: str
    reason: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What every paper has. `verification_url` leads to the public page that checks it."""

    template: ClassVar[str]
    form: ClassVar[str] = ""
    """The number of the form and the rule that sets it, in the foot of the page."""
    title: str
    letterhead: Letterhead
    dossier_code: str
    procedure_code: str
    procedure_name: str
    verification_url: str

    @property
    def identifier(self) -> str:
        """The identifier of the person the QR is for; empty leaves it out."""
        return ""

    def qr_text(self) -> str:
        """The QR's text, or nothing for a paper that nobody can check online."""
        if not self.verification_url:
            return ""
        return qr_text(
            url=self.verification_url,
            dossier_code=self.dossier_code,
            procedure_code=self.procedure_code,
            identifier=self.identifier,
            paper=self.title,
        )

    def data(self) -> dict[str, Any]:
        """All that the template shows, as JSON values."""
        return {
            "title": self.title,
            "form": self.form,
            "letterhead": self.letterhead.data(),
            "dossier_code": self.dossier_code,
            "procedure": f"{self.procedure_name} ({self.procedure_code})",
            "verification_url": self.verification_url,
            "verification_shown": after_scheme(self.verification_url),
        }


@dataclass(frozen=True, kw_only=True)
class ApplicantPaper(Paper):
    """A paper addressed to the applicant."""

    applicant: Applicant

    @property
    def identifier(self) -> str:
        return self.applicant.identifier

    def data(self) -> dict[str, Any]:
        return super().data() | {"applicant": self.applicant.data()}


@dataclass(frozen=True, kw_only=True)
class ReceiptPaper(ApplicantPaper):
    """Form 01: receipt and appointment (Giấy tiếp nhận hồ sơ và hẹn trả kết quả)."""

    template: ClassVar[str] = "form_01_receipt"
    form: ClassVar[str] = "Mẫu số 01, Phụ lục I Thông tư 03/2025/TT-VPCP"
    title: str = "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    papers: tuple[PaperLine, ...]
    received_at: datetime
    due_at: datetime | None
    """None: the procedure has no stated limit; the paper says so."""
    time_limit: str
    """The limit in the law's words: "02 ngày làm việc"."""
    fee: str
    """In words: "không", "8.000 đồng (đã nộp)", "theo thông báo của cơ quan giải quyết"."""
    return_way: str
    submitter: Signatory
    receiver: Signatory
    copies: int = 1

    def data(self) -> dict[str, Any]:
        due = f"chậm nhất {moment_in_full(self.due_at)}" if self.due_at else "chưa có quy định thời hạn"
        return super().data() | {
            "papers": [vars(each) for each in self.papers],
            "received_at": moment_in_full(self.received_at),
            "due_at": due,
            "time_limit": self.time_limit,
            "fee": self.fee,
            "return_way": self.return_way,
            "copies": f"{self.copies:02d} bộ",
            "submitter": self.submitter.data(),
            "receiver": self.receiver.data(),
        }


@dataclass(frozen=True, kw_only=True)
class SupplementPaper(ApplicantPaper):
    """Form 02: supplement request (Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ)."""

    template: ClassVar[str] = "form_02_supplement"
    form: ClassVar[str] = "Mẫu số 02, Phụ lục I Thông tư 03/2025/TT-VPCP"
    title: str = "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
    shortfalls: tuple[Shortfall, ...]
    reason: str
    supplement_by: date | None
    contact: str
    """Whom to ask: "chị Lê Thị Thu Vân, điện thoại …"."""
    adviser: Signatory

    def data(self) -> dict[str, Any]:
        by = f"trước hết {day_in_full(self.supplement_by)}" if self.supplement_by else "không quy định"
        return super().data() | {
            "shortfalls": [vars(each) for each in self.shortfalls],
            "reason": self.reason,
            "supplement_by": by,
            "clock": "dừng từ khi gửi phiếu này, tính tiếp khi nhận đủ nội dung bổ sung",
            "contact": self.contact,
            "adviser": self.adviser.data(),
        }


@dataclass(frozen=True, kw_only=True)
class RefusalPaper(ApplicantPaper):
    """Form 03: refusal (Phiếu từ chối tiếp nhận giải quyết hồ sơ)."""

    template: ClassVar[str] = "form_03_refusal"
    form: ClassVar[str] = "Mẫu số 03, Phụ lục I Thông tư 03/2025/TT-VPCP"
    title: str = "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
    grounds: tuple[Ground, ...]
    next_step: str
    """What the applicant can do now: "nộp lại hồ sơ khi có …", "nộp tại …"."""
    submitter: Signatory
    receiver: Signatory
    appeal: str = "theo Luật Khiếu nại 02/2011/QH13, gửi người đứng đầu cơ quan đã từ chối"

    def data(self) -> dict[str, Any]:
        return super().data() | {
            "grounds": [vars(each) for each in self.grounds],
            "next_step": self.next_step,
            "appeal": self.appeal,
            "submitter": self.submitter.data(),
            "receiver": self.receiver.data(),
        }


@dataclass(frozen=True, kw_only=True)
class ApologyPaper(ApplicantPaper):
    """Form 04: apology and new appointment (Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết)."""

    template: ClassVar[str] = "form_04_apology"
    form: ClassVar[str] = "Mẫu số 04, Phụ lục I Thông tư 03/2025/TT-VPCP"
    title: str = "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"
    received_at: datetime
    due_at: datetime
    new_due_at: datetime
    cause: str
    """A whole sentence, with its full stop."""
    signer: Signatory
    responsible: str = ""
    contact: str = ""

    def data(self) -> dict[str, Any]:
        return super().data() | {
            "received_at": moment_in_full(self.received_at),
            "due_at": moment_in_full(self.due_at),
            "new_due_at": moment_in_full(self.new_due_at),
            "cause": self.cause,
            "responsible": self.responsible,
            "contact": self.contact,
            "signer": self.signer.data(),
        }


@dataclass(frozen=True, kw_only=True)
class ResultPaper(Paper):
    """The result of a procedure without a layout of its own."""

    template: ClassVar[str] = "result"
    title: str
    facts: tuple[tuple[str, str], ...]
    """Label and value, in the order printed."""
    signer: Signatory
    about: str = ""
    """A line under the title: "Về việc …"."""
    basis: tuple[str, ...] = ()
    """Legal bases, each a clause without its final mark."""
    opening: str = ""
    closing: str = ""
    holder_identifier: str = ""
    """Whose result it is, for the QR; only the last four digits go in."""

    @property
    def identifier(self) -> str:
        return self.holder_identifier

    def data(self) -> dict[str, Any]:
        return super().data() | {
            "facts": [{"label": label, "value": value} for label, value in self.facts],
            "about": self.about,
            "basis": list(self.basis),
            "opening": self.opening,
            "closing": self.closing,
            "signer": self.signer.data(),
        }


@dataclass(frozen=True, kw_only=True)
class Child:
    """Điều 14 khoản 1 điểm a, c Luật Hộ tịch 2014."""

    name: str
    born: date
    sex: str
    ethnicity: str
    nationality: str
    birth_place: str
    home_place: str
    personal_number: str

    def data(self) -> dict[str, Any]:
        return vars(self) | {
            "born": format_date(self.born),
            "born_in_words": words_of_date(self.born),
        }


@dataclass(frozen=True, kw_only=True)
class Parent:
    """Điều 14 khoản 1 điểm b Luật Hộ tịch 2014. `born` as the register knows it: "1994"."""

    name: str
    born: str
    ethnicity: str
    nationality: str
    residence: str


@dataclass(frozen=True, kw_only=True)
class BirthCertificatePaper(Paper):
    """Giấy khai sinh."""

    template: ClassVar[str] = "birth_certificate"
    title: str = "Giấy khai sinh"
    child: Child
    mother: Parent | None
    father: Parent | None
    """None: not declared; the line stays, with a dash."""
    declarant: str
    declarant_identity: str
    registered_at: str
    registered_on: date
    signer: Signatory
    note: str = field(default="")

    @property
    def identifier(self) -> str:
        return self.child.personal_number

    def data(self) -> dict[str, Any]:
        return super().data() | {
            "child": self.child.data(),
            "mother": vars(self.mother) if self.mother else None,
            "father": vars(self.father) if self.father else None,
            "declarant": self.declarant,
            "declarant_identity": self.declarant_identity,
            "registered_at": self.registered_at,
            "registered_on": format_date(self.registered_on),
            "note": self.note,
            "signer": self.signer.data(),
        }


@dataclass(frozen=True, kw_only=True)
class QrFacts:
    """What a QR of ours says; nothing of it is believed before the register confirms it."""

    url: str
    dossier_code: str
    procedure_code: str
    identifier_end: str
    paper: str


def qr_text(*, url: str, dossier_code: str, procedure_code: str, identifier: str, paper: str) -> str:
    """One web address that any phone opens, carrying what TT 01/2023/TT-VPCP asks a QR to hold.

    The facts stand behind "#", which browsers keep to themselves: no server's log gets them. Of
    the identifier only the last four digits go in, since anybody may photograph a paper.
    """
    facts = {"hs": dossier_code, "tt": procedure_code, "dd": last_four(identifier), "gt": slug(paper)}
    return f"{url}#" + "&".join(f"{key}={quote(value)}" for key, value in facts.items() if value)


def read_qr_text(text: str) -> QrFacts | None:
    """Read a QR's text tolerantly; None if it is none of ours."""
    parts = urlsplit(text.strip())
    facts = dict(parse_qsl(parts.fragment, max_num_fields=10))
    if parts.scheme not in {"http", "https"} or not facts.get("hs"):
        return None
    return QrFacts(
        url=urlunsplit(parts._replace(fragment="")),
        dossier_code=facts["hs"],
        procedure_code=facts.get("tt", ""),
        identifier_end=facts.get("dd", ""),
        paper=facts.get("gt", "").replace("-", " "),
    )
