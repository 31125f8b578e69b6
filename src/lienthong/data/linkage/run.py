"""`link`: bucket after bucket, each written under its name only when whole, so that a killed run goes on."""

import contextlib
import fcntl
import hashlib
import json
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import duckdb

from lienthong.data.linkage import sqltext
from lienthong.data.linkage.duck import connection, kept, see
from lienthong.data.linkage.engine import open_engine
from lienthong.data.linkage.gathering import gather
from lienthong.data.linkage.inputs import PEOPLE, RECORDS, digest, is_csv, opened
from lienthong.data.linkage.model import Model, default_model
from lienthong.data.linkage.stages import prior_of
from lienthong.data.linkage.verdicts import Verdict
from lienthong.kit.errors import Refused, said

WORK: Final = ".linking"


class OutputInUse(Refused):
    sentence = said(
        "Thư mục {path} đang được một lần ghép khác dùng. Chờ lần đó xong hoặc chọn thư mục khác."
    )


class OutputUnusable(Refused):
    sentence = said("Không ghi được vào thư mục {path}: {why}.")


@dataclass(frozen=True)
class LinkSettings:
    """How a run is done. Only `model`, `units` and the engine's arithmetic could change a verdict.

    units: a CSV with columns predecessor, successor: codes of communes and what became of them.
    bucket: records decided at a time; memory: what DuckDB may hold before it spills to disk.
    """

    model: Model = field(default_factory=default_model)
    engine: str = "duckdb"
    units: Path | None = None
    bucket: int = 1_000_000
    memory: str = "1300MB"
    threads: int | None = None


@dataclass(frozen=True)
class Progress:
    """What is being done, how much of the whole is done (0 to 1), and the seconds that may be left."""

    doing: str
    done: float
    seconds_left: float | None


@dataclass(frozen=True)
class Summary:
    """What came out. `verdicts` counts every record once."""

    records: int
    people: int
    verdicts: dict[str, int]
    by_source: dict[str, dict[str, int]]
    records_columns_missing: tuple[str, ...]
    people_columns_missing: tuple[str, ...]
    people_set_aside: int
    buckets: int
    buckets_resumed: int
    seconds: float
    cpu_seconds: float
    engine: str
    verdicts_path: str

    @property
    def accepted(self) -> int:
        return sum(self.verdicts[name] for name in (Verdict.MATCHED, Verdict.CORRECTED, Verdict.DEAD))


def silent(_: Progress) -> None:
    """Nobody watches."""


def link(
    records: Path,
    register: Path,
    out: Path,
    *,
    settings: LinkSettings | None = None,
    progress: Callable[[Progress], None] = silent,
) -> Summary:
    """Give every record of `records` one verdict against `register`; write verdicts and summary into `out`.

    `out`/verdicts.csv for CSV records, else verdicts.parquet: record_id, verdict, personal_number,
    score (0 to 1), reasons. A run that was killed goes on where it was, if inputs and settings are
    the same. Raises Refused (inputs.py, model.py, OutputInUse, OutputUnusable).
    """
    settings = settings or LinkSettings()
    as_csv = is_csv(records)
    is_csv(register)
    with _work(out) as work:
        run = _Run((records, register, out), work, settings, progress)
        return run.done(as_csv=as_csv)


