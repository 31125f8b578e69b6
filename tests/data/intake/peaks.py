"""For `test_memory`: reads, checks and marks each file in turn, and prints the peak of memory in MB after each."""

import resource
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from lienthong.data import checks, intake, quality, sources
from lienthong.data.intake import marked


def take(path: Path, folder: Path) -> None:
    plan = intake.preview(path, "workers").plan()
    reading = intake.read(path, plan, folder / "rows.parquet")
    found = checks.run(reading.parquet, sources.schema("workers"), out=folder, today=date(2026, 11, 22))
    quality.counts(found)
    intake.records(reading, folder / "records.parquet")
    intake.marked_workbook(path, reading, found.findings, folder / "marked.xlsx")


if __name__ == "__main__":
    # What goes into the workbook is bounded by constants: looked at is all that is not.
    marked.ROWS = marked.LISTED = 1000
    for name in sys.argv[1:]:
        with TemporaryDirectory() as place:
            take(Path(name), Path(place))
        sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}\n")
