"""A document being read: what it is, and each fact that it seems to say until a person has judged it."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from lienthong.documents.public import StoredFile
from lienthong.steering.models.programmes import Plan
from lienthong.steering.states import Judgement


class Reading(models.Model):
    """The draft in which a document's proposals are judged one by one; nothing of it counts anywhere.

    `proposals`: a list of objects as rules/readings.py makes them, numbered from 1, in the document's order.
    """

    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, related_name="readings", verbose_name=_("kế hoạch")
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp"))
    number = models.TextField(_("số, ký hiệu"), blank=True)
    signed_on = models.DateField(_("ngày"), null=True)
    kind = models.TextField(_("loại văn bản"), blank=True)
    title = models.TextField(_("trích yếu"), blank=True)
    proposals = models.JSONField()
    begun_by = models.TextField(help_text='An actor: "account:17".')
    begun_name = models.TextField(_("người đọc"))
    begun_at = models.DateTimeField(_("bắt đầu lúc"), db_default=Now())

    class Meta:
        verbose_name = _("văn bản đang đọc")
        verbose_name_plural = _("văn bản đang đọc")
        indexes = [models.Index(fields=["plan", "-begun_at"], name="steering_reading_of_plan")]

    def __str__(self) -> str:
        return self.number or self.file.name

    @property
    def waiting(self) -> list[dict[str, Any]]:
        return [each for each in self.proposals if each["judged"] == Judgement.WAITING]

    @property
    def is_described(self) -> bool:
        return bool(self.number and self.signed_on and self.kind and self.title)

    def count(self, judged: Judgement) -> int:
        return sum(1 for each in self.proposals if each["judged"] == judged)
