"""Administrators make officers' accounts and give roles; to anybody else there is no such page."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from identity.people import PASSWORD, citizen, officer, organisation, sign_in
from lienthong.audit.public import entries_about
from lienthong.identity.actions import (
    appoint_to_post,
    create_officer,
    give_one_time_password,
    leave_post,
    unlock_account,
)
from lienthong.identity.models import Account, FailedAttempt
from lienthong.identity.public import Actor, Duty, NotAllowed, Role
from lienthong.identity.rules import SourceNeeded
from lienthong.identity.sign_in import check_password, is_locked
from lienthong.organisations.public import Organisation, PostVacant, holdings_of
from lienthong.site.management.commands import setup

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/tai-khoan/"


@pytest.fixture
def ward() -> Organisation:
    return organisation("H20.47")


@pytest.fixture
def chief() -> Account:
    """The country's administrator."""
    return officer((Role.ADMINISTRATOR, None), name="quan.tri")


def acting(account: Account, place: str) -> Actor:
    return Actor(
        account.reference, account.pk, None, account.name, 1, frozenset({Duty(Role.ADMINISTRATOR, place)})
    )


def opened_by(account: Account) -> Client:
    client = Client()
    sign_in(client, account)
    return client


def test_from_a_new_account_to_its_first_working_page(chief: Account, ward: Organisation) -> None:
    """The password is printed once; before it is changed no page of work opens."""
    admin = opened_by(chief)
    made = admin.post(f"{LIST}moi/", {"name": "Lê Thị Thu Vân", "sign_in_name": "van.le"})
    password = made.context["password"]
    account = Account.objects.get(sign_in_name="van.le")
    assert password in made.content.decode()
    assert "no-store" in made["Cache-Control"]
    assert password not in admin.get(f"{LIST}{account.pk}/").content.decode()

    given = admin.post(
        f"{LIST}{account.pk}/vai-tro/",
        {
            "vai-tro-role": "reception", "vai-tro-organisation": "h20.47", "vai-tro-source": "QĐ 12/QĐ-UBND",
            "vai-tro-since_0": "1", "vai-tro-since_1": "7", "vai-tro-since_2": "2025",
        },
    )  # fmt: skip
    assert given.status_code == 302, given.context["failed_form"].errors
    assert account.assignments.get().place == "H20.47"

    assert check_password(kind="officer", sign_in_name="van.le", password=password, address="::1") == account
    van = opened_by(account)
    first = van.get("/can-bo/")
    assert first["Location"].startswith("/tai-khoan/mat-khau/")
    same = van.post("/tai-khoan/mat-khau/", {"password": password, "again": password})
    assert "phải khác mật khẩu đang dùng" in same.content.decode()
    van.post(
        "/tai-khoan/mat-khau/", {"password": "một câu chỉ mình tôi nhớ", "again": "một câu chỉ mình tôi nhớ"}
    )
    account.refresh_from_db()
    assert not account.must_change_password
    assert van.get("/can-bo/").status_code == 200


def test_nobody_else_learns_who_has_an_account(chief: Account, ward: Organisation) -> None:
    """The same 404 for an account that is there and one that is not; nobody signed in goes to sign-in."""
    handler = officer((Role.HANDLER, ward), name="long.pham")
    passer_by = opened_by(citizen())
    for url in (LIST, f"{LIST}moi/", f"{LIST}{chief.pk}/", f"{LIST}999999/"):
        assert opened_by(handler).get(url).status_code == 404, url
        assert Client().get(url)["Location"].startswith("/dang-nhap/can-bo/"), url
        assert passer_by.get(url).status_code == 403, url
    assert opened_by(handler).post(f"{LIST}{chief.pk}/mat-khau/", {"mat-khau-source": "x"}).status_code == 404


def test_an_agencys_administrator_sees_and_places_his_own_only(chief: Account, ward: Organisation) -> None:
    far = organisation("H24.01")
    local = officer((Role.ADMINISTRATOR, ward), name="quan.tri.phuong")
    theirs, mine = officer((Role.HANDLER, far), name="xa.khac"), officer((Role.HANDLER, ward), name="gan.day")
    admin = opened_by(local)
    page = admin.get(LIST).content.decode()
    assert f"{LIST}{mine.pk}/" in page
    assert f"{LIST}{theirs.pk}/" not in page
    assert admin.get(f"{LIST}{theirs.pk}/").status_code == 404
    assert admin.get(f"{LIST}{mine.pk}/").status_code == 200
    refused = admin.post(
        f"{LIST}{mine.pk}/vai-tro/",
        {
            "vai-tro-role": "leader", "vai-tro-organisation": "H24.01", "vai-tro-source": "x",
            "vai-tro-since_0": "1", "vai-tro-since_1": "7", "vai-tro-since_2": "2025",
        },
    )  # fmt: skip
    assert refused.status_code == 403
    assert mine.assignments.count() == 1


@pytest.mark.parametrize("act", ["buoc-hai", "mo-khoa", "mat-khau", "dong"])
def test_only_the_countrys_administrator_touches_how_others_sign_in(ward: Organisation, act: str) -> None:
    local = officer((Role.ADMINISTRATOR, ward), name="quan.tri.phuong")
    mine = officer((Role.HANDLER, ward), name="gan.day")
    assert opened_by(local).post(f"{LIST}{mine.pk}/{act}/", {f"{act}-source": "x"}).status_code == 403


