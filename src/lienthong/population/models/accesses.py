"""Who read whose data: person by person, and many at once. Never changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from lienthong.population.models.people import Person, choices, one_of
from lienthong.population.words import PURPOSE_NAMES
from lienthong.territory.public import Unit


class Access(models.Model):
    """One reading of one person's data: who, when, what, what for, on which basis. Never changed.

    Written in the transaction of the reading; the person sees it (Law 91/2025/QH15 on the protection
    of personal data). The table's key is (person, id): a person's accesses lie together.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="accesses",
        db_column="person_number",
        db_index=False,
        verbose_name=_("người"),
    )
    at = models.DateTimeField(_("lúc"), db_default=Now())
    actor = models.TextField(_("ai xem"), help_text='A reference such as "account:17".')
    actor_display = models.TextField(_("hiện là"), help_text="Duty, never a private name.")
    organisation = models.TextField(_("mã cơ quan"), blank=True, default="")
    organisation_name = models.TextField(_("cơ quan"), blank=True, default="")
    organisation_province = models.TextField(blank=True, default="", help_text="Unit code; empty: country.")
    home_province = models.TextField(blank=True, default="", help_text="Of the person, when it was read.")
    purpose = models.TextField(_("mục đích"), choices=choices(PURPOSE_NAMES))
    basis = models.TextField(_("căn cứ"))
    groups = ArrayField(models.TextField(), verbose_name=_("xem gì"))
    dossier = models.TextField(_("hồ sơ"), blank=True, default="")
    by_self = models.BooleanField(_("tự xem"), default=False)

    class Meta:
        verbose_name = _("lần xem")
        verbose_name_plural = _("lần xem")
        indexes = [models.Index(fields=["person", "-at"], name="population_access_of")]
        constraints = [
            models.CheckConstraint(condition=~Q(basis=""), name="population_access_says_why"),
            models.CheckConstraint(
                condition=one_of("purpose", PURPOSE_NAMES), name="population_access_purpose"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.at}"


class BulkRead(models.Model):
    """One reading of many people by a plan: one row, shown to each person whom it covered.

    Whom it covered follows from the register as it was known at that moment, so that a reading of a
    nation is no row a person.
    """

    id = models.BigAutoField(primary_key=True)
    ref = models.UUIDField(unique=True)
    at = models.DateTimeField(_("lúc"), db_default=Now())
    actor = models.TextField(_("ai xem"))
    actor_display = models.TextField(_("hiện là"))
    organisation = models.TextField(_("mã cơ quan"), blank=True, default="")
    organisation_name = models.TextField(_("cơ quan"), blank=True, default="")
    organisation_province = models.TextField(blank=True, default="")
    purpose = models.TextField(_("mục đích"), choices=choices(PURPOSE_NAMES))
    basis = models.TextField(_("căn cứ"))
    groups = ArrayField(models.TextField(), verbose_name=_("xem gì"))
    scope = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("phạm vi"),
        help_text="A commune or a province; empty: everybody.",
    )
    count = models.BigIntegerField(_("số người"))

    class Meta:
        verbose_name = _("lần xem nhiều người")
        verbose_name_plural = _("lần xem nhiều người")
        constraints = [models.CheckConstraint(condition=~Q(basis=""), name="population_bulk_says_why")]

    def __str__(self) -> str:
        return f"{self.actor} {self.at}"
