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

    def see(self, people: Table, records: Table) -> None:
        """Where the rows are; nothing is read yet."""

    def load(self) -> int:
        """Read the register once and keep its keys; how many of its rows have a number."""

    def know(self, kept: int) -> None:
        """How many people a record may be: what `load` said, now or in the run that was killed."""

    def exact(self, first: int, past: int, into: Path, left: Path) -> None:
        """Decide records [first, past) by their number into `into`; what stays open is kept in `left`."""

    def undecided(self, left: Path) -> int:
        """How many records a bucket left open."""

    def residue(self, left: list[Path], into: Path) -> None:
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
