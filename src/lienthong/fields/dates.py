"""A date in three fields: day, month, year. Nobody has to find a birthday in a calendar."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lienthong.kit.errors import Refused
from lienthong.kit.partial_dates import PartialDate, Precision

PARTS = (("day", _("Ngày")), ("month", _("Tháng")), ("year", _("Năm")))


class DayMonthYear(forms.MultiWidget):
    """Inputs `<name>_0`, `_1`, `_2`. `born=True` lets the browser fill the birthday in."""

    template_name = "forms/widgets/day_month_year.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, born: bool = False) -> None:
        inputs = [forms.TextInput({"autocomplete": f"bday-{part}"} if born else {}) for part, _label in PARTS]
        super().__init__(inputs, attrs)

    def decompress(self, value: object) -> list[str | None]:
        return split_date(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, (_part, label) in zip(context["widget"]["subwidgets"], PARTS, strict=True):
            part["label"] = label
        return context


def split_date(value: object) -> list[str | None]:
    """Day, month and year of a date or of dd/mm/yyyy, mm/yyyy or yyyy; None for an unknown part."""
    if isinstance(value, date):
        value = f"{value:%d/%m/%Y}"
    parts = str(value).split(" ", maxsplit=1)[0].split("/") if value else []
    return [*[None] * (3 - len(parts)), *parts]


class PartialDateField(forms.Field):
    """Cleans to text: dd/mm/yyyy, mm/yyyy or yyyy; "" when left empty.

    `least` is the least that must be known. An unknown part is never made up.
    """

    widget = DayMonthYear
    default_error_messages = {
        "incomplete": _("Nhập đủ ngày, tháng, năm, ví dụ 05/11/2026"),
        "month": _("Nhập tháng và năm, ví dụ 11/2026; không nhớ ngày thì để trống ô ngày"),
        "year": _("Nhập ít nhất năm, đủ 4 chữ số, ví dụ 1958"),
        "gap": _("Đã ghi ngày thì phải ghi cả tháng"),
    }

    def __init__(self, *, least: Precision = Precision.DAY, **kwargs: Any) -> None:
        self.least = least
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        typed = self.read(value)
        if typed is None:
            return ""
        return str(typed).split(" ")[0]

    def read(self, value: Any) -> PartialDate | None:
        """The three inputs, or text, as a date as far as it is known; None when all are empty."""
        if isinstance(value, str):
            value = split_date(value)
        parts = [str(part or "").strip() for part in value or []]
        if not any(parts):
            return None
        day, month, year = parts
        self._check(day, month, year)
        try:
            return PartialDate.parse("/".join(part for part in parts if part))
        except Refused as refused:
            raise ValidationError(_(refused.sentence).format(**refused.facts), code="date") from refused

    def _check(self, day: str, month: str, year: str) -> None:
        if (
            not year
            or (self.least is not Precision.YEAR and not month)
            or (self.least is Precision.DAY and not day)
        ):
            code = {Precision.DAY: "incomplete", Precision.MONTH: "month", Precision.YEAR: "year"}[self.least]
            raise ValidationError(self.error_messages[code], code=code)
        if day and not month:
            raise ValidationError(self.error_messages["gap"], code="gap")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(split_date(initial) != [part or None for part in data or [None] * 3])


class DayField(PartialDateField):
    """Cleans to a `date`, or None when left empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(least=Precision.DAY, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date):
            return value
        typed = self.read(value)
        return typed.earliest if typed else None


def posted_date(name: str, text: str) -> Mapping[str, str]:
    """What a browser posts for such a field, from dd/mm/yyyy, mm/yyyy or yyyy: for tests and robots."""
    return {f"{name}_{i}": part or "" for i, part in enumerate(split_date(text))}
