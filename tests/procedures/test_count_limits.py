"""Limits of the agency and duties of people."""

from datetime import date, time

import pytest

from lienthong.kit.calendar import Calendar
from lienthong.kit.deadlines import Limit, LimitUnit
from lienthong.procedures.content import Content
from lienthong.procedures.public import (
    NoSuchVariant,
    agency_limit,
    completeness,
    duty_last_day,
    limit_words,
    variant_of,
)

Contents = dict[str, Content]


@pytest.mark.parametrize(
    ("code", "limit", "cut_off"),
    [
        ("1.001193", Limit.same_day(), time(15)),
        ("2.000815", Limit.same_day(), time(15)),
        ("3.000722", Limit(3, LimitUnit.WORKING_DAY), time(15)),
        ("1.004873", Limit(3, LimitUnit.WORKING_DAY), None),
        ("3.000333", Limit(10, LimitUnit.DAY), None),
        ("1.004222", Limit(7, LimitUnit.WORKING_DAY), None),
        ("1.013225", Limit(7, LimitUnit.WORKING_DAY), None),
        ("1.008498", Limit(3, LimitUnit.WORKING_DAY), None),
        ("1.001776", None, None),
    ],
)
def test_usual_limit(contents: Contents, code: str, limit: Limit | None, cut_off: time | None) -> None:
    assert agency_limit(contents[code]) == (limit, cut_off)


def test_limit_of_a_chosen_case(contents: Contents) -> None:
    assert agency_limit(contents["1.001193"], "v3")[0] == Limit(7, LimitUnit.DAY)
    assert agency_limit(contents["2.002854"], "v2")[0] == Limit(8, LimitUnit.WORKING_DAY)


def test_case_that_is_not_there_is_refused(contents: Contents) -> None:
    with pytest.raises(NoSuchVariant, match=r"1\.013225"):
        agency_limit(contents["1.013225"], "v7")  # the applicant's two days


def test_limit_in_words(contents: Contents) -> None:
    def words(code: str) -> str:
        template, facts = limit_words(variant_of(contents[code]))
        return template.format(**facts)

    assert words("1.001193") == "Trong ngày làm việc"
    assert words("1.004222") == "7 ngày làm việc"
    assert words("2.002913") == "Từ 6 đến 18 ngày làm việc, nguồn không nêu rõ"
    assert words("1.001776") == "Nguồn không nêu thời hạn"


def test_birth_is_declared_within_60_days(contents: Contents) -> None:
    """Luật Hộ tịch 60/2014/QH13 art. 15.1; a last day that is off moves on (Civil Code 2015 art. 148.5)."""
    calendar = Calendar.official()
    assert duty_last_day(contents["1.001193"], date(2026, 9, 21), calendar) == date(2026, 11, 20)
    assert duty_last_day(contents["1.001193"], date(2026, 9, 25), calendar) == date(
        2026, 11, 25
    )  # 24/11 is off
    assert duty_last_day(contents["1.004873"], date(2026, 9, 21), calendar) is None


def test_incomplete_record_says_what_is_missing(contents: Contents) -> None:
    """NĐ 63/2010/NĐ-CP art. 8.2. No record says how many sets of papers."""
    assert [m.part for m in completeness(contents["1.001193"])] == ["sets_of_papers"]
    assert [m.part for m in completeness(contents["1.001776"])] == ["sets_of_papers", "limits"]
