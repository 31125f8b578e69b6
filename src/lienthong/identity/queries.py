from datetime import date

from allauth.mfa.models import Authenticator
from django.utils import timezone

from lienthong.identity.models import Account, RoleAssignment
from lienthong.identity.rules import Role


def assignments_of(account: Account, *, on: date) -> list[RoleAssignment]:
    """The roles an officer holds on a day, oldest first, with their organisations."""
    held = account.assignments.on(on).select_related("organisation").order_by("since", "pk")
    return list(held)


def second_steps_of(account: Account) -> list[Authenticator]:
    """Authenticator apps and passkeys; recovery codes only stand in for a lost one."""
    found = Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return list(found.order_by("pk"))


def still_there(authenticators: set[int]) -> set[int]:
    """Those of the ids whose app, key or codes have not been removed."""
    if not authenticators:
        return set()
    return set(Authenticator.objects.filter(pk__in=authenticators).values_list("pk", flat=True))


def demo_accounts() -> list[Account]:
    """Accounts whose password is published, citizens first."""
    return list(Account.objects.filter(demo=True, is_active=True).order_by("kind", "pk"))


def holders_of(role: Role) -> list[Account]:
    """Who holds a role over the whole country today."""
    held = RoleAssignment.objects.on(timezone.localdate()).filter(role=role, organisation__isnull=True)
    return [
        each.account for each in held.filter(account__is_active=True).select_related("account").order_by("pk")
    ]
