"""Filters above the queue, and the bar that acts on the rows picked."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.desk.queries.queue import STEPS, Queue, Wanted
from lienthong.dossiers.public import CHANNEL_NAMES
from lienthong.fields.public import told


class FilterForm(forms.Form):
    """GET; nothing typed here can be wrong, at most it finds nothing."""

    q = forms.CharField(
        label=gettext_lazy("Mã hồ sơ, tên người nộp, số định danh"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    procedure = forms.ChoiceField(label=gettext_lazy("Thủ tục"), required=False)
    handler = forms.ChoiceField(label=gettext_lazy("Người giữ"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("Cách nộp"), required=False)
    step = forms.ChoiceField(label=gettext_lazy("Bước"), required=False)
    chip = forms.CharField(required=False, widget=forms.HiddenInput)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, queue: Queue, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = _("Tất cả ({n})").format
        self._choices("procedure", [("", every(n=len(queue.procedures))), *queue.procedures])
        holders = [(str(account.pk), account.name) for account, _n in queue.handlers]
        self._choices("handler", [("", every(n=len(holders))), ("0", _("Chưa giao")), *holders])
        channels = [(channel.value, told(name)) for channel, name in CHANNEL_NAMES.items()]
        self._choices("channel", [("", _("Tất cả")), *channels])
        steps = [(name, told(words)) for name, (words, _q) in STEPS.items()]
        self._choices("step", [("", _("Tất cả")), *steps])
        if not queue.handlers:
            del self.fields["handler"]

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


def wanted_of(typed: Any) -> Wanted:
    """The address as typed values; what is odd is ignored."""
    channel = typed.get("channel", "")
    return Wanted(
        text=typed.get("q", "").strip()[:100],
        procedure=typed.get("procedure", "")[:40],
        handler=typed.get("handler", ""),
        channel=channel if channel in set(CHANNEL_NAMES) else "",
        chip=typed.get("chip", ""),
        step=typed.get("step", ""),
        sort=typed.get("sort", "")[:20],
    )


class AssignManyForm(forms.Form):
    """Rows come as `pick` = "<id>:<acts seen>"."""

    handler = forms.ChoiceField(
        label=gettext_lazy("Giao cho"),
        error_messages={
            "required": gettext_lazy("Chọn người nhận việc"),
            "invalid_choice": gettext_lazy("Chọn người nhận việc trong danh sách"),
        },
    )

    def __init__(self, queue: Queue, *, only: int | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.holders = {str(a.pk): a for a, _n in queue.handlers if only is None or a.pk == only}
        words = _("Giao cho: {name} (đang giữ {n})").format
        self.fields["handler"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(a.pk), words(name=a.name, n=n)) for a, n in queue.handlers if str(a.pk) in self.holders
        ]

    def picked(self) -> list[tuple[int, int]]:
        """Dossiers' ids with the number of acts the page showed."""
        pairs = (value.partition(":") for value in self.data.getlist("pick"))  # type: ignore[attr-defined]  # a QueryDict
        return [(int(pk), int(acts)) for pk, _colon, acts in pairs if pk.isdigit() and acts.isdigit()]
