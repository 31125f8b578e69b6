"""What stops a decision, its undoing, and a rule for many: found by breaking each rule in turn."""

import pytest

from lienthong.cleaning.actions import sweeping
from lienthong.cleaning.public import (
    Case,
    Choice,
    NoCasesChosen,
    NothingToCorrect,
    NotUndone,
    PersonNeeded,
    SweepTooWide,
    Wanted,
    begin_sweep,
    carry_out_sweep,
    confirm_case,
    corrections,
    decide_case,
    open_cases,
    overtake_cases,
    undo_case,
)
from lienthong.identity.public import system
from lienthong.registries.public import Record
from registries.world import HANH, LOC, NAM, World, conflict, duplicate, matched, possible, stored

pytestmark = pytest.mark.django_db
GROUND = "Đã xem sổ gốc, tên mẹ trùng"
WORKER = system("cleaning")


def opened(world: World, *rows: dict[str, object]) -> list[Case]:
    batch = stored(world, rows)
    open_cases(batch=batch, by=WORKER)
    return list(Case.objects.filter(batch=batch).select_related("record").order_by("pk"))


def test_of_several_candidates_the_steward_says_which(world: World) -> None:
    [case] = opened(world, possible())
    Case.objects.filter(pk=case.pk).update(
        candidates=[{"number": HANH, "score": 0.9}, {"number": NAM, "score": 0.8}]
    )
    with pytest.raises(PersonNeeded):
        decide_case(case=case.pk, choice=Choice.SAME, ground=GROUND, by=world.actor("keeper"))
    decide_case(case=case.pk, choice=Choice.SAME, ground=GROUND, person=NAM, by=world.actor("keeper"))
    assert Record.objects.get(pk=case.record_id).personal_number == NAM


def test_what_newer_data_stand_on_is_not_taken_back(world: World) -> None:
    [case] = opened(world, possible())
    decide_case(case=case.pk, choice=Choice.SAME, ground=GROUND, by=world.actor("keeper"))
    Record.objects.filter(pk=case.record_id).update(superseded=True)
    with pytest.raises(NotUndone):
        undo_case(case=case.pk, ground=GROUND, by=world.actor("keeper"))


def test_a_case_closed_by_newer_data_holds_no_decision_to_take_back(world: World) -> None:
    [case] = opened(world, possible())
    newer = stored(world, [possible()], name="moi.csv")
    assert overtake_cases(batch=newer, by=WORKER) == 1
    with pytest.raises(NotUndone):
        undo_case(case=case.pk, ground=GROUND, by=world.actor("keeper"))


def test_an_empty_cell_corrects_nothing(world: World) -> None:
    values = {**conflict()["values"], "birth_date": ""}
    [case] = opened(world, conflict(values=values))
    assert corrections(case) == {}
    decide_case(case=case.pk, choice=Choice.CORRECT_REGISTER, ground=GROUND, by=world.actor("keeper"))
    with pytest.raises(NothingToCorrect):
        confirm_case(case=case.pk, ground=GROUND, by=world.actor("second"))


def test_confirming_many_leaves_out_ones_own_proposals(world: World) -> None:
    mine, yours = opened(world, duplicate("9"), duplicate("9"))
    decide_case(case=mine.pk, choice=Choice.MERGE, ground=GROUND, by=world.actor("keeper"))
    decide_case(case=yours.pk, choice=Choice.MERGE, ground=GROUND, by=world.actor("second"))
    sweep = begin_sweep(wanted=Wanted(state="proposed"), choice=None, ground=GROUND, by=world.actor("keeper"))
    assert [one.case_id for one in sweep.cases.all()] == [yours.pk]
    carry_out_sweep(sweep=sweep.pk)
    states = dict(Case.objects.filter(pk__in=[mine.pk, yours.pk]).values_list("pk", "state"))
    assert states == {mine.pk: "proposed", yours.pk: "settled"}


def test_a_rule_for_many_takes_so_many_and_not_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(world, possible(), possible(), matched())
    wanted, by = Wanted(verdict="possible"), world.actor("keeper")
    monkeypatch.setattr(sweeping, "MOST", 1)
    with pytest.raises(SweepTooWide):
        begin_sweep(wanted=wanted, choice=Choice.SAME, ground=GROUND, by=by)
    monkeypatch.setattr(sweeping, "MOST", 2)
    assert begin_sweep(wanted=wanted, choice=Choice.SAME, ground=GROUND, by=by).total == 2
    with pytest.raises(NoCasesChosen):
        begin_sweep(wanted=Wanted(verdict="dead"), choice=Choice.DIFFERENT, ground=GROUND, by=by)


def test_a_correction_names_the_person_of_the_case(world: World) -> None:
    [case] = opened(world, conflict())
    decide_case(case=case.pk, choice=Choice.CORRECT_REGISTER, ground=GROUND, by=world.actor("keeper"))
    case.refresh_from_db()
    assert (case.state, case.person, case.choice) == ("proposed", LOC, "correct_register")
