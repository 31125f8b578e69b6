"""Targets that the programme set at its conferences, each with where it was said."""

from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _


class Target(models.Model):
    """What a tier shall reach by when, in the words of the report that told it.

    Targets of one subject differ by tier, and the words differ too ("đạt 80%", "tối thiểu 95%"), so
    nothing is merged. `indicator` names a live indicator where one measures it, else is empty.
    """

    event = models.TextField(_("hội nghị"))
    event_date = models.TextField(_("ngày"), help_text="As told; some years are inferred, the note says how.")
    subject = models.TextField(_("chỉ tiêu"))
    tier = models.TextField(_("cấp"))
    value = models.DecimalField(_("mức giao"), max_digits=14, decimal_places=2, null=True)
    comparator = models.TextField(_("so sánh"), blank=True)
    deadline = models.TextField(_("thời hạn"), blank=True)
    unit = models.TextField(_("đơn vị tính"), blank=True)
    note = models.TextField(_("ghi chú"), blank=True)
    indicator = models.TextField(blank=True)
    indicator_tier = models.TextField(blank=True)

    class Meta:
        verbose_name = _("chỉ tiêu được giao")
        verbose_name_plural = _("chỉ tiêu được giao")
        constraints = [
            models.UniqueConstraint(
                fields=["event_date", "subject", "tier", "deadline"], name="steering_target_once"
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def threshold(self) -> Fraction | None:
        """In the target's own unit; None for a target without a number."""
        return Fraction(Decimal(self.value)) if self.value is not None else None
