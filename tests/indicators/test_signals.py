"""Signals to be checked: planted cases are found, honest agencies are left alone, and every signal opens to its dossiers.

Thresholds are settings (`detectors/table.py`); no text of law gives them.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Final

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lienthong.dossiers.public import Dossier, History, enter_histories
from lienthong.feedback.public import Rating
from lienthong.identity.public import Actor, NotAllowed
from lienthong.indicators.detectors.rules import (
    Around,
    Expected,
    Method,
    Strength,
    expected,
    judge,
    tail,
)
from lienthong.indicators.models import SignCount, SignMark
from lienthong.indicators.public import (
    DETECTORS,
    Signal,
    UnknownDetector,
    enter_official_score,
    open_signal,
    refresh_signs,
    signals,
)
from lienthong.organisations.public import Kind, Organisation
from lienthong.procedures.public import versions_in_force
from lienthong.site.demo.lives import Asker, Manner, Player
from lienthong.site.demo.planted import BEND, Planter, is_of_the_committee
from lienthong.territory.public import Kind as UnitKind
from makers import BY, World, at, make_agency, make_unit, moment, received

NOW: Final = "20/11/2026 16:00"
SEPTEMBER, AUGUST = date(2026, 9, 1), date(2026, 8, 1)
WARDS: Final = 12
A_MONTH: Final = 60
AT_ONCE: Final = timedelta(0)


# ---- the rule, without a database


def around(**known: int | Fraction | None) -> Around:
    nothing = Around(0, None, 0, 0, 0, 0)
    return replace(nothing, **known)  # type: ignore[arg-type]  # fields by name


def test_what_is_usual_is_the_median_where_there_are_agencies_enough() -> None:
    known = around(
        agencies=8, median=Fraction(1, 10), others_part=9, others_whole=100, own_part=5, own_whole=20
    )
    assert expected(known, 20) == Expected(Fraction(1, 10), Method.MEDIAN, 8)
    assert expected(replace(known, agencies=7), 20) == Expected(Fraction(9, 100), Method.OTHERS, 100)
    assert expected(replace(known, agencies=7, others_whole=50), 20).method is Method.OTHERS  # type: ignore[union-attr]
    alone = replace(known, agencies=7, others_whole=49)
    assert expected(alone, 20) == Expected(Fraction(1, 4), Method.OWN, 20)
    assert expected(replace(alone, own_whole=19), 20) is None, "nothing to compare with, no signal"


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [
        (7, 20, None),  # 35 %: tolerated are 10 % × 1.25 + 25 %
        (14, 20, None),  # 70 %: by chance once in 330
        (16, 20, Strength.NOTABLE),
        (70, 100, Strength.STRONG),
        (37, 100, None),
    ],
)
def test_a_share_speaks_when_tolerance_and_chance_do_not_explain_it(
    part: int, whole: int, found: Strength | None
) -> None:
    assert judge(part, whole, Expected(Fraction(1, 10), Method.MEDIAN, 9), Fraction(1, 4)) is found


def test_what_is_usual_everywhere_is_no_signal_anywhere() -> None:
    assert judge(50, 50, Expected(Fraction(9, 10), Method.MEDIAN, 9), Fraction(0)) is None


@given(st.integers(1, 400), st.data())
def test_the_tail_is_a_chance_and_falls_with_the_part(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    share = data.draw(st.floats(0.01, 0.99))
    assert 0 <= tail(part, whole, share) <= 1
    assert tail(part, whole, share) <= tail(max(part - 1, 0), whole, share) + 1e-12


def test_the_tail_of_a_known_case() -> None:
    """At least 2 sixes of 3 dice: 16/216."""
    assert tail(2, 3, 1 / 6) == pytest.approx(16 / 216)
    assert tail(1, 3, 1 / 6) == pytest.approx(1 - (5 / 6) ** 3)
    assert tail(0, 3, 1 / 6) == 1


def test_far_below_the_mean_the_tail_is_certain() -> None:
    """One of ten thousand where half is usual: by the first term alone, e^-6900, it would be impossible."""
    assert tail(1, 10_000, 0.5) == pytest.approx(1)
    assert tail(18, 187, 0.99) == pytest.approx(1)
    assert judge(1, 10_000, Expected(Fraction(1, 2), Method.MEDIAN, 9), Fraction(0)) is None


def test_a_quarter_above_the_usual_share_is_tolerated() -> None:
    usual = Expected(Fraction(3, 5), Method.MEDIAN, 9)
    assert judge(76, 100, usual, Fraction(0)) is None  # by chance once in 1,700 at 60 %, often at 75 %
    assert judge(90, 100, usual, Fraction(0)) is Strength.NOTABLE


# ---- agencies, honest and not


@pytest.fixture
def wards(world: World) -> list[Organisation]:
    """Twelve wards with their committee and centre; the committees."""
    committees = []
    for n in range(WARDS):
        unit = make_unit(f"{90001 + n}", UnitKind.WARD, f"Phường Thử {n}", world.ward.parent)
        above = world.province
        committees.append(
            make_agency(
                f"H20.{60 + n}", f"Ủy ban nhân dân phường Thử {n}", Kind.COMMUNE_COMMITTEE, unit, above
            )
        )
        make_agency(f"H20.{80 + n}", f"Trung tâm phường Thử {n}", Kind.ONE_STOP_CENTRE, unit, above)
    return committees


def planter_of(ward: Organisation, month: date, seed: int) -> Planter:
    number = int(ward.code[-2:])
    assert ward.unit
    askers = [
        Asker(f"099{number:03}{n:06}", f"Người thử {n}", ward.unit.pk, f"{number}") for n in range(1, 61)
    ]
    versions = [v for v in versions_in_force(moment(NOW).date()) if is_of_the_committee(v)]
    player = Player(seed=seed * 100 + number, now=moment(NOW), versions=versions, askers=askers)
    dice = Random(f"{seed} {number}")
    player.manners = dict.fromkeys(
        player.manners, Manner(dice.uniform(0.4, 0.9), dice.uniform(0, 0.11), dice.uniform(0.1, 0.35), 0.9)
    )
    return Planter(player, askers, player.services, month, seed)


def honest(wards: list[Organisation], seed: int, *months: date) -> Iterator[History]:
    for ward in wards:
        for month in months or (SEPTEMBER,):
            yield from planter_of(ward, month, seed).honest(A_MONTH)


def enter(histories: Iterator[History] | list[History]) -> None:
    enter_histories(histories=histories, batch="test", by=BY)


def found(by: Actor, month: date = SEPTEMBER) -> list[tuple[str, str]]:
    refresh_signs(every=AT_ONCE)
    return [(s.code, s.agency.code) for s in signals(month, by=by)]


@pytest.fixture
def by(world: World) -> Actor:
    return world.actor("committee")


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_honest_agencies_raise_no_alarm(wards: list[Organisation], by: Actor, seed: int) -> None:
    with at(NOW):
        enter(honest(wards, seed, AUGUST, SEPTEMBER))
        alarms = found(by, AUGUST) + found(by)
    judged = sum(1 for c in SignCount.objects.all() if c.whole >= DETECTORS[c.detector].minimum)
    assert judged > 70
    assert alarms == []


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_planted_cases_are_found_and_nothing_else(wards: list[Organisation], by: Actor, seed: int) -> None:
    """Half of an agency's month is bent: each kind at another agency, seven agencies honest."""
    with at(NOW):
        planted = dict(zip(BEND, wards, strict=False))
        enter(honest(wards[len(planted) :], seed))
        for code, ward in planted.items():
            planter = planter_of(ward, SEPTEMBER, seed)
            enter([*planter.honest(A_MONTH // 2), *planter.bent(code, A_MONTH // 2)])
        assert sorted(found(by)) == sorted((code, ward.code) for code, ward in planted.items())


@pytest.fixture
def one_case(wards: list[Organisation], by: Actor) -> Iterator[Signal]:
    """A ward that moves due dates among honest ones."""
    with at(NOW):
        enter(honest(wards[1:], 4))
        planter = planter_of(wards[0], SEPTEMBER, 4)
        enter([*planter.honest(30), *planter.bent("due_moved", 30)])
        [(code, agency)] = found(by)
        assert (code, agency) == ("due_moved", wards[0].code)
        yield signals(SEPTEMBER, by=by)[0]


@pytest.mark.django_db
def test_a_signal_explains_itself(one_case: Signal) -> None:
    assert one_case.expected.method is Method.MEDIAN
    assert one_case.share > one_case.expected.share
    assert one_case.excess > 20
    assert f"{one_case.part} / {one_case.whole} hồ sơ" in one_case.sentence
    assert not {"{", "}"} & set(one_case.sentence + one_case.method)
    assert one_case.address == {"code": "due_moved", "agency": one_case.agency.pk, "month": "2026-09"}
    accusing = ("gian", "sai phạm", "vi phạm", "cố ý", "bịa")
    words = " ".join(f"{d.name} {d.sentence} {d.look}" for d in DETECTORS.values()).lower()
    assert not [word for word in accusing if word in words]


@pytest.mark.django_db
@pytest.mark.parametrize("code", sorted(set(DETECTORS) - {"points_without_dossiers"}))
def test_the_dossiers_behind_a_count_add_up_to_it(wards: list[Organisation], by: Actor, code: str) -> None:
    with at(NOW):
        for number, ward in enumerate(wards[:6]):
            planter = planter_of(ward, SEPTEMBER, 5)
            enter([*planter.honest(20), *planter.bent(list(BEND)[number], 5)])
        rate(list(Dossier.objects.order_by("pk")[:40]))
        refresh_signs(every=AT_ONCE)
        for ward in wards[:6]:
            opened = open_signal(code, ward, SEPTEMBER, by=by)
            counted = SignCount.objects.filter(authority=ward, month=SEPTEMBER, detector=code).first()
            part, whole = (counted.part, counted.whole) if counted else (0, 0)
            dossiers = opened.dossiers
            assert (len(dossiers.part), len(dossiers.part + dossiers.rest)) == (part, whole)
            assert set(dossiers.part + dossiers.rest) <= set(
                Dossier.objects.filter(authority=ward).values_list("pk", flat=True)
            )


def rate(dossiers: list[Dossier], *, late: bool = False, at: datetime | None = None) -> None:
    """A rating of each that was received: an hour after receipt, or after its return, or at a moment."""
    ratings = []
    for dossier in dossiers:
        when = at or (dossier.returned_at if late else dossier.received_at)
        if when:
            moment_of_it = when + timedelta(hours=1)
            ratings.append(
                Rating(subject=f"dossier:{dossier.pk}", score=5, at=moment_of_it, by=dossier.filed_by)
            )
    Rating.objects.bulk_create(ratings)


@pytest.mark.django_db
def test_a_rating_is_counted_though_it_touches_no_dossier(wards: list[Organisation]) -> None:
    with at(NOW):
        enter(honest(wards[:1], 6))
        refresh_signs()
    old = {"detector": "rated_before_result", "authority": wards[0]}
    assert not SignCount.objects.filter(**old).exists()
    SignMark.objects.update(seen="9" * 18)  # no dossier is younger than this
    with at("21/11/2026 09:00"):
        rate(list(Dossier.objects.filter(received_at__isnull=False)[:7]), at=timezone.now())
        refresh_signs()
    assert sum(c.whole for c in SignCount.objects.filter(**old)) == 7


@pytest.mark.django_db
def test_early_ratings_are_a_signal(wards: list[Organisation], by: Actor) -> None:
    with at(NOW):
        enter(honest(wards, 6))
        for ward in wards[1:]:
            rate(list(Dossier.objects.filter(authority=ward)), late=True)
        rate(list(Dossier.objects.filter(authority=wards[0])))
        assert set(found(by)) == {("rated_before_result", wards[0].code)}


@pytest.mark.django_db
def test_points_for_satisfaction_without_a_dossier_are_found(wards: list[Organisation], by: Actor) -> None:
    """766/QĐ-TTg, 5.4: nothing received gives no points."""
    with at(NOW):
        enter(planter_of(wards[1], SEPTEMBER, 7).honest(3))
        for ward in wards[:2]:
            enter_official_score(
                agency=ward, component="5.4", first_month=SEPTEMBER, last_month=SEPTEMBER, score=Decimal(5),
                source="Cổng Dịch vụ công quốc gia", as_of=date(2026, 10, 1), by=by,
            )  # fmt: skip
        assert found(by) == [("points_without_dossiers", wards[0].code)]
        assert found(by, AUGUST) == []


@pytest.mark.django_db
def test_too_few_dossiers_give_no_signal_and_no_zero(wards: list[Organisation], by: Actor) -> None:
    with at(NOW):
        enter(honest(wards[1:], 8))
        planter = planter_of(wards[0], SEPTEMBER, 8)
        enter(planter.bent("due_moved", 19))
        assert found(by) == []
        enter(planter.bent("due_moved", 1))
        assert found(by) == [("due_moved", wards[0].code)]
        assert not SignCount.objects.filter(whole=0).exists()


@pytest.mark.django_db
def test_the_count_of_a_touched_agency_equals_counting_anew(
    wards: list[Organisation], by: Actor, world: World
) -> None:
    with at(NOW):
        enter(honest(wards[:2], 9))
        refresh_signs(every=AT_ONCE)
        received(world)
        enter(planter_of(wards[0], AUGUST, 10).bent("one_device", 12))
        refresh_signs(every=AT_ONCE)
        refreshed = everything()
        SignCount.objects.all().delete()
        from_nothing()
        assert everything() == refreshed


def everything() -> set[tuple[object, ...]]:
    return set(SignCount.objects.values_list("authority", "month", "detector", "part", "whole"))


def from_nothing() -> None:
    SignMark.objects.all().delete()
    refresh_signs()


@pytest.mark.django_db
def test_nothing_is_recounted_within_ten_minutes(wards: list[Organisation]) -> None:
    with at("20/11/2026 16:00"):
        first = refresh_signs()
        enter(planter_of(wards[0], SEPTEMBER, 11).honest(5))
    with at("20/11/2026 16:09"):
        assert refresh_signs().at == first.at
    with at("20/11/2026 16:10"):
        assert refresh_signs().at > first.at
    assert SignCount.objects.filter(authority=wards[0]).exists()


# ---- who may see them


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["hanh", "reception", "handler"])
def test_who_does_not_steer_sees_no_signal(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        signals(SEPTEMBER, by=world.actor(who))


@pytest.mark.django_db
def test_a_leader_sees_the_own_agency_s_only(one_case: Signal, world: World) -> None:
    leader = world.actor("leader")
    assert signals(SEPTEMBER, by=leader) == []
    with pytest.raises(NotAllowed):
        open_signal("due_moved", one_case.agency, SEPTEMBER, by=leader)
    opened = open_signal("due_moved", one_case.agency, SEPTEMBER, by=world.actor("auditor"))
    assert opened.signal == one_case


@pytest.mark.django_db
def test_an_unknown_kind_is_refused_with_a_sentence(world: World, by: Actor) -> None:
    with pytest.raises(UnknownDetector):
        open_signal("happiness", world.committee, SEPTEMBER, by=by)


def test_every_kind_that_bends_a_dossier_has_its_detector() -> None:
    assert set(BEND) <= set(DETECTORS)
