"""Accounts for tests, and sessions of theirs. Numbers start with 099, which nobody has."""

import time
from datetime import date

from django.test import Client
from django.utils import timezone

from lienthong.identity.codes import PERIOD, code_at
from lienthong.identity.models import Account, RoleAssignment
from lienthong.identity.public import (
    DEMO_PASSWORD,
    Role,
    assign_role,
    create_account,
    enrol_authenticator_app,
    grant_level_two,
    system,
)
from lienthong.organisations.public import Organisation

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = DEMO_PASSWORD
BY = system("test")


def citizen(number: str = "099099000001", *, name: str = "Nguyễn Thị Thử", level: int = 1) -> Account:
    """A citizen; of level 2 with an authenticator app."""
    account = create_account(kind="citizen", sign_in_name=number, name=name, password=PASSWORD, by=BY)
    if level == 2:
        enrol_authenticator_app(account=account, secret=SECRET, by=BY)
        grant_level_two(account=account, source="thử", by=BY)
    return account


def officer(*duties: tuple[Role, Organisation | None], name: str = "thu.nghiem", app: bool = True) -> Account:
    """An officer with these duties since 1/7/2025, with an authenticator app unless told otherwise."""
    account = create_account(
        kind="officer", sign_in_name=name, name="Trần Văn Nghiệm", password=PASSWORD, by=BY
    )
    if app:
        enrol_authenticator_app(account=account, secret=SECRET, by=BY)
    for role, organisation in duties:
        assign_role(
            account=account, role=role, organisation=organisation, since=date(2025, 7, 1), source="thử", by=BY
        )
    return account


def organisation(code: str = "H20.47") -> Organisation:
    return Organisation.objects.create(
        code=code,
        valid_from=date(2025, 7, 1),
        name=f"Ủy ban nhân dân {code}",
        short_name=f"UBND {code}",
        kind="commune_committee",
        path=f"{code}/",
        source="thử",
        search_key=code.lower(),
        sort_key=code.lower(),
    )


def sign_in(
    client: Client, account: Account, *, second_step: bool = True, duty: RoleAssignment | None = None
) -> None:
    """Open a session without the pages, as if just signed in; for tests of other rooms too."""
    client.force_login(account)
    now = time.time()
    records = [{"method": "password", "at": now}]
    if second_step:
        app = account.authenticator_set.filter(type="totp").first()
        if app is None:
            enrol_authenticator_app(account=account, secret=SECRET, by=BY)
            app = account.authenticator_set.get(type="totp")
        records.append({"method": "mfa", "type": "totp", "id": app.pk, "at": now})
    session = client.session
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(account.pk)
    if duty:
        session["identity.duty"] = duty.pk
    session.save()


def code(*, later: int = 0) -> str:
    """The one-time code of now, or of some periods of 30 seconds later."""
    return code_at(SECRET, int(time.time()) // PERIOD + later)


def today() -> date:
    return timezone.localdate()
