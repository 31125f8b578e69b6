"""Searching as people type: with accents or without, with the type word or without."""

from datetime import date

import pytest

from lienthong.territory.public import Level, find_units

TODAY = date(2026, 11, 21)

pytestmark = pytest.mark.usefixtures("register")


def names(text: str, on: date | None = TODAY, **options: object) -> list[str]:
    return [unit.name for unit in find_units(text, on, **options)]  # type: ignore[arg-type]  # test shorthand


@pytest.mark.parametrize("text", ["Phường Ba Đình", "phuong ba dinh", "ba đình", "BA ĐÌNH", "  Ba   Đình "])
def test_accents_case_spaces_and_type_word_do_not_matter(text: str) -> None:
    assert names(text, level=Level.COMMUNE)[0] == "Phường Ba Đình"


def test_decomposed_text_finds_as_composed() -> None:
    assert names("Ba Đi\u0300nh")[0] == "Phường Ba Đình"


def test_the_very_accents_come_first() -> None:
    """Two names of two communes fold alike, so the folded key is no identifier."""
    assert names("ba dinh", level=Level.COMMUNE)[:2] == ["Xã Ba Dinh", "Phường Ba Đình"]
    assert names("Cẩm Giàng")[0] == "Xã Cẩm Giàng"
    assert names("Cẩm Giang")[0].endswith("Cẩm Giang")
    assert {"Cẩm Giàng", "Cẩm Giang"} <= {n.split(" ", 1)[1] for n in names("cam giang")}


@pytest.mark.parametrize("text", ["Chiêm Hóa", "Chiêm Hoá"])
def test_either_place_of_the_tone_finds_the_name_as_published(text: str) -> None:
    assert names(text) == ["Xã Chiêm Hoá"]


def test_a_name_without_its_province_is_ambiguous() -> None:
    found = find_units("Xã Tân Tiến", TODAY)
    same = [unit for unit in found if unit.name == "Xã Tân Tiến"]
    assert len(same) == 7
    assert len({unit.parent_id for unit in same}) == 7


def test_a_province_after_a_comma_narrows() -> None:
    [unit] = [u for u in find_units("Tân Tiến, ca mau", TODAY) if u.short_name == "Tân Tiến"]
    assert unit.parent is not None
    assert unit.parent.name == "Tỉnh Cà Mau"


def test_an_old_name_is_found_among_all_versions_and_not_among_todays() -> None:
    assert "Phường Trúc Bạch" in names("Trúc Bạch", on=None)
    assert "Phường Trúc Bạch" not in names("Trúc Bạch")


@pytest.mark.parametrize("text", ["", "  ", ",", "xyzzy"])
def test_nothing_is_found_for_nothing(text: str) -> None:
    assert names(text) == []


def test_the_list_is_no_longer_than_asked() -> None:
    assert len(names("a", limit=5)) == 5
