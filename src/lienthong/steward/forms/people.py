"""Whom to look up, and why."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.fields.public import DayField, DayMonthYear, PartialDateField, PlainForm
from lienthong.kit.partial_dates import PartialDate, Precision


class FindForm(PlainForm):
    """A number; or a name, with or without marks, with a birth as far as it is known."""

    typed = forms.CharField(
        label=gettext_lazy("Số định danh, số chứng minh nhân dân cũ, hoặc họ tên"),
        help_text=gettext_lazy("Họ tên viết có dấu hay không dấu đều được"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    birth = PartialDateField(
        label=gettext_lazy("Ngày sinh"),
        help_text=gettext_lazy("Cần khi tìm theo họ tên; chỉ biết năm thì ghi năm"),
        required=False,
        least=Precision.YEAR,
        widget=DayMonthYear(),
    )
    basis = forms.CharField(
        label=gettext_lazy("Căn cứ xem"),
        help_text=gettext_lazy("Kế hoạch, văn bản hoặc việc đang làm; người được xem sẽ đọc thấy"),
        max_length=300,
        error_messages={"required": gettext_lazy("Ghi căn cứ xem, ví dụ: kế hoạch 42/KH-UBND")},
    )

    @property
    def born(self) -> PartialDate | None:
        return PartialDate.parse(self.cleaned_data["birth"]) if self.cleaned_data["birth"] else None


class DayForm(PlainForm):
    """On which day the record is to be seen; today unless said."""

    ngay = DayField(label=gettext_lazy("Xem như vào ngày"), required=False, widget=DayMonthYear())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ngay"].say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by our templates

    def clean_ngay(self) -> Any:
        day = self.cleaned_data["ngay"] or timezone.localdate()
        if day > timezone.localdate():
            raise ValidationError(_("Ngày này chưa đến. Nhập hôm nay hoặc một ngày trước đó"))
        return day
