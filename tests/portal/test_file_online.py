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


def test_a_marriage_that_the_register_knows_is_not_asked_about(world: World) -> None:
    """Hạnh and Lộc name each other as spouses; Nam, alone in the register, is asked."""
    asked = opened_by(world.hanh).get(f"/dich-vu/{BIRTH}/khai/").context["form"].questions
    assert "parents_married" not in asked
    assert "surrogacy" in asked
    assert "parents_married" in opened_by(world.nam).get(f"/dich-vu/{BIRTH}/khai/").context["form"].questions


def test_a_grandmother_is_not_taken_for_the_mother(world: World) -> None:
    """She may register the birth (NĐ 123/2015/NĐ-CP): the parents are then asked, not read from her record."""
    hanh = opened_by(world.hanh)
    key = drafted(hanh)
    page = hanh.get(f"/khai/{key}/to-khai/")
    asked = " ".join(q.hint.key for q in page.context["form"].questions)
    assert "mother_name" not in asked

    again = hanh.post(
        f"/khai/{key}/to-khai/", {**CHILD, "relation_to_child": "Bà", "asked": asked, "act": "go"}
    )
    assert "mother_name" in again.context["form"].newly
    everything = " ".join(q.hint.key for q in again.context["form"].questions)
    answer = hanh.post(
        f"/khai/{key}/to-khai/",
        {**CHILD, "relation_to_child": "Bà", "mother_name": "Trần Thị Lan", "asked": everything, "act": "go"},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert Draft.objects.get(pk=key).answers["mother_name"] == "Trần Thị Lan"

    changed = hanh.post(
        f"/khai/{key}/to-khai/", {**CHILD, "mother_name": "Lan", "asked": everything, "act": "go"}
    )
    assert changed.status_code == 302, changed.context["form"].errors
    assert "Trần Văn Lộc" in hanh.get(f"/khai/{key}/to-khai/").content.decode()


PASSPORT, STAY = "1.001456", "1.004194"


def test_what_the_fee_depends_on_is_asked_unless_the_form_asks_it(world: World) -> None:
    """TT 75/2022/TT-BTC: by list a person costs less, so the number of people is asked then, and only then."""
    hanh = opened_by(world.hanh)
    form = hanh.get(f"/dich-vu/{STAY}/khai/").context["form"]
    assert [q.kind for q in form.questions.values()][-2:] == ["boolean", "integer"]
    assert form["c_by_list"].initial == "no"
    posted = {"c_by_list": "yes", "c_people": "", "unit": world.ward.pk}
    asks = hanh.post(f"/dich-vu/{STAY}/khai/", posted)
    assert "c_people" in asks.context["form"].errors
    wrong = hanh.post(f"/dich-vu/{STAY}/khai/", {**posted, "c_people": "nhiều"})
    assert "Nhập một số, ví dụ 2" in wrong.content.decode()
    key = drafted(hanh, STAY, c_by_list="yes", c_people="3")
    assert Draft.objects.get(pk=key).choices["circumstances"]["people"] == 3
    assert hanh.get(f"/khai/{key}/truong-hop/").context["form"]["c_people"].value() == 3
    alone = drafted(hanh, STAY, c_by_list="no", c_people="")
    assert "people" not in Draft.objects.get(pk=alone).choices["circumstances"]
    assert "replacement" in hanh.get(f"/dich-vu/{PASSPORT}/khai/").context["form"].questions


def test_copies_named_in_the_form_are_paid_for(world: World) -> None:
    """TT 281/2016/TT-BTC: 8.000 đồng a copy; the form has said how many."""
    hanh = opened_by(world.hanh)
    key = drafted(hanh)
    hanh.post(f"/khai/{key}/to-khai/", {**CHILD, "copies_wanted": "true", "copies_count": "2", "act": "go"})
    assert hanh.get(f"/khai/{key}/xem-lai/").context["check"].quote.total == 16_000
