"""What a rating must be."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from lienthong.kit.errors import Refused, said
from lienthong.kit.names import nfc

SCORE_NAMES: Final[Mapping[int, str]] = MappingProxyType(
    {
        5: said("Rất dễ"),
        4: said("Dễ"),
        3: said("Bình thường"),
        2: said("Khó"),
        1: said("Rất khó"),
    }
)
LONGEST_COMMENT: Final = 2000
SUBJECT: Final = re.compile(r"[a-z_]+:[A-Za-z0-9._-]+")


class ScoreOutOfRange(Refused):
    sentence = said("Chọn một mức từ Rất khó đến Rất dễ.")


class CommentTooLong(Refused):
    sentence = said("Góp ý dài nhất {most} ký tự; hiện có {count}. Xin viết gọn lại.")


class AlreadyRated(Refused):
    sentence = said("Việc này đã được đánh giá rồi. Cảm ơn ông, bà.")


class SubjectUnknownError(ValueError):
    """A subject that is not "kind:id": a mistake in the code that rates."""


def checked(subject: str, score: int, comment: str) -> str:
    """The comment as it is kept. Raises ScoreOutOfRange, CommentTooLong, SubjectUnknownError."""
    if not SUBJECT.fullmatch(subject):
        raise SubjectUnknownError(subject)
    if score not in SCORE_NAMES:
        raise ScoreOutOfRange
    words = nfc(comment).strip()
    if len(words) > LONGEST_COMMENT:
        raise CommentTooLong(most=LONGEST_COMMENT, count=len(words))
    return words
