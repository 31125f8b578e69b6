"""From the wall to a late dossier, to a conclusion of the meeting, a province's answer, the next meeting, its papers."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from console.pack.agree import buckets_agree, rows_of, targets_agree, units_agree
from console.pack.sample import sheets_of
from journeys.stage import Stage
from journeys.test_steering import (
    DESKTOP,
    a_late_dossier,
    counted,
    fills_day,
    opens_the_late_dossier,
    reports_an_obstacle,
)
from journeys.visitors import Visitor
from lienthong.console.meetings.live import HELD_FOR

pytestmark = pytest.mark.journey

MEETING = "/dieu-hanh/phien-hop/UBQG-P02/"
DONG_THAP = "Ủy ban nhân dân tỉnh Đồng Tháp"
OPEN_IN_TIME = "chưa hoàn thành, trong hạn"
SITES = 40


def opens_the_meeting(chair: Visitor) -> None:
    """What the last meeting concluded stands there, as it is today."""
    chair.goes("/dieu-hanh/phien-hop/")
    chair.follows(re.compile("Hội nghị trực tuyến với 34"))
    chair.sees("35 điểm cầu", "Kết luận của phiên trước, đến nay", "quá hạn")
    chair.presses("Khai mạc")
    chair.presses("Chuyển sang Hồ sơ chậm và nguyên nhân")
    chair.sees("đang bàn", "0/35 điểm cầu có mặt")


def joins(leader: Visitor, name: str) -> None:
    leader.goes(MEETING)
    leader.page.get_by_label("Họ và tên").fill(name)
    leader.presses("Ghi có mặt")
    leader.sees(name)


def asks_for_the_floor(leader: Visitor, text: str) -> None:
    leader.page.get_by_label("Về việc").fill(text)
    leader.presses("Đăng ký")
    leader.sees("1 điểm cầu chờ phát biểu")


def concludes(chair: Visitor, due: str) -> str:
    """From the late dossier into the open meeting; one press gives the task. Gives its code."""
    chair.follows("Ghi kết luận vào phiên họp")
    expect(chair.page.get_by_label("Cơ quan phải làm")).to_have_value("H20")
    fills_day(chair, "due_on", due)
    chair.presses("Ghi và giao thành nhiệm vụ")
    row = chair.page.locator("#phong tr", has_text="Giải quyết dứt điểm hồ sơ H20")
    expect(row).to_contain_text("Chưa hoàn thành, trong hạn")
    return row.locator("a.code", has_text="CDS-2026-").inner_text()


def gives_a_task_outside_a_meeting(chair: Visitor, due: str) -> str:
    """From the same dossier while nobody is in session; gives the task's code."""
    chair.follows("Ghi kết luận thành nhiệm vụ")
    expect(chair.page.get_by_label("Cơ quan chủ trì")).to_have_value("H20")
    chair.page.get_by_label("Kế hoạch").select_option("CDS-2026")
    chair.page.get_by_label("Sản phẩm").fill("Báo cáo kết quả xử lý")
    chair.page.get_by_label("Số, ký hiệu văn bản giao").fill("KL-phiên 11")
    fills_day(chair, "due_on", due)
    chair.presses("Giao nhiệm vụ")
    chair.sees("Đã giao nhiệm vụ", "Kết luận phiên họp", "Chưa hoàn thành, trong hạn")
    return chair.page.locator(".code").first.inner_text()


def sees_its_tasks(leader: Visitor, *codes: str) -> None:
    leader.goes("/dieu-hanh/viec-cua-co-quan/")
    leader.sees(*codes)


def prepares_the_next(chair: Visitor) -> None:
    chair.goes("/dieu-hanh/phien-hop/lap/")
    chair.page.get_by_label("Họp về kế hoạch").select_option("CDS-2026")
    chair.page.get_by_label("Tên phiên họp").fill("Phiên họp kế tiếp")
    day = timezone.localdate() + timedelta(days=14)
    fills_day(chair, "day", f"{day:%d/%m/%Y}")
    chair.page.get_by_label("Giờ họp").fill("08:00")
    fills_day(chair, "as_of", f"{timezone.localdate():%d/%m/%Y}")
    chair.presses("Lập phiên họp")
    chair.page.get_by_label("Thêm điểm cầu").select_option("H20")
    chair.presses("Thêm điểm cầu")
    chair.page.get_by_label("Nội dung", exact=True).fill("Kết luận phiên trước")
    chair.presses("Thêm nội dung")
    chair.sees("2 điểm cầu", "Kết luận phiên trước")
    chair.follows("Phiên họp kế tiếp", inside=chair.page.locator("body"))


def downloads_the_pack(chair: Visitor) -> tuple[str, dict[str, bytes]]:
    """From the board, whose four buckets it must repeat; gives what its address asks, and the files."""
    chair.goes("/dieu-hanh/nhiem-vu/")
    chair.follows("Tài liệu họp")
    chair.sees("Bốn tệp, cùng một lần gom số liệu, cùng con số", "chưa lập")
    told = {kind: chair.downloads(re.compile(rf"\(\.{kind}\)")) for kind in ("pdf", "docx", "pptx", "xlsx")}
    return urlsplit(chair.page.url).query, told


