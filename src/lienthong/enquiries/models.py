"""Questions of people about data held on them, each with its answer."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lienthong.enquiries.rules import FINDING_NAMES, KIND_NAMES, Kind
from lienthong.identity.public import Actor, Role

ANSWERING = (Role.LEADER, Role.CENTRE_LEADER)


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def of_person(self, number: str) -> Self:
        return self.filter(person=number)

    def for_answer_by(self, viewer: Actor) -> Self:
        """Of the agencies that the viewer answers for."""
        places = [duty.organisation for duty in viewer.duties if duty.role in ANSWERING]
        return self.filter(organisation__in=places)

    def open(self) -> Self:
        return self.filter(answered_at__isnull=True)


class Enquiry(models.Model):
    """One question and its answer. The person and the agency are held by value: the room outlives both."""

    kind = models.TextField(_("loại"), choices=[(one.value, KIND_NAMES[one]) for one in Kind])
    person = models.TextField(_("người hỏi"), help_text="Personal number.")
    subject = models.TextField(_("về việc"), help_text='Such as "access:17" or "field:birth_date".')
    about = models.TextField(_("nội dung được hỏi"), help_text="In words, as it stood when it was asked.")
    words = models.TextField(_("câu hỏi"))
    organisation = models.TextField(_("mã cơ quan"))
    organisation_name = models.TextField(_("cơ quan trả lời"))
    asked_at = models.DateTimeField(_("hỏi lúc"))
    due_on = models.DateField(_("trả lời trước hết ngày"))
    answer = models.TextField(_("trả lời"), blank=True, default="")
    upheld = models.BooleanField(_("đúng như người hỏi nêu"), null=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True)
    answered_by = models.TextField(blank=True, default="", help_text='A reference such as "account:17".')
    answered_as = models.TextField(_("người trả lời"), blank=True, default="")

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("câu hỏi")
        verbose_name_plural = _("câu hỏi")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "subject"],
                condition=Q(answered_at__isnull=True) | Q(kind="access"),
                name="enquiries_enquiry_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in Kind]), name="enquiries_enquiry_kind"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, upheld__isnull=True, answer="", answered_by="")
                | (Q(answered_at__isnull=False, upheld__isnull=False) & ~Q(answer="") & ~Q(answered_by="")),
                name="enquiries_enquiry_answered_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-asked_at"], name="enquiries_of_person"),
            models.Index(fields=["organisation", "due_on"], name="enquiries_of_agency"),
        ]

    def __str__(self) -> str:
        return f"enquiry:{self.pk}"

    @property
    def finding(self) -> str:
        """A message id; empty while it waits."""
        return "" if self.upheld is None else FINDING_NAMES[self.kind, self.upheld]

    def is_late(self, today: date) -> bool:
        """Not answered in time, whether answered since or not yet."""
        return (self.answered_at.date() if self.answered_at else today) > self.due_on
