"""Filters of the queue, the decision on one case, one rule for many."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.cleaning.public import (
    OPTIONS,
    STATE_NAMES,
    Case,
    CaseState,
    Choice,
    Queue,
    Wanted,
    choices_for,
)
from lienthong.data.sources import schemas
from lienthong.fields.public import PlainForm, Radios
from lienthong.registries.public import Source, Verdict
from lienthong.steward.queries.address import NAMES, address_of


class FilterForm(forms.Form):
    """GET; nothing typed here can be wrong, at most it finds nothing."""

    def __init__(self, queue: Queue, wanted: Wanted, sources: list[Source]) -> None:
        super().__init__(initial=address_of(wanted))
        states = [
            (state.value, f"{_(STATE_NAMES[state])} ({queue.states.get(state, 0)})") for state in CaseState
        ]
        places = [("", _("Mọi nơi")), *queue.units]
        self.fields[NAMES["source"]] = forms.ChoiceField(
            label=_("Nguồn"), choices=[("", _("Mọi nguồn")), *((one.code, one.name) for one in sources)]
        )
        self.fields[NAMES["state"]] = forms.ChoiceField(
            label=_("Trạng thái"), choices=[("", _("Đang chờ")), *states]
        )
        self.fields[NAMES["unit"]] = forms.ChoiceField(label=_("Xã, phường"), choices=places)
        if queue.fields:
            self.fields[NAMES["field"]] = forms.ChoiceField(
                label=_("Khác ở mục"), choices=[("", _("Mọi mục")), *field_labels(queue.fields)]
            )
        if wanted.verdict == Verdict.POSSIBLE or wanted.least is not None:
            self.fields[NAMES["least"]] = forms.IntegerField(
                label=_("Máy ước từ (%)"), min_value=0, max_value=99
            )
        self.fields[NAMES["verdict"]] = forms.CharField(widget=forms.HiddenInput)
        if wanted.batch is not None:
            self.fields[NAMES["batch"]] = forms.CharField(widget=forms.HiddenInput)


def field_labels(names: list[str]) -> list[tuple[str, str]]:
    """Fields of sectors' data with what they are called, in the order in which schemas have them."""
    labels = {one.name: _(one.label) for each in schemas() for one in each.fields}
    return [(name, label) for name, label in labels.items() if name in names]


class GroundForm(PlainForm):
    """An act on a case that only needs its ground."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    ground = forms.CharField(
        label=gettext_lazy("Căn cứ"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": gettext_lazy("Ghi căn cứ của quyết định, ví dụ: đã xem sổ gốc, tên mẹ trùng khớp.")
        },
    )

    def __init__(self, case: Case, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": case.acts}, auto_id="id_%s", **kwargs)
        if label:
            self.fields["ground"].label = label


class DecideForm(GroundForm):
    choice = forms.ChoiceField(
        label=gettext_lazy("Kết luận của người xem"),
        error_messages={"required": gettext_lazy("Chọn một quyết định")},
    )
    person = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("choice", "ground", "seen", "person")

    def __init__(self, case: Case, *args: Any, person: int = 0, **kwargs: Any) -> None:
        super().__init__(case, *args, **kwargs)
        offered = choices_for(case.verdict)
        field = self.fields["choice"]
        field.widget = Radios(
            {"class": "govuk-radios--small"}, hints={c.value: _(OPTIONS[c].hint) for c in offered}
        )
        field.choices = [(c.value, _(OPTIONS[c].label)) for c in offered]  # type: ignore[attr-defined]  # a ChoiceField
        # The candidate by its place in the list: no personal number stands in a page.
        self.candidates = [str(one["number"]) for one in case.candidates]
        self.fields["person"].initial = str(person)

    def facts(self) -> dict[str, Any]:
        at = self.cleaned_data["person"]
        number = self.candidates[int(at)] if at.isdigit() and int(at) < len(self.candidates) else ""
        return {"choice": Choice(self.cleaned_data["choice"]), "person": number}


CONFIRM_ALL = "confirm"


class SweepForm(PlainForm):
    """One rule for all cases of the filter."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Quyết định cho tất cả"),
        error_messages={"required": gettext_lazy("Chọn một quyết định")},
    )
    ground = forms.CharField(
        label=gettext_lazy("Căn cứ chung"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": gettext_lazy("Ghi căn cứ chung cho cả đợt")},
    )

    def __init__(self, wanted: Wanted, *args: Any, proposals: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = choices_for(wanted.verdict) if wanted.verdict else []
        choices = [(c.value, _(OPTIONS[c].label)) for c in offered]
        if proposals:
            confirm = _("Xác nhận {n} đề nghị của người khác").format(n=proposals)
            choices.append((CONFIRM_ALL, confirm))
        self.fields["choice"].choices = [("", _("Chọn")), *choices]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def choice_made(self) -> Choice | None:
        made = self.cleaned_data["choice"]
        return None if made == CONFIRM_ALL else Choice(made)
