"""A steward records that a person was given another personal number: Decree 137/2015/NĐ-CP, article 14."""

from datetime import date

import pytest
from django.test import Client

from lienthong.cleaning.public import (
    ChangedMeanwhile,
    Merge,
    MergeState,
    Paper,
    PaperNeeded,
    SecondPairOfEyes,
    confirm_merge,
    keep_apart,
    open_merge,
    propose_merge,
    propose_renumbering,
    turn_down_merge,
    undo_merge,
)
from lienthong.identity.public import NotAllowed, system
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import (
    Access,
    CannotMerge,
    EventKind,
    NewPerson,
    NoNewNumberNeeded,
    NumberInRegister,
    Person,
    Purpose,
    Sex,
    add_people,
    departures,
    life_of,
)
from registries.world import HANH, LOC, NAM, World, opened_by

pytestmark = pytest.mark.django_db
BASIS = "kế hoạch 42/KH-UBND"
GROUND = "Cải chính năm sinh theo giấy chứng sinh"
PAPER = Paper("decision", "12/QĐ-UBND phường Bến Sen", date(2026, 11, 5))
TYPED = {
    "birth_0": "14", "birth_1": "2", "birth_2": "1993", "sex": "", "paper_kind": "decision",
    "paper_number": "12/QĐ-UBND phường Bến Sen", "paper_on_0": "5", "paper_on_1": "11", "paper_on_2": "2026",
    "given": "", "ground": GROUND, "seen": "0",
}  # fmt: skip


def proposed(world: World, who: str = "ward", **more: str) -> Merge:
    facts = {"number": HANH, "changes": {"birth": "1993-02-14"}, "paper": PAPER, "ground": GROUND}
    return propose_renumbering(**{**facts, **more, "by": world.actor(who)})


def address_of(number: str) -> str:
    return f"/du-lieu/nguoi/{Person.objects.get(pk=number).ref}/"


def with_basis(client: Client) -> Client:
    client.post("/du-lieu/nguoi/", {"typed": HANH, "basis": BASIS})
    return client


def test_from_the_page_of_a_person_to_the_new_number_and_to_each_day_its_number(world: World) -> None:
    ward, nation = (
        with_basis(opened_by(world.accounts["ward"])),
        with_basis(opened_by(world.accounts["nation"])),
    )
    page = ward.get(address_of(HANH)).content.decode()
    assert f"{address_of(HANH)}so-moi/" in page

    form = ward.get(f"{address_of(HANH)}so-moi/").content.decode()
    assert "14/02/1994" in form
    assert HANH not in form
    refused = ward.post(f"{address_of(HANH)}so-moi/", {**TYPED, "paper_number": ""})
    assert refused.status_code == 422
    assert "số hiệu và ngày của giấy tờ" in refused.content.decode()
    question = ward.post(f"{address_of(HANH)}so-moi/", TYPED)["Location"]
    assert "Đang hỏi về số định danh này" in ward.get(address_of(HANH)).content.decode()
    assert Person.objects.get(pk=HANH).continued_as == ""

    assert ward.post(f"{question}xac-nhan/", {"seen": 2, "ground": GROUND}).status_code == 422
    shown = nation.get(question).content.decode()
    assert "Quyết định 12/QĐ-UBND phường Bến Sen, ngày 05/11/2026" in shown
    assert "<mark>14/02/1993</mark>" in shown
    assert "Xác nhận số mới" in shown
    nation.post(f"{question}xac-nhan/", {"seen": 2, "ground": "Đã xem bản gốc"})

    new = Person.objects.get(pk=HANH).continued_as
    assert new[:6] == "099193"
    mask = f"•••• •••• {new[-4:]}"
    before = nation.get(f"{address_of(new)}?ngay_0=4&ngay_1=11&ngay_2=2026").content.decode()
    assert "Vào ngày 04/11/2026 người này mang số •••• •••• 4471" in before
    assert "14/02/1994" in before
    after = nation.get(f"{address_of(new)}?ngay_0=5&ngay_1=11&ngay_2=2026").content.decode()
    assert "14/02/1993" in after
    assert "quyết định 12/QĐ-UBND phường Bến Sen" in after
    assert f"{GROUND}; Đã xem bản gốc (giấy tờ ngày 05/11/2026, đề nghị đổi số" in after
    assert mask in after
    old = nation.get(address_of(HANH)).content.decode()
    assert f"tiếp tục ở số {mask}" in old
    assert "so-moi" not in old
    life = nation.get(f"{address_of(new)}?xem=doi-song").content.decode()
    assert "Cấp số định danh mới" in life
    assert '<span class="num">•••• •••• 4471</span>' in life
    assert list(departures()) == []

    ward.post(f"{question}hoan-tac/", {"seen": 3, "ground": "Quyết định bị thu hồi"})
    assert (Person.objects.get(pk=HANH).continued_as, Person.objects.get(pk=new).continued_as) == ("", HANH)


