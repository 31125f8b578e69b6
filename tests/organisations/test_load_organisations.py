"""Loading the register of agencies: who is in it, under which codes; loading again changes nothing."""

from collections import Counter
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from lienthong.audit.public import entries_about
from lienthong.kit.identifiers import AgencyCode
from lienthong.organisations.public import (
    Kind,
    Organisation,
    OrganisationsLoaded,
    Sector,
    agency_of,
    centre_of,
    committee_of,
    load_organisations,
    organisation,
    organisations_on,
)
from lienthong.territory.public import Level, provinces, unit, units_on

BEFORE = date(2025, 6, 30)
AFTER = date(2025, 7, 1)
TODAY = date(2026, 11, 21)

pytestmark = pytest.mark.usefixtures("register")


class Loader:
    reference = "system:test"


def count(day: date, kind: Kind) -> int:
    return organisations_on(day).filter(kind=kind).count()


def test_63_committees_of_provinces_before_and_34_since() -> None:
    assert [count(day, Kind.PROVINCE_COMMITTEE) for day in (BEFORE, AFTER, TODAY)] == [63, 34, 34]


@pytest.mark.parametrize("day", [AFTER, TODAY])
def test_every_commune_has_a_committee_a_centre_and_police(day: date) -> None:
    """Law 72/2025/QH15; Decree 118/2025/NĐ-CP for the centres."""
    communes = set(units_on(day, level=Level.COMMUNE).values_list("pk", flat=True))
    for kind in (Kind.COMMUNE_COMMITTEE, Kind.ONE_STOP_CENTRE, Kind.POLICE):
        served = organisations_on(day).filter(kind=kind, unit__level=Level.COMMUNE)
        assert Counter(served.values_list("unit_id", flat=True)) == dict.fromkeys(communes, 1)


def test_every_province_has_the_agencies_that_decide_our_procedures() -> None:
    found = organisations_on(TODAY).filter(unit__level=Level.PROVINCE)
    agencies = Counter(found.values_list("unit__code", "kind", "sector"))
    wanted = [
        (Kind.PROVINCE_COMMITTEE, ""),
        (Kind.ONE_STOP_CENTRE, ""),
        (Kind.POLICE, ""),
        (Kind.SOCIAL_INSURANCE, ""),
        *((Kind.DEPARTMENT, sector) for sector in Sector),
    ]
    codes = provinces(TODAY).values_list("code", flat=True)
    assert agencies == {(code, kind, sector): 1 for code in codes for kind, sector in wanted}


def test_a_department_is_found_by_its_sector() -> None:
    office = agency_of(unit("38", TODAY), Kind.DEPARTMENT, Sector.LAND_REGISTRATION, on=TODAY)
    assert office is not None
    assert office.name == "Văn phòng Đăng ký đất đai tỉnh Thanh Hóa"


def test_one_level_pilots_have_points_of_the_provincial_centre_instead_of_communal_centres() -> None:
    """Decree 118/2025/NĐ-CP: Hà Nội, TP Hồ Chí Minh, Quảng Ninh, Bắc Ninh."""
    points = organisations_on(TODAY).filter(is_service_point=True)
    assert {point.code[:3] for point in points} == {"H26", "H29", "H49", "H05"}
    assert points.count() == 126 + 168 + 54 + 99
    assert all(point.parent and point.parent.kind == Kind.ONE_STOP_CENTRE for point in points)


def test_codes_of_ministries_after_decision_09_2025() -> None:
    in_force = organisations_on(TODAY).filter(kind=Kind.MINISTRY)
    assert in_force.count() == 22
    assert organisation("G01", TODAY).name == "Bộ Công an"
    assert not in_force.filter(code__in=["G04", "G05", "G07", "G13", "G14"]).exists()


def test_merged_provinces_use_the_code_of_the_name_they_keep() -> None:
    """Decision 20/2020/QĐ-TTg numbered 63 provinces; Lào Cai is seen to publish under H38."""
    assert organisation("H38", BEFORE).name == "Ủy ban nhân dân tỉnh Lào Cai"
    kept = organisation("H38", TODAY)
    assert kept.name == "Ủy ban nhân dân tỉnh Lào Cai"
    assert kept.unit == unit("15", TODAY)
    assert kept.is_certain
    assert not organisation("H05", AFTER).is_certain
    assert organisation("H26", TODAY).is_certain


def test_agency_codes_are_not_unit_codes() -> None:
    hanoi = committee_of(unit("01", TODAY), TODAY)
    assert hanoi is not None
    assert hanoi.code == "H26"


def test_only_codes_of_level_one_are_official() -> None:
    official = Organisation.objects.filter(code_is_official=True)
    assert {"." in code for code in official.values_list("code", flat=True)} == {False}
    assert not Organisation.objects.filter(code_is_official=False).exclude(code__contains=".").exists()


def test_codes_are_well_formed_and_paths_follow_them() -> None:
    for one in Organisation.objects.select_related("parent"):
        code = AgencyCode(one.code)
        assert one.path.endswith(f"{code}/")
        assert (one.parent.code if one.parent else None) == (str(code.parent) if code.parent else None)
        assert one.path == (one.parent.path if one.parent else "") + f"{code}/"


def test_provisional_codes_of_communes_are_numbered_in_the_order_of_unit_codes() -> None:
    ward = committee_of(unit("00004", TODAY), TODAY)
    assert ward is not None
    assert (ward.code, ward.name) == ("H26.A0", "Ủy ban nhân dân phường Ba Đình")
    assert not ward.code_is_official
    point = centre_of(ward, TODAY)
    assert point is not None
    assert (point.code, point.name) == ("H26.10.A0", "Điểm phục vụ hành chính công phường Ba Đình")


def test_every_row_has_a_source_and_what_was_inferred_is_told() -> None:
    assert not Organisation.objects.filter(source="").exists()
    assert not Organisation.objects.filter(is_certain=False, source_note="").exists()


def test_loading_again_changes_nothing() -> None:
    again = load_organisations(by=Loader())
    assert (again.organisations_added, again.organisations_changed) == (0, 0)


def test_the_load_is_recorded_with_its_counts(register: OrganisationsLoaded) -> None:
    assert register.organisations_added == Organisation.objects.count()
    assert entries_about(register.subject)


def test_one_code_cannot_be_two_agencies_on_one_day() -> None:
    twin = organisation("G01", TODAY)
    twin.pk, twin.valid_from = None, date(2026, 1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
