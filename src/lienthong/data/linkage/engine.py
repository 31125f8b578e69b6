"""Where the buckets are decided: here, or on the machines of a Spark cluster. What is decided is the same."""

import os
import shutil
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from lienthong.data.linkage.bucket import Job, decide, opened_register
from lienthong.kit.errors import Refused, said

Engine = Callable[[Job, list[int]], Iterator[int]]
"""Decides the buckets of these numbers and names each when it is kept."""


class EngineUnknown(Refused):
    sentence = said("Chưa có bộ máy ghép {engine}; hãy dùng duckdb hoặc spark.")


class EngineMissing(Refused):
    sentence = said("Máy này chưa có Spark hoặc Java. Cài `lienthong[spark]` và Java 17, hoặc dùng duckdb.")


def is_spark_here() -> bool:
    """Whether Spark and a Java to run it are installed."""
    return find_spec("pyspark") is not None and bool(shutil.which("java") or os.environ.get("JAVA_HOME"))


def here(job: Job, numbers: list[int]) -> Iterator[int]:
    """One bucket after another in this process."""
    if numbers:
        register = opened_register(job)
        for number in numbers:
            yield decide(job, register, number)


def engine_of(name: str, threads: int | None) -> Engine:
    """Raises EngineUnknown, EngineMissing."""
    if name == HERE:
        return here
    if name != "spark":
        raise EngineUnknown(engine=name)
    if not is_spark_here():
        raise EngineMissing
    made: Engine = import_module("lienthong.data.linkage.spark").on_spark(threads)
    return made


HERE: Final = "duckdb"
"""DuckDB reads what is CSV; our own kernels compare."""