def test_what_is_proposed_stands_in_the_ledger_and_the_register_says_by_which_paper(world: World) -> None:
    merge = proposed(world)
    with pytest.raises(SecondPairOfEyes):
        confirm_merge(merge=merge.pk, ground=GROUND, by=world.actor("ward"))
    confirm_merge(merge=merge.pk, ground="Đã xem bản gốc", by=world.actor("nation"))
    merge.refresh_from_db()
    lines = list(merge.ledger.order_by("number").values_list("act", "paper", "paper_on", "changes", "kept"))
    assert [line[0] for line in lines] == ["open", "propose", "confirm"]
    assert lines[1][1:] == (PAPER.source, PAPER.on, {"birth": "1993-02-14"}, "")
    assert lines[2][4] == merge.kept == Person.objects.get(pk=HANH).continued_as
    [line] = life_of(merge.kept, purpose=Purpose.REVIEW, basis="thử", by=world.actor("nation"))
    assert (line.kind, line.source, str(line.day)) == (EventKind.RENUMBERING, PAPER.source, "05/11/2026")


def test_turned_down_it_is_proposed_anew_or_the_number_stays(world: World) -> None:
    merge, ward, nation = proposed(world), world.actor("ward"), world.actor("nation")
    turn_down_merge(merge=merge.pk, ground="Chưa thấy bản gốc", by=nation)
    client = opened_by(world.accounts["ward"])
    page = client.get(f"/du-lieu/gop/{merge.pk}/").content.decode()
    assert 'value="1993"' in page
    assert "Chờ giấy tờ rõ hơn" in page
    client.post(f"/du-lieu/gop/{merge.pk}/doi-so/", {**TYPED, "birth_2": "1992", "seen": 3})
    merge.refresh_from_db()
    assert (merge.state, merge.changes) == (MergeState.PROPOSED, {"birth": "1992-02-14"})
    assert proposed_again_is_refused(world)
    turn_down_merge(merge=merge.pk, ground="Chưa thấy bản gốc", by=nation)
    keep_apart(merge=merge.pk, ground="Quyết định đã bị thu hồi", by=nation)
    assert "Giữ số đang dùng" in client.get(f"/du-lieu/gop/{merge.pk}/").content.decode()
    undo_merge(merge=merge.pk, ground="Xem lại giấy tờ", by=ward)
    merge.refresh_from_db()
    assert merge.state == MergeState.OPEN


def proposed_again_is_refused(world: World) -> bool:
    """One question a number: a second proposal does not slip in under the eyes of whoever confirms the first."""
    client = with_basis(opened_by(world.accounts["nation"]))
    answer = client.post(f"{address_of(HANH)}so-moi/", TYPED)
    return answer.status_code == 422 and "không làm như vậy được nữa" in answer.content.decode()


def test_of_two_stewards_the_second_is_told_who_was_first(world: World) -> None:
    merge = proposed(world)
    turn_down_merge(merge=merge.pk, ground="Chưa thấy bản gốc", by=world.actor("nation"), seen=2)
    with pytest.raises(ChangedMeanwhile, match="không đồng ý ghi số mới"):
        confirm_merge(merge=merge.pk, ground=GROUND, by=world.actor("nation"), seen=2)


