"""Names and values inside SQL of DuckDB."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb

MEMORY: Final = "768MB"


def ident(name: str) -> str:
    """A column or table name, quoted."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str | Path) -> str:
    """A text constant, quoted."""
    return "'" + str(value).replace("'", "''") + "'"


@contextmanager
def engine(*, threads: int = 2, memory: str = MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB in memory with a limit, spilling to a directory of its own that goes away after."""
    with TemporaryDirectory(prefix="lienthong-") as spill:
        config = {"memory_limit": memory, "threads": str(threads), "temp_directory": spill}
        connection = duckdb.connect(":memory:", config={**config, "autoinstall_known_extensions": "false"})
        try:
            yield connection
        finally:
            connection.close()
