"""What administrators fill in: an account, a role, a post, and why."""

import re
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lienthong.fields.public import DayField, PlainForm
from lienthong.identity.rules import NATIONAL_ROLES, ROLE_NAMES, Role
from lienthong.organisations.public import Organisation, Post, find_organisations, organisations_on

CODE: Final = re.compile(r"[A-Za-z]\d{2}(\.[A-Za-z0-9]+)*")


class FindForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Họ tên hoặc tên đăng nhập"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )


class OfficerForm(PlainForm):
    name = forms.CharField(label=gettext_lazy("Họ, chữ đệm và tên"), max_length=150)
    sign_in_name = forms.CharField(
        label=gettext_lazy("Tên đăng nhập"),
        help_text=gettext_lazy("Chữ thường không dấu, chữ số, dấu chấm hoặc gạch; ví dụ van.le"),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-20"}
        ),
    )


class OrganisationField(forms.CharField):
    """An agency of today by its code, or by a name that fits one only; empty: None."""

    def clean(self, value: Any) -> Organisation | None:
        text = super().clean(value).strip()
        if not text:
            return None
        today = timezone.localdate()
        if CODE.fullmatch(text):
            found = list(organisations_on(today).filter(code=text.upper()))
        else:
            found = find_organisations(text, today, limit=8)
            exact = [one for one in found if one.name.casefold() == text.casefold()]
            found = exact or found
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("Không tìm thấy cơ quan nào có mã hoặc tên ấy"))
        names = "; ".join(f"{one.code} {one.name}" for one in found)
        raise forms.ValidationError(
            _("Có nhiều cơ quan như vậy, nhập mã của một cơ quan: {names}").format(names=names)
        )


def place(*, required: bool) -> OrganisationField:
    return OrganisationField(
        label=gettext_lazy("Cơ quan"),
        help_text=gettext_lazy("Mã hoặc tên cơ quan. Vai trò của cả nước thì để trống.")
        if not required
        else gettext_lazy("Mã hoặc tên cơ quan."),
        required=required,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


def source() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Căn cứ"),
        help_text=gettext_lazy("Số, ngày của quyết định hoặc phiếu đề nghị"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class SourceForm(PlainForm):
    source = source()


class RoleForm(PlainForm):
    role = forms.ChoiceField(label=gettext_lazy("Vai trò"))
    organisation = place(required=False)
    since = DayField(label=gettext_lazy("Từ ngày"))
    source = source()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(role.value, _(name)) for role, name in ROLE_NAMES.items()]
        self.fields["role"].choices = [("", _("Chọn vai trò")), *names]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["organisation"].say_nothing_of_optional = True  # type: ignore[attr-defined]  # read by forms/_label.html

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role"):
            cleaned["role"] = Role(cleaned["role"])
            if (
                "organisation" in cleaned
                and not cleaned["organisation"]
                and cleaned["role"] not in NATIONAL_ROLES
            ):
                self.add_error("organisation", _("Vai trò này phải gắn với một cơ quan: nhập mã hoặc tên"))
        return cleaned


class EndRoleForm(PlainForm):
    held = forms.IntegerField(widget=forms.HiddenInput)
    until = DayField(label=gettext_lazy("Thôi từ ngày"))
    source = source()


class PostForm(PlainForm):
    title = forms.CharField(label=gettext_lazy("Chức danh"), max_length=150)
    organisation = place(required=True)
    since = DayField(label=gettext_lazy("Từ ngày"))
    source = source()


class LeavePostForm(PlainForm):
    post = forms.ModelChoiceField(Post.objects.all(), widget=forms.HiddenInput)
    until = DayField(label=gettext_lazy("Thôi từ ngày"))
