"""What is asked of an engine, stage by stage. The definitions are in sql/, one text for every engine."""

import csv
import math
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from lienthong.data.linkage import sqltext
from lienthong.data.linkage.inputs import Table
from lienthong.data.linkage.legacy import repaired
from lienthong.data.linkage.model import Model


def prior_of(people: int) -> float:
    """Bits that speak against any one of so many people."""
    return round(math.log2(max(people, 2)), 6)


class Stages(ABC):
    """An engine says how a statement runs and how a table comes in and goes out; the order is here."""

    model: Model
    units: Path | None
    has_names = True
    prior = 0.0
    """`prior_of` what `load` said, now or in the run that was killed."""

    @abstractmethod
    def see(self, people: Table, records: Table) -> None:
        """Name the inputs people_file and record_file, rows numbered as they stand; nothing is read yet."""

    @abstractmethod
    def run(self, name: str, **blanks: str) -> None:
        """Run the statements of sql/<name>.sql."""

    @abstractmethod
    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """A small answer."""

    @abstractmethod
    def given(self, name: str, columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
        """A small table of these rows; columns: name to SQL type."""

    @abstractmethod
    def bucket(self, first: int, past: int) -> None:
        """Name the records [first, past) source_rows."""

    @abstractmethod
    def keep(self, table: str, into: Path) -> None:
        """Write a table as Parquet: `into` is there when it is whole, not before."""

    @abstractmethod
    def kept(self, paths: list[Path]) -> str:
        """What `keep` wrote, as SQL names a table."""

    def load(self) -> int:
        """Read the register once, and each text of a birth date; how many rows of the register have a number."""
        self.given("units_file", {"predecessor": "VARCHAR", "successor": "VARCHAR"}, self._units())
        self.run("units")
        self.run("people")
        self.run("births", this_year=str(sqltext.THIS_YEAR))
        return int(self.rows("SELECT count(pid) FROM people")[0][0])

    def _units(self) -> list[dict[str, Any]]:
        if not self.units:
            return []
        with self.units.open(encoding="utf-8", newline="") as file:
            return [
                {"predecessor": row.get("predecessor") or None, "successor": row.get("successor") or None}
                for row in csv.DictReader(file)
            ]

    def exact(self, first: int, past: int, into: Path, left: Path) -> None:
        """Decide records [first, past) by their number into `into`; what stays open is kept in `left`."""
        self.bucket(first, past)
        self.run("parse")
        self.run("hits")
        self._spellings()
        self.run("exact")
        self.keep("open_facts", left)
        self.keep("number_outcome", into)

    def _spellings(self) -> None:
        """Names to be compared, with the few that an old font spoiled read as they were meant."""
        self.run("spellings")
        odd = self.rows("SELECT raw FROM spellings WHERE kind = 3 ORDER BY raw")
        if odd:
            again = [{"typed": raw, "raw": repaired(raw)} for (raw,) in odd]
            self.given("read_again", {"typed": "VARCHAR", "raw": "VARCHAR"}, again)
            self.run("repaired")

    def residue(self, left: list[Path], into: Path) -> None:
        """Decide the records that these buckets left open."""
        self.run("facts", left=self.kept(left))
        self.run("pairs")
        self.run(
            "decide",
            prior=repr(self.prior),
            accept=repr(self.model.accept),
            margin=repr(self.model.margin),
            possible=repr(self.model.possible),
            has_names="TRUE" if self.has_names else "FALSE",
        )
        self.keep("outcome", into)
