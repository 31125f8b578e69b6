"""Accounts, roles by date and levels: who may write them, and what is refused."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction

from identity.people import BY, SECRET, citizen, officer, organisation
from lienthong.audit.public import entries_about
from lienthong.identity.actions import note_duty, note_second_step, remove_second_step
from lienthong.identity.models import Account
from lienthong.identity.public import (
    NotAllowed,
    Role,
    assign_role,
    assignments_of,
    close_account,
    create_account,
    end_role,
    enrol_authenticator_app,
    grant_level_two,
    permissions,
    reset_second_step,
    system,
)
from lienthong.identity.rules import (
    ANONYMOUS,
    Actor,
    AlreadyAssigned,
    Duty,
    NameMalformed,
    NameTaken,
    OfficersOnly,
    OrganisationNeeded,
    PasswordTooWeak,
    SecondStepNeeded,
    require,
)

pytestmark = pytest.mark.django_db

SINCE = date(2025, 7, 1)


def administrator(place: str, account_id: int = 900) -> Actor:
    return Actor(
        reference=f"account:{account_id}",
        account_id=account_id,
        personal_number=None,
        name="Quản trị",
        level=2,
        duties=frozenset({Duty(Role.ADMINISTRATOR, place)}),
    )


def test_a_role_counts_from_its_first_day_to_the_day_before_its_end() -> None:
    place = organisation()
    account = officer((Role.HANDLER, place))
    (held,) = assignments_of(account, on=SINCE)
    assert held.duty == Duty(Role.HANDLER, "H20.47")
    assert assignments_of(account, on=date(2025, 6, 30)) == []
    end_role(assignment=held, until=date(2026, 3, 1), source="thử", by=BY)
    assert assignments_of(account, on=date(2026, 2, 28)) == [held]
    assert assignments_of(account, on=date(2026, 3, 1)) == []


def test_a_role_may_come_back_after_its_end_but_not_overlap() -> None:
    place = organisation()
    account = officer((Role.HANDLER, place))
    facts = {"account": account, "role": Role.HANDLER, "organisation": place, "source": "thử", "by": BY}
    with pytest.raises(AlreadyAssigned):
        assign_role(since=date(2026, 1, 1), **facts)
    end_role(assignment=account.assignments.get(), until=date(2026, 1, 1), source="thử", by=BY)
    with pytest.raises(AlreadyAssigned):
        assign_role(since=date(2025, 12, 31), **facts)
    assign_role(since=date(2026, 1, 1), **facts)
    assert len(assignments_of(account, on=date(2026, 1, 1))) == 1


def test_the_database_itself_refuses_an_overlapping_role() -> None:
    account = officer((Role.COMMITTEE, None))
    with pytest.raises(IntegrityError, match="once_at_a_time"), transaction.atomic():
        account.assignments.create(role=Role.COMMITTEE, organisation=None, since=SINCE, source="thử")


def test_a_role_at_an_organisation_needs_one() -> None:
    with pytest.raises(OrganisationNeeded):
        officer((Role.RECEPTION, None))


def test_citizens_hold_no_roles() -> None:
    with pytest.raises(OfficersOnly):
        assign_role(
            account=citizen(), role=Role.COMMITTEE, organisation=None, since=SINCE, source="thử", by=BY
        )


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("officer", "Trần Văn A"),
        ("officer", "099099000001"),
        ("officer", "ab"),
        ("citizen", "tran.van.a"),
        ("citizen", "09909900000"),
        ("citizen", "0990990000011"),
    ],
)
def test_names_of_officers_and_citizens_never_meet(kind: str, name: str) -> None:
    with pytest.raises(NameMalformed):
        create_account(kind=kind, sign_in_name=name, name="Thử", password=None, by=BY)


def test_a_name_is_taken_once() -> None:
    citizen()
    with pytest.raises(NameTaken):
        citizen()


def test_one_person_may_hold_a_citizens_and_an_officers_account() -> None:
    citizen("099099000001")
    create_account(
        kind="officer",
        sign_in_name="hai.tai.khoan",
        name="Thử",
        password=None,
        personal_number="099099000001",
        by=BY,
    )
    assert Account.objects.filter(personal_number="099099000001").count() == 2


@pytest.mark.parametrize("password", ["ngan", "123456789012", "password1234", "tran.van.thu"])
def test_a_weak_password_is_refused_with_the_reason(password: str) -> None:
    with pytest.raises(PasswordTooWeak) as refusal:
        create_account(kind="officer", sign_in_name="tran.van.thu", name="Thử", password=password, by=BY)
    assert refusal.value.facts["reasons"]


def test_level_two_is_confirmed_only_after_the_second_step_is_set_up() -> None:
    """Else whoever learns the password first could be taken for the person (NĐ 69/2024/NĐ-CP)."""
    account = citizen()
    with pytest.raises(SecondStepNeeded):
        grant_level_two(account=account, source="thử", by=BY)
    enrol_authenticator_app(account=account, secret=SECRET, by=BY)
    grant_level_two(account=account, source="thử", by=BY)
    account.refresh_from_db()
    assert account.level == 2


def test_losing_every_second_step_loses_level_two() -> None:
    account = citizen(level=2)
    reset_second_step(account=account, source="mất điện thoại", by=administrator("VN"))
    account.refresh_from_db()
    assert account.level == 1
    assert not Authenticator.objects.filter(user=account).exists()


def test_every_write_is_on_record_without_personal_data() -> None:
    account = citizen(level=2)
    entries = list(entries_about(account.reference))
    assert [entry.event for entry in entries] == [
        "identity.AccountCreated",
        "identity.SecondStepAdded",
        "identity.LevelTwoGranted",
    ]
    assert all("099099000001" not in entry.facts and "Nguyễn" not in entry.facts for entry in entries)


def test_an_authenticator_secret_is_unreadable_in_the_database() -> None:
    account = citizen(level=2)
    stored = Authenticator.objects.get(user=account).data["secret"]
    assert SECRET not in stored


OTHERS = [
    ANONYMOUS,
    Actor(reference="account:1", account_id=1, personal_number="099099000001", name="", level=2),
    Actor(
        reference="account:2",
        account_id=2,
        personal_number=None,
        name="",
        level=2,
        duties=frozenset({Duty(Role.LEADER, "VN"), Duty(Role.HANDLER, "H20.47")}),
    ),
]


@pytest.mark.parametrize("by", OTHERS)
def test_only_administrators_keep_accounts(by: Actor) -> None:
    account = officer()
    place = organisation()
    for act in (
        lambda: create_account(kind="citizen", sign_in_name="099099000009", name="X", password=None, by=by),
        lambda: assign_role(
            account=account, role=Role.LEADER, organisation=place, since=SINCE, source="", by=by
        ),
        lambda: grant_level_two(account=account, source="", by=by),
        lambda: reset_second_step(account=account, source="", by=by),
        lambda: close_account(account=account, source="", by=by),
        lambda: enrol_authenticator_app(account=account, by=by),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert not account.assignments.exists()


def test_an_administrator_gives_roles_at_home_only_and_never_to_oneself() -> None:
    here, there = organisation("H20.47"), organisation("H20.48")
    account = officer()
    facts = {"account": account, "role": Role.HANDLER, "since": SINCE, "source": "thử"}
    with pytest.raises(NotAllowed):
        assign_role(organisation=there, by=administrator("H20.47"), **facts)
    with pytest.raises(NotAllowed):
        assign_role(organisation=here, by=administrator("VN", account_id=account.pk), **facts)
    assign_role(organisation=here, by=administrator("H20.47"), **facts)
    assign_role(organisation=there, by=administrator("VN"), **facts)


def test_nobody_sets_up_a_second_step_for_another_but_the_demo() -> None:
    account = officer(app=False)
    with pytest.raises(NotAllowed):
        enrol_authenticator_app(account=account, by=administrator("VN"))
    require(system("demo"), "identity.enrol_for_another", account)


def test_every_permission_of_this_room_says_what_it_is_for() -> None:
    own = {name: each for name, each in permissions().items() if name.startswith("identity.")}
    assert len(own) == 11
    assert all(each.doc for each in own.values())


def test_second_steps_and_duties_are_ones_own() -> None:
    mine, other = officer((Role.HANDLER, organisation())), officer(name="nguoi.khac")
    step, duty = Authenticator.objects.get(user=mine), assignments_of(mine, on=date(2026, 11, 20))[0]
    stranger = Actor(
        other.reference, other.pk, None, other.name, 2, frozenset({Duty(Role.ADMINISTRATOR, "VN")})
    )

    for act in (
        lambda: note_second_step(authenticator=step, strong=True, by=stranger),
        lambda: remove_second_step(authenticator=step, by=stranger),
        lambda: note_duty(assignment=duty, by=stranger),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Authenticator.objects.filter(pk=step.pk).exists()
