"""One table: which file was kept, by whom, and under which hash its content lies."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lienthong.documents.rules import MediaType
from lienthong.documents.states import Retention


class StoredFile(models.Model):
    """One act of keeping. The same content kept twice is two rows and one content on disk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True, editable=False)
    size = models.PositiveBigIntegerField(_("độ lớn"), help_text="Bytes.")
    media_type = models.CharField(
        _("loại nội dung"),
        max_length=100,
        choices=[(kind.value, kind.value) for kind in MediaType],
        help_text="Found in the content, never taken from the sender.",
    )
    name = models.CharField(_("tên tệp"), max_length=120, help_text="To print; never a path.")
    retention = models.CharField(
        _("loại lưu giữ"), max_length=20, choices=[(each.value, each.value) for each in Retention]
    )
    kept_at = models.DateTimeField(_("lưu lúc"))
    kept_by = models.CharField(_("người lưu"), max_length=100, help_text='An actor: "account:17".')

    class Meta:
        verbose_name = _("tệp")
        verbose_name_plural = _("tệp")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="documents_storedfile_hash_is_whole"
            ),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="documents_storedfile_not_empty"),
            models.CheckConstraint(
                condition=models.Q(media_type__in=[kind.value for kind in MediaType]),
                name="documents_storedfile_kind_accepted",
            ),
        ]

    def __str__(self) -> str:
        return self.name
