"""When a dossier is due, and how the days are counted.

Civil Code 2015: hours run from the moment (art. 147.1); days and months run from the next day
(art. 147.2); a month ends on the same day number, or on the month's last day (art. 148.3); a last
day that is off gives way to the next working day (art. 148.5).
Which of these an agency follows is a setting, `Counting`.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from lienthong.kit.calendar import Calendar, OfficeHours, at_time, local
from lienthong.kit.errors import Refused, said

OFFICE = OfficeHours()


class LimitUnusable(Refused):
    sentence = said("Thời hạn phải là số nguyên từ 1 trở lên; “trong ngày” luôn là 1.")


class StopEndsBeforeItStarts(Refused):
    sentence = said("Lúc chạy tiếp ({resumed_at}) phải sau lúc dừng ({stopped_at}).")


class LimitUnit(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    SAME_DAY = "same_day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Limit:
    """A legal time limit, such as 10 working days. A same-day limit has value 1.

    "Trả ngay trong ngày; nhận sau 15 giờ thì trả ngày làm việc tiếp theo" is `Limit.same_day()`
    counted with `RETURN_SAME_DAY`.
    """

    value: int
    unit: LimitUnit

    def __post_init__(self) -> None:
        if self.value < 1 or (self.unit is LimitUnit.SAME_DAY and self.value != 1):
            raise LimitUnusable

    @classmethod
    def same_day(cls) -> "Limit":
        return cls(1, LimitUnit.SAME_DAY)


@dataclass(frozen=True, slots=True)
class Counting:
    """How an agency counts. The defaults are the Civil Code 2015, art. 147-148.

    `from_next_day`: True, the day of receipt is not counted and the last day ends at `due_time`;
      False, working days, days and months end at the clock time of receipt (moved into office hours).
    `roll_last_day`: a last day that is off gives way to the next working day, until `due_time`.
    `cut_off`: what is received after this time, or on a day off, counts as received on the next
      working day. None: every day counts as itself; same-day limits then use `due_time`.
    `due_time`: when the last day ends. `office`: the hours that an hour limit runs in.
    """

    from_next_day: bool = True
    roll_last_day: bool = True
    cut_off: time | None = None
    due_time: time = time(17)
    office: OfficeHours = OFFICE


CIVIL_CODE = Counting()
RETURN_SAME_DAY = Counting(cut_off=time(15))


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stands still while someone is waited for; `resumed_at` is None while it still does."""

    stopped_at: datetime
    resumed_at: datetime | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        stopped = local(self.stopped_at)
        if self.resumed_at is not None and local(self.resumed_at) < stopped:
            raise StopEndsBeforeItStarts(
                stopped_at=f"{stopped:%H:%M %d/%m/%Y}", resumed_at=f"{local(self.resumed_at):%H:%M %d/%m/%Y}"
            )


def counted_from(received_at: datetime, *, calendar: Calendar, counting: Counting) -> date:
    """The day that counts as the day of receipt, after the cut-off time is applied."""
    return _counted_from(received_at, counting.cut_off, calendar)


def _counted_from(received_at: datetime, cut_off: time | None, calendar: Calendar) -> date:
    received_at = local(received_at)
    day = received_at.date()
    if cut_off is None:
        return day
    if received_at.time() > cut_off:
        return calendar.next_working_day(day)
    return calendar.working_day_from(day)


def due_at(received_at: datetime, limit: Limit, *, calendar: Calendar, counting: Counting) -> datetime:
    """The moment a dossier received at `received_at` is due, in Vietnamese time.

    Never before the receipt. Hours are office hours, `office.hours_a_day` of them a working day.
    Raises MomentWithoutZone, OutsideCalendar.
    """
    received_at = local(received_at)
    if limit.unit is LimitUnit.SAME_DAY:
        day = _counted_from(
            received_at, min(counting.cut_off or counting.due_time, counting.due_time), calendar
        )
        return at_time(day, counting.due_time)
    if limit.unit is LimitUnit.HOUR:
        return _hours_after(_start(received_at, calendar, counting), limit.value, calendar, counting)
    if counting.from_next_day:
        first, clock = counted_from(received_at, calendar=calendar, counting=counting), counting.due_time
    else:
        start = _start(received_at, calendar, counting)
        first, clock = start.date(), start.time()
    return _ends(_last_day(first, limit, calendar), clock, calendar, counting)


