"""Official scores beside our own, and figures from outside as they were told."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from lienthong.identity.public import NotAllowed
from lienthong.indicators.actions import (
    CorrectionUnexplained,
    NotAFactsFile,
    NothingToWithdraw,
    PeriodBackwards,
    PeriodNotOver,
    ScoreAboveMaximum,
    SourceMissing,
    UnknownComponent,
)
from lienthong.indicators.outside import day_of, value_of
from lienthong.indicators.public import (
    Observation,
    OfficialScore,
    enter_official_score,
    load_observations,
    observations,
    official_history,
    official_scores,
    score,
    scores_beside,
    shipped,
    withdraw_official_score,
)
from lienthong.site.config import ROOT
from makers import World

FACTS = ROOT / "src" / "lienthong" / "steering" / "data" / "programme_facts.csv"
MAY = date(2026, 5, 1)


def enter(
    world: World, component: str = "2.1", points: str = "18.4", source: str = "Cổng", **more: Any
) -> OfficialScore:
    facts: dict[str, Any] = {
        "agency": world.committee, "first_month": MAY, "last_month": MAY, "as_of": date(2026, 6, 2),
        "by": world.actor("committee"),
    }  # fmt: skip
    return enter_official_score(component=component, score=Decimal(points), source=source, **facts | more)


@pytest.mark.django_db
def test_the_official_score_stands_beside_our_own(world: World) -> None:
    enter(world, points="18.2")
    enter(world, note="gõ nhầm")
    enter(world, "total", "80.1")
    version = shipped().versions[0]
    component = next(c for c in version.components if c.code == "2.1")
    own = {"2.1": score(version, component, {"received": 100, "late": 10})}
    official = official_scores(world.committee.pk, MAY, MAY, by=world.actor("committee"))
    first, total = scores_beside(own, official)
    assert first.difference == 18 - Fraction("18.4"), "the later entry counts, the earlier stays"
    assert (total.component, total.own, total.difference) == ("total", None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("component", "points", "source", "error"),
    [
        ("2.1", "20.1", "Cổng", ScoreAboveMaximum),
        ("2.1", "-1", "Cổng", ScoreAboveMaximum),
        ("9.9", "1", "Cổng", UnknownComponent),
        ("2.1", "1", " ", SourceMissing),
    ],
)
def test_a_score_that_cannot_be_is_refused(
    world: World, component: str, points: str, source: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        enter(world, component, points, source)


@pytest.mark.django_db
def test_who_may_not_enter_or_load(world: World) -> None:
    with pytest.raises(NotAllowed):
        load_observations(path=FACTS, by=world.actor("committee"))


@pytest.mark.django_db
def test_figures_from_outside_are_loaded_once(world: World) -> None:
    by = world.actor("administrator")
    count = load_observations(path=FACTS, by=by)
    assert count == 41, "30 observations and 11 rankings"
    assert load_observations(path=FACTS, by=by) == count
    assert Observation.objects.count() == count
    gci = observations("gci", by=by)
    assert [(o.value, o.out_of, o.as_of) for o in gci] == [(25, 194, date(2020, 12, 31))] * 2
    assert "cuối năm" in gci[0].inferred
    egdi = observations("egdi", by=by)
    assert [(o.told, o.as_of) for o in egdi] == [("86/193", date(2022, 12, 31))]
    assert observations("fibre", by=by) == [], "only a target was told: no figure, which is not zero"


@pytest.mark.django_db
def test_a_file_without_its_columns_is_refused(world: World, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(NotAFactsFile):
        load_observations(path=path, by=world.actor("administrator"))


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("2024-07-19", date(2024, 7, 19)),
        ("2020", date(2020, 12, 31)),
        ("2022 (kỳ báo cáo)", date(2022, 12, 31)),
        ("2020 so với 2016", date(2020, 12, 31)),
        ("2019→2024", date(2024, 12, 31)),
        ("2022;2023", date(2023, 12, 31)),
        ("(đầu 2024)", None),
        ("", None),
    ],
)
def test_the_day_of_a_figure_and_how_it_was_inferred(told: str, day: date | None) -> None:
    found = day_of(told)
    assert found.day == day
    assert bool(found.inferred) == (told != "2024-07-19")


def test_values_as_told() -> None:
    assert value_of("25/194") == (25, 194)
    assert value_of("55.25") == (Decimal("55.25"), None)
    assert value_of("chậm") == (None, None)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["hanh", "reception", "handler", "leader"])
def test_only_those_who_steer_or_audit_enter_an_official_score(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        enter_official_score(
            agency=world.committee, component="2.1", first_month=MAY, last_month=MAY, score=Decimal(18),
            source="Cổng", as_of=date(2026, 6, 2), by=world.actor(who),
        )  # fmt: skip


def of_may(world: World, **more: Any) -> dict[str, Decimal | None]:
    found = official_scores(world.committee.pk, MAY, MAY, by=world.actor("committee"), **more)
    return {code: row.score for code, row in found.items()}


@pytest.mark.django_db
def test_a_correction_needs_its_reason_and_what_was_known_before_stays_known(world: World) -> None:
    first = enter(world, points="18.2")
    enter(world, points="18.2")
    assert OfficialScore.objects.count() == 1, "the very same twice is once"
    with pytest.raises(CorrectionUnexplained, match=r"18,2 điểm"):
        enter(world, points="18.4")
    last = enter(world, points="18.4", note="đọc nhầm dòng")
    assert of_may(world) == {"2.1": Decimal("18.4")}
    assert of_may(world, known_at=first.entered_at) == {"2.1": Decimal("18.2")}
    withdraw_official_score(entry=last, reason="của cơ quan khác", by=world.actor("committee"))
    assert of_may(world) == {}
    with pytest.raises(NothingToWithdraw):
        withdraw_official_score(entry=last, reason="lần nữa", by=world.actor("committee"))
    history = official_history(world.committee.pk, by=world.actor("committee"))
    assert [(one.row.score, one.counts) for one in history] == [
        (None, False), (Decimal("18.400"), False), (Decimal("18.200"), False),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_later_publication_counts_and_the_earlier_is_what_was_true_then(world: World) -> None:
    enter(world, points="18.2")
    enter(world, points="18.4", as_of=date(2026, 7, 2))
    assert of_may(world) == {"2.1": Decimal("18.4")}
    assert of_may(world, as_of=date(2026, 6, 30)) == {"2.1": Decimal("18.2")}


@pytest.mark.django_db
def test_the_index_of_transformation_has_parts_of_its_own(world: World) -> None:
    """The main indices of 922/QĐ-BTTTT: 1,000 points, social infrastructure 100."""
    year = {"first_month": date(2026, 1, 1), "last_month": date(2026, 12, 1), "index": "dti"}
    enter(world, "total", "712.5", **year)
    enter(world, "government", "160", **year)
    with pytest.raises(ScoreAboveMaximum):
        enter(world, "government", "201", **year)
    with pytest.raises(UnknownComponent):
        enter(world, "2.1", "1", **year)
    assert of_may(world) == {}


@pytest.mark.django_db
def test_a_period_is_not_backwards_and_is_not_told_before_it_began(world: World) -> None:
    with pytest.raises(PeriodBackwards):
        enter(world, last_month=date(2026, 4, 1))
    with pytest.raises(PeriodNotOver):
        enter(world, as_of=date(2026, 4, 30))
    assert not OfficialScore.objects.exists()


@pytest.mark.django_db
def test_the_database_keeps_an_entry_as_it_is(world: World) -> None:
    row = enter(world)
    for change in (
        OfficialScore.objects.filter(pk=row.pk).delete,
        lambda: OfficialScore.objects.update(score=1),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["hanh", "reception", "handler", "leader"])
def test_only_those_who_enter_withdraw(world: World, who: str) -> None:
    row = enter(world)
    with pytest.raises(NotAllowed):
        withdraw_official_score(entry=row, reason="x", by=world.actor(who))
