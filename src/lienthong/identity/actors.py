"""From a web request to the actor behind it."""

import time
from datetime import timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.utils import timezone

from lienthong.identity.devices import device_of
from lienthong.identity.models import Account, RoleAssignment
from lienthong.identity.queries import assignments_of, still_there
from lienthong.identity.rules import ANONYMOUS, Actor, Duty

DUTY_KEY = "identity.duty"
"""Where the session keeps the chosen role assignment's id."""

SECOND_STEPS = frozenset({"totp", "webauthn"})


def actor_of(request: HttpRequest) -> Actor:
    """Who is behind this request: account, assurance of this session, acting duty.

    An officer has duties only after the second step in this session, and one at a time: the
    one chosen, or the only one held. A citizen has level 2 only if it was granted to the
    account and the second step was used in this session (NĐ 69/2024/NĐ-CP).
    """
    account = account_of(request)
    if account is None:
        return ANONYMOUS
    signature = (account.pk, request.session.get(DUTY_KEY), second_step_of(request))
    known: tuple[Any, Actor] | None = getattr(request, "_identity_actor", None)
    if known is None or known[0] != signature:
        known = (signature, _actor(request, account))
        request._identity_actor = known  # type: ignore[attr-defined]  # cached for this request only
    return known[1]


def _actor(request: HttpRequest, account: Account) -> Actor:
    strong = second_step_of(request) in SECOND_STEPS
    assignment = acting_assignment(request) if strong and account.is_officer else None
    return Actor(
        reference=account.reference,
        account_id=account.pk,
        personal_number=None if account.is_officer else account.personal_number,
        name=account.name,
        level=account.level if strong else 1,
        duties=frozenset() if assignment is None else frozenset({assignment.duty}),
        device=device_of(request),
    )


def acting(account: Account, *duties: Duty) -> Actor:
    """An officer who acts outside a web request, in a command or a demo, in these of his duties."""
    return Actor(account.reference, account.pk, None, account.name, account.level, frozenset(duties))


def account_of(request: HttpRequest) -> Account | None:
    """The account signed in, if any."""
    user = request.user
    return user if isinstance(user, Account) else None


def assignments_today(request: HttpRequest) -> list[RoleAssignment]:
    """The roles the officer signed in holds today."""
    account = account_of(request)
    return assignments_of(account, on=timezone.localdate()) if account else []


def acting_assignment(request: HttpRequest) -> RoleAssignment | None:
    """The role being acted in: the one chosen if it still holds, else the only one held."""
    held = assignments_today(request)
    if len(held) == 1:
        return held[0]
    chosen = request.session.get(DUTY_KEY)
    return next((assignment for assignment in held if assignment.pk == chosen), None)


def second_step_of(request: HttpRequest) -> str:
    """How this session passed the second step: "totp", "webauthn", "recovery_codes" or "none".

    An app or key that has been removed since, here or elsewhere, counts no more.
    """
    steps = _second_step_records(request)
    strong = [record["type"] for record in steps if record["type"] in SECOND_STEPS]
    return str([*strong, *(record["type"] for record in steps), "none"][0])


def recently_authenticated(request: HttpRequest, within: timedelta) -> bool:
    """Did the person prove who it is in the last `within`: at sign-in, or again since?

    Where the session passed a second step, only a second step counts: ask before each decision
    that is signed, and send to `reauthenticate_url` on False.
    """
    records = _records(request)
    if second_step_of(request) in SECOND_STEPS:
        records = [each for each in _second_step_records(request) if each["type"] in SECOND_STEPS]
    return any(time.time() - record["at"] < within.total_seconds() for record in records)


def _second_step_records(request: HttpRequest) -> list[dict[str, Any]]:
    records = [record for record in _records(request) if record.get("method") == "mfa"]
    used = {record["id"] for record in records}
    known: tuple[set[int], set[int]] | None = getattr(request, "_identity_steps", None)
    if known is None or known[0] != used:
        known = (used, still_there(used))
        request._identity_steps = known  # type: ignore[attr-defined]  # cached for this request only
    return [record for record in records if record["id"] in known[1]]


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    account = account_of(request)
    return get_authentication_records(request, account) if account else []