@contextlib.contextmanager
def _work(out: Path) -> Iterator[Path]:
    """The directory of a run's own files, held by one process at a time."""
    work = out / WORK
    try:
        work.mkdir(parents=True, exist_ok=True)
        lock = (work / "lock").open("w")
    except OSError as error:
        raise OutputUnusable(path=out, why=error.strerror or "lỗi đĩa") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputInUse(path=out) from None
        yield work
    # An error leaves the work where it is: the next run goes on with it.


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class _Run:
    def __init__(
        self,
        places: tuple[Path, Path, Path],
        work: Path,
        settings: LinkSettings,
        progress: Callable[[Progress], None],
    ) -> None:
        records, register, out = places
        self.began, self.cpu = time.monotonic(), _cpu()
        self.out, self.work, self.settings = out, work, settings
        self.watch = _Watch(progress)
        self._same_run(records, register)
        self.files = connection(settings, work)
        self.records = opened(self.files, records, RECORDS, work / "records.parquet")
        self.people = opened(self.files, register, PEOPLE, work / "people.parquet")
        see(self.files, self.people, self.records)
        self.engine = open_engine(settings, work, self.files)
        self.engine.see(self.people, self.records)
        self.buckets = -(-self.records.rows // settings.bucket)
        self.resumed = 0

    def _same_run(self, records: Path, register: Path) -> None:
        """Keep what an earlier run of the very same left; clear away what another one left."""
        self.watch.says("Đọc tệp", 0.0)
        settings = self.settings
        parts = [
            digest(records),
            digest(register),
            settings.model.text(),
            str(settings.bucket),
            settings.engine,
        ]
        parts += [digest(settings.units) if settings.units else "", duckdb.__version__, sqltext.version()]
        key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        manifest = self.work / "manifest.json"
        with contextlib.suppress(OSError, ValueError):
            if json.loads(manifest.read_text("utf-8"))["key"] == key:
                return
        for left in self.work.iterdir():
            if left.name != "lock":
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        _write(manifest, json.dumps({"key": key}))

    def done(self, *, as_csv: bool) -> Summary:
        people, records = self.people.rows, self.records.rows
        self.watch.work(people * 0.4, records * 1.0, records * 0.6, records * 0.4)
        ahead = [n for n in range(self.buckets) if not self._exact(n).exists()]
        self.resumed = self.buckets - len(ahead)
        final = not ahead and not self._open_groups()
        if not final:
            self.watch.says("Đọc sổ dân cư", people * 0.4)
            _write(self.work / "people.json", json.dumps(self.engine.load()))
        self.kept = int(json.loads((self.work / "people.json").read_text("utf-8")))
        self.engine.prior = prior_of(self.kept)
        for number in range(self.buckets):
            self._bucket(number)
        for group, buckets in self._open_groups():
            self._residue(group, buckets)
        return self._finish(as_csv=as_csv)

    def _exact(self, number: int) -> Path:
        return self.work / f"exact-{number:05d}.parquet"

    def _left(self, number: int) -> Path:
        """Written before the bucket itself: where that is there, this is."""
        return self.work / f"open-{number:05d}.parquet"

    def _bucket(self, number: int) -> None:
        size = self.settings.bucket
        rows = min(size, self.records.rows - number * size)
        self.watch.says(f"Ghép theo số định danh, phần {number + 1} trên {self.buckets}", rows)
        if not self._exact(number).exists():
            self.engine.exact(number * size, number * size + rows, self._exact(number), self._left(number))

    def _groups(self) -> list[tuple[int, list[int]]]:
        """Buckets whose undecided records are compared together: by count, so that memory stays bounded."""
        groups: list[list[int]] = []
        held = 0
        for number in range(self.buckets):
            left = self._undecided(number)
            if not groups or held + left > max(self.settings.bucket // 2, 1):
                groups.append([])
                held = 0
            groups[-1].append(number)
            held += left
        return list(enumerate(groups))

    def _undecided(self, number: int) -> int:
        """How many records a bucket left open."""
        row = self.files.execute(f"SELECT count(*) FROM {kept([self._left(number)])}").fetchone()
        return int(row[0]) if row else 0

    def _open_groups(self) -> list[tuple[int, list[int]]]:
        if not all(self._exact(n).exists() for n in range(self.buckets)):
            return [(-1, [])]
        return [(group, buckets) for group, buckets in self._groups() if not self._rest(group).exists()]

    def _rest(self, group: int) -> Path:
        return self.work / f"rest-{group:05d}.parquet"

    def _residue(self, group: int, buckets: list[int]) -> None:
        self.watch.says(
            "So tên, ngày sinh, mẹ và nơi ở", self.records.rows * 0.6 * len(buckets) / self.buckets
        )
        self.engine.residue([self._left(n) for n in buckets], self._rest(group))

    def _finish(self, *, as_csv: bool) -> Summary:
        self.watch.says("Tìm bản ghi trùng và ghi kết quả", self.records.rows * 0.4)
        path = self.out / ("verdicts.csv" if as_csv else "verdicts.parquet")
        part = path.with_suffix(path.suffix + ".part")
        parts = [self._exact(n) for n in range(self.buckets)]
        parts += [self._rest(group) for group, _ in self._groups()]
        prior = prior_of(self.kept)
        counts = gather(
            self.files, parts, part, rows=self.records.rows, model=self.settings.model, prior=prior
        )
        part.replace(path)
        summary = self._summary(counts, path)
        _write(self.out / "summary.json", json.dumps(asdict(summary), ensure_ascii=False, indent=1))
        shutil.rmtree(self.work)
        self.watch.end()
        return summary

    def _summary(self, counts: list[tuple[str, str, int]], path: Path) -> Summary:
        verdicts: dict[str, int] = {str(verdict): 0 for verdict in Verdict}
        by_source: dict[str, dict[str, int]] = {}
        for source, verdict, count in counts:
            verdicts[verdict] += count
            of_source = by_source.setdefault(source, {})
            of_source[verdict] = of_source.get(verdict, 0) + count
        return Summary(
            records=self.records.rows,
            people=self.people.rows,
            verdicts=verdicts,
            by_source=dict(sorted(by_source.items())),
            records_columns_missing=self.records.missing,
            people_columns_missing=self.people.missing,
            people_set_aside=self.people.rows - self.kept,
            buckets=self.buckets,
            buckets_resumed=self.resumed,
            seconds=round(time.monotonic() - self.began, 2),
            cpu_seconds=round(_cpu() - self.cpu, 2),
            engine=self.settings.engine,
            verdicts_path=str(path),
        )


class _Watch:
    """Progress by shares of work: what a step weighs is in records of the first stage."""

    def __init__(self, progress: Callable[[Progress], None]) -> None:
        self.progress, self.began = progress, time.monotonic()
        self.total, self.behind, self.step = 1.0, 0.0, 0.0

    def work(self, *shares: float) -> None:
        self.total = sum(shares)

    def says(self, doing: str, weight: float) -> None:
        self.behind += self.step
        self.step = weight
        done = min(self.behind / self.total, 1.0) if self.total > 1 else 0.0
        passed = time.monotonic() - self.began
        left = passed * (1 - done) / done if done > 0.05 else None
        self.progress(Progress(doing, done, left))

    def end(self) -> None:
        self.progress(Progress("Xong", 1.0, 0.0))


def _write(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(text + "\n", "utf-8")
    part.replace(path)
