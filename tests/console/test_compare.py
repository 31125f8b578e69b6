"""Two units of one tier, or two months and days, beside each other: parts, wholes, points, who leads."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from console.committee import given, seat_committee
from console.test_open_figures import opened_by, words
from indicators.merged import before_the_merger, month_of, nothing_new
from lienthong.steering.public import Deadline, DeadlineKind, complete_task
from makers import BY, World

pytestmark = pytest.mark.django_db

PAGE = "/dieu-hanh/so-sanh/"
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def secretary(world: World) -> Client:
    """Đồng Tháp rises from 50 to 60 per cent, Hải Phòng falls from 60 to 40."""
    nothing_new()
    month_of(world.committee, OCTOBER, 10, 5)
    month_of(world.committee, NOVEMBER, 20, 12)
    month_of(world.far_committee, OCTOBER, 5, 3)
    month_of(world.far_committee, NOVEMBER, 10, 4)
    return opened_by(world, "committee")


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.partition("<h1")[2]))


def test_two_provinces_and_two_months_with_parts_points_and_who_leads(
    world: World, secretary: Client
) -> None:
    page = words(
        secretary,
        f"{PAGE}?don-vi=H20&voi-don-vi=hai phong&thang=2026-11&voi-thang=2026-10&chi-tieu=online_dossiers",
    )
    text = plain(page)
    assert "60,0% 12 / 20" in text
    assert "40,0% 4 / 10" in text
    assert "+20,0 Đồng Tháp cao hơn" in text
    assert "−10,0 Hải Phòng cao hơn" in text
    assert "▲ tăng 10,0 điểm" in text
    assert "▼ giảm 20,0 điểm" in text
    assert "Đồng Tháp tăng nhiều hơn" in text
    assert "Tháng 11/2026: Đồng Tháp cao hơn ở 1, Hải Phòng cao hơn ở 0, trong 1 chỉ tiêu" in text
    for top in ("H20", "H24"):
        for month in ("2026-11", "2026-10"):
            assert f'href="/dieu-hanh/chi-tieu/online_dossiers/{top}/?thang={month}"' in page


def test_every_value_opens_a_page_that_says_the_same(world: World, secretary: Client) -> None:
    answer = secretary.get(f"{PAGE}?don-vi=H20&voi-don-vi=H24")
    for block in answer.context["blocks"]:
        for row in block["rows"]:
            for cell in row["cells"]:
                line = secretary.get(cell.url).context["line"]
                assert (line.figure.part, line.figure.whole) == (cell.figure.part, cell.figure.whole)


def test_two_communes_by_name(world: World, secretary: Client) -> None:
    text = plain(words(secretary, f"{PAGE}?don-vi=Bến Sen&voi-don-vi=Thành Đông, Hải Phòng&thang=2026-11"))
    assert "Ủy ban nhân dân phường Bến Sen cao hơn" in text


def test_one_unit_in_two_months(world: World, secretary: Client) -> None:
    text = plain(
        words(secretary, f"{PAGE}?don-vi=H24&thang=2026-11&voi-thang=2026-10&chi-tieu=online_dossiers")
    )
    assert "Hải Phòng: 0 chỉ tiêu tăng, 1 chỉ tiêu giảm, trong 1." in text


def test_two_tiers_as_wholes(world: World, secretary: Client) -> None:
    text = plain(words(secretary, f"{PAGE}?don-vi=dia-phuong&thang=2026-11&voi-thang=2026-10"))
    assert "16 / 30" in text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("don-vi=H20&voi-don-vi=G15", "Chỉ so sánh đơn vị cùng cấp: Đồng Tháp là cấp tỉnh, còn"),
        ("don-vi=H20&voi-don-vi=Bến Sen", "Chỉ so sánh đơn vị cùng cấp"),
        ("don-vi=H20&voi-don-vi=dia-phuong", "Chỉ so sánh đơn vị cùng cấp"),
        ("don-vi=H20", "Chọn đơn vị hoặc tháng khác"),
        ("don-vi=H20&voi-don-vi=Đồng Tháp", "Chọn đơn vị hoặc tháng khác"),
        ("don-vi=Atlantis", "Không tìm thấy cơ quan “Atlantis”"),
        ("don-vi=Bến", "cơ quan khớp với “Bến”"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(
    world: World, secretary: Client, asked: str, said: str
) -> None:
    answer = secretary.get(f"{PAGE}?{asked}")
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_of_several_agencies_a_person_chooses_one(world: World, secretary: Client) -> None:
    answer = secretary.get(f"{PAGE}?don-vi=Bến Sen phường&voi-don-vi=H24.01")
    assert answer.status_code == 422
    offered = {one["name"]: one["url"] for one in answer.context["offered"]}
    chosen = offered["Ủy ban nhân dân phường Bến Sen"]
    assert "Thành Đông" in words(secretary, PAGE + chosen)


@pytest.mark.parametrize("asked", ["don-vi=H20&thang=1999-01", "don-vi=H20&voi-don-vi=H24&chi-tieu=happiness",
                                   "don-vi=H20&voi-don-vi=H24&so-voi=hom-qua"])  # fmt: skip
def test_a_month_an_indicator_or_a_day_that_is_not_there_is_not_found(
    world: World, secretary: Client, asked: str
) -> None:
    assert secretary.get(f"{PAGE}?{asked}").status_code == 404


def test_months_before_the_merger_say_whose_they_are(world: World, secretary: Client) -> None:
    old = before_the_merger(world)
    month_of(old.whole, date(2025, 6, 1), 30, 3)
    month_of(old.split, date(2025, 6, 1), 500, 400)
    page = plain(
        words(secretary, f"{PAGE}?don-vi=H20&thang=2026-11&voi-thang=2025-06&chi-tieu=online_dossiers")
    )
    assert "403 / 530" in page
    assert "các tháng trước ngày 01/07/2025 tính cả Ủy ban nhân dân tỉnh Tiền Giang" in page
    page = plain(words(secretary, f"{PAGE}?don-vi=H20.47&thang=2026-11&voi-thang=2025-06"))
    assert "3 / 30" in page
    assert "không tính Ủy ban nhân dân phường hai" in page
    figure = plain(
        words(secretary, f"/dieu-hanh/chi-tieu/online_dossiers/co-quan/{world.committee.pk}/?thang=2026-11")
    )
    assert "Các tháng trước ngày 01/07/2025 tính cả Ủy ban nhân dân phường một." in figure
    assert "không chia theo ước đoán" in figure
    assert "400 / 500" in figure


def test_tasks_on_two_days_answer_the_same_later(world: World, secretary: Client) -> None:
    plan = seat_committee(world)
    for lead in (world.province, world.far_province):
        task = given(world, plan, leads=[lead], deadline=Deadline(DeadlineKind.FIXED, date(2026, 11, 5)))
    complete_task(task=task, on=date(2026, 11, 4), reference="1/BC", by=BY)
    page = words(secretary, f"{PAGE}?don-vi=H20&voi-don-vi=H24&tinh-den=2026-11-09&so-voi=2026-11-03")
    tasks = secretary.get(f"{PAGE}?don-vi=H20&voi-don-vi=H24&tinh-den=2026-11-09&so-voi=2026-11-03").context[
        "tasks"
    ]
    told = [
        [(cell["in_time"], cell["out_of"], cell["counts"].total) for cell in row["cells"]]
        for row in tasks["rows"]
    ]
    assert told == [[(0, 1, 1), (1, 1, 1)], [(0, 0, 1), (0, 0, 1)]]
    for row in tasks["rows"]:
        for cell in row["cells"]:
            listed = secretary.get(cell["url"]).context["page"].paginator.count
            assert listed == cell["counts"].total
    lasting = re.search(r'href="([^"]*)">Địa chỉ của so sánh này', page)
    assert lasting
    given(world, plan, leads=[world.province])
    later = secretary.get(lasting[1].replace("&amp;", "&")).context["tasks"]
    assert [cell["counts"].total for cell in later["rows"][0]["cells"]] == [1, 1]


def test_who_may_look(world: World, secretary: Client) -> None:
    assert Client().get(PAGE).status_code == 302
    for who in ("hanh", "reception", "handler"):
        assert opened_by(world, who).get(PAGE).status_code == 403
    assert opened_by(world, "leader").get(PAGE).status_code == 200


def test_as_often_for_many_months_as_for_two(world: World, secretary: Client) -> None:
    url = f"{PAGE}?don-vi=H20&voi-don-vi=H24&thang=2026-11&voi-thang=2026-10"
    few = asked_of_the_database(secretary, url)
    for month in range(1, 10):
        month_of(world.committee, date(2026, month, 1), 10, 5)
        month_of(world.far_committee, date(2026, month, 1), 10, 5)
    assert asked_of_the_database(secretary, url) == few <= 22


def asked_of_the_database(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_a_ranking_says_who_moved_and_equal_ones_share_a_rank(world: World, secretary: Client) -> None:
    url = "/dieu-hanh/chi-tieu/online_dossiers/?cap=locality&thang=2026-11"
    rows = secretary.get(url).context["rows"]
    assert [(row["rank"], row["name"], row["moved"]) for row in rows] == [
        (1, "Đồng Tháp", "▲ lên 1"),
        (2, "Hải Phòng", "▼ xuống 1"),
    ]
    assert "▼ xuống 1" in words(secretary, url)
    month_of(world.far_committee, date(2026, 9, 1), 2, 1)
    month_of(world.committee, date(2026, 9, 1), 4, 2)
    september = secretary.get(url.replace("11", "09")).context["rows"]
    assert [(row["rank"], row["moved"]) for row in september] == [(1, ""), (1, "")]
    october = secretary.get(url.replace("11", "10")).context["rows"]
    assert [(row["name"], row["moved"]) for row in october] == [
        ("Hải Phòng", "= giữ hạng"), ("Đồng Tháp", "▼ xuống 1"),
    ]  # fmt: skip
