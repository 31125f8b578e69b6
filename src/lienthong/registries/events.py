"""What registries record. Ids and counts, never what stands in a file."""

from dataclasses import dataclass

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class SourceOpened(Event):
    sentence = said("Mở nguồn dữ liệu {source} của {owner}, theo mẫu {schema}.")

    source: str
    owner: str
    schema: str


@dataclass(frozen=True, kw_only=True)
class BatchReceived(Event):
    sentence = said("Nhận tệp {batch} của nguồn {source}, mã băm {sha256}.")

    batch: int
    source: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class BatchAccepted(Event):
    """Somebody said which column is which and how its letters are read."""

    sentence = said("Xác nhận cột và bảng mã của tệp {batch}.")

    batch: int
    columns: int
    recoded: int


@dataclass(frozen=True, kw_only=True)
class BatchBroughtIn(Event):
    """An operator had a command receive and settle it on the server, on behalf of an account."""

    sentence = said("Nhận tệp {batch} bằng lệnh trên máy chủ, thay {account}.")

    batch: int
    account: str


@dataclass(frozen=True, kw_only=True)
class BatchWithdrawn(Event):
    sentence = said("Rút tệp {batch}.")

    batch: int


@dataclass(frozen=True, kw_only=True)
class BatchFinished(Event):
    sentence = said("Đối chiếu xong tệp {batch}: {records} bản ghi.")

    batch: int
    records: int
    verdicts: str


@dataclass(frozen=True, kw_only=True)
class BatchFailed(Event):
    sentence = said("Đối chiếu tệp {batch} dừng ở bước {stage}.")

    batch: int
    stage: str
    error: str


@dataclass(frozen=True, kw_only=True)
class RecordLinked(Event):
    """A person or a rule tied a record to a personal number, or untied it; the number stays in the change."""

    sentence = said("Sửa liên kết của bản ghi {record}, lần sửa {change}.")

    record: int
    change: int
    why: str


@dataclass(frozen=True, kw_only=True)
class RecordsRead(Event):
    """Records were taken out of the platform as a workbook."""

    sentence = said("Tải tệp đã đánh dấu của {batch}.")

    batch: int
