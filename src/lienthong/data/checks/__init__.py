"""Checks: rules as data, run over a canonical Parquet.

    rules_for(schema) -> tuple[Rule]             general rules of each kind and the schema's own
    run(parquet, schema, *, out, today, verdicts=None, communes=None) -> Findings
        verdicts: Parquet or CSV of linkage (record_id, verdict, …); communes: mapping code -> province code;
        rules that need what is not given are not assessed: no data, not zero
    Findings.findings    Parquet, by row: row, record_id, commune_code, rule, field, value (shown safely), sentence, law
    Findings.counters    Parquet: rule, field, criterion, commune_code, assessed, satisfied
    Findings.total       how many findings
    Rule, Criterion, Sentence

A rule has a code, fields, a criterion (đúng correct, đủ complete, sạch clean, sống live, thống nhất
consistent), a weight, the law, a Vietnamese sentence, `applies` and `satisfied` in SQL of DuckDB.
"""

from lienthong.data.checks.rules import Criterion, Rule, Sentence, rules_for
from lienthong.data.checks.running import Findings, run

__all__ = ["Criterion", "Findings", "Rule", "Sentence", "rules_for", "run"]
