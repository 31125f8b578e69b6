"""Loading a register of people, with its indexes; then looking people up, beside a bare indexed select.

`measure` works in a directory and a PostgreSQL of its own, as the owner of the tables. The people are
invented (lienthong.data.synthetic): every number begins with 099.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

import duckdb
from django.db import connection, transaction
from django.utils import timezone

from lienthong.data.synthetic.people import write_people
from lienthong.identity.public import system
from lienthong.population.public import Purpose, find_person, load_register
from lienthong.population.queries.people import matching
from lienthong.site.bench import ground
from lienthong.site.config import CONFIG
from lienthong.territory.public import Level, Unit, load_units

PEOPLE: Final = 5_000_000
LOOKUPS: Final = 1_000
SEED: Final = 20261130
PROMISED_SECONDS: Final = 240
WARMING: Final = 50
INSIDE: Final = (
    "import sys, django; django.setup(); from lienthong.site.bench import register; "
    "register.answer(int(sys.argv[1]), int(sys.argv[2]))"
)
"""The other process: Django stands there before this module is imported."""


@dataclass(frozen=True)
class Load:
    """Seconds of wall and of processors (ours and PostgreSQL's); `parts` by name; sizes in MB."""

    people: int
    seconds: float
    cpu: float
    parts: dict[str, float]
    table_mb: float
    indexes_mb: float

    @property
    def is_kept(self) -> bool:
        return self.seconds < PROMISED_SECONDS * self.people / PEOPLE


@dataclass(frozen=True)
class Lookup:
    """95th percentiles in milliseconds: the look-up whole with its access written down (and flushed to
    disk), its reading alone, and the same rows by a bare select over the same index."""

    name: str
    whole: float
    reading: float
    bare: float


@dataclass(frozen=True)
class Measured:
    load: Load
    lookups: tuple[Lookup, ...]


def measure(*, people: int = PEOPLE, times: int = LOOKUPS) -> Measured:
    """A fresh cluster, `people` loaded, each look-up `times` times. The directory is emptied after."""
    var = ground.home("register")
    _clear(var)
    try:
        ground.run(var, "migrate", "--verbosity", "0")
        _, environment = ground.command(var)
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [sys.executable, "-c", INSIDE, str(people), str(times)],
            env={
                **environment,
                "LIENTHONG_AS_OWNER": "1",
                "DJANGO_SETTINGS_MODULE": "lienthong.site.settings",
            },
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ground.BenchError("The bench of the register failed; see the lines above.")
        found = json.loads(done.stdout.splitlines()[-1])
    finally:
        _clear(var)
    return Measured(Load(**found["load"]), tuple(Lookup(**one) for one in found["lookups"]))


def _clear(var: Path) -> None:
    if var.exists():
        ground.stop(var)
        shutil.rmtree(var)


def answer(people: int, times: int) -> None:
    """The part inside: one line of JSON on stdout, read by `measure`."""
    sys.stdout.write(f"{json.dumps(_inside(people, times))}\n")


def _inside(people: int, times: int) -> dict[str, Any]:
    load_units(by=system("bench"))
    units = Unit.objects.on(timezone.localdate()).filter(level=Level.COMMUNE)
    path = CONFIG.var / "people.parquet"
    with duckdb.connect() as engine:
        engine.execute("SET enable_progress_bar = false")
        communes = sorted(units.values_list("code", flat=True))
        write_people(engine, path, count=people, strangers=0, seed=SEED, communes=communes)
    return {"load": _load(path, people), "lookups": [*_lookups(times)]}


def _load(path: Path, people: int) -> dict[str, Any]:
    before, begun = _cpu(), time.monotonic()
    loaded = load_register(path, source="file:people.parquet", basis="bench", by=system("bench"))
    seconds, cpu = time.monotonic() - begun, _cpu() - before
    if loaded.count != people:
        raise ground.BenchError(f"{loaded.count} people were loaded, not {people}.")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_table_size(relid)) / 1e6, sum(pg_indexes_size(relid)) / 1e6 "
            "FROM pg_partition_tree('population_person') WHERE isleaf"
        )
        table, indexes = cursor.fetchone()
    return {
        "people": people,
        "seconds": seconds,
        "cpu": cpu,
        "parts": dict(loaded.seconds),
        "table_mb": float(table),
        "indexes_mb": float(indexes),
    }


def _cpu() -> float:
    """Seconds of processors spent by this process and by all of PostgreSQL so far."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    master = int((CONFIG.var / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    ticks = sum(_ticks(int(entry.name), master) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return own.ru_utime + own.ru_stime + ticks / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int, master: int) -> int:
    """Of a server process; of the postmaster also what its ended children spent."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    parent, own, children = int(fields[1]), fields[11:13], fields[13:15]
    if pid == master:
        return sum(map(int, own + children))
    return sum(map(int, own)) if parent == master else 0


NUMBER_SQL: Final = "SELECT * FROM population_person WHERE personal_number = %s"
NAME_SQL: Final = "SELECT * FROM population_person WHERE residence_unit_id = %s AND search_key = %s"


def _lookups(times: int) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT personal_number, full_name, search_key, residence_unit_id FROM population_person "
            "TABLESAMPLE BERNOULLI (least(100, 100.0 * %s / (SELECT count(*) FROM population_person))) "
            "REPEATABLE (%s) LIMIT %s",
            [4 * (times + WARMING), SEED, times + WARMING],
        )
        people = cursor.fetchall()
    return [
        _lookup("by number", [((row[0], None), (row[0],)) for row in people], NUMBER_SQL),
        _lookup("by folded name and commune", [((row[1], row[3]), (row[3], row[2])) for row in people], NAME_SQL),
    ]  # fmt: skip


def _lookup(
    name: str, asked: Sequence[tuple[tuple[str, int | None], tuple[Any, ...]]], bare: str
) -> dict[str, Any]:

    units = Unit.objects.in_bulk([unit for (_, unit), _ in asked if unit is not None])
    walls: dict[str, list[float]] = {"whole": [], "reading": [], "bare": []}
    for (typed, unit), values in asked:
        commune = units[unit] if unit is not None else None
        asks = partial(find_person, typed, basis="bench", by=system("bench"), purpose=Purpose.REVIEW)
        acts: dict[str, Callable[[], object]] = {
            "bare": partial(_select, bare, values),
            "reading": partial(_read, typed, commune),
            "whole": partial(asks, commune=commune),
        }
        for part, act in acts.items():
            begun = time.perf_counter()
            act()
            walls[part].append((time.perf_counter() - begun) * 1000)
    return {"name": name, **{part: quantiles(taken[WARMING:], n=20)[18] for part, taken in walls.items()}}


def _read(typed: str, commune: Unit | None) -> list[Any]:
    return list(matching(typed, None, commune)[:11])


def _select(statement: str, values: tuple[Any, ...]) -> list[Any]:
    with transaction.atomic(), connection.connection.cursor() as cursor:
        return list(cursor.execute(statement, values, prepare=True).fetchall())
