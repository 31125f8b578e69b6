"""From a score down to the rows that keep it from a hundred."""

from collections.abc import Collection
from dataclasses import dataclass

from lienthong.data.checks import Criterion, Findings, rules_for
from lienthong.data.intake.sql import engine, text
from lienthong.data.sources import schema


@dataclass(frozen=True, slots=True)
class Behind:
    row: int
    record_id: str
    commune_code: str
    rule: str
    field: str
    value: str
    sentence: str
    law: str


def rows_behind(
    findings: Findings,
    *,
    rule: str | None = None,
    field: str | None = None,
    criterion: Criterion | None = None,
    communes: Collection[str] | None = None,
    limit: int = 100,
    offset: int = 0,
) -> list[Behind]:
    """The findings under one score, by row. `communes` narrows to places; "" is the place not known.

    Under a rule there are denominator - numerator of them.
    """
    wanted = [one.code for one in rules_for(schema(findings.schema))
              if (rule is None or one.code == rule) and (field is None or one.field == field)
              and (criterion is None or one.criterion is criterion)]  # fmt: skip
    where = [f"list_contains({list_sql(wanted)}, rule)"]
    if communes is not None:
        where.append(f"list_contains({list_sql(communes)}, commune_code)")
    query = f"""SELECT row, record_id, commune_code, rule, field, value, sentence, law
        FROM read_parquet({text(findings.findings)}) WHERE {" AND ".join(where)}
        ORDER BY row, rule LIMIT {int(limit)} OFFSET {int(offset)}"""
    with engine() as db:
        return [Behind(*one) for one in db.execute(query).fetchall()]


def list_sql(values: Collection[str]) -> str:
    return f"[{', '.join(text(value) for value in values)}]::VARCHAR[]"
