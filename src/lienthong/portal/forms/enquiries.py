"""Asking about data held on oneself."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.enquiries.public import LONGEST
from lienthong.fields.public import PlainForm
from lienthong.population.public import GROUP_NAMES
from lienthong.portal.queries.enquiries import ASKED_ABOUT


class AskForm(PlainForm):
    words = forms.CharField(
        label=gettext_lazy("Điều muốn hỏi"),
        help_text=gettext_lazy("Vài câu là đủ. Không ghi thông tin riêng của người khác."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Viết điều muốn hỏi")},
    )


class ReportForm(PlainForm):
    group = forms.ChoiceField(
        label=gettext_lazy("Thông tin nào sai?"),
        error_messages={"required": gettext_lazy("Chọn thông tin sai")},
    )
    words = forms.CharField(
        label=gettext_lazy("Sai thế nào, đúng là gì, có giấy tờ nào"),
        help_text=gettext_lazy("Ví dụ: ngày sinh đúng là 05/05/1992, theo giấy khai sinh số 12/1992."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Viết thông tin sai thế nào, đúng là gì")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [("", _("Chọn một mục"))] + [(group.value, _(GROUP_NAMES[group])) for group in ASKED_ABOUT]
        self.fields["group"].choices = chosen  # type: ignore[attr-defined]  # a ChoiceField
