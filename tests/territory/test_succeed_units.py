"""One code, several units over time; what became of each."""

from datetime import date

import pytest

from lienthong.territory.public import (
    Kind,
    Level,
    Unit,
    UnitUnknown,
    children,
    full_name,
    parent_on,
    predecessors,
    province_shapes,
    provinces,
    special_zones,
    successors,
    unit,
    units_now,
    units_on,
)

BEFORE = date(2025, 6, 30)
AFTER = date(2025, 7, 1)
TODAY = date(2026, 11, 21)

pytestmark = pytest.mark.usefixtures("register")


def test_code_00004_was_truc_bach_and_is_ba_dinh() -> None:
    """1656/NQ-UBTVQH15: a code lives on under another name."""
    assert unit("00004", BEFORE).name == "Phường Trúc Bạch"
    assert unit("00004", TODAY).name == "Phường Ba Đình"
    assert unit("00004", TODAY).source == "1656/NQ-UBTVQH15, 16/06/2025"


def test_code_24_was_bac_giang_and_is_bac_ninh() -> None:
    assert unit("24", BEFORE).name == "Tỉnh Bắc Giang"
    assert unit("24", AFTER).name == "Tỉnh Bắc Ninh"
    assert [u.name for u in predecessors(unit("24", AFTER))] == ["Tỉnh Bắc Giang", "Tỉnh Bắc Ninh"]


def test_all_codes_of_today_but_five_are_old_codes_most_of_them_under_another_name() -> None:
    old = dict(Unit.objects.on(BEFORE).filter(level=Level.COMMUNE).values_list("code", "name"))
    new = dict(Unit.objects.on(AFTER).filter(level=Level.COMMUNE).values_list("code", "name"))
    kept = [code for code in new if code in old]
    assert len(kept) == 3_316
    assert sum(old[code] != new[code] for code in kept) == 2_150


def test_an_unknown_code_or_day_is_refused_in_words() -> None:
    with pytest.raises(UnitUnknown, match="mã 99 vào ngày 21/11/2026"):
        unit("99", TODAY)
    with pytest.raises(UnitUnknown):
        unit("01", date(2019, 1, 1))


@pytest.mark.parametrize(
    ("code", "last_day_as_province", "first_day_as_city", "law"),
    [
        ("75", date(2026, 4, 29), date(2026, 4, 30), "30/2026/QH16, 24/04/2026"),
        ("22", date(2026, 8, 31), date(2026, 9, 1), "36/2026/QH16, 24/08/2026"),
        ("24", date(2026, 9, 19), date(2026, 9, 20), "39/2026/QH16, 24/08/2026"),
    ],
)
def test_three_provinces_became_cities_in_2026(
    code: str, last_day_as_province: date, first_day_as_city: date, law: str
) -> None:
    province, city = unit(code, last_day_as_province), unit(code, first_day_as_city)
    assert (province.kind, city.kind) == (Kind.PROVINCE, Kind.CITY)
    assert province.short_name == city.short_name
    assert city.source == law
    assert list(successors(province)) == [city]


def test_nine_cities_and_25_provinces_today() -> None:
    assert [provinces(day).filter(kind=Kind.CITY).count() for day in (AFTER, TODAY)] == [6, 9]


def test_communes_become_wards_on_the_day_their_province_becomes_a_city() -> None:
    for province, day, wards in (("75", date(2026, 4, 30), 10), ("24", date(2026, 9, 20), 12)):
        made = Unit.objects.filter(level=Level.COMMUNE, valid_from=day, kind=Kind.WARD, parent__code=province)
        assert made.count() == wards
        assert all(predecessors(ward).get().kind == Kind.COMMUNE for ward in made)


def test_a_split_commune_has_several_successors() -> None:
    """1656/NQ-UBTVQH15 divides Điện Biên among four wards."""
    old = unit("00073", BEFORE)
    assert [u.short_name for u in successors(old)] == [
        "Ba Đình",
        "Cửa Nam",
        "Hoàn Kiếm",
        "Văn Miếu - Quốc Tử Giám",
    ]
    assert units_now(old, TODAY) == list(successors(old))


