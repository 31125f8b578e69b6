"""What a question and its answer must be, and by when it is answered."""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from lienthong.kit.calendar import Calendar
from lienthong.kit.errors import Refused, said
from lienthong.kit.names import nfc


class Kind(StrEnum):
    ACCESS = "access"
    WRONG = "wrong"


KIND_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {Kind.ACCESS: said("Hỏi lý do xem dữ liệu"), Kind.WRONG: said("Báo thông tin sai")}
)
FINDING_NAMES: Final[Mapping[tuple[str, bool], str]] = MappingProxyType(
    {
        (Kind.ACCESS, True): said("Lần xem không đúng, đã xử lý"),
        (Kind.ACCESS, False): said("Lần xem đúng thẩm quyền, đúng mục đích"),
        (Kind.WRONG, True): said("Thông tin sai, đã sửa hoặc đã chuyển nơi sửa"),
        (Kind.WRONG, False): said("Thông tin đang đúng"),
    }
)
"""By kind, and whether the person was right."""
LONGEST: Final = 2000
SHORTEST: Final = 10
"""Of letters: less explains nothing to anybody."""
SUBJECT: Final = re.compile(r"[a-z_]+:[A-Za-z0-9._-]+")


class WordsNeeded(Refused):
    sentence = said("Viết rõ hơn: ít nhất {least} ký tự.")


class WordsTooLong(Refused):
    sentence = said("Nội dung dài nhất {most} ký tự; hiện có {count}. Xin viết gọn lại.")


class AlreadyAsked(Refused):
    sentence = said("Ông, bà đã gửi câu hỏi này rồi; trả lời sẽ hiện ở trang “Câu hỏi của tôi”.")


class AlreadyAnswered(Refused):
    sentence = said("Câu hỏi này đã được {who} trả lời lúc {at}. Câu trả lời không sửa được.")


class NobodyToAsk(Refused):
    sentence = said("Chưa xác định được cơ quan trả lời. Xin hỏi Trung tâm Phục vụ hành chính công gần nhất.")


class NoSuchEnquiry(Refused):
    """The same sentence for one that is not there and one that is not the viewer's."""

    sentence = said("Không tìm thấy câu hỏi này, hoặc câu hỏi không thuộc quyền xem của tài khoản đang dùng.")
    status = 404


class SubjectUnknownError(ValueError):
    """A subject that is not "kind:id": a mistake in the code that asks."""


def checked(words: str) -> str:
    """The words as they are kept. Raises WordsNeeded, WordsTooLong."""
    kept = nfc(words).strip()
    if len(kept) < SHORTEST:
        raise WordsNeeded(least=SHORTEST)
    if len(kept) > LONGEST:
        raise WordsTooLong(most=LONGEST, count=len(kept))
    return kept


def check_subject(subject: str) -> None:
    if not SUBJECT.fullmatch(subject):
        raise SubjectUnknownError(subject)


def due_after(day: date, working_days: int, calendar: Calendar) -> date:
    """The last day for an answer: working days after the day of asking (Civil Code 91/2015/QH13, article 147)."""
    return calendar.add_working_days(day, working_days)
