"""Answering a person who asked about data held on them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.enquiries.public import FINDING_NAMES, LONGEST, Enquiry
from lienthong.fields.public import PlainForm, Radios


class AnswerForm(PlainForm):
    upheld = forms.TypedChoiceField(
        label=gettext_lazy("Kết quả kiểm tra"),
        coerce=lambda word: word == "yes",
        widget=Radios(),
        error_messages={"required": gettext_lazy("Chọn kết quả kiểm tra")},
    )
    words = forms.CharField(
        label=gettext_lazy("Trả lời"),
        help_text=gettext_lazy(
            "Ai đã xem hoặc ghi, vì việc gì, theo đâu; đã xử lý hay sửa bằng việc nào. Người hỏi đọc nguyên văn."
        ),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": gettext_lazy("Viết câu trả lời")},
    )

    def __init__(self, enquiry: Enquiry, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [("no", FINDING_NAMES[enquiry.kind, False]), ("yes", FINDING_NAMES[enquiry.kind, True])]
        self.fields["upheld"].choices = [(key, _(name)) for key, name in words]  # type: ignore[attr-defined]  # a ChoiceField
