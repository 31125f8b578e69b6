"""A data steward sends a sector's workbook, sees what it holds and what came of it, and decides two possible matches."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Final

import pytest
import xlsxwriter
from openpyxl import load_workbook
from playwright.sync_api import expect

from journeys.visitors import Visitor

pytestmark = pytest.mark.journey

STEWARD, SECOND = "ai.truong", "kien.dang"
HEAD: Final = [
    "Họ và tên",
    "Số CCCD",
    "Năm sinh",
    "Giới tính",
    "Họ tên mẹ",
    "Chi hội",
    "Ngày vào hội",
    "Tình trạng",
]
ROWS: Final = [
    ["Nguyễn Thị Minh Hạnh", "", "1994", "Nữ", "", "Chi hội 1", "05/05/2020", "Đang sinh hoạt"],
    ["Trần Văn Lộc", "", "1991", "Nam", "", "Chi hội 1", "05/05/2020", "Đang sinh hoạt"],
    ["Lê Hoàng Nam", "099088001234", "02/12/1988", "Nam", "", "Chi hội 2", "không", "Đang sinh hoạt"],
    ["UBND phường Bến Sen", "000000001", "2000", "Nam", "", "Chi hội 2", "05/05/2020", "Đang sinh hoạt"],
]  # fmt: skip


def workbook() -> bytes:
    """A list as an association makes it: a title, then the heading, Hạnh and Lộc without their numbers."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Hội viên")
        sheet.write_string(0, 0, "DANH SÁCH HỘI VIÊN HỘI NÔNG DÂN")
        for number, row in enumerate([HEAD, *ROWS], start=2):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return out.getvalue()


def test_a_steward_cleans_a_sectors_workbook(comes: Callable[..., Visitor]) -> None:
    ai = comes()
    page = ai.page
    ai.goes("/du-lieu/")
    ai.signs_in_here(STEWARD)
    ai.title("Nguồn dữ liệu")
    ai.follows("Hội viên Hội Nông dân")

    page.get_by_label("Tệp dữ liệu").set_input_files(
        {"name": "hoi-vien.xlsx", "mimeType": "application/octet-stream", "buffer": workbook()}
    )
    ai.presses("Gửi và xem trước")
    ai.title("Xem trước: hoi-vien.xlsx")
    expect(page.get_by_label("Trường dữ liệu của cột Số CCCD")).to_have_value("personal_number")
    expect(page.get_by_label("Trường dữ liệu của cột Năm sinh")).to_have_value("birth_date")
    ai.presses("Xác nhận và đối chiếu")

    expect(page.get_by_role("heading", name="Kết quả đối chiếu")).to_be_visible(timeout=180_000)
    ai.looks()
    ai.sees("2 Có thể là một người", "1 Không phải người")

    ai.follows(re.compile("Quyết định 2 việc"))
    ai.follows("Nguyễn Thị Minh Hạnh")
    ai.title("Có phải một người?")
    ai.sees("Cặp 1 trong 2", "một bên chỉ biết năm")
    expect(page.locator("mark", has_text="1994 (chỉ biết năm)")).to_be_visible()
    page.keyboard.press("1")
    expect(page.get_by_label("Một người", exact=True)).to_be_checked()
    page.keyboard.press("g")
    page.keyboard.type("Tên, năm sinh, nơi sinh hoạt trong sổ hội trùng")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    ai.looks()
    ai.sees("Đã ghi quyết định.", "Trần Văn Lộc")

    page.get_by_label("Hai người khác nhau").check()
    page.get_by_role("textbox", name="Căn cứ").fill("Hội viên này sinh ở tỉnh khác, chỉ trùng tên")
    ai.presses("Ghi quyết định")
    ai.title("Làm sạch dữ liệu")
    ai.sees("Không có việc nào như vậy.")

    ai.goes("/du-lieu/")
    ai.follows("Hội viên Hội Nông dân")
    ai.follows("hoi-vien.xlsx")
    book = load_workbook(BytesIO(ai.downloads(re.compile("Tệp đã đánh dấu lỗi"))))
    assert "Hội viên" in book.sheetnames
    told = [str(cell.value) for row in book[book.sheetnames[0]].iter_rows() for cell in row]
    assert any("không phải dữ liệu thật" in sentence for sentence in told)


def test_two_stewards_make_one_record_of_a_person_entered_twice(comes: Callable[..., Visitor]) -> None:
    """The machine found day and month in each other's place; one proposes and says which is right, another confirms."""
    ai, kien = comes(), comes()
    ai.goes("/du-lieu/gop/")
    ai.signs_in_here(STEWARD)
    ai.title("Gộp người trùng")
    ai.sees("Họ tên trùng, ngày và tháng sinh đổi chỗ", "1 cặp sinh đôi được nhận ra và không đề nghị")
    row = ai.page.get_by_role("row").filter(has_text="đổi chỗ")
    with ai.page.expect_navigation():
        row.get_by_role("link").click()
    ai.looks()
    address = ai.page.url
    ai.sees("07/03/1992", "03/07/1992", "Máy tìm thấy khi dò người trùng")
    ai.page.get_by_label("Bản ghi 1, số").check()
    ai.page.get_by_label("Ngày sinh", exact=True).check()
    ai.page.get_by_role("textbox", name="Căn cứ").first.fill("Giấy khai sinh bản gốc ghi 03/7")
    ai.presses("Đề nghị gộp")
    ai.sees("Đã ghi đề nghị. Một người quản lý dữ liệu khác phải xác nhận.")

    kien.goes(address)
    kien.signs_in_here(SECOND)
    kien.sees("Đề nghị giữ bản ghi 1", "lấy theo bản ghi bị hủy: ngày sinh")
    kien.page.get_by_role("textbox", name="Nhận xét khi xác nhận").fill("Đã xem bản chụp giấy khai sinh")
    kien.presses("Xác nhận gộp")
    kien.goes(address)
    kien.looks()
    kien.sees("Đã gộp", "Giữ bản ghi 1")


def test_on_a_phone_and_by_keys(comes: Callable[..., Visitor]) -> None:
    """Every page of the hall on a phone; J leads to the next case, and the keys can be switched off."""
    kien = comes(viewport={"width": 390, "height": 844})
    page = kien.page
    kien.goes("/du-lieu/viec/")
    kien.signs_in_here(SECOND)
    first = page.locator("tbody a").first
    with page.expect_navigation():
        first.click()
    kien.looks()
    before = page.url
    with page.expect_navigation():
        page.keyboard.press("j")
    kien.looks()
    assert page.url != before
    page.get_by_role("button", name="Phím tắt đang bật").click()
    expect(page.get_by_role("button", name="Phím tắt đang tắt")).to_be_visible()
    page.keyboard.press("1")
    expect(page.locator("form[data-main] input[type=radio]").first).not_to_be_checked()
