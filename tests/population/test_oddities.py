"""Which accesses a person may want to ask about; no database."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from lienthong.kit.calendar import Calendar, OfficeHours
from lienthong.population.rules import Reading, is_tied, oddities
from lienthong.population.words import Oddity, Purpose

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
AT_WORK = datetime(2026, 11, 20, 9, 12, tzinfo=HANOI)
READING = Reading(
    at=AT_WORK,
    purpose=Purpose.EXAMINE,
    organisation="H20.47",
    organisation_province="82",
    home_province="82",
    dossier="H20.47-261120-0031",
)


def odd(reading, *others):
    tied = is_tied(reading, others)
    return oddities(reading, tied=tied, calendar=Calendar.official(), hours=OfficeHours())


def test_a_reading_for_a_dossier_at_work_is_not_odd():
    assert odd(READING) == ()


@pytest.mark.parametrize(
    "at",
    [
        datetime(2026, 11, 20, 22, 0, tzinfo=HANOI),
        datetime(2026, 11, 20, 12, 0, tzinfo=HANOI),
        datetime(2026, 11, 22, 9, 0, tzinfo=HANOI),
        datetime(2026, 11, 24, 9, 0, tzinfo=HANOI),
        datetime(2026, 11, 20, 11, 0, tzinfo=UTC),
    ],
)
def test_outside_office_hours_is_odd(at):
    """Evening, noon, Sunday, the holiday of 24/11, and 18:00 told in UTC."""
    assert odd(replace(READING, at=at)) == (Oddity.OUTSIDE_HOURS,)


def test_a_machine_and_a_family_keep_no_hours():
    night = datetime(2026, 11, 20, 23, 0, tzinfo=HANOI)
    assert odd(replace(READING, at=night, keeps_hours=False)) == ()


def test_another_province_is_odd_only_without_a_dossier():
    """Decree 118/2025/NĐ-CP: a dossier may be filed anywhere."""
    elsewhere = replace(READING, organisation_province="31")
    assert odd(elsewhere) == ()
    assert odd(replace(elsewhere, dossier="")) == (Oddity.NO_DOSSIER, Oddity.OTHER_PROVINCE)


def test_a_ministry_is_of_no_province():
    ministry = replace(READING, organisation_province="", dossier="")
    assert odd(ministry) == (Oddity.NO_DOSSIER,)


def test_finding_somebody_at_the_counter_is_tied_by_the_dossier_of_that_day_and_counter():
    found = replace(READING, purpose=Purpose.COUNTER, dossier="")
    assert odd(found) == (Oddity.NO_DOSSIER,)
    assert odd(found, READING) == ()
    assert odd(found, replace(READING, organisation="H24.01")) == (Oddity.NO_DOSSIER,)
    assert odd(found, replace(READING, at=datetime(2026, 11, 19, 9, 0, tzinfo=HANOI))) == (Oddity.NO_DOSSIER,)


def test_a_plan_is_not_tied_by_somebody_elses_dossier():
    assert odd(replace(READING, purpose=Purpose.REVIEW, dossier=""), READING) == (Oddity.NO_DOSSIER,)
