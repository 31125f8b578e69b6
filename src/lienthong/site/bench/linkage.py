"""Linking invented records with invented people: speed beside a bare join and Splink, and how right it is.

`measure` runs each contender in a process of its own and reads the kernel's account of it. The model is trained in linkage_training.py.
"""

import csv
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from lienthong import territory
from lienthong.data.synthetic.people import write_people
from lienthong.data.synthetic.records import truth_of, write_records
from lienthong.site.config import CONFIG
from lienthong.site.errors import OperatorError

UNITS: Final = Path(territory.__path__[0]) / "data" / "successions.csv"
SIZES: Final = {
    "small": (200_000, 80_000),
    "issue": (5_000_000, 2_000_000),
    "nation": (20_000_000, 50_000_000),
}
TRAINING_SEED: Final = 11
HELD_SEED: Final = 29
"""Held for the final figure: nothing was chosen on it."""
MOST: Final = SIZES["issue"]
MIB: Final = 1024


class ContenderFailed(OperatorError):
    """A measured program did not come to its end."""


@dataclass(frozen=True)
class Cost:
    """What one process took: user and system CPU, wall, peak resident memory."""

    name: str
    cpu_seconds: float
    wall_seconds: float
    peak_mib: int


@dataclass(frozen=True)
class Quality:
    """accepted: matched, corrected, dead, duplicate with a number. recall: of records about one person, truly."""

    records: int
    precision: float
    recall: float
    possible: float
    wrong: int
    accepted: int


ROUNDS: Final = 5


@dataclass(frozen=True)
class Row:
    """One line of the bench: what was measured, against what it stands, and whether the aim is kept."""

    what: str
    ours: str
    beside: str
    kept: bool | None


def pairs_of_units() -> tuple[list[tuple[str, str]], list[str]]:
    """(old code, code now) of communes, and the codes of today."""
    with UNITS.open(encoding="utf-8") as file:
        rows = [(row["predecessor"], row["successor"]) for row in csv.DictReader(file)]
    pairs = [(old, now) for old, now in rows if len(old) == 5]
    return pairs, sorted({now for _, now in pairs})


