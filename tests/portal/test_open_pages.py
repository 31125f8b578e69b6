"""Who may open which page. NĐ 118/2025/NĐ-CP: a dossier is its applicant's and its agencies' affair."""

from typing import Any

import pytest
from django.utils import timezone

from lienthong.dossiers.public import Dossier, Draft
from lienthong.identity.public import Role
from lienthong.procedures.public import versions_in_force
from portal.world import BIRTH, World, asked, decided, drafted, filed, opened_by

pytestmark = pytest.mark.django_db

OPEN = [
    "/",
    f"/dich-vu/{BIRTH}/",
    "/viec/child/",
    "/tro-giup/",
    "/tro-giup/bao-sai/",
    "/bao-ve-du-lieu/",
    "/kha-nang-tiep-can/",
]
OWN = [
    "/ho-so/",
    "/kho-giay-to/",
    "/du-lieu-cua-toi/",
    "/du-lieu-cua-toi/nhat-ky.csv",
    "/cau-hoi-cua-toi/",
    "/tro-giup/bao-sai/gui/",
    f"/dich-vu/{BIRTH}/khai/",
]
DRAFT = ["", "truong-hop/", "to-khai/", "giay-to/", "giay-to/giay_chung_sinh/", "xem-lai/"]
DOSSIER = ["", "da-gui/", "bo-sung/", "rut/", "danh-gia/", "giay-to/1/", "ket-qua/", "mau-01.pdf"]


@pytest.mark.parametrize("url", OPEN)
def test_anybody_reads_about_services(world: World, url: str) -> None:
    for who in (None, world.hanh, world.officers[Role.HANDLER]):
        page = opened_by(who).get(url)
        html = page.content.decode()
        assert page.status_code == 200
        assert html.count("<h1") == 1
        assert " style=" not in html
        assert "onclick" not in html


@pytest.mark.parametrize("url", OWN)
def test_own_pages_want_a_citizen_signed_in(world: World, url: str) -> None:
    nobody = opened_by(None).get(url)
    assert nobody.status_code == 302
    assert nobody["Location"].startswith("/dang-nhap/?next=")
    assert opened_by(world.officers[Role.HANDLER]).get(url).status_code == 403
    assert opened_by(world.hanh).get(url).status_code == 200


@pytest.mark.parametrize("path", DRAFT)
def test_a_draft_is_its_owners_alone(world: World, path: str) -> None:
    key = drafted(opened_by(world.hanh))
    url = f"/khai/{key}/{path}"

    assert opened_by(None).get(url).status_code == 302
    assert opened_by(world.nam).get(url).status_code == 404
    assert opened_by(world.officers[Role.HANDLER]).get(url).status_code == 403


@pytest.mark.parametrize("path", DOSSIER)
def test_a_dossier_is_its_applicants_alone_in_this_hall(world: World, path: str) -> None:
    dossier = filed(opened_by(world.hanh))
    url = f"/ho-so/{dossier.code}/{path}"

    nobody = opened_by(None).get(url)
    assert nobody.status_code == 302
    assert nobody["Location"].startswith("/dang-nhap/?next=%2Fho-so%2F")
    assert opened_by(world.nam).get(url).status_code == 404
    assert opened_by(world.officers[Role.LEADER]).get(url).status_code == 403


@pytest.mark.parametrize("path", ["bo-sung/", "rut/", "danh-gia/"])
def test_another_citizen_cannot_act_on_a_dossier(world: World, path: str) -> None:
    dossier = asked(world, filed(opened_by(world.hanh)))

    answer = opened_by(world.nam).post(f"/ho-so/{dossier.code}/{path}", {"reason": "x", "score": "1"})

    assert answer.status_code == 404
    assert Dossier.objects.get(pk=dossier.pk).acts == dossier.acts


@pytest.mark.parametrize("path", ["xoa/", "to-khai/", "giay-to/", "xem-lai/"])
def test_another_citizen_cannot_act_on_a_draft(world: World, path: str) -> None:
    key = drafted(opened_by(world.hanh))

    answer = opened_by(world.nam).post(f"/khai/{key}/{path}", {"agreed": "on", "act": "go"})

    assert answer.status_code == 404
    assert Draft.objects.filter(pk=key).exists()


def body_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_files_of_one_citizen_are_not_served_to_another(world: World) -> None:
    dossier = decided(world, filed(opened_by(world.hanh)))
    own, other = opened_by(world.hanh), opened_by(world.nam)

    for path in ("giay-to/1/", "ket-qua/", "mau-01.pdf"):
        mine = own.get(f"/ho-so/{dossier.code}/{path}")
        assert body_of(mine).startswith(b"%PDF")
        assert other.get(f"/ho-so/{dossier.code}/{path}").status_code == 404


def test_what_is_not_there_is_404_like_what_is_not_mine(world: World) -> None:
    hanh = opened_by(world.hanh)
    for url in (
        "/dich-vu/9.999999/",
        "/viec/nothing/",
        "/ho-so/H20.48-261120-0001/",
        "/khai/00000000-0000-4000-8000-000000000000/",
    ):
        assert hanh.get(url).status_code == 404


def test_the_first_step_opens_for_every_service_that_is_open_online(world: World) -> None:
    """With one case or several, with questions or without."""
    hanh = opened_by(world.hanh)
    online = [v for v in versions_in_force(timezone.localdate()) if "online" in v.typed.channels.items]
    for version in online:
        assert hanh.get(f"/dich-vu/{version.typed.code}/khai/").status_code == 200, version.typed.code
    assert len(online) > 20
