"""Who may open which page of the stewards' hall, and do which act."""

import pytest

from lienthong.cleaning.public import Case, open_cases
from lienthong.identity.public import system
from registries.world import HANH, World, opened_by, possible, stored

pytestmark = pytest.mark.django_db
WORKER = system("cleaning")


@pytest.fixture
def case(world: World) -> Case:
    batch = stored(world, [possible()])
    open_cases(batch=batch, by=WORKER)
    return Case.objects.get(batch=batch)


def pages(case: Case) -> list[str]:
    return [
        "/du-lieu/",
        "/du-lieu/nguon/lao-dong/",
        "/du-lieu/nguon/lao-dong/mau.xlsx",
        "/du-lieu/nguon/lao-dong/ban-ghi/?quy-tac=x",
        f"/du-lieu/tep/{case.batch_id}/",
        f"/du-lieu/tep/{case.batch_id}/tep-goc/",
        f"/du-lieu/tep/{case.batch_id}/ban-ghi/",
        f"/du-lieu/ban-ghi/{case.record_id}/",
        "/du-lieu/viec/",
        f"/du-lieu/viec/{case.pk}/",
    ]


def posts(case: Case) -> list[str]:
    return [
        "/du-lieu/nguon/lao-dong/gui/",
        f"/du-lieu/tep/{case.batch_id}/xac-nhan/",
        f"/du-lieu/tep/{case.batch_id}/rut/",
        f"/du-lieu/tep/{case.batch_id}/chay-tiep/",
        f"/du-lieu/viec/{case.pk}/quyet-dinh/",
        f"/du-lieu/viec/{case.pk}/hoan-tac/",
        "/du-lieu/viec/nhieu/",
    ]


def test_a_steward_of_the_keeper_opens_every_page(world: World, case: Case) -> None:
    keeper = opened_by(world.accounts["keeper"])
    for address in pages(case):
        answer = keeper.get(address)
        answer.getvalue()  # a file is read to its end, which closes it
        assert answer.status_code == 200, address


def test_nobody_signed_in_is_led_to_sign_in_and_back(world: World, case: Case) -> None:
    nobody = opened_by(None)
    for address in [*pages(case), *posts(case)]:
        answer = nobody.post(address) if address in posts(case) else nobody.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/dang-nhap/can-bo/"), address
        assert "next=" in answer["Location"]


@pytest.mark.parametrize("who", ["citizen", "leader", "committee"])
def test_only_stewards_come_in(world: World, case: Case, who: str) -> None:
    stranger = opened_by(world.accounts[who])
    for address in pages(case):
        assert stranger.get(address).status_code == 403, address
    for address in posts(case):
        assert stranger.post(address).status_code == 403, address


def test_another_agencys_files_records_and_cases_are_not_there(world: World, case: Case) -> None:
    far = opened_by(world.accounts["far"])
    for address in [
        a for a in pages(case) if any(part in a for part in ("tep/", "ban-ghi/4", f"viec/{case.pk}"))
    ]:
        assert far.get(address).status_code == 404, address
    assert far.get(f"/du-lieu/ban-ghi/{case.record_id}/").status_code == 404
    for address in [a for a in posts(case) if "/tep/" in a or f"/viec/{case.pk}" in a]:
        assert far.post(address, {"seen": 0, "choice": "same", "ground": "Đã xem"}).status_code == 404, (
            address
        )
    assert "Nguyễn Thị Minh Hạnh" not in far.get("/du-lieu/viec/").content.decode()
    assert (
        "Nguyễn Thị Minh Hạnh" not in far.get("/du-lieu/nguon/lao-dong/ban-ghi/?quy-tac=x").content.decode()
    )


def test_the_wards_steward_decides_on_its_people_but_does_not_see_the_file(world: World, case: Case) -> None:
    ward = opened_by(world.accounts["ward"])
    assert ward.get(f"/du-lieu/viec/{case.pk}/").status_code == 200
    assert ward.get(f"/du-lieu/ban-ghi/{case.record_id}/").status_code == 200
    assert ward.get(f"/du-lieu/tep/{case.batch_id}/").status_code == 404


def test_the_owner_sees_its_own_words_and_not_the_registers(world: World, case: Case) -> None:
    page = opened_by(world.accounts["owner"]).get(f"/du-lieu/viec/{case.pk}/").content.decode()
    assert "Thạch Thị Xa Rây" in page
    assert "Thạch Thị Sa Rây" not in page
    assert "Ghi và sang việc sau" not in page


def test_no_full_personal_number_stands_on_a_page(world: World, case: Case) -> None:
    keeper = opened_by(world.accounts["keeper"])
    for address in pages(case):
        if not address.endswith(("xlsx", "tep-goc/")):
            assert HANH not in keeper.get(address).content.decode(), address


def test_what_is_not_there_is_404(world: World) -> None:
    keeper = opened_by(world.accounts["keeper"])
    for address in ("nguon/khong-co/", "tep/999999/", "ban-ghi/999999/", "viec/999999/", "dot/999999/"):
        assert keeper.get(f"/du-lieu/{address}").status_code == 404, address


def test_stewards_are_led_to_their_hall(world: World) -> None:
    assert opened_by(world.accounts["keeper"]).get("/lam-viec/")["Location"] == "/du-lieu/"
