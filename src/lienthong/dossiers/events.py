"""What the record says of a dossier. One kind of event an act; ids only."""

from dataclasses import dataclass
from typing import ClassVar

from lienthong.audit.public import Event
from lienthong.dossiers.states import Act
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class DossierEvent(Event):
    """An act on a dossier: the ledger's line number, the states before and after, the due moments."""

    dossier: int
    number: int
    before: int | None
    after: int
    due_before: str | None = None
    due_after: str | None = None


class DossierFiled(DossierEvent):
    """A dossier was filed."""

    sentence: ClassVar[str] = said("Hồ sơ được nộp.")


class DossierForwarded(DossierEvent):
    """It went to another agency; the clock went on."""

    sentence: ClassVar[str] = said("Hồ sơ được chuyển đến cơ quan có thẩm quyền.")


class DossierReceived(DossierEvent):
    """A one-stop centre received it: the clock starts, form 01 is given."""

    sentence: ClassVar[str] = said("Hồ sơ được tiếp nhận.")


class DossierRefused(DossierEvent):
    """It was not received; form 03 names the component and the rule."""

    sentence: ClassVar[str] = said("Hồ sơ bị từ chối tiếp nhận.")


class DossierAssigned(DossierEvent):
    """An officer holds it now."""

    sentence: ClassVar[str] = said("Hồ sơ được giao người thụ lý.")


class SupplementAsked(DossierEvent):
    """Papers are asked for; the clock stops if it had started."""

    sentence: ClassVar[str] = said("Người nộp được yêu cầu bổ sung.")


class DossierSupplemented(DossierEvent):
    """The papers asked for came in; the clock goes on."""

    sentence: ClassVar[str] = said("Hồ sơ được bổ sung.")


class PaymentAsked(DossierEvent):
    """The applicant has to pay first; the clock stops."""

    sentence: ClassVar[str] = said("Người nộp được yêu cầu thực hiện nghĩa vụ tài chính.")


class PaymentConfirmed(DossierEvent):
    """The money came in; the clock goes on."""

    sentence: ClassVar[str] = said("Nghĩa vụ tài chính đã được thực hiện.")


class DecisionProposed(DossierEvent):
    """The handler put a proposal before the leader."""

    sentence: ClassVar[str] = said("Người thụ lý trình lãnh đạo.")


class DossierSentBack(DossierEvent):
    """The leader wants something made clear first."""

    sentence: ClassVar[str] = said("Lãnh đạo trả lại để làm rõ.")


class DossierStopped(DossierEvent):
    """Processing stopped for a reason the law lists; reversible."""

    sentence: ClassVar[str] = said("Hồ sơ dừng giải quyết.")


class DossierResumed(DossierEvent):
    """Processing went on."""

    sentence: ClassVar[str] = said("Hồ sơ được giải quyết tiếp.")


class ApologyGiven(DossierEvent):
    """The agency apologised and gave a new date (form 04)."""

    sentence: ClassVar[str] = said("Cơ quan xin lỗi và hẹn lại ngày trả kết quả.")


class DossierDecided(DossierEvent):
    """The authority decided and signed."""

    sentence: ClassVar[str] = said("Hồ sơ được quyết định.")


class ResultReturned(DossierEvent):
    """The result is in the applicant's hands or store."""

    sentence: ClassVar[str] = said("Kết quả được trả.")


class DossierWithdrawn(DossierEvent):
    """The applicant took it back."""

    sentence: ClassVar[str] = said("Người nộp rút hồ sơ.")


@dataclass(frozen=True, kw_only=True)
class HistoryEntered(Event):
    """Past dossiers were entered in bulk; the digest covers every line of their ledgers."""

    batch: str
    dossiers: int
    movements: int
    digest: str
    sentence: ClassVar[str] = said("{dossiers} hồ sơ cũ được nhập cùng toàn bộ diễn biến.")


EVENT_OF: dict[Act, type[DossierEvent]] = {
    Act.FILE: DossierFiled,
    Act.FORWARD: DossierForwarded,
    Act.RECEIVE: DossierReceived,
    Act.REFUSE: DossierRefused,
    Act.ASSIGN: DossierAssigned,
    Act.ASK_SUPPLEMENT: SupplementAsked,
    Act.SUPPLEMENT_BEFORE_RECEIPT: DossierSupplemented,
    Act.SUPPLEMENT: DossierSupplemented,
    Act.ASK_PAYMENT: PaymentAsked,
    Act.CONFIRM_PAYMENT: PaymentConfirmed,
    Act.PROPOSE: DecisionProposed,
    Act.SEND_BACK: DossierSentBack,
    Act.STOP: DossierStopped,
    Act.RESUME: DossierResumed,
    Act.APOLOGISE: ApologyGiven,
    Act.DECIDE: DossierDecided,
    Act.RETURN: ResultReturned,
    Act.WITHDRAW: DossierWithdrawn,
}
