"""Counters are additive: however rows are shuffled or split, what is added up is the same."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data.marts.rows import AS_OF, PARENTS, make
from lienthong.data.marts.cells import count_cells
from lienthong.data.marts.columns import TABLES
from lienthong.data.marts.counters import COUNTERS, SERVICE_COUNTERS, Terms, missing
from lienthong.data.marts.errors import (
    BadValue,
    CircularUnits,
    ColumnMissing,
    ColumnTwice,
    FileUnreadable,
    TwoParents,
)
from lienthong.data.marts.reading import connect, read, typed
from lienthong.data.marts.tree import ancestors, parents_of
from lienthong.kit.calendar import Calendar

Rows = dict[str, list[dict[str, Any]]]
Cells = dict[tuple[str, str, Any], dict[str, int]]
TERMS = Terms(AS_OF, Calendar.official())


def cells_of(rows: Rows, *, parents: dict[str, str] | None = None, by: str = "agency") -> Cells:
    con = connect(threads=1)
    sources = []
    for name, lines in rows.items():
        if lines:
            sources.append(typed(TABLES[name], ibis.memtable(pa.Table.from_pylist(lines))))
    found = count_cells(con, sources, TERMS, by=by, parents=parents)
    lines = con.to_pyarrow(con.table(found.table)).to_pylist() if found.table else []
    return {
        (line["key"], line["scope"], line["month"]): {name: line[name] for name in found.counters}
        for line in lines
    }


def added(parts: Sequence[Cells], scope: str) -> dict[Any, Counter[str]]:
    """Month by month, over all cells of a scope."""
    sums: dict[Any, Counter[str]] = {}
    for part in parts:
        for (_, found, month), counters in part.items():
            if found == scope and month is not None:
                sums.setdefault(month, Counter()).update(counters)
    return {month: Counter({n: c for n, c in counters.items() if c}) for month, counters in sums.items()}


SEEDS = st.integers(0, 10_000)


@settings(max_examples=2)
@given(seed=SEEDS)
def test_shuffled_rows_give_the_same_cells(seed: int) -> None:
    rows = make(seed, 80)
    shuffled = {name: Random(seed + 1).sample(lines, len(lines)) for name, lines in rows.items()}
    assert cells_of(rows, parents=PARENTS) == cells_of(shuffled, parents=PARENTS)


@settings(max_examples=2)
@given(seed=SEEDS)
def test_months_counted_apart_are_the_months_of_the_whole(seed: int) -> None:
    rows = make(seed, 80)
    rows = {name: rows[name] for name in ("dossiers", "petitions", "reported")}
    moments = {name: TABLES[name].moment for name in rows}
    months = [
        {n: [r for r in lines if r[moments[n]].month == month] for n, lines in rows.items()}
        for month in (9, 10, 11)
    ]
    assert added([cells_of(m) for m in months], "own") == added([cells_of(rows)], "own")


@settings(max_examples=2)
@given(seed=SEEDS)
def test_provinces_counted_apart_add_up_to_the_whole(seed: int) -> None:
    rows = {name: lines for name, lines in make(seed, 80).items() if name in {"dossiers", "procedures"}}
    tops = {r["agency"][:3] for r in rows["dossiers"]}
    parts = [{n: [r for r in lines if r["agency"][:3] == top] for n, lines in rows.items()} for top in tops]
    # Procedures are counted in each month that has dossiers: a part without any in October knows of no October.
    assume(len({frozenset(r["received_at"].month for r in part["dossiers"]) for part in parts}) == 1)
    whole = cells_of(rows)
    assert added([cells_of(p) for p in parts], "own") == added([whole], "own") == added([whole], "all")


def test_a_tree_adds_what_lies_below_and_an_agency_stays_its_own() -> None:
    found = cells_of({"dossiers": make(7, 120)["dossiers"]}, parents=PARENTS)
    november = date(2026, 11, 1)
    below = [found[code, "own", november]["received"] for code in ("H26.05", "H26.06")]
    assert found["H26", "tree", november]["received"] == sum(below)
    own, tree = found["G02", "own", november], found["G02", "tree", november]
    assert tree["received"] == own["received"] + found["G02.11", "own", november]["received"]


def late_by_hand(row: dict[str, Any]) -> bool:
    """QĐ 766/QĐ-TTg, 2.1, one dossier at a time."""
    if row["supplements"] > 1:
        return True
    ended = row["ended_at"] if row["ended_at"] and row["ended_at"] < AS_OF else None
    if row["ended_at"] is None and row["state"] == 5 and row["supplement_asked_at"] < AS_OF:
        ended = row["supplement_asked_at"]
    end = (ended or AS_OF) - timedelta(seconds=row["supplement_seconds"])
    if row["due_at"]:
        return bool(end > row["due_at"])
    if row["limit_seconds"] is None:
        return False
    return bool(end - row["received_at"] > timedelta(seconds=row["limit_seconds"]))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_lateness_is_the_rule_of_the_index(seed: int) -> None:
    rows = make(seed, 400)["dossiers"]
    found = cells_of({"dossiers": rows})["*", "all", None]
    received = [row for row in rows if row["received_at"] < AS_OF]
    assert found["received"] == len(received)
    assert found["late"] == sum(map(late_by_hand, received))
    parts = ("closed_in_time", "closed_late", "running")
    assert found["received"] == sum(found[name] for name in parts)
    assert found["late"] == found["closed_late"] + found["running_late"]


def test_a_period_counts_a_service_once() -> None:
    """Một thủ tục của một cơ quan dùng hai tháng là một dịch vụ trong kỳ."""
    rows = make(11, 200)
    found = cells_of({"dossiers": rows["dossiers"]})
    pairs = {(r["agency"], r["procedure"]) for r in rows["dossiers"]}
    assert found["*", "all", None]["services"] == len(pairs)
    monthly = sum(c["services"] for (k, s, m), c in found.items() if s == "all" and m)
    assert monthly > len(pairs)


def test_by_unit_what_has_no_unit_is_not_computable() -> None:
    rows = make(5, 60)
    found = cells_of({"dossiers": rows["dossiers"], "petitions": rows["petitions"]}, by="unit")
    assert {key for key, scope, _ in found if scope == "own"} == {"00001", "00004", "00006"}
    assert "petitions" not in found["*", "all", None]


# ---- what files may look like


def written(tmp_path: Path, text: str, name: str = "d.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_names_of_the_national_exchange_are_understood(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "DonViXuLy,NgayTiepNhan,NgayHenTra,KenhThucHien,Khac\n"
        "H26.05,20261102080000,2026-11-09 08:00,2,x\nH26.05,2026-11-03T09:00:00+07:00,,1,y\n",
    )
    con = connect()
    source = read(con, "dossiers", path)
    rows = con.to_pyarrow(source.rows.order_by("received_at")).to_pylist()
    assert source.columns == {"agency", "received_at", "due_at", "channel"}
    assert [row["channel"] for row in rows] == ["online", "direct"]
    assert rows[0]["received_at"] == datetime.fromisoformat("2026-11-02T08:00")
    assert rows[1]["received_at"] == datetime.fromisoformat("2026-11-03T09:00")


def test_moments_with_a_zone_are_read_as_vietnamese_time(tmp_path: Path) -> None:
    con = connect()
    con.raw_sql(
        f"COPY (SELECT 'H26.05' AS agency, '2026-10-31 18:30:00+00'::timestamptz AS received_at)"
        f" TO '{tmp_path}/d.parquet'"
    )
    row = con.to_pyarrow(read(con, "dossiers", tmp_path / "d.parquet").rows).to_pylist()[0]
    assert row["received_at"] == datetime.fromisoformat("2026-11-01T01:30"), (
        "18:30 in Greenwich is the next day here"
    )


@pytest.mark.parametrize(
    ("text", "error", "told"),
    [
        ("agency,due_at\nH26,2026-11-01\n", ColumnMissing, "received_at"),
        ("agency,received_at,NgayTiepNhan\nH26,2026-11-01,2026-11-01\n", ColumnTwice, "NgayTiepNhan"),
        ("agency,received_at\nH26,hôm qua\n", BadValue, "hôm qua"),
        ("agency,received_at,channel\nH26,2026-11-01,fax\n", BadValue, "fax"),
        ("agency,received_at,synced\nH26,2026-11-01,có\n", BadValue, "có"),
        ("agency,received_at,fee\nH26,2026-11-01,8.000đ\n", BadValue, "8.000đ"),
    ],
)
def test_a_file_that_cannot_be_counted_says_where(
    tmp_path: Path, text: str, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        read(connect(), "dossiers", written(tmp_path, text))


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.parquet", written(tmp_path, "x", "d.parquet"), tmp_path):
        with pytest.raises(FileUnreadable):
            read(connect(), "dossiers", path)


def test_a_missing_column_is_named_and_nothing_else_is_lost() -> None:
    rows = [{"agency": "H26", "received_at": datetime.fromisoformat("2026-11-02"), "fee": 8000}]
    source = typed(TABLES["dossiers"], ibis.memtable(pa.Table.from_pylist(rows)))
    lacks = missing([source])
    assert lacks["fee_paid_online"] == "dossiers.paid_online"
    assert lacks["petitions"] == "petitions"
    assert lacks["services"] == "dossiers.procedure"
    assert lacks.keys() == (COUNTERS.keys() | SERVICE_COUNTERS.keys()) - {"received", "fee_due"}


# ---- units


def test_circular_units_are_refused() -> None:
    with pytest.raises(CircularUnits, match="a → b → c → a"):
        parents_of([("a", "b"), ("b", "c"), ("c", "a")])
    with pytest.raises(CircularUnits, match="x → x"):
        parents_of([("x", "x")])


def test_a_unit_has_one_parent() -> None:
    with pytest.raises(TwoParents):
        parents_of([("a", "b"), ("a", "c")])
    assert ancestors(["a"], parents_of([("a", "b"), ("b", "c"), ("c", "")])) == [
        ("a", "a"),
        ("a", "b"),
        ("a", "c"),
    ]
