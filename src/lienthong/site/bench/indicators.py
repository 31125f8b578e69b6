"""All counters of QĐ 766 over many dossiers, agency tree × month, beside SQL written by hand.

`measure` makes the dossiers (a file a month, as the mart has them), counts every cell once through
the definitions and once through the SQL below, compares all cells, then counts one touched month.
Times are in CPU-seconds of this process besides wall seconds: other work shares the machine.
"""

import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any, Final

import duckdb

from lienthong.data.marts.cells import leaves, own_cells, rolled_up
from lienthong.data.marts.counters import Terms, computable
from lienthong.data.marts.reading import connect, read
from lienthong.kit.calendar import Calendar

PROVINCES: Final = 34
COMMUNES: Final = 3321
PROCEDURES: Final = 120
MONTHS: Final = 24
FIRST: Final = date(2024, 12, 1)
AS_OF: Final = datetime(2026, 12, 1)  # noqa: DTZ001 - local, as in the files

# One month of dossiers: communes and procedures unevenly busy, all else by a hash of the number.
MAKE: Final = """
COPY (
    WITH n AS (SELECT i, hash(i + {seed}) AS h, hash(i + {seed} + 1000000007) AS k FROM range({begin}, {end}) t(i)),
    d AS (
        SELECT i, h, k,
            least(({communes} * pow((h % 100003) / 100003.0, 1.3))::int, {communes} - 1) AS commune,
            ({procedures} * pow((k % 99991) / 99991.0, 2.5))::int AS procedure,
            TIMESTAMP '{month}' + to_seconds((h >> 20) % {seconds}) AS received_at,
            (k >> 20) % 1000 AS luck, (h >> 40) % 1000 AS chance, (k >> 40) % 1000 AS fate
        FROM n
    )
    SELECT 'H' || lpad((commune % {provinces} + 1)::text, 2, '0') || '.' || (commune // {provinces} + 1) AS agency,
        '1.' || lpad(procedure::text, 6, '0') AS procedure,
        received_at,
        CASE WHEN luck < 30 THEN NULL ELSE received_at + to_hours((1 + luck % 15 * 24)::bigint) END AS due_at,
        CASE WHEN chance < 40 THEN NULL ELSE received_at + to_minutes((30 + chance * 17)::bigint) END AS ended_at,
        CASE WHEN fate < 430 THEN 'online' WHEN fate < 950 THEN 'direct' ELSE 'post' END AS channel,
        CASE WHEN chance < 40 THEN NULL WHEN fate % 40 = 0 THEN 'denied' ELSE 'approved' END AS outcome,
        procedure % 3 = 0 AS end_to_end, luck < 970 AS synced, procedure % 7 > 0 AS returns_paper,
        chance >= 40 AND fate % 4 > 0 AS electronic_result, luck % 5 > 0 AS digitised_papers,
        luck % 3 = 0 AS reused_papers, fate % 6 = 0 AS personal_store, fate < 430 AS vneid_account,
        procedure % 2 = 0 AS population_data, CASE WHEN procedure % 4 = 0 THEN 8000 * (1 + procedure % 5) ELSE 0 END AS fee,
        fate < 430 AND luck % 4 > 0 AS paid_online, procedure = 5 AS certified_copy,
        procedure = 5 AND luck % 3 = 0 AS electronic_copy, chance % 50 = 0 AS complained
    FROM d
) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""

BY_HAND: Final = """
CREATE OR REPLACE TEMP TABLE by_hand AS
WITH leaf AS (
    SELECT agency, procedure, date_trunc('month', received_at)::date AS month,
        count(*) AS received,
        count(*) FILTER (WHERE channel = 'online') AS online,
        count(*) FILTER (WHERE end_to_end) AS "full",
        count(*) FILTER (WHERE end_to_end AND channel = 'online') AS full_online,
        count(*) FILTER (WHERE ended_at < {as_of} AND NOT COALESCE(ended_at > due_at, false)) AS closed_in_time,
        count(*) FILTER (WHERE ended_at < {as_of} AND ended_at > due_at) AS closed_late,
        count(*) FILTER (WHERE ended_at IS NULL OR ended_at >= {as_of}) AS running,
        count(*) FILTER (WHERE (ended_at IS NULL OR ended_at >= {as_of}) AND {as_of} > due_at) AS running_late,
        count(*) FILTER (WHERE CASE WHEN ended_at < {as_of} THEN ended_at ELSE {as_of} END > due_at) AS late,
        count(*) FILTER (WHERE due_at IS NULL) AS without_due,
        count(*) FILTER (WHERE ended_at < {as_of}) AS finished,
        sum(CASE WHEN ended_at < {as_of} THEN epoch(ended_at)::bigint - epoch(received_at)::bigint ELSE 0 END)::bigint
            AS processing_seconds,
        count(*) FILTER (WHERE outcome = 'approved') AS results,
        count(*) FILTER (WHERE outcome = 'approved' AND electronic_result) AS digitised_results,
        count(*) FILTER (WHERE synced) AS synced,
        count(*) FILTER (WHERE channel = 'online' AND (NOT returns_paper OR electronic_result)) AS online_electronic,
        count(*) FILTER (WHERE returns_paper) AS paper_results,
        count(*) FILTER (WHERE returns_paper AND electronic_result) AS paper_results_electronic,
        count(*) FILTER (WHERE digitised_papers AND electronic_result) AS digitised_throughout,
        count(*) FILTER (WHERE reused_papers) AS reused,
        count(*) FILTER (WHERE personal_store) AS personal_store,
        count(*) FILTER (WHERE vneid_account OR population_data) AS population_linked,
        count(*) FILTER (WHERE fee > 0) AS fee_due,
        count(*) FILTER (WHERE fee > 0 AND paid_online) AS fee_paid_online,
        count(*) FILTER (WHERE certified_copy) AS copies,
        count(*) FILTER (WHERE certified_copy AND electronic_copy) AS electronic_copies,
        count(*) FILTER (WHERE complained) AS complained
    FROM read_parquet('{files}') WHERE received_at < {as_of} GROUP BY ALL
),
own AS (
    SELECT agency AS key, month, {sums}, count(*) AS services, count(*) FILTER (WHERE full_online > 0) AS services_full
    FROM leaf GROUP BY ALL
    UNION ALL
    SELECT agency, NULL, {sums}, count(*), count(*) FILTER (WHERE full_online > 0)
    FROM (SELECT agency, procedure, {sums} FROM leaf GROUP BY ALL) GROUP BY ALL
)
SELECT key, 'own' AS scope, * EXCLUDE (key) FROM own
UNION ALL SELECT above, 'tree', month, {sums}, sum(services)::bigint, sum(services_full)::bigint
    FROM (SELECT *, unnest([key, split_part(key, '.', 1)]) AS above FROM own) GROUP BY ALL
