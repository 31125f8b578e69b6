from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from lienthong.identity import actions
from lienthong.identity.actors import (
    DUTY_KEY,
    SECOND_STEPS,
    account_of,
    acting_assignment,
    actor_of,
    assignments_today,
    second_step_of,
)
from lienthong.identity.adapters import AccountAdapter, told
from lienthong.identity.demo import DEMO_PASSWORD, demo_sign_ins, seconds_left
from lienthong.identity.forms import CitizenSignInForm, NewPasswordForm, OfficerSignInForm, SignInForm
from lienthong.identity.gates import to_sign_in
from lienthong.identity.models import Account
from lienthong.identity.proofs import note_second_step_used
from lienthong.identity.queries import second_steps_of
from lienthong.identity.rules import LastSecondStep, PasswordTooWeak
from lienthong.identity.sign_in import accept_app_code

NEXT_KEY = "identity.next"
"""Where the session keeps the page that the setting up of a second step interrupted."""


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """Name and password; django-allauth leads on to the second step."""

    template_name = "identity/sign_in.html"
    form_class: type[SignInForm]

    def get_form_class(self) -> type[SignInForm]:
        return self.form_class

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return found | {"officer": self.form_class is OfficerSignInForm}


sign_in_citizen = SignIn.as_view(form_class=CitizenSignInForm)
sign_in_officer = SignIn.as_view(form_class=OfficerSignInForm)


class EnrolApp(ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    template_name = "identity/enrol_app.html"

    def form_valid(self, form: Any) -> HttpResponse:
        strong = _strong(self.request)
        response: HttpResponse = super().form_valid(form)
        with transaction.atomic():
            added = Authenticator.objects.select_for_update().get(
                user=self.request.user, type=Authenticator.Type.TOTP
            )
            accept_app_code(added, form.cleaned_data["code"])
        _added(self.request, added, strong=strong)
        return response


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]  # allauth has no types
    template_name = "identity/add_passkey.html"

    def form_valid(self, form: Any) -> HttpResponse:
        strong = _strong(self.request)
        response: HttpResponse = super().form_valid(form)
        added = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN)
        _added(self.request, added.latest("pk"), strong=strong)
        return response


def _strong(request: HttpRequest) -> bool:
    """Had the session passed a second step, or had the account none to pass?"""
    account = account_of(request)
    return second_step_of(request) in SECOND_STEPS or not (account and second_steps_of(account))


def _added(request: HttpRequest, authenticator: Authenticator, *, strong: bool) -> None:
    actions.note_second_step(authenticator=authenticator, strong=strong, by=actor_of(request))
    note_second_step_used(request, authenticator)


@never_cache
@login_required
def second_steps(request: HttpRequest) -> HttpResponse:
    """One's authenticator app, passkeys and recovery codes."""
    _keep_next(request)
    steps = second_steps_of(_account(request))
    return render(
        request,
        "identity/second_steps.html",
        {
            "steps": steps,
            "has_app": any(step.type == Authenticator.Type.TOTP for step in steps),
            "weak": _account(request).is_officer and second_step_of(request) not in SECOND_STEPS,
        },
    )


@never_cache
@login_required
def enrol_second_step(request: HttpRequest) -> HttpResponse:
    """For an officer without a second step: which one to set up. No desk page opens before."""
    if second_steps_of(_account(request)):
        return redirect("mfa_index")
    _keep_next(request)
    return render(request, "identity/enrol_second_step.html")


@never_cache
@login_required
@reauthentication_required(app="lienthong.identity")  # type: ignore[untyped-decorator]  # allauth has no types
def remove_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one's app or one of one's passkeys, after a question."""
    account = _account(request)
    own = Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.RECOVERY_CODES)
    step = get_object_or_404(own, pk=pk)
    refusal = None
    if request.method == "POST":
        try:
            actions.remove_second_step(authenticator=step, by=actor_of(request))
        except LastSecondStep as error:
            refusal = error
        else:
            return redirect("mfa_index")
    last = len(second_steps_of(account)) == 1
    return render(
        request, "identity/remove_second_step.html", {"step": step, "last": last, "refusal": refusal}
    )


@never_cache
@login_required
def go_on(request: HttpRequest) -> HttpResponse:
    """Back to the page that the setting up interrupted, or home."""
    kept = request.session.pop(NEXT_KEY, None)
    return HttpResponseRedirect(kept or AccountAdapter(request).get_login_redirect_url(request))


@never_cache
def choose_duty(request: HttpRequest) -> HttpResponse:
    """In which of several roles an officer works from now on."""
    if account_of(request) is None:
        return to_sign_in(request, "sign_in_officer")
    held = assignments_today(request)
    following = get_next_redirect_url(request)
    if request.method == "POST":
        chosen = next((each for each in held if str(each.pk) == request.POST.get("duty")), None)
        if chosen:
            request.session[DUTY_KEY] = chosen.pk
            actions.note_duty(assignment=chosen, by=actor_of(request))
            return HttpResponseRedirect(following or AccountAdapter(request).get_login_redirect_url(request))
    context = {"held": held, "acting": acting_assignment(request), "next": following}
    context["missing"] = request.method == "POST"
    return render(request, "identity/choose_duty.html", context)


@never_cache
@sensitive_post_parameters("password", "again")
@login_required
@reauthentication_required(app="lienthong.identity")  # type: ignore[untyped-decorator]  # allauth has no types
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password; this session stays, others end."""
    account = _account(request)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_password(
                account=account, password=form.cleaned_data["password"], by=actor_of(request)
            )
        except PasswordTooWeak as refusal:
            form.add_error("password", told(refusal))
        else:
            update_session_auth_hash(request, account)
            return redirect("go_on" if NEXT_KEY in request.session else "mfa_index")
    if request.method != "POST":
        _keep_next(request)
    return render(request, "identity/change_password.html", {"form": form})


@never_cache
def demo_codes(request: HttpRequest) -> HttpResponse:
    """Who can sign in, and the one-time codes of this moment. Exists in the demo only."""
    if not settings.DEMO:
        raise Http404
    return render(
        request,
        "identity/demo_codes.html",
        {"accounts": demo_sign_ins(), "password": DEMO_PASSWORD, "seconds": seconds_left()},
    )


def _account(request: HttpRequest) -> Account:
    account = account_of(request)
    if account is None:
        raise Http404
    return account


def _keep_next(request: HttpRequest) -> None:
    following = get_next_redirect_url(request)
    if following:
        request.session[NEXT_KEY] = following
