"""What the record tells of this room."""

from dataclasses import dataclass

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class PaperSigned(Event):
    """A paper was signed for an organisation."""

    sentence = said("{organisation} đã ký số một giấy tờ, SHA-256 {sha256}.")

    signature: int
    organisation: str
    sha256: str
    certificate: str


@dataclass(frozen=True, kw_only=True)
class PaperRevoked(Event):
    """A signed paper was taken out of force."""

    sentence = said("{organisation} đã thu hồi hiệu lực của một giấy tờ đã ký.")

    signature: int
    organisation: str


@dataclass(frozen=True, kw_only=True)
class PaperReplaced(Event):
    """A newer signed paper took the place of this one."""

    sentence = said("{organisation} đã thay giấy tờ này bằng giấy tờ mới (chữ ký {by_signature}).")

    signature: int
    organisation: str
    by_signature: int


@dataclass(frozen=True, kw_only=True)
class PaperChecked(Event):
    """Somebody asked the public page about a paper of ours, by file, QR or link."""

    sentence = said("Có người kiểm tra giấy tờ này qua trang công khai ({how}): {finding}.")

    signature: int
    how: str
    finding: str
