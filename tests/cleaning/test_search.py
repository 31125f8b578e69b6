"""The register searched for people who are in it twice: questions for two stewards, never an answer of the machine's."""

from functools import partial
from typing import Any

import pytest

from lienthong.audit.public import Entry
from lienthong.cleaning.actions import searching
from lienthong.cleaning.public import (
    DuplicateSearch,
    Merge,
    MergeState,
    confirm_merge,
    evidence_of,
    find_duplicates,
    keep_apart,
    latest_search,
    merge_counts,
    merges_for,
    next_merge,
    open_merge,
    propose_merge,
    turn_down_merge,
)
from lienthong.data.duplicates import Settings, search
from lienthong.identity.public import Actor, NotAllowed, system
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import (
    Access,
    NewPerson,
    Person,
    Sex,
    accesses_of,
    add_people,
    correct_person,
    merge_people,
)
from registries.world import HANH, LOC, World, opened_by

pytestmark = pytest.mark.django_db
TWICE, THRICE, TWIN = "099091500938", "099091700100", "099091000939"
GROUND = "Cùng một giấy khai sinh"
WORKER = system("cleaning")


def entered(world: World, number: str, **more: Any) -> None:
    facts = {
        "full_name": "Trần Văn Lộc", "birth": PartialDate(1991, 6, 20), "mother_name": "Lê Thị Út",
        "residence_unit": world.ward.pk, "residence_detail": "Tổ 9",
    }  # fmt: skip
    add_people([NewPerson(personal_number=number, sex=Sex.MALE, **{**facts, **more})], by=WORKER)


@pytest.fixture
def twice(world: World) -> World:
    """Lộc once more, his mother's name without its marks."""
    entered(world, TWICE, mother_name="LE THI UT")
    return world


def test_a_pair_that_is_found_becomes_a_question_with_its_evidence_and_nothing_is_merged(
    twice: World,
) -> None:
    done = find_duplicates(by=twice.actor("nation"))

    merge = Merge.objects.get()
    assert (merge.one, merge.other, merge.state) == (LOC, TWICE, "open")
    assert (merge.one_unit, merge.other_unit, merge.acts) == (twice.ward, twice.ward, 1)
    assert (merge.weight or 0) > 3
    told = {one.field: one.level for one in evidence_of(merge)}
    assert (told["full_name"], told["birth"], told["mother_name"]) == ("same", "same", "marks")
    assert "Lộc" not in str(merge.evidence)
    assert Person.objects.get(pk=TWICE).continued_as == ""
    assert (done.people, done.pairs, done.opened, done.lapsed) == (5, 1, 1, 0)
    assert latest_search() == done
    line = merge.ledger.get()
    assert (line.act, line.actor) == ("find", "system:cleaning")
    assert Entry.objects.filter(event="cleaning.DuplicatesSearched").count() == 1


@pytest.mark.usefixtures("twice")
def test_everybody_who_was_read_sees_the_search_once(world: World) -> None:
    find_duplicates(by=world.actor("nation"))
    account = world.accounts["citizen"]
    (line,) = accesses_of(HANH, by=Actor(account.reference, account.pk, HANH, account.name, 2)).lines
    assert line.is_bulk
    assert "dò người có hai bản ghi" in line.basis
    assert not Access.objects.exists()


def test_searched_again_it_is_the_same_question_and_an_answer_stays(twice: World) -> None:
    nation, ward = twice.actor("nation"), twice.actor("ward")
    find_duplicates(by=nation)
    again = find_duplicates(by=nation)
    merge = Merge.objects.get()
    assert (again.pairs, again.opened, merge.ledger.count()) == (1, 0, 1)

    keep_apart(merge=merge.pk, ground="Hai anh em họ trùng tên", by=ward)
    find_duplicates(by=nation)
    merge.refresh_from_db()
    assert merge.state == MergeState.APART


def test_what_is_corrected_meanwhile_lapses_and_comes_back_when_it_looks_alike_again(twice: World) -> None:
    nation = twice.actor("nation")
    find_duplicates(by=nation)
    telling = {"source": "book:12/1991", "basis": "Sổ gốc", "by": twice.actor("ward")}
    correct_person(TWICE, "full_name", "Bùi Quang Huy", **telling)
    assert find_duplicates(by=nation).lapsed == 1
    merge = Merge.objects.get()
    assert merge.state == MergeState.LAPSED
    assert merge_counts(nation)[MergeState.LAPSED] == 1

    correct_person(TWICE, "full_name", "Trần Văn Lộc", **telling)
    assert find_duplicates(by=nation).opened == 1
    merge.refresh_from_db()
    assert (merge.state, merge.ledger.count()) == (MergeState.OPEN, 3)
    correct_person(TWICE, "full_name", "Bùi Quang Huy", **telling)
    find_duplicates(by=nation)
    assert open_merge(numbers=[LOC, TWICE], by=nation).state == MergeState.OPEN


