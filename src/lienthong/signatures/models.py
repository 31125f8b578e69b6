"""Signed papers: what was signed, for whom, and whether it still counts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lienthong.documents.public import StoredFile
from lienthong.signatures.states import WORDS, Force


class Signature(models.Model):
    """One signed paper. `token` is the secret of its QR code: whoever holds the paper may ask about it."""

    token = models.CharField(_("mã xác minh"), max_length=64, unique=True, editable=False)
    document = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, related_name="signature", verbose_name=_("tệp")
    )
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True, help_text="Of the signed file.")
    organisation_code = models.CharField(_("mã cơ quan"), max_length=35)
    organisation_name = models.CharField(_("cơ quan ký"), max_length=250, help_text="As it was called then.")
    signer_name = models.CharField(_("người ký"), max_length=150)
    paper_name = models.CharField(_("tên giấy tờ"), max_length=250)
    paper_number = models.CharField(_("số"), max_length=100, blank=True)
    holder_initials = models.CharField(
        _("người được cấp"), max_length=60, blank=True, help_text="Initials; this table holds no more."
    )
    signed_at = models.DateTimeField(_("ký lúc"))
    certificate_serial = models.CharField(_("số chứng thư"), max_length=64, help_text="Hexadecimal.")
    force = models.CharField(
        _("hiệu lực"),
        max_length=10,
        choices=[(each.value, WORDS[each]) for each in Force],
        default=Force.IN_FORCE,
    )
    ended_at = models.DateTimeField(_("hết hiệu lực lúc"), null=True, blank=True)
    ended_reason = models.CharField(_("lý do"), max_length=500, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name=_("giấy tờ thay thế"),
    )

    class Meta:
        verbose_name = _("giấy tờ đã ký")
        verbose_name_plural = _("giấy tờ đã ký")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(("token__regex", r"^[A-Za-z0-9_-]{22,}$")),
                name="signatures_signature_token_long",
            ),
            models.CheckConstraint(
                condition=models.Q(force=Force.IN_FORCE, ended_at=None)
                | (~models.Q(force=Force.IN_FORCE) & models.Q(ended_at__isnull=False)),
                name="signatures_signature_end_has_a_moment",
            ),
            models.CheckConstraint(
                condition=~models.Q(force=Force.REVOKED, ended_reason=""),
                name="signatures_signature_revoked_for_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(force=Force.REPLACED, replaced_by__isnull=False)
                | (~models.Q(force=Force.REPLACED) & models.Q(replaced_by=None)),
                name="signatures_signature_replaced_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_name} {self.paper_number}".strip()

    @property
    def force_words(self) -> str:
        """In Vietnamese, to be translated where it is printed."""
        return WORDS[Force(self.force)]
