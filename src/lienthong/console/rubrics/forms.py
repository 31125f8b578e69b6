"""Answering a criterion, giving its evidence, appraising it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from lienthong.console.forms import long_text
from lienthong.console.reading.forms import NumberField
from lienthong.fields.public import PlainForm, Radios
from lienthong.rubrics.public import Criterion

YES_NO = (("yes", gettext_lazy("Có")), ("no", gettext_lazy("Không")))


class AnswerForm(PlainForm):
    """The fields that the criterion's way of scoring asks for. `value`: for the action."""

    def __init__(self, criterion: Criterion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = criterion.kind
        match criterion.kind:
            case "yes_no":
                self.fields["given"] = forms.ChoiceField(
                    label=gettext_lazy("Đã có chưa?"), choices=YES_NO, widget=Radios()
                )
            case "ratio":
                self.fields["given"] = NumberField(label=gettext_lazy("Đã làm được"))
                self.fields["whole"] = NumberField(label=gettext_lazy("Trên tổng số"))
            case "steps":
                self.fields["given"] = NumberField(label=gettext_lazy("Đạt được"))
            case _:
                self.fields["given"] = NumberField(label=gettext_lazy("Điểm tự chấm"))
        self.fields["note"] = long_text(gettext_lazy("Giải thích"), required=False)

    @property
    def value(self) -> Any:
        """As JSON keeps it: a bool, a number's text, or a pair of them."""
        given = self.cleaned_data["given"]
        if self.kind == "yes_no":
            return given == "yes"
        if self.kind == "ratio":
            return [str(given), str(self.cleaned_data["whole"])]
        return str(given)


class EvidenceForm(PlainForm):
    document = forms.FileField(
        label=gettext_lazy("Minh chứng"),
        help_text=gettext_lazy("Tệp PDF, JPEG hoặc PNG"),
        widget=forms.ClearableFileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": gettext_lazy("Chọn tệp minh chứng.")},
    )
    note = long_text(gettext_lazy("Tệp này cho thấy điều gì"), required=False)


class AppraisalForm(PlainForm):
    points = NumberField(label=gettext_lazy("Điểm thẩm định"))
    note = long_text(
        gettext_lazy("Lý do"), required=False,
        help_text=gettext_lazy("Khi điểm thẩm định khác điểm tự chấm."),
    )  # fmt: skip

    @property
    def facts(self) -> dict[str, Any]:
        return {"points": Decimal(str(self.cleaned_data["points"])), "note": self.cleaned_data["note"]}
