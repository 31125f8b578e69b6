"""Foresight: a line through the medians, an interval from its own errors, and what would close the gap."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.steering.public import Outlook, forecast, outlook, to_close
from lienthong.steering.rules.forecast import errors_of, fit, quantile, reach

MONTHS = st.lists(st.floats(0, 100), min_size=4, max_size=14)


def test_a_straight_line_is_continued_without_doubt() -> None:
    found = forecast([40, 42, 44, 46, 48, 50], 2)
    assert found is not None
    assert (found.expected, found.low, found.high) == (54.0, 54.0, 54.0)
    assert found.slope == 2.0
    assert (found.back_test.tries, found.back_test.median_error) == (3, 0.0)
    assert (found.back_test.held, found.back_test.judged) == (2, 2)


def test_one_odd_month_moves_it_little() -> None:
    """Least squares would foretell 62.9 here."""
    found = forecast([40, 42, 44, 90, 48, 50, 52], 1)
    assert found is not None
    assert found.expected == pytest.approx(54.0)


def test_three_months_foretell_nothing() -> None:
    assert forecast([40, 42, 44], 1) is None


def test_by_hand() -> None:
    """10, 20, 20, 40: slopes 10, 5, 10, 0, 10, 20, median 10; starts 10, 10, 0, 10, median 10."""
    assert fit([10, 20, 20, 40]) == (10.0, 10.0)
    assert errors_of([10, 20, 20, 40]) == [15.0]  # from 10, 20, 20: slope 5, start 10, so 25 was foretold


def test_the_interval_widens_with_the_distance() -> None:
    near, far = forecast([40, 45, 41, 47, 44, 49], 1), forecast([40, 45, 41, 47, 44, 49], 4)
    assert near is not None
    assert far is not None
    assert far.high - far.low == pytest.approx(2 * (near.high - near.low))


@given(MONTHS, st.integers(0, 24))
def test_a_share_stays_a_share_and_the_middle_lies_inside(months: list[float], ahead: int) -> None:
    found = forecast(months, ahead)
    assert found is not None
    assert 0 <= found.low <= found.expected <= found.high <= 100
    assert found.back_test.held <= found.back_test.judged == found.back_test.tries - 1


def test_eight_in_ten_outcomes_lie_in_the_interval() -> None:
    """Over invented units with noise of 3 points: the promise of COVER is about kept out of sample."""
    dice = Random(766)
    held = 0
    for _ in range(400):
        slope = dice.uniform(-1, 2)
        months = [50 + slope * i + dice.gauss(0, 3) for i in range(11)]
        found = forecast(months[:10], 1)
        assert found is not None
        held += found.low <= months[10] <= found.high
    assert 0.7 <= held / 400 <= 0.92


def test_quantile_takes_the_further_one() -> None:
    assert quantile([1, 2, 3, 4, 5], 0.8) == 4
    assert quantile([1, 2], 0.8) == 2
    assert reach([-3, 1, 2]) == 3


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [(50, Outlook.MET), (54, Outlook.MET), (54.01, Outlook.AT_RISK), (60, Outlook.AT_RISK)],
)
def test_without_doubt_a_target_is_met_or_at_risk(threshold: float, expected: Outlook) -> None:
    found = forecast([40, 42, 44, 46, 48, 50], 2)
    assert found is not None
    assert outlook(found, threshold) is expected


def test_in_doubt_the_middle_decides() -> None:
    found = forecast([40, 45, 41, 47, 44, 49], 1)
    assert found is not None
    assert found.low < found.expected < found.high
    assert outlook(found, found.expected) is Outlook.LIKELY
    assert outlook(found, found.expected + 0.1) is Outlook.DOUBTFUL


@given(st.integers(0, 500), st.integers(0, 500), st.fractions(0, 100))
def test_what_closes_the_gap_closes_it_and_one_less_does_not(
    part: int, more: int, threshold: Fraction
) -> None:
    whole = part + more
    missing = to_close(part, whole, threshold)
    assert 0 <= missing <= more
    assert 100 * (part + missing) >= threshold * whole
    if missing:
        assert 100 * (part + missing - 1) < threshold * whole


def test_an_exact_threshold_asks_for_no_one_more() -> None:
    assert to_close(60, 100, Fraction(60)) == 0
    assert to_close(59, 100, Fraction(60)) == 1
    assert to_close(5997, 10000, Fraction(60)) == 3
