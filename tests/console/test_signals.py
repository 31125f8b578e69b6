"""The pages of signals: one says why, against what, and opens to its dossiers; strangers see none."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from console.test_open_figures import opened_by, words
from indicators.test_signals import NOW, SEPTEMBER, enter, honest, planter_of, wards
from lienthong.indicators.models import SignMark
from lienthong.indicators.public import Mark, refresh_tally, signals
from lienthong.organisations.public import Organisation
from makers import World, at, received

pytestmark = pytest.mark.django_db

__all__ = ["wards"]
LIST = "/dieu-hanh/dau-hieu/?thang=2026-09"
BASELINE: dict[str, int] = json.loads((Path(__file__).parents[1] / "query_counts.json").read_text())


@pytest.fixture
def planted(world: World, wards: list[Organisation]) -> Iterator[Organisation]:
    """A ward that moves due dates among honest ones, in September; it is 20/11/2026."""
    with at(NOW):
        enter(honest(wards[4:], 4))
        planter = planter_of(wards[0], SEPTEMBER, 4)
        enter([*planter.honest(30), *planter.bent("due_moved", 30)])
        refresh_tally()
        yield wards[0]


def address(ward: Organisation, code: str = "due_moved") -> str:
    return f"/dieu-hanh/dau-hieu/{code}/{ward.pk}/2026-09/"


def test_from_the_list_to_the_dossiers(world: World, planted: Organisation) -> None:
    secretary = opened_by(world, "committee")
    [signal] = signals(SEPTEMBER, by=world.actor("committee"))
    text = words(secretary, LIST)
    assert "1 dấu hiệu tại 1 cơ quan" in text
    assert signal.sentence in text
    assert "So với trung vị của 9 cơ quan có đủ hồ sơ trong tháng" in text
    assert address(planted) in text
    one = words(secretary, address(planted))
    assert "Cộng khớp" in one
    assert f"danh sách dưới đây có {signal.part} hồ sơ" in one
    assert "Dấu hiệu không phải là kết luận" in one
    rest = words(secretary, address(planted) + "?phan=con-lai")
    assert f"danh sách dưới đây có {signal.whole - signal.part} hồ sơ" in rest


def test_the_figure_page_of_the_agency_says_so_and_no_other_does(
    world: World, planted: Organisation, wards: list[Organisation]
) -> None:
    secretary = opened_by(world, "committee")
    page = "/dieu-hanh/chi-tieu/on_time/co-quan/{}/?thang=2026-09"
    assert "1 dấu hiệu cần kiểm tra" in words(secretary, page.format(planted.pk))
    assert address(planted) in words(secretary, page.format(planted.pk))
    assert "dấu hiệu cần kiểm tra" not in words(secretary, page.format(wards[5].pk))


def test_lists_are_narrowed_by_kind_and_unit(world: World, planted: Organisation) -> None:
    secretary = opened_by(world, "committee")
    assert "1 dấu hiệu" in words(secretary, LIST + "&loai=due_moved&don-vi=H20")
    for elsewhere in ("&loai=one_device", "&don-vi=H24", "&loai=x&don-vi=y"):
        assert "Không có dấu hiệu nào" in words(secretary, LIST + elsewhere)


def test_a_month_without_a_signal_says_that_and_shows_its_dossiers(
    world: World, planted: Organisation, wards: list[Organisation]
) -> None:
    text = words(opened_by(world, "committee"), address(wards[5]))
    assert "chưa có dấu hiệu loại này" in text
    assert "Cộng khớp" in text


def test_what_is_not_there_is_not_found(world: World, planted: Organisation) -> None:
    secretary = opened_by(world, "committee")
    for page in (
        address(planted, "happiness"),
        f"/dieu-hanh/dau-hieu/due_moved/{10**12}/2026-09/",
        f"/dieu-hanh/dau-hieu/due_moved/{planted.pk}/1999-01/",
        f"/dieu-hanh/dau-hieu/due_moved/{planted.pk}/x/",
        "/dieu-hanh/dau-hieu/?thang=x",
    ):
        assert secretary.get(page).status_code == 404, page


def test_nobody_is_named(world: World, planted: Organisation) -> None:
    secretary = opened_by(world, "committee")
    for page in (LIST, address(planted)):
        text = words(secretary, page)
        assert "Người thử" not in text
        assert "0990" not in text


# ---- who may look


@pytest.mark.parametrize("who", ["hanh", "reception", "handler"])
def test_only_those_who_steer_may_look(world: World, who: str) -> None:
    received(world)
    refresh_tally()
    ward = world.committee
    for page in ("/dieu-hanh/dau-hieu/", f"/dieu-hanh/dau-hieu/due_moved/{ward.pk}/2026-11/"):
        assert opened_by(world, who).get(page).status_code == 403


def test_a_leader_sees_the_own_agency_and_not_another(world: World, planted: Organisation) -> None:
    leader = opened_by(world, "leader")
    assert "Không có dấu hiệu nào" in words(leader, LIST)
    assert leader.get(address(planted)).status_code == 403
    assert leader.get(address(world.committee)).status_code == 200


def test_nobody_signed_in_is_led_to_sign_in(world: World) -> None:
    for page in ("/dieu-hanh/dau-hieu/", address(world.committee)):
        response = Client().get(page)
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/dang-nhap/can-bo/?next=")


# ---- how often the database is asked


def test_as_often_for_many_as_for_few(world: World, planted: Organisation, wards: list[Organisation]) -> None:
    secretary = opened_by(world, "committee")
    pages = {"console.signals": LIST, "console.signal": address(planted)}
    few = {name: count(secretary, page) for name, page in pages.items()}
    for ward in wards[1:4]:
        enter(planter_of(ward, SEPTEMBER, 4).bent("due_moved", 30))
    SignMark.objects.all().delete()
    many = {name: count(secretary, page) for name, page in pages.items()}
    assert few == many == {name: BASELINE.get(name) for name in pages}


def count(client: Client, url: str) -> int:
    client.get(url)
    Mark.objects.update(seen=str(2**62))  # to a test, which is one transaction, all seems new
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)
