"""Who steers: committees and working groups, and who sat in them when."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from lienthong.identity.public import Account
from lienthong.organisations.public import Organisation
from lienthong.steering.states import BODY_NAMES, BODY_POST_NAMES, BodyKind, BodyPost


class Body(models.Model):
    """A National Committee, a steering committee of an agency, or a working group."""

    code = models.TextField(_("mã"), unique=True)
    name = models.TextField(_("tên"))
    kind = models.TextField(choices=[(each.value, BODY_NAMES[each]) for each in BodyKind])
    host = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("đặt tại"),
        help_text="The agency whose committee it is; empty: the whole country.",
    )  # fmt: skip
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến trước ngày"), null=True)
    source = models.TextField(_("văn bản thành lập"))

    class Meta:
        verbose_name = _("tổ chức chỉ đạo")
        verbose_name_plural = _("tổ chức chỉ đạo")

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class Membership(models.Model):
    """Who held which post of a body, from `since` to the day before `until`."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    post = models.TextField(choices=[(each.value, BODY_POST_NAMES[each]) for each in BodyPost])
    name = models.TextField(_("họ và tên"))
    title = models.TextField(_("chức vụ"), blank=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    since = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến trước ngày"), null=True)
    source = models.TextField(_("căn cứ"))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("thành viên")
        verbose_name_plural = _("thành viên")
        constraints = [
            ExclusionConstraint(
                name="steering_membership_once_at_a_time",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    (
                        Func(F("since"), F("until"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="steering_membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.post}"

    @property
    def post_name(self) -> str:
        return BODY_POST_NAMES[BodyPost(self.post)]
