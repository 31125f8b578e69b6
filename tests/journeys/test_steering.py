"""From the wall of the meeting room to one late dossier, and what a province answers; every page of tasks.

The steps are walked in test_conference.
"""

import re
from collections.abc import Callable

import psycopg
import pytest
from playwright.sync_api import FilePayload

from journeys.stage import Stage
from journeys.visitors import Visitor
from makers import PDF

pytestmark = pytest.mark.journey

DESKTOP = {"width": 1280, "height": 900}
LATE = """
UPDATE dossiers_dossier SET due_at = received_at + interval '1 minute', first_due_at = received_at + interval '1 minute'
WHERE id = (SELECT d.id FROM dossiers_dossier d JOIN organisations_organisation g ON g.id = d.authority_id
    WHERE d.received_at IS NOT NULL AND d.closed_at IS NULL AND d.stopped_at IS NULL AND g.path LIKE 'H20/%'
        AND d.received_at < now() - interval '1 hour'
    ORDER BY d.received_at DESC LIMIT 1)
RETURNING code
"""


def a_late_dossier(stage: Stage) -> str:
    """One of Đồng Tháp's open dossiers is past its due moment."""
    with psycopg.connect(stage.database) as connection:
        found = connection.execute(LATE).fetchone()
    assert found, "the tiny demo has no open dossier in Đồng Tháp"
    return str(found[0])


def counted(visitor: Visitor, asked: str = "") -> dict[str, int]:
    """The four buckets, as the page of tasks prints them."""
    visitor.goes(f"/dieu-hanh/nhiem-vu/{asked}")
    chips = visitor.page.locator(".lt-chips").first.locator("li").all_inner_texts()
    found = {}
    for chip in chips:
        number, words = re.split(r"\s+", chip.strip(), maxsplit=1)
        found[words] = int(number.replace(".", ""))
    return found


def fills_day(visitor: Visitor, name: str, day: str) -> None:
    for part, value in enumerate(day.split("/")):
        visitor.page.locator(f"[name={name}_{part}]").first.fill(value)


def opens_the_late_dossier(chair: Visitor, code: str) -> None:
    """A red target, its figure, the province, the agency, the dossier: each one step down."""
    chair.goes("/dieu-hanh/man-hinh-lon/")
    chair.sees("Chưa đạt", "Cần kết luận hôm nay")
    chair.follows("Thoát màn hình lớn")
    chair.page.locator("tr", has_text="Chưa đạt").get_by_role("link", name=re.compile("%")).first.click()
    chair.looks()
    chair.sees("Mức giao", "Từng đơn vị, khó đạt nhất đứng trước")
    chair.follows("Mở con số này xuống tận hồ sơ")
    chair.sees("Cộng khớp")
    chair.goes("/dieu-hanh/ho-so-cham/")
    chair.sees("hồ sơ đang chậm")
    chair.follows(re.compile("Đạo Thạnh|Đồng Tháp"))
    chair.follows(code)
    chair.sees(code, "Trang này không có tên hay dữ liệu của người nộp.")


def reports_an_obstacle(leader: Visitor, code: str) -> None:
    """On the page of its tasks."""
    leader.title("Đồng Tháp")
    leader.page.locator("tr", has_text=code).get_by_role("link").click()
    leader.looks()
    leader.page.get_by_text("Báo vướng mắc").first.click()
    form = leader.page.locator("form[action$='/vuong-mac/']")
    form.get_by_label("Con người").check()
    form.get_by_label("Vướng ở đâu").fill("Một công chức phụ trách ba xã cũ")
    form.get_by_label("Đề xuất cách gỡ").fill("Sở Nội vụ điều động thêm người trong tháng")
    evidence = FilePayload(name="bien-ban.pdf", mimeType="application/pdf", buffer=PDF)
    form.get_by_label("Minh chứng").set_input_files(evidence)
    leader.presses("Gửi vướng mắc")
    leader.sees("Đã ghi vướng mắc", "Đang vướng", "Con người", "SHA-256")
    assert leader.downloads("bien-ban.pdf") == PDF


PAGES = (
    "/dieu-hanh/nhiem-vu/?pham-vi=DA06&tinh-den=2024-01-31&so-voi=2023-12-01",
    "/dieu-hanh/nhiem-vu/cham/",
    "/dieu-hanh/nhiem-vu/danh-sach/?nhom-han=xong-qua-han",
    "/dieu-hanh/nhiem-vu/CDS-2026-003/",
    "/dieu-hanh/ke-hoach/",
    "/dieu-hanh/ke-hoach/DA06-2024/",
)


def test_every_page_of_tasks_is_accessible_and_fits_a_phone(comes: Callable[..., Visitor]) -> None:
    """`goes` runs axe and looks for sideways scrolling at 320 px."""
    secretary = comes()
    secretary.signs_in("anh.do")
    for page in PAGES:
        secretary.goes(page)
        if page == PAGES[0]:
            secretary.sees("26 nhiệm vụ chậm, trong 141 nhiệm vụ")
