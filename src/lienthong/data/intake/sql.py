"""Names and values inside SQL of DuckDB."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb

MEMORY: Final = "768MB"
AS_WRITTEN: Final = "SET disabled_optimizers = 'join_order,build_side_probe_side'"
"""Joins with their sides as written: rows stream past small tables, and keep their order."""
GROUP: Final = 40_960
"""Rows of a group of Parquet: as many are held, in all their columns, while a file is written."""


def ident(name: str) -> str:
    """A column or table name, quoted."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str | Path) -> str:
    """A text constant, quoted."""
    return "'" + str(value).replace("'", "''") + "'"


@contextmanager
def engine(*, memory: str = MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB in memory with a limit, spilling to a directory of its own that goes away after.

    One thread: with more, rows that must keep their order wait for each other in memory. No file is kept in memory
    beside its reader.
    """
    with TemporaryDirectory(prefix="lienthong-") as spill:
        config = {
            "memory_limit": memory,
            "threads": "1",
            "temp_directory": spill,
            "enable_external_file_cache": "false",
        }
        connection = duckdb.connect(":memory:", config={**config, "autoinstall_known_extensions": "false"})
        try:
            yield connection
        finally:
            connection.close()
