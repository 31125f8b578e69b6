"""All that other rooms may import from enquiries."""

from lienthong.enquiries.actions import answer, ask
from lienthong.enquiries.events import EnquiryAnswered, EnquiryAsked
from lienthong.enquiries.models import ANSWERING, Enquiry
from lienthong.enquiries.queries import enquiries_to_answer, find_enquiry, my_enquiries
from lienthong.enquiries.rules import (
    FINDING_NAMES,
    KIND_NAMES,
    LONGEST,
    AlreadyAnswered,
    AlreadyAsked,
    Kind,
    NobodyToAsk,
    NoSuchEnquiry,
    WordsNeeded,
    WordsTooLong,
)

__all__ = [
    "ANSWERING",
    "FINDING_NAMES",
    "KIND_NAMES",
    "LONGEST",
    "AlreadyAnswered",
    "AlreadyAsked",
    "Enquiry",
    "EnquiryAnswered",
    "EnquiryAsked",
    "Kind",
    "NoSuchEnquiry",
    "NobodyToAsk",
    "WordsNeeded",
    "WordsTooLong",
    "answer",
    "ask",
    "enquiries_to_answer",
    "find_enquiry",
    "my_enquiries",
]
