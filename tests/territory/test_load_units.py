"""Loading the register: what is in it, and that loading again changes nothing."""

import csv
from collections import Counter
from datetime import date
from unicodedata import is_normalized

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q

from lienthong.audit.public import entries_about
from lienthong.territory.actions import DATA
from lienthong.territory.events import UnitsLoaded
from lienthong.territory.public import Kind, Level, Succession, Unit, load_units, units_on

BEFORE = date(2025, 6, 30)
AFTER = date(2025, 7, 1)
TODAY = date(2026, 11, 21)

pytestmark = pytest.mark.usefixtures("register")


class Loader:
    reference = "system:test"


def count(day: date, level: Level) -> int:
    return units_on(day, level=level).count()


def test_before_july_2025_there_were_63_provinces_696_districts_and_10035_communes() -> None:
    assert [count(BEFORE, level) for level in Level] == [63, 696, 10_035]


@pytest.mark.parametrize("day", [AFTER, TODAY])
def test_since_july_2025_there_are_34_provinces_and_3321_communes(day: date) -> None:
    """Resolution 202/2025/QH15 and the 34 resolutions 1654 to 1687/NQ-UBTVQH15."""
    assert [count(day, level) for level in Level] == [34, 0, 3_321]


def test_kinds_of_communes_on_1_july_2025_and_today() -> None:
    """237/NQ-UBTVQH16 made 10 wards in Đồng Nai, 388/NQ-UBTVQH16 12 in Bắc Ninh."""
    then = Counter(units_on(AFTER, level=Level.COMMUNE).values_list("kind", flat=True))
    now = Counter(units_on(TODAY, level=Level.COMMUNE).values_list("kind", flat=True))
    assert then == {Kind.COMMUNE: 2_621, Kind.WARD: 687, Kind.SPECIAL_ZONE: 13}
    assert now == {Kind.COMMUNE: 2_599, Kind.WARD: 709, Kind.SPECIAL_ZONE: 13}


def test_441_communes_were_split_and_9594_went_to_one() -> None:
    parts = Counter(
        Unit.objects.on(BEFORE)
        .filter(level=Level.COMMUNE)
        .annotate(parts=Count("successions_out"))
        .values_list("parts", flat=True)
    )
    assert parts == {1: 9_594, 2: 369, 3: 55, 4: 16, 5: 1}


def test_partial_means_that_the_predecessor_was_split() -> None:
    split = Unit.objects.annotate(parts=Count("successions_out")).filter(parts__gt=1)
    assert set(split) == {s.predecessor for s in Succession.objects.filter(is_partial=True)}


def test_every_unit_has_a_successor_or_is_in_force() -> None:
    assert (
        not Unit.objects.filter(valid_to__isnull=False, successions_out=None)
        .exclude(level=Level.DISTRICT)
        .exists()
    )


def test_every_unit_of_today_has_a_predecessor() -> None:
    """The five special zones that were districts without communes come out of those districts."""
    assert not Unit.objects.on(TODAY).filter(successions_in=None).exists()
    districts = Succession.objects.filter(predecessor__level=Level.DISTRICT)
    assert sorted(s.successor.short_name for s in districts) == [
        "Bạch Long Vĩ", "Côn Đảo", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn",
    ]  # fmt: skip


def test_successors_follow_predecessors_the_day_after() -> None:
    assert not Succession.objects.exclude(predecessor__valid_to=F("successor__valid_from")).exists()


def test_no_commune_stands_outside_a_province() -> None:
    communes = Unit.objects.on(TODAY).filter(level=Level.COMMUNE)
    assert not communes.exclude(parent__level=Level.PROVINCE, parent__valid_to=None).exists()
    old = Unit.objects.on(BEFORE).filter(level=Level.COMMUNE)
    assert not old.exclude(parent__level=Level.DISTRICT, parent__parent__level=Level.PROVINCE).exists()


def test_names_are_composed_unicode_without_stray_spaces() -> None:
    names = Unit.objects.values_list("name", flat=True)
    assert all(is_normalized("NFC", name) and name == " ".join(name.split()) for name in names)


def test_every_row_has_a_source_and_days_that_were_inferred_say_so() -> None:
    """Units of before July 2025 began earlier than the register; nobody should read a first day there."""
    assert not Unit.objects.filter(source="").exists()
    assert set(Unit.objects.filter(is_certain=False)) == set(Unit.objects.filter(valid_to=AFTER))
    assert not Unit.objects.filter(is_certain=False, source_note="").exists()


def test_loading_again_changes_nothing() -> None:
    again = load_units(by=Loader())
    assert (again.units_added, again.units_changed, again.successions_added) == (0, 0, 0)


def test_loading_repairs_a_row_that_differs_from_the_files() -> None:
    Unit.objects.filter(code="00004", valid_from=AFTER).update(name="Phường khác")
    again = load_units(by=Loader())
    assert (again.units_added, again.units_changed) == (0, 1)
    assert Unit.objects.get(code="00004", valid_from=AFTER).name == "Phường Ba Đình"


def test_the_load_is_recorded_with_its_counts(register: UnitsLoaded) -> None:
    assert register.edition == "2026-09-20"
    assert register.units_added == 14_174
    assert entries_about(register.subject)


def test_one_code_cannot_be_two_units_on_one_day() -> None:
    """Codes are reused over time, never at one time."""
    ward = Unit.objects.get(code="00004", valid_from=AFTER)
    ward.pk, ward.valid_from = None, date(2026, 1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ward.save()


def test_a_code_must_fit_its_level() -> None:
    province = Unit.objects.get(code="01", valid_from=AFTER)
    province.pk, province.code = None, "001"
    with pytest.raises(IntegrityError), transaction.atomic():
        province.save()


def test_the_files_hold_the_keys_that_the_register_holds() -> None:
    with (DATA / "units.csv").open(encoding="utf-8", newline="") as file:
        keys = [(row["code"], row["valid_from"]) for row in csv.DictReader(file)]
    assert len(keys) == len(set(keys)) == Unit.objects.count()


def test_every_unit_has_a_point_inside_the_country() -> None:
    """Latitude and longitude are given for all; Trường Sa lies farthest south-east."""
    outside = ~Q(latitude__range=(6.0, 23.5)) | ~Q(longitude__range=(102.0, 117.0))
    assert not Unit.objects.filter(outside).exists()
