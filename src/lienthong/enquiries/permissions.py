"""Who asks, who answers, who reads both."""

from lienthong.enquiries.models import ANSWERING, Enquiry
from lienthong.identity.public import Actor, permission


@permission("enquiries.ask", doc="Ask about data held on oneself")
def may_ask(by: Actor, person: str) -> bool:
    return by.is_citizen and bool(person) and by.personal_number == person


@permission(
    "enquiries.answer", doc="Answer for one's own agency: its leader, its centre's leader", private=True
)
def may_answer(by: Actor, enquiry: Enquiry) -> bool:
    return by.has(*ANSWERING, at=enquiry.organisation)


@permission("enquiries.read", doc="Read a question: who asked, and who answers for the agency", private=True)
def may_read(by: Actor, enquiry: Enquiry) -> bool:
    return may_ask(by, enquiry.person) or may_answer(by, enquiry)
