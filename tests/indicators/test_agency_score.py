"""An agency's own score by QĐ 766: the mart's definitions over live dossiers, and what is not recorded is said."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from lienthong.data.marts.reading import connect
from lienthong.data.marts.store import Store
from lienthong.dossiers.public import Dossier
from lienthong.feedback.public import Rating
from lienthong.identity.public import Actor, NotAllowed
from lienthong.indicators.compute import Asked, compute
from lienthong.indicators.mart import build_mart
from lienthong.indicators.public import (
    Scope,
    Status,
    agency_score,
    dossiers_of,
    enter_official_score,
    ids_behind,
    shipped,
    summed_score,
    sums_of,
)
from makers import World, at, moment, play_histories

pytestmark = pytest.mark.django_db

NOW = "20/11/2026 16:00"
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def played(world: World) -> Iterator[World]:
    with at(NOW):
        play_histories(world, 200, NOW)
        rated = Dossier.objects.filter(
            authority=world.committee, received_at__gte=moment("01/11/2026 00:00")
        ).first()
        assert rated
        Rating.objects.create(subject=f"dossier:{rated.pk}", score=1, at=moment(NOW), by=rated.filed_by)
        yield world


@pytest.fixture
def by(world: World) -> Actor:
    return world.actor("committee")


def test_live_scores_are_those_computed_over_the_mart(played: World, by: Actor, tmp_path: Path) -> None:
    build_mart(tmp_path / "mart")
    store = Store(tmp_path / "mart")
    files = {"dossiers": [store.dossiers], "procedures": [store.procedures]}
    compute(Asked(files, datetime.fromisoformat("2026-11-20T16:00:00.000001")), tmp_path / "out.parquet")
    table = connect().read_parquet(tmp_path / "out.parquet").to_pandas()
    agency = played.committee
    rows = table[(table.agency == agency.code) & (table.scope == "own")]
    november = rows[rows.month.astype(str).str.startswith("2026-11")].set_index("component")
    found = agency_score(agency, NOVEMBER, by=by)
    computed = 0
    for line in found.lines:
        code, there = line.own.component.code, november.loc[line.own.component.code]
        assert there.status == line.own.status.value, code
        if line.own.status is Status.COMPUTED:
            computed += 1
            assert line.own.score is not None
            assert (there.numerator, there.denominator) == (line.own.numerator, line.own.denominator), code
            assert there.score == pytest.approx(float(line.own.score)), code
    assert computed >= 11


def test_live_scores_count_what_the_tally_counts(played: World, by: Actor) -> None:
    found = agency_score(played.committee, NOVEMBER, by=by)
    live = sums_of(Scope(NOVEMBER, agency=played.committee.pk), by=by).counters
    on_time, satisfied = found.line("2.1"), found.line("5.4")
    assert on_time
    assert satisfied
    assert on_time.own.numerator == live["timely"]
    assert on_time.own.denominator == live["received"]
    assert satisfied.own.numerator == live["timely"] - 1, "one rated very hard"
    assert on_time.own.score == 20 * Fraction(live["timely"], live["received"])


def test_every_counter_of_dossiers_opens_to_as_many(played: World, by: Actor) -> None:
    found = agency_score(played.committee, NOVEMBER, by=by)
    opening = {name: value for line in found.lines for name, value, opens in line.counters if opens}
    assert {"received", "late", "digitised_throughout", "reused", "complained"} <= set(opening)
    for name in ("received", "late", "digitised_throughout", "complained"):
        assert len(dossiers_of(name, played.committee, NOVEMBER, by=by)) == opening[name], name
    scope = Scope(NOVEMBER, agency=played.committee.pk)
    late = ids_behind("timely", scope, by=by, negated=True)
    assert sorted(dossiers_of("late", played.committee, NOVEMBER, by=by)) == sorted(late)
    for name in ("synced", "procedures", "happiness", "paid_online"):
        assert dossiers_of(name, played.committee, NOVEMBER, by=by) == []


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("1.1", "công bố thủ tục"),
        ("1.4", "Cổng Dịch vụ công quốc gia"),
        ("3.3", "báo cáo quốc gia"),
        ("3.6", "cổng thanh toán"),
        ("4.4", "kho dữ liệu cá nhân"),
        ("5.2", "phản ánh, kiến nghị"),
    ],
)
def test_what_is_not_recorded_here_is_said_and_is_no_zero(
    played: World, by: Actor, code: str, why: str
) -> None:
    line = agency_score(played.committee, NOVEMBER, by=by).line(code)
    assert line
    assert (line.own.status, line.own.score) == (Status.NOT_COMPUTABLE, None)
    assert any(why in sentence for sentence in line.lacks)


def test_a_month_without_dossiers_has_no_score(played: World, by: Actor) -> None:
    found = agency_score(played.police, date(2026, 1, 1), by=by)
    assert (found.received, found.computed) == (0, [])


def test_official_and_own_stand_beside_each_other(played: World, by: Actor) -> None:
    def official(component: str, points: str) -> None:
        enter_official_score(
            agency=played.committee, component=component, first_month=NOVEMBER, last_month=NOVEMBER,
            score=Decimal(points), source="Cổng", as_of=date(2026, 11, 20), by=by,
        )  # fmt: skip

    own = agency_score(played.committee, NOVEMBER, by=by).line("2.1")
    assert own
    assert (own.official, own.difference) == (None, None)
    official("2.1", "15.5")
    official("1.1", "6")
    official("total", "70")
    found = agency_score(played.committee, NOVEMBER, by=by)
    both, theirs = found.line("2.1"), found.line("1.1")
    assert both
    assert theirs
    assert both.own.score == own.own.score
    assert own.own.score is not None
    assert both.difference == own.own.score - Fraction(31, 2)
    assert (theirs.difference, theirs.own.score) == (None, None)
    assert found.official
    assert found.official.score == 70


def test_every_component_of_the_index_has_its_line(played: World, by: Actor) -> None:
    found = agency_score(played.committee, NOVEMBER, by=by)
    version = shipped().on(date(2026, 11, 30))
    assert version
    assert [line.own.component.code for line in found.lines] == [c.code for c in version.components]


@pytest.mark.parametrize("who", ["hanh", "reception", "handler"])
def test_who_does_not_steer_reads_no_score(world: World, who: str) -> None:
    for ask in (
        lambda: agency_score(world.committee, NOVEMBER, by=world.actor(who)),
        lambda: dossiers_of("late", world.committee, NOVEMBER, by=world.actor(who)),
    ):
        with pytest.raises(NotAllowed):
            ask()


def test_a_sum_is_scored_from_the_counters_of_all_and_equals_the_files(
    played: World, by: Actor, tmp_path: Path
) -> None:
    """Province and country live against `indicators compute --tree` over the mart: every live component."""
    build_mart(tmp_path / "mart")
    store = Store(tmp_path / "mart")
    files = {"dossiers": [store.dossiers], "procedures": [store.procedures]}
    as_of = datetime.fromisoformat("2026-11-20T16:00:00.000001")
    compute(Asked(files, as_of, tree=store.agencies), tmp_path / "out.parquet")
    table = connect().read_parquet(tmp_path / "out.parquet").to_pandas()
    top = played.committee.path.split("/")[0]
    for found, scope, key in (
        (summed_score(top, NOVEMBER, by=by), "tree", top),
        (summed_score(None, NOVEMBER, by=by), "all", "*"),
    ):
        rows = table[(table.agency == key) & (table.scope == scope)]
        november = rows[rows.month.astype(str).str.startswith("2026-11")].set_index("component")
        live = [line for line in found.lines if line.own.status is Status.COMPUTED]
        assert len(live) >= 11
        for line in live:
            there = november.loc[line.own.component.code]
            assert (there.numerator, there.denominator) == (line.own.numerator, line.own.denominator)
            assert line.own.component.code == "2.2" or there.score == pytest.approx(
                float(line.own.score or 0)
            )
            parts = [own for _part, own in found.scored(line.own.component) if own.status is Status.COMPUTED]
            assert sum(own.numerator or 0 for own in parts) == line.own.numerator
            assert sum(own.denominator or 0 for own in parts) == line.own.denominator


def test_a_sum_is_no_average(played: World, by: Actor) -> None:
    found = summed_score(None, NOVEMBER, by=by)
    component = found.component("2.1")
    assert component
    of_parts = [own.score for _part, own in found.scored(component) if own.score is not None]
    whole = next(line.own for line in found.lines if line.own.component is component)
    assert whole.numerator is not None
    assert whole.denominator
    assert whole.score == component.cap * whole.numerator / whole.denominator
    assert len(of_parts) >= 1


def test_who_does_not_steer_gets_no_sum(played: World) -> None:
    with pytest.raises(NotAllowed):
        summed_score(None, NOVEMBER, by=played.actor("reception"))