def test_what_was_lost_is_given_again_and_put_on_record(chief: Account, ward: Organisation) -> None:
    account = officer((Role.HANDLER, ward), name="gan.day")
    admin = opened_by(chief)
    for act, event in (
        ("buoc-hai", "SecondStepReset"),
        ("mo-khoa", "AccountUnlocked"),
        ("dong", "AccountClosed"),
    ):
        assert admin.post(f"{LIST}{account.pk}/{act}/", {f"{act}-source": ""}).status_code == 422
        assert admin.post(f"{LIST}{account.pk}/{act}/", {f"{act}-source": "Phiếu 3"}).status_code == 302
        assert any(entry.event.endswith(event) for entry in entries_about(f"account:{account.pk}")), event
    account.refresh_from_db()
    assert not account.is_active
    assert not account.authenticator_set.exists()


def test_nobody_serves_himself(chief: Account) -> None:
    admin = opened_by(chief)
    for act in ("buoc-hai", "mo-khoa", "dong"):
        assert admin.post(f"{LIST}{chief.pk}/{act}/", {f"{act}-source": "x"}).status_code == 403


def test_a_locked_name_is_open_again(chief: Account, ward: Organisation) -> None:
    account = officer((Role.HANDLER, ward), name="gan.day")
    for _ in range(5):
        with pytest.raises(Exception, match="không đúng"):
            check_password(kind="officer", sign_in_name="gan.day", password="sai", address="203.0.113.5")
    assert is_locked(account)
    with pytest.raises(SourceNeeded):
        unlock_account(account=account, source=" ", by=acting(chief, "VN"))
    unlock_account(account=account, source="Phiếu 3", by=acting(chief, "VN"))
    assert not is_locked(account)
    assert check_password(kind="officer", sign_in_name="gan.day", password=PASSWORD, address="203.0.113.5")
    assert FailedAttempt.objects.exists()  # the address is still counted


def test_posts_are_held_by_one_at_a_time(chief: Account, ward: Organisation) -> None:
    first, second = officer(name="mot.so"), officer(name="hai.so")
    by = acting(chief, "VN")
    seat = {"organisation": ward, "title": "Chủ tịch", "source": "QĐ 1", "by": by}
    held = appoint_to_post(account=first, since=date(2025, 7, 1), **seat)
    appoint_to_post(account=second, since=date(2026, 1, 1), **seat)
    assert holdings_of(first.reference, date(2026, 2, 1)) == []
    with pytest.raises(PostVacant):
        leave_post(account=first, post=held.post, until=date(2026, 3, 1), by=by)
    leave_post(account=second, post=held.post, until=date(2026, 3, 1), by=by)
    with pytest.raises(NotAllowed):
        appoint_to_post(account=second, since=date(2026, 4, 1), **{**seat, "by": acting(first, "H99")})


def test_a_role_ends_and_may_be_given_again(chief: Account, ward: Organisation) -> None:
    account = officer((Role.HANDLER, ward), name="gan.day")
    admin, held = opened_by(chief), account.assignments.get()
    day = {"until_0": "1", "until_1": "3", "until_2": "2026"}
    fields = {
        f"thoi-vai-tro-{key}": value for key, value in {"held": held.pk, "source": "QĐ 2", **day}.items()
    }
    assert admin.post(f"{LIST}{account.pk}/thoi-vai-tro/", fields).status_code == 302
    held.refresh_from_db()
    assert held.until == date(2026, 3, 1)
    other = officer((Role.HANDLER, ward), name="khac")
    foreign = {**fields, "thoi-vai-tro-held": other.assignments.get().pk}
    assert admin.post(f"{LIST}{account.pk}/thoi-vai-tro/", foreign).status_code == 404


def test_an_account_without_its_administrator_is_made_by_nobody(ward: Organisation) -> None:
    handler = officer((Role.HANDLER, ward), name="gan.day")
    by = Actor(handler.reference, handler.pk, None, "", 1, frozenset({Duty(Role.HANDLER, "H20.47")}))
    for refused in (
        lambda: create_officer(sign_in_name="moi.la", name="Mới", by=by),
        lambda: give_one_time_password(account=officer(name="kia.do"), source="x", by=by),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_setup_makes_the_first_administrator_and_no_second(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("migrate", "load_units", "load_organisations", "load_procedures", "load_targets"):
        monkeypatch.setattr(setup, name, lambda **_: None)
    out = StringIO()
    call_command("setup", "--sign-in-name", "chi.huy", "--name", "Chỉ Huy", stdout=out)
    account = Account.objects.get(sign_in_name="chi.huy")
    password = next(line.split()[-1] for line in out.getvalue().splitlines() if "password  " in line)
    assert account.check_password(password)
    assert account.must_change_password
    assert not account.demo
    again = StringIO()
    call_command("setup", "--sign-in-name", "khac", stdout=again)
    assert "There is an administrator already (chi.huy)" in again.getvalue()
    assert not Account.objects.filter(sign_in_name="khac").exists()
