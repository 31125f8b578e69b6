"""The detectors: what each counts over what, when it speaks, and what it says. All data.

`whole` and `part` are conditions over a received dossier (`counting.SIGNS`). Thresholds are settings:
no text of law gives them.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from lienthong.kit.errors import said

MINUTES: Final = 60
"""How long before its due moment a closing counts as at the deadline."""
PEOPLE: Final = 10
"""Accounts filing at one agency in one month from one device, from which on that is many."""
DAYS: Final = 3
"""How many of a month's last days are its end."""
TWO_DAYS: Final = "due_at >= received_at + interval '2 days'"
"""Where a day is all there is, everything is near the deadline."""
LOCAL: Final = "({} AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"


@dataclass(frozen=True)
class Detector:
    """One kind of signal. `minimum`: dossiers of the whole below which nothing is said; `least`: of the part."""

    code: str
    name: str
    whole: str
    part: str
    whole_words: str
    part_words: str
    sentence: str
    """With {part}, {whole}, {share}, {usual}."""
    look: str
    """Ordinary reasons there may be, and what to look at."""
    basis: str
    margin: Fraction
    minimum: int = 20
    least: int = 5


DETECTORS: Final = {
    d.code: d
    for d in (
        Detector(
            "closed_at_deadline",
            said("Hồ sơ xong dồn vào sát giờ hẹn"),
            f"outcome IS NOT NULL AND closed_at <= due_at AND {TWO_DAYS}",
            f"closed_at > due_at - interval '{MINUTES} minutes'",
            said("hồ sơ đã quyết định đúng hạn, thời hạn từ 2 ngày"),
            said("hồ sơ xong trong 60 phút cuối trước giờ hẹn"),
            said("{part} / {whole} hồ sơ đúng hạn ({share}) xong trong 60 phút cuối trước giờ hẹn; thường là {usual}."),
            said(
                "Có thể do ký theo lô vào cuối ngày. Đề nghị đối chiếu giờ ký trên kết quả với giờ trả cho người dân."
            ),
            said("118/2025/NĐ-CP; 766/QĐ-TTg, 2.1: đúng hạn tính theo lúc xong thật"),
            Fraction(1, 4),
        ),
        Detector(
            "due_moved",
            said("Ngày hẹn trả được dời"),
            "due_at IS NOT NULL",
            "due_at > first_due_at AND (apologies > 0 OR supplements = 0)",
            said("hồ sơ có ngày hẹn trả"),
            said("hồ sơ được dời ngày hẹn mà không do chờ bổ sung giấy tờ"),
            said("{part} / {whole} hồ sơ ({share}) được dời ngày hẹn mà không do chờ bổ sung giấy tờ; thường là {usual}."),
            said(
                "Xin lỗi và hẹn lại, hoặc dừng giải quyết, đều được phép khi có căn cứ. Đề nghị xem lý do và văn bản ghi "
                "trong diễn biến của từng hồ sơ."
            ),
            said("118/2025/NĐ-CP; Mẫu số 04, Mẫu số 05 Thông tư 03/2025/TT-VPCP"),
            Fraction(3, 20),
        ),
        Detector(
            "one_device",
            said("Nhiều người nộp trực tuyến từ cùng một máy"),
            "is_online AND device IS NOT NULL",
            "crowded",
            said("hồ sơ nộp trực tuyến có ghi dấu của máy"),
            said("hồ sơ nộp từ máy mà trong tháng có từ 10 người trở lên dùng để nộp tại cơ quan này"),
            said("{part} / {whole} hồ sơ trực tuyến ({share}) được nộp từ máy có từ 10 người trở lên cùng dùng; thường là {usual}."),
            said(
                "Có thể là máy dùng chung để giúp người yếu thế tại trung tâm. Nếu vậy, hồ sơ cần được ghi là có hỗ trợ; "
                "đề nghị xem ai đã thao tác."
            ),
            said("118/2025/NĐ-CP: hỗ trợ người nộp, không nộp thay để tăng tỷ lệ trực tuyến"),
            Fraction(1, 10),
        ),
        Detector(
            "placeholder_number",
            said("Số định danh giữ chỗ"),
            "true",
            "has_placeholder",
            said("hồ sơ đã tiếp nhận"),
            said("hồ sơ có số định danh không thể là thật, như 000000000001"),
            said("{part} / {whole} hồ sơ ({share}) có số định danh không thể là thật; thường là {usual}."),
            said(
                "Thường do phần mềm cũ điền cho đủ để gửi được. Đề nghị bổ sung số thật hoặc ghi rõ là chưa có; "
                "không điền số giả."
            ),
            said("Luật Căn cước 26/2023/QH15 Điều 12; đúng, đủ, sạch, sống"),
            Fraction(1, 50),
            least=3,
        ),
        Detector(
            "asked_on_last_day",
            said("Yêu cầu bổ sung vào ngày cuối"),
            "asked_at IS NOT NULL AND due_when_asked >= received_at + interval '2 days'",
            f"{LOCAL.format('asked_at')} >= {LOCAL.format('due_when_asked')}",
            said("hồ sơ bị yêu cầu bổ sung khi đang giải quyết, thời hạn từ 2 ngày"),
            said("hồ sơ bị yêu cầu bổ sung đúng ngày hẹn trả hoặc sau đó"),
            said("{part} / {whole} yêu cầu bổ sung ({share}) đưa ra đúng ngày hẹn trả hoặc sau đó; thường là {usual}."),
            said(
                "Yêu cầu bổ sung làm đồng hồ dừng lại. Đề nghị xem giấy tờ còn thiếu có thể thấy ngay khi tiếp nhận không."
            ),
            said("118/2025/NĐ-CP; Mẫu số 02 Thông tư 03/2025/TT-VPCP"),
            Fraction(1, 4),
            minimum=15,
        ),
        Detector(
            "digitised_at_month_end",
            said("Kết quả số hóa dồn vào cuối tháng"),
            "digitised AND digitised_at IS NOT NULL",
            f"{LOCAL.format('digitised_at')} > {LOCAL.format('closed_at')} AND "
            f"date_trunc('month', {LOCAL.format('digitised_at')} + {DAYS}) > date_trunc('month', {LOCAL.format('digitised_at')})",
            said("kết quả có bản điện tử và có ghi lúc số hóa"),
            said("kết quả được số hóa sau ngày quyết định, vào 3 ngày cuối của một tháng"),
            said("{part} / {whole} kết quả ({share}) được số hóa sau ngày quyết định, vào 3 ngày cuối tháng; thường là {usual}."),
            said(
                "Có thể do quét bù trước kỳ báo cáo. Kết quả cần có bản điện tử đã ký ngay khi trả; đề nghị kiểm tra chữ ký "
                "và chất lượng bản quét."
            ),
            said("Thông tư 01/2023/TT-VPCP; 766/QĐ-TTg, 4.1"),
            Fraction(3, 20),
        ),
        Detector(
            "rated_before_result",
            said("Đánh giá hài lòng khi chưa có kết quả"),
            "rated_at IS NOT NULL",
            "COALESCE(rated_at < closed_at, true)",
            said("hồ sơ có đánh giá"),
            said("hồ sơ được đánh giá khi chưa có kết quả"),
            said("{part} / {whole} đánh giá ({share}) được ghi khi hồ sơ chưa có kết quả; thường là {usual}."),
            said("Đề nghị xem ai mời đánh giá và vào lúc nào; đánh giá sau khi nhận kết quả mới nói lên chất lượng."),
            said("118/2025/NĐ-CP; 766/QĐ-TTg, 5.4"),
            Fraction(1, 4),
            minimum=15,
        ),
        Detector(
            "points_without_dossiers",
            said("Có điểm hài lòng mà không có hồ sơ"),
            "false",
            "false",
            said("tháng của kỳ chấm điểm"),
            said("tháng không có hồ sơ nào được tiếp nhận"),
            said("Điểm hài lòng chính thức được công bố cho kỳ {whole} tháng, mà {part} tháng đều không có hồ sơ nào được tiếp nhận."),
            said("Mẫu số bằng 0 thì thành phần này được 0 điểm. Đề nghị đối chiếu với nguồn công bố điểm."),
            said("766/QĐ-TTg, 5.4"),
            Fraction(0),
            minimum=1,
            least=1,
        ),
    )
}  # fmt: skip
