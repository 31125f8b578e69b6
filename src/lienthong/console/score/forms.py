"""What a person copies from a publication: an official score of one agency and period."""

import re
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.console.forms import long_text, short_text
from lienthong.console.reading.forms import NumberField
from lienthong.fields.public import DayField, PlainForm
from lienthong.indicators.public import DTI, INDEXES, QD766, OfficialScore, parts

MONTH: Final = re.compile(r"(\d{1,2})/(\d{4})$")


class MonthField(forms.Field):
    """11/2026; cleans to its first day, or None."""

    widget = forms.TextInput

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.widget.attrs |= {"class": "govuk-input--width-5", "inputmode": "numeric"}

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%m/%Y}" if isinstance(value, date) else value

    def to_python(self, value: Any) -> Any:
        text = str(value or "").replace(" ", "")
        if not text:
            return None
        found = MONTH.match(text)
        if found is None or not 1 <= int(found[1]) <= 12 or not 2000 <= int(found[2]) <= 2100:
            raise ValidationError(_("Nhập tháng và năm, ví dụ 11/2026."))
        return date(int(found[2]), int(found[1]), 1)


class OfficialForm(PlainForm):
    """`facts`: for the action, beside agency, document and by."""

    of = forms.ChoiceField(label=gettext_lazy("Chỉ số, thành phần"))
    first_month = MonthField(label=gettext_lazy("Kỳ: tháng"))
    last_month = MonthField(
        label=gettext_lazy("Đến tháng"), required=False,
        help_text=gettext_lazy("Khi kỳ dài hơn một tháng, ví dụ quý hoặc năm."),
    )  # fmt: skip
    score = NumberField(label=gettext_lazy("Điểm đã công bố"))
    source = short_text(
        gettext_lazy("Nguồn"), help_text=gettext_lazy("Số, ký hiệu văn bản, hoặc trang đã công bố.")
    )
    as_of = DayField(label=gettext_lazy("Ngày của nguồn"), initial=timezone.localdate)
    document = forms.FileField(
        label=gettext_lazy("Văn bản hoặc ảnh chụp trang công bố"),
        required=False,
        help_text=gettext_lazy("Tệp PDF, JPEG hoặc PNG"),
        widget=forms.ClearableFileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    note = long_text(
        gettext_lazy("Lý do đính chính"), required=False,
        help_text=gettext_lazy("Chỉ khi kỳ này đã ghi một điểm khác từ nguồn cùng ngày; điểm cũ vẫn đọc được."),
    )  # fmt: skip

    def __init__(self, month: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"first_month": month}, **kwargs})
        last = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        self.fields["of"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (
                _(INDEXES[index]),
                [(f"{index}:{code}", _(part.name)) for code, part in parts(index, last).items()],
            )
            for index in (QD766, DTI)
        ]

    @property
    def facts(self) -> dict[str, Any]:
        told = {name: value for name, value in self.cleaned_data.items() if name not in {"of", "document"}}
        index, _colon, component = self.cleaned_data["of"].partition(":")
        last = told["last_month"] or told["first_month"]
        return {**told, "last_month": last, "index": index, "component": component}


class WithdrawForm(PlainForm):
    """One entry that should not be there."""

    entry = forms.ModelChoiceField(
        label=gettext_lazy("Điểm ghi nhầm"), queryset=OfficialScore.objects.none(), empty_label=None
    )
    reason = long_text(gettext_lazy("Vì sao rút"))

    def __init__(self, standing: list[tuple[OfficialScore, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["entry"]
        field.queryset = OfficialScore.objects.filter(pk__in=[row.pk for row, _words in standing])  # type: ignore[attr-defined]  # a ModelChoiceField
        field.choices = [(row.pk, words) for row, words in standing]  # type: ignore[attr-defined]
