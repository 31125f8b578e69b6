"""At the counter: scan, choose, fill in what nobody knows yet."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.desk.queries.counter import Case, communes_named, procedures_for
from lienthong.desk.rules import PRESENCE
from lienthong.dossiers.public import CHANNEL_NAMES, Channel
from lienthong.fields.public import PersonalNumberField, PlainForm, Radios, told
from lienthong.procedures.public import PaperDemand, question_field, question_initial, question_value
from lienthong.territory.public import Unit

CHANNELS: Final = (Channel.COUNTER, Channel.POST)


class ScanForm(PlainForm):
    """Whatever the scanner types, or a personal number typed by hand."""

    scanned = forms.CharField(
        label=gettext_lazy("Quét mã QR trên thẻ căn cước"),
        help_text=gettext_lazy("Con trỏ nằm sẵn ở ô này. Không có máy quét: gõ số định danh rồi Enter."),
        max_length=600,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
        error_messages={"required": gettext_lazy("Quét mã QR hoặc gõ số định danh gồm 12 chữ số")},
    )


class BeginForm(PlainForm):
    """Which procedure, where, how it came, and that the face was looked at."""

    number = PersonalNumberField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label=gettext_lazy("Hồ sơ đến bằng cách nào"), widget=Radios({"class": "govuk-radios--small"})
    )
    procedure = forms.ChoiceField(label=gettext_lazy("Thủ tục"))
    place = forms.CharField(
        label=gettext_lazy("Xã, phường nơi giải quyết"),
        help_text=gettext_lazy("Để trống là nơi của trung tâm này. Trùng tên thì thêm tên tỉnh."),
        required=False,
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    presence = forms.ChoiceField(label=gettext_lazy("Ai làm hồ sơ"), required=False)
    met = forms.BooleanField(label=gettext_lazy("Tôi đã đối chiếu người với ảnh trên thẻ"), required=False)

    def __init__(self, home: Unit | None, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(
            data, initial={"channel": Channel.COUNTER.value, "presence": "typed", **(initial or {})}
        )
        self.home = home
        self.unit: Unit | None = None
        self.fields["channel"].choices = [(c.value, told(CHANNEL_NAMES[c])) for c in CHANNELS]  # type: ignore[attr-defined]  # a ChoiceField
        versions = {v.pk: v for channel in CHANNELS for v in procedures_for(channel)}
        self.versions = {str(pk): version for pk, version in versions.items()}
        named = sorted((v.typed.short_name, v.typed.code, pk) for pk, v in self.versions.items())
        self.fields["procedure"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("Chọn thủ tục")),
            *((pk, f"{name} ({code})") for name, code, pk in named),
        ]
        for name in ("place", "presence"):
            self.fields[name].say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by forms/_label.html
        there = [(key, _(words)) for key, words in PRESENCE.items() if key != "post"]
        self.fields["presence"].choices = there  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("channel") == Channel.COUNTER and not cleaned.get("met"):
            self.add_error("met", _("Nhìn người, nhìn ảnh trên thẻ rồi đánh dấu vào ô này"))
        version = self.versions.get(cleaned.get("procedure", ""))
        if version and cleaned.get("channel"):
            open_for = (*version.typed.channels.items, *version.typed.channels.fallback)
            if cleaned["channel"] not in open_for:
                words = _("Thủ tục này không nhận hồ sơ {channel}")
                self.add_error(
                    "procedure", words.format(channel=told(CHANNEL_NAMES[Channel(cleaned["channel"])]))
                )
        self._find_place(cleaned.get("place", ""))
        return cleaned

    def _find_place(self, text: str) -> None:
        if not text:
            self.unit = self.home
            if self.home is None:
                self.add_error("place", _("Nhập tên xã, phường nơi giải quyết"))
            return
        found = communes_named(text)
        if len(found) == 1 or (
            found
            and found[0].name.casefold() == text.casefold()
            and len({u.name for u in found}) == len(found)
        ):
            self.unit = found[0]
        elif found:
            names = "; ".join(f"{unit.short_name}, {unit.parent.short_name}" for unit in found if unit.parent)
            self.add_error("place", _("Có nhiều nơi như vậy: {names}. Gõ cả tên tỉnh").format(names=names))
        else:
            self.add_error("place", _("Không tìm thấy xã, phường nào có tên ấy. Gõ lại tên, ví dụ: Bến Nghé"))

    @property
    def choices(self) -> dict[str, Any]:
        """What the draft keeps beside the answers."""
        cleaned = self.cleaned_data
        by_post = cleaned["channel"] == Channel.POST
        return {
            "channel": cleaned["channel"],
            "unit": self.unit.pk if self.unit else 0,
            "presence": "post" if by_post else cleaned["presence"] or "typed",
            "met": bool(cleaned["met"]),
        }


class CaseForm(PlainForm):
    """Beside the answers: the case, what its papers depend on, the papers, the way home."""

    phone = forms.RegexField(
        r"^(\+84|0)\d{8,10}$",
        label=gettext_lazy("Số điện thoại để báo tin"),
        required=False,
        error_messages={
            "invalid": gettext_lazy("Nhập số điện thoại bắt đầu bằng 0 hoặc +84, ví dụ 0912345678")
        },
        widget=forms.TextInput({"class": "govuk-input--width-10", "inputmode": "tel", "autocomplete": "off"}),
    )
    delivery = forms.ChoiceField(
        label=gettext_lazy("Nhận kết quả"),
        widget=Radios({"class": "govuk-radios--small"}),
        error_messages={"required": gettext_lazy("Chọn cách nhận kết quả")},
    )
    address = forms.CharField(
        label=gettext_lazy("Địa chỉ nhận qua bưu chính"),
        required=False,
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(
        self, case: Case, data: Any = None, files: Any = None, *, refused: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(data, files, initial=_initial(case))
        self.case, self.refused = case, dict(refused or {})
        self._add_cases()
        for key, question in case.questions.items():
            self.fields[f"c_{key}"] = question_field(question)
            self.fields[f"c_{key}"].required = False
            self.fields[f"c_{key}"].say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by forms/_label.html
        ways = case.content.result.delivery or ("online", "direct", "post")
        self.fields["delivery"].choices = [(way, told(CHANNEL_NAMES[Channel(way)])) for way in ways]  # type: ignore[attr-defined]  # a ChoiceField
        if self.initial.get("delivery") not in ways:
            self.initial["delivery"] = ways[0]
        self.handed = [demand for demand in case.demands if demand.action != "looked_up"]
        for demand in self.handed:
            self._add_paper(demand)

    def _add_cases(self) -> None:
        variants = self.case.content.variants
        if len(variants) > 1:
            self.fields["variant"] = forms.ChoiceField(
                label=_("Trường hợp"),
                choices=[(each.id, each.title or each.id) for each in variants],
                widget=Radios({"class": "govuk-radios--small"}),
                error_messages={"required": _("Chọn trường hợp")},
            )

    def _add_paper(self, demand: PaperDemand) -> None:
        key = demand.paper.key
        self.fields[f"paper_{key}"] = forms.FileField(
            label=_("Bản quét của {name}").format(name=demand.paper.name),
            required=False,
            allow_empty_file=True,
            widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
        )
        self.fields[f"shown_{key}"] = forms.BooleanField(
            label=_("Đã xem bản giấy của {name}").format(name=demand.paper.name), required=False
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("delivery") == Channel.POST and not cleaned.get("address"):
            self.add_error("address", _("Nhập địa chỉ nhận qua bưu chính"))
        for key, why in self.refused.items():
            self.add_error(f"paper_{key}" if f"paper_{key}" in self.fields else None, why)
        return cleaned

    @property
    def names(self) -> set[str]:
        return set(self.fields) | {"file_it"}

    @property
    def variant(self) -> str:
        return str(self.data.get("variant", "")) if "variant" in self.fields else ""

    def choices(self) -> dict[str, Any]:
        """What the draft keeps, right or wrong; a circumstance not answered is left open."""
        typed = {name: self.data.get(name, "") for name in ("phone", "delivery", "address")}
        circumstance = {
            key: question_value(question, self.data.get(f"c_{key}", ""))
            for key, question in self.case.questions.items()
        }
        return {
            **typed,
            "circumstances": {key: value for key, value in circumstance.items() if value is not None},
            "shown": [d.paper.key for d in self.handed if self.data.get(f"shown_{d.paper.key}")],
        }

    def drawn_papers(self) -> list[tuple[PaperDemand, forms.BoundField, forms.BoundField, str]]:
        held = {key: paper.file.name for key, paper in self.case.files.items()}
        return [
            (d, self[f"paper_{d.paper.key}"], self[f"shown_{d.paper.key}"], held.get(d.paper.key, ""))
            for d in self.handed
        ]

    def drawn_cases(self) -> Iterable[forms.BoundField]:
        names = [
            *(["variant"] if "variant" in self.fields else []),
            *(f"c_{key}" for key in self.case.questions),
        ]
        return [self[name] for name in names]


def _initial(case: Case) -> dict[str, Any]:
    choices = case.draft.choices
    return {
        **{f"c_{key}": question_initial(q.default) for key, q in case.questions.items()},
        "variant": case.draft.variant,
        "phone": choices.get("phone", ""),
        "address": choices.get("address", ""),
        "delivery": choices.get("delivery") or Channel.COUNTER.value,
        **{f"c_{key}": question_initial(value) for key, value in choices.get("circumstances", {}).items()},
        **{f"shown_{key}": True for key in choices.get("shown", ())},
    }
