"""The same leaves counted by Spark, for what one machine cannot hold. Needs `lienthong[spark]` and Java.

Spark reads Parquet with our column names and types; the leaves it counts are small and go back to
DuckDB, where cells are added up.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import ibis

from lienthong.data.marts.errors import EngineMissing, FileUnreadable
from lienthong.data.marts.reading import Source, table_named, typed
from lienthong.data.spark_session import spark_session


def is_here() -> bool:
    """Whether Spark and a Java to run it are installed."""
    if find_spec("pyspark") is None:
        return False
    return bool(shutil.which("java") or os.environ.get("JAVA_HOME"))


def connect_spark(*, threads: int = 2) -> Any:
    """A local session in Vietnamese time, as an Ibis connection. Raises EngineMissing."""
    if not is_here():
        raise EngineMissing(engine="Spark")
    return ibis.pyspark.connect(spark_session(threads))


def read_by_spark(con: Any, files: Mapping[str, Sequence[Path]]) -> list[Source]:
    """Tables in Parquet files or directories of them. Raises FileUnreadable."""
    found = []
    for name, paths in files.items():
        kept = [str(path) for path in paths if path.suffix == ".parquet" or path.is_dir()]
        if len(kept) != len(paths):
            raise FileUnreadable(file=", ".join(str(path) for path in paths))
        frame = con._session.read.option("recursiveFileLookup", "true").parquet(*kept)
        frame.createOrReplaceTempView(f"file_{name}")
        found.append(typed(table_named(name), con.table(f"file_{name}"), engine="spark"))
    return found
