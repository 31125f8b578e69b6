"""Scores on the console: the country, a province, a commune, and the records behind one rule, without persons."""

import pytest

from lienthong.registries.public import RuleCount
from registries.world import World, opened_by, possible, stored

pytestmark = pytest.mark.django_db
RULE, FIELD = "workers.employed_has_occupation", "occupation"
COUNTRY = "/dieu-hanh/chat-luong/"
COMMUNE = f"{COUNTRY}lao-dong/82/28249/"


@pytest.fixture(autouse=True)
def _counted(world: World) -> None:
    batch = stored(world, [possible(failed=[RULE]), possible(), possible(unit=world.far)])
    for commune, satisfied, assessed in (("28249", 1, 2), ("11296", 1, 1), ("", 3, 4)):
        RuleCount.objects.create(
            batch=batch, commune=commune, rule=RULE, field=FIELD, criterion="complete", satisfied=satisfied,
            assessed=assessed,
        )  # fmt: skip


def test_the_places_add_up_to_the_country(world: World) -> None:
    answer = opened_by(world.accounts["committee"]).get(COUNTRY)
    assert answer.status_code == 200
    assert (answer.context["part"], answer.context["total"], answer.context["adds_up"]) == (5, 7, True)
    assert [(row["name"], row["numerator"]) for row in answer.context["rows"]] == [
        ("Thành phố Hải Phòng", 1), ("Chưa rõ địa bàn", 3), ("Tỉnh Đồng Tháp", 1),
    ]  # fmt: skip


def test_each_number_opens_down_to_the_records(world: World) -> None:
    committee = opened_by(world.accounts["committee"])
    province = committee.get(f"{COUNTRY}lao-dong/82/")
    assert [row["url"] for row in province.context["rows"]] == [COMMUNE]
    commune = committee.get(COMMUNE).content.decode()
    assert f"{COMMUNE}?quy-tac={RULE}" in commune
    records = committee.get(f"{COMMUNE}?quy-tac={RULE}")
    assert [(row["file"], row["row"]) for row in records.context["rows"]] == [("lao-dong.csv", 2)]
    assert "1 bản ghi chưa đạt" in records.content.decode()
    assert committee.get(f"{COUNTRY}lao-dong/chua-ro/").status_code == 200
    assert committee.get(f"{COUNTRY}lao-dong/chua-ro/chua-ro/").status_code == 200


def test_no_person_stands_on_a_steering_page(world: World) -> None:
    committee = opened_by(world.accounts["committee"])
    for address in (COUNTRY, f"{COUNTRY}lao-dong/82/", f"{COMMUNE}?quy-tac={RULE}"):
        page = committee.get(address).content.decode()
        assert "Minh Hạnh" not in page
        assert "4471" not in page


def test_who_may_not_measure_sees_nothing(world: World) -> None:
    assert opened_by(None).get(COUNTRY).status_code == 302
    assert opened_by(world.accounts["citizen"]).get(COUNTRY).status_code == 403
    assert opened_by(world.accounts["committee"]).get(f"{COUNTRY}khong-co/82/").status_code == 404
