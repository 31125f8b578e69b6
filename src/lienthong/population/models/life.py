"""What happened in people's lives, and what other registers add. These tables only grow."""

from collections.abc import Mapping

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from lienthong.kit.partial_dates import PartialDate
from lienthong.population.models.people import Person, choices, one_of, partial
from lienthong.population.rules import LifeEvent, Value
from lienthong.population.words import EVENT_NAMES, PRECISION_NAMES, EventKind


class Batch(models.Model):
    """People entered at once, and where their records came from."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField(_("lúc"), db_default=Now())
    actor = models.TextField(_("ai nhập"))
    source = models.TextField(_("nguồn"))
    basis = models.TextField(_("căn cứ"), blank=True, default="")
    count = models.BigIntegerField(_("số người"))

    class Meta:
        verbose_name = _("đợt nhập")
        verbose_name_plural = _("đợt nhập")

    def __str__(self) -> str:
        return str(self.id)


class LifeRow(models.Model):
    """One event of one person as it was recorded. The table's key is (person, id).

    A person entered in a batch has no row until the first event; the database then writes down the
    record as it stood (kind "entry"). `rules.fold` makes the state of the rows.
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="life", db_column="person_number", db_index=False
    )
    act = models.UUIDField(_("việc"), help_text="Shared by all events written together.")
    kind = models.TextField(_("sự kiện"), choices=choices(EVENT_NAMES))
    day = models.DateField(_("ngày"), help_text="From when it holds; month or day is 1 where not known.")
    precision = models.TextField(choices=choices(PRECISION_NAMES), default="day")
    other_number = models.TextField(_("số định danh của bên kia"), blank=True, default="")
    changes = models.JSONField(_("thay đổi"), default=dict)
    undoes = models.BigIntegerField(_("hoàn tác sự kiện"), null=True)
    source = models.TextField(_("nguồn"))
    basis = models.TextField(_("căn cứ"), blank=True, default="")
    actor = models.TextField(_("ai ghi"))
    recorded_at = models.DateTimeField(_("lúc ghi"), db_default=Now())

    class Meta:
        db_table = "population_life_event"
        verbose_name = _("sự kiện")
        verbose_name_plural = _("sự kiện")
        indexes = [models.Index(fields=["act"], name="population_life_event_act")]
        constraints = [
            models.CheckConstraint(condition=one_of("kind", EVENT_NAMES), name="population_life_event_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def event(self) -> LifeEvent:
        day = partial(self.day, self.precision)
        return LifeEvent(
            id=self.pk,
            kind=EventKind(self.kind),
            day=day or PartialDate.of(self.day),
            recorded_at=self.recorded_at,
            act=self.act,
            other=self.other_number,
            changes=read_changes(self.changes),
            undoes=self.undoes,
            source=self.source,
            basis=self.basis,
            by=self.actor,
        )


def read_changes(stored: Mapping[str, Value | list[str]]) -> dict[str, Value]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}


class Attribute(models.Model):
    """One thing another register says of a person from a day on. Empty: it holds no more."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="attributes", db_column="person_number", db_index=False
    )
    name = models.TextField(_("thông tin"))
    value = models.TextField(_("giá trị"), blank=True, default="")
    source = models.TextField(_("nguồn"))
    valid_from = models.DateField(_("có từ ngày"))
    basis = models.TextField(_("căn cứ"))
    actor = models.TextField(_("ai ghi"))
    recorded_at = models.DateTimeField(_("lúc ghi"), db_default=Now())

    class Meta:
        verbose_name = _("thông tin bổ sung")
        verbose_name_plural = _("thông tin bổ sung")
        constraints = [
            models.CheckConstraint(
                condition=~Q(basis="") & ~Q(source=""), name="population_attribute_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"
