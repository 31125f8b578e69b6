"""What is asked when a meeting is prepared, joined, concluded."""

from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.conference.public import Meeting, MeetingPage, Presence, Site
from lienthong.console.forms import EVERY_PROVINCE, FILES, evidence_field, level_one, long_text, short_text
from lienthong.fields.public import DayField, PlainForm
from lienthong.identity.public import Actor
from lienthong.kit.calendar import VIETNAM
from lienthong.organisations.public import Kind, Organisation, descendants
from lienthong.steering.public import Plan, plans_to_assign

EVERY_COMMUNE: Final = "*X"
EVERY_SITE: Final = "*"


def choose(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class OnePage(PlainForm):
    """Several stand on one page: each field's id begins with its form's name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"id_{type(self).__name__.lower()}_%s"


class MeetingForm(OnePage):
    """What a meeting is about, and when."""

    plan = forms.ChoiceField(label=gettext_lazy("Họp về kế hoạch"))
    title = short_text(gettext_lazy("Tên phiên họp"))
    day = DayField(label=gettext_lazy("Ngày họp"))
    time = forms.TimeField(
        label=gettext_lazy("Giờ họp"), input_formats=["%H:%M", "%Hh%M", "%H.%M"],
        widget=forms.TextInput({"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={"invalid": gettext_lazy("Nhập giờ họp, ví dụ 08:30")},
    )  # fmt: skip
    as_of = DayField(
        label=gettext_lazy("Số liệu trình chiếu tính đến ngày"),
        help_text=gettext_lazy("Không muộn hơn ngày họp."),
    )

    def __init__(self, by: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plans: dict[str, Plan] = {plan.code: plan for plan in plans_to_assign(by)}
        choose(self, "plan", [(code, f"{plan.name} · {plan.body.name}") for code, plan in self.plans.items()])

    def facts(self) -> dict[str, Any]:
        told = self.cleaned_data
        starts_at = datetime.combine(told["day"], told["time"], VIETNAM)
        return {
            "plan": self.plans[told["plan"]], "title": told["title"], "starts_at": starts_at,
            "as_of": told["as_of"],
        }  # fmt: skip


def facts_of(meeting: Meeting) -> dict[str, Any]:
    """What the form starts from."""
    starts = timezone.localtime(meeting.starts_at)
    return {
        "plan": meeting.plan.code, "title": meeting.title, "day": starts.date(), "time": f"{starts:%H:%M}",
        "as_of": meeting.as_of,
    }  # fmt: skip


def candidates(meeting: Meeting) -> list[Organisation]:
    """Who may be connected: of a national body ministries and provinces, else the agencies under its host."""
    host = meeting.body.host
    if host is None:
        return level_one()
    kinds = (Kind.DEPARTMENT, Kind.COMMUNE_COMMITTEE)
    return list(descendants(host, timezone.localdate()).filter(kind__in=kinds))


class SiteForm(OnePage):
    agency = forms.ChoiceField(label=gettext_lazy("Thêm điểm cầu"))

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agencies = {agency.code: agency for agency in candidates(meeting)}
        everybody = {EVERY_PROVINCE: _("Mọi tỉnh, thành phố"), EVERY_COMMUNE: _("Mọi xã, phường, đặc khu")}
        groups = [(EVERY_PROVINCE if meeting.body.host is None else EVERY_COMMUNE)]
        named = [(code, agency.name) for code, agency in self.agencies.items()]
        choose(self, "agency", [*((each, everybody[each]) for each in groups), *named])

    @property
    def chosen(self) -> list[Organisation]:
        kinds = {EVERY_PROVINCE: Kind.PROVINCE_COMMITTEE, EVERY_COMMUNE: Kind.COMMUNE_COMMITTEE}
        code = self.cleaned_data["agency"]
        if code in kinds:
            return [agency for agency in self.agencies.values() if agency.kind == kinds[code]]
        return [self.agencies[code]]


class ItemForm(OnePage):
    title = short_text(gettext_lazy("Nội dung"))
    presenter = short_text(gettext_lazy("Người trình bày"), required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Số phút dự kiến"),
        initial=15,
        widget=forms.NumberInput({"class": "govuk-input--width-3"}),
    )
    evidence = evidence_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[FILES].label = _("Tài liệu")


class PaperForm(OnePage):
    so = forms.ChoiceField(label=gettext_lazy("Cho nội dung"))
    evidence = evidence_field()

    def __init__(self, page: MeetingPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "so", [(str(item.pk), f"{item.number}. {item.title}") for item in page.items])
        self.fields[FILES].label = _("Tài liệu")
        self.fields[FILES].required = True


class ArrivalForm(PlainForm):
    """Roll-call at one of these sites."""

    site = forms.ChoiceField(label=gettext_lazy("Điểm cầu"))
    name = short_text(gettext_lazy("Họ và tên"))
    post = short_text(gettext_lazy("Chức vụ"), required=False)

    def __init__(self, sites: list[Site], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "site", [(str(site.pk), site.name) for site in sites])


class AskForm(PlainForm):
    """One of those present at a site asks for the floor."""

    arrival = forms.ChoiceField(label=gettext_lazy("Người phát biểu"))
    text = short_text(gettext_lazy("Về việc"), required=False)

    def __init__(
        self, here: list[tuple[Site, Presence]], *args: Any, several: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (str(each.came.id), site, f"{each.came.name}, {each.came.post}".rstrip(", "))
            for site, each in here
        ]
        choose(
            self,
            "arrival",
            [(pk, f"{site.short_name}: {who}" if several else who) for pk, site, who in named],
        )


class ConcludeForm(PlainForm):
    """Who shall do what by when."""

    text = long_text(gettext_lazy("Nội dung kết luận"))
    lead = forms.ChoiceField(label=gettext_lazy("Cơ quan phải làm"))
    due_on = DayField(label=gettext_lazy("Thời hạn"))
    product = short_text(gettext_lazy("Sản phẩm"), required=False)
    item = forms.CharField(widget=forms.HiddenInput, required=False)
    dossier = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, page: MeetingPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        connected = {site.agency.code: site.agency for site in page.sites if site.agency}
        others = {a.code: a for a in candidates(page.meeting) if a.code not in connected}
        self.agencies: dict[str, Organisation] = {**connected, **others}
        named = [(code, agency.name) for code, agency in self.agencies.items()]
        every = (EVERY_SITE, _("Mọi điểm cầu: mỗi nơi một phần việc"))
        choose(self, "lead", [("", _("Chọn cơ quan")), every, *named])

    @property
    def leads(self) -> list[Organisation]:
        chosen = self.cleaned_data["lead"]
        if chosen == EVERY_SITE:
            return [site.agency for site in self.page.sites if site.agency]
        return [self.agencies[chosen]]

    def facts(self) -> dict[str, Any]:
        told = self.cleaned_data
        items = {str(each.pk): each for each in self.page.items}
        due: date = told["due_on"]
        return {
            "text": told["text"], "leads": self.leads, "due_on": due, "product": told["product"],
            "item": items.get(told["item"]), "dossier": told["dossier"],
        }  # fmt: skip
