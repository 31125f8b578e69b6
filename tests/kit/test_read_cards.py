"""The QR of an identity card: a typing aid, never proof (TT 16/2024/TT-BCA for the new card)."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kit.card import CardLettersBroken, NotACard, read_card
from lienthong.kit.errors import Refused
from lienthong.kit.identifiers import Sex
from lienthong.kit.partial_dates import PartialDate, Precision

PLACE = "Số 5, Phường Bến Sen, Tỉnh Mẫu"
CARD = f"099158012345|099123456|Nguyễn Thị Ánh|14031958|Nữ|{PLACE}|25042021"


def test_chip_card() -> None:
    reading = read_card(CARD + "\n")
    assert str(reading.personal_number) == "099158012345"
    assert reading.old_number == "099123456"
    assert (reading.name, reading.sex) == ("Nguyễn Thị Ánh", Sex.FEMALE)
    assert reading.birth == PartialDate(1958, 3, 14)
    assert (reading.residence, reading.issued_on, reading.rest) == (PLACE, date(2021, 4, 25), ())


def test_a_reading_is_never_verified() -> None:
    assert read_card(CARD).verified is False


def test_empty_old_number() -> None:
    reading = read_card(CARD.replace("099123456", ""))
    assert reading.old_number is None
    assert reading.name == "Nguyễn Thị Ánh"


def test_new_card_with_fields_after_the_known_ones_kept_raw() -> None:
    reading = read_card(CARD.replace("099123456", "") + "|NGUYỄN VĂN BA| LÊ THỊ TƯ")
    assert reading.rest == ("NGUYỄN VĂN BA", "LÊ THỊ TƯ")


def test_new_card_without_the_old_number_field_and_with_sex_first() -> None:
    reading = read_card(f"099158012345|NGUYỄN THỊ ÁNH|Nữ|14031958|{PLACE}|01082024|099123456")
    assert reading.name == "NGUYỄN THỊ ÁNH"
    assert (reading.sex, reading.birth) == (Sex.FEMALE, PartialDate(1958, 3, 14))
    assert (reading.issued_on, reading.rest) == (date(2024, 8, 1), ("099123456",))


@pytest.mark.parametrize(
    ("typed", "precision"),
    [("1958", Precision.YEAR), ("00001958", Precision.YEAR), ("031958", Precision.MONTH)],
)
def test_birth_known_in_part_stays_so(typed: str, precision: Precision) -> None:
    birth = read_card(CARD.replace("14031958", typed)).birth
    assert (birth.year, birth.precision) == (1958, precision)


def test_card_cut_short_gives_what_it_has() -> None:
    reading = read_card("099158012345||Nguyễn Thị Ánh|14031958|Nữ")
    assert (reading.residence, reading.issued_on) == ("", None)


def test_decomposed_letters_are_composed() -> None:
    assert read_card(CARD.replace("Á", "A\u0301")).name == "Nguyễn Thị Ánh"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org",
        "12345678|x|y",
        "099158012345",
        "099158012345||Nguyễn Thị Ánh|31021958|Nữ",
        "099158012345||Nguyễn 7|14031958|Nữ",
        "099158012345||Nguyễn Thị Ánh|Nữ|Nữ",
    ],
)
def test_other_codes_are_refused(text: str) -> None:
    with pytest.raises(NotACard, match="quét lại"):
        read_card(text)


@pytest.mark.parametrize(
    "broken",
    [
        CARD.encode().decode("latin-1"),
        CARD.encode().decode("cp1252", errors="replace"),
        CARD.replace("ễ", "\ufffd"),
        CARD.replace("Nguyễn Thị Ánh", "Nguy?n Th? Anh"),
    ],
)
def test_broken_letters_ask_for_the_keyboard(broken: str) -> None:
    with pytest.raises(CardLettersBroken, match="UTF-8"):
        read_card(broken)


@given(st.text() | st.text(alphabet="0123456789|NamữNguyễn ", max_size=60).map("099158012345|".__add__))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Refused):
        assert read_card(text).verified is False
