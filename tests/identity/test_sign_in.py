"""Sign-in of citizens and officers, what a session may do, and what nobody learns."""

import re
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver
from pytest_django import Settings

from identity.people import PASSWORD, citizen, code, officer, organisation, sign_in
from lienthong.audit.public import entries_about
from lienthong.identity.models import Account, FailedAttempt
from lienthong.identity.public import Role, close_account, recently_authenticated, reset_second_step, system

pytestmark = [pytest.mark.django_db, pytest.mark.urls("identity.urls")]

CITIZEN = "/dang-nhap/"
OFFICER = "/dang-nhap/can-bo/"
SECOND = "/dang-nhap/buoc-hai/"
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."
LOCKED = "Đã nhập sai nhiều lần. Hãy thử lại sau 15 phút."


def post(client: Client, page: str, name: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(page, {"sign_in_name": name, "password": password, **more})


def who(client: Client) -> str:
    return client.get("/who/").content.decode().strip()


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_a_citizen_signs_in_with_personal_number_and_password(client: Client) -> None:
    account = citizen()
    response = post(client, CITIZEN, "0990 9900 0001")
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert who(client) == f"account:{account.pk} 099099000001 1"


def test_level_two_takes_the_second_step_in_this_session(client: Client) -> None:
    """NĐ 69/2024/NĐ-CP: granted to the account, and proved in the session."""
    account = citizen(level=2)
    assert post(client, CITIZEN, "099099000001").headers["Location"] == SECOND
    assert who(client) == "anonymous None 0"
    assert client.get("/level-two/").status_code == 302
    response = client.post(SECOND, {"code": code()})
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert who(client) == f"account:{account.pk} 099099000001 2"
    assert text(client.get("/level-two/")) == "done"


def test_an_account_without_level_two_is_refused_what_needs_it(client: Client) -> None:
    citizen()
    post(client, CITIZEN, "099099000001")
    response = client.get("/level-two/")
    assert response.status_code == 403
    assert "mức độ 02" in text(response)


def test_an_officer_signs_in_with_a_second_step_and_works_in_the_only_duty(client: Client) -> None:
    account = officer((Role.RECEPTION, organisation()))
    assert post(client, OFFICER, "Thu.Nghiem").headers["Location"] == SECOND
    assert client.post(SECOND, {"code": code()}).headers["Location"] == "/lam-viec/"
    assert who(client) == f"account:{account.pk} None 1 reception@H20.47"
    assert client.get("/can-bo/").status_code == 200
    assert client.get("/citizen/").status_code == 403


def test_an_officer_without_a_second_step_is_led_to_set_one_up_before_any_desk_page(client: Client) -> None:
    officer((Role.RECEPTION, organisation()), app=False)
    response = post(client, OFFICER, "thu.nghiem")
    assert response.headers["Location"] == "/tai-khoan/bao-mat/bat-dau/"
    assert who(client).endswith("None 1")
    response = client.get("/can-bo/?trang=2")
    assert response.headers["Location"] == "/tai-khoan/bao-mat/bat-dau/?next=%2Fcan-bo%2F%3Ftrang%3D2"


def test_setting_up_the_app_opens_the_desk_and_returns_to_the_page_asked_for(client: Client) -> None:
    account = officer((Role.RECEPTION, organisation()), app=False)
    post(client, OFFICER, "thu.nghiem", next="/can-bo/?trang=2")
    start = client.get("/can-bo/?trang=2", follow=True)
    assert "Thêm bước xác thực thứ hai" in text(start)
    before = client.session.session_key
    page = client.get("/tai-khoan/bao-mat/ung-dung/")
    secret = page.context["form"].secret
    assert secret in text(page)
    assert "<svg" in text(page)
    with mock.patch("identity.people.SECRET", secret):
        response = client.post("/tai-khoan/bao-mat/ung-dung/", {"code": code()})
    assert response.headers["Location"] == "/tai-khoan/bao-mat/ma-du-phong/"
    assert client.session.session_key != before
    codes = client.get("/tai-khoan/bao-mat/ma-du-phong/")
    assert len(codes.context["unused_codes"]) == 10
    assert client.get("/dang-nhap/tiep-tuc/").headers["Location"] == "/can-bo/?trang=2"
    assert client.get("/can-bo/").status_code == 200
    events = [entry.event for entry in entries_about(account.reference)]
    assert events[-2:] == ["identity.SignedIn", "identity.SecondStepAdded"]


def test_the_code_that_set_the_app_up_does_not_sign_in(client: Client) -> None:
    officer(app=False)
    post(client, OFFICER, "thu.nghiem")
    secret = client.get("/tai-khoan/bao-mat/ung-dung/").context["form"].secret
    with mock.patch("identity.people.SECRET", secret):
        used = code()
    client.post("/tai-khoan/bao-mat/ung-dung/", {"code": used})
    client.post("/dang-xuat/")
    post(client, OFFICER, "thu.nghiem")
    assert "Mã không đúng hoặc đã dùng rồi" in text(client.post(SECOND, {"code": used}))


def test_an_officer_with_several_duties_chooses_one(client: Client) -> None:
    place = organisation()
    account = officer((Role.RECEPTION, place), (Role.LEADER, place), (Role.COMMITTEE, None))
    sign_in(client, account)
    assert who(client) == f"account:{account.pk} None 1"
    response = client.get("/can-bo/")
    assert response.headers["Location"] == "/vai-tro/?next=%2Fcan-bo%2F"
    page = text(client.get("/vai-tro/"))
    assert "Công chức một cửa" in page
    assert "Ủy ban nhân dân H20.47" in page
    assert "Chọn một vai trò" in text(client.post("/vai-tro/", {}))
    leader = account.assignments.get(role=Role.LEADER)
    response = client.post("/vai-tro/", {"duty": leader.pk, "next": "/can-bo/"})
    assert response.headers["Location"] == "/can-bo/"
    assert who(client) == f"account:{account.pk} None 1 leader@H20.47"
    client.post("/vai-tro/", {"duty": account.assignments.get(role=Role.COMMITTEE).pk})
    assert who(client) == f"account:{account.pk} None 1 committee@VN"


def test_nobody_takes_a_duty_of_another_or_one_that_has_ended(client: Client) -> None:
    place = organisation()
    account = officer((Role.RECEPTION, place), (Role.HANDLER, place))
    other = officer((Role.LEADER, place), name="nguoi.khac", app=False)
    sign_in(client, account)
    client.post("/vai-tro/", {"duty": other.assignments.get().pk})
    assert who(client) == f"account:{account.pk} None 1"
    handler = account.assignments.get(role=Role.HANDLER)
    client.post("/vai-tro/", {"duty": handler.pk})
    handler.until = date(2026, 1, 1)
    handler.save()
    assert who(client) == f"account:{account.pk} None 1 reception@H20.47"


def test_an_officer_without_duties_opens_no_desk_page(client: Client) -> None:
    sign_in(client, officer())
    assert client.get("/can-bo/").status_code == 403
    assert "Chưa được giao vai trò" in text(client.get("/vai-tro/"))


def test_citizens_and_nobody_open_no_desk_page(client: Client) -> None:
    response = client.get("/can-bo/")
    assert response.headers["Location"] == "/dang-nhap/can-bo/?next=%2Fcan-bo%2F"
    sign_in(client, citizen(level=2))
    assert client.get("/can-bo/").status_code == 403


# What nobody learns


def neutral(response: HttpResponse, name: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text(response)).replace(name, "NAME")


@pytest.mark.parametrize(
    ("at", "known", "unknown"),
    [(CITIZEN, "099099000001", "099099000002"), (OFFICER, "thu.nghiem", "khong.co.ai")],
)
def test_a_wrong_password_and_an_unknown_name_read_the_same(
    client: Client, at: str, known: str, unknown: str
) -> None:
    citizen()
    officer()
    closed = officer(name="da.khoa")
    close_account(account=closed, source="thử", by=system("test"))
    answers = {
        (response.status_code, neutral(response, name))
        for name, password in [(known, "sai"), (unknown, "sai"), (unknown, PASSWORD), ("da.khoa", PASSWORD)]
        for response in [post(client, at, name, password)]
    }
    assert len(answers) == 1
    assert WRONG in answers.pop()[1]


def test_names_of_one_kind_are_unknown_on_the_page_of_the_other(client: Client) -> None:
    citizen()
    officer()
    assert WRONG in text(post(client, OFFICER, "099099000001"))
    assert WRONG in text(post(client, CITIZEN, "thu.nghiem"))


def test_an_unknown_name_costs_as_much_work_as_a_wrong_password(client: Client, settings: Settings) -> None:
    citizen()
    close_account(account=citizen("099099000003"), source="thử", by=system("test"))
    settings.PASSWORD_HASHERS = settings.REAL_PASSWORD_HASHERS
    Account.objects.update(password=hashers.make_password(PASSWORD))
    hasher = type(hashers.get_hasher())
    work = set()
    for name, password in [
        ("099099000001", "sai"),
        ("099099000002", "sai"),
        ("099099000003", "sai"),
        ("099099000003", PASSWORD),
    ]:
        with (
            mock.patch.object(hasher, "encode", autospec=True, side_effect=hasher.encode) as hashed,
            CaptureQueriesContext(connection) as queries,
        ):
            post(client, CITIZEN, name, password)
        work.add((hashed.call_count, len(queries)))
    assert {hashed for hashed, _queries in work} == {1}
    assert len(work) == 1


def test_five_failures_lock_a_name_known_or_not_with_the_same_words(client: Client) -> None:
    citizen()
    answers = set()
    for name in ("099099000001", "099099000002"):
        for _ in range(5):
            assert WRONG in text(post(client, CITIZEN, name, "sai"))
        locked = post(client, CITIZEN, name, PASSWORD)
        answers.add((locked.status_code, neutral(locked, name)))
    assert len(answers) == 1
    assert LOCKED in answers.pop()[1]
    assert who(client) == "anonymous None 0"


def test_the_lock_ends_by_itself_and_trying_on_does_not_lengthen_it(client: Client) -> None:
    citizen()
    for _ in range(9):
        post(client, CITIZEN, "099099000001", "sai")
    assert FailedAttempt.objects.count() == 10  # five failures, each by name and by address
    moved = [attempt.at - timedelta(minutes=15) for attempt in FailedAttempt.objects.order_by("pk")]
    for attempt, at in zip(FailedAttempt.objects.order_by("pk"), moved, strict=True):
        attempt.at = at
        attempt.save()
    assert post(client, CITIZEN, "099099000001").status_code == 302


def test_a_success_wipes_the_failures_of_the_name_but_not_of_the_address(client: Client) -> None:
    citizen()
    for _ in range(4):
        post(client, CITIZEN, "099099000001", "sai")
    post(client, CITIZEN, "099099000001")
    assert FailedAttempt.objects.count() == 4
    client.post("/dang-xuat/")
    for _ in range(4):
        assert WRONG in text(post(client, CITIZEN, "099099000001", "sai"))


def test_an_address_that_tries_many_names_is_locked(client: Client) -> None:
    citizen()
    for number in range(50):
        post(client, CITIZEN, f"0990980{number:05}", "sai")
    assert LOCKED in text(post(client, CITIZEN, "099099000001"))
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert post(other, CITIZEN, "099099000001").status_code == 302


def test_addresses_of_one_ipv6_subscriber_count_as_one(client: Client) -> None:
    for number in range(50):
        there = Client(REMOTE_ADDR=f"2001:db8::{number:x}")
        post(there, CITIZEN, f"0990980{number:05}", "sai")
    assert LOCKED in text(post(Client(REMOTE_ADDR="2001:db8::ffff"), CITIZEN, "099099000001"))
    assert WRONG in text(post(Client(REMOTE_ADDR="2001:db8:0:1::1"), CITIZEN, "099099000001"))


def test_an_address_is_not_believed_from_a_header(client: Client) -> None:
    for number in range(50):
        post(
            Client(headers={"x-forwarded-for": f"192.0.2.{number}"}),
            CITIZEN,
            f"0990980{number:05}",
            "sai",
        )
    assert LOCKED in text(post(client, CITIZEN, "099099000001"))


def test_what_was_typed_is_not_kept(client: Client) -> None:
    post(client, CITIZEN, "mật khẩu gõ nhầm ô", "sai")
    assert all(
        re.fullmatch(r"[0-9a-f]{64}", key) for key in FailedAttempt.objects.values_list("key", flat=True)
    )


# The second step


def test_a_code_signs_in_once(client: Client) -> None:
    """RFC 6238, 5.2; also across two processes, since the last code is kept in PostgreSQL."""
    officer()
    used = code()
    post(client, OFFICER, "thu.nghiem")
    assert client.post(SECOND, {"code": used}).status_code == 302
    thief = Client()
    post(thief, OFFICER, "thu.nghiem")
    response = thief.post(SECOND, {"code": used})
    assert response.status_code == 200
    assert "đã dùng rồi" in text(response)
    assert who(thief) == "anonymous None 0"
    assert thief.post(SECOND, {"code": code(later=1)}).status_code == 302


def test_five_wrong_codes_lock_the_second_step(client: Client) -> None:
    officer()
    post(client, OFFICER, "thu.nghiem")
    for _ in range(5):
        assert "Mã không đúng" in text(client.post(SECOND, {"code": "000000"}))
    again = Client()
    post(again, OFFICER, "thu.nghiem")
    assert LOCKED in text(again.post(SECOND, {"code": code()}))


def test_a_recovery_code_lets_in_once_without_level_two_and_without_duties(client: Client) -> None:
    account = officer((Role.RECEPTION, organisation()))
    sign_in(client, account)
    client.post("/tai-khoan/bao-mat/ma-du-phong/moi/")
    spare = client.get("/tai-khoan/bao-mat/ma-du-phong/").context["unused_codes"][0]
    lost = Client()
    post(lost, OFFICER, "thu.nghiem")
    assert lost.post(SECOND, {"code": spare}).headers["Location"] == "/tai-khoan/bao-mat/"
    assert who(lost) == f"account:{account.pk} None 1"
    assert lost.get("/can-bo/").headers["Location"].startswith("/tai-khoan/bao-mat/")
    assert "mã dự phòng" in text(lost.get("/tai-khoan/bao-mat/"))
    again = Client()
    post(again, OFFICER, "thu.nghiem")
    assert "đã dùng rồi" in text(again.post(SECOND, {"code": spare}))


def test_a_recovery_code_does_not_reach_level_two_nor_bring_it_back(client: Client) -> None:
    """NĐ 69/2024/NĐ-CP: a second step added on the strength of a spare code must be confirmed anew."""
    account = citizen(level=2)
    sign_in(client, account)
    client.post("/tai-khoan/bao-mat/ma-du-phong/moi/")
    spare = client.get("/tai-khoan/bao-mat/ma-du-phong/").context["unused_codes"][0]
    lost = Client()
    post(lost, CITIZEN, "099099000001")
    lost.post(SECOND, {"code": spare})
    assert who(lost) == f"account:{account.pk} 099099000001 1"
    assert lost.get("/level-two/").status_code == 403
    account.authenticator_set.filter(type="totp").delete()
    account.authenticator_set.create(type="webauthn", data={"name": "khóa cũ", "credential": {}})
    secret = lost.get("/tai-khoan/bao-mat/ung-dung/").context["form"].secret
    with mock.patch("identity.people.SECRET", secret):
        assert lost.post("/tai-khoan/bao-mat/ung-dung/", {"code": code()}).status_code == 302
    assert who(lost) == f"account:{account.pk} 099099000001 1"
    assert entries_about(account.reference)[-1].event == "identity.LevelTwoWithdrawn"


def test_the_second_step_is_nothing_without_the_first(client: Client) -> None:
    officer()
    assert client.get(SECOND).headers["Location"] == CITIZEN
    assert client.post(SECOND, {"code": code()}).headers["Location"] == CITIZEN
    assert who(client) == "anonymous None 0"


def test_an_officer_keeps_at_least_one_second_step(client: Client) -> None:
    account = officer((Role.RECEPTION, organisation()))
    sign_in(client, account)
    step = account.authenticator_set.get()
    response = client.post(f"/tai-khoan/bao-mat/{step.pk}/go/")
    assert "phải còn ít nhất một cách xác thực" in text(response)
    assert account.authenticator_set.exists()


def test_a_citizen_who_removes_the_last_second_step_is_back_at_level_one(client: Client) -> None:
    account = citizen(level=2)
    sign_in(client, account)
    step = account.authenticator_set.get()
    assert client.post(f"/tai-khoan/bao-mat/{step.pk}/go/").status_code == 302
    assert who(client) == f"account:{account.pk} 099099000001 1"


def test_a_stolen_session_loses_its_duties_when_the_second_steps_are_reset(client: Client) -> None:
    account = officer((Role.LEADER, organisation()))
    sign_in(client, account)
    assert client.get("/can-bo/").status_code == 200
    reset_second_step(account=account, source="mất điện thoại", by=system("test"))
    assert who(client) == f"account:{account.pk} None 1"
    assert client.get("/can-bo/").headers["Location"].startswith("/tai-khoan/bao-mat/bat-dau/")


def test_nobody_removes_the_second_step_of_another(client: Client) -> None:
    step = citizen(level=2).authenticator_set.get()
    sign_in(client, citizen("099099000002"))
    assert client.post(f"/tai-khoan/bao-mat/{step.pk}/go/").status_code == 404


# The session


def test_signing_in_changes_the_key_of_the_session(client: Client) -> None:
    citizen()
    session = client.session
    session["draft"] = "kept"
    session.save()
    before = session.session_key
    post(client, CITIZEN, "099099000001")
    assert client.session.session_key != before
    assert client.session["draft"] == "kept"
    assert not Session.objects.filter(session_key=before).exists()


def test_the_cookie_is_closed_to_scripts_and_to_other_sites(client: Client) -> None:
    citizen()
    cookie = post(client, CITIZEN, "099099000001").cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_no_personal_data_in_the_session(client: Client) -> None:
    citizen(level=2)
    post(client, CITIZEN, "099099000001")
    client.post(SECOND, {"code": code()})
    assert "099099000001" not in str(dict(client.session))


def test_signing_out_takes_a_post_and_ends_the_session(client: Client) -> None:
    citizen()
    post(client, CITIZEN, "099099000001")
    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/").status_code == 302
    assert who(client) == "anonymous None 0"


def test_a_closed_account_is_out_at_its_next_page(client: Client) -> None:
    account = citizen()
    post(client, CITIZEN, "099099000001")
    close_account(account=account, source="thử", by=system("test"))
    assert who(client) == "anonymous None 0"


def test_an_expired_session_leads_to_sign_in_and_back(client: Client) -> None:
    """After a POST: back to the page the form stood on, where the draft waits."""
    citizen()
    assert client.get("/citizen/?buoc=3").headers["Location"] == "/dang-nhap/?next=%2Fcitizen%2F%3Fbuoc%3D3"
    response = client.post("/citizen/", headers={"referer": "http://testserver/who/?buoc=3"})
    assert response.headers["Location"] == "/dang-nhap/?next=%2Fwho%2F%3Fbuoc%3D3"
    page = client.get(response.headers["Location"])
    assert "Những gì đã khai vẫn còn" in text(page)
    response = post(client, CITIZEN, "099099000001", next="/who/?buoc=3")
    assert response.headers["Location"] == "/who/?buoc=3"


@pytest.mark.parametrize(
    "away", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org"]
)
def test_sign_in_never_leads_to_another_site(client: Client, away: str) -> None:
    citizen()
    assert post(client, CITIZEN, "099099000001", next=away).headers["Location"] == "/"
    client.post("/dang-xuat/")
    response = client.post("/citizen/", headers={"referer": away})
    assert response.headers["Location"] == "/dang-nhap/?next=%2Fcitizen%2F"


def test_a_refusal_is_a_page_with_its_sentence(client: Client) -> None:
    sign_in(client, citizen())
    response = client.get("/secret/")
    assert response.status_code == 403
    assert "Tài khoản đang dùng không có quyền thực hiện việc này." in text(response)
    assert client.get("/secret/hidden/").status_code == 404


# Again


def test_proving_it_again_is_asked_after_a_while(client: Client) -> None:
    account = citizen()
    sign_in(client, account, second_step=False)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1_000_000.0}]
    session.save()
    response = client.get("/tai-khoan/mat-khau/")
    assert response.headers["Location"] == "/xac-nhan-lai/?next=%2Ftai-khoan%2Fmat-khau%2F"
    assert "Mật khẩu không đúng" in text(client.post("/xac-nhan-lai/", {"password": "sai"}))
    response = client.post(
        "/xac-nhan-lai/?next=/tai-khoan/mat-khau/", {"password": PASSWORD, "next": "/tai-khoan/mat-khau/"}
    )
    assert response.headers["Location"] == "/tai-khoan/mat-khau/"
    assert client.get("/tai-khoan/mat-khau/").status_code == 200