def test_nobody_is_asked_to_confirm_what_cannot_be(world: World) -> None:
    with pytest.raises(NoNewNumberNeeded):
        proposed(world, changes={"birth": "1994-03-14"})
    with pytest.raises(NumberInRegister):
        proposed(world, changes={"birth": "1988-02-14", "sex": "male"}, given=NAM)
    with pytest.raises(PaperNeeded):
        proposed(world, paper=None)
    assert not Merge.objects.exists()


@pytest.mark.parametrize("number", ["merge/1", "renumbering/7", " "])
def test_a_paper_cannot_pass_for_a_question_of_ours(world: World, number: str) -> None:
    with pytest.raises(PaperNeeded):
        proposed(world, paper=Paper("decision", number, date(2026, 11, 5)))


@pytest.mark.parametrize("who", ["far", "keeper", "owner", "leader", "committee"])
def test_another_agency_neither_asks_nor_answers(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        proposed(world, who)
    merge = proposed(world)
    with pytest.raises(NotAllowed):
        confirm_merge(merge=merge.pk, ground=GROUND, by=world.actor(who))
    client = with_basis(opened_by(world.accounts[who]))
    expected = {"far": 404, "keeper": 404}.get(who, 403)
    assert client.get(f"{address_of(HANH)}so-moi/").status_code in {expected, 404}
    assert client.post(f"{address_of(HANH)}so-moi/", TYPED).status_code in {expected, 404}
    assert "so-moi" not in client.get(address_of(HANH)).content.decode()


def test_a_citizen_and_nobody_signed_in_do_not_come_in(world: World) -> None:
    address = f"{address_of(HANH)}so-moi/"
    assert opened_by(world.accounts["citizen"]).get(address).status_code == 403
    assert opened_by(world.accounts["citizen"]).post(address, TYPED).status_code == 403
    assert opened_by(None).get(address)["Location"].startswith("/dang-nhap/can-bo/")
    ward = opened_by(world.accounts["ward"])
    assert ward.get(address)["Location"] == "/du-lieu/nguoi/"
    assert not Access.objects.exists()


# ---- two records of two years: one person only by a paper


def two_years(world: World) -> Merge:
    facts = {"full_name": "Trần Văn Lộc", "birth": PartialDate(1981, 6, 20), "sex": Sex.MALE}
    add_people(
        [NewPerson(personal_number="099081000938", residence_unit=world.ward.pk, **facts)], by=system("test")
    )
    return open_merge(numbers=[LOC, "099081000938"], by=world.actor("ward"))


def test_two_records_of_two_years_are_merged_by_a_paper_alone(world: World) -> None:
    merge, ward = two_years(world), opened_by(world.accounts["ward"])
    address = f"/du-lieu/gop/{merge.pk}/"
    page = ward.get(address).content.decode()
    assert "Loại giấy tờ" in page
    assert 'value="birth"' not in page
    answer = {"seen": 1, "kept": "other", "ground": GROUND}
    refused = ward.post(f"{address}de-nghi/", answer)
    assert refused.status_code == 422
    assert "Chỉ gộp khi có giấy tờ" in refused.content.decode()
    paper = {name: TYPED[name] for name in TYPED if name.startswith("paper")}
    ward.post(f"{address}de-nghi/", {**answer, **paper, "paper_kind": "book"})
    confirm_merge(merge=merge.pk, ground="Đã xem sổ gốc", by=world.actor("nation"))
    assert Person.objects.get(pk="099081000938").continued_as == LOC
    life = life_of("099081000938", purpose=Purpose.REVIEW, basis="thử", by=world.actor("nation"))
    assert [one.source for one in life if one.kind is EventKind.CONTINUATION] == [
        "book:12/QĐ-UBND phường Bến Sen"
    ]


def test_without_a_paper_the_action_refuses_two_years_whatever_the_page_showed(world: World) -> None:
    with pytest.raises(CannotMerge):
        propose_merge(merge=two_years(world).pk, kept=LOC, ground=GROUND, by=world.actor("ward"))
