"""Macros of text, worked out by DuckDB inside Spark's processes: one reading of letters for every engine."""

from functools import cache
from importlib import import_module
from typing import Any, Final

import duckdb
import pandas as pd  # type: ignore[import-untyped]  # published without hints
import pyarrow as pa

TEXTUAL: Final = {
    "bare": "string string", "letters": "string string", "name_kind": "int string string",
    "name_at_once": "int string string string", "name_level": "int string string string string",
    "digits": "string string", "whole": "bigint string", "number_in_place": "string string",
    "number_of": "bigint bigint string", "number_kind": "int string string bigint",
    "number_level": "int string string bigint bigint", "twelve": "string bigint",
    "old_of": "int string", "old_in_register": "int string", "unit_of": "bigint string", "sex_of": "int string",
    "key_of": "bigint string", "birth_text": "string string", "birth_shape": "string string",
    "birth_year": "int string string", "birth_month": "int string string", "birth_day": "int string string",
    "day_of": "date int int int", "day_in": "date string",
}  # fmt: skip
"""Macro → the kind of what it gives, then of what it is given. The others are written out into each query."""

_ARROW: Final = {"string": pa.string(), "int": pa.int32(), "bigint": pa.int64(), "date": pa.date32()}
_DUCK: Final = {"string": "VARCHAR", "int": "INTEGER", "bigint": "BIGINT", "date": "DATE"}
_PANDAS: Final = {pa.int32(): pd.Int32Dtype(), pa.int64(): pd.Int64Dtype()}


def function_of(name: str, macros: tuple[str, ...]) -> Any:
    """The macro as a function of Spark, over a batch of rows at a time."""
    gives, *takes = TEXTUAL[name].split()
    listed = ", ".join(f"c{n}" for n in range(len(takes)))
    query = f"SELECT CAST({name}({listed}) AS {_DUCK[gives]}) AS v FROM batch"
    kinds = [_ARROW[kind] for kind in takes]

    def work(*columns: pd.Series) -> pd.Series:
        given = {
            f"c{n}": pa.array(column, type=kind, from_pandas=True)
            for n, (column, kind) in enumerate(zip(columns, kinds, strict=True))
        }
        return _asked(macros, query, pa.table(given)).to_pandas(types_mapper=_PANDAS.get)["v"]

    return import_module("pyspark.sql.functions").pandas_udf(work, gives)


def _asked(macros: tuple[str, ...], query: str, batch: pa.Table) -> pa.Table:
    connection = _duck(macros)
    connection.register("batch", batch)
    try:
        return connection.execute(query).to_arrow_table()
    finally:
        connection.unregister("batch")


@cache
def _duck(macros: tuple[str, ...]) -> duckdb.DuckDBPyConnection:
    """One for each process of Spark's."""
    connection = duckdb.connect(config={"threads": 1})
    for macro in macros:
        connection.execute(macro)
    return connection
