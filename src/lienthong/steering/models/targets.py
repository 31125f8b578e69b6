"""Targets that the programme set at its conferences, each with where it was said."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

from lienthong.kit.words import format_date
from lienthong.steering.models.programmes import Plan, SourceDocument
from lienthong.steering.states import (
    COMPARE_NAMES,
    DIRECTION_OF,
    Compare,
    Direction,
    Priority,
)


class Target(models.Model):
    """What a tier shall reach by when, in the words of the report that told it.

    Targets of one subject differ by tier, and the words differ too ("đạt 80%", "tối thiểu 95%"), so
    nothing is merged. `indicator` names a live indicator where one measures it, else is empty. Those of
    conferences keep the report's words; those of a plan also name plan, document and denominator.
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
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, related_name="targets", verbose_name=_("kế hoạch")
    )
    document = models.ForeignKey(
        SourceDocument, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("văn bản giao")
    )
    compare = models.TextField(blank=True, choices=[(each.value, COMPARE_NAMES[each]) for each in Compare])
    due_on = models.DateField(
        null=True, help_text="The deadline as a day; a year means its last day. Empty: not told."
    )
    priority = models.TextField(
        default=Priority.NORMAL, choices=[(each.value, each.value) for each in Priority]
    )
    whole = models.TextField(_("mẫu số"), blank=True, help_text="What a share is taken over, as agreed.")

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
    def deadline_words(self) -> str:
        return in_words(self.deadline)

    @property
    def event_words(self) -> str:
        return in_words(self.event_date)

    @property
    def compare_words(self) -> str:
        """ "tối thiểu", "đạt"; empty for a target without a number."""
        return COMPARE_NAMES[Compare(self.compare)] if self.compare else ""

    @property
    def direction(self) -> Direction:
        return DIRECTION_OF[Compare(self.compare)] if self.compare else Direction.UP

    @property
    def threshold(self) -> Fraction | None:
        """In the target's own unit; None for a target without a number."""
        return Fraction(Decimal(self.value)) if self.value is not None else None


def in_words(told: str) -> str:
    """A day as it is written here (31/12/2025); anything else, such as "2025", as it was told."""
    try:
        return format_date(date.fromisoformat(told))
    except ValueError:
        return told
