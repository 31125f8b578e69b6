"""Checks over a whole file: findings with row and sentence, counters that quality is made of."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.intake.ugly import ROWS, csv_file
from lienthong.data import checks, intake, sources
from lienthong.data.checks import Findings, crossing

TODAY = date(2026, 11, 22)
GARBAGE = (
    "1",
    "=1+1",
    "ế",
    "99999999999999999999",
    "31/31/1931",
    "-",
    "'",
    "000000000000",
    "1e308",
    "2026-13-45",
)
COMMUNES = {"00004": "01", "00008": "02"}


def run(tmp_path: Path, rows: Any = ROWS, *, accept: Any = None, **given: Any) -> Findings:
    path = csv_file(tmp_path / "a.csv", rows)
    reading = intake.read(path, intake.preview(path).plan(accept), tmp_path / "a.parquet")
    return checks.run(reading.parquet, sources.schema("workers"), out=tmp_path / "out", today=TODAY, **given)


def found(findings: Findings) -> list[tuple[int, str, str]]:
    query = f"SELECT row, rule, value FROM read_parquet('{findings.findings}') ORDER BY row, rule"
    return duckdb.sql(query).fetchall()


def changed(place: int, **cells: str) -> tuple[str, ...]:
    at = {"name": 1, "birth": 2, "sex": 3, "number": 4, "commune": 5, "activity": 6, "job": 7}
    row = list(ROWS[place])
    for name, cell in cells.items():
        row[at[name]] = cell
    return tuple(row)


def test_a_clean_file_has_no_findings(tmp_path: Path) -> None:
    findings = run(tmp_path, communes=COMMUNES)
    assert found(findings) == []
    assert (findings.total, findings.rows) == (0, 5)


def test_what_is_wrong_is_found_with_its_row_and_shown_safely(tmp_path: Path) -> None:
    rows = [
        changed(0, sex="Nữ"), changed(1, birth="1976"), changed(2, number="09930100000"), changed(3, name="=HYPERLINK(1)"),
        changed(4, commune="9", activity="Bận"),
    ]  # fmt: skip
    assert found(run(tmp_path, rows, communes=COMMUNES)) == [
        (2, "number_sex:personal_number", "•••• 0001"),
        (3, "number_birth_year:personal_number", "•••• 0002"),
        (4, "number_shape:personal_number", "•••• 0000"),
        (5, "name_shape:full_name", "=HYPERLINK(1)"),
        (5, "readable_text:full_name", "=HYPERLINK(1)"),
        (6, "commune_shape:commune_code", "9"),
        (6, "in_vocabulary:activity", "Bận"),
    ]


def test_a_number_in_two_rows_is_found_in_both(tmp_path: Path) -> None:
    rows = [*ROWS, changed(4, number=ROWS[0][4], birth="1980", name="Ngô Văn Dũng")]
    assert found(run(tmp_path, rows)) == [
        (2, "number_once:personal_number", "•••• 0001"),
        (7, "number_once:personal_number", "•••• 0001"),
    ]


def test_a_commune_that_is_no_more_counts_for_no_place(tmp_path: Path) -> None:
    findings = run(tmp_path, [*ROWS[:2], changed(2, commune="00001")], communes=COMMUNES)
    assert found(findings) == [(4, "commune_in_force:commune_code", "00001")]
    places = duckdb.sql(
        f"SELECT DISTINCT commune_code FROM read_parquet('{findings.counters}') ORDER BY 1"
    ).fetchall()
    assert places == [("",), ("00004",), ("00008",)]


def test_rules_that_need_what_is_not_given_are_not_assessed(tmp_path: Path) -> None:
    findings = run(tmp_path)
    assert "commune_in_force:commune_code" in findings.not_assessed
    assert "agrees_with_register:personal_number" in findings.not_assessed
    counted = duckdb.sql(f"SELECT DISTINCT rule FROM read_parquet('{findings.counters}')").fetchall()
    assert not {rule for (rule,) in counted} & set(findings.not_assessed)


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_verdicts_of_linkage_are_rules_too(tmp_path: Path, kind: str) -> None:
    verdicts = tmp_path / f"verdicts.{kind}"
    said = ["matched", "conflict", "dead", "duplicate", "possible"]
    values = ", ".join(f"('{row}', '{verdict}')" for row, verdict in enumerate(said, start=2))
    duckdb.sql(f"COPY (FROM (VALUES {values}) AS t(record_id, verdict)) TO '{verdicts}'")
    findings = run(tmp_path, verdicts=verdicts)
    assert found(findings) == [
        (3, "agrees_with_register:personal_number", "•••• 0002"),
        (4, "alive_in_register:personal_number", "•••• 0003"),
        (5, "one_record_a_person:personal_number", "•••• 0004"),
    ]
    query = f"SELECT sum(assessed), sum(satisfied) FROM read_parquet('{findings.counters}') WHERE rule = 'agrees_with_register:personal_number'"
    assert duckdb.sql(query).fetchall() == [(2, 1)]


def test_a_source_that_knows_of_a_death_is_not_told_of_it(tmp_path: Path) -> None:
    """And one that takes somebody for dead who lives in the register is told of that."""
    schema = sources.schema("veterans")
    told = [
        ("Từ trần", "dead"),
        ("Đang sinh hoạt", "dead"),
        ("Từ trần", "matched"),
        ("Từ trần", "possible"),
        ("", "dead"),
    ]
    rows = []
    for state, _ in told:
        cells = {"full_name": "Lê Thị An", "birth_date": "1960", "member_state": state}
        rows.append([cells.get(name, "") for name in schema.names])
    path = csv_file(tmp_path / "a.csv", rows, head=[field.label for field in schema.fields])
    verdicts = tmp_path / "v.csv"
    said = "".join(f"{row},{verdict}\n" for row, (_, verdict) in enumerate(told, start=2))
    verdicts.write_text(f"record_id,verdict\n{said}")
    reading = intake.read(path, intake.preview(path, "veterans").plan(), tmp_path / "a.parquet")
    findings = checks.run(reading.parquet, schema, out=tmp_path / "out", today=TODAY, verdicts=verdicts)
    deaths = [(row, rule) for row, rule, _ in found(findings) if rule.split(":")[0].endswith("_in_register")]
    assert deaths == [
        (3, "alive_in_register:personal_number"),
        (4, "death_in_register:personal_number"),
        (6, "alive_in_register:personal_number"),
    ]


@pytest.mark.parametrize("code", sources.SCHEMAS)
def test_the_rules_of_every_schema_run(tmp_path: Path, code: str) -> None:
    schema = sources.schema(code)
    path = csv_file(
        tmp_path / "a.csv",
        [[word] * len(schema.fields) for word in GARBAGE],
        head=[field.label for field in schema.fields],
        delimiter="\t",
    )
    reading = intake.read(path, intake.preview(path, code).plan(), tmp_path / "a.parquet")
    findings = checks.run(reading.parquet, schema, out=tmp_path / "out", today=TODAY, communes=COMMUNES)
    assert findings.total > 5
    broken = duckdb.sql(
        f"SELECT count(*) FROM read_parquet('{findings.counters}') WHERE satisfied > assessed"
    ).fetchone()
    assert broken == (0,)


def test_findings_stand_in_the_order_of_rows(tmp_path: Path) -> None:
    """What reads them beside the records, the marked workbook and the storing of records, walks both once."""
    rows = [changed(0, sex="Nữ"), changed(1, commune="không"), *ROWS[2:4], ("9", "Trần Thị Hòa")] * 40
    findings = run(tmp_path, rows, communes=COMMUNES)
    order = [row for (row,) in duckdb.sql(f"SELECT row FROM read_parquet('{findings.findings}')").fetchall()]
    assert len(set(order)) > 100
    assert order == sorted(order)


def test_many_buckets_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that repeat and verdicts are sought bucket by bucket, so that memory holds one."""
    numbers = ("099080000001", "099080000002", "", "099080000003")
    rows = [changed(n % 5, number=numbers[n % 4]) for n in range(16)] + [
        changed(n % 5, number=f"0990{n:08d}") for n in range(40)
    ]
    verdicts = tmp_path / "v.csv"
    said = "".join(f"{n},{('matched', 'duplicate', 'dead')[n % 3]}\n" for n in range(2, 50))
    verdicts.write_text(f"record_id,verdict\n{said}7,conflict\n")
    (tmp_path / "one").mkdir()
    (tmp_path / "many").mkdir()
    one = run(tmp_path / "one", rows, verdicts=verdicts)
    monkeypatch.setattr(crossing, "KEYS", 3)
    many = run(tmp_path / "many", rows, verdicts=verdicts)
    assert {rule for _, rule, _ in found(one)} >= {
        "number_once:personal_number",
        "alive_in_register:personal_number",
    }
    assert found(many) == found(one)
    counters = [f"FROM read_parquet('{each.counters}') ORDER BY ALL" for each in (one, many)]
    assert duckdb.sql(counters[1]).fetchall() == duckdb.sql(counters[0]).fetchall()