def test_guessing_the_password_of_an_open_session_locks_too(client: Client) -> None:
    sign_in(client, citizen(), second_step=False)
    for _ in range(5):
        client.post("/xac-nhan-lai/", {"password": "sai"})
    assert LOCKED in text(client.post("/xac-nhan-lai/", {"password": PASSWORD}))


def test_a_session_with_a_second_step_is_proved_again_by_one(client: Client) -> None:
    account = officer((Role.LEADER, organisation()))
    sign_in(client, account)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = 1_000_000.0
    session.save()
    response = client.get("/tai-khoan/mat-khau/")
    assert response.headers["Location"] == "/xac-nhan-lai/ma/?next=%2Ftai-khoan%2Fmat-khau%2F"
    request = RequestFactory().get("/")
    request.user, request.session = account, client.session  # type: ignore[assignment]
    assert not recently_authenticated(request, timedelta(minutes=5))
    client.post("/xac-nhan-lai/ma/", {"code": code(), "next": "/"})
    request.session = client.session
    assert recently_authenticated(request, timedelta(minutes=5))


def test_a_recovery_code_does_not_prove_it_again(client: Client) -> None:
    account = officer((Role.LEADER, organisation()))
    sign_in(client, account)
    client.post("/tai-khoan/bao-mat/ma-du-phong/moi/")
    spare = client.get("/tai-khoan/bao-mat/ma-du-phong/").context["unused_codes"][0]
    assert client.post("/xac-nhan-lai/ma/", {"code": spare, "next": "/"}).status_code == 200
    assert client.post("/xac-nhan-lai/ma/", {"code": code(), "next": "/"}).status_code == 302


