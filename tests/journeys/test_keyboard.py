"""Without a mouse, and in another language."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from journeys import filing
from journeys.filing import NAM
from journeys.visitors import Visitor
from lienthong.identity.public import DEMO_PASSWORD

pytestmark = pytest.mark.journey

FOCUS = """() => {
    const it = document.activeElement, shown = getComputedStyle(it), box = it.getBoundingClientRect();
    const ring = parseFloat(shown.outlineWidth) > 0 && shown.outlineStyle !== "none";
    return {
        tag: it.tagName, text: (it.innerText || it.name || "").trim(),
        seen: box.width > 1 && box.height > 1 && box.top >= 0 && box.top < innerHeight,
        marked: ring || shown.boxShadow !== "none",
    };
}"""


def tab_to(page: Page, text: str, *, most: int = 30) -> None:
    """Press Tab until something is reached; wherever the focus goes, it is to be seen (WCAG 2.4.7, 2.4.11)."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["seen"], f"focus is out of sight on {focus}"
        assert focus["marked"], f"focus leaves no mark on {focus}"
        if focus["text"] == text:
            return
    raise AssertionError(f"{text!r} is not reached by {most} tabs")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_signing_in_and_searching_by_keyboard_alone(comes: Callable[..., Visitor]) -> None:
    nam = comes(axe=False)
    page = nam.page
    nam.goes("/")

    tab_to(page, "Tới nội dung chính", most=1)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    nam.goes("/")
    tab_to(page, "Đăng nhập")
    enter(page)
    tab_to(page, "sign_in_name")
    page.keyboard.type(NAM)
    tab_to(page, "password", most=1)
    page.keyboard.type(DEMO_PASSWORD)
    enter(page)
    nam.sees("Lê Hoàng Nam")

    nam.goes("/")
    tab_to(page, "q")
    page.keyboard.type("lam giay khai sinh")
    enter(page)
    tab_to(page, "Đăng ký khai sinh")
    enter(page)
    nam.title("Đăng ký khai sinh")


def test_a_mistake_is_reached_at_once_and_leads_to_its_field(comes: Callable[..., Visitor]) -> None:
    nam = comes()
    nam.goes("/dang-nhap/")
    nam.page.get_by_label("Mật khẩu").focus()
    enter(nam.page)
    nam.looks()
    summary = nam.page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(nam.page).to_have_title(re.compile("^Lỗi:"))
    nam.page.keyboard.press("Tab")
    nam.page.keyboard.press("Enter")
    expect(nam.page.get_by_label("Số định danh cá nhân")).to_be_focused()


@pytest.mark.parametrize(
    ("account", "paths"),
    [
        (NAM, ["/", filing.SERVICE, f"{filing.SERVICE}khai/"]),
        ("long.pham", ["/can-bo/"]),
        ("anh.do", ["/dieu-hanh/"]),
    ],
)
def test_every_hall_speaks_english(comes: Callable[..., Visitor], account: str, paths: list[str]) -> None:
    """The page that is open changes its language, and says so to a screen reader (WCAG 3.1.1)."""
    visitor = comes()
    visitor.goes("/")
    visitor.signs_in(account)
    for path in paths:
        visitor.goes(path)
        expect(visitor.page.locator("html")).to_have_attribute("lang", "vi")
        visitor.presses("English")
        assert visitor.page.url == f"{visitor.stage.url}{path}"
        expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
        visitor.presses("Tiếng Việt")
