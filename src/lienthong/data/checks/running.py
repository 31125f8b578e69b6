"""The rules over a file's records: who breaks which, and the counters that quality is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
import pyarrow as pa

from lienthong.data.checks.crossing import write_crossed
from lienthong.data.checks.rules import Rule, rules_for
from lienthong.data.intake.sql import AS_WRITTEN, GROUP, engine, ident, text
from lienthong.data.sources import DECEASED, Schema

MASKED: Final = frozenset(
    {"personal_number", "old_number", "insurance_number", "card_code", "tax_code", "phone"}
)
"""Kinds of which a finding shows the last four characters only."""
LONGEST: Final = 80
WORD: Final = 60
"""Rules whose bits one whole number holds."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Two Parquet files; their columns are in the package's docstring. `not_assessed` rules lacked their data."""

    schema: str
    findings: Path
    counters: Path
    total: int
    rows: int
    not_assessed: tuple[str, ...] = ()


def run(
    parquet: Path,
    schema: Schema,
    *,
    out: Path,
    today: date,
    verdicts: Path | None = None,
    communes: Mapping[str, str] | None = None,
) -> Findings:
    """Run all rules of the schema over a canonical Parquet, into `out`/findings.parquet and counters.parquet.

    `verdicts` is linkage's file of this source; `communes` maps the codes in force to their provinces. A commune that
    is not among them, or not five digits, counts under "" (place not known).
    """
    given = {name for name, thing in (("verdicts", verdicts), ("communes", communes)) if thing is not None}
    rules = rules_for(schema)
    ready = [rule for rule in rules if rule.needs <= given]
    findings, counters = out / "findings.parquet", out / "counters.parquet"
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="checks-", dir=out) as folder, engine() as db:
        unique = {rule.code: place for place, rule in enumerate(one for one in ready if one.unique)}
        crossed = write_crossed(
            db, parquet, Path(folder) / "crossed.parquet",
            unique=[rule.unique for rule in ready if rule.unique], verdicts=verdicts,
        )  # fmt: skip
        db.execute(AS_WRITTEN)
        _prepare(db, parquet, crossed, communes, schema)
        judged = [(rule, *_conditions(rule, unique, today, schema)) for rule in ready]
        rows = _judge(db, judged, schema, Path(folder) / "judged.parquet")
        _write_counters(db, ready, rows, counters)
        _write_findings(db, ready, rows, findings)
        total = _one(db, f"SELECT count(*) FROM read_parquet({text(findings)})")
        count = _one(db, f"SELECT count(*) FROM read_parquet({text(parquet)})")
    return Findings(
        schema.code, findings, counters, total, count, tuple(r.code for r in rules if r.needs - given)
    )


_Judged = tuple[Rule, str, str]
"""A rule with its conditions: it applies, it is satisfied."""


def _one(db: duckdb.DuckDBPyConnection, query: str) -> int:
    row = db.execute(query).fetchone()
    return int(row[0]) if row else 0


def _prepare(
    db: duckdb.DuckDBPyConnection,
    parquet: Path,
    crossed: Path,
    communes: Mapping[str, str] | None,
    schema: Schema,
) -> None:
    """The view `t`: the records with their place, their verdict, whether they say that their person has died, and whether
    their unique values repeat.
    """
    rows = f"SELECT * FROM read_parquet({text(parquet)}) POSITIONAL JOIN read_parquet({text(crossed)})"
    place = "CASE WHEN regexp_full_match(commune_code, '[0-9]{5}') THEN commune_code ELSE '' END"
    if communes is not None:
        db.register("known", pa.table({"code": pa.array(list(communes), pa.string())}))
        # Asked, not joined: a left join gives rows that find nothing later than their neighbours.
        rows = f"SELECT *, coalesce(commune_code IN (SELECT code FROM known), false) AS commune_known FROM ({rows})"
        place = "CASE WHEN commune_known THEN commune_code ELSE '' END"
    died = " OR ".join(f"{ident(name)} = {text(DECEASED)}" for name in schema.telling_deaths) or "false"
    db.execute(
        f"CREATE TEMP VIEW t AS SELECT *, {place} AS place, coalesce({died}, false) AS said_dead FROM ({rows})"
    )


def _conditions(rule: Rule, unique: Mapping[str, int], today: date, schema: Schema) -> tuple[str, str]:
    if rule.unique:
        given = " AND ".join(f"{ident(name)} IS NOT NULL" for name in rule.unique)
        return given, f"NOT twice_{unique[rule.code]}"
    months = today.year * 12 + today.month - 1 - schema.fresh_months
    fresh = f"{months // 12:04d}-{months % 12 + 1:02d}-{min(today.day, 28):02d}"
    constants = {"$today": text(today.isoformat()), "$year": str(today.year), "$fresh": text(fresh)}
    applies, satisfied = rule.applies, rule.satisfied
    for name, constant in constants.items():
        applies, satisfied = applies.replace(name, constant), satisfied.replace(name, constant)
    return f"coalesce({applies}, false)", f"coalesce({satisfied}, false)"


