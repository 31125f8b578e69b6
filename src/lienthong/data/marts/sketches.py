"""Measures that do not add up, kept in pieces that do: medians of durations, and distinct people.

A duration falls into a bucket whose bounds grow by a constant factor; counts of buckets add up, and
a quantile read from them is off by at most `RELATIVE_ERROR` of its value. Distinct people are kept
as the registers of a HyperLogLog (the highest rank of a hash in each of 4,096 groups); registers of
two places are merged by their maxima, and the estimate's standard error is `STANDARD_ERROR`. Hashes
are MD5 of the pseudonym, so both engines and all nodes fill the same registers.
"""

import math
from typing import Final

import ibis
import ibis.expr.types as ir

from lienthong.data.marts.counters import Terms
from lienthong.data.marts.reading import Source

GAMMA: Final = 1.02
RELATIVE_ERROR: Final = (GAMMA - 1) / (GAMMA + 1)
REGISTERS: Final = 4096
STANDARD_ERROR: Final = 1.04 / math.sqrt(REGISTERS)
_ALPHA: Final = 0.7213 / (1 + 1.079 / REGISTERS)
_HEX: Final = {
    "1": 3, "2": 2, "3": 2, "4": 1, "5": 1, "6": 1, "7": 1,
}  # fmt: skip
"""Leading zero bits of a hexadecimal digit; from 8 on there are none."""


def duration_buckets(source: Source, terms: Terms, *, by: str = "agency") -> ir.Table:
    """`by`, month, bucket, dossiers: how long ended dossiers took. Needs ended_at."""
    rows = _before(source, terms, by)
    rows = rows.filter(rows.ended_at < ibis.literal(terms.as_of, type="timestamp(6)"))
    seconds = rows.ended_at.epoch_seconds().cast("int64") - rows.received_at.epoch_seconds().cast("int64")
    rows = rows.mutate(bucket=bucket_of(seconds))
    return rows.group_by([by, "month", "bucket"]).aggregate(dossiers=rows.count())


def bucket_of(seconds: ir.IntegerValue) -> ir.IntegerValue:
    """0 for nothing at all, else the power of GAMMA that the duration does not exceed, and 1."""
    inside = (seconds.cast("float64").ln() / math.log(GAMMA)).ceil().cast("int64") + 1
    return ibis.ifelse(seconds <= 0, 0, inside)


def seconds_of(bucket: int) -> float:
    """The duration a bucket stands for: at most RELATIVE_ERROR off any duration in it."""
    return 0.0 if bucket == 0 else 2 * GAMMA ** (bucket - 1) / (GAMMA + 1)


def quantile(buckets: ir.Table, share: float, keys: list[str]) -> ir.Table:
    """keys, value (seconds), dossiers, error: a quantile a key, from buckets added up."""
    sums = buckets.group_by([*keys, "bucket"]).aggregate(n=buckets.dossiers.sum())
    window = ibis.cumulative_window(group_by=keys, order_by="bucket")
    totals = ibis.window(group_by=keys)
    ranked = sums.mutate(up_to=sums.n.sum().over(window), dossiers=sums.n.sum().over(totals))
    there = ranked.filter(ranked.up_to >= (ranked.dossiers * share).ceil())
    first = there.group_by([*keys, "dossiers"]).aggregate(bucket=there.bucket.min())
    power = (first.bucket - 1).cast("float64") * math.log(GAMMA)
    value = ibis.ifelse(first.bucket == 0, 0.0, power.exp() * (2 / (GAMMA + 1)))
    return first.mutate(value=value, error=ibis.literal(RELATIVE_ERROR)).drop("bucket")


def people_registers(source: Source, terms: Terms, *, by: str = "agency") -> ir.Table:
    """`by`, month, register, rank: a HyperLogLog of applicants. Needs applicant."""
    rows = _before(source, terms, by)
    rows = rows.filter(rows.applicant.notnull())
    digest = rows.applicant.hexdigest("md5")
    rest = digest.substr(3, 26)
    kept = rest.re_replace("^0+", "")
    leading = 4 * (26 - kept.length()) + kept.substr(0, 1).cases(*_HEX.items(), else_=0)
    rows = rows.mutate(register=digest.substr(0, 3), rank=(leading + 1).cast("int64"))
    return rows.group_by([by, "month", "register"]).aggregate(rank=rows["rank"].max())


def people(registers: ir.Table, keys: list[str]) -> ir.Table:
    """keys, people, error: the estimate a key, from registers merged by their maxima."""
    merged = registers.group_by([*keys, "register"]).aggregate(rank=registers["rank"].max())
    power = (merged["rank"].cast("float64") * -math.log(2)).exp()
    grouped = merged.group_by(keys) if keys else merged
    sums = grouped.aggregate(harmonic=power.sum(), filled=merged.count())
    zeros = (REGISTERS - sums.filled).cast("float64")
    raw = _ALPHA * REGISTERS * REGISTERS / (sums.harmonic + zeros)
    few = ibis.literal(float(REGISTERS)) * (ibis.literal(float(REGISTERS)) / zeros.nullif(0)).ln()
    estimate = ibis.ifelse((raw <= 2.5 * REGISTERS) & (zeros > 0), few, raw)
    return sums.mutate(people=estimate, error=ibis.literal(STANDARD_ERROR)).drop("harmonic", "filled")


def _before(source: Source, terms: Terms, by: str) -> ir.Table:
    """The rows that are counted; by the same keys as `cells.leaves`."""
    rows = source.rows
    if by == "procedure":
        rows = rows.mutate(procedure=rows.procedure.fill_null(""))
    elif by == "unit":
        rows = rows.filter(rows.unit.notnull())
    rows = rows.filter(
        rows.received_at < ibis.literal(terms.as_of, type="timestamp(6)"), rows.agency.notnull()
    )
    return rows.mutate(month=rows.received_at.truncate("M").cast("date"))
