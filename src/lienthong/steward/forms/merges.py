"""Which two records, and what is answered."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.cleaning.public import LABELS, Merge
from lienthong.fields.public import Checkboxes, PlainForm, Radios
from lienthong.kit.identifiers import PersonalNumber


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

    def __init__(self, merge: Merge, act: str, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": merge.acts}, auto_id=f"{act}-%s", **kwargs)
        self.merge = merge
        if label:
            self.fields["ground"].label = label

    def facts(self) -> dict[str, Any]:
        return {"ground": self.cleaned_data["ground"], "seen": self.cleaned_data["seen"]}


class ProposeForm(AnswerForm):
    kept = forms.ChoiceField(
        label=gettext_lazy("Giữ lại bản ghi"),
        help_text=gettext_lazy("Số của bản ghi kia bị hủy, mọi nơi chuyển sang số được giữ"),
        widget=Radios,
        error_messages={"required": gettext_lazy("Chọn bản ghi được giữ lại.")},
    )
    taken = forms.MultipleChoiceField(
        label=gettext_lazy("Lấy theo bản ghi bị hủy"),
        help_text=gettext_lazy("Đánh dấu mục mà bản ghi bị hủy mới ghi đúng; mục khác giữ nguyên"),
        required=False,
        widget=Checkboxes,
    )

    field_order = ("kept", "taken", "ground", "seen")

    def __init__(
        self, merge: Merge, act: str, *args: Any, takeable: Sequence[str] = tuple(LABELS), **kwargs: Any
    ) -> None:
        """`takeable`: fields in which the two differ; an answer may name any."""
        super().__init__(merge, act, *args, **kwargs)
        numbered = [("one", 1, merge.one), ("other", 2, merge.other)]
        self.fields["kept"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (name, _("Bản ghi {n}, số {number}").format(n=n, number=PersonalNumber(digits).masked))
            for name, n, digits in numbered
        ]
        self.fields["taken"].choices = [(name, LABELS[name]) for name in takeable]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["taken"].say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by our templates
        if not takeable:
            del self.fields["taken"]

    def facts(self) -> dict[str, Any]:
        kept = getattr(self.merge, self.cleaned_data["kept"])
        return {**super().facts(), "kept": kept, "taken": self.cleaned_data.get("taken", [])}
