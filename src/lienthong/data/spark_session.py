"""The one Spark session of a process, whichever part of the data plane asks for it first."""

import os
import sys
from importlib import import_module
from typing import Any


def spark_session(threads: int | None) -> Any:
    """The session that was started with spark-submit, else one of this machine's. `threads` None: all cores."""
    spark = import_module("pyspark.sql").SparkSession
    made = spark.getActiveSession()
    if made is None:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # its workers need our packages, too
        made = (
            spark.builder.appName("lienthong")
            .config("spark.master", f"local[{threads or '*'}]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", str(threads * 2 if threads else 8))
            .config("spark.sql.maxPlanStringLength", "10000")
            .config("spark.sql.session.timeZone", "Asia/Ho_Chi_Minh")
            .getOrCreate()
        )
    made.sparkContext.setLogLevel("ERROR")
    return made
