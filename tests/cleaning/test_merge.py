"""Two records of the register are found to be one person: 278/2025/NĐ-CP, article 15; Decree 137/2015/NĐ-CP, article 13."""

from typing import Any

import pytest

from lienthong.audit.public import entries_about
from lienthong.cleaning.public import (
    Case,
    ChangedMeanwhile,
    GroundNeeded,
    KeptNotNamed,
    Merge,
    MergeState,
    MoveNotAllowed,
    NoSuchMerge,
    SecondPairOfEyes,
    TwoRecordsNeeded,
    confirm_merge,
    keep_apart,
    merge_of,
    merges_for,
    open_cases,
    open_merge,
    propose_merge,
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
    Person,
    Purpose,
    Sex,
    add_people,
    departures,
    find_person,
    life_of,
)
from registries.world import HANH, LOC, NAM, World, opened_by, possible, stored

pytestmark = pytest.mark.django_db
TWIN, OLD = "099194009993", "024681357"
GROUND = "Cùng một giấy khai sinh"


@pytest.fixture
def twin(world: World) -> str:
    """Hạnh once more: the year of birth only, with an old number."""
    add_people(
        [
            NewPerson(
                personal_number=TWIN, full_name="Nguyễn Thị Minh Hạnh", birth=PartialDate(1994), sex=Sex.FEMALE,
                residence_unit=world.far.pk, residence_detail="Tổ 2", old_number=OLD, father_name="Nguyễn Văn Hai",
            )
        ],
        by=system("test"),
    )  # fmt: skip
    return TWIN


def opened(world: World, who: str = "ward", numbers: tuple[str, ...] = (HANH, TWIN)) -> Merge:
    return open_merge(numbers=list(numbers), by=world.actor(who))


def proposed(world: World) -> Merge:
    merge = opened(world)
    return propose_merge(merge=merge.pk, kept=HANH, ground=GROUND, by=world.actor("ward"))


@pytest.mark.usefixtures("twin")
def test_a_merge_holds_when_another_steward_confirms_it_and_the_register_says_why(world: World) -> None:
    merge = proposed(world)
    assert Person.objects.get(pk=TWIN).continued_as == ""
    with pytest.raises(SecondPairOfEyes):
        confirm_merge(merge=merge.pk, ground=GROUND, by=world.actor("ward"))

    confirm_merge(merge=merge.pk, ground="Đã xem sổ hộ tịch", by=world.actor("nation"))

    kept = Person.objects.get(pk=HANH)
    assert Person.objects.get(pk=TWIN).continued_as == HANH
    assert (kept.father_name, kept.old_numbers) == ("Nguyễn Văn Hai", (OLD,))
    life = life_of(TWIN, purpose=Purpose.REVIEW, basis="thử", by=world.actor("nation"))
    [line] = [one for one in life if one.kind is EventKind.CONTINUATION]
    assert line.source == f"decision:merge/{merge.pk}"
    assert f"đề nghị gộp số {merge.pk}" in line.basis
    events = [entry.event for entry in entries_about(f"merge:{merge.pk}")]
    assert events == ["cleaning.MergeActed"] * 3
    assert list(departures()) == []
    found = find_person(OLD, purpose=Purpose.REVIEW, basis="thử", by=world.actor("ward"))
    assert [one.pk for one in found] == [HANH]


@pytest.mark.usefixtures("twin")
def test_a_merge_is_undone_and_both_records_are_as_before(world: World) -> None:
    merge = proposed(world)
    confirm_merge(merge=merge.pk, ground=GROUND, by=world.actor("nation"))
    undo_merge(merge=merge.pk, ground="Hai người trùng tên", by=world.actor("ward"))
    merge.refresh_from_db()
    assert (merge.state, merge.kept, merge.proposed_by) == (MergeState.OPEN, "", "")
    kept, other = Person.objects.get(pk=HANH), Person.objects.get(pk=TWIN)
    assert (kept.father_name, kept.old_numbers, other.continued_as) == ("", (), "")
    acts = [
        (line.act, line.before, line.after, line.life_act is not None)
        for line in merge.ledger.order_by("number")
    ]
    assert acts == [
        ("open", "", "open", False), ("propose", "open", "proposed", False),
        ("confirm", "proposed", "merged", True), ("undo", "merged", "open", True),
    ]  # fmt: skip
    assert list(departures()) == []


