"""People as they are now, and the births entered by decision."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from lienthong.kit.partial_dates import PartialDate, Precision
from lienthong.population.rules import ethnicities
from lienthong.population.words import (
    PRECISION_NAMES,
    RELATION_NAMES,
    SEX_NAMES,
    STATUS_NAMES,
)
from lienthong.territory.public import Unit


def choices(names: Mapping[str, str]) -> list[tuple[str, Any]]:
    return [(str(value), _(name)) for value, name in names.items()]


def chain(unit: Unit | None) -> list[Unit]:
    """The unit and those above it, up to the province."""
    units = []
    while unit is not None:
        units.append(unit)
        unit = unit.parent
    return units


def address(detail: str, unit: Unit | None) -> str:
    return ", ".join(part for part in [detail, *(one.name for one in chain(unit))] if part)


def partial(day: date | None, precision: str) -> PartialDate | None:
    """A stored date as far as it is known."""
    if day is None:
        return None
    if precision == Precision.YEAR:
        return PartialDate(day.year)
    return PartialDate(day.year, day.month, day.day if precision == Precision.DAY else None)


def one_of(field: str, names: Mapping[str, str]) -> Q:
    return Q(**{f"{field}__in": [str(value) for value in names]})


class Person(models.Model):
    """One person under one personal number, for ever (Decree 137/2015/NĐ-CP, article 13).

    Text that the register does not hold is empty, never a placeholder. Numbers of parents, spouse
    and household head are held by value: those people may stand in another node's register.
    """

    personal_number = models.TextField(_("số định danh cá nhân"), primary_key=True)
    ref = models.UUIDField(
        db_default=RandomUUID(), editable=False, help_text="What the record of events holds of this person."
    )
    full_name = models.TextField(_("họ, chữ đệm và tên"), help_text="As registered, NFC.")
    search_key = models.TextField(editable=False, help_text="The name folded; never an identifier.")
    sort_key = models.TextField(
        editable=False, db_collation="C", help_text="Vietnamese order: given name, then family name."
    )
    birth_date = models.DateField(_("ngày sinh"), help_text="Month or day is 1 where it is not known.")
    birth_precision = models.TextField(_("độ chính xác"), choices=choices(PRECISION_NAMES), default="day")
    sex = models.TextField(_("giới tính"), choices=choices(SEX_NAMES))
    ethnicity = models.TextField(
        _("dân tộc"),
        blank=True,
        default="",
        help_text="Two digits of 121-TCTK/PPCĐ; see data/ethnicities.csv.",
    )
    nationality = models.TextField(_("quốc tịch"), default="VN", help_text="ISO 3166-1 alpha-2.")
    status = models.TextField(_("tình trạng"), choices=choices(STATUS_NAMES), default="alive")
    residence_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("nơi thường trú"),
        help_text="A commune; empty while no residence is registered.",
    )
    residence_detail = models.TextField(_("số nhà, đường, thôn"), blank=True, default="")
    residence_since = models.DateField(_("thường trú từ ngày"), null=True, blank=True)
    residence_since_precision = models.TextField(
        choices=choices(PRECISION_NAMES), default="day", db_default="day"
    )
    home_town_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("quê quán"),
    )
    home_town = models.TextField(
        _("quê quán như đã đăng ký"), blank=True, default="", help_text="As registered, under its old names."
    )
    mother_number = models.TextField(_("số định danh của mẹ"), blank=True, default="")
    mother_name = models.TextField(_("họ tên mẹ"), blank=True, default="")
    father_number = models.TextField(_("số định danh của cha"), blank=True, default="")
    father_name = models.TextField(_("họ tên cha"), blank=True, default="")
    spouse_number = models.TextField(_("số định danh của vợ hoặc chồng"), blank=True, default="")
    head_number = models.TextField(_("số định danh của chủ hộ"), blank=True, default="")
    relation_to_head = models.TextField(
        _("quan hệ với chủ hộ"), choices=choices(RELATION_NAMES), blank=True, default=""
    )
    old_number = models.TextField(_("số chứng minh nhân dân cũ"), blank=True, default="")
    other_old_numbers = ArrayField(
        models.TextField(), verbose_name=_("các số chứng minh nhân dân cũ khác"), default=list, db_default=[]
    )
    card_issued_on = models.DateField(_("ngày cấp thẻ"), null=True, blank=True)
    card_issued_by = models.TextField(_("nơi cấp thẻ"), blank=True, default="")
    died_on = models.DateField(_("ngày chết"), null=True, blank=True)
    died_precision = models.TextField(choices=choices(PRECISION_NAMES), default="day", db_default="day")
    continued_as = models.TextField(
        _("tiếp tục ở số định danh"),
        blank=True,
        default="",
        db_default="",
        help_text="This number was cancelled: replaced by another, or the record merged into another.",
    )
    entered_at = models.DateTimeField(_("lúc nhập"), db_default=Now(), editable=False)
    entered_batch = models.UUIDField(null=True, editable=False, help_text="Empty when entered by an event.")
    last_event = models.BigIntegerField(
        null=True, editable=False, help_text="The newest event; empty while nothing happened since the entry."
    )

    class Meta:
        verbose_name = _("người")
        verbose_name_plural = _("người")
        constraints = [
            models.CheckConstraint(
                condition=Q(personal_number__regex=r"^[0-9]{12}$"), name="population_person_number"
            ),
            models.CheckConstraint(condition=~Q(full_name=""), name="population_person_has_a_name"),
            models.CheckConstraint(
                condition=Q(birth_precision="day")
                | Q(birth_precision="month", birth_date__day=1)
                | Q(birth_precision="year", birth_date__day=1, birth_date__month=1),
                name="population_person_birth_precision",
            ),
            models.CheckConstraint(condition=one_of("sex", SEX_NAMES), name="population_person_sex"),
            models.CheckConstraint(condition=one_of("status", STATUS_NAMES), name="population_person_status"),
            models.CheckConstraint(
                condition=Q(ethnicity__regex=r"^([0-9]{2})?$"), name="population_person_ethnicity"
            ),
            models.CheckConstraint(
                condition=Q(nationality__regex=r"^[A-Z]{2}$"), name="population_person_nationality"
            ),
            models.CheckConstraint(
                condition=Q(mother_number__regex=r"^([0-9]{12})?$")
                & Q(father_number__regex=r"^([0-9]{12})?$")
                & Q(spouse_number__regex=r"^([0-9]{12})?$"),
                name="population_person_family_numbers",
            ),
            models.CheckConstraint(
                condition=Q(head_number="", relation_to_head="")
                | (Q(head_number__regex=r"^[0-9]{12}$") & one_of("relation_to_head", RELATION_NAMES)),
                name="population_person_household",
            ),
            models.CheckConstraint(
                condition=Q(old_number__regex=r"^([0-9]{9})?$"), name="population_person_old_number_shape"
            ),
        ]
        indexes = [
            models.Index(fields=["ref"], name="population_person_ref"),
            models.Index(fields=["residence_unit", "search_key"], name="population_person_lives_in"),
            models.Index(
                fields=["search_key", "birth_date"],
                name="population_person_search",
                opclasses=["text_pattern_ops", "date_ops"],
            ),
            models.Index(
                fields=["mother_number"], condition=~Q(mother_number=""), name="population_person_mother"
            ),
            models.Index(
                fields=["father_number"], condition=~Q(father_number=""), name="population_person_father"
            ),
            models.Index(fields=["head_number"], condition=~Q(head_number=""), name="population_person_head"),
            models.Index(
                fields=["continued_as"], condition=~Q(continued_as=""), name="population_person_continued"
            ),
            models.Index(
                fields=["old_number"], condition=~Q(old_number=""), name="population_person_old_number"
            ),
            GinIndex(
                fields=["other_old_numbers"],
                condition=~Q(other_old_numbers=[]),
                name="population_person_other_old",
            ),
        ]

    def __str__(self) -> str:
        return f"person:{self.ref}"

    @property
    def birth(self) -> PartialDate:
        """As far as it is known; prints "1958 (chỉ biết năm)", never 01/01/1958."""
        known = partial(self.birth_date, self.birth_precision)
        assert known is not None, "a birth date is never empty"  # noqa: S101 - a column NOT NULL
        return known

    @property
    def residence(self) -> str:
        """ "Số 12, ấp 3, Xã Tân Hộ Cơ, Tỉnh Đồng Tháp"; empty when none is registered."""
        return address(self.residence_detail, self.residence_unit)

    @property
    def residence_precision(self) -> str:
        """How far the residence is known: "address", else the level of its unit; empty when not at all."""
        if self.residence_unit is None:
            return ""
        return "address" if self.residence_detail else self.residence_unit.level

    @property
    def lives_there_since(self) -> PartialDate | None:
        """The day the residence holds from, as far as it is known."""
        return partial(self.residence_since, self.residence_since_precision)

    @property
    def died(self) -> PartialDate | None:
        return partial(self.died_on, self.died_precision)

    @property
    def old_numbers(self) -> tuple[str, ...]:
        return tuple(filter(None, [self.old_number, *self.other_old_numbers]))

    @property
    def province(self) -> str:
        """The unit code of the province of residence, or empty."""
        units = chain(self.residence_unit)
        return units[-1].code if units else ""

    @property
    def ethnicity_name(self) -> str:
        return ethnicities().get(self.ethnicity, "")


class Birth(models.Model):
    """A birth entered by the decision of a dossier, once. The number it was given is in the register."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="births", db_column="person_number"
    )
    dossier = models.TextField(_("hồ sơ"), unique=True)
    basis = models.TextField(_("căn cứ"))
    registered_at = models.DateTimeField(_("lúc"), db_default=Now())

    class Meta:
        verbose_name = _("việc khai sinh")
        verbose_name_plural = _("việc khai sinh")

    def __str__(self) -> str:
        return self.dossier
