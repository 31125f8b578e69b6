"""From a line of one's access list to the agency's answer. Luật 91/2025/QH15."""

import pytest

from lienthong.enquiries.public import my_enquiries
from lienthong.identity.public import Actor, Duty, Role
from lienthong.organisations.public import Kind
from lienthong.population.public import Access, Purpose, find_person
from portal.world import HANH, NAM, World, agency, opened_by

pytestmark = pytest.mark.django_db

WORDS = "Hôm ấy tôi không nộp hồ sơ nào, xin cho biết vì việc gì"


def read_by_plan(world: World) -> int:
    """The ward's steward looks Hạnh up; gives the line of her list."""
    duty = frozenset({Duty(Role.STEWARD, world.committee.code)})
    steward = Actor("account:90", 90, None, "Cao Uyển Nhi", 2, duty)
    find_person(HANH, purpose=Purpose.REVIEW, basis="kế hoạch 42/KH-UBND", by=steward)
    return Access.objects.filter(person=HANH, by_self=False).latest("pk").pk


def hanh(world: World) -> Actor:
    return Actor(world.hanh.reference, world.hanh.pk, HANH, world.hanh.name, 2)


def test_a_reading_is_asked_about_and_its_agency_answers(world: World) -> None:
    line = read_by_plan(world)
    person, leader = opened_by(world.hanh), opened_by(world.officers[Role.LEADER])
    address = f"/du-lieu-cua-toi/hoi/access/{line}/"
    assert address in person.get("/du-lieu-cua-toi/").content.decode()
    assert "kế hoạch 42/KH-UBND" in person.get(address).content.decode()

    assert person.post(address, {"words": WORDS}).status_code == 302

    mine = person.get("/du-lieu-cua-toi/").content.decode()
    assert address not in mine
    assert "Đã hỏi" in mine
    [one] = my_enquiries(hanh(world))
    listed = leader.get("/can-bo/cau-hoi/").content.decode()
    assert f"/can-bo/cau-hoi/{one.pk}/" in listed
    assert "Chờ trả lời" in listed
    answered = leader.post(
        f"/can-bo/cau-hoi/{one.pk}/", {"upheld": "no", "words": "Rà soát hộ nghèo theo kế hoạch."}
    )
    assert answered.status_code == 302
    told = person.get("/cau-hoi-cua-toi/").content.decode()
    assert "Rà soát hộ nghèo theo kế hoạch." in told
    assert "Lần xem đúng thẩm quyền" in told


def test_what_is_wrong_goes_to_whoever_registers_it(world: World) -> None:
    """Law 60/2014/QH13: civil status at the commune; Law 68/2020/QH14: residence at its police."""
    agency("H20.49", "Công an phường Bến Sen", Kind.POLICE, world.ward)
    person = opened_by(world.hanh)
    for group in ("birth", "residence"):
        assert person.post("/tro-giup/bao-sai/gui/", {"group": group, "words": WORDS}).status_code == 302
    sent = {one.subject: one.organisation for one in my_enquiries(hanh(world))}
    assert sent == {"field:birth": "H20.47", "field:residence": "H20.49"}

    again = person.post("/tro-giup/bao-sai/gui/", {"group": "birth", "words": WORDS})
    assert "đã gửi câu hỏi này rồi" in again.content.decode()
    assert my_enquiries(hanh(world)).count() == 2


@pytest.mark.parametrize("typed", [{"words": WORDS}, {"group": "birth"}, {"group": "salary", "words": WORDS}])
def test_half_a_report_is_shown_again_and_nothing_is_sent(world: World, typed: dict[str, str]) -> None:
    page = opened_by(world.hanh).post("/tro-giup/bao-sai/gui/", typed)

    assert page.status_code == 200
    assert "govuk-error-summary" in page.content.decode()
    assert not my_enquiries(hanh(world)).exists()


def test_unusual_readings_that_an_agency_answers_for_are_told_first_and_alike_ones_once(world: World) -> None:
    for _ in range(4):
        line = read_by_plan(world)
    warnings = opened_by(world.hanh).get("/du-lieu-cua-toi/").context["odd"]

    assert warnings[0].askable
    assert warnings[0].number <= line
    assert len({(row.agency, row.purpose) for row in warnings}) == len(warnings)


def test_another_persons_reading_is_not_there(world: World) -> None:
    line = read_by_plan(world)
    other = opened_by(world.nam)
    for address in (f"/du-lieu-cua-toi/hoi/access/{line}/", "/du-lieu-cua-toi/hoi/access/999999/"):
        assert other.get(address).status_code == 404
        assert other.post(address, {"words": WORDS}).status_code == 404
    assert NAM != HANH


def test_a_question_opens_to_its_agencys_leader_alone(world: World) -> None:
    line = read_by_plan(world)
    opened_by(world.hanh).post(f"/du-lieu-cua-toi/hoi/access/{line}/", {"words": WORDS})
    [one] = my_enquiries(hanh(world))
    address = f"/can-bo/cau-hoi/{one.pk}/"

    for role in (Role.RECEPTION, Role.HANDLER):
        assert opened_by(world.officers[role]).get(address).status_code == 404
    bad = opened_by(world.officers[Role.LEADER]).post(address, {"upheld": "", "words": "ngắn"})
    assert bad.status_code == 200
    assert "Chọn kết quả kiểm tra" in bad.content.decode()
