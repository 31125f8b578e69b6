"""Who may open which page of the officers' hall."""

import uuid

import pytest

from desk.test_counter import begun
from desk.world import World, assigned, opened_by, proposed

pytestmark = pytest.mark.django_db

PAGES = ["/can-bo/", "/can-bo/tra-cuu/", "/can-bo/tiep-nhan/"]
OF_A_DOSSIER = ["", "giay-to/1/", "mau-01.pdf"]
POSTS = ["viec/tiep-nhan/", "viec/quyet-dinh/", "viec/giao/", "xem-giay-to/"]


def test_nobody_signed_in_is_led_to_sign_in_and_back(world: World) -> None:
    dossier = assigned(world)
    nobody = opened_by(None)
    addresses = [*PAGES, *(f"/can-bo/ho-so/{dossier.code}/{rest}" for rest in OF_A_DOSSIER)]

    for address in addresses:
        answer = nobody.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/dang-nhap/"), address
        assert "next=" in answer["Location"]
    for rest in POSTS:
        answer = nobody.post(f"/can-bo/ho-so/{dossier.code}/{rest}", {"seen": dossier.acts})
        assert answer.status_code == 302
        assert answer["Location"].startswith("/dang-nhap/")


def test_a_citizen_has_no_business_here(world: World) -> None:
    dossier = assigned(world)
    citizen = opened_by(world.citizen)

    for address in [*PAGES, f"/can-bo/ho-so/{dossier.code}/"]:
        assert citizen.get(address).status_code == 403, address
    assert citizen.post(f"/can-bo/ho-so/{dossier.code}/viec/giao/", {"seen": 1}).status_code == 403


def test_a_duty_without_dossiers_has_no_queue(world: World) -> None:
    assert opened_by(world.officers["steward"]).get("/can-bo/").status_code == 403


@pytest.mark.parametrize("who", ["far", "far_desk"])
def test_another_agencys_dossier_is_not_there(world: World, who: str) -> None:
    dossier = proposed(world)
    stranger = opened_by(world.officers[who])

    for rest in OF_A_DOSSIER:
        assert stranger.get(f"/can-bo/ho-so/{dossier.code}/{rest}").status_code == 404, rest
    for rest in POSTS:
        assert (
            stranger.post(f"/can-bo/ho-so/{dossier.code}/{rest}", {"seen": dossier.acts}).status_code == 404
        )
    assert dossier.code not in stranger.get("/can-bo/").content.decode()
    assert stranger.get("/can-bo/tra-cuu/", {"q": dossier.code}).context["rows"] == []


def test_the_counter_is_for_who_receives(world: World) -> None:
    for who in ("rang", "long", "hau"):
        assert opened_by(world.officers[who]).get("/can-bo/tiep-nhan/").status_code == 403


def test_what_is_not_there_is_404(world: World) -> None:
    van = opened_by(world.officers["van"])

    assert van.get("/can-bo/ho-so/H20.48-261120-9999/").status_code == 404
    assert van.get(f"/can-bo/tiep-nhan/{uuid.uuid4()}/").status_code == 404
    dossier = assigned(world)
    assert van.post(f"/can-bo/ho-so/{dossier.code}/viec/xoa-het/", {"seen": 1}).status_code == 404
    assert van.get(f"/can-bo/ho-so/{dossier.code}/giay-to/99/").status_code == 404
    assert van.get(f"/can-bo/ho-so/{dossier.code}/mau-09.pdf").status_code == 404
    assert van.get(f"/can-bo/ho-so/{dossier.code}/mau-04.pdf").status_code == 404


def test_another_receptionists_filing_is_not_there(world: World) -> None:
    address = begun(world)["Location"]

    assert opened_by(world.officers["far_desk"]).get(address).status_code == 404


def test_the_full_personal_number_stands_on_no_page_but_the_counters(world: World) -> None:
    dossier = assigned(world)
    page = opened_by(world.officers["long"]).get(f"/can-bo/ho-so/{dossier.code}/").content.decode()
    found = opened_by(world.officers["long"]).get("/can-bo/tra-cuu/", {"q": "minh hanh"}).content.decode()

    assert dossier.code in found
    assert "số định danh •••• •••• 4471" in page
    assert "099194004471" not in page + found
    assert "099091000938" not in page + found
