"""What somebody may bring to be checked: a file, or the text of a QR code."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CheckForm(forms.Form):
    paper = forms.FileField(
        label=_("Tệp PDF cần kiểm tra"),
        help_text=_("Tệp chỉ được đọc để kiểm tra, không được lưu lại."),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
    code = forms.CharField(
        label=_("Hoặc nội dung mã QR trên giấy"),
        help_text=_("Dán địa chỉ mà điện thoại đọc được từ mã QR."),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.say_nothing_of_optional = True  # type: ignore[attr-defined]  # one of the two is needed

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not found.get("paper") and not found.get("code"):
            self.add_error("paper", _("Chọn tệp PDF, hoặc dán nội dung mã QR."))
        return found