def _judge(db: duckdb.DuckDBPyConnection, judged: Sequence[_Judged], schema: Schema, out: Path) -> str:
    """One pass: of each record which rules apply and which it breaks, as bits of whole numbers; and what is to be told.

    Returns the table in SQL: row, record_id, place, a0…, b0…, told.
    """
    words = range(0, len(judged), WORD)
    applies = [_bits([a for _, a, _ in judged[at : at + WORD]], f"a{at // WORD}") for at in words]
    breaks = [
        _bits([f"({a}) AND NOT ({s})" for _, a, s in judged[at : at + WORD]], f"b{at // WORD}")
        for at in words
    ]
    named = [name for at in words for name in (f"a{at // WORD}", f"b{at // WORD}")]
    told = [
        f"CASE WHEN {_has('b', place)} THEN {{'rule': {place}::USMALLINT, 'value': {_shown(rule, schema)}}} END"
        for place, (rule, _, _) in enumerate(judged)
    ]
    # Most rows break nothing: no list is made of these.
    faulty = " OR ".join(f"b{at // WORD} <> 0" for at in words)
    tell = f"CASE WHEN {faulty} THEN list_filter([{', '.join(told)}], lambda one: one IS NOT NULL) END"
    db.execute(f"""COPY (SELECT row, coalesce(record_id, row::VARCHAR) AS record_id, place, {", ".join(named)}, {tell} AS told
        FROM (SELECT *, {", ".join([*applies, *breaks])} FROM t)) TO {text(out)} (FORMAT parquet, ROW_GROUP_SIZE {GROUP})""")
    return f"read_parquet({text(out)})"


def _bits(conditions: Sequence[str], name: str) -> str:
    return (
        " + ".join(
            f"CASE WHEN {one} THEN {1 << place} ELSE 0 END::BIGINT" for place, one in enumerate(conditions)
        )
        + f" AS {name}"
    )


def _has(word: str, place: int) -> str:
    """Whether the bit of a rule, by its place among them, is set."""
    return f"({word}{place // WORD} & {1 << place % WORD}) <> 0"


def _write_counters(db: duckdb.DuckDBPyConnection, rules: Sequence[Rule], rows: str, out: Path) -> None:
    """For each place how many records a rule applied to, and how many satisfied it. Records judged alike are counted first."""
    sums = [
        f"coalesce(sum(n) FILTER ({_has('a', i)}), 0) AS a{i}, coalesce(sum(n) FILTER ({_has('b', i)}), 0) AS b{i}"
        for i in range(len(rules))
    ]
    alike = f"SELECT * EXCLUDE (row, record_id, told), count(*) AS n FROM {rows} GROUP BY ALL"
    db.execute(f"CREATE TEMP TABLE wide AS SELECT place, {', '.join(sums)} FROM ({alike}) GROUP BY place")
    long = [
        f"SELECT {text(rule.code)} AS rule, {text(rule.field)} AS field, {text(rule.criterion)} AS criterion, "
        f"place AS commune_code, a{i}::BIGINT AS assessed, (a{i} - b{i})::BIGINT AS satisfied FROM wide WHERE a{i} > 0"
        for i, rule in enumerate(rules)
    ]
    db.execute(f"COPY ({' UNION ALL '.join(long)}) TO {text(out)} (FORMAT parquet)")


def _write_findings(db: duckdb.DuckDBPyConnection, rules: Sequence[Rule], rows: str, out: Path) -> None:
    db.register("said", pa.table({
        "place": pa.array(range(len(rules)), pa.uint16()),
        "rule": pa.array([rule.code for rule in rules], pa.string()),
        "field": pa.array([rule.field for rule in rules], pa.string()),
        "sentence": pa.array([rule.sentence for rule in rules], pa.string()),
        "law": pa.array([rule.law for rule in rules], pa.string()),
    }))  # fmt: skip
    inner = f"SELECT row, record_id, place AS commune_code, unnest(told) AS one FROM {rows} WHERE told IS NOT NULL"
    db.execute(f"""COPY (SELECT row, record_id, commune_code, rule, field, one.value AS value, sentence, law
        FROM ({inner}) JOIN said ON said.place = one.rule) TO {text(out)}
        (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP})""")


def _shown(rule: Rule, schema: Schema) -> str:
    """The value of a finding: as received, cut, and of numbers of persons the end only."""
    name = rule.field
    value = f"coalesce({ident(f'{name}__was')}, {ident(name)}, '')"
    if schema.field(name).kind.code in MASKED:
        return f"CASE WHEN length({value}) > 4 THEN '•••• ' || right({value}, 4) ELSE {value} END"
    return f"{value}[1:{LONGEST}]"
