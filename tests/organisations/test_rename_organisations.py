"""Names as of a day: renamed and merged agencies keep the old name on old records."""

from datetime import date

import pytest

from lienthong.organisations.public import (
    Kind,
    OrganisationUnknown,
    ancestors,
    centre_of,
    committee_of,
    descendants,
    find_organisations,
    organisation,
    organisation_now,
)
from lienthong.territory.public import unit

BEFORE = date(2025, 6, 30)
AFTER = date(2025, 7, 1)
TODAY = date(2026, 11, 21)

pytestmark = pytest.mark.usefixtures("register")


def test_dong_nai_is_named_a_city_from_30_april_2026() -> None:
    """30/2026/QH16."""
    assert organisation("H19", date(2026, 4, 29)).name == "Ủy ban nhân dân tỉnh Đồng Nai"
    assert organisation("H19", date(2026, 4, 30)).name == "Ủy ban nhân dân thành phố Đồng Nai"
    assert organisation("H19.01", date(2026, 4, 29)).name == "Sở Tư pháp tỉnh Đồng Nai"
    assert organisation("H19.01", TODAY).name == "Sở Tư pháp thành phố Đồng Nai"


def test_a_record_of_a_merged_province_keeps_its_name_and_leads_to_who_carries_on() -> None:
    """202/2025/QH15: Bắc Giang became part of Bắc Ninh, itself a city since 39/2026/QH16."""
    bac_giang = organisation("H02", BEFORE)
    assert bac_giang.name == "Ủy ban nhân dân tỉnh Bắc Giang"
    assert organisation_now(bac_giang, BEFORE) == bac_giang
    assert organisation_now(bac_giang, AFTER).name == "Ủy ban nhân dân tỉnh Bắc Ninh"
    assert organisation_now(bac_giang, TODAY).name == "Ủy ban nhân dân thành phố Bắc Ninh"


def test_an_abolished_ministry_leads_to_the_one_that_took_it_over() -> None:
    transport = organisation("G04", date(2025, 2, 28))
    assert transport.name == "Bộ Giao thông vận tải"
    assert organisation_now(transport, TODAY).name == "Bộ Xây dựng"
    with pytest.raises(OrganisationUnknown, match="mã G04 vào ngày 21/11/2026"):
        organisation("G04", TODAY)


def test_a_ministry_renamed_keeps_its_code() -> None:
    assert organisation("G10", date(2025, 2, 28)).name == "Bộ Nông nghiệp và Phát triển nông thôn"
    assert organisation("G10", date(2025, 3, 1)).name == "Bộ Nông nghiệp và Môi trường"


def test_the_committee_of_a_commune_made_a_ward() -> None:
    """388/NQ-UBTVQH16, in force on 20/9/2026."""
    ward = unit("09475", TODAY)
    commune = unit("09475", date(2026, 9, 19))
    renamed, old = committee_of(ward, TODAY), committee_of(commune, date(2026, 9, 19))
    assert renamed is not None
    assert old is not None
    assert (old.name, renamed.name) == ("Ủy ban nhân dân xã Nhân Thắng", "Ủy ban nhân dân phường Nhân Thắng")
    assert old.code == renamed.code
    assert old.successor == renamed
    assert centre_of(old, TODAY) == centre_of(renamed, TODAY)


def test_a_unit_no_longer_in_force_has_no_committee_though_its_code_lives_on() -> None:
    """Code 24 was Bắc Giang's and is Bắc Ninh's."""
    assert committee_of(unit("24", BEFORE), TODAY) is None


def test_the_committee_of_a_district_is_not_kept() -> None:
    assert committee_of(unit("001", BEFORE), BEFORE) is None


def test_the_centre_that_receives_for_a_department_is_that_of_its_province() -> None:
    centre = centre_of(organisation("H56.01", TODAY), TODAY)
    assert centre is not None
    assert centre.name == "Trung tâm Phục vụ hành chính công tỉnh Thanh Hóa"
    assert centre_of(organisation("G15", TODAY), TODAY) is None


def test_from_a_province_down_to_its_communes_under_whichever_name() -> None:
    as_province, as_city = organisation("H19", AFTER), organisation("H19", TODAY)
    communes = descendants(as_province, TODAY).filter(kind=Kind.COMMUNE_COMMITTEE)
    assert communes.count() == 95
    assert set(descendants(as_city, TODAY)) == set(descendants(as_province, TODAY))
    assert as_city not in descendants(as_city)


def test_one_code_is_not_the_beginning_of_another() -> None:
    assert not descendants(organisation("H26", TODAY)).exclude(path__startswith="H26/").exists()


def test_the_agencies_above_from_the_top_down() -> None:
    office = organisation("H56.04.01", TODAY)
    assert [one.name for one in ancestors(office, TODAY)] == [
        "Ủy ban nhân dân tỉnh Thanh Hóa",
        "Sở Nông nghiệp và Môi trường tỉnh Thanh Hóa",
    ]


@pytest.mark.parametrize("text", ["UBND phường Ba Đình", "ubnd phuong ba dinh", "uỷ ban phường ba đình"])
def test_an_agency_is_found_by_the_words_of_its_name(text: str) -> None:
    assert find_organisations(text, TODAY)[0].name == "Ủy ban nhân dân phường Ba Đình"


def test_the_province_narrows_agencies_of_one_name() -> None:
    everywhere = find_organisations("UBND xã Tân Tiến", TODAY, kind=Kind.COMMUNE_COMMITTEE)
    assert len([one for one in everywhere if one.name == "Ủy ban nhân dân xã Tân Tiến"]) == 7
    [one] = find_organisations("UBND xã Tân Tiến, Cà Mau", TODAY, kind=Kind.COMMUNE_COMMITTEE)
    assert one.code.startswith("H12.")


def test_old_names_are_found_in_all_versions() -> None:
    assert [one.code for one in find_organisations("bộ giao thông vận tải")] == ["G04"]
    assert find_organisations("bộ giao thông vận tải", TODAY) == []
    assert find_organisations("  ", TODAY) == []
