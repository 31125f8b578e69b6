"""A citizen with a phone in his hand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from journeys import filing
from journeys.filing import LOC
from journeys.visitors import Visitor

pytestmark = pytest.mark.journey

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SMALLEST_TARGET = 24
"""CSS pixels, either way: WCAG 2.2, 2.5.8. What stands in a line of text is exempt."""


def test_a_birth_is_registered_on_a_phone(comes: Callable[..., Visitor]) -> None:
    loc = comes(**PHONE)
    loc.goes("/")
    loc.signs_in(LOC)
    before = filing.own_dossiers(loc)

    loc.goes("/")
    filing.finds_the_service(loc)
    code = filing.files(loc, "Trần Minh Khôi")
    assert filing.own_dossiers(loc) - before == {code}

    loc.follows("Đăng ký khai sinh")
    loc.sees(code)
    buttons = loc.page.locator("button:visible:not(.lt-linklike), .govuk-button:visible").all()
    for button in buttons:
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= SMALLEST_TARGET, button.inner_text()
    expect(loc.page.get_by_role("heading", name="Diễn biến")).to_be_visible()
