"""CSV as Parquet and back, by DuckDB. Imported by the runs that need it: a tenth of a second of those that do not."""

import shutil
from pathlib import Path

import duckdb

from lienthong.data.linkage.inputs import InputEmpty, InputUnreadable


class CsvFiles:
    """memory: what DuckDB may hold before it spills into the directory `spill`."""

    def __init__(self, memory: str, threads: int | None, spill: Path) -> None:
        shutil.rmtree(spill, ignore_errors=True)
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory, "temp_directory": str(spill), **({"threads": threads} if threads else {}),
        }  # fmt: skip
        self.files = duckdb.connect(config=config)
        self.files.execute("SET enable_progress_bar = false")

    def read(self, path: Path, into: Path) -> None:
        """The file as Parquet, all text, in its own order. Raises InputEmpty, InputUnreadable."""
        if not path.stat().st_size:
            raise InputEmpty(path=path)
        part = into.with_suffix(".part")
        try:
            self.files.execute(
                f"COPY (SELECT * FROM read_csv({_quoted(path)}, header = true, all_varchar = true, sample_size = 2000)) "
                f"TO {_quoted(part)} (FORMAT parquet, COMPRESSION lz4)"
            )
        except duckdb.Error as error:
            first = str(error).strip().splitlines()[0]
            raise InputUnreadable(path=path, why=first.partition(": ")[2] or first) from None
        part.replace(into)

    def write(self, columns: Path, into: Path) -> None:
        """A Parquet file as CSV."""
        # One thread: on several, DuckDB does not keep the order of the rows.
        self.files.execute("SET threads = 1")
        self.files.execute(
            f"COPY (SELECT * FROM read_parquet({_quoted(columns)})) TO {_quoted(into)} (FORMAT csv, HEADER)"
        )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
