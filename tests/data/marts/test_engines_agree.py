"""DuckDB and Spark count the same from one definition, cell by cell."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.marts.rows import AS_OF, make
from lienthong.data.marts.cells import leaves
from lienthong.data.marts.counters import PREPARE, Terms
from lienthong.data.marts.reading import connect, read
from lienthong.data.marts.spark import connect_spark, is_here, read_by_spark
from lienthong.kit.calendar import Calendar

needs_spark = pytest.mark.skipif(not is_here(), reason="no Spark or no Java: `pip install lienthong[spark]`")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    folder = tmp_path_factory.mktemp("engines")
    for name, rows in make(766, 2000).items():
        pq.write_table(pa.Table.from_pylist(rows), folder / f"{name}.parquet")
    return {path.stem: [path] for path in folder.iterdir()}


def cells(rows: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    return {tuple(sorted((k, str(v)) for k, v in row.items())) for row in rows}


@needs_spark
@pytest.mark.filterwarnings("ignore")  # Spark's own, of its Python and of pandas
def test_every_leaf_is_the_same_on_both_engines(files: dict[str, list[Path]]) -> None:
    duck, spark = connect(), connect_spark()
    terms = Terms(AS_OF, Calendar.official())
    ours = {name: read(duck, name, *paths) for name, paths in files.items()}
    theirs = {source.table.name: source for source in read_by_spark(spark, files)}
    compared = 0
    for name, by in (*((name, "agency") for name in PREPARE), ("dossiers", "unit")):
        here = duck.to_pyarrow(leaves(ours[name], terms, by=by)).to_pylist()
        there = spark.to_pyarrow(leaves(theirs[name], terms, by=by)).to_pylist()
        assert cells(here) == cells(there), (name, by)
        compared += len(here)
    assert compared > 250
