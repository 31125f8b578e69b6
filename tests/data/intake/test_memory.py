"""Memory does not grow with the file."""

import subprocess
import sys
from pathlib import Path

from data.intake import peaks
from data.intake.ugly import HEAD, ROWS


def test_a_file_six_times_as_long_is_taken_in_the_same_memory(tmp_path: Path) -> None:
    """Issue 3: a 2 GB file is streamed with flat memory. Read whole, the longer file would take 60 MB more at least."""
    small, large = long_file(tmp_path / "a.csv", 30_000), long_file(tmp_path / "b.csv", 180_000)
    done = subprocess.run(
        [sys.executable, peaks.__file__, str(small), str(large)], capture_output=True, text=True, check=True
    )
    first, second = map(int, done.stdout.split())
    assert second < first * 1.12


def long_file(path: Path, count: int) -> Path:
    """Records with a number of their own each; every fiftieth one says a wrong sex."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(HEAD) + "\r\n")
        for number in range(count):
            _, name, born, _, _, *rest = ROWS[number % 5]
            sex = "Nữ" if number % 50 == 0 else "Nam"
            file.write(
                ",".join((str(number), name, born, sex, f"0990{80 + number % 10}{number:06d}", *rest))
                + "\r\n"
            )
    return path
