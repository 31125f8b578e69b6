"""Sending a file, and settling its columns."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.data.intake import Preview
from lienthong.data.sources import schema
from lienthong.fields.public import PlainForm, Radios, told

WHOLE, MORE = "whole", "more"


class UploadForm(PlainForm):
    file = forms.FileField(
        label=gettext_lazy("Tệp dữ liệu"),
        help_text=format_lazy(
            gettext_lazy(
                "Nhận XLSX, XLS, CSV, Parquet hoặc JSON lines, đến {limit} MB; tệp lớn hơn do quản trị viên máy chủ nhận "
                "bằng lệnh. Tệp được giữ nguyên như đã gửi."
            ),
            limit=settings.MAX_UPLOAD_BYTES // 1024 // 1024,
        ),
        error_messages={
            "required": gettext_lazy("Chọn tệp dữ liệu trên máy"),
            "empty": gettext_lazy(
                "Tệp không có nội dung (0 byte). Hãy mở tệp trên máy để kiểm tra rồi chọn lại."
            ),
        },
        widget=forms.FileInput({"accept": ".xlsx,.xls,.csv,.txt,.tsv,.parquet,.jsonl,.ndjson,.json"}),
    )


class SettleForm(forms.Form):
    """One choice a column, one tick a change offered. Names: `column_<n>`, `take`."""

    replaces = forms.ChoiceField(
        label=gettext_lazy("Tệp này"),
        choices=[
            (WHOLE, gettext_lazy("Thay cho những gì cơ quan đã gửi trước đây của nguồn này")),
            (MORE, gettext_lazy("Bổ sung vào những gì đã gửi")),
        ],
        initial=WHOLE,
        widget=Radios({"class": "govuk-radios--small"}),
    )

    def __init__(self, preview: Preview, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.preview = preview
        fields = schema(preview.base.schema).fields
        choices = [("", _("Không lấy")), *((one.name, _(one.label)) for one in fields)]
        for column in preview.columns:
            self.fields[f"column_{column.index}"] = forms.ChoiceField(
                label=column.header or _("Cột {n}").format(n=column.index + 1),
                choices=choices,
                required=False,
                initial=column.field or "",
            )
        offered = [(one.id, told(one.sentence)) for one in preview.proposals]
        self.fields["take"] = forms.MultipleChoiceField(
            choices=offered, required=False, widget=forms.CheckboxSelectMultiple
        )

    def columns(self) -> list[dict[str, Any]]:
        """Each column with its field, samples before and after the changes offered for it."""
        taken = set(self["take"].value() or [])
        return [
            {
                "column": column,
                "field": self[f"column_{column.index}"],
                "offers": [
                    {"proposal": one, "taken": one.id in taken}
                    for one in self.preview.proposals
                    if one.column == column.index
                ],
            }
            for column in self.preview.columns
        ]

    def for_all(self) -> list[dict[str, Any]]:
        """Changes offered for the whole sheet."""
        taken = set(self["take"].value() or [])
        return [
            {"proposal": one, "taken": one.id in taken}
            for one in self.preview.proposals
            if one.column is None
        ]

    def facts(self) -> dict[str, Any]:
        chosen = {
            column.index: self.cleaned_data[f"column_{column.index}"] or None
            for column in self.preview.columns
        }
        return {
            "mapping": chosen,
            "accepted": self.cleaned_data["take"],
            "replaces": self.cleaned_data["replaces"] == WHOLE,
        }
