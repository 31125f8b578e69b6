"""What people say of the service they got."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Rating(models.Model):
    """One rating a subject, never changed afterwards. Who gave it is a reference, never a name."""

    subject = models.TextField(_("về việc"), unique=True, help_text='Such as "dossier:202600000000001".')
    score = models.SmallIntegerField(_("mức"), help_text="1 very hard … 5 very easy.")
    comment = models.TextField(_("góp ý"), blank=True, default="")
    at = models.DateTimeField(_("lúc"))
    by = models.TextField(_("người đánh giá"), help_text='A reference such as "account:17".')

    class Meta:
        verbose_name = _("đánh giá")
        verbose_name_plural = _("đánh giá")
        constraints = [
            models.CheckConstraint(condition=Q(score__range=(1, 5)), name="feedback_rating_score"),
            models.CheckConstraint(condition=~Q(subject=""), name="feedback_rating_has_a_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.score}"
