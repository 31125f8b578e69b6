"""Figures, amounts and dates as Vietnamese pages print them."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kit.calendar import VIETNAM
from lienthong.kit.money import AmountNotUnderstood, format_dong, parse_dong
from lienthong.kit.numbers import NOT_APPLICABLE, format_number, percent
from lienthong.kit.partial_dates import DateDoesNotExist, DateNotUnderstood, PartialDate, Precision
from lienthong.kit.words import (
    NumberTooLargeForWords,
    format_appointment,
    format_date,
    weekday_name,
    words_of_date,
    words_of_number,
)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1234567, 0, "1.234.567"),
        (Decimal("1234567.89"), 2, "1.234.567,89"),
        (Decimal("0.999"), 1, "0,9"),
        (Fraction(-7, 2), 1, "-3,5"),
        (Decimal("-0.04"), 1, "0,0"),
        (5, 2, "5,00"),
    ],
)
def test_format_number_cuts_and_never_rounds(value: int | Decimal | Fraction, digits: int, text: str) -> None:
    assert format_number(value, digits) == text


@pytest.mark.parametrize(
    ("numerator", "denominator", "target", "text"),
    [
        (5997, 10000, 60, "59,9%"),
        (5997, 10000, None, "59,9%"),
        (6000, 10000, 60, "60,0%"),
        (6004, 10000, 60, "60,04%"),
        (504, 10000, 5, "5,04%"),  # a ceiling of 5%: "5,0%" would look met
        (128089, 186420, 60, "68,7%"),
        (1, 3, Decimal("33.3"), "33,33%"),
        (0, 10, 60, "0,0%"),
        (0, 0, 60, NOT_APPLICABLE),
    ],
)
def test_percent_never_crosses_its_target(
    numerator: int, denominator: int, target: int | Decimal | None, text: str
) -> None:
    assert percent(numerator, denominator, target) == text


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 100))
def test_percent_stands_on_the_side_of_the_exact_value(numerator: int, denominator: int, target: int) -> None:
    printed = Fraction(percent(numerator, denominator, target).rstrip("%").replace(".", "").replace(",", "."))
    exact = Fraction(100 * numerator, denominator)
    assert printed <= exact
    assert (printed > target, printed < target) == (exact > target, exact < target)


def test_format_dong() -> None:
    assert format_dong(1234567) == "1.234.567 đồng"
    assert format_dong(0) == "0 đồng"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1.234.567 đồng", 1234567), ("50000đ", 50000), ("50 000 VND", 50000), ("8,000", 8000), (" 0 ", 0)],
)
def test_parse_dong(typed: str, amount: int) -> None:
    assert parse_dong(typed) == amount


@pytest.mark.parametrize("typed", ["", "1.5", "1.2345", "12,50", "-5", "1.234,5", "năm nghìn", "1.234 567"])
def test_amount_not_understood(typed: str) -> None:
    with pytest.raises(AmountNotUnderstood, match=r"1\.234\.567"):
        parse_dong(typed)


@given(st.integers(0, 10**15))
def test_amounts_round_trip(amount: int) -> None:
    assert parse_dong(format_dong(amount)) == amount


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (105, "một trăm linh năm"),
        (1958, "một nghìn chín trăm năm mươi tám"),
        (2005, "hai nghìn không trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (1_000_000, "một triệu"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (1_234_567, "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy"),
        (3_000_000_001, "ba tỷ không trăm linh một"),
        (12_500_000_000, "mười hai tỷ năm trăm triệu"),
    ],
)
def test_words_of_number(number: int, words: str) -> None:
    assert words_of_number(number) == words


def test_number_too_large_for_words() -> None:
    with pytest.raises(NumberTooLargeForWords):
        words_of_number(-1)


@given(st.sets(st.integers(0, 10**12), min_size=2, max_size=2))
def test_different_numbers_have_different_words(pair: set[int]) -> None:
    one, other = pair
    assert words_of_number(one) != words_of_number(other)


def test_dates_in_words() -> None:
    day = date(2026, 9, 14)
    assert words_of_date(day) == "Ngày mười bốn, tháng chín, năm hai nghìn không trăm hai mươi sáu"
    assert words_of_date(date(1975, 4, 30)) == "Ngày ba mươi, tháng tư, năm một nghìn chín trăm bảy mươi lăm"


def test_dates_in_figures() -> None:
    assert format_date(date(2026, 9, 2)) == "02/09/2026"
    assert weekday_name(date(2026, 11, 20)) == "thứ Sáu"
    assert weekday_name(date(2026, 11, 22)) == "Chủ nhật"
    assert format_appointment(datetime(2026, 11, 27, 17, tzinfo=VIETNAM)) == "17:00 thứ Sáu 27/11/2026"


@pytest.mark.parametrize(
    ("typed", "iso", "printed", "precision"),
    [
        ("14/03/1958", "1958-03-14", "14/03/1958", Precision.DAY),
        ("1-9-1958", "1958-09-01", "01/09/1958", Precision.DAY),
        ("3/1958", "1958-03", "03/1958 (chỉ biết tháng và năm)", Precision.MONTH),
        (" 1958 ", "1958", "1958 (chỉ biết năm)", Precision.YEAR),
    ],
)
def test_partial_date(typed: str, iso: str, printed: str, precision: Precision) -> None:
    found = PartialDate.parse(typed)
    assert (found.iso(), str(found), found.precision) == (iso, printed, precision)
    assert PartialDate.from_iso(iso) == found


@pytest.mark.parametrize("typed", ["", "58", "14031958", "1958/03/14", "năm 1958", "14/3/58"])
def test_date_not_understood(typed: str) -> None:
    with pytest.raises(DateNotUnderstood, match="14/03/1958"):
        PartialDate.parse(typed)


@pytest.mark.parametrize("typed", ["29/02/2026", "31/04/1958", "13/1958", "00/1958", "0/0/1958"])
def test_date_that_does_not_exist(typed: str) -> None:
    with pytest.raises(DateDoesNotExist):
        PartialDate.parse(typed)


def test_partial_dates_may_be_the_same_day() -> None:
    year, month = PartialDate(1958), PartialDate(1958, 2)
    assert (month.earliest, month.latest) == (date(1958, 2, 1), date(1958, 2, 28))
    assert year.may_be(PartialDate(1958, 2, 14))
    assert month.may_be(year)
    assert not month.may_be(PartialDate.of(date(1958, 3, 1)))


def test_a_day_without_its_month_is_not_a_date() -> None:
    with pytest.raises(DateNotUnderstood):
        PartialDate(1958, None, 3)
