"""A steward decides, another confirms, a decision is taken back, two meet on one case."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.utils import timezone

from lienthong.audit.public import entries_about
from lienthong.cleaning.public import (
    Act,
    Case,
    CaseAct,
    CaseState,
    ChangedMeanwhile,
    Choice,
    ChoiceNotOffered,
    GroundNeeded,
    MoveNotAllowed,
    NotACandidate,
    SecondPairOfEyes,
    answer_case,
    compare_people,
    confirm_case,
    decide_case,
    open_cases,
    promise_fix,
    turn_down_case,
    undo_case,
)
from lienthong.identity.public import ANONYMOUS, NotAllowed, allowed, system
from lienthong.kit.calendar import VIETNAM
from lienthong.kit.partial_dates import PartialDate
from lienthong.population.public import Person, Purpose, life_of, read_person, renumber_person
from lienthong.registries.public import Change, Record
from registries.world import BAY, HANH, LOC, NAM, World, conflict, duplicate, matched, possible, stored

pytestmark = pytest.mark.django_db
GROUND = "Đã xem sổ gốc, tên mẹ trùng"
WORKER = system("cleaning")


def opened(world: World, *rows: dict[str, object]) -> list[Case]:
    batch = stored(world, rows)
    open_cases(batch=batch, by=WORKER)
    return list(Case.objects.filter(batch=batch).select_related("record").order_by("pk"))


LATER = conflict(values={**conflict()["values"], "birth_date": "1992-06-29"})


@pytest.mark.parametrize(("row", "choice"), [(possible(), Choice.SAME), (LATER, Choice.CORRECT_REGISTER)])
def test_who_was_renumbered_since_is_decided_on_under_the_number_that_goes_on(
    world: World, row: dict[str, object], choice: Choice
) -> None:
    [case] = opened(world, row)
    old = str(case.candidates[0]["number"])
    year = {HANH: "1993-02-14", LOC: "1992-06-20"}[old]
    new = renumber_person(old, {"birth": year}, source="decision:12", basis="x", by=WORKER).number
    decide_case(case=case.pk, choice=choice, ground=GROUND, by=world.actor("keeper"))
    if choice is Choice.CORRECT_REGISTER:
        confirm_case(case=case.pk, ground=GROUND, by=world.actor("second"))
        assert Person.objects.get(pk=new).birth == PartialDate(1992, 6, 29)
    assert Record.objects.get(pk=case.record_id).personal_number == new


def test_a_record_of_somebody_who_died_stays_his_when_a_steward_says_so(world: World) -> None:
    [case] = opened(world, conflict(verdict="dead", personal_number=LOC, reasons=[]))
    by = world.actor("keeper")
    with pytest.raises(ChoiceNotOffered):
        decide_case(case=case.pk, choice=Choice.SAME, ground=GROUND, by=by)
    decide_case(case=case.pk, choice=Choice.DIED, ground=GROUND, by=by)
    case.refresh_from_db()
    assert (case.state, case.person) == (CaseState.SETTLED, LOC)
    assert Record.objects.get(pk=case.record_id).personal_number == LOC
    undo_case(case=case.pk, ground=GROUND, by=by)
    decide_case(case=case.pk, choice=Choice.DIFFERENT, ground=GROUND, by=by)
    assert Record.objects.get(pk=case.record_id).personal_number == ""


def test_nobody_is_asked_about_the_dead_whom_their_source_knows(world: World) -> None:
    world.source.schema = "merit"
    world.source.save(update_fields=["schema"])
    said = [{"allowance_state": "deceased"}, {"allowance_state": "receiving"}, {}]
    cases = opened(world, *(conflict(verdict="dead", reasons=[], values=values) for values in said))
    assert [case.record.values for case in cases] == said[1:]


@pytest.mark.parametrize(("state", "kind"), [("deceased", "done"), ("receiving", "late")])
def test_the_comparison_says_what_each_knows_of_a_death(world: World, state: str, kind: str) -> None:
    world.source.schema = "merit"
    world.source.save(update_fields=["schema"])
    [case] = opened(world, conflict(values={"allowance_state": state}))
    bay = Person.objects.get(pk=BAY)
    bay.died_on, bay.died_precision = date(2023, 11, 4), "day"
    row = next(row for row in compare_people(case.record, bay) if row.label == "Tình trạng")
    assert (row.kind, row.note) == (kind, "mất 04/11/2023")


def test_a_run_opens_a_case_for_what_a_person_must_decide(world: World) -> None:
    """Only possible, conflict, duplicate, corrected, dead; the rest goes back in the marked workbook."""
    rows = [possible(), matched(), conflict(), {**matched(), "verdict": "incomplete"}, duplicate("3")]
    batch = stored(world, rows)

    assert open_cases(batch=batch, by=WORKER) == 3
    assert open_cases(batch=batch, by=WORKER) == 0
    first, second, third = Case.objects.filter(batch=batch).order_by("pk")
    assert (first.verdict, first.candidates) == ("possible", [{"number": HANH, "score": 0.9}])
    assert (second.verdict, second.fields) == ("conflict", ["birth_date"])
    assert third.other is not None
    assert third.other.row == 3


def test_only_the_platform_makes_cases(world: World) -> None:
    with pytest.raises(NotAllowed):
        open_cases(batch=stored(world, [possible()]), by=world.actor("keeper"))


def test_one_person_ties_the_number_and_leaves_the_words(world: World) -> None:
    [case] = opened(world, possible())

    decide_case(case=case.pk, choice=Choice.SAME, ground=GROUND, by=world.actor("keeper"), seen=0)

    record = Record.objects.get(pk=case.record_id)
    assert record.personal_number == HANH
    assert record.values["mother_name"] == "Thạch Thị Xa Rây"
    change = Change.objects.get(record=record)
    assert (change.before["personal_number"], change.after["personal_number"]) == ("", HANH)
    assert (change.actor, change.ground) == (world.accounts["keeper"].reference, GROUND)
    case.refresh_from_db()
    assert (case.state, case.acts) == (CaseState.SETTLED, 1)
    assert [entry.event for entry in entries_about(f"case:{case.pk}")] == ["cleaning.CaseActed"]
    assert [entry.event for entry in entries_about(f"record:{record.pk}")] == ["registries.RecordLinked"]


def test_two_people_stay_two(world: World) -> None:
    [case] = opened(world, possible())
    decide_case(case=case.pk, choice=Choice.DIFFERENT, ground=GROUND, by=world.actor("ward"))
    assert Record.objects.get(pk=case.record_id).personal_number == ""


def test_a_decision_needs_a_ground_an_offered_choice_and_a_candidate(world: World) -> None:
    [case] = opened(world, possible())
    by = world.actor("keeper")
    with pytest.raises(GroundNeeded):
        decide_case(case=case.pk, choice=Choice.SAME, ground=" . ", by=by)
    with pytest.raises(ChoiceNotOffered):
        decide_case(case=case.pk, choice=Choice.MERGE, ground=GROUND, by=by)
    with pytest.raises(NotACandidate):
        decide_case(case=case.pk, choice=Choice.SAME, ground=GROUND, person=NAM, by=by)
    assert not CaseAct.objects.filter(case=case).exists()


@pytest.mark.parametrize("who", ["far", "owner", "leader", "committee"])
def test_who_neither_keeps_the_source_nor_the_place_decides_nothing(world: World, who: str) -> None:
    [case] = opened(world, possible())
    with pytest.raises(NotAllowed) as refused:
        decide_case(case=case.pk, choice=Choice.SAME, ground=GROUND, by=world.actor(who))
    assert refused.value.status == 404


def test_of_two_stewards_on_one_case_one_wins_and_the_other_is_told(world: World) -> None:
    [case] = opened(world, possible())
    decide_case(case=case.pk, choice=Choice.SAME, ground=GROUND, by=world.actor("keeper"), seen=0)
    with pytest.raises(ChangedMeanwhile) as told:
        decide_case(case=case.pk, choice=Choice.DIFFERENT, ground=GROUND, by=world.actor("second"), seen=0)
    assert "Cán bộ keeper vừa quyết định lúc" in str(told.value)
    assert Record.objects.get(pk=case.record_id).personal_number == HANH


# ---- the second pair of eyes


def test_a_merge_waits_for_another_steward(world: World) -> None:
    [case] = opened(world, matched(), duplicate("2"))
    keeper = world.actor("keeper")

    decide_case(case=case.pk, choice=Choice.MERGE, ground=GROUND, by=keeper)
    assert not Record.objects.get(pk=case.record_id).superseded
    with pytest.raises(SecondPairOfEyes):
        confirm_case(case=case.pk, ground=GROUND, by=keeper)
    confirm_case(case=case.pk, ground="Đã xem lại cả hai dòng", by=world.actor("second"))

    assert Record.objects.get(pk=case.record_id).superseded
    assert list(CaseAct.objects.filter(case=case).order_by("number").values_list("act", "choice")) == [
        (Act.PROPOSE, "merge"), (Act.CONFIRM, "merge"),
    ]  # fmt: skip


def test_the_second_steward_may_disagree(world: World) -> None:
    [case] = opened(world, matched(), duplicate("2"))
    decide_case(case=case.pk, choice=Choice.MERGE, ground=GROUND, by=world.actor("keeper"))
    turn_down_case(case=case.pk, ground="Hai người trùng tên", by=world.actor("second"))
    case.refresh_from_db()
    assert (case.state, case.choice, case.proposed_by) == (CaseState.OPEN, "", "")
    assert not Record.objects.get(pk=case.record_id).superseded


def test_a_merge_is_undone(world: World) -> None:
    [case] = opened(world, matched(), duplicate("2"))
    decide_case(case=case.pk, choice=Choice.MERGE, ground=GROUND, by=world.actor("keeper"))
    confirm_case(case=case.pk, ground=GROUND, by=world.actor("second"))

    undo_case(case=case.pk, ground="Xem lại: hai người khác nhau", by=world.actor("keeper"))

    record = Record.objects.get(pk=case.record_id)
    assert not record.superseded
    assert [change.number for change in record.changes.order_by("number")] == [1, 2]
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    with pytest.raises(MoveNotAllowed):
        undo_case(case=case.pk, ground=GROUND, by=world.actor("keeper"))
    decide_case(case=case.pk, choice=Choice.KEEP_BOTH, ground=GROUND, by=world.actor("keeper"))


# ---- the register


def test_the_register_is_corrected_by_an_event_with_its_source_and_only_after_two(world: World) -> None:
    [case] = opened(world, conflict())
    decide_case(case=case.pk, choice=Choice.CORRECT_REGISTER, ground=GROUND, by=world.actor("keeper"))
    basis = {"purpose": Purpose.REVIEW, "basis": "thử", "by": world.actor("keeper")}
    assert str(read_person(LOC, **basis).birth) == "20/06/1991"

    confirm_case(case=case.pk, ground=GROUND, by=world.actor("second"))

    assert str(read_person(LOC, **basis).birth) == "29/06/1991"
    line = life_of(LOC, **basis)[-1]
    assert line.source == "register:lao-dong"
    assert f"việc làm sạch số {case.pk}" in line.basis

    undo_case(case=case.pk, ground="Giấy khai sinh ghi ngày 20", by=world.actor("keeper"))
    assert str(read_person(LOC, **basis).birth) == "20/06/1991"


# ---- the owner agency


def noon(day: int) -> datetime:
    return datetime(2026, 11, day, 12, 0, tzinfo=VIETNAM)


def test_the_owner_has_five_working_days_to_verify_and_five_more_to_fix(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """278/2025/NĐ-CP art. 15: 5 + 5 days. 24/11/2026 is a holiday."""
    [case] = opened(world, possible())
    monkeypatch.setattr(timezone, "now", lambda: noon(16))
    decide_case(case=case.pk, choice=Choice.ASK_OWNER, ground=GROUND, by=world.actor("keeper"))
    case.refresh_from_db()
    assert (case.state, f"{timezone.localtime(case.due_at):%d/%m %H:%M}") == ("with_owner", "23/11 17:00")

    monkeypatch.setattr(timezone, "now", lambda: noon(20))
    promise_fix(case=case.pk, answer="Nguồn ghi sai, đang sửa", by=world.actor("owner"))
    case.refresh_from_db()
    assert (case.state, f"{timezone.localtime(case.due_at):%d/%m %H:%M}") == ("fixing", "30/11 17:00")

    answer_case(case=case.pk, answer="Đã gửi lại bản ghi", by=world.actor("owner"))
    case.refresh_from_db()
    assert (case.state, case.due_at) == ("answered", None)
    decide_case(case=case.pk, choice=Choice.SAME, ground=GROUND, by=world.actor("keeper"))


def test_a_conflict_has_fifteen_days_in_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    [case] = opened(world, conflict())
    monkeypatch.setattr(timezone, "now", lambda: noon(2))
    decide_case(case=case.pk, choice=Choice.ASK_OWNER, ground=GROUND, by=world.actor("keeper"))
    monkeypatch.setattr(timezone, "now", lambda: noon(5))
    promise_fix(case=case.pk, answer="Nguồn ghi sai, đang sửa", by=world.actor("owner"))
    case.refresh_from_db()
    assert f"{timezone.localtime(case.due_at):%d/%m}" == "23/11"


def test_only_the_owner_answers(world: World) -> None:
    [case] = opened(world, possible())
    decide_case(case=case.pk, choice=Choice.ASK_OWNER, ground=GROUND, by=world.actor("keeper"))
    for who in ("keeper", "far", "nation"):
        with pytest.raises(NotAllowed):
            answer_case(case=case.pk, answer="Đúng như đã gửi", by=world.actor(who))


@pytest.mark.parametrize("who", ["far", "leader", "committee", "citizen"])
def test_only_who_keeps_the_source_confirms_turns_down_and_takes_back(world: World, who: str) -> None:
    [merge] = opened(world, matched(), duplicate("2"))
    decide_case(case=merge.pk, choice=Choice.MERGE, ground=GROUND, by=world.actor("keeper"))
    stranger = (
        world.actor(who) if who != "citizen" else replace(ANONYMOUS, reference="account:1", account_id=1)
    )

    for act in (confirm_case, turn_down_case, undo_case):
        with pytest.raises(NotAllowed):
            act(case=merge.pk, ground=GROUND, by=stranger)
    merge.refresh_from_db()
    assert merge.state == CaseState.PROPOSED


def test_only_the_platform_closes_what_newer_data_overtook(world: World) -> None:
    assert allowed(WORKER, "cleaning.overtake")
    assert not allowed(world.actor("keeper"), "cleaning.overtake")
