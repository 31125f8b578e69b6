"""Figures from outside are shown as told: value, source, day and how the day was inferred."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from console.test_open_figures import opened_by, words
from indicators.test_keep_outside_figures import FACTS
from lienthong.indicators.public import Observation, load_observations
from makers import BY, World

pytestmark = pytest.mark.django_db

PAGE = "/dieu-hanh/so-lieu-ben-ngoai/"


def test_each_figure_comes_with_source_and_day(world: World) -> None:
    secretary = opened_by(world, "committee")
    assert "Chưa có số liệu bên ngoài" in words(secretary, PAGE)
    load_observations(path=FACTS, by=BY)
    text = words(secretary, PAGE)
    assert "Chỉ số phát triển Chính phủ điện tử (EGDI)" in text
    assert "86 / 193" in text
    assert "lấy ngày cuối năm" in text, "how the day was inferred"
    assert "Hội nghị Thường trực Chính phủ về chuyển đổi số, 19/07/2024" in text
    assert "Số liệu khác được nêu" in text
    assert PAGE in words(secretary, "/dieu-hanh/ke-hoach/")


def test_the_database_is_asked_as_often_for_many(world: World) -> None:
    load_observations(path=FACTS, by=BY)
    secretary = opened_by(world, "committee")
    few = asked(secretary)
    Observation.objects.bulk_create(
        [Observation(series="egdi", subject=f"{n}", source="thử") for n in range(20)]
    )
    assert asked(secretary) == few


def asked(client: Client) -> int:
    client.get(PAGE)
    with CaptureQueriesContext(connection) as found:
        assert client.get(PAGE).status_code == 200
    return len(found)


@pytest.mark.parametrize("who", ["hanh", "reception", "handler"])
def test_only_those_who_steer_may_look(world: World, who: str) -> None:
    assert opened_by(world, who).get(PAGE).status_code == 403


def test_nobody_signed_in_is_led_to_sign_in(world: World) -> None:
    assert Client().get(PAGE).headers["Location"].startswith("/dang-nhap/can-bo/?next=")
