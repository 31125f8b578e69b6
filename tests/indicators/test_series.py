"""Months go on through the mergers of 1/7/2025: with whoever was merged, and never with a part guessed."""

from datetime import date

import pytest

from indicators.merged import OldWorld, before_the_merger, month_of, nothing_new
from lienthong.identity.public import Actor, NotAllowed
from lienthong.indicators.public import Scope, Sums, Tier, series_of, sums_by, sums_of, tops_by_month
from lienthong.organisations.public import carried_on_by, heirs_of_level_one, lineage, lineage_ids
from makers import World

pytestmark = pytest.mark.django_db

JUNE, JULY, TODAY = date(2025, 6, 1), date(2025, 7, 1), date(2026, 11, 9)


@pytest.fixture
def old(world: World) -> OldWorld:
    """In June 2025 four agencies received; in July what they were merged into did."""
    before = before_the_merger(world)
    nothing_new()
    month_of(world.committee, JULY, 100, 70)
    month_of(before.whole, JUNE, 30, 3)
    month_of(before.split, JUNE, 500, 400)
    month_of(world.far_committee, JULY, 10, 1)
    return before


@pytest.fixture
def by(world: World) -> Actor:
    return world.actor("committee")


def told(rows: list[Sums]) -> list[tuple[str, int, int]]:
    return [(row.key, row.counters["received"], row.counters["online"]) for row in rows]


def test_who_carries_on_and_who_was_split(world: World, old: OldWorld) -> None:
    assert heirs_of_level_one(TODAY) == {"H58": "H20"}
    found = lineage(world.committee)
    assert (found.joined, found.split) == ((old.whole,), (old.split,))
    assert lineage_ids(world.far_committee.pk) == ([world.far_committee.pk], [old.split.pk])
    assert carried_on_by([old.whole.pk, old.split.pk, old.province.pk, world.committee.pk], TODAY) == {
        old.whole.pk: world.committee.pk,
        old.province.pk: world.province.pk,
    }


def test_a_province_counts_the_months_of_the_provinces_merged_into_it(
    world: World, old: OldWorld, by: Actor
) -> None:
    """202/2025/QH15: the whole province came over, its split wards included."""
    found = series_of(Scope(JULY, top="H20"), by=by)
    assert told(found.months) == [("2025-06-01", 530, 403), ("2025-07-01", 100, 70)]
    assert [each.agency for each in found.joined] == [old.province]
    assert found.apart == ()
    assert told(sums_by("month", Scope(JULY, top="H20"), by=by)) == told(found.months)


def test_a_commune_counts_whole_predecessors_and_leaves_split_ones_apart(
    world: World, old: OldWorld, by: Actor
) -> None:
    found = series_of(Scope(JULY, agency=world.committee.pk), by=by)
    assert told(found.months) == [("2025-06-01", 30, 3), ("2025-07-01", 100, 70)]
    assert [each.agency for each in found.joined] == [old.whole]
    assert [(each.agency, told(each.months)) for each in found.apart] == [
        (old.split, [("2025-06-01", 500, 400)])
    ]


def test_a_month_before_the_merger_adds_up_under_the_units_of_today(
    world: World, old: OldWorld, by: Actor
) -> None:
    tops = sums_by("top", Scope(JUNE), by=by)
    assert told(tops) == [("H20", 530, 403)]
    agencies = sums_by("agency", Scope(JUNE, top="H20"), by=by)
    assert {row.key: row.counters["received"] for row in agencies} == {
        str(world.committee.pk): 30,
        str(old.split.pk): 500,
    }
    assert sums_of(Scope(JUNE), by=by).counters["received"] == 530


def test_every_top_and_month_in_one_question(world: World, old: OldWorld, by: Actor) -> None:
    found = tops_by_month(Scope(JULY, tier=Tier.LOCALITY), by=by)
    assert {
        month: {top: row.counters["received"] for top, row in rows.items()} for month, rows in found.items()
    } == {
        JUNE: {"H20": 530},
        JULY: {"H20": 100, "H24": 10},
    }


def test_only_those_who_steer_read_a_series(world: World, old: OldWorld) -> None:
    for scope in (Scope(JULY), Scope(JULY, top="H20"), Scope(JULY, agency=world.committee.pk)):
        with pytest.raises(NotAllowed):
            series_of(scope, by=world.actor("handler"))
