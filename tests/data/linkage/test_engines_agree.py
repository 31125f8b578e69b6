"""DuckDB and Spark give the same verdicts, record for record, from one definition."""

import os
import sys
from importlib import import_module
from pathlib import Path

import duckdb
import pytest

from data.linkage.cases import write
from lienthong.data.linkage import LinkSettings, link
from lienthong.data.linkage.engine import is_spark_here
from lienthong.data.synthetic.people import write_people
from lienthong.data.synthetic.records import write_records

needs_spark = pytest.mark.skipif(
    not is_spark_here(), reason="no Spark or no Java: `pip install lienthong[spark]`, Java 17"
)
COMMUNES = ["00004", "00010", "00013", "00016"]
UNITS = [("09999", "00010"), ("09998", "00004")]


def start_small() -> None:
    """A session for a few hundred rows, where compiling a query costs more than running it."""
    session = import_module("pyspark.sql").SparkSession.builder.master("local[1]")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    for name, value in {
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.session.timeZone": "Asia/Ho_Chi_Minh",
        "spark.sql.shuffle.partitions": "1",
        "spark.ui.enabled": "false",
    }.items():
        session = session.config(name, value)
    session.getOrCreate()


@needs_spark
@pytest.mark.filterwarnings("ignore")  # Spark's own, of its Python and of pandas
def test_every_verdict_is_the_same_on_both_engines(tmp_path: Path) -> None:
    start_small()
    people, records = tmp_path / "people.parquet", tmp_path / "records.parquet"
    with duckdb.connect(config={"threads": 1}) as connection:
        write_people(connection, people, count=400, strangers=100, seed=5, communes=COMMUNES)
        write_records(connection, records, people, count=300, seed=5, units=UNITS, communes=COMMUNES)
    units = write(tmp_path / "units.csv", ("predecessor", "successor"), UNITS)
    found = {}
    for engine in ("duckdb", "spark"):
        settings = LinkSettings(engine=engine, units=units, threads=1)
        summary = link(records, people, tmp_path / engine, settings=settings)
        rows = duckdb.execute("SELECT * FROM read_parquet(?)", [summary.verdicts_path]).fetchall()
        found[engine] = (rows, summary.verdicts, summary.by_source)
    assert found["spark"] == found["duckdb"]
    assert len({verdict for _, verdict, *_ in found["duckdb"][0]}) >= 7
