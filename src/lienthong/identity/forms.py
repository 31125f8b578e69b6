"""Sign-in forms. Each says one sentence for every way to be wrong."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from allauth.account.forms import ReauthenticateForm as AllauthPasswordAgainForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from cryptography.exceptions import InvalidSignature
from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from lienthong.identity.adapters import address_of, told
from lienthong.identity.models import Account
from lienthong.identity.proofs import begin_sign_in
from lienthong.identity.rules import PasskeyRefused
from lienthong.identity.sign_in import check_code, check_password
from lienthong.kit.errors import Refused

PASSWORD_LENGTH = 256


class SignInForm(forms.Form):
    """Name and password of one kind of account."""

    kind: ClassVar[str]
    sign_in_name = forms.CharField(max_length=60)
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Nhập mật khẩu")},
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if self.errors:
            return typed
        try:
            self.account = check_password(
                kind=self.kind,
                sign_in_name=typed["sign_in_name"],
                password=typed["password"],
                address=address_of(self.request),
            )
        except Refused as refusal:
            raise told(refusal) from refusal
        return typed

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        return begin_sign_in(request, self.account, redirect_url)


class CitizenSignInForm(SignInForm):
    kind = Account.Kind.CITIZEN
    sign_in_name = forms.CharField(
        label=_("Số định danh cá nhân"),
        help_text=_("12 chữ số, in trên thẻ căn cước."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "inputmode": "numeric", "spellcheck": "false"}
        ),
        error_messages={"required": _("Nhập số định danh cá nhân")},
    )


class OfficerSignInForm(SignInForm):
    kind = Account.Kind.OFFICER
    sign_in_name = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Nhập tên đăng nhập")},
    )


class CodeField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Mã xác thực"),
            max_length=20,
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
            error_messages={"required": _("Nhập mã 6 chữ số")},
            **kwargs,
        )


class SecondStepForm(AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    code = CodeField(help_text=_("Mã 6 chữ số ứng dụng đang hiện, hoặc một mã dự phòng 8 chữ số."))

    def clean_code(self) -> str:
        return _clean_code(self)


class SecondStepAgainForm(ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """For decisions: a recovery code does not stand in."""

    code = CodeField(help_text=_("Mã 6 chữ số ứng dụng đang hiện."))

    def clean_code(self) -> str:
        return _clean_code(self, recovery=False)


def _clean_code(form: Any, *, recovery: bool = True) -> str:
    code: str = form.cleaned_data["code"]
    try:
        form.authenticator = check_code(account=form.user, code=code, recovery=recovery)
    except Refused as refusal:
        raise told(refusal) from refusal
    form.authenticator.user = form.user
    return code


class PasswordAgainForm(AllauthPasswordAgainForm):  # type: ignore[misc]  # allauth has no types
    """One's password once more; counted like a sign-in."""

    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Nhập mật khẩu")},
    )


class EnrolAppForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    code = CodeField(help_text=_("Mã 6 chữ số ứng dụng đang hiện cho Liên Thông."))


class PasskeyForm(AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    def clean_credential(self) -> Authenticator:
        with malformed_is_wrong():
            found: Authenticator = super().clean_credential()
        return found


class PasskeyAgainForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    def clean_credential(self) -> Authenticator:
        with malformed_is_wrong():
            found: Authenticator = super().clean_credential()
        return found


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    def clean(self) -> dict[str, Any]:
        with malformed_is_wrong():
            typed: dict[str, Any] = super().clean()
        return typed


MALFORMED = (LookupError, TypeError, AttributeError, ValueError, struct.error, InvalidSignature)


@contextmanager
def malformed_is_wrong() -> Iterator[None]:
    """allauth and fido2 raise all of these on an answer made by hand, or signed by another key."""
    try:
        yield
    except MALFORMED as error:
        raise told(PasskeyRefused()) from error


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Mật khẩu mới"),
        max_length=PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ít nhất 12 ký tự. Nên dùng một câu dễ nhớ với riêng mình."),
        error_messages={"required": _("Nhập mật khẩu mới")},
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu mới"),
        max_length=PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Nhập lại mật khẩu mới")},
    )

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("again") and typed.get("password") != typed["again"]:
            self.add_error("again", _("Hai lần nhập mật khẩu khác nhau"))
        return typed
