"""What an editor of procedures fills in: from when, on which decision, and the facts that may be changed."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.fields.public import DayField, PlainForm, told
from lienthong.procedures.content import Content
from lienthong.procedures.rules import Edits, FeeEdit, LimitEdit, edit_of
from lienthong.procedures.rules.facts import ACTIONS, DELIVERY, UNITS

COUNTED: Final = ("hour", "day", "working_day", "same_day", "month")
LONGEST_LIMIT: Final = 3650
HIGHEST_FEE: Final = 10_000_000_000
SHORT: Final = {"class": "govuk-input--width-5", "inputmode": "numeric", "autocomplete": "off"}


def decision() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Quyết định công bố"),
        help_text=gettext_lazy("Số và ngày, ví dụ: 3152/QĐ-BTP ngày 18/11/2026"),
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class StartForm(PlainForm):
    """A new version begins as a copy of the latest one."""

    valid_from = DayField(label=gettext_lazy("Có hiệu lực từ ngày"))
    source = decision()


class EndForm(PlainForm):
    valid_to = DayField(label=gettext_lazy("Hết hiệu lực từ ngày"))
    source = decision()


def number(label: str, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=most,
        widget=forms.TextInput(dict(SHORT)),
        error_messages={
            "invalid": _("Nhập một số nguyên, hoặc để trống nếu nguồn không nêu"),
            "min_value": _("Nhập một số từ 0 trở lên"),
            "max_value": _("Số này quá lớn"),
        },
    )


class EditForm(StartForm):
    """Limits, fees, delivery level and papers; fields are named by the item's place in the record."""

    def __init__(self, content: Content, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={**_initial(content), **(initial or {})})
        self.content = content
        levels = [("", _("nguồn không nêu")), *((key, told(word)) for key, word in DELIVERY.items())]
        self.fields["delivery"] = forms.ChoiceField(
            label=_("Mức độ trực tuyến"), choices=levels, required=False
        )
        units = [("", _("nguồn không nêu")), *((key, told(UNITS[key])) for key in COUNTED)]
        for n, _limit in enumerate(content.limits.items):
            self.fields[f"limit_{n}"] = number(_("Thời hạn"), LONGEST_LIMIT)
            self.fields[f"unit_{n}"] = forms.ChoiceField(label=_("Đơn vị"), choices=units, required=False)
        for n, _fee in enumerate(content.fees.items):
            self.fields[f"fee_{n}"] = number(_("Mức thu (đồng)"), HIGHEST_FEE)
            self.fields[f"set_by_{n}"] = forms.CharField(
                label=_("Nơi quy định mức thu"), required=False, max_length=200
            )
        asked = [(key, told(word)) for key, word in ACTIONS.items()]
        for n, _paper in enumerate(content.papers.items):
            choices = [*asked, ("drop", _("không yêu cầu nữa"))]
            self.fields[f"paper_{n}"] = forms.ChoiceField(label=_("Làm gì"), choices=choices)
        self.fields["new_paper"] = forms.CharField(
            label=_("Thêm giấy tờ: tên"), required=False, max_length=300
        )
        self.fields["new_action"] = forms.ChoiceField(label=_("Làm gì"), choices=asked, required=False)
        for name, field in self.fields.items():
            field.say_nothing_of_optional = name not in {"new_paper"}  # type: ignore[attr-defined]  # read by forms/_label.html

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for n, _limit in enumerate(self.content.limits.items):
            value, unit = cleaned.get(f"limit_{n}"), cleaned.get(f"unit_{n}")
            if value is not None and not unit:
                self.add_error(f"unit_{n}", _("Chọn đơn vị của thời hạn"))
            if value is None and unit and unit != "same_day" and f"limit_{n}" not in self.errors:
                self.add_error(f"limit_{n}", _("Nhập thời hạn, hoặc chọn đơn vị “nguồn không nêu”"))
        return cleaned

    def rows(self, kind: str) -> list[tuple[Any, list[forms.BoundField]]]:
        """Each item of the record with its inputs; `kind` is limit, fee or paper."""
        items: dict[str, tuple[tuple[Any, ...], tuple[str, ...]]] = {
            "limit": (self.content.limits.items, ("limit", "unit")),
            "fee": (self.content.fees.items, ("fee", "set_by")),
            "paper": (self.content.papers.items, ("paper",)),
        }
        found, names = items[kind]
        return [(item, [self[f"{name}_{n}"] for name in names]) for n, item in enumerate(found)]

    def limit_rows(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return self.rows("limit")

    def fee_rows(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return self.rows("fee")

    def paper_rows(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return self.rows("paper")

    @property
    def edits(self) -> Edits:
        c, content = self.cleaned_data, self.content
        papers = {
            n: c[f"paper_{n}"] for n, _p in enumerate(content.papers.items) if c[f"paper_{n}"] != "drop"
        }
        return Edits(
            delivery=c["delivery"] or None,
            limits={
                n: _limit_edit(c[f"limit_{n}"], c[f"unit_{n}"], edit_of(one))
                for n, one in enumerate(content.limits.items)
            },
            fees={n: FeeEdit(c[f"fee_{n}"], c[f"set_by_{n}"]) for n, _f in enumerate(content.fees.items)},
            papers=papers,
            new_papers=((c["new_paper"], c["new_action"] or "submit"),) if c["new_paper"] else (),
        )


def _limit_edit(value: int | None, unit: str, now: LimitEdit) -> LimitEdit:
    """As typed; a unit that the record prints as "other" is not on offer and stays when nothing was touched."""
    if value == now.value and not unit and now.unit == "other":
        return now
    return LimitEdit(None if unit == "same_day" else value, unit or None)  # type: ignore[arg-type]  # one of COUNTED


def _initial(content: Content) -> dict[str, Any]:
    limits = [edit_of(one) for one in content.limits.items]
    return {
        "delivery": content.delivery.value or "",
        **{f"limit_{n}": one.value for n, one in enumerate(limits)},
        **{f"unit_{n}": one.unit or "" for n, one in enumerate(limits)},
        **{f"fee_{n}": one.amount for n, one in enumerate(content.fees.items)},
        **{f"set_by_{n}": one.set_by or "" for n, one in enumerate(content.fees.items)},
        **{f"paper_{n}": one.action for n, one in enumerate(content.papers.items)},
        "new_action": "submit",
    }
