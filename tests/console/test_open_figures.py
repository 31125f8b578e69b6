"""Every figure opens one step down, and the last page's dossiers add up to the first page's figure."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from identity.people import sign_in
from indicators.merged import before_the_merger, month_of, nothing_new
from lienthong.indicators.public import INDICATORS
from lienthong.steering.public import load_targets
from makers import BY, World, asked, assigned, decided, received

pytestmark = pytest.mark.django_db


def opened_by(world: World, who: str) -> Client:
    client = Client()
    sign_in(client, world.account(who))
    return client


def words(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def secretary(world: World) -> Client:
    return opened_by(world, "committee")


def agency_page(world: World, code: str, rest: str = "") -> str:
    return f"/dieu-hanh/chi-tieu/{code}/co-quan/{world.committee.pk}/?thang=2026-11{rest}"


def test_a_received_dossier_raises_the_figure_by_one_and_the_way_down_ends_at_it(
    world: World, secretary: Client
) -> None:
    received(world)
    before = words(secretary, agency_page(world, "online_dossiers"))
    assert '<strong class="num">1</strong> hồ sơ nộp trực tuyến' in before

    dossier = received(world)

    overview = words(secretary, "/dieu-hanh/?thang=2026-11")
    province = world.province.code
    assert f"/dieu-hanh/chi-tieu/online_dossiers/{province}/" in overview
    top = words(secretary, f"/dieu-hanh/chi-tieu/online_dossiers/{province}/?thang=2026-11")
    assert f"/dieu-hanh/chi-tieu/online_dossiers/co-quan/{world.committee.pk}/" in top
    assert "Cộng khớp" in top
    last = words(secretary, agency_page(world, "online_dossiers"))
    assert '<strong class="num">2</strong> hồ sơ nộp trực tuyến' in last
    assert dossier.code in last
    course = words(secretary, f"/dieu-hanh/ho-so/{dossier.code}/")
    assert "Diễn biến" in course


@pytest.mark.parametrize("code", INDICATORS)
def test_every_page_of_every_indicator_adds_up(world: World, secretary: Client, code: str) -> None:
    received(world)
    asked(world)
    decided(world)
    pages = [
        f"/dieu-hanh/chi-tieu/{code}/?thang=2026-11",
        f"/dieu-hanh/chi-tieu/{code}/?thang=2026-11&cap=locality",
        f"/dieu-hanh/chi-tieu/{code}/{world.province.code}/?thang=2026-11",
        agency_page(world, code),
        agency_page(world, code, "&phan=con-lai"),
    ]
    for page in pages:
        assert "Cộng không khớp" not in words(secretary, page), page


def test_a_steering_page_shows_nobody_by_name_or_number(world: World, secretary: Client) -> None:
    dossier = assigned(world)
    pages = [
        "/dieu-hanh/",
        "/dieu-hanh/ho-so-cham/",
        "/dieu-hanh/man-hinh-lon/",
        agency_page(world, "on_time"),
        f"/dieu-hanh/ho-so/{dossier.code}/",
    ]
    for page in pages:
        text = words(secretary, page)
        assert dossier.applicant_name not in text
        assert dossier.applicant_number not in text


def test_a_target_nobody_measures_is_not_called_reached_or_missed(world: World, secretary: Client) -> None:
    load_targets(by=BY)
    received(world)
    text = words(secretary, "/dieu-hanh/?thang=2026-11")
    assert "số doanh nghiệp công nghệ số" in text
    assert "nền tảng chưa đo" in text
    assert "Mức giao 60%" in words(
        secretary, f"/dieu-hanh/chi-tieu/online_dossiers/{world.province.code}/?thang=2026-11"
    )


def test_a_month_or_an_indicator_that_is_not_there_is_not_found(world: World, secretary: Client) -> None:
    received(world)
    assert secretary.get("/dieu-hanh/?thang=1999-01").status_code == 404
    assert secretary.get("/dieu-hanh/chi-tieu/happiness/").status_code == 404
    assert secretary.get("/dieu-hanh/chi-tieu/on_time/H99/").status_code == 404
    assert secretary.get("/dieu-hanh/ho-so/H20.47-991109-0001/").status_code == 404


PAGES = [
    "/dieu-hanh/",
    "/dieu-hanh/ho-so-cham/",
    "/dieu-hanh/man-hinh-lon/",
    "/dieu-hanh/chi-tieu/on_time/",
    "/dieu-hanh/chi-tieu/on_time/H20/",
]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_signed_in_is_led_to_sign_in(world: World, page: str) -> None:
    response = Client().get(page)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/dang-nhap/can-bo/?next=")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["hanh", "reception", "handler"])
def test_only_those_who_steer_may_look(world: World, page: str, who: str) -> None:
    received(world)
    assert opened_by(world, who).get(page).status_code == 403


def test_the_overview_asks_the_same_questions_however_many_dossiers(world: World, secretary: Client) -> None:
    received(world)
    few = count(secretary, "/dieu-hanh/")
    received(world)
    asked(world)
    assert count(secretary, "/dieu-hanh/") == few <= 70


def count(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_a_merged_commune_goes_on_and_its_pages_say_how(world: World, secretary: Client) -> None:
    """202/2025/QH15: what Ward One did counts with Bến Sen; what a ward did that was split stands apart."""
    old, june, july = before_the_merger(world), date(2025, 6, 1), date(2025, 7, 1)
    nothing_new()
    month_of(world.committee, july, 100, 70)
    month_of(old.whole, june, 30, 3)
    month_of(old.split, june, 500, 400)
    own = f"/dieu-hanh/chi-tieu/online_dossiers/co-quan/{world.committee.pk}/?thang="
    before, after = words(secretary, own + "2025-06"), words(secretary, own + "2025-07")
    assert '<strong class="num">3</strong> hồ sơ nộp trực tuyến' in before
    assert '<strong class="num">70</strong> hồ sơ nộp trực tuyến' in after
    for page in (before, after):
        assert "Các tháng trước ngày 01/07/2025 tính cả Ủy ban nhân dân phường một." in page
        assert "Địa bàn này được chia cho nhiều đơn vị từ ngày 01/07/2025" in page
        assert '06/2025: <span class="num nowrap">400 / 500</span>' in page
    assert '<th scope="row">06/2025</th><td class="num nowrap">3 / 30</td>' in after, (
        "a table beside the bars"
    )
    province = words(secretary, "/dieu-hanh/chi-tieu/online_dossiers/H20/?thang=2025-07")
    assert "70 / 100" in province
    assert "+60,0" in province, "held against Ward One's 10 per cent of June"
    assert "Các tháng trước ngày 01/07/2025 tính cả Ủy ban nhân dân tỉnh Tiền Giang." in province


def test_months_of_other_years_are_a_link_a_year(world: World, secretary: Client) -> None:
    nothing_new()
    for month in (date(2024, 5, 1), date(2025, 1, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)):
        month_of(world.committee, month, 10, 5)
    page = words(secretary, "/dieu-hanh/?thang=2026-01")
    told = re.findall(r'href="\?thang=(\d{4}-\d{2})">([^<]+)</a>', page)
    assert told == [("2024-05", "năm 2024"), ("2025-12", "năm 2025"), ("2026-02", "02/2026")]