UNION ALL SELECT '*', 'all', month, {sums}, sum(services)::bigint, sum(services_full)::bigint FROM own GROUP BY ALL
"""


@dataclass(frozen=True)
class Measured:
    """Medians over the rounds; seconds. `differing` cells must be 0."""

    dossiers: int
    months: int
    cells: int
    counters: int
    differing: int
    ours_wall: float
    ours_cpu: float
    hand_wall: float
    hand_cpu: float
    month_wall: float
    month_cpu: float
    peak_mb: int

    @property
    def against_hand(self) -> float:
        """Full recompute, ours over the hand-written SQL, in CPU time. At most 1.5 is the aim."""
        return self.ours_cpu / self.hand_cpu

    @property
    def of_the_full(self) -> float:
        """One touched month over the full recompute, in CPU time. Under 0.1 is the aim."""
        return self.month_cpu / self.ours_cpu


def make(folder: Path, dossiers: int, *, months: int = MONTHS, seed: int = 766) -> None:
    """A file a month; kept for the next run of the same size."""
    folder.mkdir(parents=True, exist_ok=True)
    each = dossiers // months
    with duckdb.connect() as con:
        for number in range(months):
            month = _month(number)
            path = folder / f"month={month:%Y-%m}.parquet"
            if path.exists():
                continue
            beside = path.with_suffix(".making")
            seconds = (_month(number + 1) - month).days * 86400
            begin, end = number * each, (number + 1) * each if number < months - 1 else dossiers
            con.execute(MAKE.format(begin=begin, end=end, seed=seed, month=f"{month:%Y-%m-%d}", seconds=seconds,
                                    path=beside, provinces=PROVINCES, communes=COMMUNES, procedures=PROCEDURES))  # fmt: skip
            beside.replace(path)


def _month(number: int) -> date:
    past = FIRST.month - 1 + number
    return date(FIRST.year + past // 12, past % 12 + 1, 1)


def measure(
    folder: Path, *, dossiers: int = 2_000_000, months: int = MONTHS, rounds: int = 3, memory: str = "8GB"
) -> Measured:
    """Make, count both ways in turn, compare. `folder` keeps the files."""
    files = folder / f"{dossiers}-{months}"
    make(files, dossiers, months=months)
    ours, hand, month = [], [], []
    differing = cells = counters = 0
    for _ in range(rounds):
        con = connect(memory=memory)
        ours.append(_timed(partial(_count, con, files, parents=_parents())))
        counters = len(computable(read(con, "dossiers", files)))
        hand.append(_timed(partial(_by_hand, con, files)))
        differing, cells = _compare(con)
        one = next(iter(sorted(files.glob("*.parquet"))))
        again = connect(memory=memory)
        month.append(_timed(partial(_count, again, one, parents=_parents(), period=False)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    walls = [median(pair[0] for pair in pairs) for pairs in (ours, hand, month)]
    cpus = [median(pair[1] for pair in pairs) for pairs in (ours, hand, month)]
    return Measured(dossiers, months, cells, counters, differing, walls[0], cpus[0], walls[1], cpus[1],
                    walls[2], cpus[2], peak)  # fmt: skip


@dataclass(frozen=True)
class Large:
    """One full count in a process of its own; seconds and MB of resident memory at its peak."""

    dossiers: int
    wall: float
    cpu: float
    peak_mb: int


def measure_large(folder: Path, *, dossiers: int, months: int = MONTHS, memory: str = "6GB") -> Large:
    """The full count over many more dossiers. `memory` is what DuckDB may take: beyond it, it writes to disk."""
    files = folder / f"{dossiers}-{months}"
    make(files, dossiers, months=months)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        wall, cpu, peak = apart.submit(_count_alone, files, memory).result()
    return Large(dossiers, wall, cpu, peak)


def _count_alone(files: Path, memory: str) -> tuple[float, float, int]:
    con = connect(memory=memory)
    wall, cpu = _timed(partial(_count, con, files, parents=_parents()))
    return wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _timed(act: Callable[[], Any]) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - cpu


def _parents() -> dict[str, str]:
    codes = (f"H{n % PROVINCES + 1:02d}.{n // PROVINCES + 1}" for n in range(COMMUNES))
    return {code: code.split(".")[0] for code in codes}


def _count(con: Any, files: Path, *, parents: dict[str, str], period: bool = True) -> None:
    """Through the definitions, from files to cells."""
    source = read(con, "dossiers", files)
    con.create_table("leaf", leaves(source, Terms(AS_OF, Calendar.official())), temp=True)
    names = [counter.name for counter in computable(source)] + ["services", "services_full"]
    own = own_cells([con.table("leaf")], names, last=AS_OF.date(), period=period)
    con.create_table("own", own, temp=True)
    con.create_table("cells", rolled_up(con, con.table("own"), names, parents), temp=True)


def _by_hand(con: Any, files: Path) -> None:
    names = [counter.name for counter in computable(read(con, "dossiers", files))]
    sums = ", ".join(f'sum("{name}")::bigint AS "{name}"' for name in names)
    as_of = f"TIMESTAMP '{AS_OF:%Y-%m-%d %H:%M:%S}'"
    con.raw_sql(BY_HAND.format(as_of=as_of, files=files / "*.parquet", sums=sums))


def _compare(con: Any) -> tuple[int, int]:
    """Cells that differ, and how many there are."""
    names = ", ".join(f'"{name}"' for name in con.table("cells").columns)
    differing = 0
    for one, other in (("cells", "by_hand"), ("by_hand", "cells")):
        apart = f"SELECT {names} FROM {one} EXCEPT SELECT {names} FROM {other}"  # noqa: S608 - our own names
        differing += con.raw_sql(f"SELECT count(*) FROM ({apart})").fetchone()[0]  # noqa: S608
    return differing, con.raw_sql("SELECT count(*) FROM cells").fetchone()[0]
