"""What is asked of a document, and of each fact that it seems to say."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.console.deadlines import NAMES as DEADLINE
from lienthong.console.deadlines import DeadlineFields
from lienthong.console.forms import EVERY_PROVINCE, level_one, long_text, short_text
from lienthong.data.reading import KINDS
from lienthong.fields.public import DayField, PlainForm
from lienthong.indicators.public import INDICATORS, SERIES
from lienthong.kit.names import match_key
from lienthong.organisations.public import Kind, Organisation
from lienthong.steering.public import (
    COMPARE_NAMES,
    TIER_WORDS,
    Compare,
    DeadlineKind,
    ObservationFacts,
    Plan,
    Proposal,
    TargetFacts,
    TaskFacts,
    printed,
    told_words,
)

NUMBER: Final = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d{1,11})(,\d{1,3})?$")
LONGEST_NUMBER: Final = 17
EVERYBODY: Final = re.compile(r"(các|mọi|từng) (tỉnh|địa phương)|(ubnd|ủy ban nhân dân) các|^địa phương")


class NumberField(forms.Field):
    """1.234,5 as Vietnamese write it; cleans to a Decimal, or None."""

    widget = forms.TextInput

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.widget.attrs |= {"class": "govuk-input--width-10", "inputmode": "decimal"}

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip().replace(" ", "")
        if not text:
            return None
        if not NUMBER.match(text) or len(text) > LONGEST_NUMBER:
            raise ValidationError(_("Nhập số như 60 hoặc 64,5 hoặc 1.250.000."))
        return Decimal(text.replace(".", "").replace(",", "."))


class BeginForm(PlainForm):
    plan = forms.ChoiceField(label=gettext_lazy("Đưa vào kế hoạch"))
    file = forms.FileField(
        label=gettext_lazy("Tệp văn bản"), required=False,
        help_text=gettext_lazy("DOCX, PDF có chữ (không phải ảnh chụp) hoặc TXT"),
        widget=forms.ClearableFileInput({"accept": ".docx,.pdf,.txt"}),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Hoặc dán nội dung văn bản"), required=False, max_length=2_000_000,
        widget=forms.Textarea({"rows": 8}),
    )  # fmt: skip
    dated = DayField(
        label=gettext_lazy("Ngày văn bản"), required=False,
        help_text=gettext_lazy("Chỉ cần khi trong văn bản không ghi: để suy ra năm của các thời hạn."),
    )  # fmt: skip

    def __init__(self, plans: list[Plan], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("file", "text"):  # one of the two
            self.fields[name].say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by the drawing
        self.plans = {plan.code: plan for plan in plans}
        self.fields["plan"].choices = [(code, plan.name) for code, plan in self.plans.items()]  # type: ignore[attr-defined]  # a ChoiceField


class DescribeForm(PlainForm):
    number = short_text(gettext_lazy("Số, ký hiệu"))
    signed_on = DayField(label=gettext_lazy("Ngày văn bản"))
    kind = forms.ChoiceField(label=gettext_lazy("Loại văn bản"), choices=[(kind, kind) for kind in KINDS])
    title = short_text(gettext_lazy("Trích yếu"))


class FactForm(PlainForm):
    """Corrects one proposal. `facts`: typed, for the action; `kept`: plain, for the draft."""

    def __init__(self, values: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.first(values), **kwargs)

    def first(self, values: dict[str, str]) -> dict[str, Any]:
        numbers = {name: printed(values.get(name, "")) for name in ("value", "out_of")}
        day = date.fromisoformat(values["date"]) if values.get("date") else None
        return {**values, **numbers, "date": day}

    def kept(self) -> dict[str, str]:
        return {name: _plain(value) for name, value in self.cleaned_data.items()}

    @property
    def facts(self) -> Any:
        raise NotImplementedError


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)


def tier_field(**more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=gettext_lazy("Cấp"), **more)


def tiers(read: str) -> list[tuple[str, str]]:
    """Single tiers, and those that the words join."""
    found = {key: _(words).capitalize() for key, words in TIER_WORDS.items()}
    if "+" in read:
        found[read] = ", ".join(
            _(TIER_WORDS[key]) for key in read.split("+") if key in TIER_WORDS
        ).capitalize()
    return list(found.items())


class TargetForm(FactForm):
    subject = short_text(gettext_lazy("Chỉ tiêu"))
    tier = tier_field()
    compare = forms.ChoiceField(
        label=gettext_lazy("So sánh"),
        choices=[(each.value, gettext_lazy(COMPARE_NAMES[each])) for each in Compare],
    )
    value = NumberField(label=gettext_lazy("Mức giao"))
    unit = forms.CharField(
        label=gettext_lazy("Đơn vị tính"),
        max_length=60,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
    )
    whole = short_text(
        gettext_lazy("Mẫu số"),
        required=False,
        help_text=gettext_lazy("Tỷ lệ của những gì? Bắt buộc khi tính bằng %."),
    )
    date = DayField(label=gettext_lazy("Thời hạn"))
    indicator = forms.ChoiceField(
        label=gettext_lazy("Chỉ tiêu đo được tương ứng"), required=False,
        help_text=gettext_lazy("Để trống nếu nền tảng chưa đo: khi đó không ghi là đạt hay chưa đạt."),
    )  # fmt: skip
    urgent = forms.BooleanField(label=gettext_lazy("Chỉ tiêu gấp"), required=False)

    def __init__(self, values: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(values, *args, **kwargs)
        measured = [(one.code, _(one.name)) for one in INDICATORS.values()]
        self.fields["indicator"].choices = [("", _("chưa đo")), *measured]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["tier"].choices = tiers(values.get("tier", ""))  # type: ignore[attr-defined]  # a ChoiceField

    def first(self, values: dict[str, str]) -> dict[str, Any]:
        return {**super().first(values), "urgent": values.get("urgent") == "True"}

    @property
    def facts(self) -> TargetFacts:
        told = self.cleaned_data
        return TargetFacts(
            subject=told["subject"], value=told["value"], unit=told["unit"], compare=Compare(told["compare"]),
            due_on=told["date"], whole=told["whole"], indicator=told["indicator"], tier=told["tier"],
            urgent=told["urgent"],
        )  # fmt: skip


class TaskForm(DeadlineFields, FactForm):
    field_order = ("content", "lead_code", "partners", "product", "deadline_kind", "date", *DEADLINE[1:])

    content = long_text(gettext_lazy("Nội dung nhiệm vụ"))
    lead_code = forms.ChoiceField(label=gettext_lazy("Cơ quan chủ trì"))
    partners = short_text(
        gettext_lazy("Cơ quan phối hợp"), required=False,
        help_text=gettext_lazy("Tên các bộ, tỉnh, cách nhau bằng dấu chấm phẩy."),
    )  # fmt: skip
    product = short_text(gettext_lazy("Sản phẩm"), required=False)
    date = DayField(
        label=gettext_lazy("Thời hạn"), required=False,
        help_text=gettext_lazy("Khi hạn là một ngày cố định; để trống nếu văn bản không nêu một ngày."),
    )  # fmt: skip

    def __init__(self, values: dict[str, str], *args: Any, **kwargs: Any) -> None:
        self.agencies = level_one()
        super().__init__(values, *args, **kwargs)
        named = [(agency.code, agency.name) for agency in self.agencies]
        everybody = (EVERY_PROVINCE, _("Mọi tỉnh, thành phố: mỗi nơi một phần việc"))
        self.fields["lead_code"].choices = [("", _("chọn cơ quan")), everybody, *named]  # type: ignore[attr-defined]  # a ChoiceField
        if values.get("lead"):
            self.fields["lead_code"].help_text = _("Văn bản ghi: “{words}”").format(words=values["lead"])

    def first(self, values: dict[str, str]) -> dict[str, Any]:
        kind = values.get("deadline_kind") or (
            DeadlineKind.FIXED if values.get("date") else DeadlineKind.NONE
        )
        until = date.fromisoformat(values["until"]) if values.get("until") else None
        return {
            **super().first(values),
            "deadline_kind": str(kind),
            "until": until,
            "lead_code": values.get("lead_code") or self.code_named(values.get("lead", "")),
        }

    def code_named(self, words: str) -> str:
        """The agency that the words name; "các địa phương" is every province; else a person chooses."""
        key = match_key(words)
        if EVERYBODY.search(key):
            return EVERY_PROVINCE
        same = [one.code for one in self.agencies if key in names_of(one)]
        return same[0] if len(same) == 1 else ""

    def clean_partners(self) -> str:
        words = [each.strip() for each in self.cleaned_data["partners"].split(";") if each.strip()]
        unknown = [each for each in words if self.code_named(each) in ("", EVERY_PROVINCE)]
        if unknown:
            raise ValidationError(
                _("Không có bộ, tỉnh nào tên “{name}”. Sửa lại tên hoặc bỏ ra.").format(name=unknown[0])
            )
        return "; ".join(words)

    @property
    def facts(self) -> TaskFacts:
        told = self.cleaned_data
        chosen = told["lead_code"]
        provinces = tuple(one.code for one in self.agencies if one.kind == Kind.PROVINCE_COMMITTEE)
        partners = [self.code_named(each) for each in told["partners"].split("; ") if each]
        return TaskFacts(
            content=told["content"], leads=provinces if chosen == EVERY_PROVINCE else (chosen,),
            partners=tuple(dict.fromkeys(partners)), product=told["product"],
            deadline=self.deadline(
                told["date"], otherwise=DeadlineKind.FIXED if told["date"] else DeadlineKind.NONE
            ),
        )  # fmt: skip


def names_of(agency: Organisation) -> set[str]:
    """The spellings under which documents name an agency."""
    place = [agency.unit.name, agency.unit.short_name] if agency.unit else []
    committee = [f"ubnd {name}" for name in place] + [f"ủy ban nhân dân {name}" for name in place]
    return {match_key(name) for name in (agency.name, agency.short_name, *place, *committee)}


class ObservationForm(FactForm):
    subject = short_text(gettext_lazy("Số liệu về"))
    tier = tier_field()
    value = NumberField(label=gettext_lazy("Giá trị"))
    out_of = NumberField(label=gettext_lazy("Trên tổng số"), required=False)
    unit = forms.CharField(
        label=gettext_lazy("Đơn vị tính"), required=False, max_length=60,
        widget=forms.TextInput({"class": "govuk-input--width-10"}),
    )  # fmt: skip
    date = DayField(label=gettext_lazy("Tính đến ngày"), required=False)
    series = forms.ChoiceField(label=gettext_lazy("Thuộc dãy số liệu"), required=False)

    def __init__(self, values: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(values, *args, **kwargs)
        known = [(code, _(name)) for code, name in SERIES.items()]
        self.fields["series"].choices = [("", _("không thuộc dãy nào")), *known]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["tier"].choices = tiers(values.get("tier", ""))  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def facts(self) -> ObservationFacts:
        told = self.cleaned_data
        return ObservationFacts(
            subject=told["subject"], told=told_words(self.kept()), value=told["value"], out_of=told["out_of"],
            unit=told["unit"], tier=told["tier"], as_of=told["date"], series=told["series"],
        )  # fmt: skip


FORMS: Final[dict[Proposal, type[FactForm]]] = {
    Proposal.TARGET: TargetForm,
    Proposal.TASK: TaskForm,
    Proposal.OBSERVATION: ObservationForm,
}
