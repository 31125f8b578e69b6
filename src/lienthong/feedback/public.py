"""All that other rooms may import from feedback."""

from lienthong.feedback.actions import rate
from lienthong.feedback.events import ServiceRated
from lienthong.feedback.models import Rating
from lienthong.feedback.queries import Average, average_of, rating_of
from lienthong.feedback.rules import (
    LONGEST_COMMENT,
    SCORE_NAMES,
    AlreadyRated,
    CommentTooLong,
    ScoreOutOfRange,
)

__all__ = [
    "LONGEST_COMMENT",
    "SCORE_NAMES",
    "AlreadyRated",
    "Average",
    "CommentTooLong",
    "Rating",
    "ScoreOutOfRange",
    "ServiceRated",
    "average_of",
    "rate",
    "rating_of",
]
