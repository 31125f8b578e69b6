from datetime import date
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lienthong.identity.rules import NATIONAL_ROLES, ROLE_NAMES, WHOLE_COUNTRY, Duty, Role
from lienthong.organisations.public import Organisation

NATIONAL = sorted(role.value for role in NATIONAL_ROLES)


class AccountManager(BaseUserManager["Account"]):
    pass


class Account(AbstractBaseUser):
    """Who signs in. One person may hold two: as a citizen, and as an officer, never both in one."""

    class Kind(models.TextChoices):
        CITIZEN = "citizen", _("Công dân")
        OFFICER = "officer", _("Cán bộ, công chức")

    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    sign_in_name = models.CharField(
        _("tên đăng nhập"),
        max_length=40,
        unique=True,
        help_text="Officers: a short name. Citizens: the personal number.",
    )
    personal_number = models.CharField(
        _("số định danh cá nhân"),
        max_length=12,
        null=True,
        blank=True,
    )
    name = models.CharField(_("họ và tên"), max_length=150)
    level = models.PositiveSmallIntegerField(
        _("mức độ"), default=1, help_text="Assurance granted: 1 or 2 (NĐ 69/2024/NĐ-CP)."
    )
    is_active = models.BooleanField(_("đang dùng"), default=True)
    must_change_password = models.BooleanField(
        default=False,
        help_text="The password was made by somebody else: no desk page opens before a new one.",
    )
    demo = models.BooleanField(
        default=False, help_text="Made by the demo with a published password: refused where DEMO is off."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "sign_in_name"

    objects = AccountManager()

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = _("tài khoản")
        constraints = [
            models.CheckConstraint(condition=Q(level__in=(1, 2)), name="identity_account_level_is_1_or_2"),
            models.CheckConstraint(
                condition=Q(kind="officer", sign_in_name__regex=r"^[a-z][a-z0-9._-]{2,39}$")
                | Q(kind="citizen", personal_number__isnull=False, sign_in_name=F("personal_number")),
                name="identity_account_name_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(personal_number__isnull=True) | Q(personal_number__regex=r"^[0-9]{12}$"),
                name="identity_account_personal_number_has_12_digits",
            ),
            models.UniqueConstraint(
                fields=["personal_number", "kind"], name="identity_account_once_a_person_and_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        return f"account:{self.pk}"

    @property
    def is_officer(self) -> bool:
        return self.kind == self.Kind.OFFICER


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def on(self, day: date) -> Self:
        """In force on `day`: from `since` to the day before `until`."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class RoleAssignment(models.Model):
    """A role at an organisation, or over the whole country, from `since` to the day before `until`."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(
        _("vai trò"), max_length=20, choices=[(role.value, name) for role, name in ROLE_NAMES.items()]
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cơ quan"),
        help_text="Empty: the whole country.",
    )
    since = models.DateField(_("từ ngày"))
    until = models.DateField(
        _("đến trước ngày"), null=True, blank=True, help_text="First day no longer held; empty: still."
    )
    source = models.CharField(_("căn cứ"), max_length=200)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("vai trò được giao")
        verbose_name_plural = _("vai trò được giao")
        constraints = [
            ExclusionConstraint(
                name="identity_assignment_once_at_a_time",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("organisation", 0), RangeOperators.EQUAL),
                    (
                        Func(F("since"), F("until"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                # An assignment ended before it began counts for nothing, yet stays on record.
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="identity_assignment_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(role__in=NATIONAL),
                name="identity_assignment_national_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.place}"

    @property
    def place(self) -> str:
        """The organisation's code, or "VN"."""
        return self.organisation.code if self.organisation else WHOLE_COUNTRY

    @property
    def duty(self) -> Duty:
        return Duty(role=Role(self.role), organisation=self.place)

    @property
    def role_name(self) -> str:
        return str(_(ROLE_NAMES[Role(self.role)]))


class FailedAttempt(models.Model):
    """One attempt to sign in that did not succeed, or has not yet, shared by all processes.

    `key` is a keyed hash of a sign-in name, an address or an account: people type passwords
    into the wrong box, so what they typed is not kept.
    """

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["key", "at"], name="identity_attempt_key"),
            models.Index(fields=["at"], name="identity_attempt_at"),
        ]

    def __str__(self) -> str:
        return self.key[:8]
