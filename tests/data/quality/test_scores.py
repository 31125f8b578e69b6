"""Scores stand on counters, counters add up, and every score opens to the rows behind it."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.intake.ugly import ROWS, csv_file
from lienthong.data import checks, intake, quality, sources
from lienthong.data.checks import Criterion, Findings, rules_for
from lienthong.data.quality import Colour, Count, scores
from lienthong.data.quality.scoring import colour

SCHEMA = sources.schema("workers")
RULES = rules_for(SCHEMA)
COMMUNES = {"00004": "01", "00008": "02", "00091": "01"}


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    folder = tmp_path_factory.mktemp("quality")
    dirty = [
        *ROWS,
        ("6", "không", "1976", "Nữ", "099175000002", "00004", "Có việc làm", ""),
        ("7", "Lê Văn Hai", "01/01/1900", "Nữ", "099080000009", "00008", "Bận", "x"),
        ("8", "Lê Văn Ba", "1980", "Nam", "", "", "Có việc làm", "x"),
    ]
    path = csv_file(folder / "a.csv", dirty)
    reading = intake.read(path, intake.preview(path).plan(), folder / "a.parquet")
    return checks.run(
        reading.parquet, SCHEMA, out=folder / "out", today=date(2026, 11, 22), communes=COMMUNES
    )


def test_scores_by_hand() -> None:
    """Two rules of one criterion, weights 2 and 1: (2·50 + 1·100) / 3; then fields by their weights."""
    counted = [
        Count("required:sex", "sex", Criterion.COMPLETE, 10, 5),
        Count("no_placeholder:sex", "sex", Criterion.CLEAN, 10, 10),
        Count("in_vocabulary:sex", "sex", Criterion.CLEAN, 8, 4),
        Count("required:full_name", "full_name", Criterion.COMPLETE, 10, 10),
    ]
    got = scores(counted, SCHEMA)
    cells = {(cell.field, cell.criterion): cell.value for cell in got.cells}
    assert cells["sex", Criterion.CLEAN] == Fraction(1 * 100 + 1 * 50, 2)
    by_field = {field.code: field.value for field in got.fields}
    assert by_field["sex"] == Fraction(50 + 75, 2)
    assert by_field["full_name"] == 100
    assert got.database.value == (1 * Fraction(125, 2) + 2 * 100) / 3
    assert (got.database.numerator, got.database.denominator) == (29, 38)


def test_a_rule_weighs_what_its_data_says() -> None:
    weights = {rule.code: rule.weight for rule in RULES}
    assert weights["number_shape:personal_number"] == 3
    assert weights["no_placeholder:personal_number"] == 1
    counted = [
        Count("number_shape:personal_number", "personal_number", Criterion.CLEAN, 4, 0),
        Count("no_placeholder:personal_number", "personal_number", Criterion.CLEAN, 4, 4),
    ]
    assert scores(counted, SCHEMA).cells[0].value == 25


def test_what_was_not_assessed_has_no_score_and_zero_is_not_that() -> None:
    nothing = scores([], SCHEMA)
    assert nothing.database.value is None
    assert nothing.database.colour is Colour.NONE
    zero = scores([Count("required:sex", "sex", Criterion.COMPLETE, 3, 0)], SCHEMA)
    assert (zero.database.value, zero.database.colour) == (0, Colour.RED)
    live = next(one for one in zero.criteria if one.criterion is Criterion.LIVE)
    assert (live.value, live.denominator, live.colour) == (None, 0, Colour.NONE)


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [(Fraction(90), 90, Colour.GREEN), (Fraction(8_999_999, 100_000), 90, Colour.AMBER), (Fraction(75), 90, Colour.AMBER),
     (Fraction(7_499_999, 100_000), 90, Colour.RED), (Fraction(9_999_999, 100_000), 100, Colour.AMBER), (Fraction(100), 100, Colour.GREEN)],
)  # fmt: skip
def test_colours_by_the_exact_value(value: Fraction, target: int, expected: Colour) -> None:
    assert colour(value, target) is expected


def test_identifiers_are_green_at_a_hundred_only() -> None:
    counted = [Count("number_shape:personal_number", "personal_number", Criterion.CLEAN, 1000, 999)]
    assert scores(counted, SCHEMA).cells[0].colour is Colour.AMBER
    name = [Count("name_shape:full_name", "full_name", Criterion.CLEAN, 1000, 999)]
    assert scores(name, SCHEMA).cells[0].colour is Colour.GREEN


places = st.sampled_from(["", "00004", "00008", "00091", "99999"])
pairs = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: (max(pair), min(pair)))
counters = st.lists(
    st.tuples(st.sampled_from(RULES), places, pairs).map(
        lambda one: Count(one[0].code, one[0].field, one[0].criterion, *one[2], one[1])
    ),
    max_size=60,
)


@settings(max_examples=40)
@given(counters)
def test_places_add_up_to_the_whole(counted: list[Count]) -> None:
    whole = quality.whole(counted)[""]
    for parts in (quality.by_commune(counted), quality.by_province(counted, COMMUNES)):
        assert quality.add(one for part in parts.values() for one in part) == whole
    provinces = quality.by_province(counted, COMMUNES)
    of_communes = quality.by_province(
        (one for part in quality.by_commune(counted).values() for one in part), COMMUNES
    )
    assert provinces == of_communes


@settings(max_examples=25)
@given(counters)
def test_a_score_is_a_share(counted: list[Count]) -> None:
    got = scores(counted, SCHEMA)
    for one in (got.database, *got.criteria, *got.fields, *got.cells, *got.rules):
        assert 0 <= one.numerator <= one.denominator
        assert (one.value is None) == (one.denominator == 0)
        assert one.value is None or 0 <= one.value <= 100
    assert got.database.denominator == sum(rule.denominator for rule in got.rules)


def test_counters_of_communes_and_of_the_file_agree(findings: Findings) -> None:
    counted = quality.counts(findings)
    assert set(quality.by_commune(counted)) == {"", "00004", "00008"}
    assert set(quality.by_province(counted, COMMUNES)) == {"", "01", "02"}
    required = next(one for one in quality.whole(counted)[""] if one.rule == "required:personal_number")
    assert (required.assessed, required.satisfied) == (8, 7)


def test_every_rule_opens_to_the_rows_that_it_lacks(findings: Findings) -> None:
    got = scores(quality.counts(findings), SCHEMA)
    lacking = [rule for rule in got.rules if rule.numerator < rule.denominator]
    assert len(lacking) >= 6
    for rule in lacking:
        behind = quality.rows_behind(findings, rule=rule.code)
        assert len(behind) == rule.denominator - rule.numerator, rule.code
    database = got.database
    assert (
        len(quality.rows_behind(findings, limit=1000))
        == database.denominator - database.numerator
        == findings.total
    )


def test_rows_behind_by_field_criterion_and_place(findings: Findings) -> None:
    got = quality.rows_behind(
        findings, field="personal_number", criterion=Criterion.CLEAN, communes=["00008"]
    )
    assert [(one.row, one.rule, one.value) for one in got] == [
        (3, "number_once:personal_number", "•••• 0002")
    ]
    assert {one.row for one in quality.rows_behind(findings, communes=[""])} == {9}
    assert quality.rows_behind(findings, limit=1, offset=1) == quality.rows_behind(findings)[1:2]
