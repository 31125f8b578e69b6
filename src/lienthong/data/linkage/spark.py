"""The same stages on Spark, for a register and records that one machine cannot hold. Needs `lienthong[spark]` and Java.

sql/ is translated from DuckDB's dialect, with the macros of whole numbers and dates written out. The
macros of text stay functions, which DuckDB itself works out in Spark's own processes: a letter, a
pattern and a distance mean the same on both engines.
"""

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlglot
from sqlglot import exp

from lienthong.data.linkage import sqltext
from lienthong.data.linkage.duck import PEOPLE_COLUMNS, RECORD_COLUMNS
from lienthong.data.linkage.inputs import Table
from lienthong.data.linkage.stages import Stages
from lienthong.data.linkage.textual import TEXTUAL, function_of
from lienthong.data.spark_session import spark_session

if TYPE_CHECKING:
    from lienthong.data.linkage.run import LinkSettings

_MACRO: Final = re.compile(r"CREATE MACRO (\w+)\(([^)]*)\) AS (.*)", re.DOTALL)
_TABLE: Final = re.compile(r"CREATE OR REPLACE TEMP (TABLE|VIEW) (\w+) AS\s+(.*)", re.DOTALL)
_KINDS: Final = {"VARCHAR": "STRING"}


class Spark(Stages):
    def __init__(self, settings: "LinkSettings", work: Path) -> None:
        self.model, self.units, self.work = settings.model, settings.units, work
        self.session = spark_session(settings.threads)
        self.macros = {
            name: (parameters, sqlglot.parse_one(body, read="duckdb"))
            for name, parameters, body in map(_macro, sqltext.macros(self.model))
            if name not in TEXTUAL
        }
        for name in TEXTUAL:
            self.session.udf.register(name, function_of(name, tuple(sqltext.macros(self.model))))
        self.held: dict[str, Path] = {}
        self.made = 0
        shutil.rmtree(work / "spark", ignore_errors=True)

    def see(self, people: Table, records: Table) -> None:
        self.has_names = "full_name" in records.columns
        born = people.columns["birth_date"]
        frame = self._file(people)
        day = f"`{born}`" if dict(frame.dtypes)[born] == "date" else f"day_in(CAST(`{born}` AS STRING))"
        self._name_rows(people, "people_file", PEOPLE_COLUMNS, f"_row AS prow, {day} AS born")
        own = records.columns.get("record_id")
        told = f"CAST(`{own}` AS STRING)" if own else "CAST(_row + 1 AS STRING)"
        self._name_rows(records, "record_file", RECORD_COLUMNS, f"_row AS row_no, {told} AS record_id")

    def _file(self, table: Table) -> Any:
        return self.session.read.parquet(str(table.path))

    def _name_rows(self, table: Table, name: str, columns: tuple[str, ...], more: str) -> None:
        listed = [
            f"nullif(CAST(`{own}` AS STRING), '') AS {column}" if (own := table.columns.get(column))
            else f"CAST(NULL AS STRING) AS {column}"
            for column in columns
        ]  # fmt: skip
        numbered = self._file(table).selectExpr("*", "_metadata.row_index AS _row")
        numbered.selectExpr(*listed, *more.split(", ", 1)).createOrReplaceTempView(name)

    def run(self, name: str, **blanks: str) -> None:
        for statement in sqltext.statements(name, **blanks):
            made = _TABLE.fullmatch(statement)
            if made is None:
                raise ValueError(statement)
            kind, table, query = made.groups()
            frame = self.session.sql(self.translated(query))
            if kind == "TABLE":
                frame = self._hold(table, frame)
            frame.createOrReplaceTempView(table)

    def _hold(self, table: str, frame: Any) -> Any:
        """Written and read back: worked out once, held on disk, and its plan ends there."""
        self.made += 1
        place = self.work / "spark" / f"{table}-{self.made}"
        frame.write.parquet(str(place))
        before = self.held.pop(table, None)
        if before:
            shutil.rmtree(before)
        self.held[table] = place
        return self.session.read.parquet(str(place))

    def translated(self, query: str) -> str:
        """A query of sql/ as Spark reads it."""
        tree = sqlglot.parse_one(query, read="duckdb")
        text: str = self._written_out(tree).sql(dialect="spark")
        return text

    def _written_out(self, tree: Any) -> Any:
        def one(node: Any) -> Any:
            if not isinstance(node, exp.Anonymous) or node.name.lower() not in self.macros:
                return node
            parameters, body = self.macros[node.name.lower()]
            given = dict(zip(parameters, node.expressions, strict=True))
            filled = body.copy().transform(
                lambda n: (
                    exp.paren(given[n.name].copy())
                    if isinstance(n, exp.Column) and n.name in given and not n.table
                    else n
                )
            )
            return exp.paren(self._written_out(filled))

        return tree.transform(one)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.session.sql(self.translated(query)).collect()]

    def given(self, name: str, columns: dict[str, str], rows: list[dict[str, Any]]) -> None:
        place = self.work / f"{name}.json"
        place.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        schema = ", ".join(f"{column} {_KINDS.get(kind, kind)}" for column, kind in columns.items())
        self.session.read.schema(schema).json(str(place)).createOrReplaceTempView(name)

    def bucket(self, first: int, past: int) -> None:
        rows = self.session.table("record_file").where(f"row_no >= {first} AND row_no < {past}")
        rows.createOrReplaceTempView("source_rows")

    def keep(self, table: str, into: Path) -> None:
        part = into.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        self.session.table(table).write.mode("overwrite").parquet(str(part))
        part.replace(into)

    def kept(self, paths: list[Path]) -> str:
        self.session.read.parquet(*map(str, paths)).createOrReplaceTempView("kept_before")
        return "kept_before"


def _macro(text: str) -> tuple[str, list[str], str]:
    found = _MACRO.fullmatch(text)
    if found is None:
        raise ValueError(text)
    name, parameters, body = found.groups()
    return name, [one.strip() for one in parameters.split(",")], body