@pytest.mark.usefixtures("twin")
def test_the_second_steward_may_disagree_and_two_people_stay_two(world: World) -> None:
    merge = proposed(world)
    turn_down_merge(merge=merge.pk, ground="Khác cha mẹ", by=world.actor("far"))
    keep_apart(merge=merge.pk, ground="Khác cha mẹ", by=world.actor("far"))
    merge.refresh_from_db()
    assert merge.state == MergeState.APART
    with pytest.raises(MoveNotAllowed):
        propose_merge(merge=merge.pk, kept=HANH, ground=GROUND, by=world.actor("ward"))
    assert Person.objects.get(pk=TWIN).continued_as == ""
    undo_merge(merge=merge.pk, ground="Xem lại giấy tờ", by=world.actor("ward"))
    assert merge_of(merge.pk, by=world.actor("ward")).state == MergeState.OPEN


@pytest.mark.usefixtures("twin")
def test_asked_twice_it_is_one_question_and_an_old_number_leads_there_too(world: World) -> None:
    merge = opened(world)
    assert opened(world, "nation", (OLD, HANH)) == merge
    assert merge.ledger.count() == 1
    purposes = set(Access.objects.filter(person__in=[HANH, TWIN]).values_list("person", "purpose"))
    assert purposes == {(HANH, "review"), (TWIN, "review")}


@pytest.mark.parametrize(("numbers", "count"), [((HANH, ""), 1), ((HANH, HANH), 1)])
def test_exactly_two_records_are_compared(world: World, numbers: tuple[str, ...], count: int) -> None:
    with pytest.raises(TwoRecordsNeeded, match=str(count)):
        opened(world, "nation", numbers)
    assert Access.objects.filter(person=HANH).exists(), "what was told of her is told to her"


@pytest.mark.usefixtures("twin")
def test_nobody_is_asked_to_confirm_what_cannot_be(world: World) -> None:
    """A man and a woman, or two days of birth, are not one person; and a proposal says which is kept, and why."""
    nation = world.actor("nation")
    merge = opened(world, "nation", (HANH, LOC))
    with pytest.raises(CannotMerge):
        propose_merge(merge=merge.pk, kept=HANH, ground=GROUND, by=nation)
    other = opened(world)
    with pytest.raises(KeptNotNamed):
        propose_merge(merge=other.pk, kept=NAM, ground=GROUND, by=nation)
    with pytest.raises(GroundNeeded):
        propose_merge(merge=other.pk, kept=HANH, ground="ừ", by=nation)
    assert set(Merge.objects.values_list("state", flat=True)) == {"open"}
    assert Person.objects.get(pk=TWIN).continued_as == ""


@pytest.mark.usefixtures("twin")
def test_of_two_stewards_the_second_is_told_who_was_first(world: World) -> None:
    merge = opened(world)
    propose_merge(merge=merge.pk, kept=HANH, ground=GROUND, by=world.actor("ward"), seen=1)
    with pytest.raises(ChangedMeanwhile) as told:
        keep_apart(merge=merge.pk, ground=GROUND, by=world.actor("nation"), seen=1)
    assert "Cán bộ ward" in str(told.value)


