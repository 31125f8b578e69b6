"""The stages on an engine: tables in, tables out."""

import os
import shutil
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from lienthong.data.linkage.duck import Duck
from lienthong.data.linkage.stages import Stages
from lienthong.kit.errors import Refused, said

if TYPE_CHECKING:
    from lienthong.data.linkage.run import LinkSettings


class EngineUnknown(Refused):
    sentence = said("Chưa có bộ máy ghép {engine}; hãy dùng duckdb hoặc spark.")


class EngineMissing(Refused):
    sentence = said("Máy này chưa có Spark hoặc Java. Cài `lienthong[spark]` và Java 17, hoặc dùng duckdb.")


def is_spark_here() -> bool:
    """Whether Spark and a Java to run it are installed."""
    return find_spec("pyspark") is not None and bool(shutil.which("java") or os.environ.get("JAVA_HOME"))


def open_engine(settings: "LinkSettings", work: Path, files: duckdb.DuckDBPyConnection) -> Stages:
    """Raises EngineUnknown, EngineMissing."""
    if settings.engine == "duckdb":
        return Duck(settings, work, files)
    if settings.engine != "spark":
        raise EngineUnknown(engine=settings.engine)
    if not is_spark_here():
        raise EngineMissing
    made: Stages = import_module("lienthong.data.linkage.spark").Spark(settings, work)
    return made
