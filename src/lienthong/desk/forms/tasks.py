"""One small form for each thing that may be done to a dossier."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.desk.actions import Review
from lienthong.desk.queries.dossier import DossierPage
from lienthong.documents.public import StoredFile
from lienthong.dossiers.public import Channel, Flaw, Outcome, handlers_at
from lienthong.fields.public import DayField, PlainForm, Radios
from lienthong.identity.public import Account, Actor, Role
from lienthong.organisations.public import Kind, Organisation, organisations_on


def long_text(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea({"rows": 3}), **more)


class TaskForm(PlainForm):
    """`seen`: how many acts the page showed, so that two officers at once are told."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), gettext_lazy("Trang đã cũ. Mở lại hồ sơ rồi làm lại.")
        ),
    )

    def __init__(self, page: DossierPage, by: Actor, data: Any = None, files: Any = None) -> None:
        self.page, self.by = page, by
        super().__init__(data, files, initial=self.first(), prefix=None)
        self.auto_id = f"id_{type(self).__name__.lower()}_%s"
        self.fill()

    def first(self) -> dict[str, Any]:
        return {"seen": self.page.dossier.acts}

    def fill(self) -> None:
        """Choices that depend on the dossier."""

    def facts(self) -> dict[str, Any]:
        """What the action takes beside dossier, by and seen."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class PlainTaskForm(TaskForm):
    """Nothing to say but to do it."""


class RefuseForm(TaskForm):
    component = forms.CharField(label=gettext_lazy("Thành phần hồ sơ chưa đạt"), max_length=500)
    rule = forms.CharField(
        label=gettext_lazy("Điều khoản quy định"),
        help_text=gettext_lazy("Số hiệu văn bản và điều, khoản"),
        max_length=500,
    )
    reason = long_text(gettext_lazy("Lý do, người nộp đọc được"))


class ReasonForm(TaskForm):
    reason = long_text(gettext_lazy("Lý do, người nộp đọc được"))


class StopForm(ReasonForm):
    """NĐ 118/2025/NĐ-CP, form 05: the law lists when the clock may be stopped, so the rule is named."""

    basis = forms.CharField(
        label=gettext_lazy("Văn bản, điều khoản làm căn cứ"),
        help_text=gettext_lazy("Số hiệu, ngày; ví dụ: Quyết định 12/QĐ-TA ngày 10/11/2026"),
        max_length=500,
    )
    paper_document = forms.FileField(
        label=gettext_lazy("Văn bản đính kèm"),
        help_text=gettext_lazy("Bản quét PDF hoặc ảnh"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    asked = ("document",)

    def with_files(self, kept: Mapping[str, StoredFile]) -> dict[str, Any]:
        reason, basis = self.cleaned_data["reason"], self.cleaned_data["basis"]
        return {"reason": reason, "basis": basis, "document": kept.get("document")}


class AssignForm(TaskForm):
    handler = forms.ChoiceField(label=gettext_lazy("Người thụ lý"))

    def fill(self) -> None:
        code = self.page.dossier.authority.code
        here = handlers_at(code)
        if not self.by.has(Role.LEADER, at=code):
            here = [account for account in here if account.pk == self.by.account_id]
        self.here: dict[str, Account] = {str(account.pk): account for account in here}
        self.fields["handler"].choices = [(pk, account.name) for pk, account in self.here.items()]  # type: ignore[attr-defined]  # a ChoiceField

    def facts(self) -> dict[str, Any]:
        return {"handler": self.here[self.cleaned_data["handler"]]}


PROPOSALS: Final = [
    (Outcome.APPROVED.value, gettext_lazy("Trình giải quyết theo đề nghị")),
    (Outcome.DENIED.value, gettext_lazy("Trình không giải quyết, nêu thành phần và điều khoản")),
]
OUTCOMES: Final = [
    (Outcome.APPROVED.value, gettext_lazy("Giải quyết theo đề nghị")),
    (Outcome.DENIED.value, gettext_lazy("Không giải quyết, nêu lý do và điều khoản")),
]


class ProposeForm(TaskForm):
    proposal = forms.ChoiceField(
        label=gettext_lazy("Đề xuất"), choices=PROPOSALS, widget=Radios({"class": "govuk-radios--small"})
    )
    opinion = long_text(gettext_lazy("Ý kiến thẩm định, người nộp đọc được"))

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "proposal": Outcome(self.cleaned_data["proposal"])}


class DecideForm(TaskForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Quyết định"), choices=OUTCOMES, widget=Radios({"class": "govuk-radios--small"})
    )
    opinion = long_text(
        gettext_lazy("Ý kiến, người nộp đọc được"),
        help_text=gettext_lazy("Không giải quyết thì phải nêu lý do và điều khoản."),
        required=False,
    )

    def fill(self) -> None:
        self.fields["opinion"].say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by forms/_label.html

    def first(self) -> dict[str, Any]:
        chosen = self.page.proposal.value if self.page.proposal else None
        return {**super().first(), "outcome": chosen, "opinion": self.page.opinion}

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "outcome": Outcome(self.cleaned_data["outcome"])}


class ApologiseForm(TaskForm):
    new_day = DayField(label=gettext_lazy("Ngày hẹn mới"))
    reason = long_text(gettext_lazy("Vì sao chậm, người nộp đọc được"))


class ForwardForm(TaskForm):
    authority = forms.ChoiceField(label=gettext_lazy("Chuyển đến"))
    reason = long_text(gettext_lazy("Lý do chuyển"))

    def fill(self) -> None:
        dossier = self.page.dossier
        unit = dossier.authority.unit
        units = [u.code for u in (unit, unit.parent if unit else None) if u]
        near = organisations_on(timezone.localdate()).filter(unit__code__in=units)
        near = near.exclude(kind=Kind.ONE_STOP_CENTRE).exclude(pk=dossier.authority_id)
        self.near: dict[str, Organisation] = {str(each.pk): each for each in near}
        named = sorted((each.name, pk) for pk, each in self.near.items())
        self.fields["authority"].choices = [("", _("Chọn cơ quan")), *((pk, name) for name, pk in named)]  # type: ignore[attr-defined]  # a ChoiceField

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "authority": self.near[self.cleaned_data["authority"]]}


HANDED: Final = [
    (Channel.COUNTER.value, gettext_lazy("Trao tận tay tại quầy")),
    (Channel.POST.value, gettext_lazy("Gửi bưu chính")),
    (Channel.ONLINE.value, gettext_lazy("Bản điện tử trong kho giấy tờ của người nộp")),
]


class ReturnForm(TaskForm):
    handed = forms.ChoiceField(
        label=gettext_lazy("Trả bằng cách nào"),
        choices=HANDED,
        widget=Radios({"class": "govuk-radios--small"}),
    )

    def first(self) -> dict[str, Any]:
        return {**super().first(), "handed": self.page.dossier.delivery}

    def facts(self) -> dict[str, Any]:
        return {"handed": Channel(self.cleaned_data["handed"])}


class AskForm(TaskForm):
    """Papers to ask for: tick, say what is wrong and by which rule. What registers hold is not offered."""

    respond_by = DayField(label=gettext_lazy("Bổ sung chậm nhất ngày"), required=False)

    def fill(self) -> None:
        self.components = components_of(self.page)
        remarks = {paper.key: paper.remark for paper in self.page.papers if not paper.replaced}
        for key, name in self.components.items():
            self.fields[f"pick_{key}"] = forms.BooleanField(label=name, required=False)
            flaw = forms.CharField(
                label=_("Chỗ chưa đạt"), required=False, max_length=1000, initial=remarks.get(key)
            )
            rule = forms.CharField(label=_("Điều khoản quy định"), required=False, max_length=500)
            for field in (flaw, rule):
                field.say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by forms/_label.html
            self.fields[f"flaw_{key}"], self.fields[f"rule_{key}"] = flaw, rule

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        picked = [key for key in self.components if cleaned.get(f"pick_{key}")]
        if not picked:
            self.add_error(None, _("Đánh dấu ít nhất một giấy tờ cần bổ sung."))
        for key in picked:
            name = self.components[key]
            if not cleaned.get(f"flaw_{key}"):
                self.add_error(f"flaw_{key}", _("Nêu chỗ chưa đạt của “{name}”").format(name=name))
            if not cleaned.get(f"rule_{key}"):
                self.add_error(f"rule_{key}", _("Nêu điều khoản quy định về “{name}”").format(name=name))
        return cleaned

    def facts(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        flaws = [
            Flaw(key, name, cleaned[f"flaw_{key}"], cleaned[f"rule_{key}"])
            for key, name in self.components.items()
            if cleaned[f"pick_{key}"]
        ]
        return {"flaws": flaws, "respond_by": cleaned["respond_by"]}

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [(self[f"pick_{k}"], self[f"flaw_{k}"], self[f"rule_{k}"]) for k in self.components]


def components_of(page: DossierPage) -> dict[str, str]:
    """What may be asked for, by key: the procedure's papers of this channel, less what a register answered.

    Of a paper form and its electronic twin only the one that fits how the dossier came.
    """
    known = {paper.key for paper in page.papers if paper.action == "looked_up"}
    given = {p.key: p.name for p in page.papers if p.key not in known}
    fitting = [
        p
        for p in page.dossier.version.typed.papers.items
        if not p.reading.channels or page.dossier.channel in p.reading.channels
    ]
    return {**given, **{p.key: p.name for p in fitting if p.key not in known}}


class BringForm(TaskForm):
    """The papers asked for, brought to the counter: one file each."""

    def with_files(self, kept: Mapping[str, StoredFile]) -> dict[str, Any]:
        return {"papers": dict(kept)}

    def fill(self) -> None:
        items = self.page.request.items if self.page.request else []
        self.asked = {item["key"]: item["name"] for item in items}
        for key, name in self.asked.items():
            self.fields[f"paper_{key}"] = forms.FileField(
                label=name,
                help_text=_("Bản quét PDF hoặc ảnh"),
                allow_empty_file=True,
                widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
                error_messages={"required": _("Đính kèm {name}").format(name=name)},
            )


FORMS: Final[Mapping[str, type[TaskForm]]] = {
    "tiep-nhan": PlainTaskForm,
    "tu-choi": RefuseForm,
    "yeu-cau-bo-sung": AskForm,
    "nhan-bo-sung": BringForm,
    "giao": AssignForm,
    "trinh": ProposeForm,
    "tra-lai": ReasonForm,
    "quyet-dinh": DecideForm,
    "xin-loi": ApologiseForm,
    "chuyen": ForwardForm,
    "dung": StopForm,
    "tiep-tuc": StopForm,
    "tra-ket-qua": ReturnForm,
}


class ReviewForm(forms.Form):
    """How each paper was found; what is left alone stays unseen."""

    VERDICTS: Final = [
        ("", gettext_lazy("Chưa xem")),
        ("good", gettext_lazy("Đạt")),
        ("flawed", gettext_lazy("Chưa đạt")),
    ]

    def __init__(self, page: DossierPage, data: Any = None) -> None:
        super().__init__(data)
        self.papers = [p for p in page.papers if not p.replaced and p.action != "looked_up"]
        for paper in self.papers:
            n = paper.number
            self.fields[f"verdict_{n}"] = forms.ChoiceField(
                label=_("Kết quả xem {name}").format(name=paper.name),
                choices=self.VERDICTS,
                required=False,
                initial=paper.verdict or "",
            )
            self.fields[f"remark_{n}"] = forms.CharField(
                label=_("Ghi chú về {name}").format(name=paper.name),
                required=False,
                max_length=1000,
                initial=paper.remark,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for paper in self.papers:
            if cleaned.get(f"verdict_{paper.number}") == "flawed" and not cleaned.get(
                f"remark_{paper.number}"
            ):
                words = _("Ghi chỗ chưa đạt của “{name}”").format(name=paper.name)
                self.add_error(f"remark_{paper.number}", words)
        return cleaned

    def fields_of(self, number: int) -> tuple[forms.BoundField, forms.BoundField] | None:
        name = f"verdict_{number}"
        return (self[name], self[f"remark_{number}"]) if name in self.fields else None


def reviews_in(form: ReviewForm) -> list[Review]:
    """What the form says of papers that were looked at."""
    cleaned = form.cleaned_data
    return [
        Review(p.number, cleaned[f"verdict_{p.number}"], cleaned[f"remark_{p.number}"])
        for p in form.papers
        if cleaned[f"verdict_{p.number}"]
        and (cleaned[f"verdict_{p.number}"], cleaned[f"remark_{p.number}"]) != (p.verdict, p.remark)
    ]
