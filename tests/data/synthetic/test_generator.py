"""Invented people and records: the same at every run, in the shape of the schema, the truth kept apart."""

from pathlib import Path

import duckdb
import pytest

from lienthong.data.linkage.inputs import PEOPLE, RECORDS
from lienthong.data.synthetic.people import strangers_of, write_people
from lienthong.data.synthetic.records import truth_of, write_records

UNITS = [("09999", "00010"), ("00004", "00004")]
COMMUNES = ["00004", "00010", "00013"]


def made(place: Path, seed: int) -> Path:
    place.mkdir(exist_ok=True)
    with duckdb.connect(config={"threads": 1}) as connection:
        people, records = place / "people.parquet", place / "records.parquet"
        write_people(connection, people, count=3000, strangers=100, seed=seed, communes=COMMUNES)
        write_records(connection, records, people, count=2000, seed=seed, units=UNITS, communes=COMMUNES)
    return place


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("made"), 3)


def test_the_same_seed_gives_the_same_rows_and_another_gives_others(place: Path, tmp_path: Path) -> None:
    again, other = made(tmp_path / "again", 3), made(tmp_path / "other", 4)
    for name in ("people.parquet", "records.parquet", "records.truth.parquet"):
        rows = [duckdb.execute(f"SELECT * FROM '{one / name}'").fetchall() for one in (place, again, other)]
        assert rows[0] == rows[1]
        assert rows[0] != rows[2]


def test_people_are_invented_unique_and_in_shape(place: Path) -> None:
    found = duckdb.sql(f"SELECT * FROM '{place}/people.parquet'")
    assert tuple(found.columns) == PEOPLE or set(found.columns) == set(PEOPLE)
    count, unique, invented, right = duckdb.execute(
        "SELECT count(*), count(DISTINCT personal_number), count(*) FILTER (personal_number LIKE '099%'), "
        "count(*) FILTER (CAST(substr(personal_number, 4, 1) AS INTEGER) % 2 = CASE sex WHEN 'female' THEN 1 ELSE 0 END "
        "AND right(CAST(year(birth_date) AS VARCHAR), 2) = substr(personal_number, 5, 2)) "
        f"FROM '{place}/people.parquet'"
    ).fetchone()  # type: ignore[misc]  # one row is always there
    assert (count, unique, invented, right) == (3000, 3000, 3000, 3000)


def test_records_are_text_and_their_truth_is_in_another_file(place: Path) -> None:
    found = duckdb.sql(f"SELECT * FROM '{place}/records.parquet'")
    assert set(found.columns) == set(RECORDS)
    assert {str(kind) for kind in found.types} == {"VARCHAR"}
    kinds = dict(
        duckdb.execute(
            f"SELECT kind, count(*) FROM '{truth_of(place / 'records.parquet')}' GROUP BY kind"
        ).fetchall()
    )
    assert set(kinds) == {"person", "repeat", "wrong_facts", "stranger", "no_person", "incomplete"}
    assert sum(kinds.values()) == 2000


def test_strangers_are_in_no_register(place: Path) -> None:
    both = duckdb.execute(
        f"SELECT count(*) FROM '{place}/people.parquet' JOIN '{strangers_of(place / 'people.parquet')}' USING (personal_number)"
    ).fetchone()
    assert both == (0,)
