"""Tasks in the console: a new one reaches its agency, every number opens, an address answers the same later."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from console.committee import given, seat_committee
from console.test_open_figures import opened_by, words
from lienthong.fields.public import posted_date
from lienthong.indicators.public import Mark, Tier
from lienthong.steering.public import (
    Bucket,
    Cause,
    Compare,
    Deadline,
    DeadlineKind,
    Plan,
    Target,
    TaskScope,
    complete_task,
    count_tasks,
    find_task,
    load_targets,
    note_document,
    report_obstacle,
    set_target,
    task_page,
)
from makers import BY, PDF, World, at, received

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 9)
BOARD = "/dieu-hanh/nhiem-vu/"
BASELINE: dict[str, int] = json.loads((Path(__file__).parents[1] / "query_counts.json").read_text())


@pytest.fixture
def plan(world: World) -> Plan:
    return seat_committee(world)


@pytest.fixture
def secretary(world: World, plan: Plan) -> Client:
    return opened_by(world, "committee")


CONCLUSION = {
    "plan": "CDS-2026",
    "content": "Rà soát các hồ sơ chậm",
    "lead": "H20",
    "product": "Báo cáo",
    "number": "12/TB-VPCP",
    "title": "Kết luận phiên họp",
    **posted_date("due_on", "30/11/2026"),
    **posted_date("signed_on", "09/11/2026"),
}


def test_a_conclusion_becomes_a_task_with_its_document(world: World, secretary: Client) -> None:
    answer = secretary.post("/dieu-hanh/nhiem-vu/giao/", CONCLUSION)
    assert answer.headers["Location"] == "/dieu-hanh/nhiem-vu/CDS-2026-001/"
    page = words(secretary, answer.headers["Location"])
    assert "12/TB-VPCP" in page
    assert "Chưa hoàn thành, trong hạn" in page
    assert "0 nhiệm vụ chậm, trong 1 nhiệm vụ" in words(secretary, BOARD)


def test_for_every_province_at_once(world: World, secretary: Client) -> None:
    secretary.post("/dieu-hanh/nhiem-vu/giao/", {**CONCLUSION, "lead": "*H"})
    assert [row.code for row in count_tasks(TaskScope(by_unit=True), TODAY, by=BY).rows] == [
        "CDS-2026-001.H20", "CDS-2026-001.H24",
    ]  # fmt: skip
    assert "Phần việc của từng đơn vị" in words(secretary, "/dieu-hanh/nhiem-vu/CDS-2026-001/")


def test_what_is_refused_is_said_at_the_form_and_nothing_is_kept(world: World, secretary: Client) -> None:
    early = {**CONCLUSION, **posted_date("due_on", "08/11/2026")}
    answer = secretary.post("/dieu-hanh/nhiem-vu/giao/", early)
    assert answer.status_code == 422
    assert "Thời hạn 08/11/2026 sớm hơn ngày giao 09/11/2026" in answer.content.decode()
    assert count_tasks(TaskScope(), TODAY, by=BY).rows == []
    assert secretary.post("/dieu-hanh/nhiem-vu/giao/", {}).status_code == 422


def test_the_agency_sees_its_task_and_reports_an_obstacle_with_evidence(world: World, plan: Plan) -> None:
    task = given(world, plan)
    leader = opened_by(world, "leader")
    assert task.content in words(leader, "/dieu-hanh/viec-cua-co-quan/")
    assert task.content not in words(opened_by(world, "far_leader"), "/dieu-hanh/viec-cua-co-quan/")
    answer = leader.post(
        f"/dieu-hanh/nhiem-vu/{task.code}/ghi/vuong-mac/",
        {
            **posted_date("on", "09/11/2026"), "cause": "people", "text": "Chỉ có một công chức tư pháp",
            "proposal": "Sở cử người hỗ trợ", "remover": "H20",
            "evidence": SimpleUploadedFile("bien-ban.pdf", PDF, "application/pdf"),
        },
    )  # fmt: skip
    assert answer.status_code == 302
    row = count_tasks(TaskScope(), TODAY, by=BY).rows[0]
    assert (row.bucket, row.cause) == (Bucket.OPEN_IN_TIME, Cause.PEOPLE)
    page = words(leader, f"/dieu-hanh/nhiem-vu/{task.code}/")
    url = re.search(r'href="(/dieu-hanh/minh-chung/[^"]+)"', page)
    assert url
    assert b"".join(leader.get(url[1])) == PDF  # type: ignore[arg-type]  # a FileResponse
    assert "SHA-256" in page


@pytest.mark.parametrize(
    ("slug", "posted", "said"),
    [
        ("tien-do", {**posted_date("on", "10/11/2026"), "text": "x"}, "Ngày 10/11/2026 chưa đến"),
        ("xin-gia-han", {**posted_date("due_on", "30/11/2026"), "basis": "x"}, "không muộn hơn hạn đang có"),
        ("hoan-thanh", posted_date("on", "09/11/2026"), "văn bản kết quả"),
        ("vuong-mac", {**posted_date("on", "09/11/2026"), "text": "x", "proposal": "y"}, "nhóm"),
    ],
)
def test_a_mistake_is_told_on_the_page_and_writes_nothing(
    world: World, plan: Plan, slug: str, posted: dict[str, str], said: str
) -> None:
    task = given(world, plan)
    answer = opened_by(world, "leader").post(f"/dieu-hanh/nhiem-vu/{task.code}/ghi/{slug}/", posted)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert find_task(task.code, by=BY).entries.count() == 1


def test_a_file_that_is_none_of_those_taken_keeps_no_line(world: World, plan: Plan) -> None:
    task = given(world, plan)
    answer = opened_by(world, "leader").post(
        f"/dieu-hanh/nhiem-vu/{task.code}/ghi/hoan-thanh/",
        {**posted_date("on", "09/11/2026"), "reference": "1/BC",
         "evidence": SimpleUploadedFile("a.exe", b"MZ\x90\x00" * 30)},
    )  # fmt: skip
    assert answer.status_code == 422
    assert find_task(task.code, by=BY).entries.count() == 1


def test_the_committee_grants_what_was_asked(world: World, plan: Plan, secretary: Client) -> None:
    task = given(world, plan)
    leader = opened_by(world, "leader")
    asked = {**posted_date("due_on", "15/12/2026"), "basis": "Chờ thiết bị"}
    leader.post(f"/dieu-hanh/nhiem-vu/{task.code}/ghi/xin-gia-han/", asked)
    ask = task_page(task.code, TODAY, by=BY).asks[0]
    granted = {"asked": ask.pk, **posted_date("due_on", "15/12/2026"), "basis": "9/VPCP"}
    assert secretary.post(f"/dieu-hanh/nhiem-vu/{task.code}/ghi/gia-han/", granted).status_code == 302
    assert task_page(task.code, TODAY, by=BY).standing.due_on == date(2026, 12, 15)
    assert "15/12/2026, hạn ban đầu 30/11/2026" in words(secretary, f"/dieu-hanh/nhiem-vu/{task.code}/")


def test_the_committee_refuses_what_was_asked_with_its_reason(
    world: World, plan: Plan, secretary: Client
) -> None:
    task = given(world, plan)
    asked = {**posted_date("due_on", "15/12/2026"), "basis": "Chờ thiết bị"}
    opened_by(world, "leader").post(f"/dieu-hanh/nhiem-vu/{task.code}/ghi/xin-gia-han/", asked)
    url = f"/dieu-hanh/nhiem-vu/{task.code}/ghi/khong-gia-han/"
    assert secretary.post(url, {"reason": "Thiết bị đã có"}).status_code == 302
    page = task_page(task.code, TODAY, by=BY)
    assert (page.asks, page.standing.due_on) == ([], date(2026, 11, 30))


def test_the_agency_that_can_remove_an_obstacle_sees_it_and_says_it_is_gone(world: World, plan: Plan) -> None:
    task = given(world, plan)
    obstacle = report_obstacle(
        task=task, on=TODAY, cause=Cause.DATA, text="Chưa mở dịch vụ chia sẻ", proposal="Mở", by=BY,
        remover=world.far_committee,
    )  # fmt: skip
    remover = opened_by(world, "far_leader")
    assert "Chưa mở dịch vụ chia sẻ" in words(remover, "/dieu-hanh/viec-cua-co-quan/")
    gone = {"obstacle": obstacle.pk, **posted_date("on", "09/11/2026"), "text": "Đã mở"}
    url = f"/dieu-hanh/nhiem-vu/{task.code}/ghi/da-go/"
    assert opened_by(world, "police_leader").post(url, gone).status_code == 403
    assert remover.post(url, gone).status_code == 302
    assert task_page(task.code, TODAY, by=BY).obstacles == []


@pytest.mark.parametrize("who", ["far_leader", "handler", "reception", "auditor"])
@pytest.mark.parametrize("slug", ["tien-do", "gia-han", "khong-co"])
def test_nobody_else_writes(world: World, plan: Plan, who: str, slug: str) -> None:
    task = given(world, plan)
    answer = opened_by(world, who).post(f"/dieu-hanh/nhiem-vu/{task.code}/ghi/{slug}/", {"text": "x"})
    assert answer.status_code == 403


PAGES = [
    BOARD,
    "/dieu-hanh/nhiem-vu/cham/",
    "/dieu-hanh/nhiem-vu/danh-sach/",
    "/dieu-hanh/nhiem-vu/CDS-2026-001/",
    "/dieu-hanh/ke-hoach/",
    "/dieu-hanh/ke-hoach/CDS-2026/",
    "/dieu-hanh/viec-cua-co-quan/",
]


@pytest.mark.parametrize("page", [*PAGES, "/dieu-hanh/nhiem-vu/giao/"])
def test_nobody_signed_in_is_led_to_sign_in_and_citizens_stay_out(
    world: World, plan: Plan, page: str
) -> None:
    given(world, plan)
    answer = Client().get(page)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/dang-nhap/can-bo/?next=")
    assert opened_by(world, "hanh").get(page).status_code == 403


def test_only_who_assigns_opens_the_form(world: World, plan: Plan) -> None:
    assert opened_by(world, "leader").get("/dieu-hanh/nhiem-vu/giao/").status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        f"{BOARD}?tinh-den=hom-qua",
        f"{BOARD}?biet-den=2026-13-01",
        "/dieu-hanh/nhiem-vu/CDS-1999-001/",
        "/dieu-hanh/nhiem-vu/CDS-2026-001/?tinh-den=2026-11-01",
        "/dieu-hanh/ke-hoach/KHONG/",
        "/dieu-hanh/chi-tieu-giao/999999/",
        "/dieu-hanh/minh-chung/1/00000000-0000-0000-0000-000000000000/",
    ],
)
def test_what_is_not_there_is_not_found(world: World, plan: Plan, secretary: Client, address: str) -> None:
    given(world, plan)
    assert secretary.get(address).status_code == 404


def lasting(page: str) -> str:
    found = re.search(r'href="([^"]*)">Địa chỉ trả lời đúng', page)
    assert found
    return found[1].replace("&amp;", "&")


def test_the_lasting_address_answers_the_same_after_more_is_recorded(world: World, plan: Plan) -> None:
    first, second = given(world, plan), given(world, plan, content="Việc thứ hai")
    with at("01/12/2026 09:00"):
        secretary = opened_by(world, "committee")
        page = words(secretary, BOARD)
        assert "2 nhiệm vụ chậm, trong 2 nhiệm vụ" in page
        address = BOARD + lasting(page)
        complete_task(task=first, on=date(2026, 11, 20), reference="1/BC", by=BY)
        assert "1 nhiệm vụ chậm, trong 2 nhiệm vụ" in words(secretary, BOARD)
        given(world, plan, content="Việc thứ ba")
    with at("01/12/2027 09:00"):
        secretary = opened_by(world, "committee")
        assert "2 nhiệm vụ chậm, trong 2 nhiệm vụ" in words(secretary, address)
        known_now = BOARD + "?tinh-den=2026-12-01"
        assert "2 nhiệm vụ chậm, trong 3 nhiệm vụ" in words(secretary, known_now)
    assert second.content in page


def test_a_page_of_a_past_day_is_read_only(world: World, plan: Plan) -> None:
    task = given(world, plan)
    leader = opened_by(world, "leader")
    assert "Báo cáo tiến độ" in words(leader, f"/dieu-hanh/nhiem-vu/{task.code}/")
    past = words(leader, f"/dieu-hanh/nhiem-vu/{task.code}/?tinh-den=2026-11-05")
    assert "Ghi vào sổ theo dõi" not in past


def test_every_number_of_the_board_opens_the_rows_that_make_it(
    world: World, plan: Plan, secretary: Client
) -> None:
    given(world, plan)
    late = given(world, plan, deadline=Deadline(DeadlineKind.FIXED, date(2026, 11, 3)))
    report_obstacle(task=late, on=TODAY, cause=Cause.MONEY, text="x", proposal="y", by=BY)
    done = given(world, plan)
    complete_task(task=done, on=TODAY, reference="1/BC", by=BY)
    board = secretary.get(BOARD).context
    for chip in board["chips"]:
        page = secretary.get(chip["url"]).context["page"]
        assert page.paginator.count == chip["count"], chip
    for unit in board["units"]:
        assert secretary.get(unit.url).context["page"].paginator.count == unit.counts.total
    assert sum(cause["count"] for cause in board["causes"]) == board["late_total"] == 1
    for cause in board["causes"]:
        assert secretary.get(cause["url"]).context["page"].paginator.count == cause["count"]


def test_late_is_what_the_address_says_and_the_page_prints_it(
    world: World, plan: Plan, secretary: Client
) -> None:
    task = given(world, plan, deadline=Deadline(DeadlineKind.FIXED, date(2026, 11, 3)))
    complete_task(task=task, on=date(2026, 11, 5), reference="1/BC", by=BY)
    given(world, plan)
    assert "0 nhiệm vụ chậm" in words(secretary, BOARD)
    both = words(secretary, f"{BOARD}?cham=ca-xong-muon&mau-so=den-han")
    assert "1 nhiệm vụ chậm" in both
    assert "cộng cả hoàn thành sau hạn" in both
    assert "100,0%" in both
    assert "1 / 1 nhiệm vụ đến hạn" in both


def aimed(plan: Plan) -> Target:
    document = note_document(
        number="KH-1", signed_on=date(2026, 1, 20), title="Kế hoạch", kind="Kế hoạch", body=plan.body, by=BY
    )
    return set_target(
        plan=plan, subject="tỷ lệ hồ sơ dịch vụ công trực tuyến toàn trình", value=Decimal(60), unit="%",
        compare=Compare.AT_LEAST, whole="hồ sơ đã tiếp nhận", due_on=date(2026, 12, 31), document=document,
        indicator="online_dossiers", tier=Tier.LOCALITY, by=BY,
    )  # fmt: skip


def test_a_target_opens_to_its_units_and_on_to_the_figure(
    world: World, plan: Plan, secretary: Client
) -> None:
    target = aimed(plan)
    received(world)
    page = words(secretary, f"/dieu-hanh/chi-tieu-giao/{target.pk}/")
    assert "tối thiểu 60%" in page
    assert "Chưa đủ số liệu để dự báo" in page
    assert f"/dieu-hanh/chi-tieu/online_dossiers/{world.province.code}/" in page
    assert "/dieu-hanh/chi-tieu/online_dossiers/?thang=2026-11&amp;cap=locality" in page
    assert f"/dieu-hanh/chi-tieu-giao/{target.pk}/" in words(secretary, "/dieu-hanh/")


def test_a_target_nobody_measures_says_so(world: World, plan: Plan, secretary: Client) -> None:
    load_targets(by=BY)
    unmeasured = Target.objects.filter(indicator="").first()
    assert unmeasured
    page = words(secretary, f"/dieu-hanh/chi-tieu-giao/{unmeasured.pk}/")
    assert "không ghi là đạt hay chưa đạt" in page


def asked_of_the_database(client: Client, url: str) -> int:
    client.get(url)
    Mark.objects.update(seen=str(2**62))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_as_often_for_forty_tasks_as_for_four(world: World, plan: Plan, secretary: Client) -> None:
    target = aimed(plan)
    received(world)
    urls = {
        "console.tasks": BOARD,
        "console.late_tasks": "/dieu-hanh/nhiem-vu/cham/",
        "console.task_list": "/dieu-hanh/nhiem-vu/danh-sach/",
        "console.task": "/dieu-hanh/nhiem-vu/CDS-2026-001/",
        "console.plan": "/dieu-hanh/ke-hoach/CDS-2026/",
        "console.target": f"/dieu-hanh/chi-tieu-giao/{target.pk}/",
    }

    def more(number: int) -> None:
        for _ in range(number):
            late = given(world, plan, deadline=Deadline(DeadlineKind.FIXED, date(2026, 11, 3)))
            report_obstacle(task=late, on=TODAY, cause=Cause.DATA, text="x", proposal="y",
                            remover=world.ministry, by=BY)  # fmt: skip
            given(world, plan, leads=[world.province, world.far_province])

    more(2)
    few = {name: asked_of_the_database(secretary, url) for name, url in urls.items()}
    more(18)
    many = {name: asked_of_the_database(secretary, url) for name, url in urls.items()}
    assert few == many == {name: BASELINE.get(name) for name in urls}
