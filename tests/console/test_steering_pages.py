"""Bodies over time; money, due days, cancelling and mistakes of a task; what stands in the way of its parts."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from console.committee import given, seat_committee
from console.test_compare import asked_of_the_database
from console.test_open_figures import opened_by, words
from lienthong.fields.public import posted_date
from lienthong.steering.public import (
    Act,
    BodyKind,
    BodyPost,
    Bucket,
    Cause,
    Deadline,
    DeadlineKind,
    Money,
    Plan,
    TaskScope,
    bodies,
    count_tasks,
    find_body,
    found_body,
    fund_task,
    funds_of,
    obstacles_of,
    report_obstacle,
    report_progress,
    seat_member,
    task_page,
)
from makers import BY, World

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 9)


@pytest.fixture
def plan(world: World) -> Plan:
    return seat_committee(world)


@pytest.fixture
def secretary(world: World, plan: Plan) -> Client:
    return opened_by(world, "committee")


def write(client: Client, code: str, slug: str, told: dict[str, Any]) -> Any:
    return client.post(f"/dieu-hanh/nhiem-vu/{code}/ghi/{slug}/", told)


def test_a_body_shows_its_members_of_a_day_and_everybody_before(
    world: World, plan: Plan, secretary: Client
) -> None:
    seat_member(body=plan.body, post=BodyPost.CHAIR, name="Trịnh Văn Sơn", title="Phó Thủ tướng",
                since=date(2022, 1, 1), until=date(2026, 6, 1), source="1619/QĐ-TTg", by=BY)  # fmt: skip
    seat_member(body=plan.body, post=BodyPost.CHAIR, name="Lý Thị Hòa", since=date(2026, 6, 1),
                source="900/QĐ-TTg", by=BY)  # fmt: skip
    listed = words(secretary, "/dieu-hanh/to-chuc/")
    assert "Ủy ban Quốc gia về chuyển đổi số" in listed
    assert "Lý Thị Hòa" in listed
    now = secretary.get("/dieu-hanh/to-chuc/UBQG/").context
    assert [seat.name for seat in now["members"]] == ["Lý Thị Hòa", "Đỗ Quỳnh Anh"]
    then = secretary.get("/dieu-hanh/to-chuc/UBQG/?tinh-den=2026-05-31").context
    assert [seat.name for seat in then["members"]] == ["Trịnh Văn Sơn", "Đỗ Quỳnh Anh"]
    page = words(secretary, "/dieu-hanh/to-chuc/UBQG/")
    assert "Trịnh Văn Sơn" in page
    assert "900/QĐ-TTg" in page
    assert "đang giữ" in page
    assert "/dieu-hanh/to-chuc/UBQG/" in words(secretary, "/dieu-hanh/ke-hoach/CDS-2026/")


def test_the_lead_notes_money_and_the_page_adds_it_up(world: World, plan: Plan) -> None:
    task = given(world, plan)
    leader = opened_by(world, "leader")
    for money, amount in (("planned", "2.000.000"), ("allocated", "1.500.000"), ("spent", "500 000")):
        told = {"money": money, "amount": amount, "reference": "QĐ 1", **posted_date("on", "09/11/2026")}
        assert write(leader, task.code, "kinh-phi", told).status_code == 302
    assert task_page(task.code, TODAY, by=BY).standing.money == {
        Money.PLANNED: 2_000_000, Money.ALLOCATED: 1_500_000, Money.SPENT: 500_000,
    }  # fmt: skip
    page = words(leader, f"/dieu-hanh/nhiem-vu/{task.code}/")
    assert "1.500.000 đồng (75,0%)" in page
    assert "1.500.000 đồng" in words(leader, "/dieu-hanh/ke-hoach/CDS-2026/")
    wrong = write(leader, task.code, "kinh-phi", {"money": "spent", "amount": "0", "reference": "x",
                  **posted_date("on", "09/11/2026")})  # fmt: skip
    assert (wrong.status_code, "lớn hơn 0" in wrong.content.decode()) == (422, True)


def test_the_event_of_a_relative_deadline_comes_once(world: World, plan: Plan, secretary: Client) -> None:
    deadline = Deadline(DeadlineKind.RELATIVE, event="Nghị định có hiệu lực", days=30)
    task = given(world, plan, deadline=deadline)
    told = {**posted_date("on", "05/11/2026"), "reference": "NĐ 224"}
    assert write(opened_by(world, "leader"), task.code, "xac-dinh-han", told).status_code == 403
    assert write(secretary, task.code, "xac-dinh-han", told).status_code == 302
    assert task_page(task.code, TODAY, by=BY).standing.due_on == date(2026, 12, 5)
    assert write(secretary, task.code, "xac-dinh-han", told).status_code == 403


def test_cancelling_a_task_of_several_units_cancels_what_is_open(
    world: World, plan: Plan, secretary: Client
) -> None:
    task = given(world, plan, leads=[world.province, world.far_province])
    page = words(secretary, f"/dieu-hanh/nhiem-vu/{task.code}/")
    assert "Thôi giao nhiệm vụ" in page
    assert "Báo hoàn thành" not in page
    missing = write(secretary, task.code, "thoi-giao", posted_date("on", "09/11/2026"))
    assert missing.status_code == 422
    told = {**posted_date("on", "09/11/2026"), "reference": "15/TB-VPCP"}
    assert write(secretary, task.code, "thoi-giao", told).status_code == 302
    assert count_tasks(TaskScope(by_unit=True), TODAY, by=BY).counts.cancelled == 2
    assert write(secretary, task.code, "thoi-giao", told).status_code == 403


def test_whoever_wrote_a_line_may_call_it_a_mistake_and_nobody_else_may(world: World, plan: Plan) -> None:
    task = given(world, plan)
    leader = opened_by(world, "leader")
    write(leader, task.code, "tien-do", {**posted_date("on", "09/11/2026"), "text": "Xong cả rồi"})
    line = task.entries.get(act=Act.REPORTED)
    told = {"entry": line.pk, "reason": "Ghi nhầm nhiệm vụ"}
    assert write(opened_by(world, "far_leader"), task.code, "rut-lai", told).status_code == 403
    assert write(leader, task.code, "rut-lai", {**told, "reason": ""}).status_code == 422
    assert write(leader, task.code, "rut-lai", told).status_code == 302
    assert "ghi nhầm, đã rút" in words(leader, f"/dieu-hanh/nhiem-vu/{task.code}/")
    assert write(leader, task.code, "rut-lai", told).status_code == 403


def test_a_lead_may_not_retract_what_the_committee_wrote(world: World, plan: Plan, secretary: Client) -> None:
    task = given(world, plan)
    leader = opened_by(world, "leader")
    write(leader, task.code, "tien-do", {**posted_date("on", "09/11/2026"), "text": "Đang làm"})
    write(secretary, task.code, "gia-han", {**posted_date("due_on", "15/12/2026"), "basis": "9/VPCP"})
    granted = task.entries.get(act=Act.GRANTED_EXTENSION)
    assert write(leader, task.code, "rut-lai", {"entry": granted.pk, "reason": "x"}).status_code == 422
    assert (
        write(secretary, task.code, "rut-lai", {"entry": granted.pk, "reason": "Sai ngày"}).status_code == 302
    )
    assert task_page(task.code, TODAY, by=BY).standing.due_on == date(2026, 11, 30)


def test_what_stands_in_the_way_of_a_part_stands_on_the_parents_page(
    world: World, plan: Plan, secretary: Client
) -> None:
    task = given(world, plan, leads=[world.province, world.far_province],
                 deadline=Deadline(DeadlineKind.FIXED, date(2026, 11, 5)))  # fmt: skip
    part = task.parts.get(lead=world.far_province)
    report_obstacle(task=part, on=TODAY, cause=Cause.DATA, text="Chưa mở dịch vụ chia sẻ", proposal="Mở ngay",
                    remover=world.ministry, by=BY)  # fmt: skip
    fund_task(task=part, money=Money.SPENT, amount=7_000_000, on=TODAY, reference="x", by=BY)
    page = words(secretary, f"/dieu-hanh/nhiem-vu/{task.code}/")
    assert "1 vướng mắc của các đơn vị" in page
    assert f'href="/dieu-hanh/nhiem-vu/{part.code}/"' in page
    assert "Mở ngay" in page
    assert "7.000.000 đồng" in page
    late = words(secretary, "/dieu-hanh/nhiem-vu/cham/")
    assert f"/dieu-hanh/nhiem-vu/{task.code}/?#vuong-mac" in late
    assert "/dieu-hanh/nhiem-vu/cham/?nguyen-nhan=du-lieu" in late
    chosen = words(secretary, "/dieu-hanh/nhiem-vu/cham/?nguyen-nhan=du-lieu")
    assert "Trong đó 1 nhiệm vụ vì: Dữ liệu, kết nối." in chosen
    assert count_tasks(TaskScope(), TODAY, by=BY).rows[0].bucket is Bucket.OPEN_LATE


def test_who_may_look(world: World, plan: Plan) -> None:
    for page in ("/dieu-hanh/to-chuc/", "/dieu-hanh/to-chuc/UBQG/"):
        assert Client().get(page).status_code == 302
        assert opened_by(world, "hanh").get(page).status_code == 403
        assert opened_by(world, "leader").get(page).status_code == 200
    assert opened_by(world, "leader").get("/dieu-hanh/to-chuc/KHONG/").status_code == 404


def test_citizens_are_refused_at_each_query(world: World, plan: Plan) -> None:
    task, by = given(world, plan), world.actor("hanh")
    report_progress(task=task, on=TODAY, text="x", by=BY)
    for ask in (
        lambda: bodies(by=by),
        lambda: find_body("UBQG", by=by),
        lambda: funds_of([task.pk], TODAY, by=by),
        lambda: obstacles_of([task.pk], TODAY, by=by),
    ):
        with pytest.raises(Exception, match=r"[Kk]hông"):
            ask()


def test_a_leaders_desk_leads_to_the_tasks_of_the_agency(world: World, plan: Plan) -> None:
    assert "/dieu-hanh/viec-cua-co-quan/" in words(opened_by(world, "leader"), "/can-bo/")
    assert "/dieu-hanh/viec-cua-co-quan/" not in words(opened_by(world, "handler"), "/can-bo/")


def test_as_often_for_many_bodies_and_seats_as_for_one(world: World, plan: Plan, secretary: Client) -> None:
    pages = ("/dieu-hanh/to-chuc/", "/dieu-hanh/to-chuc/UBQG/")
    few = [asked_of_the_database(secretary, page) for page in pages]
    for number in range(8):
        body = found_body(code=f"B{number}", name=f"Ban Chỉ đạo {number}", kind=BodyKind.STEERING_COMMITTEE,
                          host=world.province, since=date(2026, 1, 1), source="thử", by=BY)  # fmt: skip
        for each in (body, plan.body):
            seat_member(body=each, post=BodyPost.MEMBER, name=f"Ủy viên {number}", since=date(2026, 2, 1),
                        source="thử", by=BY)  # fmt: skip
    assert [asked_of_the_database(secretary, page) for page in pages] == few
    assert max(few) <= 10
