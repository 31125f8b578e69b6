"""Dates are read as far as they are known, in SQL as in kit."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienthong.data.intake.dates import DateReading, date_marks, date_value
from lienthong.kit.errors import Refused
from lienthong.kit.partial_dates import PartialDate

DB = duckdb.connect()
DAY_FIRST = DateReading()


def read(*texts: str, how: DateReading = DAY_FIRST) -> list[str]:
    return [
        one
        for (one,) in DB.execute(
            f"SELECT {date_value('v', how)} FROM (SELECT unnest(?) AS v)", [list(texts)]
        ).fetchall()
    ]


def marks(text: str, how: DateReading = DAY_FIRST) -> list[str]:
    sql = ", ".join(f"CASE WHEN {test} THEN '{mark}' END" for mark, test in date_marks("v", "w", how))
    row = DB.execute(
        f"SELECT [{sql}] FROM (SELECT v, {date_value('v', how)} AS w FROM (SELECT ? AS v))", [text]
    ).fetchone()
    assert row is not None
    return [mark for mark in row[0] if mark]


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("14/03/1958", "1958-03-14"), ("14.3.1958", "1958-03-14"), ("14-03-1958", "1958-03-14"), ("14 03 1958", "1958-03-14"),
        ("03/1958", "1958-03"), ("3-1958", "1958-03"), ("1958", "1958"),
        ("00/00/1958", "1958"), ("00/03/1958", "1958-03"), ("--/--/1958", "1958"), ("../../1958", "1958"),
        ("1958-03-14", "1958-03-14"), ("1958-03-14 00:00:00", "1958-03-14"), ("1958-03-14T10:20:00Z", "1958-03-14"), ("1958-03", "1958-03"),
        ("14031958", "1958-03-14"), ("29/02/2000", "2000-02-29"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_far_as_it_is_known(typed: str, iso: str) -> None:
    assert read(typed) == [iso]
    assert marks(typed) == []


@pytest.mark.parametrize(
    ("typed", "mark"),
    [("29/02/1999", "not_a_date"), ("31/04/1980", "not_a_date"), ("14/03/58", "two_digit_year"), ("tháng ba", "not_a_date"),
     ("1/13/1958", "not_a_date"), ("03/25/1958", "swapped"), ("45/1958", "not_a_date"), ("0958", "not_a_date")],
)  # fmt: skip
def test_what_is_not_a_date_stays_as_typed_and_is_marked(typed: str, mark: str) -> None:
    if typed == "1/13/1958":
        mark = "swapped"
    assert read(typed) == [typed]
    assert marks(typed) == [mark]


def test_month_first_is_read_only_where_it_was_accepted() -> None:
    month_first = DateReading(month_first=True)
    assert read("03/25/1958", "03/04/1958", how=month_first) == ["1958-03-25", "1958-03-04"]
    assert marks("03/04/1958", month_first) == ["swapped_back"]
    assert marks("25/03/1958", month_first) == ["swapped"]


def test_dates_that_the_spreadsheet_turned_are_turned_back_only_where_it_was_accepted() -> None:
    assert read("1980-05-03", "25/03/1980", how=DateReading(swap_typed=True)) == ["1980-03-05", "1980-03-25"]
    assert read("1980-05-03") == ["1980-05-03"]


def test_first_of_january_may_stand_for_a_year() -> None:
    how = DateReading(year_only=True)
    assert read("01/01/1958", "02/01/1958", how=how) == ["1958", "1958-01-02"]
    assert marks("01/01/1958", how) == ["year_kept"]


@settings(max_examples=12)
@given(
    st.lists(
        st.from_regex(r"(([0-9]{1,2}[/.-])?[0-9]{1,2}[/.-])?(18|19|20)[0-9]{2}", fullmatch=True),
        min_size=20,
        max_size=60,
    )
)
def test_the_sql_understands_what_kit_understands(typed: list[str]) -> None:
    for text, iso in zip(typed, read(*typed), strict=True):
        try:
            known = PartialDate.parse(text)
        except Refused:
            # Zeros stand for what is not known, which a form on screen does not allow.
            assert (
                iso == text
                or "0" in text.replace("/", ".").replace("-", ".").split(".")[:-1]
                or text.startswith("00")
            )
        else:
            assert iso == (known.iso() if 1850 <= known.year <= 2099 else text)
