"""Who comes in at which page: each page of the map is tried by everybody who has no business there.

NĐ 118/2025/NĐ-CP: a dossier is its applicant's and its agencies' affair. Whose object a page may show is held by the
tests of its hall; here a page that is added tomorrow is tried too, and one that no hall answers for is named.
"""

import uuid
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from identity.people import citizen, officer, organisation, sign_in
from lienthong.identity.public import Account, Role

pytestmark = pytest.mark.django_db

ANYBODY: Final = frozenset([
    "portal:home", "portal:life_event", "portal:service", "portal:service_version", "portal:help",
    "portal:report_wrong", "portal:data_protection", "portal:accessibility", "signatures:check",
    "signatures:paper", "account_login", "sign_in_officer", "mfa_authenticate", "demo_codes",
    "account_logout", "go_on", "parts", "parts_wall", "set_language",
])  # fmt: skip
OWN_ACCOUNT: Final = frozenset([
    "work", "choose_duty", "change_password", "account_reauthenticate", "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn", "mfa_index", "enrol_second_step", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_add_webauthn", "remove_second_step", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
])  # fmt: skip
"""Whoever is signed in sees their own, and no other."""
ANY_OFFICER: Final = frozenset([
    "console_tasks", "console_late_tasks", "console_task_list", "console_task", "console_plans",
    "console_plan", "console_target", "console_own", "console_bodies", "console_body",
])  # fmt: skip
"""Targets and tasks are public to every officer (steering.read); figures are not."""

HALLS: Final[dict[str, frozenset[Role]]] = {
    "portal": frozenset(),
    "desk": frozenset({Role.RECEPTION, Role.HANDLER, Role.LEADER, Role.CENTRE_LEADER, Role.CLERK}),
    "steward": frozenset({Role.STEWARD}),
    "console": frozenset({Role.COMMITTEE, Role.AUDITOR, Role.LEADER, Role.CENTRE_LEADER, Role.ADMINISTRATOR}),
    "procedures": frozenset({Role.PROCEDURE_EDITOR}),
    "identity": frozenset({Role.ADMINISTRATOR}),
}
"""The room a page lies in → the roles that work there; the citizens' hall is no officer's."""

ARGUMENTS: Final = {"int": 1, "str": "x", "slug": "x", "uuid": uuid.UUID(int=1), "paper_token": "A" * 16}


def pages(patterns: list[Any], space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from pages(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name}", one


PAGES: Final = dict(pages(get_resolver().url_patterns))
CLOSED: Final = sorted(PAGES.keys() - ANYBODY - OWN_ACCOUNT)


def has_business(who: str, name: str) -> bool:
    if who == "citizen":
        return hall_of(name) == "portal"
    return (
        who in HALLS[hall_of(name)] or name in ANY_OFFICER or (who, name) == (Role.STEWARD, "console_quality")
    )


def hall_of(name: str) -> str:
    return str(PAGES[name].callback.__module__).split(".")[1]


def address_of(name: str) -> str:
    converters = PAGES[name].pattern.converters
    return reverse(name, kwargs={word: sample(type(one).__name__) for word, one in converters.items()})


def sample(converter: str) -> object:
    return ARGUMENTS[
        {
            "IntConverter": "int",
            "StringConverter": "str",
            "SlugConverter": "slug",
            "UUIDConverter": "uuid",
        }.get(converter, "paper_token")
    ]


def answer(client: Client, name: str) -> tuple[int, str]:
    """Status and where it leads, reading; writing where a page is for that alone."""
    address = address_of(name)
    found: Any = client.get(address)
    if found.status_code == 405:
        found = client.post(address)
    return found.status_code, found.headers.get("Location", "")


@pytest.fixture
def strangers() -> dict[str, Client]:
    """A citizen, and an officer of each role, each with the second step taken."""
    place = organisation()
    accounts: dict[str, Account] = {"citizen": citizen(level=2)}
    for role in Role:
        accounts[role] = officer((role, place), name=f"thu.{role}".replace("_", "-"))
    browsers: dict[str, Any] = {who: Client() for who in accounts}
    for who, account in accounts.items():
        sign_in(browsers[who], account)
    return browsers


def test_every_page_is_in_a_hall_or_named_here() -> None:
    assert {name: hall_of(name) for name in CLOSED if hall_of(name) not in HALLS} == {}
    assert (ANYBODY | OWN_ACCOUNT) - PAGES.keys() == frozenset()


@pytest.mark.parametrize("name", [*CLOSED, *sorted(OWN_ACCOUNT)])
def test_nobody_signed_in_is_led_to_sign_in(name: str) -> None:
    browser = Client()
    status, where = answer(browser, name)
    if where == reverse("mfa_index"):  # allauth leads to the list of second steps first
        where = browser.get(where).headers["Location"]
    assert status == 302
    assert where.startswith("/dang-nhap/")


def test_whoever_has_no_business_in_a_hall_is_refused_at_each_of_its_pages(
    strangers: dict[str, Client],
) -> None:
    came_in = [
        (who, name, status)
        for name in CLOSED
        for who, browser in strangers.items()
        if not has_business(who, name)
        if (status := answer(browser, name)[0]) not in {403, 404}
    ]
    assert came_in == []
