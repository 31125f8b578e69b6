"""Deadlines: Civil Code 2015 art. 147-148, received after 15:00, stops for a supplement."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kit.calendar import VIETNAM, Calendar, MomentWithoutZone, at_time
from lienthong.kit.deadlines import (
    CIVIL_CODE,
    RETURN_SAME_DAY,
    CellKind,
    Counting,
    Limit,
    LimitUnit,
    LimitUnusable,
    Stop,
    StopEndsBeforeItStarts,
    clock_cells,
    days_late,
    due_at,
    due_with_stops,
    is_late,
    remaining,
    resume_due,
)

OFFICIAL = Calendar.official()
FROM_THE_MOMENT = Counting(from_next_day=False)
FIXED = Counting(roll_last_day=False)


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


def due(received: datetime, value: int, unit: LimitUnit, counting: Counting = CIVIL_CODE) -> datetime:
    return due_at(received, Limit(value, unit), calendar=OFFICIAL, counting=counting)


@pytest.mark.parametrize(
    ("received", "days", "expected"),
    [
        (at(2026, 11, 9, 9, 20), 10, at(2026, 11, 23, 17)),
        (at(2026, 11, 20), 2, at(2026, 11, 25, 17)),  # over a weekend and 24/11
        (at(2026, 2, 12), 3, at(2026, 2, 24, 17)),  # 13/2, then Tết, 23/2, 24/2
        (at(2026, 4, 29), 1, at(2026, 5, 4, 17)),  # 30/4, 1/5 and a weekend
        (at(2026, 8, 20), 5, at(2026, 8, 26, 17)),  # 21, Saturday 22 (worked), 24, 25, 26
        (at(2026, 8, 27), 2, at(2026, 9, 3, 17)),  # 28/8, then 29/8-2/9 off (31/8 swapped)
        (at(2026, 11, 22, 20), 1, at(2026, 11, 23, 17)),  # filed on Sunday evening: Monday is day one
    ],
)
def test_working_days_start_the_day_after_receipt_civil_code_147(
    received: datetime, days: int, expected: datetime
) -> None:
    assert due(received, days, LimitUnit.WORKING_DAY) == expected


@pytest.mark.parametrize(
    ("received", "days", "expected"),
    [
        (at(2026, 11, 9), 5, at(2026, 11, 16, 17)),  # 14/11 is a Saturday
        (at(2026, 11, 9), 15, at(2026, 11, 25, 17)),  # 24/11 is a holiday
        (at(2026, 11, 9), 3, at(2026, 11, 12, 17)),
        (at(2026, 2, 10), 7, at(2026, 2, 23, 17)),  # mùng một Tết
    ],
)
def test_last_day_off_gives_way_civil_code_148_5(received: datetime, days: int, expected: datetime) -> None:
    assert due(received, days, LimitUnit.DAY) == expected


def test_last_day_off_stays_when_the_setting_says_so() -> None:
    assert due(at(2026, 11, 9), 5, LimitUnit.DAY, FIXED) == at(2026, 11, 14, 17)


@pytest.mark.parametrize(
    ("received", "months", "expected"),
    [
        (at(2026, 10, 9), 1, at(2026, 11, 9, 17)),
        (at(2026, 1, 31), 3, at(2026, 5, 4, 17)),  # 30/4 has no 31st, and is a holiday
        (at(2026, 11, 30), 3, at(2027, 3, 1, 17)),  # 28/2/2027 is a Sunday
        (at(2027, 12, 31), 2, at(2028, 2, 29, 17)),
    ],
)
def test_months_end_on_the_same_day_number_civil_code_148_3(
    received: datetime, months: int, expected: datetime
) -> None:
    assert due(received, months, LimitUnit.MONTH) == expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (at(2026, 11, 20, 8), at(2026, 11, 20, 17)),
        (at(2026, 11, 20, 15), at(2026, 11, 20, 17)),  # at 15:00 is not after 15:00
        (at(2026, 11, 20, 15, 1), at(2026, 11, 23, 17)),
        (at(2026, 11, 23, 15, 1), at(2026, 11, 25, 17)),
        (at(2026, 11, 22, 8), at(2026, 11, 23, 17)),
    ],
)
def test_same_day_but_after_15_hours_the_next_working_day(received: datetime, expected: datetime) -> None:
    limit = Limit.same_day()
    assert due_at(received, limit, calendar=OFFICIAL, counting=RETURN_SAME_DAY) == expected


def test_same_day_without_a_cut_off_runs_to_the_close_of_business() -> None:
    assert due(at(2026, 11, 20, 16, 59), 1, LimitUnit.SAME_DAY) == at(2026, 11, 20, 17)
    assert due(at(2026, 11, 20, 17, 1), 1, LimitUnit.SAME_DAY) == at(2026, 11, 23, 17)


def test_cut_off_moves_the_day_of_receipt_of_other_limits() -> None:
    assert due(at(2026, 11, 19, 15, 30), 1, LimitUnit.WORKING_DAY, RETURN_SAME_DAY) == at(2026, 11, 23, 17)
    assert due(at(2026, 11, 19, 14, 30), 1, LimitUnit.WORKING_DAY, RETURN_SAME_DAY) == at(2026, 11, 20, 17)
    assert due(at(2026, 11, 19, 15, 30), 2, LimitUnit.HOUR, RETURN_SAME_DAY) == at(2026, 11, 20, 9, 30)


@pytest.mark.parametrize(
    ("received", "hours", "expected"),
    [
        (at(2026, 11, 20, 9), 2, at(2026, 11, 20, 11)),
        (at(2026, 11, 20, 10, 30), 2, at(2026, 11, 20, 14, 30)),  # lunch is not counted
        (at(2026, 11, 20, 12), 1, at(2026, 11, 20, 14, 30)),
        (at(2026, 11, 20, 16), 4, at(2026, 11, 23, 10, 30)),
        (at(2026, 11, 20, 9, 20), 8, at(2026, 11, 23, 9, 20)),  # 8 hours are one working day
        (at(2026, 11, 20, 9, 20), 24, at(2026, 11, 26, 9, 20)),
        (at(2026, 11, 20, 19), 1, at(2026, 11, 23, 8, 30)),
    ],
)
def test_hours_are_office_hours_from_the_moment(received: datetime, hours: int, expected: datetime) -> None:
    assert due(received, hours, LimitUnit.HOUR) == expected


def test_counting_from_the_moment_keeps_the_clock_time() -> None:
    assert due(at(2026, 11, 20, 9, 20), 2, LimitUnit.WORKING_DAY, FROM_THE_MOMENT) == at(2026, 11, 25, 9, 20)
    assert due(at(2026, 11, 20, 19), 1, LimitUnit.WORKING_DAY, FROM_THE_MOMENT) == at(2026, 11, 25, 7, 30)
    assert due(at(2026, 11, 20, 9, 20), 1, LimitUnit.DAY, FROM_THE_MOMENT) == at(2026, 11, 23, 17)


def test_any_time_zone_is_read_as_vietnamese_time() -> None:
    assert due(datetime(2026, 11, 8, 17, 30, tzinfo=UTC), 1, LimitUnit.WORKING_DAY) == at(2026, 11, 10, 17)


@pytest.mark.parametrize("unit", list(LimitUnit))
def test_moment_without_zone_is_refused(unit: LimitUnit) -> None:
    with pytest.raises(MomentWithoutZone, match="múi giờ"):
        due(at(2026, 11, 20).replace(tzinfo=None), 1, unit)


def test_limit_must_be_at_least_one() -> None:
    with pytest.raises(LimitUnusable):
        Limit(0, LimitUnit.DAY)
    with pytest.raises(LimitUnusable):
        Limit(2, LimitUnit.SAME_DAY)


# The clock stops while a supplement is waited for.

STOPPED, RESUMED = at(2026, 11, 12, 15, 20), at(2026, 11, 17, 16, 5)


def resumed(
    old: datetime, stopped: datetime, again: datetime, unit: LimitUnit = LimitUnit.WORKING_DAY
) -> datetime:
    return resume_due(
        old, stopped_at=stopped, resumed_at=again, calendar=OFFICIAL, counting=CIVIL_CODE, unit=unit
    )


def test_a_stop_gives_back_the_working_days_it_took() -> None:
    """13, 16 and 17/11 are given back: 23/11 becomes 27/11, since 24/11 is off."""
    assert resumed(at(2026, 11, 23, 17), STOPPED, RESUMED) == at(2026, 11, 27, 17)


def test_a_stop_within_one_day_gives_nothing() -> None:
    assert resumed(at(2026, 11, 23, 17), at(2026, 11, 12, 8), at(2026, 11, 12, 16)) == at(2026, 11, 23, 17)


def test_a_stop_on_the_due_day_never_returns_the_dossier_late() -> None:
    # Stopped on Friday, its due day; resumed on Sunday: Monday's close of business.
    assert resumed(at(2026, 11, 20, 17), at(2026, 11, 20, 10), at(2026, 11, 22, 10)) == at(2026, 11, 23, 17)
    assert resumed(at(2026, 11, 20, 17), at(2026, 11, 20, 10), at(2026, 11, 20, 18)) == at(2026, 11, 23, 17)


def test_a_stop_after_the_due_moment_does_not_cure_lateness() -> None:
    late = at(2026, 11, 11, 17)
    assert resumed(late, STOPPED, RESUMED) == late


def test_a_stop_of_an_hour_limit_gives_back_office_time() -> None:
    moved = resumed(at(2026, 11, 20, 16), at(2026, 11, 20, 9), at(2026, 11, 20, 11), LimitUnit.HOUR)
    assert moved == at(2026, 11, 23, 8, 30)


def test_a_stop_of_a_day_limit_gives_back_calendar_days_and_rolls() -> None:
    assert resumed(at(2026, 11, 16, 17), STOPPED, RESUMED, LimitUnit.DAY) == at(2026, 11, 23, 17)


def test_stops_that_touch_count_once() -> None:
    limit = Limit(10, LimitUnit.WORKING_DAY)
    middle = at(2026, 11, 15, 10)
    one = [Stop(STOPPED, RESUMED)]
    split = [Stop(middle, RESUMED), Stop(STOPPED, middle), Stop(at(2026, 11, 13), RESUMED)]
    received = at(2026, 11, 9, 9, 20)
    for stops in (one, split):
        moved = due_with_stops(received, limit, stops, calendar=OFFICIAL, counting=CIVIL_CODE)
        assert moved == at(2026, 11, 27, 17)


def test_an_open_stop_has_not_moved_the_due_moment_yet() -> None:
    limit = Limit(10, LimitUnit.WORKING_DAY)
    received, stops = at(2026, 11, 9), [Stop(STOPPED)]
    moved = due_with_stops(received, limit, stops, calendar=OFFICIAL, counting=CIVIL_CODE)
    assert moved == at(2026, 11, 23, 17)


def test_a_stop_ends_after_it_starts() -> None:
    with pytest.raises(StopEndsBeforeItStarts, match="16:05 17/11/2026"):
        Stop(RESUMED, STOPPED)


# What is left, and what is late.


@pytest.mark.parametrize(
    ("now", "words", "late"),
    [
        (at(2026, 11, 20, 10), "Còn 4 ngày làm việc", 0),
        (at(2026, 11, 21, 10), "Còn 4 ngày làm việc", 0),
        (at(2026, 11, 27, 8), "Còn 7 giờ", 0),
        (at(2026, 11, 27, 16, 15), "Còn 45 phút", 0),
        (at(2026, 11, 27, 17), "Đến hạn hôm nay", 0),
        (at(2026, 11, 27, 17, 1), "Đã quá giờ hẹn", 0),
        (at(2026, 11, 29, 9), "Đã quá giờ hẹn", 0),
        (at(2026, 11, 30, 8), "Chậm 1 ngày làm việc", 1),
        (at(2026, 12, 2, 8), "Chậm 3 ngày làm việc", 3),
    ],
)
def test_remaining_and_days_late(now: datetime, words: str, late: int) -> None:
    deadline = at(2026, 11, 27, 17)
    assert str(remaining(deadline, now, OFFICIAL)) == words
    assert days_late(deadline, now, OFFICIAL) == late
    assert is_late(deadline, now) == (now > deadline)


def test_days_late_over_tet_counts_no_holiday() -> None:
    assert days_late(at(2026, 2, 13, 17), at(2026, 2, 22), OFFICIAL) == 0
    assert days_late(at(2026, 2, 13, 17), at(2026, 2, 23), OFFICIAL) == 1


# The ribbon.


def ribbon(deadline: datetime, stops: list[Stop], today: date) -> str:
    """One word a day: c1 counted, p stopped, l7 left, n off, x1 late; * today, ! due."""
    letters = {"counted": "c", "stopped": "p", "left": "l", "off": "n", "late": "x"}
    cells = clock_cells(at(2026, 11, 9, 9, 20), deadline, stops, today, OFFICIAL)
    return " ".join(f"{letters[c.kind]}{c.number or ''}{'*' * c.is_today}{'!' * c.is_due}" for c in cells)


def test_ribbon_of_a_dossier_that_was_stopped() -> None:
    drawn = ribbon(at(2026, 11, 27, 17), [Stop(STOPPED, RESUMED, "Chờ bản vẽ")], date(2026, 11, 20))
    assert drawn == "c1 c2 c3 p p p c4 c5 c6* l7 n l8 l9 l10!"


def test_ribbon_names_the_holiday_and_the_stop() -> None:
    stops = [Stop(STOPPED, RESUMED, "Chờ bản vẽ")]
    deadline = at(2026, 11, 27, 17)
    cells = clock_cells(at(2026, 11, 9), deadline, stops, date(2026, 11, 20), OFFICIAL)
    assert {c.reason for c in cells if c.kind is CellKind.OFF} == {"Ngày Văn hóa Việt Nam"}
    assert {c.reason for c in cells if c.kind is CellKind.STOPPED} == {"Chờ bản vẽ"}


def test_ribbon_while_stopped_shows_the_day_it_would_become() -> None:
    drawn = ribbon(at(2026, 11, 23, 17), [Stop(STOPPED)], date(2026, 11, 16))
    assert drawn == "c1 c2 c3 p p* l4 l5 l6 l7 l8 n l9 l10!"


def test_ribbon_of_a_late_dossier() -> None:
    assert ribbon(at(2026, 11, 12, 17), [], date(2026, 11, 16)) == "c1 c2 c3! x1 x2*"


def test_ribbon_of_a_same_day_limit_shows_its_one_day() -> None:
    assert ribbon(at(2026, 11, 9, 17), [], date(2026, 11, 9)) == "c1*!"


# Properties.

MOMENTS = st.builds(at_time, st.dates(date(2023, 1, 1), date(2028, 12, 31)), st.times())
COUNTINGS = st.builds(
    Counting,
    from_next_day=st.booleans(),
    roll_last_day=st.booleans(),
    cut_off=st.none() | st.just(time(15)) | st.just(time(10)),
)
LONGER = st.sampled_from([LimitUnit.HOUR, LimitUnit.DAY, LimitUnit.WORKING_DAY, LimitUnit.MONTH])
ANY_LIMIT = st.builds(Limit, st.integers(1, 60), LONGER) | st.just(Limit.same_day())
SPAN = st.timedeltas(timedelta(), timedelta(days=30))
WORKED = {LimitUnit.WORKING_DAY, LimitUnit.HOUR, LimitUnit.SAME_DAY}


@given(MOMENTS, ANY_LIMIT, COUNTINGS)
def test_never_due_before_receipt_nor_on_a_day_off(m: datetime, limit: Limit, counting: Counting) -> None:
    result = due_at(m, limit, calendar=OFFICIAL, counting=counting)
    assert result >= m
    if counting.roll_last_day or limit.unit in WORKED:
        assert OFFICIAL.is_working_day(result.date())


@given(MOMENTS, SPAN, ANY_LIMIT, COUNTINGS)
def test_received_later_is_never_due_earlier(
    m: datetime, after: timedelta, limit: Limit, counting: Counting
) -> None:
    """To the moment in every unit but rolled days and months counted from the moment: there to the day."""
    one = due_at(m, limit, calendar=OFFICIAL, counting=counting)
    other = due_at(m + after, limit, calendar=OFFICIAL, counting=counting)
    if counting.from_next_day or limit.unit in WORKED:
        assert one <= other
    assert one.date() <= other.date()


@given(MOMENTS, st.integers(1, 60), st.integers(0, 30), LONGER, COUNTINGS)
def test_a_longer_limit_is_never_due_earlier(
    m: datetime, value: int, more: int, unit: LimitUnit, counting: Counting
) -> None:
    one = due_at(m, Limit(value, unit), calendar=OFFICIAL, counting=counting)
    other = due_at(m, Limit(value + more, unit), calendar=OFFICIAL, counting=counting)
    assert one.date() <= other.date()
    if counting.from_next_day or unit in WORKED:
        assert one <= other


@given(MOMENTS, st.integers(1, 30), st.integers(1, 30))
def test_working_day_limits_add_up(m: datetime, one: int, other: int) -> None:
    first = due(m, one, LimitUnit.WORKING_DAY)
    assert due(first, other, LimitUnit.WORKING_DAY) == due(m, one + other, LimitUnit.WORKING_DAY)


@given(MOMENTS, ANY_LIMIT, COUNTINGS, SPAN, SPAN)
def test_a_stop_never_brings_the_due_moment_earlier(
    m: datetime, limit: Limit, counting: Counting, wait: timedelta, length: timedelta
) -> None:
    old = due_at(m, limit, calendar=OFFICIAL, counting=counting)
    again = m + wait + length
    new = resume_due(
        old, stopped_at=m + wait, resumed_at=again, calendar=OFFICIAL, counting=counting, unit=limit.unit
    )
    assert new >= old
    if m + wait <= old:
        assert new >= again
    else:
        assert new == old


@given(MOMENTS, st.integers(1, 30), SPAN, SPAN, SPAN)
def test_a_stop_split_in_two_is_the_same_stop(
    m: datetime, value: int, wait: timedelta, one: timedelta, other: timedelta
) -> None:
    limit = Limit(value, LimitUnit.WORKING_DAY)
    a, b, c = m + wait, m + wait + one, m + wait + one + other
    whole = due_with_stops(m, limit, [Stop(a, c)], calendar=OFFICIAL, counting=CIVIL_CODE)
    halves = due_with_stops(m, limit, [Stop(a, b), Stop(b, c)], calendar=OFFICIAL, counting=CIVIL_CODE)
    assert whole == halves


@given(MOMENTS, st.integers(1, 30), SPAN, SPAN, st.timedeltas(timedelta(), timedelta(days=60)))
def test_ribbon_numbers_run_without_gaps_to_the_limit(
    m: datetime, value: int, wait: timedelta, length: timedelta, now: timedelta
) -> None:
    limit = Limit(value, LimitUnit.WORKING_DAY)
    stop = Stop(m + wait, m + wait + length)
    deadline = due_with_stops(m, limit, [stop], calendar=OFFICIAL, counting=CIVIL_CODE)
    cells = clock_cells(m, deadline, [stop], (m + now).date(), OFFICIAL)
    numbers = [c.number for c in cells if c.kind in {CellKind.COUNTED, CellKind.LEFT}]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) - value in {0, 1}  # one more when a day off between kept it from coming back late
    assert sum(c.is_due for c in cells) == 1
