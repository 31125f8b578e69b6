"""Forms 01–04 of Annex I of TT 03/2025/TT-VPCP. See README.md for what is sure of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from lienthong.documents.papers.paper import ApplicantPaper
from lienthong.documents.papers.parts import Ground, PaperLine, Shortfall, Signatory
from lienthong.documents.wording import day_in_full, moment_in_full


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
