"""Help for newcomers of the demo, who have no phone with the codes. Answers only where DEMO is on."""

import time
from dataclasses import dataclass
from typing import Final

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.utils import timezone

from lienthong.identity.codes import PERIOD, code_at
from lienthong.identity.models import Account
from lienthong.identity.queries import assignments_of, demo_accounts

DEMO_PASSWORD: Final = "mot-cua-lien-thong"  # noqa: S105 - published on purpose; refused where DEMO is off
"""The password of every demo account."""


@dataclass(frozen=True)
class DemoAccount:
    account: Account
    roles: list[str]
    code: str | None
    """The one-time code of this moment; None without an authenticator app."""


def demo_sign_ins() -> list[DemoAccount]:
    """Every demo account with its roles and its code; none where DEMO is off."""
    if not settings.DEMO:
        return []
    return [_shown(account) for account in demo_accounts()]


def seconds_left() -> int:
    """How long the codes of this moment are still shown by apps."""
    return PERIOD - int(time.time()) % PERIOD


def _shown(account: Account) -> DemoAccount:
    app = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    code = code_at(decrypt(app.data["secret"]), int(time.time()) // PERIOD) if app else None
    roles = [
        f"{held.role_name}, {held.organisation.short_name if held.organisation else 'Việt Nam'}"
        for held in assignments_of(account, on=timezone.localdate())
    ]
    return DemoAccount(account=account, roles=roles, code=code)
