"""The page of QĐ 766: each component with part and whole, own beside official, down to the dossiers."""

from collections.abc import Iterator

import pytest
from django.test import Client

from console.test_open_figures import opened_by, words
from lienthong.indicators import sums
from lienthong.indicators.public import refresh_tally
from makers import World, at, play_histories

pytestmark = pytest.mark.django_db

NOW = "20/11/2026 16:00"


@pytest.fixture
def played(world: World) -> Iterator[World]:
    with at(NOW):
        play_histories(world, 150, NOW)
        refresh_tally()
        yield world


def address(world: World, rest: str = "") -> str:
    return f"/dieu-hanh/chi-so-766/{world.committee.pk}/?thang=2026-11{rest}"


def nothing_received(world: World) -> str:
    return f"/dieu-hanh/chi-so-766/{world.ministry.pk}/?thang=2026-11"


def test_each_component_says_what_it_counts_or_what_is_missing(played: World) -> None:
    secretary = opened_by(played, "committee")
    text = words(secretary, address(played))
    assert "Hồ sơ xử lý đúng hạn hoặc còn hạn" in text
    assert "Chưa ghi ở đây: chưa nối với cổng thanh toán" in text
    assert "đang dùng 100 %" in text, "the doubtful setting is marked"
    assert "chưa nhập" in text
    for counter in ("late", "reused"):
        opened = words(secretary, address(played, f"&dem={counter}"))
        assert "Cộng khớp" in opened
        assert "Cộng không khớp" not in opened


def test_nobody_is_named_and_what_is_unknown_opens_nothing(played: World) -> None:
    secretary = opened_by(played, "committee")
    assert "Người thử" not in words(secretary, address(played, "&dem=received"))
    assert "Danh sách có" not in words(secretary, address(played, "&dem=happiness"))
    assert "không tiếp nhận hồ sơ nào" in words(secretary, nothing_received(played))
    assert secretary.get(f"/dieu-hanh/chi-so-766/{10**12}/").status_code == 404
    assert secretary.get(address(played).replace("2026-11", "1999-01")).status_code == 404


@pytest.mark.parametrize("who", ["hanh", "reception", "handler"])
def test_only_those_who_steer_may_look(played: World, who: str) -> None:
    assert opened_by(played, who).get(address(played)).status_code == 403


def test_nobody_signed_in_is_led_to_sign_in(world: World) -> None:
    response = Client().get(address(world))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/dang-nhap/can-bo/?next=")


SUMS = "/dieu-hanh/chi-so-766/"


def test_a_province_and_the_country_are_the_sum_of_counters_and_open_to_their_parts(played: World) -> None:
    """766/QĐ-TTg: scored once from what all agencies counted, never as an average of scores."""
    secretary = opened_by(played, "committee")
    top = played.committee.path.split("/")[0]
    for address_of, part in ((f"{SUMS}don-vi/{top}/", played.committee.name), (SUMS, "Đồng Tháp")):
        for component in ("2.1", "4.1"):
            answer = secretary.get(f"{address_of}?thang=2026-11&tp={component}")
            text = answer.content.decode()
            assert answer.context["adds_up"] is True
            assert part in text
            assert "Cộng khớp" in text
            assert "không lấy trung bình" in text
            assert "Chưa ghi ở đây: chưa nối với cổng thanh toán" in text
    assert secretary.get(f"{SUMS}don-vi/H99/").status_code == 404


def test_too_many_to_count_while_one_waits_is_said(played: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums, "LARGEST", 10)
    text = words(opened_by(played, "committee"), f"{SUMS}?thang=2026-11")
    assert "quá nhiều để tính ngay trên trang" in text
    assert "indicators compute" in text


@pytest.mark.parametrize("who", ["hanh", "reception", "handler"])
def test_only_those_who_steer_see_sums(played: World, who: str) -> None:
    client = opened_by(played, who)
    assert {client.get(f"{SUMS}{rest}").status_code for rest in ("", "don-vi/H20/")} == {403}