@pytest.mark.usefixtures("twin")
@pytest.mark.parametrize("who", ["keeper", "owner", "leader", "committee"])
def test_only_stewards_of_either_place_or_of_the_country_ask_and_answer(world: World, who: str) -> None:
    merge, by = proposed(world), world.actor(who)
    acts: list[Any] = [confirm_merge, turn_down_merge, keep_apart, undo_merge]
    for act in acts:
        with pytest.raises(NotAllowed) as refused:
            act(merge=merge.pk, ground=GROUND, by=by)
        assert refused.value.status == 404
    with pytest.raises(NotAllowed):
        propose_merge(merge=merge.pk, kept=HANH, ground=GROUND, by=by)
    with pytest.raises(NotAllowed):
        merge_of(merge.pk, by=by)
    with pytest.raises(NotAllowed):
        opened(world, who)
    with pytest.raises(NoSuchMerge):
        confirm_merge(merge=0, ground=GROUND, by=by)


@pytest.mark.usefixtures("twin")
def test_each_sees_the_pairs_of_his_place(world: World) -> None:
    merge = opened(world)
    apart = opened(world, "nation", (LOC, HANH))
    assert list(merges_for(world.actor("far"))) == [merge]
    assert set(merges_for(world.actor("ward"))) == {merge, apart}
    assert list(merges_for(world.actor("keeper"))) == []


# ---- on the page


@pytest.mark.usefixtures("twin")
def test_from_two_numbers_to_a_merge_and_back_on_the_page(world: World) -> None:
    ward, nation = opened_by(world.accounts["ward"]), opened_by(world.accounts["nation"])
    address = ward.post("/du-lieu/gop/so-sanh/", {"one": f"{HANH[:3]} {HANH[3:]}", "other": OLD})["Location"]
    page = ward.get(address).content.decode()
    assert "một bên chỉ biết năm hoặc tháng" in page
    assert HANH not in page
    assert TWIN not in page
    assert ward.post(f"{address}de-nghi/", {"seen": 1, "ground": GROUND}).status_code == 422

    ward.post(f"{address}de-nghi/", {"seen": 1, "kept": "one", "ground": GROUND})
    assert "Rút lại đề nghị" in ward.get(address).content.decode()
    assert ward.post(f"{address}xac-nhan/", {"seen": 2, "ground": GROUND}).status_code == 422
    assert "Xác nhận gộp" in nation.get(address).content.decode()
    nation.post(f"{address}xac-nhan/", {"seen": 2, "ground": GROUND})
    assert Person.objects.get(pk=TWIN).continued_as == HANH
    assert "Đã gộp" in ward.get("/du-lieu/gop/").content.decode()
    readings = Access.objects.filter(person=TWIN).count()
    assert "Giữ bản ghi 1" in ward.get(address).content.decode()
    assert Access.objects.filter(person=TWIN).count() == readings
    nation.post(f"{address}hoan-tac/", {"seen": 3, "ground": "Hai người trùng tên"})
    assert Person.objects.get(pk=TWIN).continued_as == ""


def test_a_number_that_leads_nowhere_is_told(world: World) -> None:
    ward = opened_by(world.accounts["ward"])
    answer = ward.post("/du-lieu/gop/so-sanh/", {"one": HANH, "other": "099194000000"})
    assert answer.status_code == 422
    assert ward.get("/du-lieu/gop/").status_code == 200
    assert opened_by(world.accounts["far"]).get("/du-lieu/gop/1/").status_code == 404


@pytest.mark.usefixtures("twin")
def test_whoever_comes_from_a_case_need_not_type_its_persons_number(world: World) -> None:
    batch = stored(world, [possible()])
    open_cases(batch=batch, by=system("cleaning"))
    case = Case.objects.get(batch=batch)
    ward = opened_by(world.accounts["ward"])
    assert f"/du-lieu/gop/?viec={case.pk}" in ward.get(f"/du-lieu/viec/{case.pk}/").content.decode()
    page = ward.get(f"/du-lieu/gop/?viec={case.pk}").content.decode()
    assert "Số còn lại của người này" in page
    assert HANH not in page
    ward.post(f"/du-lieu/gop/so-sanh/?viec={case.pk}", {"other": OLD})
    assert Merge.objects.filter(one=HANH, other=TWIN).exists()
    far = opened_by(world.accounts["far"])
    assert far.get(f"/du-lieu/gop/?viec={case.pk}").status_code == 404
