from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class VersionPublished(Event):
    sentence: ClassVar[str] = said("Công bố bản mới của thủ tục {code}, căn cứ {source}.")

    procedure: int
    code: str
    version: int
    in_force_from: date | None
    source: str


@dataclass(frozen=True, kw_only=True)
class VersionClosed(Event):
    sentence: ClassVar[str] = said("Bản cũ của thủ tục {code} hết hiệu lực từ {no_longer_from}.")

    procedure: int
    code: str
    version: int
    no_longer_from: date
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class VersionPrepared(Event):
    sentence: ClassVar[str] = said("Soạn bản mới của thủ tục {code}, căn cứ {source}.")

    procedure: int
    code: str
    version: int
    source: str


@dataclass(frozen=True, kw_only=True)
class VersionEdited(Event):
    sentence: ClassVar[str] = said(
        "Sửa bản đang soạn của thủ tục {code}: {changes} chỗ khác bản đang có hiệu lực."
    )

    procedure: int
    code: str
    version: int
    changes: int


@dataclass(frozen=True, kw_only=True)
class VersionDiscarded(Event):
    sentence: ClassVar[str] = said("Bỏ bản đang soạn của thủ tục {code}.")

    procedure: int
    code: str
    version: int


@dataclass(frozen=True, kw_only=True)
class ProcedureReplaced(Event):
    sentence: ClassVar[str] = said("Thủ tục {code} thay mã cũ {old_code}.")

    procedure: int
    code: str
    old_code: str
