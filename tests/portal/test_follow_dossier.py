"""One's own dossiers: follow, add what was asked for, withdraw, download, rate."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lienthong.dossiers.public import Dossier, State
from lienthong.feedback.public import Rating
from lienthong.signatures.public import tokens_of
from portal.world import World, asked, decided, filed, opened_by, pdf, received

pytestmark = pytest.mark.django_db


def test_what_i_must_do_comes_first(world: World) -> None:
    """NĐ 118/2025/NĐ-CP: a request for papers names the paper and the rule, and the clock stops."""
    hanh = opened_by(world.hanh)
    dossier = asked(world, filed(hanh))

    page = hanh.get(f"/ho-so/{dossier.code}/").content.decode()
    assert page.index("cần bổ sung 1 giấy tờ") < page.index("Diễn biến")
    assert "ảnh mờ, không đọc được số" in page
    assert "123/2015/NĐ-CP điều 9" in page
    assert "Thời hạn đang dừng, chờ bà bổ sung" in page
    assert "Phạm Đức Long" in page
    assert "1 chờ bà" in page
    assert "Bổ sung ngay" in hanh.get("/").content.decode()


def test_a_paper_asked_for_is_sent_from_the_page_that_explains_it(world: World) -> None:
    hanh = opened_by(world.hanh)
    dossier = asked(world, filed(hanh))

    answer = hanh.post(
        f"/ho-so/{dossier.code}/bo-sung/", {"paper_giay_chung_sinh": pdf("ro.pdf"), "seen": dossier.acts}
    )

    assert answer.status_code == 302
    assert Dossier.objects.get(pk=dossier.pk).state == State.IN_PROGRESS
    assert "ro.pdf" in hanh.get(f"/ho-so/{dossier.code}/").content.decode()


def test_a_supplement_without_its_file_is_told_and_nothing_moves(world: World) -> None:
    hanh = opened_by(world.hanh)
    dossier = asked(world, filed(hanh))

    answer = hanh.post(f"/ho-so/{dossier.code}/bo-sung/", {"seen": dossier.acts})

    assert "Chọn tệp cho giấy tờ: Giấy chứng sinh" in answer.content.decode()
    assert Dossier.objects.get(pk=dossier.pk).state == State.AWAITING_SUPPLEMENT


def test_a_bad_file_in_a_supplement_is_told(world: World) -> None:
    hanh = opened_by(world.hanh)
    dossier = asked(world, filed(hanh))
    program = SimpleUploadedFile("ro.pdf", b"MZ" + b"\0" * 300)

    answer = hanh.post(
        f"/ho-so/{dossier.code}/bo-sung/", {"paper_giay_chung_sinh": program, "seen": dossier.acts}
    )

    assert "nội dung là chương trình máy tính" in answer.content.decode()
    assert Dossier.objects.get(pk=dossier.pk).state == State.AWAITING_SUPPLEMENT


def test_a_page_left_open_does_not_act_on_what_changed_meanwhile(world: World) -> None:
    hanh = opened_by(world.hanh)
    dossier = filed(hanh)
    received(world, dossier)

    answer = hanh.post(f"/ho-so/{dossier.code}/rut/", {"reason": "Nộp nhầm nơi", "seen": 1})

    assert "Lê Thị Thu Vân vừa" in answer.content.decode()
    assert Dossier.objects.get(pk=dossier.pk).state == State.RECEIVED


def test_withdrawing_says_what_follows_and_wants_a_reason(world: World) -> None:
    hanh = opened_by(world.hanh)
    dossier = filed(hanh)
    url = f"/ho-so/{dossier.code}/rut/"
    assert "Rút hồ sơ này?" in hanh.get(url).content.decode()

    assert "Nhập lý do rút hồ sơ" in hanh.post(url, {"reason": " ", "seen": 1}).content.decode()
    assert hanh.post(url, {"reason": "Nộp nhầm nơi", "seen": 1}).status_code == 302

    assert Dossier.objects.get(pk=dossier.pk).state == State.WITHDRAWN
    assert "Bà đã rút" in hanh.get("/ho-so/").content.decode()
    assert hanh.get(url).status_code == 302  # nothing left to withdraw


def test_the_result_is_downloaded_kept_and_rated_once(world: World) -> None:
    hanh = opened_by(world.hanh)
    dossier = decided(world, filed(hanh))

    file = hanh.get(f"/ho-so/{dossier.code}/ket-qua/")
    assert b"".join(file.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]  # a FileResponse
    assert dossier.code in hanh.get("/kho-giay-to/").content.decode()
    url = f"/ho-so/{dossier.code}/danh-gia/"
    assert "Chọn một mức" in hanh.post(url, {"comment": "nhanh"}).content.decode()
    assert hanh.post(url, {"score": "5", "comment": "nhanh"}).status_code == 302
    assert hanh.post(url, {"score": "1"}).status_code == 302
    assert [r.score for r in Rating.objects.all()] == [5]


def test_form_01_is_there_after_receipt_and_not_before(world: World) -> None:
    """TT 03/2025/TT-VPCP, form 01."""
    hanh = opened_by(world.hanh)
    dossier = filed(hanh)
    url = f"/ho-so/{dossier.code}/mau-01.pdf"
    assert hanh.get(url).status_code == 404
    assert "Mẫu số 01)" not in hanh.get(f"/ho-so/{dossier.code}/").content.decode()

    received(world, dossier)

    assert hanh.get(url).content.startswith(b"%PDF")
    assert hanh.get(f"/ho-so/{dossier.code}/mau-09.pdf").status_code == 404
    page = hanh.get(f"/ho-so/{dossier.code}/").content.decode()
    assert "Mẫu số 01)" in page
    assert "lt-clock" in page


def test_a_dossiers_code_in_the_search_leads_to_it(world: World) -> None:
    hanh = opened_by(world.hanh)
    dossier = filed(hanh)

    assert hanh.get("/", {"q": dossier.code.lower()})["Location"] == f"/ho-so/{dossier.code}/"
    assert "Không tìm thấy hồ sơ này" in opened_by(world.nam).get("/", {"q": dossier.code}).content.decode()


def test_reading_for_a_form_shows_on_the_page_of_readings(world: World) -> None:
    """Luật 91/2025/QH15: the person sees who read what, and why."""
    hanh = opened_by(world.hanh)
    filed(hanh)

    page = hanh.get("/du-lieu-cua-toi/")

    assert page.context["book"].own
    csv = hanh.get("/du-lieu-cua-toi/nhat-ky.csv").content.decode()
    assert "1.001193" in csv


def test_each_kept_paper_leads_to_its_own_check(world: World) -> None:
    hanh = opened_by(world.hanh)
    dossier = decided(world, filed(hanh))
    token = tokens_of([dossier.result_id])[dossier.result_id]
    page = hanh.get("/kho-giay-to/").content.decode()
    assert f"/xac-minh/{token}/" in page
    assert hanh.get(f"/xac-minh/{token}/").status_code == 200
