"""Where django-allauth asks, and what we answer."""

import base64
from datetime import timedelta
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lienthong.identity import actions
from lienthong.identity.actors import (
    SECOND_STEPS,
    acting_assignment,
    actor_of,
    recently_authenticated,
    second_step_of,
)
from lienthong.identity.models import Account
from lienthong.identity.queries import second_steps_of
from lienthong.identity.rules import SignInRefused
from lienthong.identity.sign_in import check_password, may_sign_in
from lienthong.kit.errors import Refused

SETTINGS_WINDOW = timedelta(minutes=10)
"""How long after a proof of identity the second steps may be changed without another."""


def told(refusal: Refused) -> ValidationError:
    """A refusal as a form says it, translated."""
    return ValidationError(gettext(refusal.sentence).format(**refusal.facts), code=refusal.code)


class SessionBackend(BaseBackend):
    """Finds the account of a session; closed accounts, and demo ones outside the demo, are nobody."""

    def get_user(self, user_id: int) -> Account | None:
        account = Account.objects.filter(pk=user_id).first()
        return account if account is not None and may_sign_in(account) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_password": _("Mật khẩu không đúng."),
        "incorrect_code": _("Mã không đúng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Closed: sign-in forms call sign_in.check_password, which counts and says nothing."""
        return None

    def reauthenticate(self, user: Account, password: str) -> bool:
        try:
            again = check_password(
                kind=user.kind,
                sign_in_name=user.sign_in_name,
                password=password,
                address=address_of(context.request),
            )
        except SignInRefused:
            return False
        except Refused as refusal:
            raise told(refusal) from refusal
        return bool(again.pk == user.pk)

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:
        return not recently_authenticated(context.request, SETTINGS_WINDOW)

    def get_reauthentication_methods(self, user: Account | AnonymousUser) -> list[dict[str, Any]]:
        """Ways to prove again who one is, at least as strong as the session; the first is the default."""
        if not isinstance(user, Account):
            return []
        if second_step_of(context.request) not in SECOND_STEPS:
            return [{"id": "reauthenticate", "url": reverse("account_reauthenticate")}]
        names = {
            Authenticator.Type.TOTP: "mfa_reauthenticate",
            Authenticator.Type.WEBAUTHN: "mfa_reauthenticate_webauthn",
        }
        owned = {step.type for step in second_steps_of(user)}
        return [{"id": name, "url": reverse(name)} for kind, name in names.items() if kind in owned]

    def post_login(
        self, request: HttpRequest, user: Account, *, redirect_url: str | None, **_kwargs: Any
    ) -> HttpResponse:
        actions.note_sign_in(account=user, second_step=second_step_of(request), by=actor_of(request))
        return HttpResponseRedirect(redirect_url or self.get_login_redirect_url(request))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home: an officer by way of the second step and the choice of a duty where needed."""
        account = request.user
        if not isinstance(account, Account) or not account.is_officer:
            return str(settings.LOGIN_REDIRECT_URL)
        if second_step_of(request) not in SECOND_STEPS:
            return reverse("mfa_index" if second_steps_of(account) else "enrol_second_step")
        if acting_assignment(request) is None:
            return reverse("choose_duty")
        return officer_home()

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return get_next_redirect_url(request) or "/"

    def respond_user_inactive(self, request: HttpRequest, user: Account) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_login"))

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Quiet: our pages say what happened themselves."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No e-mail addresses are kept."""


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn. Hãy nhập mã ứng dụng đang hiện."),
    }

    def get_totp_issuer(self) -> str:
        return "Liên Thông"

    def build_totp_svg(self, url: str) -> str:
        return str(segno.make(url).svg_inline(scale=5, border=4, light="#fff", svgclass=None, lineclass=None))

    def encrypt(self, text: str) -> str:
        """Secrets of apps and recovery codes are unreadable in a copy of the database alone."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return "Liên Thông"

    def generate_authenticator_name(self, user: Account, type: Authenticator.Type) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Khóa truy cập số {number}").format(number=count + 1)


def officer_home() -> str:
    return str(getattr(settings, "OFFICER_HOME_URL", settings.LOGIN_REDIRECT_URL))


def address_of(request: HttpRequest) -> str:
    """The client's address; behind proxies only as ALLAUTH_TRUSTED_PROXY_COUNT says."""
    try:
        return str(AccountAdapter(request).get_client_ip(request))
    except PermissionDenied:
        return "unknown"


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(secret: str | bytes) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"lienthong identity second step")
    return base64.urlsafe_b64encode(kdf.derive(force_bytes(secret)))
