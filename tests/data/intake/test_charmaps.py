"""Old character sets are recognised by column, and decoding gives the very text that was encoded."""

import codecs
import unicodedata

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienthong.data.fonts.charmaps import Charmap, decode_sql
from lienthong.data.fonts.syllables import is_syllable, share_of_syllables
from lienthong.data.intake import CHARMAPS, decode, detect, encode

FAMILIES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
]
MIDDLES = [
    "Văn",
    "Thị",
    "Hữu",
    "Đức",
    "Ngọc",
    "Quốc",
    "Thùy",
    "Xuân",
    "Bích",
    "Tấn",
    "Quỳnh",
    "Khắc",
    "Mỹ",
    "Công",
]
GIVEN = [
    "An",
    "Hòa",
    "Phước",
    "Dũng",
    "Tuyết",
    "Lợi",
    "Khánh",
    "Thắng",
    "Nghĩa",
    "Giang",
    "Thủy",
    "Hiếu",
    "Trường",
    "Nguyệt",
]
# TCVN3 has no toned capitals: none of these begins with one.
DB = duckdb.connect()

names = st.builds(
    lambda *parts: " ".join(parts),
    st.sampled_from(FAMILIES),
    st.sampled_from(MIDDLES),
    st.sampled_from(GIVEN),
)
columns = st.lists(names, min_size=12, max_size=40)


@settings(max_examples=60)
@given(columns, st.sampled_from(CHARMAPS))
def test_a_column_encoded_is_detected_and_decoded_to_the_same_text(
    column: list[str], charmap: Charmap
) -> None:
    received = [encode(name, charmap) for name in column]
    found = detect(received)
    assert found is not None
    assert [decode(text, found.charmap) for text in received] == column


@settings(max_examples=40)
@given(columns, st.sampled_from(["NFC", "NFD"]))
def test_unicode_in_either_form_is_left_alone(column: list[str], form: str) -> None:
    assert detect(unicodedata.normalize(form, name) for name in column) is None


@pytest.mark.parametrize("charmap", CHARMAPS)
def test_every_vietnamese_letter_comes_back(charmap: Charmap) -> None:
    letters = [
        unicodedata.normalize("NFC", base + tone)
        for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
        for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    ] + ["đ", "Đ"]
    without_capitals = {
        letter
        for letter in letters
        if letter != letter.lower() and len(unicodedata.normalize("NFD", letter)) > 1
    }
    if charmap is Charmap.TCVN3:
        bare = {"Ă", "Â", "Ê", "Ô", "Ơ", "Ư"}
        letters = [letter for letter in letters if letter not in without_capitals - bare]
    assert [decode(encode(letter, charmap), charmap) for letter in letters] == letters


def test_windows_1258_is_the_code_page_that_python_knows() -> None:
    text = "Nguyễn Thị Phượng Đặng"
    received = encode(text, Charmap.CP1258)
    assert unicodedata.normalize("NFC", codecs.decode(received.encode("latin-1"), "cp1258")) == text


def test_samples_of_real_documents() -> None:
    """As they are met in documents set in .VnTime, VNI-Times, and old Windows tables."""
    assert decode("Céng hßa x· héi chñ nghÜa ViÖt Nam", "tcvn3") == "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert decode("Ñoäc laäp - Töï do - Haïnh phuùc", "vni") == "Độc lập - Tự do - Hạnh phúc"


def test_capitals_of_tcvn3_are_capitals_again() -> None:
    assert decode(encode("nguyễn", "tcvn3").replace("nguy", "NGUY").replace("n", "N"), "tcvn3") == "NGUYỄN"


@settings(max_examples=20)
@given(columns, st.sampled_from(CHARMAPS))
def test_the_sql_decodes_as_python_does(column: list[str], charmap: Charmap) -> None:
    received = [
        encode(name, charmap) for name in [*column, *(name.upper() for name in column), "abc", "Thợ may 2"]
    ]
    query = f"SELECT {decode_sql('v', charmap)} FROM (SELECT unnest(?) AS v)"
    assert [text for (text,) in DB.execute(query, [received]).fetchall()] == [
        decode(text, charmap) for text in received
    ]


def test_spelling_tells_a_syllable_from_a_broken_one() -> None:
    assert all(
        is_syllable(word) for word in (*FAMILIES, *MIDDLES, *GIVEN, "Nghiêm", "Quý", "Khuya", "Ỷ", "Ấu")
    )
    assert not any(
        is_syllable(word) for word in ("NguyÔn", "Nguyeãn", "NguyêÞn", "hoàc", "bbà", "Nguyễễn", "ñi")
    )
    assert share_of_syllables(["abc", ""]) == 0
