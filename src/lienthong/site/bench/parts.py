"""The parts of the bench that need no demo database, each as lines for a terminal."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lienthong.site.bench import febrl, first_page, ground, indicators, intake, linkage, reading, register

PROMISED_SECONDS: Final = 120


@dataclass(frozen=True)
class Line:
    """A figure, its baseline or aim, and what follows."""

    what: str
    ours: str = ""
    baseline: str = ""
    verdict: str = ""

    def __str__(self) -> str:
        return f"{self.what:<60} {self.ours:>12}  {self.baseline:>24}   {self.verdict}".rstrip()


def judged(kept: bool) -> str:  # noqa: FBT001 - a word for a fact
    return "" if kept else "FALLS SHORT"


def _first_page(_whole: bool) -> Iterator[Line]:  # noqa: FBT001 - shape of every part
    seconds = first_page.measure(ground.home("first"))
    yield Line(
        "From `lienthong demo` to the first page (small)", f"{seconds:.0f} s", f"{PROMISED_SECONDS} s promised",
        judged(seconds < PROMISED_SECONDS),
    )  # fmt: skip


def _linkage(whole: bool) -> Iterator[Line]:  # noqa: FBT001
    people, records = linkage.SIZES["issue" if whole else "small"]
    for row in linkage.measure(people=people, records=records):
        yield Line(row.what, row.ours, row.beside, judged(row.kept is not False))


def _linkage_growth(whole: bool) -> Iterator[Line]:  # noqa: FBT001
    people, records = linkage.SIZES["nation"]
    part = 1 if whole else 10
    for row in linkage.measure_growth(people=people // part, records=records // part):
        yield Line(row.what, row.ours, row.beside, judged(row.kept is not False))


def _febrl(_whole: bool) -> Iterator[Line]:  # noqa: FBT001
    for score in febrl.measure():
        yield Line(
            f"{score.data}, {score.name}: F-measure",
            f"{score.f_measure:.4f}",
            f"P {score.precision:.4f} R {score.recall:.4f}",
        )


def _intake(whole: bool) -> Iterator[Line]:  # noqa: FBT001
    found = intake.measure(megabytes=intake.SIZES["issue" if whole else "small"])
    for one in found:
        yield Line(
            f"A CSV of {one.megabytes:,} MB, {one.rows:,} records: peak memory", f"{one.peak:,} MB",
            f"{one.read_cpu:.0f} + {one.check_cpu:.0f} CPU-s", f"read and checked, {one.rate:,.0f} records/CPU-s",
        )  # fmt: skip
    growth = found[-1].peak / found[0].peak
    yield Line(
        f"  {found[-1].megabytes // found[0].megabytes} times the file: peak memory", f"{growth:.2f} times",
        f"aim {intake.GROWTH}", judged(growth <= intake.GROWTH),
    )  # fmt: skip


def _register(whole: bool) -> Iterator[Line]:  # noqa: FBT001
    found = register.measure(people=register.PEOPLE if whole else register.PEOPLE // 25)
    load = found.load
    yield Line(
        f"{load.people:,} people into PostgreSQL, with indexes", f"{load.seconds:.0f} s",
        f"{register.PROMISED_SECONDS * load.people / register.PEOPLE:.0f} s promised", judged(load.is_kept),
    )  # fmt: skip
    for look in found.lookups:
        yield Line(
            f"look-up {look.name}, p95, noted", f"{look.whole:.1f} ms", f"{look.bare:.1f} ms bare select",
            f"reading alone {look.reading:.1f} ms",
        )  # fmt: skip


def _indicators(whole: bool) -> Iterator[Line]:  # noqa: FBT001
    one = indicators.measure(ground.home("indicators"), dossiers=20_000_000 if whole else 2_000_000)
    yield Line(
        f"{one.dossiers:,} dossiers, {one.counters} counters, {one.cells:,} cells: full count", f"{one.ours_cpu:.1f} CPU-s",
        f"{one.hand_cpu:.1f} CPU-s SQL by hand", f"ratio {one.against_hand:.2f}, aim 1.5 {judged(one.against_hand <= 1.5)}",
    )  # fmt: skip
    yield Line(
        "  one touched month", f"{one.month_cpu:.2f} CPU-s", f"{one.differing} cells differ",
        f"{one.of_the_full:.1%} of the full {judged(one.of_the_full < 0.1)}",
    )  # fmt: skip


def _hundred(whole: bool) -> Iterator[Line]:  # noqa: FBT001
    one = indicators.measure_large(
        ground.home("indicators"),
        dossiers=100_000_000 if whole else 4_000_000,
        memory="6GB" if whole else "500MB",
    )
    yield Line(
        f"{one.dossiers:,} dossiers: full count", f"{one.cpu:.0f} CPU-s", f"{one.wall:.0f} s",
        f"peak {one.peak_mb:,} MB, aim 8,192 {judged(one.peak_mb <= 8192)}",
    )  # fmt: skip


def _reading(_whole: bool) -> Iterator[Line]:  # noqa: FBT001
    for line in reading.lines(reading.measure()):
        yield Line(line)


PARTS: Final[Mapping[str, Callable[[bool], Iterator[Line]]]] = {
    "first_page": _first_page,
    "register": _register,
    "linkage": _linkage,
    "linkage_growth": _linkage_growth,
    "febrl": _febrl,
    "intake": _intake,
    "indicators": _indicators,
    "hundred": _hundred,
    "reading": _reading,
}
"""Name → what measures it; told whether at the sizes that were promised or at small ones."""
