"""Procedures, their versions with validity, and the codes they took over."""

from datetime import date, datetime
from typing import Any, Self

import msgspec
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from lienthong.procedures.content import Content
from lienthong.procedures.states import STATE_NAMES, VersionState

DECODED: dict[tuple[int, datetime | None], Content] = {}
DECODED_AT_MOST = 10_000


class Procedure(models.Model):
    """One administrative procedure, known by its national code ("1.001193")."""

    code = models.CharField(_("mã thủ tục"), max_length=32, unique=True)
    name = models.TextField(_("tên thủ tục"), help_text="Official, as published.")
    short_name = models.CharField(_("tên gọi"), max_length=200)
    sector = models.CharField(_("lĩnh vực"), max_length=200)
    issuing_agency = models.CharField(
        _("cơ quan ban hành"), max_length=200, blank=True, help_text="Empty: not stated."
    )
    search_key = models.TextField(
        help_text="Folded names and everyday words, a line each; never an identifier."
    )

    class Meta:
        verbose_name = _("thủ tục hành chính")
        verbose_name_plural = _("thủ tục hành chính")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d\.\d{6}(\.(000\.)?(\d\d\.\d\d\.)?[GH]\d{2})?$"),
                name="procedures_procedure_code_shape",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.short_name}"


class VersionQuerySet(models.QuerySet["ProcedureVersion"]):
    def published(self) -> Self:
        return self.filter(state=VersionState.PUBLISHED)

    def on(self, day: date) -> Self:
        """Published versions in force on `day`; a start that nobody stated counts as in force before."""
        return self.published().filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )


class ProcedureVersion(models.Model):
    """What a procedure said for a time. A published one never changes: dossiers keep it.

    Only its end may still be set, once. The database holds to this (see the migration
    `published_versions_stay`) and lets no two published versions of a procedure overlap. Two more columns,
    `is_full` and `result_kind`, the database derives from the content for whoever counts dossiers.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    valid_from = models.DateField(
        _("có hiệu lực từ"), null=True, blank=True, help_text="Empty: the source does not state it."
    )
    valid_to = models.DateField(
        _("hết hiệu lực từ"),
        null=True,
        blank=True,
        help_text="First day no longer in force; empty: in force.",
    )
    source = models.CharField(
        _("căn cứ"), max_length=300, help_text="The decision that published it, or how it was seen."
    )
    content = models.JSONField(_("nội dung"))
    state = models.CharField(
        _("trạng thái"), max_length=9, choices=[(s.value, STATE_NAMES[s]) for s in VersionState]
    )
    published_at = models.DateTimeField(null=True, blank=True)
    prepared_by = models.TextField(
        default="", blank=True, help_text="The editor, as account:17; empty: loaded from the record."
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản của thủ tục")
        verbose_name_plural = _("các bản của thủ tục")
        constraints = [
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(state=VersionState.DRAFT),
                name="procedures_version_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in VersionState]), name="procedures_version_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT, published_at__isnull=True)
                | Q(state=VersionState.PUBLISHED, published_at__isnull=False),
                name="procedures_version_published_when",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="procedures_version_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="procedures_version_one_a_day",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
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
                condition=Q(state=VersionState.PUBLISHED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} từ {self.valid_from}"

    @property
    def typed(self) -> Content:
        """The content as typed values. Decoded once a process for a published version."""
        if self.state != VersionState.PUBLISHED or self.pk is None:
            return decoded(self.content)
        key = (self.pk, self.published_at)
        if key not in DECODED:
            if len(DECODED) >= DECODED_AT_MOST:
                DECODED.clear()
            DECODED[key] = decoded(self.content)
        return DECODED[key]


class Replacement(models.Model):
    """An old code whose procedure another one took over. Dossiers keep the old code; search finds both."""

    old_code = models.CharField(_("mã cũ"), max_length=32)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="replacements")
    since = models.DateField(
        _("thay từ"), null=True, blank=True, help_text="Empty: the source does not state it."
    )
    source = models.CharField(_("căn cứ"), max_length=300)

    class Meta:
        verbose_name = _("thay mã")
        verbose_name_plural = _("thay mã")
        constraints = [
            models.UniqueConstraint(fields=["old_code", "procedure"], name="procedures_replacement_once")
        ]

    def __str__(self) -> str:
        return f"{self.old_code} → {self.procedure_id}"


def encoded(content: Content) -> dict[str, Any]:
    """The JSON that is stored; fields left None are left out."""
    built: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(content))
    return built


def decoded(stored: dict[str, Any]) -> Content:
    return msgspec.convert(stored, Content)
