"""A notice of conclusions comes in; its secretary reads, corrects and confirms; then two provinces are compared."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, expect

from journeys.visitors import Visitor

pytestmark = pytest.mark.journey

DESKTOP = {"width": 1280, "height": 900}
NOTICE = """VĂN PHÒNG CHÍNH PHỦ
Số: 512/TB-VPCP
Hà Nội, ngày 02 tháng 3 năm 2026
THÔNG BÁO
Kết luận của Chủ tịch Ủy ban Quốc gia về chuyển đổi số
1. Phấn đấu đến ngày 31/12/2027, tỷ lệ hồ sơ dịch vụ công trực tuyến toàn trình của các địa phương đạt tối thiểu 70%.
2. Bộ Tư pháp chủ trì, hoàn thành việc làm sạch dữ liệu hộ tịch trước ngày 31/12/2027.
"""


def test_a_secretary_confirms_what_a_notice_says(comes: Callable[..., Visitor]) -> None:
    secretary = comes(viewport=DESKTOP)
    secretary.signs_in("anh.do")
    secretary.goes("/dieu-hanh/ke-hoach/")
    secretary.follows("Đọc văn bản giao việc")
    secretary.page.get_by_label("Đưa vào kế hoạch").select_option("CDS-2026")
    notice = FilePayload(name="thong-bao.txt", mimeType="text/plain", buffer=NOTICE.encode())
    secretary.page.get_by_label("Tệp văn bản").set_input_files(notice)
    secretary.presses("Đọc văn bản")
    secretary.title("Thông báo 512/TB-VPCP")
    assert secretary.downloads("thong-bao.txt") == NOTICE.encode()
    secretary.follows("Xem đề xuất tiếp theo")
    expect(secretary.page.locator("mark")).to_contain_text("tối thiểu 70%")
    secretary.presses("Xác nhận")
    secretary.sees("phải nêu mẫu số")
    secretary.page.get_by_label("Mẫu số").fill("hồ sơ đã tiếp nhận")
    secretary.presses("Xác nhận")
    secretary.sees("Đã xác nhận đề xuất 1", "Đề xuất 2 trong 2: Nhiệm vụ")
    expect(secretary.page.get_by_label("Cơ quan chủ trì")).to_have_value("G15")
    secretary.presses("Xác nhận")
    secretary.sees("Đã xác nhận đề xuất 2", "0 + 2 + 0 = 2.")
    secretary.follows("Mở kết quả", inside=secretary.page.locator("tbody tr").last)
    secretary.sees("512/TB-VPCP", "Bộ Tư pháp", "Chưa hoàn thành, trong hạn")


def test_two_provinces_beside_each_other_down_to_the_figure(comes: Callable[..., Visitor]) -> None:
    secretary = comes(viewport=DESKTOP)
    secretary.signs_in("anh.do")
    secretary.goes("/dieu-hanh/so-sanh/")
    secretary.page.get_by_label("Đơn vị", exact=True).fill("Đồng Tháp")
    secretary.page.get_by_label("So với đơn vị").fill("ha noi")
    secretary.page.get_by_label("So với tháng").select_option(index=2)
    secretary.presses("So sánh")
    secretary.title("So sánh: Đồng Tháp và Hà Nội")
    secretary.sees("cao hơn ở", "Thay đổi")
    value = secretary.page.locator("td a").first.inner_text()
    secretary.follows(value)
    secretary.sees(value, "Cộng khớp")
    secretary.goes("/dieu-hanh/to-chuc/UBQG/")