def _start(received_at: datetime, calendar: Calendar, counting: Counting) -> datetime:
    """The moment of receipt, after the cut-off and moved into office hours."""
    first = counted_from(received_at, calendar=calendar, counting=counting)
    if first != received_at.date():
        return at_time(first, counting.office.opens)
    return counting.office.next_open(received_at, calendar)


def _hours_after(start: datetime, hours: int, calendar: Calendar, counting: Counting) -> datetime:
    days, rest = divmod(hours, counting.office.hours_a_day)
    moment = at_time(calendar.add_working_days(start.date(), days), start.time())
    return counting.office.add(moment, timedelta(hours=rest), calendar) if rest else moment


def _last_day(first: date, limit: Limit, calendar: Calendar) -> date:
    if limit.unit is LimitUnit.WORKING_DAY:
        return calendar.add_working_days(first, limit.value)
    if limit.unit is LimitUnit.MONTH:
        return add_months(first, limit.value)
    return first + timedelta(days=limit.value)


def _ends(last: date, clock: time, calendar: Calendar, counting: Counting) -> datetime:
    if counting.roll_last_day and not calendar.is_working_day(last):
        return at_time(calendar.next_working_day(last), counting.due_time)
    return at_time(last, clock)


def add_months(day: date, months: int) -> date:
    """The same day number `months` later, or that month's last day (Civil Code 2015 art. 148.3)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def resume_due(
    due: datetime,
    *,
    stopped_at: datetime,
    resumed_at: datetime,
    calendar: Calendar,
    counting: Counting,
    unit: LimitUnit = LimitUnit.WORKING_DAY,
) -> datetime:
    """The new due moment when the clock stood still from `stopped_at` until `resumed_at`.

    The day of the stop counts as used and the day of the resumption does not, as with a receipt
    (Civil Code 2015 art. 147.2). So
    - working-day and same-day limits gain the working days in (day stopped, day resumed];
    - hour limits gain the office time that passed;
    - day and month limits gain the calendar days, and the new last day is rolled.
    The new moment is never before the close of business that follows the resumption, so that no
    dossier comes back already late. A stop after the due moment changes nothing: what is late stays late.
    Raises MomentWithoutZone, StopEndsBeforeItStarts.
    """
    stop = Stop(stopped_at, resumed_at)
    due, stopped, resumed = local(due), local(stop.stopped_at), local(resumed_at)
    if stopped > due:
        return due
    if unit is LimitUnit.HOUR:
        return counting.office.add(due, counting.office.between(stopped, resumed, calendar), calendar)
    if unit in {LimitUnit.DAY, LimitUnit.MONTH}:
        moved = _ends(due.date() + (resumed.date() - stopped.date()), due.time(), calendar, counting)
    else:
        gained = calendar.working_days_between(stopped.date(), resumed.date())
        moved = at_time(calendar.add_working_days(due.date(), gained), due.time()) if gained else due
    return max(moved, _close_after(resumed, calendar, counting)) if resumed > moved else moved


def _close_after(moment: datetime, calendar: Calendar, counting: Counting) -> datetime:
    return at_time(_counted_from(moment, counting.due_time, calendar), counting.due_time)


def due_with_stops(
    received_at: datetime, limit: Limit, stops: Sequence[Stop], *, calendar: Calendar, counting: Counting
) -> datetime:
    """`due_at`, moved by every stop that has ended. Stops that touch or overlap count once."""
    due = due_at(received_at, limit, calendar=calendar, counting=counting)
    for stopped_at, resumed_at in _merged(stops):
        due = resume_due(
            due,
            stopped_at=stopped_at,
            resumed_at=resumed_at,
            calendar=calendar,
            counting=counting,
            unit=limit.unit,
        )
    return due


def _merged(stops: Sequence[Stop]) -> list[tuple[datetime, datetime]]:
    spans: list[tuple[datetime, datetime]] = []
    for start, end in sorted((s.stopped_at, s.resumed_at) for s in stops if s.resumed_at is not None):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def is_late(due: datetime, at: datetime) -> bool:
    return local(at) > local(due)


def days_late(due: datetime, at: datetime, calendar: Calendar) -> int:
    """Working days after the due day, the day of `at` included; 0 when not late.

    Also 0 when late by hours on the due day itself, or on the days off that follow: ask `is_late`.
    """
    return max(0, calendar.working_days_between(local(due).date(), local(at).date()))


@dataclass(frozen=True, slots=True)
class Remaining:
    """How far the due moment is. `template` and `facts` give the sentence to a translator.

    `working_days`: working days after today until the due day, or days late. `minutes`: open office
    minutes to go when due within the day, else 0.
    """

    late: bool
    working_days: int
    minutes: int = 0

    @property
    def template(self) -> str:
        if self.late:
            return said("Chậm {days} ngày làm việc") if self.working_days else said("Đã quá giờ hẹn")
        if self.working_days:
            return said("Còn {days} ngày làm việc")
        if self.minutes >= 60:
            return said("Còn {hours} giờ")
        return said("Còn {minutes} phút") if self.minutes else said("Đến hạn hôm nay")

    @property
    def facts(self) -> dict[str, int]:
        return {"days": self.working_days, "hours": self.minutes // 60, "minutes": self.minutes}

    def __str__(self) -> str:
        return self.template.format(**self.facts)


def remaining(due: datetime, at: datetime, calendar: Calendar, office: OfficeHours = OFFICE) -> Remaining:
    """What is left of the limit at the moment `at`."""
    due, at = local(due), local(at)
    if at > due:
        return Remaining(late=True, working_days=days_late(due, at, calendar))
    days = calendar.working_days_between(at.date(), due.date())
    minutes = 0 if days else office.between(at, due, calendar) // timedelta(minutes=1)
    return Remaining(late=False, working_days=days, minutes=minutes)


class CellKind(StrEnum):
    COUNTED = "counted"
    STOPPED = "stopped"
    LEFT = "left"
    OFF = "off"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class ClockCell:
    """One day of the deadline ribbon.

    `number`: which day of the limit, or of the lateness; None for stopped and off days.
    `reason`: why a day is off or stopped.
    """

    kind: CellKind
    date: date
    number: int | None = None
    is_today: bool = False
    is_due: bool = False
    reason: str = ""


def clock_cells(
    received_at: datetime,
    due: datetime,
    stops: Sequence[Stop],
    today: date,
    calendar: Calendar,
    *,
    counting: Counting = CIVIL_CODE,
) -> list[ClockCell]:
    """The working days from receipt to the due day, or to today when late; holidays in between are shown.

    Plain weekends are left out. `due` is the present one, with every ended stop in it; while a stop
    is still open the ribbon shows what the due day would become if the clock started again today.
    """
    start = counted_from(received_at, calendar=calendar, counting=counting)
    last = local(due).date()
    for stop in stops:
        if stop.resumed_at is None:
            waited = calendar.working_days_between(local(stop.stopped_at).date(), today)
            last = calendar.add_working_days(last, max(0, waited))
    first = min(start + timedelta(days=1), calendar.working_day_from(last))
    cells: list[ClockCell] = []
    counts = {CellKind.COUNTED: 0, CellKind.LATE: 0}
    for ordinal in range(first.toordinal(), max(last, today).toordinal() + 1):
        day = date.fromordinal(ordinal)
        if calendar.is_plain_weekend(day):
            continue
        kind, reason = _kind_of(day, last, stops, today, calendar)
        if kind in counts:
            counts[kind] += 1
        number = counts.get(kind)
        if kind is CellKind.COUNTED and day > today:
            kind = CellKind.LEFT
        cells.append(ClockCell(kind, day, number, is_today=day == today, is_due=day == last, reason=reason))
    return cells


def _kind_of(
    day: date, last: date, stops: Sequence[Stop], today: date, calendar: Calendar
) -> tuple[CellKind, str]:
    off = calendar.why_off(day)
    if off:
        return CellKind.OFF, off
    for stop in stops:
        until = local(stop.resumed_at).date() if stop.resumed_at else today
        if local(stop.stopped_at).date() < day <= until:
            return CellKind.STOPPED, stop.reason
    return (CellKind.LATE if day > last else CellKind.COUNTED), ""
