"""Working days of state agencies in Viet Nam, and the hours when their counters are open.

Holidays: Labour Code 2019 art. 112 (from the `holidays` package). What the Government decides
besides, such as a swapped working day, stands in `data/calendar.csv` and wins.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import holidays

from lienthong.kit.errors import Refused, said

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

# State agencies have worked five days a week since 2/10/1999 (QĐ 188/1999/QĐ-TTg).
FIRST_YEAR = 2000
LAST_YEAR = 2045

WEEKEND = {5: said("Thứ Bảy"), 6: said("Chủ nhật")}


class MomentWithoutZone(Refused):
    sentence = said("Thời điểm {moment} không kèm múi giờ. Hãy ghi theo giờ Việt Nam (UTC+7).")


class OutsideCalendar(Refused):
    sentence = said("Ngày {day} nằm ngoài lịch làm việc từ {first} đến {last}.")


class OfficeHoursUnusable(Refused):
    sentence = said("Giờ làm việc phải gồm các buổi nối tiếp nhau, cộng lại ít nhất {least} giờ một ngày.")


class DayKind(StrEnum):
    OFF = "off"
    WORK = "work"


class Certainty(StrEnum):
    SEEN = "seen"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """One line of the official table: a day the Government made a day off, or a working day."""

    day: date
    kind: DayKind
    name: str
    decision: str = ""
    certainty: Certainty = Certainty.SEEN
    note: str = ""


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The sessions of one working day, in local time, in order. A setting of each agency.

    `hours_a_day` is what the law means by one working day (8 hours), which need not be the sum of
    the sessions: counters that open 07:30-11:30 and 13:30-17:00 are open 7.5 hours.
    """

    sessions: tuple[tuple[time, time], ...] = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
    hours_a_day: int = 8

    def __post_init__(self) -> None:
        edges = [edge for session in self.sessions for edge in session]
        open_for = sum((_gap(a, b) for a, b in self.sessions), timedelta())
        least = self.hours_a_day - 1
        if not edges or edges != sorted(set(edges)) or open_for < timedelta(hours=least):
            raise OfficeHoursUnusable(least=least)

    @property
    def opens(self) -> time:
        return self.sessions[0][0]

    @property
    def closes(self) -> time:
        return self.sessions[-1][1]

    def next_open(self, moment: datetime, calendar: "Calendar") -> datetime:
        """The moment itself when the office is open, else when it next opens."""
        moment = local(moment)
        if calendar.is_working_day(moment.date()):
            for opens, closes in self.sessions:
                if moment.time() < closes:
                    return max(moment, at_time(moment.date(), opens))
        return at_time(calendar.next_working_day(moment.date()), self.opens)

    def add(self, moment: datetime, span: timedelta, calendar: "Calendar") -> datetime:
        """The moment when `span` of open time has passed since `moment`."""
        moment = self.next_open(moment, calendar)
        while True:
            for opens, closes in self.sessions:
                start = max(moment, at_time(moment.date(), opens))
                left = max(at_time(moment.date(), closes) - start, timedelta())
                if span <= left:
                    return start + span
                span -= left
            moment = at_time(calendar.next_working_day(moment.date()), self.opens)

    def between(self, start: datetime, end: datetime, calendar: "Calendar") -> timedelta:
        """Open time from `start` to `end`; zero when `end` is not after `start`."""
        start, end = local(start), local(end)
        if end <= start:
            return timedelta()
        whole = calendar.working_days_between(start.date(), end.date())
        whole += calendar.is_working_day(start.date())
        total = whole * sum((_gap(a, b) for a, b in self.sessions), timedelta())
        if calendar.is_working_day(start.date()):
            total -= self._open_before(start.time())
        if calendar.is_working_day(end.date()):
            total -= self._open_after(end.time())
        return total

    def _open_before(self, moment: time) -> timedelta:
        return sum((_gap(a, min(b, moment)) for a, b in self.sessions if a < moment), timedelta())

    def _open_after(self, moment: time) -> timedelta:
        return sum((_gap(max(a, moment), b) for a, b in self.sessions if b > moment), timedelta())


def _gap(start: time, end: time) -> timedelta:
    day = date(2000, 1, 3)
    return datetime.combine(day, end) - datetime.combine(day, start)


def local(moment: datetime) -> datetime:
    """The moment in Vietnamese time; raises MomentWithoutZone for a naive one."""
    if moment.tzinfo is None:
        raise MomentWithoutZone(moment=moment.isoformat())
    return moment.astimezone(VIETNAM)