def test_what_stands_now_is_followed_through_later_changes() -> None:
    """A commune of Bắc Ninh merged in 2025 and made a ward in 2026."""
    ward = Unit.objects.get(code="09475", valid_from=date(2026, 9, 20))
    commune = predecessors(ward).get()
    old = predecessors(commune)[0]
    assert units_now(old, TODAY) == [ward]
    assert units_now(old, date(2026, 1, 1)) == [commune]
    assert units_now(ward, TODAY) == [ward]


def test_namesakes_of_one_new_province_are_not_taken_for_one_another() -> None:
    """Ward 4 of Tây Ninh city and ward 4 of Tân An, both in the new Tây Ninh (1682/NQ-UBTVQH15)."""
    assert [u.name for u in successors(unit("25462", BEFORE))] == ["Phường Tân Ninh"]
    assert [u.name for u in successors(unit("27691", BEFORE))] == ["Phường Long An"]


def test_parts_that_the_resolutions_name() -> None:
    """1656: Đặng Xá, not Cổ Bi, gives a part to Thuận An; Văn Khê gives one to Ô Diên. 1671: Hòa Thắng."""
    assert "Thuận An" in [u.short_name for u in successors(unit("00556", BEFORE))]
    assert "Thuận An" not in [u.short_name for u in successors(unit("00553", BEFORE))]
    assert "Ô Diên" in [u.short_name for u in successors(unit("09013", BEFORE))]
    assert [u.short_name for u in successors(unit("23053", BEFORE))] == ["Hòa Thắng", "Hồng Thái"]


def test_children_of_a_province_on_a_day() -> None:
    dong_nai = unit("75", TODAY)
    as_province = unit("75", AFTER)
    assert children(dong_nai, TODAY).count() == children(as_province, AFTER).count() == 95
    assert children(dong_nai, TODAY).filter(kind=Kind.WARD).count() == 33
    assert children(as_province).filter(kind=Kind.WARD).count() == 23


def test_a_code_reused_does_not_give_another_units_children() -> None:
    bac_giang = unit("24", BEFORE)
    assert not children(bac_giang, TODAY).exists()
    assert {u.level for u in children(bac_giang)} == {Level.DISTRICT}


def test_the_unit_above_bears_the_name_of_the_day() -> None:
    ward = Unit.objects.get(code="25195", valid_from=AFTER)
    assert ward.parent == unit("75", TODAY)
    above = parent_on(ward, AFTER)
    assert above is not None
    assert above.name == "Tỉnh Đồng Nai"
    assert full_name(ward, AFTER) == "Phường Bình Phước, Tỉnh Đồng Nai"
    assert full_name(ward, TODAY) == "Phường Bình Phước, Thành phố Đồng Nai"
    assert full_name(unit("00004", BEFORE), BEFORE) == "Phường Trúc Bạch, Quận Ba Đình, Thành phố Hà Nội"


def test_provinces_come_in_vietnamese_order() -> None:
    listed = [u.short_name for u in provinces(TODAY)]
    assert listed[:3] == ["An Giang", "Bắc Ninh", "Cà Mau"]
    assert listed.index("Cao Bằng") < listed.index("Cần Thơ") < listed.index("Đà Nẵng")
    assert listed[-1] == "Vĩnh Long"


def test_hoang_sa_and_truong_sa_are_special_zones_with_points() -> None:
    zones = {zone.code: zone for zone in special_zones(TODAY)}
    assert len(zones) == 13
    assert full_name(zones["20333"], TODAY) == "Đặc khu Hoàng Sa, Thành phố Đà Nẵng"
    assert full_name(zones["22736"], TODAY) == "Đặc khu Trường Sa, Tỉnh Khánh Hòa"
    assert all(zone.latitude and zone.longitude for zone in zones.values())


def test_the_map_has_a_shape_for_each_province() -> None:
    assert set(province_shapes()) == {u.code for u in units_on(TODAY, level=Level.PROVINCE)}
    assert all(
        len(ring) > 3 for s in province_shapes().values() for polygon in s.polygons for ring in polygon
    )
