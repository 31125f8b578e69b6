"""What a session has proved, kept by django-allauth. The one module that calls its inner functions."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse

from lienthong.identity.models import Account


def begin_sign_in(request: HttpRequest, account: Account, redirect_url: str | None) -> HttpResponse:
    """The password was right: sign in, or first to the second step if the account has one."""
    record_authentication(request, account, "password")
    response: HttpResponse = perform_login(request, Login(user=account, redirect_url=redirect_url))
    return response


def note_second_step_used(request: HttpRequest, authenticator: Authenticator) -> None:
    """Whoever is signed in has just shown to hold this app or key; the session gets a new key."""
    facts: dict[str, Any] = {"id": authenticator.pk, "type": authenticator.type}
    record_authentication(request, request.user, "mfa", **facts)
    request.session.cycle_key()
