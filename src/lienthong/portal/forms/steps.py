"""The steps of a filing other than the answers: the case and place, the papers, the way home."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.dossiers.public import Channel
from lienthong.fields.public import PlainForm, Radios, say_what_to_do, told
from lienthong.portal.forms.uploads import upload_field
from lienthong.portal.queries.services import case_title
from lienthong.portal.queries.words import limit_in_words
from lienthong.portal.rules import RESULTS
from lienthong.procedures.public import (
    Content,
    FactQuestion,
    PaperDemand,
    fee_for,
    question_field,
    question_initial,
    question_value,
)
from lienthong.territory.public import Unit


class CaseForm(PlainForm):
    """Which case it is, and which commune's agencies are asked.

    `questions` are fields `c_<key>`; `units` are the communes to choose from.
    """

    place = forms.CharField(
        label=gettext_lazy("Nơi khác: tên xã, phường hoặc đặc khu"),
        help_text=gettext_lazy("Có dấu hoặc không dấu. Trùng tên thì thêm tên tỉnh: Tân Tiến, Cà Mau."),
        required=False,
        max_length=100,
        widget=forms.TextInput({"class": "govuk-input--width-20", "autocomplete": "off"}),
    )

    def __init__(
        self,
        content: Content,
        units: Iterable[Unit],
        *,
        home: int | None,
        questions: dict[str, FactQuestion],
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
        found: int = 0,
    ) -> None:
        assumed = {f"c_{key}": question_initial(q.default) for key, q in questions.items()}
        super().__init__(data, initial=assumed | (initial or {}))
        self.content, self.found, self.questions = content, found, questions
        self._add_cases(content)
        for key, question in questions.items():
            self.fields[f"c_{key}"] = question_field(question)
            say_what_to_do(f"c_{key}", self.fields[f"c_{key}"])
            self.fields[f"c_{key}"].required = question.kind == "boolean"
            self.fields[f"c_{key}"].say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by forms/_label.html
        self.fields["unit"] = forms.ChoiceField(
            label=_("Nơi giải quyết"),
            choices=[(str(unit.pk), place_name(unit)) for unit in units],
            widget=Radios(hints={str(home): _("nơi thường trú, theo cơ sở dữ liệu quốc gia về dân cư")}),
            help_text=content.authority.agency,
            error_messages={
                "required": _(
                    "Chọn xã, phường hoặc đặc khu nơi giải quyết; chưa thấy thì gõ tên rồi bấm Tìm nơi này"
                ),
                "invalid_choice": _("Chọn lại xã, phường hoặc đặc khu nơi giải quyết"),
            },
        )

    def _add_cases(self, content: Content) -> None:
        if len(content.variants) < 2:
            return
        choices = [(case.id, case_title(case)) for case in content.variants]
        hints = {case.id: limit_in_words(case) for case in content.variants}
        self.fields["variant"] = forms.ChoiceField(
            label=_("Trường hợp"),
            choices=choices,
            widget=Radios(hints=hints),
            error_messages={"required": _("Chọn trường hợp")},
        )

    def clean(self) -> dict[str, Any]:
        """A number that the fee depends on, and only then, must be given."""
        cleaned = super().clean() or {}
        answers = {key: question_value(q, cleaned.get(f"c_{key}")) for key, q in self.questions.items()}
        quote = fee_for(
            self.content,
            on=timezone.localdate(),
            channel="online",
            variant=cleaned.get("variant"),
            facts=answers,
        )
        for key in quote.asks:
            name = f"c_{key}"
            if key in self.questions and answers[key] is None and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned

    def say_what_was_found(self) -> None:
        """After a search for a place: no errors yet, unless nothing was found."""
        self.errors.clear()
        if not self.data.get("place", "").strip():
            self.add_error("place", _("Gõ tên xã, phường hoặc đặc khu, ví dụ: Bến Nghé"))
        elif not self.found:
            self.add_error(
                "place", _("Không tìm thấy xã, phường, đặc khu nào có tên ấy. Gõ lại tên, ví dụ: Bến Nghé")
            )

    @property
    def circumstance_fields(self) -> list[forms.BoundField]:
        return [self[f"c_{key}"] for key in self.questions]

    @property
    def choices(self) -> dict[str, Any]:
        """What a draft keeps beside the answers."""
        cleaned = self.cleaned_data
        answers = {key: question_value(q, cleaned[f"c_{key}"]) for key, q in self.questions.items()}
        return {
            "unit": int(cleaned["unit"]),
            "circumstances": {key: value for key, value in answers.items() if value is not None},
        }

    @property
    def chosen(self) -> str:
        """The case; empty where there is only one. Not `variant`, which templates ask for as a field."""
        return str(self.cleaned_data.get("variant", ""))


def place_name(unit: Unit) -> str:
    return f"{unit.name}, {unit.parent.name}" if unit.parent else unit.name


def kept_choices(variant: str, choices: dict[str, Any]) -> dict[str, Any]:
    """A draft's choices as the form's initial values."""
    kept = choices.get("circumstances", {})
    circumstance = {f"c_{key}": question_initial(value) for key, value in kept.items()}
    return {"variant": variant, "unit": str(choices.get("unit") or ""), **circumstance}


class PapersForm(PlainForm):
    """One file for each paper that is handed in, and how the result comes home."""

    delivery = forms.ChoiceField(
        label=gettext_lazy("Nhận kết quả"),
        widget=Radios(),
        error_messages={"required": gettext_lazy("Chọn cách nhận kết quả")},
    )
    address = forms.CharField(
        label=gettext_lazy("Địa chỉ nhận qua bưu chính"),
        help_text=gettext_lazy("Chỉ cần khi nhận bản giấy qua bưu chính."),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2, "autocomplete": "street-address"}),
    )
    phone = forms.RegexField(
        r"^(\+84|0)\d{8,10}$",
        label=gettext_lazy("Số điện thoại để báo tin"),
        required=False,
        error_messages={
            "invalid": gettext_lazy("Nhập số điện thoại bắt đầu bằng 0 hoặc +84, ví dụ 0912 345 678")
        },
        widget=forms.TextInput({"class": "govuk-input--width-10", "inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử để báo tin"),
        required=False,
        error_messages={"invalid": gettext_lazy("Nhập địa chỉ có dạng ten@example.vn")},
        widget=forms.EmailInput(
            {"class": "govuk-input--width-20", "autocomplete": "email", "spellcheck": "false"}
        ),
    )

    def __init__(
        self,
        demands: Iterable[PaperDemand],
        *,
        ways: Iterable[str],
        held: Iterable[str],
        data: QueryDict | None = None,
        files: Any = None,
        initial: dict[str, Any] | None = None,
        refused: dict[str, str] | None = None,
    ) -> None:
        if data is not None:
            data = data.copy()
            data["phone"] = "".join(sign for sign in data.get("phone", "") if sign not in " .-()")
        super().__init__(data, files, initial=initial)
        self.fields["delivery"].choices = [(way, told(RESULTS[way])) for way in ways]  # type: ignore[attr-defined]  # a ChoiceField
        self.demands = list(demands)
        self.held, self.refused = set(held), refused or {}
        for demand in self.demands:
            self.fields[field_name(demand)] = file_field(demand)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("delivery") == Channel.POST and not cleaned.get("address"):
            self.add_error("address", _("Nhập địa chỉ nhận qua bưu chính"))
        for demand in self.demands:
            self._check_paper(demand)
        return cleaned

    def _check_paper(self, demand: PaperDemand) -> None:
        key = demand.paper.key
        if key in self.refused:
            self.errors.pop(field_name(demand), None)
            self.add_error(field_name(demand), self.refused[key])
        elif demand.must_be_attached and key not in self.held and not self.errors.get(field_name(demand)):
            self.add_error(field_name(demand), _("Đính kèm {name}").format(name=demand.paper.name))

    @property
    def choices(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("delivery", "address", "phone", "email")}

    def drawn_papers(self) -> list[tuple[PaperDemand, forms.BoundField]]:
        return [(demand, self[field_name(demand)]) for demand in self.demands]


def field_name(demand: PaperDemand) -> str:
    return f"paper_{demand.paper.key}"


def file_field(demand: PaperDemand) -> forms.FileField:
    field = upload_field(demand.paper.name)
    field.say_nothing_of_optional = demand.must_be_attached  # type: ignore[attr-defined]  # read by forms/_label.html
    return field


class ConsentForm(PlainForm):
    """The declaration before a dossier is signed and sent; never ticked beforehand."""

    agreed = forms.BooleanField(
        label=gettext_lazy("Tôi xác nhận những điều tôi khai là đúng, và chịu trách nhiệm về lời khai."),
        error_messages={"required": gettext_lazy("Đánh dấu vào ô xác nhận trước khi ký và gửi")},
    )
