"""What a person typed is not lost: neither with the session, nor without scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from journeys import filing
from journeys.filing import NAM, Y_BHIN
from journeys.visitors import Visitor

pytestmark = pytest.mark.journey

CHILD = "Lê Hoàng Bách"


def test_a_session_that_ends_in_the_middle_loses_nothing(comes: Callable[..., Visitor]) -> None:
    nam = comes()
    nam.goes("/")
    nam.signs_in(NAM)
    nam.goes(filing.SERVICE)
    nam.follows("Bắt đầu")
    filing.tells_the_case(nam)
    filing.fills_in(nam, CHILD)

    nam.context.clear_cookies(name="sessionid")
    nam.presses("Tiếp tục")
    nam.title("Đăng nhập")
    nam.signs_in_here(NAM)

    nam.title("Tờ khai")
    nam.sees("Phiên làm việc trước đã hết")
    page, day = nam.page, filing.birthday()
    expect(page.get_by_label("Họ, chữ đệm, tên trẻ", exact=True)).to_have_value(CHILD)
    expect(page.get_by_label("Quê quán", exact=True)).to_have_value("Phường Đạo Thạnh, tỉnh Đồng Tháp")
    expect(page.get_by_label("Dân tộc", exact=True)).to_have_value("Kinh")
    expect(page.get_by_role("group", name="Giới tính").get_by_label("Nam", exact=True)).to_be_checked()
    born = page.get_by_role("group", name=re.compile("^Ngày, tháng, năm sinh"))
    expect(born.get_by_label("Ngày", exact=True)).to_have_value(str(day.day))
    expect(born.get_by_label("Năm", exact=True)).to_have_value(str(day.year))

    nam.presses("Tiếp tục")
    nam.title("Giấy tờ và kết quả")


def test_without_scripts_the_form_still_files_and_files_once(comes: Callable[..., Visitor]) -> None:
    """No courtesy of a script stands between a hasty second click and the server."""
    y_bhin = comes(java_script_enabled=False, axe=False)
    y_bhin.goes("/")
    y_bhin.signs_in(Y_BHIN)
    before = filing.own_dossiers(y_bhin)
    y_bhin.goes("/")
    filing.finds_the_service(y_bhin)
    code = filing.files(y_bhin, "H'Na Niê", twice=True)
    assert filing.own_dossiers(y_bhin) - before == {code}
