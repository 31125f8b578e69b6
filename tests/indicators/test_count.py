"""The tally is what a count over the dossiers gives, whatever was done since the last look."""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from django.utils import timezone

from lienthong.dossiers.public import Channel, Dossier, forward_dossier, is_late, withdraw_dossier
from lienthong.identity.public import NotAllowed
from lienthong.indicators.public import (
    INDICATORS,
    Figure,
    Scope,
    Tally,
    Tier,
    ids_behind,
    rebuild_tally,
    refresh_tally,
    sums_by,
    sums_of,
)
from makers import (
    BY,
    World,
    asked,
    assigned,
    at,
    decided,
    file_at_counter,
    file_birth_dossier,
    received,
    supplemented,
)

pytestmark = pytest.mark.django_db

NOVEMBER = date(2026, 11, 1)


def by_hand(now: object) -> Counter[str]:
    """The counters of November counted one dossier at a time, in Python."""
    found: Counter[str] = Counter()
    for dossier in Dossier.objects.exclude(received_at=None):
        found["received"] += 1
        found["online"] += dossier.channel == Channel.ONLINE
        found["timely"] += not is_late(dossier.life, now)  # type: ignore[arg-type]
        found["results"] += dossier.outcome == "approved"
        found["digitised"] += dossier.outcome == "approved" and dossier.digitised
    return found


def counted(world: World) -> dict[str, int]:
    return sums_of(Scope(NOVEMBER), by=world.actor("committee")).counters


def test_counters_equal_a_count_by_hand_at_any_hour(world: World) -> None:
    received(world)
    asked(world)
    supplemented(world)
    decided(world)
    for hour in ("09/11/2026 12:00", "13/11/2026 17:01", "30/11/2026 08:00"):
        with at(hour) as now:
            hand = by_hand(now)
            assert {key: hand[key] for key in hand} == {key: counted(world)[key] for key in hand}
            assert hand["received"] == 4


def test_a_second_look_recounts_what_moved_and_nothing_twice(world: World) -> None:
    dossier = assigned(world)
    before = counted(world)
    assert counted(world) == before

    withdraw_dossier(dossier=dossier.pk, reason="Đã làm ở nơi khác", by=world.actor("hanh"))
    received(world)

    after = counted(world)
    assert after["received"] == before["received"] + 1
    assert refresh_tally().seen == refresh_tally().seen


def test_what_is_filed_and_not_received_is_in_no_figure(world: World) -> None:

    file_birth_dossier(world)
    assert counted(world)["received"] == 0


def test_forwarded_after_receipt_it_leaves_the_first_agency_for_the_second(world: World) -> None:
    dossier = assigned(world)
    assert agency(world, world.committee.pk) == 1
    forward_dossier(
        dossier=dossier.pk,
        authority=world.far_committee,
        reason="Nơi cư trú đã đổi",
        by=world.actor("reception"),
    )
    assert (agency(world, world.committee.pk), agency(world, world.far_committee.pk)) == (0, 1)


def agency(world: World, pk: int) -> int:
    return sums_of(Scope(NOVEMBER, agency=pk), by=world.actor("committee")).counters["received"]


@pytest.mark.parametrize("code", INDICATORS)
def test_country_is_the_sum_of_provinces_agencies_procedures_and_dossiers(world: World, code: str) -> None:
    received(world)
    asked(world)
    decided(world)
    file_at_counter(world)
    by, indicator = world.actor("committee"), INDICATORS[code]
    country = sums_of(Scope(NOVEMBER), by=by)
    for key in ("top", "agency", "procedure"):
        rows = sums_by(key, Scope(NOVEMBER), by=by)
        assert sum(r.counters[indicator.part] for r in rows) == country.counters[indicator.part]
        assert sum(r.counters[indicator.whole] for r in rows) == country.counters[indicator.whole]
    tiers = [sums_of(Scope(NOVEMBER, tier=tier), by=by) for tier in Tier]
    assert sum(t.counters[indicator.whole] for t in tiers) == country.counters[indicator.whole]


@pytest.mark.parametrize("counter", ["received", "online", "timely", "results", "digitised"])
def test_the_dossiers_behind_a_counter_are_as_many_as_it_says(world: World, counter: str) -> None:
    received(world)
    asked(world)
    decided(world)
    by = world.actor("committee")
    with at("30/11/2026 08:00") as now:
        for row in sums_by("agency", Scope(NOVEMBER), by=by):
            scope = Scope(NOVEMBER, agency=int(row.key))
            behind = ids_behind(counter, scope, by=by, now=now)
            rest = ids_behind(counter, scope, by=by, negated=True, now=now)
            whole = row.counters["results" if counter == "digitised" else "received"]
            assert len(behind) == row.counters[counter]
            assert len(behind) + len(rest) == whole
            assert not set(behind) & set(rest)


def test_an_empty_denominator_is_not_applicable_and_never_zero() -> None:
    figure = Figure(INDICATORS["on_time"], 0, 0, timezone.now())
    assert figure.percent is None
    assert figure.meets(Fraction(60)) is None


def test_counting_anew_gives_the_same(world: World) -> None:
    received(world)
    decided(world)
    before = counted(world)
    counters = rebuild_tally(by=BY)
    assert counters == Tally.objects.count()
    assert counted(world) == before


@pytest.mark.parametrize("who", ["hanh", "reception", "handler"])
def test_figures_are_for_those_who_steer(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        sums_of(Scope(NOVEMBER), by=world.actor(who))
