"""The counts that the conferences told, asked of the demo plan: each from its scope and its day.

reference: the conference on two years of Đề án 06 (early 2024, day inferred) and that of 19/7/2024.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from lienthong.steering.public import Bucket, Group, TaskScope, count_tasks
from steering.registers import BY, enter_demo_plans, moment

pytestmark = pytest.mark.django_db

EARLY_2024 = date(2024, 1, 31)
CONFERENCE = date(2024, 7, 19)


@pytest.fixture(scope="module")
def entered(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Entered once for this file, in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        enter_demo_plans(moment("22/11/2026 08:00"))
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def plans(entered: None, db: None) -> None:
    """Every test asks of the same two plans."""


def total(scope: TaskScope, as_of: date) -> int:
    return count_tasks(scope, as_of, by=BY).counts.total


def late(scope: TaskScope, as_of: date) -> int:
    return count_tasks(scope, as_of, by=BY).counts.late()


def test_81_tasks_are_20_common_and_61_specific() -> None:
    plan = TaskScope(plan="DA06-2024")
    assert total(plan, EARLY_2024) == 81
    assert total(TaskScope(plan="DA06-2024", group=Group.COMMON), EARLY_2024) == 20
    assert total(TaskScope(plan="DA06-2024", group=Group.SPECIFIC), EARLY_2024) == 61


def test_17_run_through_to_june_2024() -> None:
    june = date(2024, 6, 30)
    assert total(TaskScope(plan="DA06-2024", focus=True, first_due_by=june), EARLY_2024) == 17
    assert total(TaskScope(plan="DA06-2024", focus=True), EARLY_2024) == 17


def test_26_were_late_early_in_2024_in_de_an_06_alone() -> None:
    assert late(TaskScope(programme="DA06"), EARLY_2024) == 26


def test_51_were_late_on_19_7_2024_in_both_programmes() -> None:
    assert late(TaskScope(), CONFERENCE) == 51


def test_the_two_counts_differ_by_scope_and_by_day() -> None:
    assert late(TaskScope(programme="DA06"), CONFERENCE) == 30
    assert late(TaskScope(), EARLY_2024) == 26
    assert late(TaskScope(), date(2025, 3, 14)) == 32  # the number of 07/CT-TTg; its scope was not seen


def test_what_the_conference_knew_is_what_is_known_now() -> None:
    """No line crosses the day of a conference; between them knowledge did come later."""
    for day in (EARLY_2024, CONFERENCE):
        then = moment(f"{day:%d/%m/%Y} 23:59")
        assert count_tasks(TaskScope(), day, then, by=BY).counts.late() == late(TaskScope(), day)
    day = date(2024, 6, 28)
    then = count_tasks(TaskScope(), day, moment("28/06/2024 23:59"), by=BY).counts
    now = count_tasks(TaskScope(), day, by=BY).counts
    assert then.buckets[Bucket.DONE_IN_TIME] < now.buckets[Bucket.DONE_IN_TIME]
    assert then.total == now.total


def test_the_four_buckets_add_up_to_the_rows() -> None:
    count = count_tasks(TaskScope(), date(2026, 11, 20), by=BY)
    assert count.counts.total + count.counts.cancelled == len(count.rows)
    assert count.counts.total == 232
    by_unit = count_tasks(TaskScope(by_unit=True), date(2026, 11, 20), by=BY)
    assert by_unit.counts.total == 232 + 3 * 33


def test_what_lies_ahead_is_left_out() -> None:
    """On an older clock the demo holds only what that day could know."""
    count = count_tasks(TaskScope(plan="CDS-2026"), date(2026, 11, 20), by=BY)
    assert count.counts.total == 21
