"""Which limit binds the agency. Limits of other parties, and of stages inside, are never added to it."""

import re
from datetime import date, time, timedelta

from lienthong.kit.calendar import Calendar
from lienthong.kit.deadlines import Limit, LimitUnit, add_months
from lienthong.kit.errors import Refused, said
from lienthong.procedures.content import Content, TimeLimit

LAW_YEAR = re.compile(r"(\d+)(?:\.\d+)?/(\d{4})/")


class NoSuchVariant(Refused):
    sentence = said("Thủ tục {code} không có trường hợp “{variant}”. Hãy chọn lại trường hợp.")


def variant_of(content: Content, variant: str | None = None) -> TimeLimit | None:
    """The case with this id or case code; the first case when none is named. Raises NoSuchVariant."""
    if not variant:
        return next(iter(content.variants), None)
    for case in content.variants:
        if variant == case.id or variant in case.case_codes:
            return case
    raise NoSuchVariant(code=content.code, variant=variant)


def agency_limit(content: Content, variant: str | None = None) -> tuple[Limit | None, time | None]:
    """The agency's limit from receipt to result, and the hour after which receipt counts as the next day.

    Limit None: the source states none for this case, so nothing can be counted or be late.
    Raises NoSuchVariant.
    """
    case = variant_of(content, variant)
    if case is None:
        return None, None
    return _limit(case), case.reading.cut_off


def _limit(case: TimeLimit) -> Limit | None:
    if case.reading.same_day:
        return Limit.same_day()
    if case.value is None or case.unit is None or case.unit == "other" or case.value != int(case.value):
        return None
    return Limit(int(case.value), LimitUnit(case.unit))


def duty_last_day(content: Content, event: date, calendar: Calendar) -> date | None:
    """The last day to come in time after an event (60 days for a birth); None: no such duty.

    The day of the event is not counted, a last day that is off gives way to the next working day
    (Civil Code 2015 art. 147.2, 148.5). After it people still come; it may cost a late fee.
    """
    duty = content.limits.duty
    if duty is None:
        return None
    last = add_months(event, duty.value) if duty.unit == "month" else event + timedelta(days=duty.value)
    return calendar.working_day_from(last)


def newest_law(limits: list[TimeLimit]) -> TimeLimit | None:
    """Of limits that contradict each other, the one on the newest law, as between texts of one rank.

    None when a basis is missing or two are of the same year: then a person must decide.
    """
    years = [_year(limit.basis) for limit in limits]
    if not limits or None in years:
        return None
    newest = max(y for y in years if y is not None)
    return limits[years.index(newest)] if years.count(newest) == 1 else None


def _year(basis: str | None) -> int | None:
    found = [int(year) for _, year in LAW_YEAR.findall(basis or "")]
    return max(found, default=None)


UNIT_WORDS = {
    "hour": said("{value} giờ"),
    "day": said("{value} ngày"),
    "working_day": said("{value} ngày làm việc"),
    "same_day": said("Trong ngày làm việc"),
    "month": said("{value} tháng"),
}


def limit_words(case: TimeLimit | None) -> tuple[str, dict[str, object]]:
    """A sentence about a limit and its facts, for a translator; what is not stated is said in words."""
    if case is None or (case.value is None and case.least is None):
        return said("Nguồn không nêu thời hạn"), {}
    if case.reading.same_day:
        return UNIT_WORDS["same_day"], {}
    if case.value is None:
        return said("Từ {least} đến {most} ngày làm việc, nguồn không nêu rõ"), {
            "least": case.least,
            "most": case.most,
        }
    return UNIT_WORDS.get(case.unit or "", said("{value} (nguồn không nêu đơn vị)")), {"value": case.value}
