from dataclasses import dataclass

from lienthong.audit.public import Event
from lienthong.kit.errors import said


@dataclass(frozen=True, kw_only=True)
class EnquiryAsked(Event):
    """A person asks about data held on them; the words stay in the room's table."""

    sentence = said("Câu hỏi {enquiry} về {about}, gửi {organisation}.")
    enquiry: int
    about: str
    organisation: str


@dataclass(frozen=True, kw_only=True)
class EnquiryAnswered(Event):
    """The agency answers; whether the person was right stands beside the words."""

    sentence = said("Trả lời câu hỏi {enquiry}.")
    enquiry: int
    upheld: bool