def test_a_new_password_ends_other_sessions(client: Client) -> None:
    account = citizen()
    post(client, CITIZEN, "099099000001")
    elsewhere = Client()
    post(elsewhere, CITIZEN, "099099000001")
    page = "/tai-khoan/mat-khau/"
    assert "khác nhau" in text(client.post(page, {"password": "mot cau dai khac", "again": "mot cau khac"}))
    assert "Mật khẩu cần ít nhất 12 ký tự." in text(client.post(page, {"password": "ngan", "again": "ngan"}))
    assert client.post(page, {"password": "mot cau dai khac", "again": "mot cau dai khac"}).status_code == 302
    assert who(client).startswith(account.reference)
    assert who(elsewhere) == "anonymous None 0"


# The demo, and what is not there


def test_the_demo_lists_its_accounts_and_the_codes_of_now(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    account = officer((Role.RECEPTION, organisation()))
    citizen()
    Account.objects.filter(pk=account.pk).update(demo=True)
    page = text(client.get("/dang-nhap/ma-demo"))
    assert code() in page
    assert "thu.nghiem" in page
    assert "Công chức một cửa, UBND H20.47" in page
    assert PASSWORD in page
    assert "099099000001" not in page
    assert "/dang-nhap/ma-demo" in text(client.get(CITIZEN))


def test_outside_the_demo_there_is_no_list_and_demo_accounts_are_nobody(
    client: Client, settings: Settings
) -> None:
    account = citizen()
    Account.objects.filter(pk=account.pk).update(demo=True)
    post(client, CITIZEN, "099099000001")
    settings.DEMO = False
    assert client.get("/dang-nhap/ma-demo").status_code == 404
    assert who(client) == "anonymous None 0"
    assert WRONG in text(post(Client(), CITIZEN, "099099000001"))
    assert "ma-demo" not in text(Client().get(CITIZEN))


def test_sign_up_e_mail_and_password_reset_do_not_exist() -> None:
    names: set[str] = set()

    def collect(resolver: URLResolver) -> None:
        for each in resolver.url_patterns:
            if isinstance(each, URLResolver):
                collect(each)
            elif each.name:
                names.add(each.name)

    collect(get_resolver("lienthong.identity.urls"))
    assert names == {
        "account",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "accounts",
        "change_account",
        "change_password",
        "choose_duty",
        "demo_codes",
        "enrol_second_step",
        "go_on",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_authenticate",
        "mfa_deactivate_totp",
        "mfa_generate_recovery_codes",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_view_recovery_codes",
        "new_account",
        "remove_second_step",
        "sign_in_officer",
    }


@pytest.mark.parametrize(
    "at",
    [
        "/tai-khoan/bao-mat/",
        "/tai-khoan/bao-mat/bat-dau/",
        "/tai-khoan/bao-mat/ung-dung/",
        "/tai-khoan/bao-mat/khoa/",
        "/tai-khoan/bao-mat/1/go/",
        "/tai-khoan/bao-mat/ma-du-phong/",
        "/tai-khoan/bao-mat/ma-du-phong/moi/",
        "/tai-khoan/mat-khau/",
        "/xac-nhan-lai/",
        "/xac-nhan-lai/ma/",
        "/xac-nhan-lai/khoa/",
        "/vai-tro/",
        "/dang-nhap/tiep-tuc/",
    ],
)
def test_nobody_signed_in_opens_no_page_of_an_account(client: Client, at: str) -> None:
    for response in (client.get(at), client.post(at)):
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/dang-nhap/")


def test_pages_carry_no_inline_script_or_style(client: Client) -> None:
    account = officer((Role.RECEPTION, organisation()), (Role.HANDLER, organisation("H20.48")))
    sign_in(client, account)
    pages = ["", "ung-dung/", "khoa/", "ma-du-phong/moi/", f"{account.authenticator_set.get().pk}/go/"]
    bodies = [client.get(f"/tai-khoan/bao-mat/{page}", follow=True) for page in pages]
    bodies += [client.get("/vai-tro/"), client.get("/tai-khoan/mat-khau/"), Client().get(CITIZEN)]
    bodies += [client.get("/xac-nhan-lai/ma/"), client.get("/dang-nhap/ma-demo")]
    for response in bodies:
        assert response.status_code == 200
        found = text(response)
        assert " style=" not in found
        assert not re.search(r"\son\w+=", found)
        for tag in re.findall(r"<script[^>]*>", found):
            assert " src=" in tag or 'type="application/json"' in tag
        assert "no-store" in response.headers["Cache-Control"]
