"""Official scores are entered beside our own, with their source; a correction leaves what was known before."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from console.test_open_figures import opened_by, words
from lienthong.fields.public import posted_date
from lienthong.indicators.public import OfficialScore, refresh_tally
from makers import PDF, World, at, play_histories

pytestmark = pytest.mark.django_db

NOW = "20/11/2026 16:00"
SCORE: dict[str, Any] = {
    "of": "qd766:2.1", "first_month": "11/2026", "last_month": "", "score": "18,4", "source": "Cổng Dịch vụ công quốc gia",
    **posted_date("as_of", "20/11/2026"), "note": "",
}  # fmt: skip


@pytest.fixture
def played(world: World) -> Iterator[World]:
    with at(NOW):
        play_histories(world, 60, NOW)
        refresh_tally()
        yield world


def address(world: World, rest: str = "") -> str:
    return f"/dieu-hanh/chi-so-766/{world.committee.pk}/{rest}?thang=2026-11"


def page(world: World) -> str:
    return address(world, "diem-chinh-thuc/")


def test_what_was_published_stands_beside_our_own_with_the_difference_and_the_file(played: World) -> None:
    secretary = opened_by(played, "committee")
    file = SimpleUploadedFile("cong-bo.pdf", PDF, "application/pdf")
    assert secretary.post(page(played), {**SCORE, "document": file}).headers["Location"] == page(played)
    shown = words(secretary, page(played))
    assert "18,4" in shown
    assert "Xem tệp" in shown
    row = OfficialScore.objects.get()
    served = secretary.get(f"{page(played).split('?', maxsplit=1)[0]}{row.pk}/tep/")
    assert b"".join(served) == PDF  # type: ignore[arg-type]  # a FileResponse
    difference = secretary.get(page(played)).context["entries"][0]["difference"]
    assert difference is not None
    assert "18,4" in words(secretary, address(played))


def test_a_correction_says_why_and_the_first_entry_stays(played: World) -> None:
    secretary = opened_by(played, "committee")
    secretary.post(page(played), SCORE)
    silent = secretary.post(page(played), {**SCORE, "score": "17,9"})
    assert silent.status_code == 422
    assert "Kỳ này đã ghi 18,4 điểm từ nguồn cùng ngày. Nêu lý do đính chính" in silent.content.decode()
    secretary.post(page(played), {**SCORE, "score": "17,9", "note": "đọc nhầm dòng"})
    shown = words(secretary, page(played))
    assert "đã đính chính" in shown
    assert [row["counts"] for row in secretary.get(page(played)).context["entries"]] == [True, False]


def test_a_wrong_entry_is_withdrawn_with_a_reason(played: World) -> None:
    secretary = opened_by(played, "committee")
    secretary.post(page(played), SCORE)
    entry = OfficialScore.objects.get().pk
    assert secretary.post(page(played), {"rut": "1", "entry": entry, "reason": ""}).status_code == 422
    secretary.post(page(played), {"rut": "1", "entry": entry, "reason": "của xã khác"})
    assert "đã rút" in words(secretary, page(played))
    assert "chưa nhập" in words(secretary, address(played))


def test_the_index_of_transformation_is_of_a_year(played: World) -> None:
    secretary = opened_by(played, "committee")
    year = {**SCORE, "of": "dti:total", "first_month": "01/2026", "last_month": "12/2026", "score": "712,5"}
    assert secretary.post(page(played), year).status_code == 302
    assert "01/2026 – 12/2026" in words(secretary, page(played))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"score": "20,1"}, "Điểm 20,1 của thành phần 2.1 không nằm trong khoảng 0 đến 20."),
        ({"score": "mười"}, "Nhập số như 60"),
        ({"first_month": "13/2026"}, "Nhập tháng và năm, ví dụ 11/2026."),
        ({"last_month": "10/2026"}, "Kỳ kết thúc tháng 10/2026, trước khi bắt đầu tháng 11/2026."),
        ({"source": " "}, "Nhập nguồn"),
        (posted_date("as_of", "31/10/2026"), "trước khi kỳ bắt đầu (11/2026)"),
        ({"of": "qd766:9.9"}, "không phải là một trong các lựa chọn"),
        ({"document": SimpleUploadedFile("x.exe", b"MZ", "application/pdf")}, "PDF"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_kept(
    played: World, changes: dict[str, Any], said: str
) -> None:
    answer = opened_by(played, "committee").post(page(played), {**SCORE, **changes})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not OfficialScore.objects.exists()


@pytest.mark.parametrize("who", ["hanh", "reception", "handler", "leader"])
def test_only_those_who_enter_open_the_page(played: World, who: str) -> None:
    client = opened_by(played, who)
    assert client.get(page(played)).status_code == 403
    assert client.post(page(played), SCORE).status_code == 403
    assert not OfficialScore.objects.exists()


def test_nobody_signed_in_is_led_to_sign_in(world: World) -> None:
    assert Client().get(page(world)).headers["Location"].startswith("/dang-nhap/can-bo/?next=")
