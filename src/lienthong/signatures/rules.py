"""What a check of a signed PDF may find, and the errors of this room."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from lienthong.kit.errors import Refused, said


class Finding(StrEnum):
    """The one thing to say about a file, worst first."""

    TOO_LARGE = "too_large"
    TOOK_TOO_LONG = "took_too_long"
    BUSY = "busy"
    NOT_A_PDF = "not_a_pdf"
    UNSIGNED = "unsigned"
    ALTERED = "altered"
    EXTENDED = "extended"
    FOREIGN = "foreign"
    SOUND = "sound"


SENTENCES: Final = {
    Finding.TOO_LARGE: said("Tệp lớn hơn cỡ mà trang này kiểm tra được."),
    Finding.TOOK_TOO_LONG: said("Không kiểm tra được: cấu trúc của tệp quá phức tạp hoặc có ý gây hại."),
    Finding.BUSY: said("Đang có nhiều người cùng kiểm tra. Xin thử lại sau ít phút."),
    Finding.NOT_A_PDF: said("Tệp này không phải PDF đọc được, nên không có chữ ký số để kiểm tra."),
    Finding.UNSIGNED: said("Tệp PDF này không có chữ ký số."),
    Finding.ALTERED: said("Nội dung đã bị sửa sau khi ký. Không dùng giấy này."),
    Finding.EXTENDED: said("Tệp đã bị thêm nội dung sau khi ký. Không dùng giấy này."),
    Finding.FOREIGN: said("Chữ ký còn nguyên vẹn nhưng không phải của cơ quan trong hệ thống này."),
    Finding.SOUND: said("Giấy còn nguyên vẹn và do cơ quan nêu dưới đây ký."),
}


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found in one file. Names are those inside the signature; believe them only if trusted."""

    finding: Finding
    is_intact: bool = False
    """Every signed byte is as it was signed."""
    is_trusted: bool = False
    """The certificate leads up to our own root, and to no other."""
    covers_whole_document: bool = False
    """Nothing was added after the signature."""
    known_to_us: bool = False
    """The file is, byte for byte, one that was signed here."""
    signer: str = ""
    organisation: str = ""
    signed_at: datetime | None = None
    """As the signer's clock said."""
    proven_at: datetime | None = None
    """As a time-stamp authority attests (PAdES B-T), if there is a stamp that leads to our root."""

    @property
    def sentence(self) -> str:
        return SENTENCES[self.finding]

    @property
    def is_sound(self) -> bool:
        return self.finding is Finding.SOUND


class NoSigningService(Refused):
    sentence = said("Hệ thống chưa được nối với dịch vụ ký số. Người quản trị cần cấu hình dịch vụ ký.")


class NotInForce(Refused):
    sentence = said("Giấy tờ này không còn hiệu lực, không thể thu hồi hay thay thế nữa.")


class ReasonNeeded(Refused):
    sentence = said("Nhập lý do thu hồi giấy tờ.")


class PaperUnknown(Refused):
    sentence = said(
        "Không tìm thấy giấy tờ nào với mã này. Hãy kiểm tra lại mã QR, hoặc tải tệp PDF lên để kiểm tra."
    )


class OtherSite(Refused):
    """A QR whose address is not ours: perhaps a forged paper that leads to a forged page."""

    sentence = said(
        "Mã QR này dẫn tới {site}, không phải trang kiểm tra của hệ thống này. Không tin trang đó."
    )


def initials(name: str) -> str:
    """ "Nguyễn Thị Minh Hạnh" → "N. T. M. H.": all that the public page shows of a person."""
    return " ".join(f"{word[0].upper()}." for word in name.split())