def test_what_a_steward_asked_about_does_not_lapse(twice: World) -> None:
    nation, ward = twice.actor("nation"), twice.actor("ward")
    asked = open_merge(numbers=[HANH, TWICE], by=ward)
    find_duplicates(by=nation)
    found = Merge.objects.get(one=LOC)
    propose_merge(merge=found.pk, kept=LOC, ground=GROUND, by=ward)
    turn_down_merge(merge=found.pk, ground="Chưa đủ giấy tờ", by=nation)
    correct_person(TWICE, "full_name", "Bùi Quang Huy", source="book:1", basis="Sổ gốc", by=ward)
    assert find_duplicates(by=nation).lapsed == 0
    assert set(Merge.objects.values_list("pk", "state")) == {(asked.pk, "open"), (found.pk, "open")}


def test_what_was_only_cut_off_a_long_list_does_not_lapse(
    twice: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered(twice, THRICE)
    nation = twice.actor("nation")
    assert find_duplicates(by=nation).pairs == 3
    shorter = partial(search, settings=Settings(most=1))
    monkeypatch.setattr(searching, "search", shorter)
    again = find_duplicates(by=nation)
    assert (again.pairs, again.cut, again.lapsed) == (1, 2, 0)


def test_merged_the_other_questions_about_the_cancelled_number_lapse(twice: World) -> None:
    """Three records of one person: once two are one, the third is compared with the one that goes on."""
    entered(twice, THRICE)
    nation, ward = twice.actor("nation"), twice.actor("ward")
    assert find_duplicates(by=nation).pairs == 3
    merge = Merge.objects.get(one=LOC, other=TWICE)
    propose_merge(merge=merge.pk, kept=LOC, ground=GROUND, by=ward)
    waiting = Merge.objects.get(one=TWICE, other=THRICE)
    propose_merge(merge=waiting.pk, kept=TWICE, ground=GROUND, by=ward)
    confirm_merge(merge=merge.pk, ground=GROUND, by=nation)
    states = dict(Merge.objects.values_list("other", "state").exclude(one=TWICE))
    assert states == {TWICE: "merged", THRICE: "open"}
    waiting.refresh_from_db()
    assert (waiting.state, waiting.kept, waiting.proposed_by) == (MergeState.LAPSED, "", "")
    assert find_duplicates(by=nation).opened == 0


def test_what_still_asks_about_a_number_that_is_no_more_lapses_whoever_asked(twice: World) -> None:
    """Left over where two stewards confirmed two questions about one number at the same moment."""
    entered(twice, THRICE)
    nation, ward = twice.actor("nation"), twice.actor("ward")
    asked = open_merge(numbers=[TWICE, THRICE], by=ward)
    propose_merge(merge=asked.pk, kept=TWICE, ground=GROUND, by=ward)
    merge_people(LOC, TWICE, source="decision:1", basis="x", by=ward)
    find_duplicates(by=nation)
    asked.refresh_from_db()
    assert (asked.state, asked.proposed_by) == (MergeState.LAPSED, "")


def test_day_and_month_in_each_others_place_are_merged_with_the_day_that_is_right(world: World) -> None:
    """The register cannot know which is right: the steward says it, with the paper that shows it."""
    entered(world, TWICE, full_name="Võ Minh Trí", birth=PartialDate(1991, 3, 7), old_number="024681357")
    entered(world, THRICE, full_name="Võ Minh Trí", birth=PartialDate(1991, 7, 3), old_number="024681357")
    nation, ward = world.actor("nation"), world.actor("ward")
    find_duplicates(by=nation)
    merge = Merge.objects.get()
    propose_merge(merge=merge.pk, kept=TWICE, taken=["birth"], ground="Giấy khai sinh ghi 03/7", by=ward)
    confirm_merge(merge=merge.pk, ground=GROUND, by=nation)
    assert Person.objects.get(pk=TWICE).birth == PartialDate(1991, 7, 3)
    assert merge.ledger.get(act="propose").taken == ["birth"]


def test_the_heaviest_comes_first_and_what_waits_for_the_second_pair_of_eyes_before_it(twice: World) -> None:
    entered(twice, THRICE, full_name="Bùi Quang Huy", mother_name="Vũ Thị Na")
    entered(twice, "099091700111", full_name="Bùi Quang Huy", mother_name="")
    nation, ward = twice.actor("nation"), twice.actor("ward")
    find_duplicates(by=nation)
    heavy, light = merges_for(nation)
    assert (heavy.other, light.other) == (TWICE, "099091700111")
    assert (heavy.weight or 0) > (light.weight or 0)
    assert next_merge(heavy, by=ward) == light.pk
    propose_merge(merge=light.pk, kept=THRICE, ground=GROUND, by=ward)
    assert [one.pk for one in merges_for(nation)] == [light.pk, heavy.pk]
    assert list(merges_for(nation, state="open")) == [heavy]
    assert (next_merge(heavy, by=ward), next_merge(heavy, by=nation)) == (None, light.pk)
    assert list(merges_for(twice.actor("far"))) == []


def test_twins_are_recognised_and_nobody_is_asked_about_them(world: World) -> None:
    entered(world, TWICE, full_name="Lý Ngọc Anh")
    entered(world, f"{int(TWICE) + 1:012}", full_name="Lý Ngọc Ánh")
    assert find_duplicates(by=world.actor("nation")).twins == 1
    assert not Merge.objects.exists()


@pytest.mark.parametrize("who", ["ward", "keeper", "owner", "leader", "committee"])
def test_only_the_countrys_steward_or_the_platform_searches_everybody(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        find_duplicates(by=world.actor(who))


def test_killed_before_its_end_nothing_of_it_is_there(twice: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_asked: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(searching, "_lapse", killed)
    with pytest.raises(KeyboardInterrupt):
        find_duplicates(by=twice.actor("nation"))
    assert not Merge.objects.exists()
    assert not DuplicateSearch.objects.exists()


# ---- on the page


def test_from_the_search_to_the_merge_on_the_page(twice: World) -> None:
    ward, nation = opened_by(twice.accounts["ward"]), opened_by(twice.accounts["nation"])
    assert ward.post("/du-lieu/gop/do/").status_code == 403
    find_duplicates(by=twice.actor("nation"))
    merge = Merge.objects.get()
    page = ward.get("/du-lieu/gop/").content.decode()
    assert "Họ tên trùng, ngày sinh trùng, họ tên mẹ chỉ khác dấu" in page
    assert "Dò lại toàn bộ dân cư" not in page
    assert "Trần Văn Lộc" not in page
    assert "Dò lại toàn bộ dân cư" in nation.get("/du-lieu/gop/?trang-thai=open").content.decode()
    assert "Không có cặp bản ghi nào như vậy." in ward.get("/du-lieu/gop/?trang-thai=merged").content.decode()

    address = f"/du-lieu/gop/{merge.pk}/"
    shown = ward.get(address).content.decode()
    assert "trong dân cư có 2 bản ghi mang họ tên này" in shown
    assert "Máy tìm thấy khi dò người trùng" in shown
    assert 'value="mother_name"' in shown
    assert 'value="birth"' not in shown
    answer = {"seen": 1, "kept": "other", "taken": ["mother_name"], "ground": GROUND}
    ward.post(f"{address}de-nghi/", answer)
    assert "lấy theo bản ghi bị hủy: họ và tên mẹ" in nation.get(address).content.decode()
    nation.post(f"{address}xac-nhan/", {"seen": 2, "ground": GROUND})
    assert Person.objects.get(pk=TWICE).mother_name == "Lê Thị Út"
    assert Person.objects.get(pk=LOC).continued_as == TWICE


def test_an_answer_leads_to_the_next_question(twice: World) -> None:
    entered(twice, THRICE)
    find_duplicates(by=twice.actor("nation"))
    first, second, _third = merges_for(twice.actor("ward"))
    ward = opened_by(twice.accounts["ward"])
    answer = ward.post(f"/du-lieu/gop/{first.pk}/khac-nhau/", {"seen": 1, "ground": "Hai người trùng tên"})
    assert answer["Location"] == f"/du-lieu/gop/{second.pk}/"
    assert f'href="/du-lieu/gop/{second.pk}/"' in ward.get(f"/du-lieu/gop/{first.pk}/").content.decode()
