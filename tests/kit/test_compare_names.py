"""Vietnamese names: search, comparison and dictionary order, without rewriting any of them."""

import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kit.names import (
    NameParts,
    fold,
    match_key,
    name_parts,
    nfc,
    phrase_key,
    same_name,
    sort_key,
    tidy,
    title_name,
)

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
WORDS = st.text(st.sampled_from(LETTERS + LETTERS.upper()), min_size=1, max_size=7)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


def keys_rise(names: list[str], key: Callable[[str], str]) -> bool:
    """Whether each name has a greater key than the one before, by bytes."""
    keys = [key(name).encode() for name in names]
    return all(one < other for one, other in pairwise(keys))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Thị Ánh", "nguyen thi anh"),
        ("ĐẶNG Đình Đức", "dang dinh duc"),
        ("Ea H’Leo", "ea h'leo"),
        ("B'Lao", "b'lao"),
        ("Bà Rịa – Vũng\u00a0Tàu", "ba ria - vung tau"),
        ("  Hoà\u200b  Bình ", "hoa binh"),
        (unicodedata.normalize("NFD", "Thuỷ Nguyên"), "thuy nguyen"),
        ("Y Bhin Niê", "y bhin nie"),
        ("Cư Ƀƀ", "cu bb"),
    ],
)
def test_fold_for_search(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(NAMES)
def test_folding_does_not_see_the_unicode_form_nor_case(name: str) -> None:
    assert fold(unicodedata.normalize("NFD", name)) == fold(name) == fold(name.upper())
    assert fold(name).isascii()


def test_tidy_keeps_the_spelling() -> None:
    assert tidy(" Hoà\u00a0 Bi\u0300nh\ufeff ") == "Hoà Bình"
    assert nfc(unicodedata.normalize("NFD", "Thủy")) == "Thủy"


def test_given_names_in_dictionary_order() -> None:
    """Alphabet a ă â b c d đ e ê…; of equal letters, the tones ngang huyền hỏi ngã sắc nặng."""
    order = ["A", "An", "Án", "Anh", "Ánh", "Ăn", "Ân", "Bình", "Dung", "Dũng", "Đào", "Đạt", "Em", "Êm"]
    assert keys_rise(order, sort_key)


def test_tones_in_dictionary_order() -> None:
    order = ["Hoa", "Hòa", "Hỏa", "Hõa", "Hóa", "Họa", "Hoan", "Hô", "Hơ"]
    assert keys_rise(order, sort_key)


def test_full_names_sort_by_given_then_family_then_middle() -> None:
    order = [
        "Lê An",
        "Lê Thị An",
        "Lê Văn An",
        "Nguyễn Văn An",
        "Trần An",
        "Trần Văn An",
        "Hoàng Thị Ánh",
        "Đỗ Ân",
        "Lê Dung",
        "Lê Đào",
        "K'Brăh",
    ]
    assert keys_rise(order, sort_key)


def test_places_sort_from_the_first_word() -> None:
    order = [
        "Bắc Ninh",
        "Cà Mau",
        "Cao Bằng",
        "Cẩm Giang",
        "Cẩm Giàng",
        "Đà Nẵng",
        "Gia Lai",
        "Yên Bái",
    ]
    assert keys_rise(order, phrase_key)


@given(NAMES)
def test_sort_key_is_ascii_and_does_not_see_the_unicode_form(name: str) -> None:
    assert sort_key(name).isascii()
    assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(name)


def test_sort_key_takes_letters_of_other_scripts() -> None:
    assert sort_key("Nguyễn 王 Ωmega Ñam").isascii()
    assert sort_key("Hoà") == sort_key("Hòa")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà", "Hòa"),
        ("Khoẻ", "Khỏe"),
        ("Thuỷ", "Thủy"),
        ("Uỷ ban", "Ủy ban"),
        ("Hoá", "HÓA"),
        ("Ea H’Hoà", "ea h'hòa"),
        ("Xoè", "xòe"),
        ("Nguyễn  Văn An", "NGUYỄN VĂN\u00a0AN"),
    ],
)
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(unicodedata.normalize("NFD", one), other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoàn", "hòan"),  # closed: one spelling only
        ("quý", "qúy"),  # the u belongs to qu
        ("huỳnh", "hùynh"),
        ("suýt", "súyt"),
        ("Hòa", "Hóa"),
        ("Hòa", "Hoa"),
        ("Lí", "Lý"),  # i and y are different names
        ("Mỹ Tho", "Mỹ Thọ"),
        ("Đào", "Dao"),
        ("mùa", "muà"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert not same_name(one, other)


@pytest.mark.parametrize(
    "word", ["hoàn", "quý", "huỳnh", "hòa", "khuỷu", "ngoại", "quỳ", "mía", "thuở", "quà"]
)
def test_match_key_leaves_these_words_alone(word: str) -> None:
    assert match_key(word) == word


@given(NAMES)
def test_match_key_is_stable_and_keeps_the_letters(name: str) -> None:
    assert match_key(match_key(name)) == match_key(name)
    assert fold(match_key(name)) == fold(name)
    assert same_name(name, unicodedata.normalize("NFD", name.upper()))


def test_name_parts() -> None:
    assert name_parts("Nguyễn Thị Minh  Khai") == NameParts("Nguyễn", "Thị Minh", "Khai")
    assert name_parts("Lê An") == NameParts("Lê", "", "An")
    assert name_parts("K'Brăh") == NameParts("", "", "K'Brăh")
    assert name_parts(" ") == NameParts("", "", "")


def test_name_in_capitals_is_suggested_as_usually_written() -> None:
    assert title_name("NGUYỄN THỊ ÁNH") == "Nguyễn Thị Ánh"
    assert title_name("K'BRĂH") == "K'Brăh"
    assert title_name("Nguyễn thị Ánh") == "Nguyễn thị Ánh"
