"""Working days of state agencies: Labour Code 2019 art. 112, and what the Government swaps."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kit.calendar import (
    VIETNAM,
    Calendar,
    CalendarChange,
    Certainty,
    DayKind,
    OfficeHours,
    OfficeHoursUnusable,
    OutsideCalendar,
    at_time,
    official_changes,
)

OFFICIAL = Calendar.official()
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 1, 1), "Tết Dương lịch"),
        (date(2026, 2, 16), "Giao thừa Tết Nguyên Đán"),
        (date(2026, 2, 17), "Tết Nguyên Đán"),
        (date(2026, 2, 20), "Mùng bốn Tết Nguyên Đán"),
        (date(2026, 4, 27), "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"),  # 10/3 lunar falls on Sunday 26/4
        (date(2026, 4, 30), "Ngày Chiến thắng"),
        (date(2026, 5, 1), "Ngày Quốc tế Lao động"),
        (date(2026, 9, 1), "Quốc khánh"),  # art. 112.1: 2/9 and one day beside it
        (date(2026, 9, 2), "Quốc khánh"),
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),  # NQ 80-NQ/TW, from 2026
        (date(2027, 5, 3), "Ngày Quốc tế Lao động (nghỉ bù)"),  # 1/5/2027 is a Saturday
        (date(2026, 11, 21), "Thứ Bảy"),
        (date(2026, 11, 22), "Chủ nhật"),
        (date(2026, 8, 31), "Nghỉ hoán đổi cho ngày 22/08/2026"),
        (date(2026, 1, 2), "Nghỉ hoán đổi cho ngày 10/01/2026"),
    ],
)
def test_day_off_by_labour_code_article_112(day: date, why: str) -> None:
    assert not OFFICIAL.is_working_day(day)
    assert OFFICIAL.why_off(day) == why


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 11, 24),  # a working Monday: the day off came with 2026
        date(2026, 8, 22),  # Saturdays worked for a swapped day
        date(2026, 1, 10),
        date(2025, 4, 26),
        date(2024, 5, 4),
        date(2026, 9, 3),
    ],
)
def test_working_day(day: date) -> None:
    assert OFFICIAL.is_working_day(day)
    assert OFFICIAL.why_off(day) is None


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 2, 13), date(2026, 2, 23)),  # Tết 2026: off from Saturday 14/2 to Sunday 22/2
        (date(2026, 4, 24), date(2026, 4, 28)),  # the Hùng Kings' day is compensated on Monday
        (date(2026, 4, 29), date(2026, 5, 4)),
        (date(2026, 8, 21), date(2026, 8, 22)),  # the Saturday is worked
        (date(2026, 8, 28), date(2026, 9, 3)),  # off 29/8 to 2/9
        (date(2026, 11, 23), date(2026, 11, 25)),
        (date(2025, 12, 31), date(2026, 1, 5)),
    ],
)
def test_next_working_day(day: date, following: date) -> None:
    assert OFFICIAL.next_working_day(day) == following


def test_add_working_days_skips_tet_and_the_swap() -> None:
    # 10, 11, 12, 13/2, then 23, 24/2.
    assert OFFICIAL.add_working_days(date(2026, 2, 9), 6) == date(2026, 2, 24)
    # 20, 21, Saturday 22, 24-28/8, 3/9, 4/9.
    assert OFFICIAL.add_working_days(date(2026, 8, 19), 10) == date(2026, 9, 4)
    assert OFFICIAL.add_working_days(date(2026, 8, 23), 0) == date(2026, 8, 22)
    assert OFFICIAL.subtract_working_days(date(2026, 9, 3), 1) == date(2026, 8, 28)
    assert OFFICIAL.subtract_working_days(date(2026, 9, 2), 1) == date(2026, 8, 28)


def test_working_days_in_a_year() -> None:
    """2026: 261 weekdays, less 14 days off on weekdays, plus 2 Saturdays worked for a swap."""
    # Off on weekdays: 1/1, 2/1, 16-20/2 (5), 27/4, 30/4, 1/5, 31/8, 1/9, 2/9, 24/11.
    assert OFFICIAL.working_days_between(date(2025, 12, 31), date(2026, 12, 31)) == 261 - 14 + 2


@given(DAYS, st.integers(1, 400))
def test_adding_then_counting_agree(day: date, count: int) -> None:
    later = OFFICIAL.add_working_days(day, count)
    assert later > day
    assert OFFICIAL.is_working_day(later)
    assert OFFICIAL.working_days_between(day, later) == count
    if OFFICIAL.is_working_day(day):
        assert OFFICIAL.subtract_working_days(later, count) == day


@given(DAYS, st.integers(0, 60))
def test_counting_matches_looking_at_each_day(day: date, span: int) -> None:
    days = [day + timedelta(days=i) for i in range(1, span + 1)]
    worked = sum(OFFICIAL.is_working_day(d) for d in days)
    assert OFFICIAL.working_days_between(day, day + timedelta(days=span)) == worked


@given(DAYS, DAYS, DAYS)
def test_counting_splits(a: date, b: date, c: date) -> None:
    count = OFFICIAL.working_days_between
    assert count(a, b) + count(b, c) == count(a, c)


def test_official_table_wins_over_the_law_and_each_line_is_in_force() -> None:
    changes = official_changes()
    assert {change.day for change in changes} >= {date(2026, 1, 2), date(2026, 1, 10)}
    assert all(OFFICIAL.is_working_day(c.day) == (c.kind is DayKind.WORK) for c in changes)
    assert all(change.decision or change.note for change in changes)


def test_changes_make_a_new_calendar() -> None:
    storm = CalendarChange(date(2026, 11, 20), DayKind.OFF, "Nghỉ tránh bão", "CĐ 1/CĐ-UBND", Certainty.SEEN)
    changed = OFFICIAL.with_changes([storm])
    assert changed.why_off(date(2026, 11, 20)) == "Nghỉ tránh bão"
    assert OFFICIAL.is_working_day(date(2026, 11, 20))
    back = changed.with_changes([CalendarChange(date(2026, 11, 20), DayKind.WORK, "Làm việc lại")])
    assert back.is_working_day(date(2026, 11, 20))


def test_a_day_outside_the_calendar_is_refused() -> None:
    with pytest.raises(OutsideCalendar, match="31/12/1999 nằm ngoài lịch"):
        OFFICIAL.is_working_day(date(1999, 12, 31))
    with pytest.raises(OutsideCalendar):
        OFFICIAL.add_working_days(date(2045, 12, 29), 300)
    with pytest.raises(OutsideCalendar):
        OFFICIAL.subtract_working_days(date(2000, 1, 4), 30)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in the week of Friday 20/11/2026; 21-22 is a weekend and 24 a holiday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(20, 6), at(20, 7, 30)),
        (at(20, 9, 12), at(20, 9, 12)),
        (at(20, 11, 30), at(20, 13, 30)),
        (at(20, 17), at(23, 7, 30)),
        (at(21, 9), at(23, 7, 30)),
        (at(23, 18), at(25, 7, 30)),
    ],
)
def test_office_next_opens(moment: datetime, opens: datetime) -> None:
    assert OfficeHours().next_open(moment, OFFICIAL) == opens


def test_office_time_passes_only_while_open() -> None:
    office = OfficeHours()
    assert office.add(at(20, 10, 30), timedelta(hours=2), OFFICIAL) == at(20, 14, 30)
    assert office.add(at(20, 16), timedelta(hours=2), OFFICIAL) == at(23, 8, 30)
    assert office.between(at(20, 16), at(23, 8, 30), OFFICIAL) == timedelta(hours=2)
    assert office.between(at(20, 12), at(20, 13), OFFICIAL) == timedelta()
    assert office.between(at(23, 8), at(20, 8), OFFICIAL) == timedelta()


@given(
    st.builds(at_time, st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.times()),
    st.timedeltas(timedelta(minutes=1), timedelta(days=3)),
)
def test_adding_office_time_then_measuring_agree(moment: datetime, span: timedelta) -> None:
    office = OfficeHours()
    assert office.between(moment, office.add(moment, span, OFFICIAL), OFFICIAL) == span


@pytest.mark.parametrize(
    "sessions",
    [(), ((time(8), time(11)),), ((time(8), time(8)),), ((time(13), time(17)), (time(7), time(11)))],
)
def test_office_hours_out_of_order_or_too_short_are_refused(sessions: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(OfficeHoursUnusable):
        OfficeHours(sessions=sessions)
