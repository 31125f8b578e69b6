"""Passkeys in a real browser, with the authenticator that Chromium itself plays."""

import json

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from identity.people import PASSWORD, officer, organisation, sign_in
from lienthong.identity.public import Role

pytestmark = [
    pytest.mark.journey,
    pytest.mark.urls("identity.urls"),
    pytest.mark.django_db(transaction=True),
]


SHAPED = json.dumps(
    {
        "id": "AAAA",
        "rawId": "AAAA",
        "type": "public-key",
        "response": {
            "clientDataJSON": "e30",
            "attestationObject": "oA",
            "authenticatorData": "AAAA",
            "signature": "AAAA",
            "userHandle": "AAAA",
        },
        "clientExtensionResults": {},
    }
)

MADE_UP = ["", "{", "{}", "[]", "null", '"x"', '{"id": 1}', '{"response": {}}', SHAPED]


def authenticator(page: Page) -> None:
    """A key that checks its user, as a phone's fingerprint does."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def give_password(page: Page, url: str) -> None:
    page.goto(f"{url}/dang-nhap/can-bo/?next=/can-bo/")
    page.get_by_label("Tên đăng nhập").fill("thu.nghiem")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.wait_for_timeout(1100)  # app.js drops a press in a page's first second
    page.get_by_role("button", name="Đăng nhập").click()


def test_an_officer_sets_up_a_passkey_and_signs_in_with_it(page: Page, live_server: LiveServer) -> None:
    officer((Role.RECEPTION, organisation()), app=False)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if "Content Security" in said.text else None)
    authenticator(page)
    url = live_server.url

    give_password(page, url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thêm bước xác thực thứ hai")
    page.get_by_role("link", name="Dùng khóa truy cập").click()
    page.get_by_role("button", name="Thêm khóa truy cập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    page.get_by_role("link", name="Đã cất mã, tiếp tục").click()
    expect(page.locator("body")).to_contain_text("reception@H20.47")

    page.context.clear_cookies()
    give_password(page, url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bước xác thực thứ hai")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(page.locator("body")).to_contain_text("reception@H20.47")

    page.goto(f"{url}/xac-nhan-lai/khoa/?next=/who/")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    page.wait_for_url(f"{url}/who/")
    assert problems == []


def test_a_passkey_of_another_browser_does_not_let_in(page: Page, live_server: LiveServer) -> None:
    """The browser has no key of this account: the page says so and nobody is signed in."""
    officer((Role.RECEPTION, organisation()), app=False)
    authenticator(page)
    give_password(page, live_server.url)
    page.get_by_role("link", name="Dùng khóa truy cập").click()
    page.get_by_role("button", name="Thêm khóa truy cập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")

    other = page.context.browser
    assert other is not None
    stranger = other.new_context(locale="vi-VN").new_page()
    authenticator(stranger)
    give_password(stranger, live_server.url)
    stranger.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(stranger.get_by_text("Chưa dùng được khóa truy cập")).to_be_visible()
    stranger.goto(f"{live_server.url}/who/")
    expect(stranger.locator("body")).to_contain_text("anonymous")
    stranger.context.close()


@pytest.mark.parametrize("credential", MADE_UP)
def test_a_made_up_answer_of_a_passkey_is_refused(client: Client, credential: str) -> None:
    officer((Role.RECEPTION, organisation()))
    client.post("/dang-nhap/can-bo/", {"sign_in_name": "thu.nghiem", "password": PASSWORD})
    response = client.post("/dang-nhap/buoc-hai/", {"credential": credential})
    assert response.status_code == 200
    assert client.get("/who/").content.startswith(b"anonymous")


@pytest.mark.parametrize("credential", MADE_UP)
def test_a_made_up_key_is_not_added(client: Client, credential: str) -> None:
    account = officer(app=False)
    sign_in(client, account, second_step=False)
    client.get("/tai-khoan/bao-mat/khoa/")
    response = client.post("/tai-khoan/bao-mat/khoa/", {"credential": credential})
    assert response.status_code == 200
    assert not account.authenticator_set.exists()
