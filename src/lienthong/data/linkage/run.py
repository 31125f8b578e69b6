"""`link`: bucket after bucket, each written under its name only when whole, so that a killed run goes on."""

import contextlib
import fcntl
import gc
import hashlib
import json
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from lienthong.data.linkage.bucket import Job, prior_of
from lienthong.data.linkage.engine import engine_of
from lienthong.data.linkage.gathering import gather
from lienthong.data.linkage.inputs import PEOPLE, RECORDS, Table, digest, is_csv, opened
from lienthong.data.linkage.jit import VERSION
from lienthong.data.linkage.model import Model, default_model
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
    bucket: records decided at a time; memory: what DuckDB may hold of a CSV before it spills to disk.
    """

    model: Model = field(default_factory=default_model)
    engine: str = "duckdb"
    units: Path | None = None
    bucket: int = 2_000_000
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
    with _work(out) as work, _uncollected():
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


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles, which a run does not make: it would look through all that is loaded, again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
        self.records = self._opened(records, RECORDS, "records.parquet")
        self.people = self._opened(register, PEOPLE, "people.parquet")
        self.buckets = -(-self.records.rows // settings.bucket)
        self.job = Job(self.people, self.records, settings.model, settings.units, settings.bucket, work)
        self.engine = engine_of(settings.engine, settings.threads)
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
        parts += [digest(settings.units) if settings.units else "", VERSION]
        key = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        manifest = self.work / "manifest.json"
        with contextlib.suppress(OSError, ValueError):
            if json.loads(manifest.read_text("utf-8"))["key"] == key:
                return
        for left in self.work.iterdir():
            if left.name != "lock":
                shutil.rmtree(left) if left.is_dir() else left.unlink()
        _write(manifest, json.dumps({"key": key}))

    @cached_property
    def csv(self) -> Any:
        """CsvFiles."""
        made = import_module("lienthong.data.linkage.csv_files").CsvFiles
        return made(self.settings.memory, self.settings.threads, self.work / "spill")

    def _opened(self, given: Path, wanted: tuple[str, ...], staged: str) -> Table:
        path = given
        if is_csv(given):
            path = self.work / staged
            if not path.exists():
                self.csv.read(given, path)
        return opened(given, path, wanted)

    def done(self, *, as_csv: bool) -> Summary:
        people, records = self.people.rows, self.records.rows
        self.watch.work(people * 0.5, records * 1.0, records * 0.3)
        ahead = [n for n in range(self.buckets) if not self.job.part(n).exists()]
        self.resumed = self.buckets - len(ahead)
        if ahead:
            self.watch.says("Đọc sổ dân cư", people * 0.5)
        for number in self.engine(self.job, ahead):
            self.watch.says(f"Ghép, phần {number + 1} trên {self.buckets}", records / max(len(ahead), 1))
        self.kept = self.job.kept()
        return self._finish(as_csv=as_csv)

    def _finish(self, *, as_csv: bool) -> Summary:
        self.watch.says("Tìm bản ghi trùng và ghi kết quả", self.records.rows * 0.3)
        name = "verdicts.csv" if as_csv else "verdicts.parquet"
        made, path = self.work / "verdicts.parquet", self.out / name
        buckets = [self.job.part(number) for number in range(self.buckets)]
        counts = gather(self.records, buckets, made, model=self.settings.model, prior=prior_of(self.kept))
        if as_csv:
            self.csv.write(made, self.work / name)
        (self.work / name).replace(path)
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
