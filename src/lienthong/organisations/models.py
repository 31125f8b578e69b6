"""Agencies as they were called on a day, and who held which post since when."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import BigIntegerField, F, Func, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from lienthong.territory.public import Unit


class Kind(models.TextChoices):
    MINISTRY = "ministry", _("Bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ")
    PROVINCE_COMMITTEE = "province_committee", _("Ủy ban nhân dân cấp tỉnh")
    DEPARTMENT = "department", _("Cơ quan chuyên môn cấp tỉnh")
    COMMUNE_COMMITTEE = "commune_committee", _("Ủy ban nhân dân cấp xã")
    ONE_STOP_CENTRE = "one_stop_centre", _("Trung tâm Phục vụ hành chính công")
    POLICE = "police", _("Công an")
    SOCIAL_INSURANCE = "social_insurance", _("Bảo hiểm xã hội")
    SCHOOL = "school", _("Cơ sở giáo dục")
    UTILITY = "utility", _("Doanh nghiệp điện, nước")
    OTHER = "other", _("Cơ quan khác")


class Sector(models.TextChoices):
    """The field a provincial department decides in; a name changes, the sector stays findable."""

    JUSTICE = "justice", _("Tư pháp")
    CONSTRUCTION = "construction", _("Xây dựng")
    FINANCE = "finance", _("Tài chính, đăng ký kinh doanh")
    ENVIRONMENT = "environment", _("Nông nghiệp và môi trường")
    LAND_REGISTRATION = "land_registration", _("Đăng ký đất đai")
    EDUCATION = "education", _("Giáo dục và đào tạo")
    HOME_AFFAIRS = "home_affairs", _("Nội vụ")
    HEALTH = "health", _("Y tế")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def on(self, day: date) -> Self:
        """Agencies in force on `day`; the end of validity is the first day no longer in force."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def below(self, organisation: "Organisation") -> Self:
        """Agencies under this one, at any depth, whichever of its names they were under."""
        return self.filter(path__startswith=organisation.path).exclude(path=organisation.path)

    def by_name(self) -> Self:
        return self.order_by("sort_key", "code")


class Organisation(models.Model):
    """An agency under one name. A renamed one gets a new row; old records keep pointing at the old.

    Codes are the electronic identification codes of agencies (Decision 20/2020/QĐ-TTg, amended by
    Decision 09/2025/QĐ-TTg): a letter and two digits, then two or three characters a level. They are not
    unit codes. Only codes of level 1 come from the decisions; see `code_is_official`.
    """

    code = models.CharField(_("mã định danh"), max_length=35)
    valid_from = models.DateField(_("có hiệu lực từ"))
    valid_to = models.DateField(
        _("hết hiệu lực từ"),
        null=True,
        blank=True,
        help_text="First day no longer in force; empty: in force.",
    )
    name = models.CharField(_("tên"), max_length=250)
    short_name = models.CharField(_("tên gọi"), max_length=250)
    kind = models.CharField(_("loại"), max_length=20, choices=Kind)
    sector = models.CharField(_("lĩnh vực"), max_length=20, choices=Sector, blank=True, default="")
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("thuộc"),
        help_text="The newest row of the agency above during this row's validity.",
    )
    path = models.TextField(
        editable=False, help_text="Codes from the top down, each closed by a slash: H26/H26.A0/."
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("địa bàn"),
        help_text="Where it has authority; empty for ministries.",
    )
    successor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("cơ quan kế thừa"),
        help_text="Who carries on its work: the new name, or the agency it was merged into.",
    )
    is_service_point = models.BooleanField(
        _("điểm phục vụ"),
        default=False,
        help_text="A point of the province's centre, where the one-level model is piloted "
        "(Decree 118/2025/NĐ-CP), and not a commune's own centre.",
    )
    code_is_official = models.BooleanField(
        _("mã chính thức"),
        default=False,
        help_text="False: a provisional code made by this software; the official code of agencies "
        "below level 1 was not in our sources.",
    )
    is_certain = models.BooleanField(
        _("đã đối chiếu"),
        default=True,
        help_text="False: something in this row, told in the note, was inferred and not seen in a source.",
    )
    source = models.CharField(_("căn cứ"), max_length=200)
    source_note = models.TextField(_("ghi chú"), blank=True)
    search_key = models.CharField(max_length=500, help_text="Both names folded; never an identifier.")
    sort_key = models.CharField(
        max_length=500, db_collation="C", help_text="Vietnamese alphabetical order of the name."
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("cơ quan")
        verbose_name_plural = _("cơ quan")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], name="organisations_organisation_known_by_code_and_day"
            ),
            ExclusionConstraint(
                name="organisations_organisation_code_once_a_day",
                # The hash stands for the code: an index of long texts with one beginning is built ten
                # times slower, and two codes share 64 bits less often than a disk fails.
                expressions=[
                    (
                        Func(
                            F("code"), Value(0), function="hashtextextended", output_field=BigIntegerField()
                        ),
                        RangeOperators.EQUAL,
                    ),
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
                name="organisations_organisation_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]\d\d(\.[0-9A-Z]{2,3})*$"),
                name="organisations_organisation_code_is_well_formed",
            ),
            models.CheckConstraint(
                condition=Q(path__endswith=Concat(F("code"), Value("/"))),
                name="organisations_organisation_path_ends_in_code",
            ),
        ]
        indexes = [
            models.Index(fields=["path"], name="organisations_below", opclasses=["text_pattern_ops"]),
            models.Index(
                fields=["search_key"], name="organisations_search", opclasses=["varchar_pattern_ops"]
            ),
            models.Index(fields=["unit", "kind", "sector"], name="organisations_of_unit"),
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A seat in an agency, whoever sits in it. An agency with two equal seats numbers them."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="posts", verbose_name=_("cơ quan")
    )
    title = models.CharField(_("chức danh"), max_length=150)
    seat = models.PositiveSmallIntegerField(_("chỗ thứ"), default=1)

    class Meta:
        verbose_name = _("vị trí")
        verbose_name_plural = _("vị trí")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "title", "seat"], name="organisations_post_numbered_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Holding(models.Model):
    """Who sat in a post, from `since` to the day before `until`. Never deleted: the record of office."""

    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("vị trí")
    )
    holder = models.CharField(
        max_length=60,
        help_text="A reference of a higher room, such as account:17; text, since keys point down only.",
    )
    holder_name = models.CharField(_("họ và tên"), max_length=150, help_text="As in the appointing document.")
    since = models.DateField(_("từ ngày"))
    until = models.DateField(
        _("đến trước ngày"), null=True, blank=True, help_text="First day no longer in the post; empty: still."
    )
    source = models.CharField(_("quyết định"), max_length=200)

    class Meta:
        verbose_name = _("người giữ vị trí")
        verbose_name_plural = _("người giữ vị trí")
        constraints = [
            ExclusionConstraint(
                name="organisations_holding_one_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    (
                        Func(F("since"), F("until"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="organisations_holding_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["holder"], name="organisations_holding_holder")]

    def __str__(self) -> str:
        return self.holder_name
