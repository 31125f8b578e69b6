"""Administrative units as the law had them on a day, and which unit came out of which."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện")
    COMMUNE = "commune", _("Cấp xã")


class Kind(models.TextChoices):
    """The type word in a unit's name. A `city` is governed centrally; Thủ Đức was a `provincial_city`."""

    PROVINCE = "province", _("Tỉnh")
    CITY = "city", _("Thành phố")
    URBAN_DISTRICT = "urban_district", _("Quận")
    RURAL_DISTRICT = "rural_district", _("Huyện")
    TOWN = "town", _("Thị xã")
    PROVINCIAL_CITY = "provincial_city", _("Thành phố thuộc tỉnh")
    COMMUNE = "commune", _("Xã")
    WARD = "ward", _("Phường")
    TOWNSHIP = "township", _("Thị trấn")
    SPECIAL_ZONE = "special_zone", _("Đặc khu")


class UnitQuerySet(models.QuerySet["Unit"]):
    def on(self, day: date) -> Self:
        """Units in force on `day`; the end of validity is the first day no longer in force."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def by_name(self) -> Self:
        return self.order_by("sort_key", "code")


class Unit(models.Model):
    """A province, district (until 30/6/2025) or commune under one name, type and code.

    Codes are the statistics office's, text with leading zeros: 2 digits a province, 3 a district,
    5 a commune. They are reused, so a unit is known by level, code and `valid_from`. They are not
    agency codes (H26), nor the 3 digits inside a personal number.
    """

    code = models.CharField(_("mã đơn vị"), max_length=5)
    level = models.CharField(_("cấp"), max_length=8, choices=Level)
    kind = models.CharField(_("loại"), max_length=16, choices=Kind)
    name = models.CharField(_("tên"), max_length=100, help_text="As published, type word included, NFC.")
    short_name = models.CharField(_("tên gọi"), max_length=100, help_text="Without the type word.")
    search_key = models.CharField(max_length=100, help_text="The short name folded; never an identifier.")
    sort_key = models.CharField(
        max_length=200, db_collation="C", help_text="Vietnamese alphabetical order of the short name."
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("thuộc"),
        help_text="The newest row of the unit above during this row's validity; see queries.parent_on.",
    )
    valid_from = models.DateField(_("có hiệu lực từ"))
    valid_to = models.DateField(
        _("hết hiệu lực từ"),
        null=True,
        blank=True,
        help_text="First day no longer in force; empty: in force.",
    )
    is_certain = models.BooleanField(
        _("ngày đã đối chiếu"),
        default=True,
        help_text="False: the first day in force was inferred (the note says how), not seen in a source.",
    )
    source = models.CharField(_("căn cứ"), max_length=200, help_text="Number and date of the resolution.")
    source_note = models.TextField(_("ghi chú"), blank=True)
    latitude = models.FloatField(null=True, blank=True, help_text="Degrees WGS 84 of one point inside.")
    longitude = models.FloatField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị hành chính")
        verbose_name_plural = _("đơn vị hành chính")
        constraints = [
            models.UniqueConstraint(
                fields=["level", "code", "valid_from"], name="territory_unit_known_by_code_and_day"
            ),
            ExclusionConstraint(
                name="territory_unit_code_once_a_day",
                # The code as a number behind a 1 tells levels apart too, and such an index is built
                # seven times faster than one of texts.
                expressions=[
                    (Cast(Concat(Value("1"), F("code")), IntegerField()), RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            F("valid_to"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="territory_unit_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=(
                    Q(level="province", code__regex=r"^\d{2}$", parent__isnull=True)
                    | Q(level="district", code__regex=r"^\d{3}$", parent__isnull=False)
                    | Q(level="commune", code__regex=r"^\d{5}$", parent__isnull=False)
                ),
                name="territory_unit_code_fits_level",
            ),
        ]
        indexes = [
            models.Index(
                fields=["search_key"], name="territory_unit_search", opclasses=["varchar_pattern_ops"]
            ),
            models.Index(fields=["level", "valid_to", "sort_key"], name="territory_unit_list"),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """One unit (in part, when it was split) became one other."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions_out")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions_in")
    is_partial = models.BooleanField(
        default=False, help_text="The predecessor was split; only a part of it went to this successor."
    )
    source = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("kế thừa đơn vị hành chính")
        verbose_name_plural = _("kế thừa đơn vị hành chính")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="territory_succession_said_once"
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="territory_succession_not_of_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"
