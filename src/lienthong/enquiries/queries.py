"""Reading questions."""

from django.db.models import F

from lienthong.enquiries.models import Enquiry, EnquiryQuerySet
from lienthong.enquiries.rules import NoSuchEnquiry
from lienthong.identity.public import Actor, allowed


def my_enquiries(by: Actor) -> EnquiryQuerySet:
    """One's own, newest first; none for whoever is no citizen."""
    found = Enquiry.objects.of_person(by.personal_number or "")
    return (found if by.is_citizen else found.none()).order_by("-asked_at", "-pk")


def enquiries_to_answer(by: Actor) -> EnquiryQuerySet:
    """Of one's own agency: what waits, by its day, then what was answered, newest first."""
    return Enquiry.objects.for_answer_by(by).order_by(F("answered_at").desc(nulls_first=True), "due_on", "pk")


def find_enquiry(pk: int, *, by: Actor) -> Enquiry:
    """Raises NoSuchEnquiry."""
    found = Enquiry.objects.filter(pk=pk).first()
    if found is None or not allowed(by, "enquiries.read", found):
        raise NoSuchEnquiry
    return found
