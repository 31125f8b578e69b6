"""Filing a birth registration, from the search to the receipt."""

import pytest

from lienthong.dossiers.public import Dossier, Draft, State
from portal.world import BIRTH, CHILD, World, drafted, filed, opened_by, reviewed

pytestmark = pytest.mark.django_db


def test_the_path_from_search_to_my_dossiers(world: World) -> None:
    hanh = opened_by(world.hanh)
    found = hanh.get("/", {"q": "lam giay khai sinh cho con"})
    assert found.context["found"][0].url == f"/dich-vu/{BIRTH}/"
    assert hanh.get(f"/dich-vu/{BIRTH}/").status_code == 200

    dossier = filed(hanh)

    assert dossier.state == State.FILED
    assert dossier.applicant_name == "Nguyễn Thị Minh Hạnh"
    receipt = hanh.get(f"/ho-so/{dossier.code}/da-gui/")
    assert dossier.code in receipt.content.decode()
    assert dossier.code in hanh.get("/ho-so/").content.decode()
    assert hanh.get(f"/ho-so/{dossier.code}/").status_code == 200


def test_what_the_state_knows_is_shown_and_not_asked(world: World) -> None:
    hanh = opened_by(world.hanh)
    key = drafted(hanh)

    page = hanh.get(f"/khai/{key}/to-khai/")

    html = page.content.decode()
    assert "Trần Văn Lộc" in html
    assert 'name="mother_name"' not in html
    assert 'name="requester_name"' not in html
    assert "099194004471" not in html  # masked
    assert "child_name" in page.context["form"].fields


def test_a_double_click_files_once(world: World) -> None:
    hanh = opened_by(world.hanh)
    key = reviewed(hanh)

    first = hanh.post(f"/khai/{key}/xem-lai/", {"agreed": "on"})
    second = hanh.post(f"/khai/{key}/xem-lai/", {"agreed": "on"})

    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1


def test_nothing_is_sent_without_the_declaration(world: World) -> None:
    hanh = opened_by(world.hanh)
    key = reviewed(hanh)
    review = hanh.get(f"/khai/{key}/xem-lai/")
    assert "checked" not in review.content.decode()

    answer = hanh.post(f"/khai/{key}/xem-lai/", {})

    assert "Đánh dấu vào ô xác nhận trước khi ký và gửi" in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_draft_keeps_what_was_typed_right_or_wrong(world: World) -> None:
    hanh = opened_by(world.hanh)
    key = drafted(hanh)

    hanh.post(
        f"/khai/{key}/to-khai/", {**CHILD, "child_birth_date_1": "13", "child_name": "", "act": "draft"}
    )

    html = hanh.get(f"/khai/{key}/to-khai/").content.decode()
    assert 'value="Bệnh viện Sản nhi tỉnh Đồng Tháp"' in html
    assert 'name="child_birth_date_1" value="13"' in html
    assert str(key) in hanh.get("/ho-so/").content.decode()


def test_a_draft_can_be_thrown_away(world: World) -> None:
    hanh = opened_by(world.hanh)
    key = drafted(hanh)

    hanh.post(f"/khai/{key}/xoa/")

    assert not Draft.objects.filter(pk=key).exists()


def test_a_question_that_an_answer_brings_up_is_asked_before_going_on(world: World) -> None:
    hanh = opened_by(world.hanh)
    key = drafted(hanh)
    asked = " ".join(hanh.get(f"/khai/{key}/to-khai/").context["form"].fields)
    assert "copies_count" not in asked

    page = hanh.post(f"/khai/{key}/to-khai/", {**CHILD, "copies_wanted": "true", "asked": asked, "act": "go"})

    assert page.status_code == 200
    assert page.context["form"].newly == ["copies_count"]
    assert not page.context["form"].errors
