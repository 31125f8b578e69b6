"""What a citizen does to a dossier that is filed: send papers asked for, withdraw, rate."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.feedback.public import LONGEST_COMMENT, SCORE_NAMES
from lienthong.fields.public import PlainForm, Radios
from lienthong.portal.forms.uploads import upload_field
from lienthong.portal.queries.dossiers import Wanted


class SupplementForm(PlainForm):
    """One file for each paper asked for. `held`: names of files that already arrived, by paper key."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        wanted: Iterable[Wanted],
        *args: Any,
        held: dict[str, str] | None = None,
        refused: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = list(wanted)
        self.held, self.refused = held or {}, refused or {}
        for paper in self.wanted:
            field = upload_field(_("Chọn tệp: {name}").format(name=paper.name))
            field.say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by forms/_label.html
            self.fields[f"paper_{paper.key}"] = field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for paper in self.wanted:
            name = f"paper_{paper.key}"
            if paper.key in self.refused:
                self.errors.pop(name, None)
                self.add_error(name, self.refused[paper.key])
            elif paper.key not in self.held:
                self.add_error(name, _("Chọn tệp cho giấy tờ: {name}").format(name=paper.name))
        return cleaned

    def drawn(self) -> list[tuple[Wanted, forms.BoundField, str]]:
        return [(paper, self[f"paper_{paper.key}"], self.held.get(paper.key, "")) for paper in self.wanted]


class WithdrawForm(PlainForm):
    reason = forms.CharField(
        label=gettext_lazy("Lý do rút hồ sơ"),
        help_text=gettext_lazy("Một câu là đủ; cơ quan giải quyết đọc được."),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RatingForm(PlainForm):
    score = forms.TypedChoiceField(
        label=gettext_lazy("Làm việc này dễ hay khó?"),
        coerce=int,
        widget=Radios(),
        error_messages={
            "required": gettext_lazy("Chọn một mức từ Rất dễ đến Rất khó"),
            "invalid_choice": gettext_lazy("Chọn một mức từ Rất dễ đến Rất khó"),
        },
    )
    comment = forms.CharField(
        label=gettext_lazy("Góp ý"),
        help_text=gettext_lazy("Không ghi số định danh hay thông tin riêng của người khác."),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].choices = [(str(score), _(name)) for score, name in SCORE_NAMES.items()]  # type: ignore[attr-defined]  # a ChoiceField


class AccessFilter(forms.Form):
    """Which readings the page shows."""

    PERIODS = (
        ("12", gettext_lazy("12 tháng qua")),
        ("1", gettext_lazy("30 ngày qua")),
        ("", gettext_lazy("Tất cả")),
    )

    co_quan = forms.ChoiceField(label=gettext_lazy("Cơ quan"), required=False)
    thoi_gian = forms.ChoiceField(label=gettext_lazy("Thời gian"), required=False, choices=PERIODS)

    def __init__(self, organisations: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = _("Tất cả cơ quan ({n})").format(n=len(organisations))
        self.fields["co_quan"].choices = [("", every), *organisations.items()]  # type: ignore[attr-defined]  # a ChoiceField
