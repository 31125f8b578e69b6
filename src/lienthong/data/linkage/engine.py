"""The stages on an engine: tables in, tables out. DuckDB here."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import duckdb

from lienthong.data.linkage.duck import Duck
from lienthong.data.linkage.inputs import Table
from lienthong.kit.errors import Refused, said

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


class EngineUnknown(Refused):
    sentence = said("Chưa có bộ máy ghép {engine}; hãy dùng duckdb.")


def open_engine(settings: "LinkSettings", work: Path) -> Engine:
    """Raises EngineUnknown."""
    if settings.engine != "duckdb":
        raise EngineUnknown(engine=settings.engine)
    return Duck(settings, work)
