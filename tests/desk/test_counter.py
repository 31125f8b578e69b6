"""Filing for a person at the counter."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from desk.world import BIRTH, CARD, HANH, PDF, World, filed, opened_by
from lienthong.dossiers.public import Dossier, State
from lienthong.population.public import Access
from lienthong.procedures.public import current

pytestmark = pytest.mark.django_db

CHILD = {
    "relation_to_child": "Mẹ",
    "child_name": "Trần Minh An",
    "child_birth_date_0": "5",
    "child_birth_date_1": "11",
    "child_birth_date_2": "2026",
    "child_sex": "Nam",
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "child_birth_place": "Bệnh viện Sản nhi tỉnh Đồng Tháp",
    "child_home_town": "Phường Bến Sen, tỉnh Đồng Tháp",
    "copies_wanted": "false",
}


def begun(world: World, **more: Any) -> Any:
    version = current(BIRTH, timezone.localdate())
    assert version is not None
    typed = {
        "number": HANH,
        "channel": "direct",
        "presence": "typed",
        "procedure": version.pk,
        "met": "on",
        **more,
    }
    return opened_by(world.officers["van"]).post("/can-bo/tiep-nhan/mo/", typed)


def send(van: Client, address: str, **typed: Any) -> Any:
    """The filled-in form with its first case, sent."""
    case = van.get(address).context["form"].fields["variant"].choices[0][0]
    return van.post(address, {**CHILD, "variant": case, "delivery": "direct", "file_it": "1", **typed})


def test_the_card_stands_beside_the_register_and_is_read_once(world: World) -> None:
    page = opened_by(world.officers["van"]).post("/can-bo/tiep-nhan/", {"scanned": CARD})

    verdicts = [row.verdict for row in page.context["visitor"].rows]
    assert page.status_code == 200
    assert verdicts == ["same", "same", "same", "same", "near"]
    assert Access.objects.filter(person__personal_number=HANH).count() == 1


def test_a_card_that_says_another_birth_date_is_told(world: World) -> None:
    page = opened_by(world.officers["van"]).post(
        "/can-bo/tiep-nhan/", {"scanned": CARD.replace("14021994", "15021994")}
    )

    assert [row.verdict for row in page.context["visitor"].rows][2] == "differs"


@pytest.mark.parametrize(
    ("scanned", "sentence"),
    [
        ("", "Quét mã QR hoặc gõ số định danh"),
        ("xin chào|ai đó", "Đây không phải mã QR của thẻ căn cước"),
        ("12345", "12 chữ số"),
        ("099194999999", "Không tìm thấy người"),
    ],
)
def test_what_cannot_be_read_is_answered_in_words(world: World, scanned: str, sentence: str) -> None:
    page = opened_by(world.officers["van"]).post("/can-bo/tiep-nhan/", {"scanned": scanned})

    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_nobody_is_filed_for_before_the_face_was_looked_at(world: World) -> None:
    page = begun(world, met="")

    assert page.status_code == 422
    assert "Nhìn người, nhìn ảnh trên thẻ" in page.content.decode()


def test_filed_and_received_at_once_and_a_second_press_files_nothing(world: World) -> None:
    address = begun(world)["Location"]
    van = opened_by(world.officers["van"])
    seen = van.get(address).content.decode()
    assert "Trần Văn Lộc" in seen
    assert 'name="mother_name"' not in seen

    case = van.get(address).context["form"].fields["variant"].choices[0][0]
    typed = {**CHILD, "variant": case, "delivery": "direct", "file_it": "1"}

    def sent() -> Any:
        scan = SimpleUploadedFile("giay.pdf", PDF, content_type="application/pdf")
        return van.post(address, {**typed, "paper_giay_chung_sinh": scan})

    first = sent()
    assert first.status_code == 302, (first.context["form"].errors, first.context["answers"].errors)
    second = sent()

    dossier = Dossier.objects.get()
    assert first["Location"] == second["Location"] == f"/can-bo/ho-so/{dossier.code}/"
    assert dossier.state == State.RECEIVED
    assert dossier.channel == "direct"
    assert dossier.helped_at == world.centre
    assert "công chức nhập hộ" in van.get(first["Location"]).content.decode()
    letter = van.get(f"/can-bo/ho-so/{dossier.code}/mau-01.pdf")
    assert letter.content.startswith(b"%PDF-")


def test_a_paper_seen_on_paper_need_not_be_scanned(world: World) -> None:
    address = begun(world)["Location"]
    van = opened_by(world.officers["van"])

    answer = send(van, address, shown_giay_chung_sinh="on")

    assert answer.status_code == 302
    assert Dossier.objects.get().papers.get(key="giay_chung_sinh").action == "present"


def test_a_missing_paper_and_a_missing_name_are_named_and_nothing_is_filed(world: World) -> None:
    address = begun(world)["Location"]
    van = opened_by(world.officers["van"])

    without_paper = send(van, address)
    without_name = send(van, address, child_name="")

    assert without_paper.status_code == without_name.status_code == 422
    assert "Giấy chứng sinh" in without_paper.context["form"].errors.as_text()
    assert "child_name" in without_name.context["answers"].errors
    assert '<a href="#id_child_name">Nhập họ, chữ đệm, tên trẻ</a>' in without_name.content.decode()
    assert not Dossier.objects.exists()


def test_a_disguised_file_is_refused_in_words(world: World) -> None:
    address = begun(world)["Location"]
    fake = SimpleUploadedFile("giay.pdf", b"MZ\x90\x00" + b"\x00" * 600, content_type="application/pdf")

    page = send(opened_by(world.officers["van"]), address, paper_giay_chung_sinh=fake)

    assert page.status_code == 422
    assert page.context["form"].errors["paper_giay_chung_sinh"]
    assert not Dossier.objects.exists()


def test_an_answer_that_the_state_knows_cannot_be_typed(world: World) -> None:
    address = begun(world)["Location"]

    page = send(opened_by(world.officers["van"]), address, mother_name="Ai Khác")

    assert page.status_code == 422
    assert "mother_name" in page.context["answers"].errors.as_text()


def test_by_post_nobody_is_looked_at(world: World) -> None:
    address = begun(world, channel="post", met="", presence="")["Location"]
    van = opened_by(world.officers["van"])

    answer = send(van, address, shown_giay_chung_sinh="on")

    assert answer.status_code == 302, answer.context["form"].errors
    dossier = Dossier.objects.get()
    assert dossier.channel == "post"
    assert dossier.contact["presence"] == "post"


def test_what_waits_for_the_person_is_shown_while_he_is_there(world: World) -> None:
    waiting = filed(world)

    page = opened_by(world.officers["van"]).post("/can-bo/tiep-nhan/", {"scanned": HANH})

    assert [row.dossier.code for row in page.context["theirs"]] == [waiting.code]


def test_the_next_person_never_meets_the_last_ones_answers(world: World) -> None:
    address = begun(world)["Location"]
    van = opened_by(world.officers["van"])
    van.post(address, {**CHILD, "delivery": "direct"})

    again = begun(world, number="099091000938")["Location"]

    assert again != address
    assert "Trần Minh An" not in van.get(again).content.decode()
    assert van.get(address).status_code == 404


def test_a_place_elsewhere_is_helped_here_and_received_there(world: World) -> None:
    address = begun(world, place="An Huu")["Location"]
    van = opened_by(world.officers["van"])

    answer = send(van, address, shown_giay_chung_sinh="on")

    dossier = Dossier.objects.get()
    assert answer.status_code == 302
    assert dossier.state == State.FILED
    assert dossier.reception == world.other_centre
    assert dossier.helped_at == world.centre
