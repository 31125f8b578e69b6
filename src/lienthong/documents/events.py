"""What the record tells of this room."""

from dataclasses import dataclass
from uuid import UUID

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class FileKept(Event):
    """A file was taken into keeping: {media_type}, {size} bytes, SHA-256 {sha256}."""

    sentence = said("Đã lưu một tệp {media_type}, {size} byte, SHA-256 {sha256}.")

    file: UUID
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, kw_only=True)
class ContentSwept(Event):
    """Content that no file names any more was removed."""

    sentence = said("Đã dọn nội dung không còn tệp nào dùng, SHA-256 {content}.")

    content: str
