"""The whole way of one dossier, through every hall, as people walk it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from journeys import deciding, filing
from journeys.filing import HANH
from journeys.papers import needs_checkers, said_by_openssl, said_by_pdfsig, tampered, words_of
from journeys.stage import Stage
from journeys.visitors import Visitor

pytestmark = [pytest.mark.journey, needs_checkers]

DESKTOP = {"width": 1280, "height": 900}
CHILD = "Trần Minh An"
COMMITTEE = "Ủy ban nhân dân phường Đạo Thạnh"


def sees_what_the_state_knows(citizen: Visitor) -> None:
    """Herself, her husband, their home, each with its source; none of it can be typed over.

    Nobody hands in what the State holds: Law on civil status 60/2014/QH13, decree 118/2025/NĐ-CP.
    """
    citizen.sees("Nguyễn Thị Minh Hạnh", "Trần Văn Lộc", "Số 47, đường Nguyễn Huệ")
    citizen.sees("Cơ sở dữ liệu quốc gia về dân cư")
    typed = citizen.page.locator("[name^=mother_], [name^=father_], [name^=requester_]")
    expect(typed).to_have_count(0)
    expect(citizen.page.locator("main")).not_to_contain_text(HANH)


def goes_down_to_the_commune(secretary: Visitor) -> int:
    """From the country to the commune's dossiers; gives the figure's numerator there."""
    secretary.goes("/dieu-hanh/")
    secretary.follows("Hồ sơ trực tuyến toàn trình")
    secretary.follows("Đồng Tháp")
    secretary.follows(COMMITTEE)
    secretary.title(COMMITTEE)
    expect(secretary.page.locator("main")).to_contain_text("bộ đếm ghi")
    number = secretary.page.locator(".lt-formula .lt-frac strong").first.inner_text()
    return int(number.replace(".", ""))


def checks(anybody: Visitor, paper: bytes, verdict: str) -> None:
    """At the public page, without signing in."""
    anybody.goes("/xac-minh/")
    upload = FilePayload(name="giay-khai-sinh.pdf", mimeType="application/pdf", buffer=paper)
    anybody.page.get_by_label("Tệp PDF cần kiểm tra").set_input_files(upload)
    anybody.presses("Kiểm tra")
    anybody.title("Kết quả kiểm tra")
    anybody.sees(verdict)


def test_a_birth_is_registered(comes: Callable[..., Visitor], stage: Stage, tmp_path: Path) -> None:
    def come(account: str) -> Visitor:
        visitor = comes(viewport=DESKTOP)
        visitor.signs_in(account)
        return visitor

    secretary = come("anh.do")
    received_before = goes_down_to_the_commune(secretary)

    # Hạnh finds the service, sees what is known, says the rest, and sends it once.
    hanh = come(HANH)
    before = filing.own_dossiers(hanh)
    hanh.goes("/")
    filing.finds_the_service(hanh)
    hanh.follows("Bắt đầu")
    filing.tells_the_case(hanh)
    sees_what_the_state_knows(hanh)
    filing.fills_in(hanh, CHILD)
    hanh.presses("Tiếp tục")
    filing.attaches(hanh, filing.birth_certificate())
    hanh.sees(CHILD, "Giấy chứng sinh.pdf")
    filing.agrees(hanh)
    code = filing.sends(hanh, twice=True)
    assert len([url for url in hanh.posted if url.endswith("/xem-lai/")]) == 1
    assert filing.own_dossiers(hanh) - before == {code}

    # The one-stop officer receives it; form 01 tells the day.
    van = come("van.le")
    deciding.opens(van, code)
    deciding.does(van, "Tiếp nhận hồ sơ")
    van.sees("Đã tiếp nhận")
    form_01 = words_of(van.downloads(re.compile("tiếp nhận", re.I)), tmp_path)
    assert code in form_01
    assert "Nguyễn Thị Minh Hạnh" in form_01

    # The handler takes it and asks for one paper: the clock stops.
    long = come("long.pham")
    deciding.opens(long, code)
    deciding.does(long, "Giao người thụ lý")
    deciding.asks_for(long, "Giấy chứng sinh", "Ảnh mờ, không đọc được số", "Luật 60/2014/QH13, điều 16")
    long.sees("Đã gửi yêu cầu bổ sung")

    # Hạnh sees what is wrong, by which rule, that the clock stands; and adds it there.
    hanh.goes("/")
    hanh.follows(re.compile("^Bổ sung ngay"))
    hanh.sees("Bà cần bổ sung 1 giấy tờ", "Ảnh mờ, không đọc được số", "Luật 60/2014/QH13, điều 16")
    hanh.page.get_by_label(re.compile("Giấy chứng sinh")).set_input_files(
        filing.birth_certificate("Giấy chứng sinh, chụp lại.pdf")
    )
    hanh.presses("Gửi bổ sung")
    hanh.sees("Đã gửi bổ sung. Thời hạn chạy tiếp.", "Giấy chứng sinh, chụp lại.pdf")

    # The handler finds the papers good and proposes.
    deciding.opens(long, code)
    deciding.looks_at_papers(long)
    deciding.proposes(long, "Đủ điều kiện theo điều 16 Luật 60/2014/QH13.")
    long.sees("Đã trình lãnh đạo")

    # Somebody else decides and signs, proving again who he is: the proof of this morning is too old.
    hau = come("hau.vo")
    stage.lets_time_pass(hau.session, minutes=20)
    deciding.opens(hau, code)
    hau.follows("Xác nhận lại để ký")
    hau.title("Xác nhận lại")
    hau.gives_code("hau.vo", button="Xác nhận")
    hau.title("Đăng ký khai sinh")
    deciding.decides(hau)
    hau.sees("Đã ký và ban hành kết quả")

    # Hạnh has her paper, and programs that know nothing of us accept it.
    hanh.goes(f"/ho-so/{code}/")
    paper = hanh.downloads("Tải kết quả")
    assert CHILD.upper() in words_of(paper, tmp_path)
    assert "Signature is Valid" in said_by_pdfsig(paper, tmp_path)
    assert "Total document signed" in said_by_pdfsig(paper, tmp_path)
    assert "successful" in said_by_openssl(paper, stage.var / "pki" / "root.pem", tmp_path)
    assert "Signature is Valid" not in said_by_pdfsig(tampered(paper), tmp_path)

    # Anybody may check it here, and learns when a byte was changed.
    anybody = comes(viewport=DESKTOP)
    checks(anybody, paper, "Giấy còn nguyên vẹn")
    checks(anybody, tampered(paper), "Nội dung đã bị sửa sau khi ký")

    # The committee's figure has risen by one, and opens down to this dossier and nobody's name.
    assert goes_down_to_the_commune(secretary) == received_before + 1
    secretary.follows(code)
    secretary.sees(code)
    expect(secretary.page.locator("body")).not_to_contain_text("Hạnh")
