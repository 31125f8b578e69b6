"""How a task's deadline is told: a day, days after an event, again and again, when asked, or none."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from lienthong.fields.public import DayField, PlainForm, Radios
from lienthong.steering.public import DEADLINE_NAMES, EVERY_NAMES, Deadline, DeadlineKind, Every

MOST_DAYS: Final = 3660
NAMES: Final = ("deadline_kind", "event", "days", "every", "day", "until")
"""The fields, in the order they are asked; the day itself (FIXED) is the form's own field."""


def number_field(label: Any, most: int, **more: Any) -> forms.IntegerField:
    widget = forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-4"})
    return forms.IntegerField(label=label, min_value=1, max_value=most, required=False, widget=widget, **more)


class DeadlineFields(PlainForm):
    """Mixed into a form that gives a task. What does not belong to the chosen kind is not read."""

    deadline_kind = forms.ChoiceField(
        label=gettext_lazy("Cách tính thời hạn"), required=False,
        widget=Radios({"class": "govuk-radios--small"}),
        choices=[(kind.value, capfirst(gettext_lazy(DEADLINE_NAMES[kind]))) for kind in DeadlineKind],
    )  # fmt: skip
    event = forms.CharField(
        label=gettext_lazy("Sự kiện"), required=False, max_length=500,
        help_text=gettext_lazy("Khi tính từ một sự kiện, ví dụ: Tỉnh ủy ban hành văn bản."),
    )  # fmt: skip
    days = number_field(
        gettext_lazy("Số ngày kể từ sự kiện"), MOST_DAYS,
        help_text=gettext_lazy("Tính cả ngày nghỉ, từ ngày liền sau ngày xảy ra sự kiện."),
    )  # fmt: skip
    every = forms.ChoiceField(
        label=gettext_lazy("Chu kỳ"), required=False,
        help_text=gettext_lazy("Khi làm định kỳ."),
        choices=[("", gettext_lazy("chọn chu kỳ")), *((e.value, gettext_lazy(EVERY_NAMES[e])) for e in Every)],
    )  # fmt: skip
    day = number_field(
        gettext_lazy("Ngày đến hạn trong tháng cuối của kỳ"), 31,
        help_text=gettext_lazy("Tháng ngắn hơn thì lấy ngày cuối tháng."),
    )  # fmt: skip
    until = DayField(label=gettext_lazy("Lặp lại đến hết ngày"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NAMES:
            self.fields[name].say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by the drawing

    def deadline(self, due_on: date | None, *, otherwise: DeadlineKind) -> Deadline:
        """What was told; `otherwise` where no kind was chosen."""
        told = self.cleaned_data
        kind = DeadlineKind(told["deadline_kind"]) if told["deadline_kind"] else otherwise
        if kind is DeadlineKind.FIXED:
            return Deadline(kind, due_on)
        if kind is DeadlineKind.RELATIVE:
            return Deadline(kind, event=told["event"], days=told["days"] or 0)
        if kind is DeadlineKind.RECURRING:
            every = Every(told["every"]) if told["every"] else None
            return Deadline(kind, every=every, day=told["day"] or 0, until=told["until"])
        return Deadline(kind)
