"""Invented records are the same however many of them are made at a time."""

from pathlib import Path

import duckdb
import pytest

from lienthong.data.synthetic import records
from lienthong.data.synthetic.people import write_people
from lienthong.data.synthetic.records import Kinds, truth_of, write_records

COMMUNES = ["00004", "00010", "00013", "00016"]
UNITS = [("09999", "00010"), ("09998", "00004")]


def test_a_part_at_a_time_gives_the_same_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people = tmp_path / "people.parquet"
    # A repeat is one only of a person three records before, whichever part that is in.
    kinds = Kinds(strangers=0.3, repeats=0.4)
    found = []
    with duckdb.connect(config={"threads": 1}) as connection:
        write_people(connection, people, count=400, strangers=100, seed=5, communes=COMMUNES)
        for at_a_time in (1000, 70):
            monkeypatch.setattr(records, "CHUNK", at_a_time)
            path = tmp_path / f"{at_a_time}.parquet"
            write_records(
                connection, path, people, count=300, seed=5, units=UNITS, communes=COMMUNES, kinds=kinds
            )
            found.append([
                connection.execute("SELECT * FROM read_parquet(?)", [str(one)]).fetchall() for one in (path, truth_of(path))
            ])  # fmt: skip
    assert found[0] == found[1]
    assert {kind for _, _, kind in found[0][1]} >= {"person", "repeat", "stranger"}
