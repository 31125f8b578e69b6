"""How a CSV of a sector is read and checked: rows and seconds, and memory that does not grow with the file."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from lienthong.data import checks, intake, quality, sources

MB: Final = 1 << 20
SEED: Final = 20261122
TODAY: Final = date(2026, 11, 22)
SIZES: Final = {"small": (32, 128), "issue": (256, 2048)}
"""In MB. The issue asks for a file of 2 GB in flat memory."""
GROWTH: Final = 1.15
"""The peak of the largest file to that of the smallest, at most."""
HEAD: Final = (
    "Mã bản ghi", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Mã xã", "Nơi ở hiện tại",
    "Tình trạng việc làm", "Nghề nghiệp", "Mã số BHXH",
)  # fmt: skip
FAMILIES: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Đặng", "Bùi")
MIDDLES: Final = ("Văn", "Thị", "Hữu", "Đức", "Ngọc", "Quốc")
GIVEN: Final = ("An", "Bình", "Cường", "Dũng", "Hòa", "Khánh", "Lan", "Minh", "Oanh", "Phúc")


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: the file in MB, its records, seconds and CPU-seconds of reading and of checking, the peak in MB."""

    megabytes: int
    rows: int
    read_seconds: float
    read_cpu: float
    check_seconds: float
    check_cpu: float
    peak: int
    score: float

    @property
    def rate(self) -> float:
        """Records read and checked in a CPU-second."""
        return self.rows / (self.read_cpu + self.check_cpu)


def measure(*, megabytes: tuple[int, ...] = SIZES["small"]) -> list[Measured]:
    """Each size in a process of its own, smallest first. Flat memory: the last peak is near the first."""
    found = []
    with TemporaryDirectory(prefix="bench-intake-") as folder:
        for size in megabytes:
            path = Path(folder) / f"{size}.csv"
            write(path, size)
            done = subprocess.run(  # noqa: S603 - our own module, no shell
                [sys.executable, "-m", "lienthong.site.bench.intake", str(path)],
                capture_output=True, text=True, check=True,
            )  # fmt: skip
            found.append(Measured(**json.loads(done.stdout)))
            path.unlink()
    return found


def write(path: Path, megabytes: int) -> None:
    """A dirty file of invented workers (numbers begin with 099), of about that size."""
    lines = _lines(Random(SEED))  # noqa: S311 - seeded rows of invented people, not a secret
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(HEAD) + "\r\n")
        while file.tell() < megabytes * MB:
            file.writelines(islice(lines, 10_000))


def _lines(random: Random) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        year, woman = 1950 + number % 56, number % 2
        born = f"{1 + number % 28:02d}/{1 + number % 12:02d}/{year}" if number % 9 else str(year)
        century = (2 if year >= 2000 else 0) + woman
        personal = f"099{century}{year % 100:02d}{number // 56 % 1_000_000:06d}"
        name = f"{random.choice(FAMILIES)} {random.choice(MIDDLES)} {random.choice(GIVEN)}"
        cells = [str(number), name, born, "Nữ" if woman else "Nam", personal, f"{number % 3300:05d}",
                 f'"Thôn {number % 9}, đường số {number % 40}"', "Có việc làm", "Nông dân", f"09{number % 10**8:08d}"]  # fmt: skip
        if random.random() < 0.05:
            cells[random.randrange(1, len(cells))] = random.choice(("", "không", "01/01/1900", "x", "=1+1"))
        yield ",".join(cells) + "\r\n"


def work(path: Path) -> Measured:
    """Read, check and score one file in this process."""
    with TemporaryDirectory(prefix="work-", dir=path.parent) as folder:
        began, cpu = time.perf_counter(), time.process_time()
        plan = intake.preview(path, "workers").plan()
        reading = intake.read(path, plan, Path(folder) / "records.parquet")
        read, read_cpu = time.perf_counter(), time.process_time()
        schema = sources.schema("workers")
        findings = checks.run(reading.parquet, schema, out=Path(folder), today=TODAY)
        value = quality.scores(quality.counts(findings), schema).database.value
        checked, checked_cpu = time.perf_counter(), time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Measured(
        path.stat().st_size // MB, reading.rows, round(read - began, 1), round(read_cpu - cpu, 1),
        round(checked - read, 1), round(checked_cpu - read_cpu, 1), peak, float(value or 0),
    )  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(work(Path(sys.argv[1])))))
