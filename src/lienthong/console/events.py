"""What the record tells of the committees' hall. Ids and codes only."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class PackMade(Event):
    """A file for a meeting was made; its hash proves later which one the system gave out.

    `pack` marks what was asked: the same for the same day, moment of knowledge, scope and month.
    """

    pack: str
    file: str
    sha256: str
    size: int
    milliseconds: int
    month: str
    as_of: date
    known_at: str
    scope: str
    sentence: ClassVar[str] = said(
        "Lập tài liệu họp {pack}, tệp {file}, {size} byte, tính đến {as_of}, SHA-256 {sha256}."
    )
