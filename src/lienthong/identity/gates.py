"""What stands before a page: sign in, second step, duty; and what a refusal looks like."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from lienthong.identity.actors import SECOND_STEPS, account_of, actor_of, assignments_today, second_step_of
from lienthong.identity.adapters import AccountAdapter
from lienthong.identity.queries import second_steps_of
from lienthong.identity.rules import NotAllowed, SignInNeeded
from lienthong.kit.errors import Refused

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def citizen_page(page: Page[P]) -> Page[P]:
    """Only for citizens signed in; others are led to sign in, officers are refused."""

    @wraps(page)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if account_of(request) is None:
            return to_sign_in(request)
        if not actor_of(request).is_citizen:
            raise NotAllowed
        return page(request, *args, **kwargs)

    return guarded


def officer_page(page: Page[P]) -> Page[P]:
    """Only for officers, after the second step and in a duty; led to whatever is missing."""

    @wraps(page)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        account = account_of(request)
        if account is None:
            return to_sign_in(request, "sign_in_officer")
        if not account.is_officer:
            raise NotAllowed
        if account.must_change_password:
            return _to(request, "change_password")
        if second_step_of(request) not in SECOND_STEPS:
            return _to(request, "mfa_index" if second_steps_of(account) else "enrol_second_step")
        if not actor_of(request).is_officer:
            if len(assignments_today(request)) > 1:
                return _to(request, "choose_duty")
            raise NotAllowed
        return page(request, *args, **kwargs)

    return guarded


def to_sign_in(request: HttpRequest, name: str = "account_login") -> HttpResponseRedirect:
    """To the sign-in page, and afterwards back to where the person was."""
    return _to(request, name)


def reauthenticate_url(request: HttpRequest) -> str:
    """Where to prove again who one is, and come back; by the second step if the session had one.

    Raises SignInNeeded if nobody is signed in.
    """
    account = account_of(request)
    if account is None:
        raise SignInNeeded
    way = AccountAdapter(request).get_reauthentication_methods(account)[0]
    return f"{way['url']}?{urlencode({'next': _back(request)})}"


def _to(request: HttpRequest, name: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': _back(request)})}")


def _back(request: HttpRequest) -> str:
    """This page; after a POST the page its form stood on, since a redirect cannot post again."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    referer = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(referer)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.path


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The page of a refusal that no page answered itself: its sentence, or 404 where even existence is private."""
    sentence = None if refusal.status == 404 else gettext(refusal.sentence).format(**refusal.facts)
    return render(request, f"{refusal.status}.html", {"reason": sentence}, status=refusal.status)


class RefusalMiddleware:
    """Answers what any page refused: to sign-in if nobody is, else the sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, SignInNeeded):
            return to_sign_in(request)
        if isinstance(exception, Refused):
            return refused(request, exception)
        return None
