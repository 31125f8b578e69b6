"""A steward looks a person up, on any day, and reads where each value comes from; the person sees every reading."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from lienthong.identity.public import system
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import (
    Access,
    NewAttribute,
    NewPerson,
    Person,
    Sex,
    add_people,
    attach_attributes,
    correct_person,
    merge_people,
    register_move,
    undo_act,
)
from registries.world import HANH, LOC, NAM, World, opened_by

pytestmark = pytest.mark.django_db
WORKER = system("test")
BASIS = "kế hoạch 42/KH-UBND"


@pytest.fixture
def ward(world: World) -> Client:
    return opened_by(world.accounts["ward"])


def found(client: Client, typed: str, **more: str) -> str:
    return client.post("/du-lieu/nguoi/", {"typed": typed, "basis": BASIS, **more}).content.decode()


def opened(client: Client, number: str, query: str = "") -> str:
    """Found first, since the ground of a reading is typed there."""
    found(client, number)
    address = f"/du-lieu/nguoi/{Person.objects.get(pk=number).ref}/{query}"
    answer = client.get(address)
    assert answer.status_code in {200, 422}
    return answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "more"),
    [
        (HANH, {}),
        (f"{HANH[:3]} {HANH[3:]}", {}),
        ("024681357", {}),
        ("Nguyễn Thị Minh Hạnh", {"birth_0": "14", "birth_1": "2", "birth_2": "1994"}),
        ("nguyen thi minh hanh", {"birth_0": "", "birth_1": "", "birth_2": "1994"}),
    ],
)
def test_found_by_number_by_old_number_and_by_name_with_marks_or_without(
    ward: Client, typed: str, more: dict[str, str]
) -> None:
    correct_person(HANH, "old_number", "024681357", source="book:1", basis="x", by=WORKER)
    page = found(ward, typed, **more)
    assert "Nguyễn Thị Minh Hạnh" in page
    assert "•••• 4471" in page
    access = Access.objects.get(person=HANH)
    assert (access.purpose, access.basis) == ("review", BASIS)


def test_without_a_ground_or_with_a_name_alone_nobody_is_looked_at(ward: Client) -> None:
    assert ward.post("/du-lieu/nguoi/", {"typed": HANH, "basis": ""}).status_code == 422
    assert "cần thêm ngày sinh" in found(ward, "Nguyễn Thị Minh Hạnh")
    ref = Person.objects.get(pk=HANH).ref
    assert ward.get(f"/du-lieu/nguoi/{ref}/")["Location"] == "/du-lieu/nguoi/"
    assert not Access.objects.exists()


def test_the_record_on_a_day_with_where_each_value_comes_from(world: World, ward: Client) -> None:
    register_move(
        HANH, unit=world.far.pk, detail="Ngõ 3", since=PartialDate(2026, 3, 1), source="book:cư trú 7", basis="Điều 22",
        by=world.actor("far"),
    )  # fmt: skip
    now = opened(ward, HANH)
    assert "Ngõ 3, Phường Thành Đông" in now
    assert "sổ cư trú 7" in now
    assert "Cán bộ far" in now
    assert "Khi nhập: cơ sở dữ liệu dân cư trước đây" in now
    before = opened(ward, HANH, "?ngay_0=28&ngay_1=2&ngay_2=2026")
    assert "Bản ghi như vào ngày 28/02/2026" in before
    assert "Thành Đông" not in before
    assert "chưa sinh" in opened(ward, HANH, "?ngay_0=1&ngay_1=1&ngay_2=1990")
    assert "chưa đến" in opened(ward, HANH, "?ngay_0=1&ngay_1=1&ngay_2=2999")


def test_the_life_says_what_was_undone(ward: Client) -> None:
    act = correct_person(HANH, "father_name", "Nguyễn Văn Hai", source="decision:9", basis="Nhầm", by=WORKER)
    undo_act(act, source="decision:10", basis="Gỡ", by=WORKER)
    page = opened(ward, HANH, "?xem=doi-song")
    assert "Cải chính, bổ sung" in page
    assert "họ và tên cha" in page
    assert "đã hoàn tác" in page
    assert "quyết định 9" in page


def test_what_other_registers_say_stands_with_its_source_and_its_day(world: World, ward: Client) -> None:
    rows = [
        NewAttribute(HANH, "activity", "employed", date(2026, 5, 4)),
        NewAttribute(HANH, "insurance_number", "7912345678", date(2026, 5, 4)),
    ]
    attach_attributes(rows, source="register:lao-dong", basis="tệp thử", by=WORKER)
    page = opened(ward, HANH, "?xem=bo-sung")
    assert "Tình trạng việc làm" in page
    assert "Có việc làm" in page
    assert "Người lao động" in page
    assert "04/05/2026" in page
    assert "7912345678" not in page
    assert "•••• 5678" in page


def test_only_what_is_opened_is_read_and_the_person_sees_each(ward: Client) -> None:
    opened(ward, LOC)
    opened(ward, LOC, "?xem=ho")
    groups = [set(one.groups) for one in Access.objects.filter(person=LOC).order_by("id")]
    assert [("life" in one, "household" in one) for one in groups] == [
        (False, False), (True, True), (False, False), (False, True),
    ]  # fmt: skip


def test_a_cancelled_number_says_where_its_person_goes_on(world: World, ward: Client) -> None:
    twice = "099088007777"
    facts = {"full_name": "Lê Hoàng Nam", "birth": PartialDate(1988, 12, 2), "sex": Sex.MALE}
    add_people([NewPerson(personal_number=twice, **facts)], by=WORKER)
    merge_people(NAM, twice, source="decision:1", basis="x", by=WORKER)
    found(ward, HANH)
    page = ward.get(f"/du-lieu/nguoi/{Person.objects.get(pk=twice).ref}/").content.decode()
    assert "Số này đã hủy; người ấy tiếp tục ở số •••• •••• 1234" in page


def test_from_a_person_to_the_question_whether_another_number_is_his_too(ward: Client) -> None:
    address = f"/du-lieu/gop/?nguoi={Person.objects.get(pk=NAM).ref}"
    assert address in opened(ward, NAM)
    assert "Người vừa xem là bản ghi thứ nhất" in ward.get(address).content.decode()
    assert "Số thứ nhất" in ward.get("/du-lieu/gop/?nguoi=x").content.decode()
    assert ward.get("/du-lieu/gop/?nguoi=00000000-0000-0000-0000-000000000001").status_code == 404
    other = {"other": LOC}
    answer: Any = ward.post(f"/du-lieu/gop/so-sanh/?{address.partition('?')[2]}", other)
    assert answer["Location"].startswith("/du-lieu/gop/")


@pytest.mark.parametrize("who", ["leader", "committee", "citizen"])
def test_only_stewards_look_people_up(world: World, who: str) -> None:
    stranger = opened_by(world.accounts[who])
    ref = Person.objects.get(pk=HANH).ref
    for address in ["/du-lieu/nguoi/", f"/du-lieu/nguoi/{ref}/"]:
        assert stranger.get(address).status_code == 403
    answer: Any = opened_by(None).get("/du-lieu/nguoi/")
    assert answer["Location"].startswith("/dang-nhap/can-bo/")


def test_who_owns_a_sectors_data_does_not_look_anybody_up(world: World) -> None:
    """The owner answers by its own record and which fields differ; a look-up would give it the register's values."""
    owner = opened_by(world.accounts["owner"])
    assert owner.get("/du-lieu/nguoi/").status_code == 404
    assert owner.post("/du-lieu/nguoi/", {"typed": HANH, "basis": BASIS}).status_code == 404
    assert owner.get(f"/du-lieu/nguoi/{Person.objects.get(pk=HANH).ref}/").status_code == 404
    answer = owner.post("/du-lieu/gop/so-sanh/", {"one": HANH, "other": LOC})
    assert answer.status_code == 404
    assert "/du-lieu/nguoi/" not in owner.get("/du-lieu/").content.decode()
    assert not Access.objects.exists()


def test_nobody_stands_behind_an_invented_reference(ward: Client) -> None:
    found(ward, HANH)
    assert ward.get("/du-lieu/nguoi/00000000-0000-0000-0000-000000000001/").status_code == 404
