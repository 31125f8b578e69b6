"""Every figure is a count of dossiers, and opens down to them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.utils import timezone

from lienthong.dossiers.public import Channel, Dossier, Outcome, forward_dossier, is_late, receive_dossier
from lienthong.identity.public import Actor, NotAllowed
from lienthong.indicators.counting import SUMMED
from lienthong.indicators.models import Total
from lienthong.indicators.public import (
    INDICATORS,
    Scope,
    Sums,
    Tally,
    Tier,
    UnknownIndicator,
    by_key,
    ids_behind,
    indicator,
    months_known,
    rebuild_tally,
    refresh_tally,
    sums_by,
    sums_of,
)
from lienthong.kit.calendar import local
from makers import ANSWERS, World, assigned, at, decided, file_birth_dossier, play_histories, received

pytestmark = pytest.mark.django_db

NOW = "20/11/2026 16:00"
NOVEMBER = date(2026, 11, 1)
ANSWERS_IN_OCTOBER = {**ANSWERS, "child_birth_date": "2026-10-05"}


@pytest.fixture
def played(world: World) -> Iterator[World]:
    """Four hundred dossiers of half a year in two wards; it is Friday 20/11/2026, 16:00."""
    with at(NOW):
        play_histories(world, 400, NOW)
        yield world


@pytest.fixture
def by(world: World) -> Actor:
    return world.actor("committee")


# ---- the tally against the dossiers themselves


def counted_by_hand() -> dict[tuple[int, date, str], Counter[str]]:
    """The counters as their help texts say, one dossier at a time."""
    found: dict[tuple[int, date, str], Counter[str]] = {}
    for dossier in Dossier.objects.filter(received_at__isnull=False).select_related("version"):
        assert dossier.received_at
        month = local(dossier.received_at).date().replace(day=1)
        cell = found.setdefault((dossier.authority_id, month, dossier.procedure_code), Counter())
        online, full = dossier.channel == Channel.ONLINE, dossier.version.typed.delivery.value == "full"
        ended = dossier.closed_at or dossier.stopped_at
        late = bool(ended) and is_late(dossier.life, timezone.now())
        approved = dossier.outcome == Outcome.APPROVED
        cell.update(
            received=1,
            online=online,
            full=full,
            full_online=full and online,
            in_time=bool(ended) and not late,
            late=late,
            running=ended is None,
            results=approved,
            digitised=approved and dossier.digitised,
        )
    return found


def as_counted() -> dict[tuple[int, date, str], Counter[str]]:
    names = (
        "received",
        "online",
        "full",
        "full_online",
        "in_time",
        "late",
        "running",
        "results",
        "digitised",
    )
    return {
        (row.authority_id, row.month, row.procedure_code): Counter({n: getattr(row, n) for n in names})
        for row in Tally.objects.all()
    }


def test_counters_are_a_count_of_the_dossiers(played: World) -> None:
    refresh_tally()
    assert as_counted() == counted_by_hand()
    assert sum(row.received for row in Tally.objects.all()) > 300


def test_refreshing_after_acts_gives_what_counting_anew_gives(played: World) -> None:
    refresh_tally()
    for number in range(3):
        dossier = received(played) if number else decided(played)
    forward_dossier(dossier=dossier.pk, authority=played.police, reason="x", by=played.actor("reception"))
    refresh_tally()
    refreshed = as_counted()
    assert refreshed == counted_by_hand()
    rebuild_tally(by=played.actor("administrator"))
    assert as_counted() == refreshed


def totals() -> dict[tuple[str, date], list[int]]:
    return {
        (row.top, row.month): [getattr(row, name) for name in (*SUMMED, "services", "services_full")]
        for row in Total.objects.all()
    }


def totals_by_hand() -> dict[tuple[str, date], list[int]]:
    found: dict[tuple[str, date], list[int]] = {}
    for row in Tally.objects.select_related("authority"):
        key = row.authority.path.split("/")[0], row.month
        values = [getattr(row, name) for name in SUMMED] + [int(row.received > 0), int(row.full_online > 0)]
        found[key] = [a + b for a, b in zip(found.get(key, [0] * len(values)), values, strict=True)]
    return found


def test_totals_follow_the_tally_through_every_refresh(played: World) -> None:
    refresh_tally()
    assert totals() == totals_by_hand()
    decided(played)
    forward_dossier(
        dossier=received(played).pk, authority=played.police, reason="x", by=played.actor("reception")
    )
    refresh_tally()
    assert totals() == totals_by_hand()
    rebuild_tally(by=played.actor("administrator"))
    assert totals() == totals_by_hand()


def test_refreshing_when_nothing_happened_changes_nothing(played: World) -> None:
    refresh_tally()
    before = as_counted()
    refresh_tally()
    assert as_counted() == before


# ---- country = provinces = communes = dossiers


def parts(sums: Sums, code: str) -> tuple[int, int]:
    figure = sums.figure(INDICATORS[code])
    return figure.part, figure.whole


def added(rows: list[Sums], code: str) -> tuple[int, int]:
    pairs = [parts(row, code) for row in rows]
    return sum(part for part, _ in pairs), sum(whole for _, whole in pairs)


@pytest.mark.parametrize("code", sorted(INDICATORS))
def test_the_country_is_the_sum_of_its_parts_at_every_step(played: World, by: Actor, code: str) -> None:
    for month in months_known_after(by):
        country = parts(sums_of(Scope(month), by=by), code)
        tops = sums_by("top", Scope(month), by=by)
        assert added(tops, code) == country
        agencies = sums_by("agency", Scope(month), by=by)
        assert added(agencies, code) == country
        for top in tops:
            below = sums_by("agency", Scope(month, top=top.key), by=by)
            assert added(below, code) == parts(top, code)
        tiers = [sums_of(Scope(month, tier=tier), by=by) for tier in Tier]
        assert added(tiers, code) == country
        for agency in agencies:
            services = sums_by("procedure", Scope(month, agency=int(agency.key)), by=by)
            assert added(services, code) == parts(agency, code)


def months_known_after(by: Actor) -> list[date]:
    refresh_tally()
    return months_known()


@pytest.mark.parametrize("code", sorted(c for c, i in INDICATORS.items() if i.unit != "dịch vụ"))
def test_the_last_page_lists_the_dossiers_of_part_and_rest(played: World, by: Actor, code: str) -> None:
    shown = INDICATORS[code]
    everything: set[int] = set()
    for month in months_known_after(by):
        for agency in sums_by("agency", Scope(month), by=by):
            figure = agency.figure(shown)
            scope = Scope(month, agency=int(agency.key))
            part = ids_behind(shown.part, scope, by=by, now=figure.as_of)
            rest = ids_behind(shown.part, scope, by=by, negated=True, now=figure.as_of)
            assert (len(part), len(rest)) == (figure.part, figure.rest)
            assert not set(part) & set(rest)
            assert sorted(part + rest) == sorted(ids_behind(shown.whole, scope, by=by))
            everything |= set(part + rest)
    wanted = Dossier.objects.filter(received_at__isnull=False)
    if shown.whole == "results":
        wanted = wanted.filter(outcome=Outcome.APPROVED)
    assert everything == set(wanted.values_list("pk", flat=True))


def test_services_are_procedures_of_an_agency_with_dossiers_in_the_month(played: World, by: Actor) -> None:
    """Mỗi thủ tục ở mỗi cơ quan là một dịch vụ."""
    shown = INDICATORS["end_to_end_services"]
    for month in months_known_after(by):
        for agency in sums_by("agency", Scope(month), by=by):
            figure = agency.figure(shown)
            services = sums_by("procedure", Scope(month, agency=int(agency.key)), by=by)
            assert figure.whole == len(services)
            full = [s for s in services if s.figure(shown).part]
            assert figure.part == len(full)
            for one in services:
                scope = Scope(month, agency=int(agency.key), procedure=one.key)
                assert ids_behind("received", scope, by=by), "a service without a dossier is not counted"


# ---- one act, one counter


def counters(world: World, by: Actor, agency: Any = None) -> dict[str, int]:
    return sums_of(Scope(NOVEMBER, agency=(agency or world.committee).pk), by=by).counters


def moved(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def test_filing_counts_nothing_and_receiving_counts_one(played: World, by: Actor) -> None:
    with at("20/11/2026 09:00"):
        before = counters(played, by)
        dossier = file_birth_dossier(played)
        assert moved(before, counters(played, by)) == {}
        receive_dossier(dossier=dossier.pk, by=played.actor("reception"))
        after = moved(before, counters(played, by))
    assert after.pop("services", 0) in {0, 1}
    assert after.pop("services_full", 0) in {0, 1}
    assert after == {"received": 1, "online": 1, "timely": 1}


def test_a_signed_result_counts_as_result_and_as_digitised(world: World, by: Actor) -> None:
    before = counters(world, by)
    decided(world)
    after = moved(before, counters(world, by))
    assert (after["results"], after["digitised"], after["timely"]) == (1, 1, 1)


def test_a_dossier_becomes_late_by_the_hour_with_no_act_at_all(world: World, by: Actor) -> None:
    received(world)  # Monday 08:41, due 17:00
    with at("09/11/2026 17:00"):
        assert counters(world, by)["timely"] == 1
    with at("09/11/2026 17:01"):
        assert counters(world, by)["timely"] == 0


def test_forwarded_after_receipt_it_leaves_one_agency_and_joins_the_other(world: World, by: Actor) -> None:
    dossier = assigned(world)
    here, there = counters(world, by), counters(world, by, world.police)
    forward_dossier(
        dossier=dossier.pk, authority=world.police, reason="Thẩm quyền.", by=world.actor("reception")
    )
    assert moved(here, counters(world, by))["received"] == -1
    assert moved(there, counters(world, by, world.police))["received"] == 1
    assert as_counted() == counted_by_hand()
    assert ids_behind("received", Scope(NOVEMBER, agency=world.committee.pk), by=by) == []
    assert ids_behind("received", Scope(NOVEMBER, agency=world.police.pk), by=by) == [dossier.pk]


def test_the_month_is_the_vietnamese_one_of_receipt(world: World, by: Actor) -> None:
    """Received on 30/11 at 23:30 Vietnamese time; filed in October."""
    with at("31/10/2026 23:00"):
        dossier = file_birth_dossier(world, answers=ANSWERS_IN_OCTOBER)
    with at("30/11/2026 23:30"):
        receive_dossier(dossier=dossier.pk, by=world.actor("reception"))
        assert counters(world, by)["received"] == 1
        assert ids_behind("received", Scope(NOVEMBER, agency=world.committee.pk), by=by) == [dossier.pk]


def test_an_empty_denominator_is_not_applicable_and_never_zero(world: World, by: Actor) -> None:
    sums = sums_of(Scope(date(2027, 1, 1)), by=by)
    for shown in INDICATORS.values():
        figure = sums.figure(shown)
        assert (figure.part, figure.whole) == (0, 0)
        assert figure.value is figure.percent is None
        assert figure.meets(Fraction(80)) is None


def test_a_figure_is_held_against_its_threshold_unrounded(world: World, by: Actor) -> None:
    received(world)
    figure = sums_of(Scope(NOVEMBER), by=by).figure(indicator("online_dossiers"))
    assert (figure.percent, figure.meets(Fraction(100))) == (100, True)
    assert figure.meets(Fraction(1001, 10)) is False


def test_an_unknown_indicator_is_refused_with_a_sentence() -> None:
    with pytest.raises(UnknownIndicator):
        indicator("happiness")


@pytest.mark.parametrize("who", ["hanh", "reception", "handler"])
def test_who_does_not_steer_reads_no_figure(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        sums_of(Scope(NOVEMBER), by=world.actor(who))
    with pytest.raises(NotAllowed):
        ids_behind("received", Scope(NOVEMBER, agency=world.committee.pk), by=world.actor(who))


def test_one_row_a_key(played: World, by: Actor) -> None:
    rows = sums_by("top", Scope(NOVEMBER), by=by)
    assert set(by_key(rows)) == {"H20", "H24"}