def compares_with_the_screens(chair: Visitor, asked: str, files: dict[str, bytes]) -> None:
    """At the same day and moment: the overview's figures, the four buckets, and those of every unit."""
    month = parse_qs(asked)["thang"][0]
    chair.goes(f"/dieu-hanh/?thang={month}")
    headline = chair.page.get_by_role("heading", level=1).inner_text()
    met, missed, unjudged = map(int, re.findall(r"\d+", headline))
    card = f"{met}/{met + missed} ({unjudged} không giao mức hoặc chưa có hồ sơ)"
    assert card in [cell for line in sheets_of(files["xlsx"])["Tổng quan"] for cell in line]
    assert targets_agree(rows_of(chair.page.content()), files) == met + missed + unjudged
    board = counted(chair, f"?{asked}")
    buckets_agree({words.capitalize(): number for words, number in board.items()}, files)
    assert units_agree(rows_of(chair.page.content()), files) > 30


def test_a_conclusion_of_the_meeting_is_answered_and_shown_at_the_next(
    comes: Callable[..., Visitor], stage: Stage
) -> None:
    code = a_late_dossier(stage)
    chair, leader = comes(viewport=DESKTOP), comes(viewport=DESKTOP)
    chair.signs_in("son.trinh")
    opens_the_late_dossier(chair, code)
    due = f"{timezone.localdate() + timedelta(days=20):%d/%m/%Y}"
    outside = gives_a_task_outside_a_meeting(chair, due)
    chair.axe = False  # the pages of tasks are looked at in test_steering
    before = counted(chair)
    chair.axe = True
    opens_the_meeting(chair)

    plain = comes(java_script_enabled=False, axe=False)
    plain.signs_in("khoa.tran")
    joins(plain, "Trần Đăng Khoa")
    leader.signs_in("nga.phan")
    joins(leader, "Phan Thị Nga")
    asks_for_the_floor(leader, "Sổ gốc còn ở huyện cũ")
    chair.goes(MEETING)
    chair.presses(f"Mời phát biểu {DONG_THAP}")
    floor = leader.page.get_by_role("button", name=f"Kết thúc phát biểu {DONG_THAP}")
    expect(floor).to_be_visible(timeout=30_000)  # by server-sent events: nobody loaded the page
    leader.presses(f"Kết thúc phát biểu {DONG_THAP}")

    chair.goes(f"/dieu-hanh/ho-so/{code}/")
    task = concludes(chair, due)
    sees_its_tasks(leader, task, outside)
    reports_an_obstacle(leader, task)
    leader.follows(re.compile("Hội nghị trực tuyến"))

    chair.axe = True
    chair.presses("Bế mạc")
    chair.presses("Thông qua biên bản")
    chair.follows("Biên bản")
    chair.sees("BIÊN BẢN", "Phan Thị Nga", "Trần Đăng Khoa", "Sổ gốc còn ở huyện cũ", task)
    prepares_the_next(chair)
    chair.presses("Khai mạc")
    row = chair.page.locator("tr", has_text=task)
    expect(row).to_contain_text("Chưa hoàn thành, trong hạn")
    chair.axe = False
    chair.presses("Bế mạc")
    after = counted(chair)
    assert after == {**before, OPEN_IN_TIME: before[OPEN_IN_TIME] + 1}
    chair.goes(f"/dieu-hanh/nhiem-vu/{task}/")
    chair.sees("Báo vướng mắc", "Sở Nội vụ điều động thêm người")
    asked, files = downloads_the_pack(chair)
    compares_with_the_screens(chair, asked, files)


def test_forty_sites_that_follow_a_meeting_leave_the_pages_their_threads(
    comes: Callable[..., Visitor], stage: Stage
) -> None:
    """A server of six threads: one stream waits, the others are answered at once, and a page opens meanwhile."""
    secretary = comes(axe=False)
    secretary.signs_in("anh.do")
    prepares_the_next(secretary)
    meeting = secretary.page.url.removeprefix(stage.url)
    cookie = f"sessionid={secretary.session}"
    ended: list[str] = []

    def opened(path: str, **headers: str) -> str:
        asked = Request(stage.url + path, headers={"Cookie": cookie, **headers})
        with urlopen(asked, timeout=120) as answer:
            assert answer.status == 200
            text: str = answer.read().decode()
        return text

    def follows(_site: int) -> str:
        text = opened(f"{meeting}truc-tiep/", **{"Last-Event-ID": "1"})
        ended.append("waited" if ": waiting" in text else "answered")
        return text

    time.sleep(HELD_FOR)  # a page that an earlier journey left open may still hold the one stream
    with ThreadPoolExecutor(SITES + 1) as sites:
        streams = [sites.submit(follows, site) for site in range(SITES)]
        while "answered" not in ended:
            assert not all(stream.done() for stream in streams)
            time.sleep(0.05)
        assert "Tổng quan" in opened("/dieu-hanh/")
        ended.append("page")
    assert all(stream.result().startswith("retry: ") for stream in streams)
    assert ended.count("waited") + ended.count("answered") == SITES
    assert 1 <= ended.count("waited") <= 3
    assert ended.index("page") < ended.index("waited")
