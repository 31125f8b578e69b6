"""How long things may stand still, and what the officers' hall calls things. Plain Python."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from lienthong.kit.errors import said

SILENT_FOR: Final = timedelta(hours=48)
"""Received, running, and nothing done for this long: named above the queue. Our setting."""

PROOF_HOLDS: Final = timedelta(minutes=15)
"""How long after proving who one is a decision may be signed. Our setting."""

BY_DUE: Final[Mapping[str, tuple[str, str]]] = {
    "late": ("late", said("Quá hạn")),
    "today": ("soon", said("Đến hạn hôm nay")),
    "soon": ("soon", said("Còn 1–2 ngày")),
    "later": ("", said("Còn từ 3 ngày")),
    "stopped": ("stopped", said("Đang dừng")),
    "undated": ("", said("Chưa có hạn")),
}
"""An authority's chips: shape and words by the bucket's name."""

BY_STATE: Final[Mapping[str, tuple[str, str]]] = {
    "filed": ("", said("Chờ tiếp nhận")),
    "decided": ("done", said("Chờ trả kết quả")),
    "asked": ("stopped", said("Chờ người nộp bổ sung")),
}
"""A one-stop centre's chips: before receipt no legal clock runs, after the decision it has ended."""

LIMIT_WORDS: Final[Mapping[str, str]] = {
    "hour": said("{value} giờ"),
    "day": said("{value} ngày"),
    "working_day": said("{value} ngày làm việc"),
    "month": said("{value} tháng"),
}

PRESENCE: Final[Mapping[str, str]] = {
    "self": said("người nộp có mặt, tự làm, quầy hướng dẫn"),
    "typed": said("người nộp có mặt, công chức nhập hộ"),
    "post": said("hồ sơ gửi bưu chính, công chức nhập theo giấy"),
}
"""Who did the filing at the centre; kept with the dossier's contact and shown to everybody."""
