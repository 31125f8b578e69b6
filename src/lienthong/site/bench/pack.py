"""Time and size of a meeting's papers by format, over the demo database, and over as many late units as communes."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from lienthong.console import queries
from lienthong.console.addresses import question
from lienthong.console.pack.contents import gather
from lienthong.console.pack.making import FORMATS
from lienthong.console.pack.tree import Pack, Section, Table
from lienthong.identity.public import system

COMMUNES: Final = 3321
LATE: Final = "Nhiệm vụ chậm"


@dataclass(frozen=True)
class Timed:
    """Medians in milliseconds; `size` in bytes, 0 for the gathering of figures."""

    what: str
    wall: float
    cpu: float
    size: int


def measure(*, times: int = 5) -> list[Timed]:
    """Gathering, then each format over the same tree; then each with a late list of 3,321 rows, once.

    Typst keeps what it has set: each time the title differs, so that nothing is taken from before.
    """
    by, asked, period = system("bench"), question({}), queries.period_of("")

    def gathered(_number: int) -> bytes:
        gather(asked, period, by=by)
        return b""

    rows = [timed("gathering the figures", gathered, times)]
    pack = gather(asked, period, by=by)
    rows += [timed(kind, writer(kind, pack), times) for kind in FORMATS]
    long = replace(pack, sections=tuple(lengthened(section) for section in pack.sections))
    return rows + [timed(f"{kind}, {COMMUNES:,} late", writer(kind, long), 1) for kind in FORMATS]


def writer(kind: str, pack: Pack) -> Callable[[int], bytes]:
    return lambda n: FORMATS[kind].write(replace(pack, title=f"{pack.title} {n}"))


def timed(what: str, act: Callable[[int], bytes], times: int) -> Timed:
    walls, cpus, size = [], [], 0
    for number in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        size = len(act(number))
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    return Timed(what, median(walls), median(cpus), size)


def lengthened(section: Section) -> Section:
    return replace(section, tables=tuple(repeated(table) for table in section.tables))


def repeated(table: Table) -> Table:
    if table.sheet != LATE or not table.rows:
        return table
    rows = table.rows * (COMMUNES // len(table.rows) + 1)
    return replace(table, rows=rows[:COMMUNES])
