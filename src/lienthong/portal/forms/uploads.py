"""The one question that takes a file."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _


def upload_hint() -> str:
    return _("PDF, JPG hoặc PNG, dưới {limit} MB. Ảnh chụp rõ là được.").format(
        limit=settings.MAX_UPLOAD_BYTES // 1024 // 1024
    )


def upload_field(label: str) -> forms.FileField:
    return forms.FileField(
        label=label,
        help_text=upload_hint(),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
