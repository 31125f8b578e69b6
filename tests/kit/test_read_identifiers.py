"""Identifiers: shape, check digits and spellings. Every personal number here starts with 099."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kit.errors import Refused
from lienthong.kit.identifiers import (
    AgencyCode,
    AgencyCodeMalformed,
    Disagreement,
    DossierCode,
    DossierCodeMalformed,
    PersonalNumber,
    PersonalNumberMalformed,
    ProcedureCode,
    ProcedureCodeMalformed,
    Sex,
    TaxCode,
    TaxCodeCheckFails,
    TaxCodeMalformed,
    TaxpayerKind,
)
from lienthong.kit.partial_dates import PartialDate


@pytest.mark.parametrize(
    ("digits", "sex", "year"),
    [
        ("099058012345", Sex.MALE, 1958),
        ("099158012345", Sex.FEMALE, 1958),
        ("099204012345", Sex.MALE, 2004),
        ("099326012345", Sex.FEMALE, 2026),
        ("099400012345", Sex.MALE, 2100),
    ],
)
def test_personal_number_tells_sex_and_year_of_birth(digits: str, sex: Sex, year: int) -> None:
    """NĐ 137/2015/NĐ-CP: province, century and sex, year of birth, six digits."""
    number = PersonalNumber.parse(digits)
    assert (number.sex, number.birth_year, number.province) == (sex, year, "099")
    assert number.is_synthetic
    assert number.masked == "•••• •••• 2345"


def test_personal_number_takes_spaces_and_points() -> None:
    assert str(PersonalNumber.parse(" 099 204.012-345 ")) == "099204012345"


@pytest.mark.parametrize(
    "typed", ["", "09920401234", "0992040123456", "09920401234O", "000204012345", "٠99204012345"]
)
def test_malformed_personal_number_says_what_to_type_and_repeats_no_digit(typed: str) -> None:
    with pytest.raises(PersonalNumberMalformed, match="đúng 12 chữ số") as refused:
        PersonalNumber.parse(typed)
    assert refused.value.facts == {}


@pytest.mark.parametrize("birth", [2004, date(2004, 5, 1), PartialDate(2004)])
def test_personal_number_agrees_with_the_papers(birth: int | date | PartialDate) -> None:
    number = PersonalNumber("099204012345")
    assert number.agrees_with(sex=Sex.MALE, birth=birth)
    assert number.agrees_with()


def test_personal_number_names_what_disagrees() -> None:
    number = PersonalNumber("099204012345")
    found = number.disagreements(sex=Sex.FEMALE, birth=PartialDate(1904))
    assert found == (Disagreement.SEX, Disagreement.BIRTH_YEAR)
    assert "Năm sinh" in found[1].sentence
    assert not number.agrees_with(birth=2005)


@pytest.mark.parametrize(
    ("typed", "text", "kind"),
    [
        ("0990000011", "0990000011", TaxpayerKind.ENTERPRISE),
        ("0990000011-001", "0990000011-001", TaxpayerKind.BRANCH),
        ("0990000011 001", "0990000011-001", TaxpayerKind.BRANCH),
        ("099204012345", "099204012345", TaxpayerKind.PERSON),
    ],
)
def test_tax_code(typed: str, text: str, kind: TaxpayerKind) -> None:
    """TT 105/2020/TT-BTC annex 1: 9·29 + 9·23 + 1·3 = 471, 471 mod 11 = 9, 10 - 9 = 1."""
    code = TaxCode.parse(typed)
    assert (str(code), code.kind) == (text, kind)


@pytest.mark.parametrize(
    "typed", ["", "099000001", "0990000011-000", "09900000111", "0990000011-1", "A990000011"]
)
def test_malformed_tax_code(typed: str) -> None:
    with pytest.raises(TaxCodeMalformed, match="10 chữ số"):
        TaxCode.parse(typed)


def test_tax_code_with_a_wrong_digit() -> None:
    with pytest.raises(TaxCodeCheckFails, match="0990000012"):
        TaxCode.parse("0990000012")


def test_tax_code_of_a_skipped_serial_is_never_valid() -> None:
    """When the sum is divisible by 11 no tenth digit fits: 000000000 is such a serial."""
    for last in range(10):
        with pytest.raises(TaxCodeCheckFails):
            TaxCode.parse(f"000000000{last}")


@given(st.integers(100_000_000, 999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_mistyped_digit_of_a_tax_code_is_caught(serial: int, place: int, shift: int) -> None:
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    total = sum(w * int(d) for w, d in zip(weights, str(serial), strict=True))
    if total % 11 == 0:
        return
    good = f"{serial}{10 - total % 11}"
    assert TaxCode.parse(good)
    wrong = good[:place] + str((int(good[place]) + shift) % 10) + good[place + 1 :]
    with pytest.raises(TaxCodeCheckFails):
        TaxCode.parse(wrong)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("H56.14", "H56.14"),
        ("h26.12.03", "H26.12.03"),
        ("H56", "H56"),
        ("000.00.00.H56", "H56"),
        ("000.00.04.G18", "G18.04"),
        ("000.03.12.H26", "H26.12.03"),
        ("012.03.12.H26", "H26.12.03.012"),
    ],
)
def test_agency_code_in_both_spellings(typed: str, text: str) -> None:
    """QĐ 20/2020/QĐ-TTg; the reversed spelling is of QCVN 102:2016/BTTTT."""
    assert str(AgencyCode.parse(typed)) == text


@pytest.mark.parametrize(
    "typed", ["", "56.14", "H5", "H56.", "H56.1", "H56-14", "000.00.00.000", "H56" + ".14" * 11]
)
def test_malformed_agency_code(typed: str) -> None:
    with pytest.raises(AgencyCodeMalformed, match=r"H56\.14"):
        AgencyCode.parse(typed)


def test_agency_code_knows_what_stands_above_and_below() -> None:
    code = AgencyCode("H26.12.03")
    assert (code.root, code.parent) == (AgencyCode("H26"), AgencyCode("H26.12"))
    assert AgencyCode("H26").parent is None
    assert AgencyCode("H26.12").covers(code)
    assert not AgencyCode("H26.1A").covers(code)
    assert not code.covers(AgencyCode("H26"))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("1.001193", "1.001193"),
        ("1.000948.H38", "1.000948.H38"),
        ("1.002835.000.00.00.H56", "1.002835.H56"),
        ("1.002835.000.00.04.G18", "1.002835.G18.04"),
    ],
)
def test_procedure_code(typed: str, text: str) -> None:
    assert str(ProcedureCode.parse(typed)) == text


@pytest.mark.parametrize(
    "typed", ["", "1001193", "1.00119", "1.0011933", "1.001193.", "1.001193.56", "1.001193-H56"]
)
def test_malformed_procedure_code(typed: str) -> None:
    with pytest.raises(ProcedureCodeMalformed, match=r"1\.001193"):
        ProcedureCode.parse(typed)


def test_make_dossier_code() -> None:
    agency = AgencyCode("H56.14")
    assert str(DossierCode.make(agency, date(2024, 8, 23), 1)) == "H56.14-240823-0001"
    national = DossierCode.make(AgencyCode("G09.20"), date(2026, 6, 9), 92637, national=True)
    assert str(national) == "G09.20-20260609-0092637"
    with pytest.raises(DossierCodeMalformed):
        DossierCode.make(agency, date(2024, 8, 23), 0)


def test_parse_dossier_code() -> None:
    code = DossierCode.parse("g09.20-20260609-0092637")
    assert code == DossierCode.make(AgencyCode("G09.20"), date(2026, 6, 9), 92637, national=True)
    old = DossierCode.parse("000.00.14.H56-240823-0001")
    assert (old.agency, old.text) == (AgencyCode("H56.14"), "000.00.14.H56-240823-0001")


@pytest.mark.parametrize(
    "typed", ["", "H56.14", "H56.14-241323-0001", "H56.14-2408231-0001", "H56.14-240823-001", "X-240823-0001"]
)
def test_malformed_dossier_code(typed: str) -> None:
    with pytest.raises(DossierCodeMalformed, match="giấy tiếp nhận"):
        DossierCode.parse(typed)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 9_999_999), st.booleans())
def test_dossier_codes_round_trip(day: date, sequence: int, national: bool) -> None:
    code = DossierCode.make(AgencyCode("H20.47"), day, sequence, national=national)
    assert DossierCode.parse(str(code)) == code


PARSERS = (PersonalNumber.parse, TaxCode.parse, AgencyCode.parse, ProcedureCode.parse, DossierCode.parse)


@given(st.text(max_size=40) | st.text(alphabet="0123456789.-HG", max_size=24))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in PARSERS:
        with contextlib.suppress(Refused):
            assert parse(str(parse(text))) == parse(text)
