"""Rules are data; where kit knows a rule, the SQL agrees with it."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienthong.data import sources
from lienthong.data.checks import Criterion, Rule, rules_for
from lienthong.data.checks.running import _conditions
from lienthong.kit.errors import Refused
from lienthong.kit.identifiers import PersonalNumber, Sex, TaxCode

DB = duckdb.connect()
TODAY = date(2026, 11, 22)


def rule(code: str, schema: str = "taxpayers") -> Rule:
    return next(one for one in rules_for(sources.schema(schema)) if one.code == code)


def verdicts(code: str, *rows: dict[str, str | None], schema: str = "taxpayers") -> list[tuple[bool, bool]]:
    """(applies, satisfied) of a rule for each row of values."""
    whole = sources.schema(schema)
    names = [name for field in whole.names for name in (field, f"{field}__was", f"{field}__mark")]
    applies, satisfied = _conditions(rule(code, schema), 0, TODAY, whole)
    columns = ", ".join(
        f'list_extract(v, {place})::VARCHAR AS "{name}"' for place, name in enumerate(names, start=1)
    )
    query = f"SELECT {applies}, {satisfied} FROM (SELECT {columns} FROM (SELECT unnest(?::VARCHAR[][]) AS v))"
    return DB.execute(query, [[[row.get(name) for name in names] for row in rows]]).fetchall()


def test_every_rule_says_its_law_and_what_to_do() -> None:
    for schema in sources.schemas():
        rules = rules_for(schema)
        assert len({one.code for one in rules}) == len(rules)
        for one in rules:
            assert one.law, one.code
            assert one.weight > 0
            assert one.sentence.endswith("."), one.code
            assert "{" not in one.sentence
            assert set(one.fields) <= set(schema.names), one.code
            assert bool(one.applies and one.satisfied) != bool(one.unique), one.code


def test_every_criterion_is_asked_of_every_source() -> None:
    for schema in sources.schemas():
        assert {one.criterion for one in rules_for(schema)} == set(Criterion), schema.code


numbers = st.from_regex(r"[0-9]{11,13}", fullmatch=True) | st.builds(
    lambda g, y, n: f"099{g}{y:02d}{n:06d}", st.integers(0, 9), st.integers(0, 99), st.integers(0, 999_999)
)


@settings(max_examples=8)
@given(
    st.lists(
        st.tuples(numbers, st.sampled_from(["male", "female"]), st.integers(1880, 2090)),
        min_size=30,
        max_size=60,
    )
)
def test_number_sex_and_birth_year_agree_with_kit(people: list[tuple[str, str, int]]) -> None:
    """TT 59/2021/TT-BCA art. 4: century and sex in the fourth digit, the year in the next two."""
    rows = [{"personal_number": n, "sex": s, "birth_date": str(y)} for n, s, y in people]
    shapes = verdicts("number_shape:personal_number", *rows)
    sexes = verdicts("number_sex:personal_number", *rows)
    years = verdicts("number_birth_year:personal_number", *rows)
    for (text, sex, year), shape, by_sex, by_year in zip(people, shapes, sexes, years, strict=True):
        try:
            number = PersonalNumber(text)
        except Refused:
            assert shape == (True, False)
            assert not by_sex[0]
            assert not by_year[0]
        else:
            assert shape == (True, True)
            assert by_sex == (True, number.agrees_with(sex=Sex(sex)))
            if 1850 <= year <= 2099:
                assert by_year == (True, number.agrees_with(birth=year))


@settings(max_examples=8)
@given(
    st.lists(
        st.from_regex(r"[0-9]{10}(-[0-9]{3})?|[0-9]{12}|[0-9]{9}", fullmatch=True), min_size=30, max_size=60
    )
)
def test_tax_codes_agree_with_kit(codes: list[str]) -> None:
    """TT 105/2020/TT-BTC annex 1: the tenth digit is a check."""
    codes = [*codes, "0990000011", "0100109106", "0100109106-001", "099080000001"]
    rows = [{"tax_code": code} for code in codes]
    shapes, digits = verdicts("tax_code_shape:tax_code", *rows), verdicts("tax_code_digit:tax_code", *rows)
    for code, (_, shape), (asked, digit) in zip(codes, shapes, digits, strict=True):
        try:
            TaxCode(code)
        except Refused:
            assert not shape or (asked and not digit), code
        else:
            assert shape, code
            assert digit or not asked, code


@pytest.mark.parametrize(
    ("code", "schema", "row", "expected"),
    [
        ("updated_lately:updated_on", "workers", {"updated_on": "2025-11-22"}, (True, True)),
        ("updated_lately:updated_on", "workers", {"updated_on": "2025-11-21"}, (True, False)),
        ("updated_lately:updated_on", "workers", {"updated_on": None}, (False, False)),
        ("birth_in_life:birth_date", "workers", {"birth_date": "2026-11-23"}, (True, False)),
        ("birth_in_life:birth_date", "workers", {"birth_date": "1905"}, (True, False)),
        ("birth_in_life:birth_date", "workers", {"birth_date": "2026"}, (True, True)),
        ("name_shape:full_name", "workers", {"full_name": "Y Bhin Niê"}, (True, True)),
        ("name_shape:full_name", "workers", {"full_name": "K'Brăh Ê-ban"}, (True, True)),
        ("name_shape:full_name", "workers", {"full_name": "An"}, (True, False)),
        ("name_shape:full_name", "workers", {"full_name": "Công ty 27/7"}, (True, False)),
        ("elderly.sixty", "elderly", {"birth_date": "1966"}, (True, True)),
        ("elderly.sixty", "elderly", {"birth_date": "1967"}, (True, False)),
        ("merit.injury_in_range", "merit", {"merit_class": "wounded", "injury_percent": "20"}, (True, False)),
        ("merit.injury_of_the_class", "merit", {"merit_class": "martyr"}, (False, False)),
        ("workers.employed_has_occupation", "workers", {"activity": "employed"}, (True, False)),
        ("taxpayers.person_number_is_tax_code", "taxpayers", {"tax_code": "099080000001", "personal_number": "099080000002"}, (True, False)),
        ("health_insurance.card_holds_number", "health_insurance", {"card_code": "HS4010912345678", "insurance_number": "0912345678"}, (True, True)),
        ("veterans.discharged_after_enlisted", "veterans", {"enlisted_on": "1972-05", "discharged_on": "1972"}, (True, True)),
        ("veterans.discharged_after_enlisted", "veterans", {"enlisted_on": "1972-05", "discharged_on": "1971-06-01"}, (True, False)),
        ("land_users.area_positive", "land_users", {"area": "0"}, (True, False)),
        ("telecom.paper_is_a_card", "telecom", {"paper_kind": "old_card"}, (True, False)),
        ("phone_shape:phone", "workers", {"phone": "0212345678"}, (True, False)),
    ],
)  # fmt: skip
def test_rules_of_the_sectors(
    code: str, schema: str, row: dict[str, str | None], expected: tuple[bool, bool]
) -> None:
    applies, satisfied = verdicts(code, row, schema=schema)[0]
    assert applies == expected[0]
    if applies:
        assert satisfied == expected[1]


def test_the_law_of_the_weights_is_said() -> None:
    folder = Path(sources.__file__).parent.parent
    assert "4856" in (folder / "quality" / "weights.yaml").read_text("utf-8")
