"""A citizen registers a birth: each step as a person takes it."""

import re
from datetime import date, timedelta
from io import BytesIO
from urllib.parse import unquote

from django.utils import timezone
from playwright.sync_api import FilePayload, Locator, expect
from pypdf import PdfWriter

from journeys.visitors import Visitor

SERVICE = "/dich-vu/1.001193/"
HANH, LOC, NAM, Y_BHIN = "099194004471", "099091000938", "099088001234", "099079003310"


def birthday() -> date:
    """The child's: 15 days ago, well within the 60 of the Law on civil status (60/2014/QH13), article 15."""
    return timezone.localdate() - timedelta(days=15)


def birth_certificate(name: str = "Giấy chứng sinh.pdf") -> FilePayload:
    """A hospital's paper as a file to upload: one page, no two alike."""
    content = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(width=300, height=400)
    writer.add_metadata({"/Title": f"{name} {timezone.now()}"})
    writer.write(content)
    return FilePayload(name=name, mimeType="application/pdf", buffer=content.getvalue())


def finds_the_service(visitor: Visitor) -> None:
    """Words as people say them, without a single mark."""
    visitor.page.get_by_role("searchbox").fill("lam giay khai sinh")
    visitor.presses("Tìm", inside=visitor.page.get_by_role("search"))
    visitor.sees("lam giay khai sinh")
    visitor.follows("Đăng ký khai sinh")
    visitor.title("Đăng ký khai sinh")


def tells_the_case(visitor: Visitor) -> None:
    visitor.title("Trường hợp và nơi giải quyết")
    tick(visitor.page.get_by_role("group", name="Trường hợp"), "Thông thường")
    for question in visitor.page.get_by_role("group").filter(has_text=re.compile(r"\?")).all():
        tick(question, "Có" if "kết hôn" in question.inner_text() else "Không")
    visitor.presses("Tiếp tục")
    visitor.title("Tờ khai")


def tick(group: Locator, answer: str) -> None:
    group.get_by_label(answer, exact=True).check()


def fills_in(visitor: Visitor, child: str) -> None:
    """What only the parents know."""
    page, day = visitor.page, birthday()
    page.get_by_label("Quan hệ với người được khai sinh", exact=True).fill("Mẹ")
    page.get_by_label("Họ, chữ đệm, tên trẻ", exact=True).fill(child)
    born = page.get_by_role("group", name=re.compile("^Ngày, tháng, năm sinh"))
    for label, value in (("Ngày", day.day), ("Tháng", day.month), ("Năm", day.year)):
        born.get_by_label(label, exact=True).fill(str(value))
    tick(page.get_by_role("group", name="Giới tính"), "Nam")
    page.get_by_label("Dân tộc", exact=True).select_option("Kinh")
    page.get_by_label("Quốc tịch", exact=True).fill("Việt Nam")
    page.get_by_label("Nơi sinh", exact=True).fill("Bệnh viện Phụ sản tỉnh Đồng Tháp")
    page.get_by_label("Quê quán", exact=True).fill("Phường Đạo Thạnh, tỉnh Đồng Tháp")
    tick(page.get_by_role("group", name="Đề nghị cấp bản sao"), "Không")


def attaches(visitor: Visitor, paper: FilePayload) -> None:
    visitor.title("Giấy tờ và kết quả")
    visitor.page.get_by_label(re.compile("^Giấy chứng sinh")).set_input_files(paper)
    tick(visitor.page.get_by_role("group", name="Nhận kết quả"), online(visitor))
    visitor.presses("Tiếp tục")
    visitor.title("Xem lại rồi gửi")


def online(visitor: Visitor) -> str:
    """The label of the way by which the result comes over the net."""
    way = visitor.page.locator("input[name=delivery][value=online] + label")
    return way.inner_text().splitlines()[0].strip()


def agrees(visitor: Visitor) -> None:
    visitor.page.get_by_label(re.compile("^Tôi xác nhận")).check()


def sends(visitor: Visitor, *, twice: bool = False) -> str:
    """Sign and send; gives the dossier's code. `twice`: with a hasty second click."""
    button = visitor.page.get_by_role("button", name="Ký và gửi hồ sơ")
    button.scroll_into_view_if_needed()
    clicks(visitor, button, times=2 if twice else 1)
    expect(visitor.page).to_have_url(re.compile("/da-gui/$"), timeout=30_000)
    visitor.looks()
    code = unquote(visitor.page.url.split("/")[-3])
    visitor.sees("Đã gửi hồ sơ", code)
    return code


def clicks(visitor: Visitor, button: Locator, *, times: int) -> None:
    """As an impatient hand does, without waiting for what the first click brings."""
    box = button.bounding_box()
    assert box
    for _ in range(times):
        visitor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        visitor.page.wait_for_timeout(50)


def files(visitor: Visitor, child: str, *, twice: bool = False) -> str:
    """From the service's page to the dossier's code."""
    visitor.follows(re.compile("^Bắt đầu"))
    tells_the_case(visitor)
    fills_in(visitor, child)
    visitor.presses("Tiếp tục")
    attaches(visitor, birth_certificate())
    visitor.sees(child)
    agrees(visitor)
    return sends(visitor, twice=twice)


def own_dossiers(visitor: Visitor) -> set[str]:
    """The codes on "Hồ sơ của tôi"."""
    visitor.goes("/ho-so/")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Hồ sơ của tôi")
    links = visitor.page.locator("main a[href^='/ho-so/']").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    return {unquote(link.split("/")[2]) for link in links}