def made(people: int, records: int, seed: int) -> Path:
    """The directory with people.parquet, records.parquet and their truth; made once and kept."""
    place = CONFIG.var / "bench" / (f"linkage-{people}x{records}-{seed}")
    if (place / "whole").exists():
        return place
    place.mkdir(parents=True, exist_ok=True)
    pairs, communes = pairs_of_units()
    with duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(place / "spill")}) as connection:
        write_people(
            connection,
            place / "people.parquet",
            count=people,
            strangers=max(people // 50, 100),
            seed=seed,
            communes=communes,
        )
        write_records(
            connection,
            place / "records.parquet",
            place / "people.parquet",
            count=records,
            seed=seed,
            units=pairs,
            communes=communes,
        )
    (place / "whole").write_text(f"{seed}\n")
    return place


def cost_of(name: str, words: list[str]) -> Cost:
    """Run a program to its end and ask the kernel what it took. Raises ContenderFailed."""
    began = os.times().elapsed
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)  # noqa: S603 - our own programs, no shell
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise ContenderFailed(f"{name} failed with status {process.returncode}; see the lines above.")
    wall = os.times().elapsed - began
    return Cost(name, round(used.ru_utime + used.ru_stime, 2), round(wall, 2), used.ru_maxrss // MIB)


MAKE: Final = """
import sys
from lienthong.site.bench.linkage import made
made(*map(int, sys.argv[1:]))
"""


def made_apart(people: int, records: int, seed: int) -> Path:
    """`made` in a process of its own: a parent's peak memory is counted as its children's. Kernels are compiled by then."""
    cost_of("compile", [sys.executable, "-m", "lienthong.data.linkage"])
    cost_of("make", [sys.executable, "-c", MAKE, str(people), str(records), str(seed)])
    return made(people, records, seed)


LINK: Final = """
import sys
from pathlib import Path
sys.modules["scipy"] = None  # comes with the tools of development; Numba loads it wherever it is
from lienthong.data.linkage import LinkSettings, link
place, units, out = map(Path, sys.argv[1:])
settings = LinkSettings(units=units)
link(place / "records.parquet", place / "people.parquet", out, settings=settings)
"""

BARE: Final = """
import sys
import duckdb
place, out = sys.argv[1:3]
duckdb.connect(config={"memory_limit": "1300MB"}).execute(
    f"COPY (SELECT r.*, p.* FROM '{place}/records.parquet' AS r JOIN '{place}/people.parquet' AS p"
    f" ON r.personal_number = p.personal_number) TO '{out}' (FORMAT parquet, COMPRESSION zstd)"
)
"""

SPLINK: Final = """
import sys
import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
place = sys.argv[1]
connection = duckdb.connect(config={"memory_limit": "8GB"})
read = "upper(strip_accents(full_name)) AS name, TRY_CAST(coalesce(try_strptime(CAST(birth_date AS VARCHAR), ['%d/%m/%Y', '%Y-%m-%d'])) AS DATE) AS born, personal_number AS pid, old_number, commune_code, upper(strip_accents(mother_name)) AS mother"
connection.execute(f"CREATE TABLE records AS SELECT record_id AS unique_id, {read} FROM '{place}/records.parquet'")
connection.execute(f"CREATE TABLE people AS SELECT personal_number AS unique_id, {read} FROM '{place}/people.parquet'")
settings = SettingsCreator(
    link_type="link_only",
    comparisons=[cl.JaroWinklerAtThresholds("name", [0.95, 0.88]), cl.ExactMatch("born"), cl.DamerauLevenshteinAtThresholds("pid", 1),
        cl.ExactMatch("old_number"), cl.ExactMatch("commune_code"), cl.ExactMatch("mother")],
    blocking_rules_to_generate_predictions=[block_on("pid"), block_on("old_number"), block_on("name", "born"), block_on("born", "commune_code")],
)
api = DuckDBAPI(connection)
linker = Linker([api.register(connection.table(name), dataset_display_name=name[0]) for name in ("records", "people")], settings)
linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
linker.training.estimate_parameters_using_expectation_maximisation(block_on("pid"))
linker.training.estimate_parameters_using_expectation_maximisation(block_on("name", "born"))
found = linker.inference.predict(threshold_match_probability=0.95).as_duckdbpyrelation()
found.create_view("predicted")
connection.execute(
    f"COPY (SELECT unique_id_l AS personal_number, unique_id_r AS record_id, match_probability FROM predicted"
    f" QUALIFY row_number() OVER (PARTITION BY unique_id_r ORDER BY match_weight DESC, unique_id_l) = 1)"
    f" TO '{place}/splink.parquet' (FORMAT parquet, COMPRESSION zstd)"
)
"""


def quality(place: Path, verdicts: Path) -> Quality:
    """Verdicts against the truth that the generator kept apart."""
    row = duckdb.execute(
        """SELECT count(*), count(*) FILTER (accepted), count(*) FILTER (accepted AND NOT right_one),
            count(*) FILTER (accepted AND right_one AND own), count(*) FILTER (own), count(*) FILTER (verdict = 'possible')
        FROM (SELECT verdict, kind IN ('person', 'repeat') AS own, v.personal_number IS NOT DISTINCT FROM t.personal_number AS right_one,
            verdict IN ('matched', 'corrected', 'dead', 'duplicate') AND v.personal_number IS NOT NULL AS accepted
            FROM read_parquet(?) AS v JOIN read_parquet(?) AS t USING (record_id))""",
        [str(verdicts), str(truth_of(place / "records.parquet"))],
    ).fetchone()
    if row is None:
        raise ContenderFailed("No verdicts to compare.")
    records, accepted, wrong, found, own, possible = row
    return Quality(
        records, 1 - wrong / max(accepted, 1), found / max(own, 1), possible / records, wrong, accepted
    )


def _linked(place: Path) -> Cost:
    return cost_of("link", [sys.executable, "-c", LINK, str(place), str(UNITS), str(place / "out")])


def _rounds(place: Path) -> tuple[list[Cost], list[Cost]]:
    """Ours and the bare join in turns, each from the least to the most: what else runs on a machine only adds."""
    join = [sys.executable, "-c", BARE, str(place), str(place / "joined.parquet")]
    turns = [(_linked(place), cost_of("join", join)) for _ in range(ROUNDS)]
    ours, bare = (sorted(costs, key=lambda cost: cost.cpu_seconds) for costs in zip(*turns, strict=True))
    return ours, bare


def _told(costs: list[Cost]) -> str:
    return f"{' '.join(str(cost.cpu_seconds) for cost in costs)} CPU-s"


def measure(
    *, people: int = 5_000_000, records: int = 2_000_000, seed: int = HELD_SEED, splink: bool = True
) -> list[Row]:
    """The rows of the issue at one size and seed, each contender in the same run; the least of ROUNDS counts."""
    place = made_apart(people, records, seed)
    rounds, joins = _rounds(place)
    ours, bare = rounds[0], joins[0]
    found = quality(place, place / "out" / "verdicts.parquet")
    speed, ratio = records / ours.cpu_seconds, ours.cpu_seconds / bare.cpu_seconds
    rows = [
        Row(f"{records:,} records × {people:,} people, seed {seed}: records/CPU-s", f"{speed:,.0f}", _told(rounds), speed >= 150_000),
        Row("peak memory, MiB", f"{ours.peak_mib:,}", "2,048", ours.peak_mib <= 2048),
        Row("over the bare Parquet join, same columns written", f"{ratio:.1f}×", _told(joins), ratio <= 7),
        Row("precision of acceptance", f"{found.precision:.6f}", f"{found.wrong} wrong of {found.accepted:,}", found.precision >= 0.9999),
        Row("recall", f"{found.recall:.4f}", "0.985", found.recall >= 0.985),
        Row("possible", f"{found.possible:.2%}", "1.5%", found.possible <= 0.015),
    ]  # fmt: skip
    return [*rows, _beside_splink(min(people, MOST[0]), min(records, MOST[1]), seed)] if splink else rows


def measure_growth(*, people: int, records: int, seed: int = HELD_SEED) -> list[Row]:
    """What a record costs at this size beside the size of the issue, or as many times smaller; the larger files are taken away again."""
    times = SIZES["nation"][1] / records
    less = (round(SIZES["issue"][0] / times), round(SIZES["issue"][1] / times))
    places = [made_apart(*size, seed) for size in ((people, records), less)]
    large, small = (_linked(place) for place in places)
    right = quality(places[0], places[0] / "out" / "verdicts.parquet")
    shutil.rmtree(places[0])
    each, before = large.cpu_seconds / records, small.cpu_seconds / less[1]
    return [
        Row(f"{records:,} records × {people:,} people, seed {seed}: CPU-µs a record", f"{each * 1e6:.1f}",
            f"{before * 1e6:.1f} at {less[1]:,} × {less[0]:,}", each < before * 4 / 3),
        Row("records/CPU-s", f"{records / large.cpu_seconds:,.0f}", f"{large.cpu_seconds} CPU-s, {large.wall_seconds:,.0f} s", None),
        Row("peak memory, MiB", f"{large.peak_mib:,}", f"{small.peak_mib:,}; 12,288", large.peak_mib <= 12 * 1024),
        Row("precision of acceptance", f"{right.precision:.6f}", f"{right.wrong} wrong of {right.accepted:,}", right.precision >= 0.9999),
        Row("recall", f"{right.recall:.4f}", "0.985", right.recall >= 0.985),
        Row("possible", f"{right.possible:.2%}", "1.5%", right.possible <= 0.015),
    ]  # fmt: skip


def _beside_splink(people: int, records: int, seed: int) -> Row:
    """Splink on every record and ours, both at a size that Splink can hold beside the rest of the bench."""
    place = made_apart(people, records, seed)
    ours = _linked(place)
    beside = cost_of("splink", [sys.executable, "-c", SPLINK, str(place)])
    times = beside.cpu_seconds / ours.cpu_seconds
    return Row(
        f"Splink on everything, {records:,} × {people:,}",
        f"{times:.1f}×",
        f"{beside.cpu_seconds} CPU-s, {beside.peak_mib:,} MiB, ours {ours.cpu_seconds}",
        times >= 4,
    )
