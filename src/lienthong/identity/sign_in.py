"""Is this the person: password, one-time code, and how often one may be wrong.

Attempts are counted in PostgreSQL, so that all processes share them and a restart forgets
nothing. Each attempt is counted before it is judged: many at once cannot slip past the limit.
"""

import hmac
import ipaddress
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from lienthong.identity.codes import counter_of
from lienthong.identity.models import Account, FailedAttempt
from lienthong.identity.rules import (
    FAILURE_WINDOW,
    FAILURES_BY_ADDRESS,
    FAILURES_BY_NAME,
    CodeRefused,
    SignInRefused,
    TooManyAttempts,
)


def check_password(*, kind: str, sign_in_name: str, password: str, address: str) -> Account:
    """The account that name and password open. Raises SignInRefused, TooManyAttempts.

    Whether the account exists shows neither in the answer nor in the work done: a password
    is hashed either way, and names that nobody holds are locked like any other.
    """
    name = "".join(sign_in_name.split()).lower()
    limits = [
        Limit(f"name:{kind}:{name}", FAILURES_BY_NAME, forgiven=True),
        Limit(f"address:{_network(address)}", FAILURES_BY_ADDRESS),
    ]
    with _counted(limits):
        account = Account.objects.filter(kind=kind, sign_in_name=name).first()
        if account is None:
            make_password(password)
            raise SignInRefused
        if not account.check_password(password) or not may_sign_in(account):
            raise SignInRefused
        return account


def forget_failures(account: Account) -> None:
    """Failed attempts with this name, its password and its codes; those of an address stay."""
    limits = [
        Limit(f"name:{account.kind}:{account.sign_in_name}", FAILURES_BY_NAME),
        Limit(f"code:{account.pk}", FAILURES_BY_NAME),
    ]
    FailedAttempt.objects.filter(key__in=[limit.key for limit in limits]).delete()


def is_locked(account: Account) -> bool:
    """Whether too many attempts with this name or its codes have failed of late."""
    since = timezone.now() - FAILURE_WINDOW
    keys = [f"name:{account.kind}:{account.sign_in_name}", f"code:{account.pk}"]
    return any(
        FailedAttempt.objects.filter(key=Limit(key, FAILURES_BY_NAME).key, at__gt=since).count()
        >= FAILURES_BY_NAME
        for key in keys
    )


def may_sign_in(account: Account) -> bool:
    return account.is_active and (settings.DEMO or not account.demo)


def check_code(*, account: Account, code: str, recovery: bool = True) -> Authenticator:
    """The authenticator app, or with `recovery` the recovery codes, that a code belongs to; good once.

    Raises CodeRefused, TooManyAttempts.
    """
    with _counted([Limit(f"code:{account.pk}", FAILURES_BY_NAME, forgiven=True)]):
        found = _accept("".join(code.split()), account, recovery=recovery)
        if found is None:
            raise CodeRefused
        return found


@transaction.atomic
def _accept(code: str, account: Account, *, recovery: bool) -> Authenticator | None:
    checks = {Authenticator.Type.TOTP: accept_app_code}
    if recovery:
        checks[Authenticator.Type.RECOVERY_CODES] = _accept_recovery_code
    owned = Authenticator.objects.select_for_update().filter(user=account, type__in=checks)
    return next((each for each in owned.order_by("pk") if checks[each.type](each, code)), None)


def _accept_recovery_code(authenticator: Authenticator, code: str) -> bool:
    return bool(authenticator.wrap().validate_code(code))


def accept_app_code(authenticator: Authenticator, code: str) -> bool:
    """Use up a code of an authenticator app whose row the caller has locked."""
    secret = decrypt(authenticator.data["secret"])
    counter = counter_of(secret, code, now=time.time(), after=int(authenticator.data.get("last_counter", -1)))
    if counter is None:
        return False
    authenticator.data["last_counter"] = counter
    authenticator.save(update_fields=["data"])
    return True


@dataclass(frozen=True)
class Limit:
    """How many attempts a key has in the window; `forgiven`: a success wipes them all, not only itself."""

    what: str
    failures: int
    forgiven: bool = False

    @property
    def key(self) -> str:
        return hmac.digest(settings.SECRET_KEY.encode(), self.what.encode(), "sha256").hex()


@contextmanager
def _counted(limits: list[Limit]) -> Iterator[None]:
    now = timezone.now()
    _forget_expired(now - FAILURE_WINDOW)
    made = FailedAttempt.objects.bulk_create([FailedAttempt(key=limit.key, at=now) for limit in limits])
    own = FailedAttempt.objects.filter(pk__in=[attempt.pk for attempt in made])
    for limit in limits:
        recent = FailedAttempt.objects.filter(key=limit.key, at__gt=now - FAILURE_WINDOW)
        if recent.count() > limit.failures:
            own.delete()  # so that trying on does not lengthen the lock
            raise TooManyAttempts(minutes=int(FAILURE_WINDOW.total_seconds() // 60))
    yield
    own.delete()
    forgiven = [limit.key for limit in limits if limit.forgiven]
    FailedAttempt.objects.filter(key__in=forgiven).delete()


@transaction.atomic
def _forget_expired(until: datetime) -> None:
    expired = FailedAttempt.objects.filter(at__lte=until).select_for_update(skip_locked=True)
    FailedAttempt.objects.filter(pk__in=[attempt.pk for attempt in expired[:200]]).delete()


def _network(address: str) -> str:
    """An IPv4 address, or the /64 that one IPv6 subscriber moves in."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((parsed, 64), strict=False).network_address)
    return str(parsed)
