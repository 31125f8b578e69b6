"""The stages on an engine: tables in, tables out. DuckDB here; duck and spark speak the same SQL files."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import duckdb

from lienthong.data.linkage.duck import Duck
from lienthong.data.linkage.inputs import Table

if TYPE_CHECKING:
    from lienthong.data.linkage.run import LinkSettings


class Engine(Protocol):
    files: duckdb.DuckDBPyConnection
    set_aside: int

    def load(self, people: Table, records: Table) -> None:
        """Read the register once and keep its keys."""

    def exact(self, first: int, past: int, into: Path) -> None:
        """Decide records [first, past) by their number."""

    def undecided(self, path: Path) -> int:
        """How many records of a decided bucket wait for the second stage."""

    def residue(self, buckets: list[Path], into: Path) -> None:
        """Decide the records that these buckets left open."""

    def finish(self, exact: list[Path], rest: list[Path], into: Path) -> list[tuple[str, str, int]]:
        """Write all verdicts; count them by source and verdict."""


def open_engine(settings: "LinkSettings", work: Path) -> Engine:
    return Duck(settings, work)
