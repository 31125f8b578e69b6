from dataclasses import dataclass

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class ServiceRated(Event):
    """A person rated the service; the words stay in the room's table."""

    sentence = said("Đánh giá {about}: {score} trên 5.")
    rating: int
    about: str
    score: int
