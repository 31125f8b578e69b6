"""What the record tells of meetings. Ids and codes only; names stand in the meeting's ledger."""

from dataclasses import dataclass
from typing import ClassVar

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class MeetingPrepared(Event):
    """What was changed before the meeting: `part` names it ("facts", "site", "item", "order", "paper"), `id` which."""

    meeting: str
    part: str
    id: int
    removed: bool = False
    sentence: ClassVar[str] = said("Chuẩn bị phiên họp {meeting}.")


@dataclass(frozen=True, kw_only=True)
class LineWritten(Event):
    """A line was appended to a meeting's ledger."""

    meeting: str
    line: int
    sentence: ClassVar[str] = said("Ghi một dòng vào sổ phiên họp {meeting}.")


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(LineWritten):
    sentence: ClassVar[str] = said("Lập phiên họp {meeting}.")


@dataclass(frozen=True, kw_only=True)
class MeetingCalledOff(LineWritten):
    sentence: ClassVar[str] = said("Phiên họp {meeting} thôi không họp.")


@dataclass(frozen=True, kw_only=True)
class MeetingOpened(LineWritten):
    sentence: ClassVar[str] = said("Khai mạc phiên họp {meeting}.")


@dataclass(frozen=True, kw_only=True)
class ItemTakenUp(LineWritten):
    item: int
    sentence: ClassVar[str] = said("Phiên họp {meeting} chuyển sang nội dung khác.")


@dataclass(frozen=True, kw_only=True)
class ArrivalNoted(LineWritten):
    site: int
    sentence: ClassVar[str] = said("Điểm danh một người tại một điểm cầu của phiên họp {meeting}.")


@dataclass(frozen=True, kw_only=True)
class DepartureNoted(LineWritten):
    site: int
    sentence: ClassVar[str] = said("Một người rời điểm cầu của phiên họp {meeting}.")


@dataclass(frozen=True, kw_only=True)
class ArrivalCorrected(LineWritten):
    site: int
    sentence: ClassVar[str] = said("Sửa tên hoặc chức vụ của một người dự phiên họp {meeting}.")


@dataclass(frozen=True, kw_only=True)
class ArrivalStruck(LineWritten):
    site: int
    sentence: ClassVar[str] = said("Bỏ một người điểm danh nhầm tại phiên họp {meeting}.")


@dataclass(frozen=True, kw_only=True)
class FloorAsked(LineWritten):
    site: int
    sentence: ClassVar[str] = said("Một điểm cầu đăng ký phát biểu tại phiên họp {meeting}.")


@dataclass(frozen=True, kw_only=True)
class FloorGiven(LineWritten):
    site: int
    sentence: ClassVar[str] = said("Một điểm cầu được mời phát biểu tại phiên họp {meeting}.")


@dataclass(frozen=True, kw_only=True)
class FloorEnded(LineWritten):
    site: int
    sentence: ClassVar[str] = said("Một điểm cầu phát biểu xong tại phiên họp {meeting}.")


@dataclass(frozen=True, kw_only=True)
class AskWithdrawn(LineWritten):
    site: int
    sentence: ClassVar[str] = said("Một đăng ký phát biểu tại phiên họp {meeting} được rút.")


@dataclass(frozen=True, kw_only=True)
class ConclusionRecorded(LineWritten):
    conclusion: int
    sentence: ClassVar[str] = said("Ghi một kết luận của phiên họp {meeting}.")


@dataclass(frozen=True, kw_only=True)
class ConclusionRetracted(LineWritten):
    conclusion: int
    sentence: ClassVar[str] = said("Rút một kết luận ghi nhầm của phiên họp {meeting}.")


@dataclass(frozen=True, kw_only=True)
class ConclusionAssigned(LineWritten):
    conclusion: int
    task: str
    sentence: ClassVar[str] = said("Kết luận của phiên họp {meeting} thành nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class MeetingClosed(LineWritten):
    sentence: ClassVar[str] = said("Bế mạc phiên họp {meeting}.")


@dataclass(frozen=True, kw_only=True)
class MinutesApproved(LineWritten):
    sentence: ClassVar[str] = said("Thông qua biên bản phiên họp {meeting}.")
