"""Small forms of the hall: what is asked of the register, what a lead tells, what a committee gives."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.console.addresses import AS_OF, KNOWN_AT, LATE, SCOPE, SINCE, WHOLE, Question
from lienthong.console.deadlines import NAMES as DEADLINE
from lienthong.console.deadlines import DeadlineFields
from lienthong.console.registers import choices_of_scope
from lienthong.documents.public import StoredFile
from lienthong.fields.public import DayField, PlainForm, Radios
from lienthong.identity.public import Actor
from lienthong.indicators.public import INDICATORS
from lienthong.organisations.public import Kind, Organisation, organisations_on
from lienthong.steering.public import (
    CAUSE_NAMES,
    MONEY_NAMES,
    Cause,
    Deadline,
    DeadlineKind,
    Money,
    Plan,
    TaskEntry,
    plans_to_assign,
)

FILES: Final = "evidence"
EVERY_PROVINCE: Final = "*H"


def long_text(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea({"rows": 3}), **more)


def short_text(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=500, **more)


def today_field(label: Any) -> DayField:
    return DayField(label=label, initial=timezone.localdate)


def evidence_field() -> forms.FileField:
    return forms.FileField(
        label=gettext_lazy("Minh chứng"),
        required=False,
        help_text=gettext_lazy("Tệp PDF, JPEG hoặc PNG"),
        widget=forms.ClearableFileInput({"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class DongField(forms.IntegerField):
    """1.250.000.000 as it is written; cleans to a number of dong."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-20"})
        super().__init__(widget=widget, **more)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(str(value or "").replace(".", "").replace(" ", ""))


class QuestionForm(forms.Form):
    """Scope, day, moment of knowledge, day compared with: all in the address."""

    def __init__(self, asked: Question) -> None:
        super().__init__(initial={**asked.told, AS_OF: asked.as_of.isoformat()})
        day = forms.DateInput({"type": "date", "class": "govuk-input"})
        self.fields[SCOPE] = forms.ChoiceField(label=_("Phạm vi"), choices=choices_of_scope(), required=False)
        self.fields[AS_OF] = forms.CharField(label=_("Tính đến ngày"), widget=day)
        self.fields[KNOWN_AT] = forms.CharField(
            label=_("Theo những gì đã ghi nhận đến"), required=False,
            widget=forms.TextInput({"placeholder": _("nay")}),
        )  # fmt: skip
        self.fields[SINCE] = forms.CharField(label=_("So hạng với ngày"), required=False, widget=day)
        self.fields[LATE] = forms.ChoiceField(
            label=_("“Chậm” là"), required=False,
            choices=[("", _("chưa xong và quá hạn")), ("ca-xong-muon", _("kể cả xong sau hạn"))],
        )  # fmt: skip
        self.fields[WHOLE] = forms.ChoiceField(
            label=_("Tỷ lệ chậm tính trên"), required=False,
            choices=[("", _("mọi nhiệm vụ")), ("den-han", _("nhiệm vụ đến hạn"))],
        )  # fmt: skip


class CompareForm(forms.Form):
    """Two units, two months, two days of tasks, and which indicator: all in the address."""

    def __init__(self, told: dict[str, str], months: list[date]) -> None:
        super().__init__(initial=told)
        unit = forms.TextInput({"class": "govuk-input", "list": "don-vi-goi-y", "autocomplete": "off"})
        day = forms.DateInput({"type": "date", "class": "govuk-input"})
        every = [(f"{month:%Y-%m}", f"{month:%m/%Y}") for month in reversed(months)]
        shown = [(one.code, _(one.name)) for one in INDICATORS.values()]
        self.fields["don-vi"] = forms.CharField(label=_("Đơn vị"), widget=unit)
        self.fields["voi-don-vi"] = forms.CharField(label=_("So với đơn vị"), required=False, widget=unit)
        self.fields["thang"] = forms.ChoiceField(label=_("Tháng"), choices=every)
        self.fields["voi-thang"] = forms.ChoiceField(
            label=_("So với tháng"), required=False, choices=[("", _("không so tháng")), *every]
        )
        self.fields["chi-tieu"] = forms.ChoiceField(
            label=_("Chỉ tiêu"), required=False, choices=[("", _("mọi chỉ tiêu")), *shown]
        )
        self.fields[AS_OF] = forms.CharField(label=_("Nhiệm vụ tính đến ngày"), required=False, widget=day)
        self.fields[SINCE] = forms.CharField(label=_("So với ngày"), required=False, widget=day)


