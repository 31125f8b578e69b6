"""The whole way of one dossier, through every hall, as people walk it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from journeys import filing
from journeys.filing import HANH
from journeys.visitors import Visitor

pytestmark = pytest.mark.journey

DESKTOP = {"width": 1280, "height": 900}


def sees_what_the_state_knows(citizen: Visitor) -> None:
    """Herself, her husband, their home, each with its source; none of it can be typed over.

    Nobody hands in what the State holds: Law on civil status 60/2014/QH13, decree 118/2025/NĐ-CP.
    """
    citizen.sees("Nguyễn Thị Minh Hạnh", "Trần Văn Lộc", "Số 47, đường Nguyễn Huệ")
    citizen.sees("Cơ sở dữ liệu quốc gia về dân cư")
    typed = citizen.page.locator("[name^=mother_], [name^=father_], [name^=requester_]")
    expect(typed).to_have_count(0)
    expect(citizen.page.locator("main")).not_to_contain_text(HANH)


def test_a_birth_is_registered(comes: Callable[..., Visitor]) -> None:
    hanh = comes(viewport=DESKTOP)
    hanh.goes("/")
    hanh.signs_in(HANH)
    before = filing.own_dossiers(hanh)

    hanh.goes("/")
    filing.finds_the_service(hanh)
    hanh.follows("Bắt đầu")
    filing.tells_the_case(hanh)
    sees_what_the_state_knows(hanh)
    filing.fills_in(hanh, "Trần Minh An")
    hanh.presses("Tiếp tục")
    filing.attaches(hanh, filing.birth_certificate())
    hanh.sees("Trần Minh An", "Giấy chứng sinh.pdf")
    filing.agrees(hanh)
    code = filing.sends(hanh, twice=True)
    assert filing.own_dossiers(hanh) - before == {code}
