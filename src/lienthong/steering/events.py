"""What the record tells of steering. Ids and codes only."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class TargetsLoaded(Event):
    """Targets were read from the table of programme facts."""

    source: str
    targets: int
    sentence: ClassVar[str] = said("Nạp {targets} chỉ tiêu được giao.")


@dataclass(frozen=True, kw_only=True)
class BodyFounded(Event):
    body: str
    sentence: ClassVar[str] = said("Ghi nhận tổ chức chỉ đạo {body}.")


@dataclass(frozen=True, kw_only=True)
class MemberSeated(Event):
    body: str
    membership: int
    post: str
    since: date
    sentence: ClassVar[str] = said("Ghi nhận thành viên của {body} từ ngày {since}.")


@dataclass(frozen=True, kw_only=True)
class MembershipEnded(Event):
    body: str
    membership: int
    until: date
    sentence: ClassVar[str] = said("Một thành viên của {body} thôi giữ vị trí từ ngày {until}.")


@dataclass(frozen=True, kw_only=True)
class PlanOpened(Event):
    plan: str
    programme: str
    sentence: ClassVar[str] = said("Mở kế hoạch {plan} của chương trình {programme}.")


@dataclass(frozen=True, kw_only=True)
class TargetSet(Event):
    target: int
    plan: str
    sentence: ClassVar[str] = said("Giao chỉ tiêu trong kế hoạch {plan}.")


@dataclass(frozen=True, kw_only=True)
class HistoryEntered(Event):
    """The lines of an older register were entered, with the times at which it knew them."""

    plan: str
    tasks: int
    entries: int
    sentence: ClassVar[str] = said("Nạp sổ cũ của kế hoạch {plan}: {tasks} nhiệm vụ, {entries} dòng.")


@dataclass(frozen=True, kw_only=True)
class TaskAssigned(Event):
    task: str
    plan: str
    parts: int
    sentence: ClassVar[str] = said("Giao nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class EntryWritten(Event):
    """A line was appended to a task's ledger."""

    task: str
    entry: int
    happened_on: date
    sentence: ClassVar[str] = said("Ghi một dòng theo dõi nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class DueSet(EntryWritten):
    sentence: ClassVar[str] = said("Xác định thời hạn của nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class ProgressReported(EntryWritten):
    sentence: ClassVar[str] = said("Báo cáo tiến độ nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(EntryWritten):
    sentence: ClassVar[str] = said("Xin gia hạn nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class ExtensionGranted(EntryWritten):
    sentence: ClassVar[str] = said("Gia hạn nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class ExtensionRefused(EntryWritten):
    sentence: ClassVar[str] = said("Không đồng ý gia hạn nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class ObstacleReported(EntryWritten):
    sentence: ClassVar[str] = said("Báo vướng mắc của nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class ObstacleRemoved(EntryWritten):
    sentence: ClassVar[str] = said("Gỡ một vướng mắc của nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class PeriodCompleted(EntryWritten):
    sentence: ClassVar[str] = said("Xong một kỳ của nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class TaskCompleted(EntryWritten):
    sentence: ClassVar[str] = said("Hoàn thành nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class TaskReturned(EntryWritten):
    sentence: ClassVar[str] = said("Trả lại kết quả nhiệm vụ {task} để làm tiếp.")


@dataclass(frozen=True, kw_only=True)
class TaskCancelled(EntryWritten):
    sentence: ClassVar[str] = said("Thôi giao nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class FundingNoted(EntryWritten):
    sentence: ClassVar[str] = said("Ghi kinh phí của nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class EntryRetracted(EntryWritten):
    sentence: ClassVar[str] = said("Rút lại một dòng ghi nhầm của nhiệm vụ {task}.")


@dataclass(frozen=True, kw_only=True)
class DocumentRead(Event):
    """A document was read; what it proposes waits for a person."""

    reading: int
    plan: str
    proposals: int
    sentence: ClassVar[str] = said("Đọc một văn bản vào kế hoạch {plan}: {proposals} đề xuất chờ xem.")


@dataclass(frozen=True, kw_only=True)
class ProposalConfirmed(Event):
    """A person confirmed what was read, corrected or not."""

    reading: int
    number: int
    into: str
    sentence: ClassVar[str] = said("Xác nhận đề xuất {number} đọc được từ văn bản.")


@dataclass(frozen=True, kw_only=True)
class ProposalDropped(Event):
    reading: int
    number: int
    sentence: ClassVar[str] = said("Bỏ đề xuất {number} đọc được từ văn bản.")
