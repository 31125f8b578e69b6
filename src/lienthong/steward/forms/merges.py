"""Which two records, and what is answered."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.cleaning.public import LABELS, PAPERS, Merge, Paper, PaperNeeded
from lienthong.fields.public import (
    Checkboxes,
    DayField,
    DayMonthYear,
    PartialDateField,
    PersonalNumberField,
    PlainForm,
    Radios,
    told,
)
from lienthong.kit.identifiers import PersonalNumber
from lienthong.kit.partial_dates import PartialDate, Precision
from lienthong.population.public import SEX_NAMES, Sex


class TwoForm(PlainForm):
    """Two numbers; or one old number, where two people hold it."""

    one = forms.CharField(
        label=gettext_lazy("Số thứ nhất"),
        help_text=gettext_lazy("Số định danh 12 chữ số, hoặc số chứng minh nhân dân cũ 9 chữ số"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    other = forms.CharField(
        label=gettext_lazy("Số thứ hai"),
        help_text=gettext_lazy("Để trống nếu hai người cùng mang số cũ đã nhập"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, known: str = "", **kwargs: Any) -> None:
        """`known`: the first of the two, whose number need not be typed."""
        super().__init__(*args, **kwargs)
        self.known = known
        if known:
            del self.fields["one"]
            self.fields["other"] = forms.CharField(
                label=_("Số còn lại của người này"),
                help_text=_("Người vừa xem là bản ghi thứ nhất"),
                max_length=20,
                widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
            )

    @property
    def numbers(self) -> list[str]:
        return [self.known or self.cleaned_data["one"], self.cleaned_data["other"]]


class AnswerForm(PlainForm):
    """An act on a merge that only needs its ground."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    ground = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": gettext_lazy("Ghi căn cứ của quyết định, ví dụ: đã xem sổ gốc, tên mẹ trùng khớp.")
        },
    )

    def __init__(
        self,
        merge: Merge,
        act: str,
        *args: Any,
        label: str = "",
        known: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """`known`: what the fields hold before anything is typed."""
        initial = {"seen": merge.acts, **(known or {})}
        super().__init__(*args, initial=initial, auto_id=f"{act}-%s", **kwargs)
        self.merge = merge
        if label:
            self.fields["ground"].label = label

    def facts(self) -> dict[str, Any]:
        return {"ground": self.cleaned_data["ground"], "seen": self.cleaned_data["seen"]}


class PaperForm(AnswerForm):
    """An answer that rests on a paper."""

    paper_kind = forms.ChoiceField(label=gettext_lazy("Loại giấy tờ"), required=False)
    paper_number = forms.CharField(
        label=gettext_lazy("Số hiệu, nơi cấp"),
        help_text=gettext_lazy("Như in trên giấy tờ, ví dụ: 12/QĐ-UBND phường Bến Sen"),
        required=False,
        max_length=150,
    )
    paper_on = DayField(label=gettext_lazy("Ngày của giấy tờ"), required=False, widget=DayMonthYear())

    def __init__(self, merge: Merge, act: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(merge, act, *args, **kwargs)
        kinds = [(kind, _(name)) for kind, name in PAPERS.items()]
        self.fields["paper_kind"].choices = [("", _("Chọn")), *kinds]  # type: ignore[attr-defined]  # a ChoiceField
        for name in PAPER_FIELDS:
            self.fields[name].say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by our templates

    def clean(self) -> dict[str, Any]:
        """All of a paper, or nothing of it."""
        told_of = [bool(self.cleaned_data.get(name)) for name in PAPER_FIELDS]
        if any(told_of) and not all(told_of) and not self.errors:
            self.add_error("paper_number", told(PaperNeeded.sentence))
        return self.cleaned_data

    @property
    def paper(self) -> Paper | None:
        kind, number, on = (self.cleaned_data.get(name) for name in PAPER_FIELDS)
        return Paper(kind, number, on) if kind and number and on else None

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "paper": self.paper}


PAPER_FIELDS = ("paper_kind", "paper_number", "paper_on")


class RenumberForm(PaperForm):
    """A person goes on under a new number: what the paper corrects, the paper, the number if it names one."""

    birth = PartialDateField(
        label=gettext_lazy("Ngày sinh theo giấy tờ"),
        help_text=gettext_lazy("Để trống nếu không đổi"),
        required=False,
        least=Precision.YEAR,
        widget=DayMonthYear(),
    )
    sex = forms.ChoiceField(label=gettext_lazy("Giới tính theo giấy tờ"), required=False)
    given = PersonalNumberField(
        label=gettext_lazy("Số định danh mới"),
        help_text=gettext_lazy("Nếu giấy tờ ghi số. Để trống: hệ thống cấp theo quy tắc khi được xác nhận"),
        required=False,
    )

    field_order = ("birth", "sex", *PAPER_FIELDS, "given", "ground", "seen")

    def __init__(self, merge: Merge, act: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(merge, act, *args, known=last_told(merge), **kwargs)
        sexes = [(one.value, _(SEX_NAMES[one])) for one in (Sex.MALE, Sex.FEMALE)]
        self.fields["sex"].choices = [("", _("Không đổi")), *sexes]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["ground"].label = _("Lý do")
        for name in ("birth", "sex", "given"):
            self.fields[name].say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by our templates

    def facts(self) -> dict[str, Any]:
        born = self.cleaned_data["birth"]
        birth = PartialDate.parse(born).iso() if born else ""
        changes = {"birth": birth, "sex": self.cleaned_data["sex"]}
        return {**super().facts(), "changes": changes, "given": self.cleaned_data["given"]}


def last_told(merge: Merge) -> dict[str, Any]:
    """What was proposed last, so that whoever adds to it need not type it again."""
    kind, _colon, number = merge.paper.partition(":")
    birth = merge.changes.get("birth")
    return {
        "birth": str(PartialDate.from_iso(birth)) if birth else "",
        "sex": merge.changes.get("sex", ""),
        "paper_kind": kind,
        "paper_number": number,
        "paper_on": merge.paper_on,
    }


class ProposeForm(PaperForm):
    kept = forms.ChoiceField(
        label=gettext_lazy("Giữ lại bản ghi"),
        help_text=gettext_lazy("Số của bản ghi kia bị hủy, mọi nơi chuyển sang số được giữ"),
        widget=Radios({"class": "govuk-radios--small"}),
        error_messages={"required": gettext_lazy("Chọn bản ghi được giữ lại.")},
    )
    taken = forms.MultipleChoiceField(
        label=gettext_lazy("Lấy theo bản ghi bị hủy"),
        help_text=gettext_lazy("Đánh dấu mục mà bản ghi bị hủy mới ghi đúng; mục khác giữ nguyên"),
        required=False,
        widget=Checkboxes({"class": "govuk-checkboxes--small"}),
    )

    field_order = ("kept", "taken", *PAPER_FIELDS, "ground", "seen")

    def __init__(self, merge: Merge, act: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(merge, act, *args, **kwargs)
        numbered = [("one", 1, merge.one), ("other", 2, merge.other)]
        self.fields["kept"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (name, _("Bản ghi {n}, số {number}").format(n=n, number=PersonalNumber(digits).masked))
            for name, n, digits in numbered
        ]
        self.fields["taken"].choices = list(LABELS.items())  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["taken"].say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by our templates

    def fit(self, takeable: Sequence[str], *, needs_paper: bool) -> "ProposeForm":
        """Only what is in question is asked: fields in which the two differ; a paper where they contradict each other."""
        self.fields["taken"].choices = [(name, LABELS[name]) for name in takeable]  # type: ignore[attr-defined]  # a ChoiceField
        for name in [*([] if takeable else ["taken"]), *([] if needs_paper else PAPER_FIELDS)]:
            del self.fields[name]
        return self

    def facts(self) -> dict[str, Any]:
        kept = getattr(self.merge, self.cleaned_data["kept"])
        return {**super().facts(), "kept": kept, "taken": self.cleaned_data.get("taken", [])}
