"""Medians and distinct people from pieces that add up, within the error they are labelled with."""

from datetime import datetime, timedelta
from hashlib import md5
from random import Random
from statistics import quantiles
from typing import Any

import ibis
import pyarrow as pa
import pytest

from data.marts.rows import AS_OF
from lienthong.data.marts.columns import DOSSIERS
from lienthong.data.marts.counters import Terms
from lienthong.data.marts.reading import connect, typed
from lienthong.data.marts.sketches import (
    RELATIVE_ERROR,
    STANDARD_ERROR,
    bucket_of,
    duration_buckets,
    people,
    people_registers,
    quantile,
    seconds_of,
)
from lienthong.kit.calendar import Calendar

TERMS = Terms(AS_OF, Calendar.official())
START = datetime.fromisoformat("2026-09-01T08:00")


def dossiers(count: int, distinct: int) -> list[dict[str, Any]]:
    draw = Random(7)
    return [
        {
            "agency": draw.choice(("H26", "H01")),
            "received_at": START + timedelta(days=draw.randrange(60)),
            "ended_at": START + timedelta(days=60, seconds=int(draw.paretovariate(0.7) * 600) % 2_000_000),
            "applicant": f"p{n % distinct}",
        }
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return dossiers(30_000, 20_000)


def source_of(rows: list[dict[str, Any]]) -> Any:
    return typed(DOSSIERS, ibis.memtable(pa.Table.from_pylist(rows)))


@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_quantile_is_within_its_error(rows: list[dict[str, Any]], share: float) -> None:
    con = connect()
    found = con.to_pyarrow(quantile(duration_buckets(source_of(rows), TERMS), share, ["agency"])).to_pylist()
    for line in found:
        taken = [
            (r["ended_at"] - r["received_at"]).total_seconds()
            for r in rows
            if r["agency"] == line["agency"] and r["ended_at"] < AS_OF
        ]
        exact = quantiles(taken, n=100)[round(share * 100) - 1]
        assert line["dossiers"] == len(taken)
        assert line["value"] == pytest.approx(exact, rel=2 * RELATIVE_ERROR)
        assert line["error"] == pytest.approx(RELATIVE_ERROR)


def test_a_bucket_stands_for_every_duration_in_it() -> None:
    seconds = [0, 1, 2, 59, 60, 3600, 86_399, 86_400, 5_000_000]
    table = ibis.memtable({"seconds": seconds})
    buckets = connect().to_pyarrow(table.select(bucket=bucket_of(table.seconds)))["bucket"].to_pylist()
    for given, bucket in zip(seconds, buckets, strict=True):
        assert seconds_of(bucket) == pytest.approx(given, rel=RELATIVE_ERROR + 1e-9)


def test_people_are_counted_once_wherever_they_came(rows: list[dict[str, Any]]) -> None:
    con = connect()
    registers = con.create_table("registers", people_registers(source_of(rows), TERMS), temp=True)
    whole = con.to_pyarrow(people(registers, [])).to_pylist()[0]
    assert whole["people"] == pytest.approx(20_000, rel=3 * STANDARD_ERROR)
    by_agency = con.to_pyarrow(people(registers, ["agency"])).to_pylist()
    assert sum(line["people"] for line in by_agency) > whole["people"] * 1.2, (
        "they do not add up, so they are merged"
    )


def test_registers_are_those_of_the_published_method(rows: list[dict[str, Any]]) -> None:
    """HyperLogLog: the first bits of the hash choose a register, the rest give the rank of its first 1."""
    wanted: dict[str, int] = {}
    for row in rows:
        digest = md5(row["applicant"].encode(), usedforsecurity=False).hexdigest()
        rank = 104 - int(digest[3:29], 16).bit_length() + 1
        wanted[digest[:3]] = max(rank, wanted.get(digest[:3], 0))
    found = people_registers(source_of(rows), TERMS)
    merged = found.group_by("register").aggregate(rank=found["rank"].max())
    assert {r["register"]: r["rank"] for r in connect().to_pyarrow(merged).to_pylist()} == wanted
    assert max(wanted.values()) > 9, "some hashes begin with several zero digits"


def test_few_people_are_counted_nearly_exactly() -> None:
    con = connect()
    found = con.to_pyarrow(people(people_registers(source_of(dossiers(300, 40)), TERMS), [])).to_pylist()[0]
    assert found["people"] == pytest.approx(40, abs=1.5)


def test_registers_merged_are_registers_of_the_whole(rows: list[dict[str, Any]]) -> None:
    """Split by month and merged by maxima, nothing changes."""
    con = connect()
    halves = [[r for r in rows if r["received_at"].month == month] for month in (9, 10)]
    parts = ibis.union(*(people_registers(source_of(half), TERMS) for half in halves))
    merged = con.to_pyarrow(people(parts, ["agency"]).order_by("agency")).to_pylist()
    whole = con.to_pyarrow(people(people_registers(source_of(rows), TERMS), ["agency"]).order_by("agency"))
    assert merged == whole.to_pylist()