def at_time(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=VIETNAM)


@dataclass(frozen=True, eq=False)
class Calendar:
    """Which days are worked. Every question is answered in constant time.

    `off`: named days off, whatever their weekday. `worked`: Saturdays and Sundays that are worked.
    Days outside `first`..`last` raise OutsideCalendar.
    """

    off: Mapping[date, str]
    worked: Mapping[date, str] = field(default_factory=dict)
    first: date = date(FIRST_YEAR, 1, 1)
    last: date = date(LAST_YEAR, 12, 31)
    _rank: list[int] = field(init=False, repr=False)
    _days: tuple[date, ...] = field(init=False, repr=False)
    _start: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # _rank[i]: working days from `first` up to and including day i. _days: those days.
        start = self.first.toordinal()
        ranks: list[int] = []
        days: list[date] = []
        for ordinal in range(start, self.last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if day in self.worked or (day.weekday() not in WEEKEND and day not in self.off):
                days.append(day)
            ranks.append(len(days))
        object.__setattr__(self, "_rank", ranks)
        object.__setattr__(self, "_days", tuple(days))
        object.__setattr__(self, "_start", start)

    @staticmethod
    @cache
    def official() -> "Calendar":
        """The calendar of the law and of the official table, 2000-2045.

        Years the Government has not announced yet follow the law; their swaps are unknown.
        """
        law = holidays.country_holidays("VN", years=range(FIRST_YEAR, LAST_YEAR + 1), language="vi")
        worked = {day: said("Ngày làm bù") for day in law.weekend_workdays}
        return Calendar(off=dict(law), worked=worked).with_changes(official_changes())

    def with_changes(self, changes: Iterable[CalendarChange]) -> "Calendar":
        """A new calendar in which the changes win over what this one says."""
        off, worked = dict(self.off), dict(self.worked)
        for change in changes:
            off.pop(change.day, None)
            worked.pop(change.day, None)
            (off if change.kind is DayKind.OFF else worked)[change.day] = change.name
        return Calendar(off=off, worked=worked, first=self.first, last=self.last)

    def is_working_day(self, day: date) -> bool:
        i = self._index(day)
        return self._rank[i] != (self._rank[i - 1] if i else 0)

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after `day`."""
        return self.add_working_days(day, 1)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself is not counted (count >= 0).

        A count of 0 gives `day` when it is worked, else the last working day before it.
        """
        return self._nth(self._rank[self._index(day)] + count, day)

    def subtract_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`; `day` itself is not counted (count >= 1)."""
        return self._nth(self._rank[self._index(day)] - self.is_working_day(day) - count + 1, day)

    def working_day_from(self, day: date) -> date:
        """The day itself when it is worked, else the next working day (Civil Code 2015 art. 148.5)."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie in (start, end]; negative when `end` is before `start`."""
        return self._rank[self._index(end)] - self._rank[self._index(start)]

    def why_off(self, day: date) -> str | None:
        """Why nobody works that day, in Vietnamese (a holiday before a weekend); None for a working day."""
        if self.is_working_day(day):
            return None
        return self.off.get(day) or WEEKEND[day.weekday()]

    def is_plain_weekend(self, day: date) -> bool:
        """A Saturday or Sunday that is neither worked nor a holiday."""
        return day.weekday() in WEEKEND and day not in self.off and day not in self.worked

    def _index(self, day: date) -> int:
        i = day.toordinal() - self._start
        if not 0 <= i < len(self._rank):
            raise self._outside(day)
        return i

    def _nth(self, rank: int, asked: date) -> date:
        if not 0 < rank <= len(self._days):
            raise self._outside(asked)
        return self._days[rank - 1]

    def _outside(self, day: date) -> OutsideCalendar:
        return OutsideCalendar(
            day=f"{day:%d/%m/%Y}", first=f"{self.first:%d/%m/%Y}", last=f"{self.last:%d/%m/%Y}"
        )


def official_changes() -> tuple[CalendarChange, ...]:
    """The lines of `data/calendar.csv`."""
    text = files("lienthong.kit").joinpath("data", "calendar.csv").read_text(encoding="utf-8")
    return tuple(
        CalendarChange(
            day=date.fromisoformat(row["date"]),
            kind=DayKind(row["kind"]),
            name=row["name"],
            decision=row["decision"],
            certainty=Certainty(row["certainty"]),
            note=row["note"],
        )
        for row in csv.DictReader(text.splitlines())
    )
