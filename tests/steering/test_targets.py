"""Targets as the programme's reports told them: loaded once, never merged, held against live figures."""

from fractions import Fraction

import pytest

from lienthong.identity.public import (
    ANONYMOUS,
    Actor,
    Duty,
    NotAllowed,
    Role,
    SignInNeeded,
    allowed,
    permissions,
    system,
)
from lienthong.indicators.public import INDICATORS, Tier
from lienthong.steering.public import Target, load_targets, target_for, targets
from lienthong.steering.rules import MEASURED_BY, TIERS

pytestmark = pytest.mark.django_db

BY = system("test")


def holder(role: Role) -> Actor:
    return Actor("account:9", 9, None, "Thử", 2, frozenset({Duty(role, "VN")}))


def test_loading_twice_changes_nothing() -> None:
    first = load_targets(by=BY)
    before = list(Target.objects.order_by("id").values())
    assert load_targets(by=BY) == first == len(before)
    assert list(Target.objects.order_by("id").values()) == before


def test_what_measures_a_target_is_a_known_indicator_and_every_mapping_is_used() -> None:
    load_targets(by=BY)
    assert set(MEASURED_BY.values()) <= set(INDICATORS)
    assert set(TIERS.values()) == {tier.value for tier in Tier}
    assert set(Target.objects.exclude(indicator="").values_list("indicator", flat=True)) == set(
        MEASURED_BY.values()
    )
    assert set(Target.objects.exclude(indicator_tier="").values_list("indicator_tier", flat=True)) == set(
        TIERS.values()
    )


def test_tiers_keep_their_own_threshold() -> None:
    load_targets(by=BY)
    ministries = target_for("end_to_end_services", Tier.MINISTRY)
    localities = target_for("end_to_end_services", Tier.LOCALITY)
    assert ministries
    assert localities
    assert ministries.threshold != localities.threshold or ministries.pk != localities.pk
    assert all(isinstance(t.threshold, Fraction) for t in (ministries, localities))
    assert target_for("on_time", Tier.LOCALITY) is None or MEASURED_BY


def test_measured_ones_come_first_and_a_target_without_a_number_has_no_threshold() -> None:
    load_targets(by=BY)
    measured = [bool(t.indicator) for t in targets()]
    assert measured == sorted(measured, reverse=True)
    for target in Target.objects.filter(value__isnull=True):
        assert target.threshold is None


TABLE = {
    "steering.load_targets": {Role.ADMINISTRATOR},
    "steering.read": set(Role),
    "steering.keep_bodies": {Role.ADMINISTRATOR},
    "indicators.read": {Role.COMMITTEE, Role.AUDITOR, Role.LEADER, Role.CENTRE_LEADER, Role.ADMINISTRATOR},
    "indicators.rebuild": {Role.ADMINISTRATOR},
}


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_may(name: str) -> None:
    assert {role for role in Role if allowed(holder(role), name)} == TABLE[name]
    assert allowed(BY, name)
    citizen = Actor("account:1", 1, "099194004471", "", 2)
    assert not allowed(citizen, name)
    assert not allowed(ANONYMOUS, name)


OF_A_TASK = {
    "steering.assign",
    "steering.decide",
    "steering.enter_history",
    "steering.judge_reading",
    "steering.keep_plan",
    "steering.remove_obstacle",
    "steering.report",
}
"""Those that depend on the task or the body: see test_assign.py, test_report.py and console/test_reading.py."""


def test_no_permission_of_the_room_is_left_out() -> None:
    declared = {n for n in permissions() if n.partition(".")[0] == "steering"}
    assert {name for name in TABLE if name.startswith("steering")} | OF_A_TASK == declared


def test_strangers_load_nothing() -> None:
    with pytest.raises(SignInNeeded):
        load_targets(by=ANONYMOUS)
    with pytest.raises(NotAllowed):
        load_targets(by=holder(Role.COMMITTEE))
    assert not Target.objects.exists()
