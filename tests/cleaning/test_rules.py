"""The tables of what may be done when, and the owner's days: 278/2025/NĐ-CP article 15, công văn 4856. Plain Python."""

from datetime import date, datetime, timedelta

import pytest

from lienthong.cleaning import rules
from lienthong.cleaning.actions.opening import differing_fields, twin_row
from lienthong.cleaning.rules import GroundNeeded, check_ground, due_to_fix, due_to_verify, limit
from lienthong.cleaning.states import (
    MERGE_MOVES,
    MOVES,
    OPENS,
    OPTIONS,
    Act,
    CaseState,
    Choice,
    MergeAct,
    MergeState,
    choices_for,
)
from lienthong.kit.calendar import VIETNAM, Calendar
from lienthong.registries.public import Record, Verdict

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("verdict", "choices"),
    [
        ("possible", {"same", "different", "ask_owner"}),
        ("conflict", {"same", "correct_register", "different", "ask_owner"}),
        ("corrected", {"same", "different", "ask_owner"}),
        ("duplicate", {"merge", "keep_both", "ask_owner"}),
        ("dead", {"died", "different", "ask_owner"}),
        ("matched", set()),
        ("not_in_register", set()),
        ("not_a_person", set()),
        ("incomplete", set()),
    ],
)
def test_what_may_be_decided_on_each_verdict(verdict: str, choices: set[str]) -> None:
    assert set(choices_for(verdict)) == choices
    assert (verdict in OPENS) == bool(choices)
    assert verdict in set(Verdict)


def test_a_merge_and_a_correction_of_the_register_take_two_people() -> None:
    assert {choice for choice, option in OPTIONS.items() if option.second} == {
        Choice.MERGE,
        Choice.CORRECT_REGISTER,
    }


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        ("open", {"decide", "propose", "ask_owner", "overtake"}),
        ("proposed", {"confirm", "turn_down", "overtake"}),
        ("with_owner", {"will_fix", "answer", "overtake"}),
        ("fixing", {"answer", "overtake"}),
        ("answered", {"decide", "propose", "ask_owner", "overtake"}),
        ("settled", {"undo"}),
    ],
)
def test_what_may_be_done_to_a_case_in_each_state(state: str, acts: set[str]) -> None:
    assert {act for act in Act if CaseState(state) in MOVES[act].sources} == acts


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        ("open", {"propose", "keep_apart", "lapse"}),
        ("proposed", {"confirm", "turn_down", "lapse"}),
        ("merged", {"undo"}),
        ("apart", {"undo"}),
        ("lapsed", {"open", "find"}),
    ],
)
def test_what_may_be_done_to_a_merge_in_each_state(state: str, acts: set[str]) -> None:
    assert {act for act in MergeAct if MergeState(state) in MERGE_MOVES[act].sources} == acts


def test_the_owner_has_five_working_days_and_five_more_and_a_conflict_fifteen_in_all() -> None:
    """Counted from the day after, over weekends, to closing time of the last day."""
    calendar = Calendar(off={})
    verify = due_to_verify("possible", MONDAY, calendar)
    assert (verify.date(), verify.hour) == (date(2026, 11, 30), 17)
    assert due_to_verify("conflict", MONDAY, calendar).date() == date(2026, 12, 14)
    later = MONDAY + timedelta(days=1)
    assert due_to_fix("possible", later, verify, calendar).date() == date(2026, 12, 1)
    conflict = due_to_verify("conflict", MONDAY, calendar)
    assert due_to_fix("conflict", later, conflict, calendar) == conflict


def test_the_limit_in_force_on_a_day_counts_and_the_first_before_any(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = date(2026, 1, 1), date(2027, 1, 1)
    known = [
        rules.Limit(5, "working_day", first, second, "a", certain=True),
        rules.Limit(7, "working_day", second, None, "b", certain=True),
    ]
    monkeypatch.setattr(rules, "limits", lambda: {"verify": known})
    days = [limit("verify", day).days for day in (date(2025, 1, 1), first, date(2026, 12, 31), second)]
    assert days == [5, 5, 5, 7]


@pytest.mark.parametrize("ground", ["", "    .   ", "  sổ  ", "abcd"])
def test_a_ground_says_something(ground: str) -> None:
    with pytest.raises(GroundNeeded):
        check_ground(ground)
    check_ground("sổ gốc")


def test_fields_that_differ_wholly_or_in_part_are_named() -> None:
    codes = ["full_name.differs", "birth_date.part", "sex.equal", "mother_name.near", "record.duplicate"]
    found = Record(reasons=[{"code": code, "bits": 1.0, "sentence": ""} for code in codes])
    assert differing_fields(found) == ["full_name", "birth_date"]
    assert twin_row(found) is None


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("doan thi my le", "doan thi mi le", True),
        ("le thi cam nhung", "le thi cam nhug", True),
        ("phan kim ngan", "phan kmi ngan", True),
        ("tran van an", "tran van ann", True),
        ("tran van an", "tran van an", False),
        ("tran van an", "tran van binh", False),
        ("tran van an", "tran vab am", False),
        ("an", "anh ba", False),
    ],
)
def test_names_a_letter_apart_are_nearly_alike(one: str, other: str, apart: bool) -> None:
    assert rules.one_letter_apart(one, other) is rules.one_letter_apart(other, one) is apart
