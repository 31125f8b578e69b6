"""Programme, its yearly plans, and the documents that targets and tasks come from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lienthong.steering.models.bodies import Body


class SourceDocument(models.Model):
    """A document that assigns: a decision, a directive, a conclusion of a session."""

    number = models.TextField(_("số, ký hiệu"))
    signed_on = models.DateField(_("ngày"))
    title = models.TextField(_("trích yếu"))
    kind = models.TextField(_("loại văn bản"))

    class Meta:
        verbose_name = _("văn bản giao")
        verbose_name_plural = _("văn bản giao")
        constraints = [
            models.UniqueConstraint(fields=["number", "signed_on"], name="steering_document_known_by_number")
        ]

    def __str__(self) -> str:
        return self.number


class Programme(models.Model):
    code = models.TextField(_("mã"), unique=True)
    name = models.TextField(_("chương trình"))
    since = models.DateField(_("từ ngày"))
    source = models.TextField(_("căn cứ"))

    class Meta:
        verbose_name = _("chương trình")
        verbose_name_plural = _("chương trình")

    def __str__(self) -> str:
        return self.name


class Plan(models.Model):
    """What a programme sets itself for a year, and who follows it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="plans")
    code = models.TextField(_("mã"), unique=True)
    name = models.TextField(_("kế hoạch"))
    year = models.PositiveSmallIntegerField(_("năm"))
    since = models.DateField(_("từ ngày"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="plans", verbose_name=_("theo dõi"))

    class Meta:
        verbose_name = _("kế hoạch")
        verbose_name_plural = _("kế hoạch")

    def __str__(self) -> str:
        return self.name
