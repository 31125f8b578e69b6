"""Pure rules: deadlines, buckets, shares with their denominators, ranks."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kit.errors import Refused
from lienthong.steering.rules.counting import counts, movement, ranks
from lienthong.steering.rules.deadlines import Deadline, due_after, occurrences
from lienthong.steering.rules.refusals import (
    DeadlineBeforePlan,
    ThresholdMissing,
    ThresholdOutOfRange,
    WholeMissing,
)
from lienthong.steering.rules.standing import bucket_of, days_late, goes_round, together
from lienthong.steering.rules.targets import check_target, dated, meets
from lienthong.steering.states import Bucket, Compare, DeadlineKind, Every, Late, Whole

DUE = date(2024, 3, 31)


def recurring(every: Every, day: int, until: date) -> Deadline:
    return Deadline(DeadlineKind.RECURRING, every=every, day=day, until=until)


@pytest.mark.parametrize(
    ("done_on", "as_of", "bucket"),
    [
        (date(2024, 3, 31), date(2024, 5, 1), Bucket.DONE_IN_TIME),
        (date(2024, 4, 1), date(2024, 5, 1), Bucket.DONE_LATE),
        (None, date(2024, 3, 31), Bucket.OPEN_IN_TIME),
        (None, date(2024, 4, 1), Bucket.OPEN_LATE),
    ],
)
def test_the_four_legal_buckets(done_on: date | None, as_of: date, bucket: Bucket) -> None:
    """BC 1270/BC-TCTTTg, 27/12/2017."""
    assert bucket_of(DUE, done_on, as_of) is bucket


def test_what_has_no_due_date_is_never_late() -> None:
    assert bucket_of(None, None, date(2099, 1, 1)) is Bucket.OPEN_IN_TIME
    assert bucket_of(None, date(2099, 1, 1), date(2099, 1, 1)) is Bucket.DONE_IN_TIME
    assert days_late(None, None, date(2099, 1, 1)) == 0


def test_days_late_stop_with_completion() -> None:
    assert days_late(DUE, None, date(2024, 4, 10)) == 10
    assert days_late(DUE, date(2024, 4, 2), date(2024, 4, 10)) == 2
    assert days_late(DUE, date(2024, 3, 2), date(2024, 4, 10)) == 0


def test_what_bc_1270_counted_and_the_share_it_printed() -> None:
    """14,068 + 1,983 + 5,640 + 223 = 21,914. It printed 1.38 %; no whole it names gives just that."""
    numbers = dict(zip(Bucket, (14_068, 1_983, 5_640, 223), strict=True))
    found = counts(bucket for bucket, number in numbers.items() for _ in range(number))
    assert found.total == 21_914
    assert found.whole(Whole.DUE) == 16_274
    assert found.late_share(Late.OPEN, Whole.DUE) == Fraction(22_300, 16_274)
    assert found.late_share(Late.OPEN, Whole.ALL) == Fraction(22_300, 21_914)
    assert found.late(Late.WITH_DONE) == 2_206
    assert found.done_in_time_share == Fraction(1_406_800, 16_274)


def test_nothing_has_no_share() -> None:
    assert counts([]).late_share() is None
    assert counts([Bucket.OPEN_IN_TIME]).done_in_time_share is None


def test_months_end_where_they_end() -> None:
    days = occurrences(recurring(Every.MONTH, 31, date(2024, 4, 30)), date(2024, 1, 31))
    assert days == [date(2024, 2, 29), date(2024, 3, 31), date(2024, 4, 30)]


def test_quarters_halves_and_years_fall_in_their_last_month() -> None:
    """Quarterly by the 20th of the last month, half-year 15/6, year 10/12: NĐ 138/2016/NĐ-CP."""
    year = date(2024, 12, 31)
    begin = date(2024, 1, 1)
    assert occurrences(recurring(Every.QUARTER, 20, year), begin) == [
        date(2024, 3, 20), date(2024, 6, 20), date(2024, 9, 20), date(2024, 12, 20),
    ]  # fmt: skip
    assert occurrences(recurring(Every.HALF_YEAR, 15, year), begin) == [date(2024, 6, 15), date(2024, 12, 15)]
    assert occurrences(recurring(Every.YEAR, 10, year), begin) == [date(2024, 12, 10)]
    assert occurrences(recurring(Every.QUARTER, 20, year), date(2024, 3, 20)) == [
        date(2024, 6, 20), date(2024, 9, 20), date(2024, 12, 20),
    ]  # fmt: skip


def test_days_after_an_event_are_calendar_days() -> None:
    assert due_after(Deadline(DeadlineKind.RELATIVE, event="x", days=20), date(2024, 2, 15)) == date(
        2024, 3, 6
    )


def test_equal_values_share_a_rank_and_the_next_is_skipped() -> None:
    values = {"a": Fraction(90), "b": Fraction(80), "c": Fraction(80), "d": Fraction(10), "e": None}
    assert ranks(values) == {"a": 1, "b": 2, "c": 2, "d": 4}
    assert movement({"a": 1, "b": 2}, {"a": 3, "z": 1}) == {"a": 2}


@given(st.lists(st.sampled_from(Bucket)))
def test_a_parent_is_done_only_with_all_and_late_with_any(parts: list[Bucket]) -> None:
    found = together(parts)
    assert (found is None) == (not parts)
    done = {Bucket.DONE_IN_TIME, Bucket.DONE_LATE}
    assert (found in done) == (bool(parts) and set(parts) <= done)
    assert (found is Bucket.OPEN_LATE) == (Bucket.OPEN_LATE in parts)


@pytest.mark.parametrize(
    ("above", "task", "parent", "round_"),
    [
        ({1: None, 2: 1}, 3, 2, False),
        ({1: 3, 2: 1, 3: None}, 3, 2, True),
        ({}, 1, 1, True),
        ({}, 1, None, False),
    ],
)
def test_a_task_inside_itself_is_seen(
    above: dict[int, int | None], task: int, parent: int | None, *, round_: bool
) -> None:
    assert goes_round(above, task, parent) is round_


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"value": None}, ThresholdMissing),
        ({"whole": " "}, WholeMissing),
        ({"value": Decimal("100.1")}, ThresholdOutOfRange),
        ({"due_on": date(2025, 12, 31)}, DeadlineBeforePlan),
    ],
)
def test_a_share_without_denominator_is_no_target(changes: dict[str, object], refusal: type[Refused]) -> None:
    facts: dict[str, object] = {
        "value": Decimal(95), "unit": "%", "whole": "hồ sơ đã tiếp nhận", "due_on": date(2026, 12, 31),
        "since": date(2026, 1, 1),
    }  # fmt: skip
    check_target(**facts)  # type: ignore[arg-type]  # named facts
    with pytest.raises(refusal):
        check_target(**facts | changes)  # type: ignore[arg-type]  # named facts


def test_a_number_needs_no_denominator() -> None:
    check_target(value=Decimal(20_000), unit="doanh nghiệp", whole="", due_on=None, since=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("compare", "below", "at", "above"),
    [
        (Compare.AT_LEAST, False, True, True),
        (Compare.REACH, False, True, True),
        (Compare.EQUAL, False, True, True),
        (Compare.ABOVE, False, False, True),
        (Compare.AT_MOST, True, True, False),
        (Compare.BELOW, True, False, False),
    ],
)
def test_comparators_at_their_very_threshold(compare: Compare, *, below: bool, at: bool, above: bool) -> None:
    goal = Fraction(95)
    near = Fraction(1, 10**9)
    assert [meets(goal + d, goal, compare) for d in (-near, Fraction(0), near)] == [below, at, above]


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2025", date(2025, 12, 31)),
        ("2024-06", date(2024, 6, 30)),
        ("2024-12", date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2025-12-31", date(2025, 12, 31)),
        ("(đầu 2024)", None),
        ("", None),
    ],
)
def test_a_year_means_its_last_day(told: str, day: date | None) -> None:
    assert dated(told) == day
