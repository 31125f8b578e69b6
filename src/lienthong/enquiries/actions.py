"""Asking and answering."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.enquiries import permissions as permissions  # declares what require() asks for
from lienthong.enquiries.events import EnquiryAnswered, EnquiryAsked
from lienthong.enquiries.models import Enquiry
from lienthong.enquiries.rules import (
    AlreadyAnswered,
    AlreadyAsked,
    Kind,
    NobodyToAsk,
    NoSuchEnquiry,
    check_subject,
    checked,
    due_after,
)
from lienthong.identity.public import Actor, require
from lienthong.kit.calendar import Calendar
from lienthong.organisations.public import Organisation


@transaction.atomic
def ask(*, kind: Kind, subject: str, about: str, words: str, of: Organisation | None, by: Actor) -> Enquiry:
    """A question about one's own data to one agency; the caller has checked that the subject is theirs.

    Raises NotAllowed, NobodyToAsk, WordsNeeded, WordsTooLong, AlreadyAsked.
    """
    person = by.personal_number or ""
    require(by, "enquiries.ask", person)
    check_subject(subject)
    kept = checked(words)
    if of is None:
        raise NobodyToAsk
    due = due_after(timezone.localdate(), settings.ENQUIRY_WORKING_DAYS, Calendar.official())
    try:
        with transaction.atomic():
            enquiry = Enquiry.objects.create(
                kind=kind, person=person, subject=subject, about=about, words=kept, organisation=of.code,
                organisation_name=of.name, asked_at=timezone.now(), due_on=due,
            )  # fmt: skip
    except IntegrityError as error:
        raise AlreadyAsked from error
    record(EnquiryAsked(enquiry=enquiry.pk, about=subject, organisation=of.code), by=by, at=enquiry.asked_at)
    return enquiry


@transaction.atomic
def answer(*, enquiry: int, words: str, upheld: bool, by: Actor) -> Enquiry:
    """The agency's one answer. Raises NotAllowed, NoSuchEnquiry, AlreadyAnswered, WordsNeeded, WordsTooLong."""
    found = Enquiry.objects.select_for_update().filter(pk=enquiry).first()
    if found is None:
        raise NoSuchEnquiry
    require(by, "enquiries.answer", found)
    if found.answered_at is not None:
        at = f"{timezone.localtime(found.answered_at):%H:%M %d/%m/%Y}"
        raise AlreadyAnswered(who=found.answered_as, at=at)
    found.answer, found.upheld = checked(words), upheld
    found.answered_at, found.answered_by, found.answered_as = timezone.now(), by.reference, by.name
    found.save(update_fields=["answer", "upheld", "answered_at", "answered_by", "answered_as"])
    record(EnquiryAnswered(enquiry=found.pk, upheld=upheld), by=by, at=found.answered_at)
    return found
