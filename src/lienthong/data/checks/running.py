"""The rules over a file's records: who breaks which, and the counters that quality is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from lienthong.data.checks.rules import Rule, rules_for
from lienthong.data.intake.sql import engine, ident, text
from lienthong.data.sources import Schema

MASKED: Final = frozenset(
    {"personal_number", "old_number", "insurance_number", "card_code", "tax_code", "phone"}
)
"""Kinds of which a finding shows the last four characters only."""
LONGEST: Final = 80


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
    with engine() as db:
        _prepare(db, parquet, verdicts, communes, ready)
        judged = [(rule, *_conditions(rule, place, today, schema)) for place, rule in enumerate(ready)]
        _write_counters(db, judged, counters)
        _write_findings(db, judged, schema, findings)
        total = _one(db, f"SELECT count(*) FROM read_parquet({text(findings)})")
        rows = _one(db, f"SELECT count(*) FROM read_parquet({text(parquet)})")
    return Findings(
        schema.code, findings, counters, total, rows, tuple(r.code for r in rules if r.needs - given)
    )


_Judged = tuple[Rule, str, str]
"""A rule with its conditions: it applies, it is satisfied."""


def _one(db: duckdb.DuckDBPyConnection, query: str) -> int:
    row = db.execute(query).fetchone()
    return int(row[0]) if row else 0


def _prepare(
    db: duckdb.DuckDBPyConnection,
    parquet: Path,
    verdicts: Path | None,
    communes: Mapping[str, str] | None,
    rules: Sequence[Rule],
) -> None:
    """The view `t`: the records with their verdict, their place, and whether their unique values repeat."""
    columns, joins = ["c.*"], [f"read_parquet({text(parquet)}) c"]
    place = "CASE WHEN regexp_full_match(c.commune_code, '[0-9]{5}') THEN c.commune_code ELSE '' END"
    if communes is not None:
        db.register("known", pa.table({"code": pa.array(list(communes), pa.string())}))
        joins.append("LEFT JOIN known k ON k.code = c.commune_code")
        columns.append("k.code IS NOT NULL AS commune_known")
        place = "coalesce(k.code, '')"
    if verdicts is not None:
        reader = "read_parquet" if verdicts.suffix == ".parquet" else "read_csv"
        # One verdict a record; were there two, the first by name is taken, so that runs agree.
        db.execute(f"""CREATE TEMP TABLE judged AS SELECT record_id::VARCHAR AS record_id, min(verdict) AS verdict
            FROM {reader}({text(verdicts)}) GROUP BY 1""")
        joins.append("LEFT JOIN judged v ON v.record_id = coalesce(c.record_id, c.row::VARCHAR)")
        columns.append("v.verdict")
    for number, rule in enumerate(rules):
        if rule.unique:
            keys = [ident(name) for name in rule.unique]
            given = " AND ".join(f"{key} IS NOT NULL" for key in keys)
            db.execute(f"""CREATE TEMP TABLE twice_{number} AS SELECT {", ".join(keys)} FROM read_parquet({text(parquet)})
                WHERE {given} GROUP BY ALL HAVING count(*) > 1""")
            on = " AND ".join(f"d{number}.{key} = c.{key}" for key in keys)
            joins.append(f"LEFT JOIN twice_{number} d{number} ON {on}")
            columns.append(f"d{number}.{keys[0]} IS NOT NULL AS twice_{number}")
    db.execute(f"CREATE TEMP VIEW t AS SELECT {', '.join(columns)}, {place} AS place FROM {' '.join(joins)}")


def _conditions(rule: Rule, number: int, today: date, schema: Schema) -> tuple[str, str]:
    if rule.unique:
        given = " AND ".join(f"{ident(name)} IS NOT NULL" for name in rule.unique)
        return given, f"NOT twice_{number}"
    months = today.year * 12 + today.month - 1 - schema.fresh_months
    fresh = f"{months // 12:04d}-{months % 12 + 1:02d}-{min(today.day, 28):02d}"
    constants = {"$today": text(today.isoformat()), "$year": str(today.year), "$fresh": text(fresh)}
    applies, satisfied = rule.applies, rule.satisfied
    for name, constant in constants.items():
        applies, satisfied = applies.replace(name, constant), satisfied.replace(name, constant)
    return f"coalesce({applies}, false)", f"coalesce({satisfied}, false)"


def _write_counters(db: duckdb.DuckDBPyConnection, judged: Sequence[_Judged], out: Path) -> None:
    """One pass: for each place how many records a rule applied to, and how many satisfied it."""
    sums = [f"count_if({a}) AS a{i}, count_if(({a}) AND ({s})) AS s{i}" for i, (_, a, s) in enumerate(judged)]
    db.execute(f"CREATE TEMP TABLE wide AS SELECT place, {', '.join(sums)} FROM t GROUP BY place")
    long = [
        f"SELECT {text(rule.code)} AS rule, {text(rule.field)} AS field, {text(rule.criterion)} AS criterion, "
        f"place AS commune_code, a{i}::BIGINT AS assessed, s{i}::BIGINT AS satisfied FROM wide WHERE a{i} > 0"
        for i, (rule, _, _) in enumerate(judged)
    ]
    db.execute(f"COPY ({' UNION ALL '.join(long)}) TO {text(out)} (FORMAT parquet)")


def _write_findings(
    db: duckdb.DuckDBPyConnection, judged: Sequence[_Judged], schema: Schema, out: Path
) -> None:
    broken = [
        f"CASE WHEN ({a}) AND NOT ({s}) THEN {{'rule': {text(rule.code)}, 'field': {text(rule.field)}, 'value': {_shown(rule, schema)}}} END"
        for rule, a, s in judged
    ]  # fmt: skip
    db.register("said", pa.table({
        "rule": pa.array([rule.code for rule, _, _ in judged], pa.string()),
        "sentence": pa.array([rule.sentence for rule, _, _ in judged], pa.string()),
        "law": pa.array([rule.law for rule, _, _ in judged], pa.string()),
    }))  # fmt: skip
    # Most rows break nothing: no list is made of these.
    faulty = " OR ".join(f"(({a}) AND NOT ({s}))" for _, a, s in judged)
    inner = f"""SELECT row, coalesce(record_id, row::VARCHAR) AS record_id, place AS commune_code,
        unnest(list_filter([{", ".join(broken)}], lambda one: one IS NOT NULL)) AS one FROM t WHERE {faulty}"""
    db.execute(f"""COPY (SELECT row, record_id, commune_code, one.rule AS rule, one.field AS field, one.value AS value,
        said.sentence, said.law FROM ({inner}) JOIN said ON said.rule = one.rule) TO {text(out)}
        (FORMAT parquet, COMPRESSION zstd)""")


def _shown(rule: Rule, schema: Schema) -> str:
    """The value of a finding: as received, cut, and of numbers of persons the end only."""
    name = rule.field
    value = f"coalesce({ident(f'{name}__was')}, {ident(name)}, '')"
    if schema.field(name).kind.code in MASKED:
        return f"CASE WHEN length({value}) > 4 THEN '•••• ' || right({value}, 4) ELSE {value} END"
    return f"{value}[1:{LONGEST}]"