# ---- what a lead tells


class StepForm(PlainForm):
    """Something written into a task's ledger. `files`: what was kept of the evidence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"id_{type(self).__name__.lower()}_%s"

    def facts(self, files: list[StoredFile]) -> dict[str, Any]:
        told = {name: value for name, value in self.cleaned_data.items() if name != FILES}
        return {**told, "evidence": files} if FILES in self.fields else told


class ProgressForm(StepForm):
    on = today_field(gettext_lazy("Ngày"))
    text = long_text(gettext_lazy("Đã làm được gì"))
    percent = forms.IntegerField(
        label=gettext_lazy("Tiến độ, %"), required=False, widget=forms.TextInput({"inputmode": "numeric"})
    )
    commitment_on = DayField(
        label=gettext_lazy("Cam kết xong ngày"), required=False,
        help_text=gettext_lazy("Cam kết không làm đổi thời hạn được giao."),
    )  # fmt: skip
    evidence = evidence_field()


class ObstacleForm(StepForm):
    on = today_field(gettext_lazy("Vướng từ ngày"))
    cause = forms.ChoiceField(
        label=gettext_lazy("Nguyên nhân thuộc nhóm"),
        widget=Radios({"class": "govuk-radios--small"}),
        choices=[(cause.value, gettext_lazy(CAUSE_NAMES[cause])) for cause in Cause],
    )
    text = long_text(gettext_lazy("Vướng ở đâu"))
    proposal = long_text(gettext_lazy("Đề xuất cách gỡ"))
    remover = forms.ChoiceField(label=gettext_lazy("Ai gỡ được"), required=False)
    evidence = evidence_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {agency.code: agency for agency in level_one()}
        named = [(code, agency.name) for code, agency in self.agencies.items()]
        self.fields["remover"].choices = [("", _("Chính cơ quan chủ trì")), *named]  # type: ignore[attr-defined]  # a ChoiceField

    def facts(self, files: list[StoredFile]) -> dict[str, Any]:
        told = super().facts(files)
        return {**told, "cause": Cause(told["cause"]), "remover": self.agencies.get(told["remover"])}


class AskExtensionForm(StepForm):
    due_on = DayField(label=gettext_lazy("Xin lùi hạn đến ngày"))
    basis = long_text(gettext_lazy("Căn cứ: văn bản hoặc lý do cụ thể"))
    evidence = evidence_field()


class CompleteForm(StepForm):
    on = today_field(gettext_lazy("Ngày hoàn thành"))
    reference = short_text(gettext_lazy("Số, ký hiệu văn bản kết quả"), required=False)
    text = long_text(gettext_lazy("Kết quả"), required=False)
    evidence = evidence_field()


class FundForm(StepForm):
    money = forms.ChoiceField(
        label=gettext_lazy("Kinh phí"),
        widget=Radios({"class": "govuk-radios--small"}),
        choices=[(kind.value, gettext_lazy(MONEY_NAMES[kind])) for kind in Money],
    )
    amount = DongField(label=gettext_lazy("Số tiền, đồng"))
    on = today_field(gettext_lazy("Ngày"))
    reference = short_text(gettext_lazy("Văn bản, chứng từ"))

    def facts(self, files: list[StoredFile]) -> dict[str, Any]:
        told = super().facts(files)
        return {**told, "money": Money(told["money"])}


# ---- what a committee decides


class SetDueForm(StepForm):
    on = today_field(gettext_lazy("Ngày xảy ra sự kiện, hoặc ngày được đề nghị"))
    due_on = DayField(
        label=gettext_lazy("Hạn hoàn thành"), required=False,
        help_text=gettext_lazy("Chỉ nhập khi làm theo đề nghị; tính từ sự kiện thì hạn tự tính."),
    )  # fmt: skip
    reference = short_text(gettext_lazy("Văn bản"))


class CancelForm(StepForm):
    on = today_field(gettext_lazy("Thôi giao từ ngày"))
    reference = short_text(gettext_lazy("Văn bản thôi giao"))


class RetractForm(StepForm):
    entry = forms.ChoiceField(label=gettext_lazy("Dòng ghi nhầm"))
    reason = long_text(gettext_lazy("Nhầm ở đâu"))

    def __init__(self, *args: Any, lines: list[tuple[TaskEntry, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = {str(entry.pk): entry for entry, _words in lines}
        self.fields["entry"].choices = [(str(entry.pk), words) for entry, words in lines]  # type: ignore[attr-defined]  # a ChoiceField

    def facts(self, files: list[StoredFile]) -> dict[str, Any]:
        told = super().facts(files)
        return {"entry": self.lines[told["entry"]], "reason": told["reason"]}


class GrantForm(StepForm):
    asked = forms.IntegerField(widget=forms.HiddenInput, required=False)
    due_on = DayField(label=gettext_lazy("Hạn mới"))
    basis = short_text(gettext_lazy("Văn bản đồng ý gia hạn"))


class RefuseForm(StepForm):
    reason = long_text(gettext_lazy("Lý do không đồng ý gia hạn"))


class RemoveObstacleForm(StepForm):
    obstacle = forms.ChoiceField(label=gettext_lazy("Vướng mắc đã gỡ"))
    on = today_field(gettext_lazy("Ngày gỡ"))
    text = long_text(gettext_lazy("Đã gỡ bằng cách nào"))
    reference = short_text(gettext_lazy("Văn bản"), required=False)

    def __init__(self, *args: Any, obstacles: list[TaskEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.obstacles = {str(each.pk): each for each in obstacles}
        self.fields["obstacle"].choices = [(pk, each.text) for pk, each in self.obstacles.items()]  # type: ignore[attr-defined]  # a ChoiceField

    def facts(self, files: list[StoredFile]) -> dict[str, Any]:
        told = super().facts(files)
        return {**told, "obstacle": self.obstacles[told["obstacle"]]}


class ReturnForm(StepForm):
    on = today_field(gettext_lazy("Ngày trả lại"))
    reason = long_text(gettext_lazy("Kết quả chưa đạt ở đâu"))


# ---- a new task


def level_one() -> list[Organisation]:
    """Ministries, then provinces, by name: who tasks of a national plan are given to."""
    kinds = (Kind.MINISTRY, Kind.PROVINCE_COMMITTEE)
    found = organisations_on(timezone.localdate()).filter(kind__in=kinds, parent__isnull=True).by_name()
    return sorted(found, key=lambda agency: agency.kind != Kind.MINISTRY)


class AssignForm(DeadlineFields):
    """A conclusion, or another document, gives a task to an agency or to every province."""

    field_order = ("plan", "content", "lead", "product", "deadline_kind", "due_on", *DEADLINE[1:])

    plan = forms.ChoiceField(label=gettext_lazy("Kế hoạch"))
    content = long_text(gettext_lazy("Nội dung nhiệm vụ"))
    lead = forms.ChoiceField(label=gettext_lazy("Cơ quan chủ trì"))
    product = short_text(gettext_lazy("Sản phẩm"), required=False)
    due_on = DayField(
        label=gettext_lazy("Thời hạn"), required=False, help_text=gettext_lazy("Khi hạn là một ngày cố định.")
    )
    number = short_text(gettext_lazy("Số, ký hiệu văn bản giao"))
    signed_on = today_field(gettext_lazy("Ngày văn bản"))
    title = short_text(gettext_lazy("Trích yếu"))

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by the drawing
        self.fields["deadline_kind"].initial = DeadlineKind.FIXED.value
        self.plans: dict[str, Plan] = {plan.code: plan for plan in plans_to_assign(by)}
        self.agencies = {agency.code: agency for agency in level_one()}
        self.fields["plan"].choices = [(code, plan.name) for code, plan in self.plans.items()]  # type: ignore[attr-defined]  # a ChoiceField
        everybody = (EVERY_PROVINCE, _("Mọi tỉnh, thành phố: mỗi nơi một phần việc"))
        named = [(code, agency.name) for code, agency in self.agencies.items()]
        self.fields["lead"].choices = [everybody, *named]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def chosen_plan(self) -> Plan:
        return self.plans[self.cleaned_data["plan"]]

    @property
    def leads(self) -> list[Organisation]:
        chosen = self.cleaned_data["lead"]
        if chosen == EVERY_PROVINCE:
            return [a for a in self.agencies.values() if a.kind == Kind.PROVINCE_COMMITTEE]
        return [self.agencies[chosen]]

    @property
    def due(self) -> Deadline:
        return self.deadline(self.cleaned_data["due_on"], otherwise=DeadlineKind.FIXED)
