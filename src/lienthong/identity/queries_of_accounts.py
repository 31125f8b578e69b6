"""Officers' accounts as administrators see them."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from lienthong.identity.models import Account, RoleAssignment
from lienthong.identity.queries import second_steps_of
from lienthong.identity.rules import WHOLE_COUNTRY, Actor, Role, allowed
from lienthong.identity.sign_in import is_locked
from lienthong.organisations.public import Holding, holdings_of


def officers_seen_by(by: Actor, text: str = "") -> QuerySet[Account]:
    """By name; with the roles held today and whether a second step is set up. A constant number of queries."""
    mine = Account.objects.filter(kind=Account.Kind.OFFICER)
    if not by.has(Role.ADMINISTRATOR, at=WHOLE_COUNTRY):
        places = [duty.organisation for duty in by.duties]
        mine = mine.filter(Q(assignments__organisation__code__in=places) | Q(assignments__isnull=True))
    if text:
        mine = mine.filter(Q(name__icontains=text) | Q(sign_in_name__icontains=text.lower()))
    held = RoleAssignment.objects.on(timezone.localdate()).select_related("organisation")
    steps = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return (
        mine.distinct()
        .prefetch_related(Prefetch("assignments", held, to_attr="held_today"))
        .annotate(has_second_step=Exists(steps))
        .order_by("name", "pk")
    )


def find_officer(pk: int) -> Account | None:
    return Account.objects.filter(pk=pk, kind=Account.Kind.OFFICER).first()


@dataclass(frozen=True)
class AccountPage:
    held: list[RoleAssignment]
    """Now or later, then the ended ones."""
    posts: list[Holding]
    second_steps: int
    locked: bool
    may: dict[str, bool]


def account_page(account: Account, *, by: Actor) -> AccountPage:
    roles = list(account.assignments.select_related("organisation").order_by("-since", "-pk"))
    today = timezone.localdate()
    return AccountPage(
        held=sorted(roles, key=lambda each: bool(each.until and each.until <= today)),
        posts=holdings_of(account.reference, today),
        second_steps=len(second_steps_of(account)),
        locked=is_locked(account),
        may={
            "end": account.pk != by.account_id,
            "reset": allowed(by, "identity.reset_second_step", account),
            "unlock": allowed(by, "identity.unlock", account),
            "password": allowed(by, "identity.change_password", account) and account.pk != by.account_id,
            "close": allowed(by, "identity.close_account", account),
        },
    )
