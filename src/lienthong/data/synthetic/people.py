"""Invented people in the shape of PEOPLE. Every personal number begins with 099, which nobody was given."""

from pathlib import Path
from typing import Final

import duckdb

from lienthong.data.synthetic.draws import draw, falling, one_of, share, spread, words

AS_OF: Final = "DATE '2026-11-01'"
TWINS: Final = 0.008
NAMESAKES: Final = 0.0005


def full_name(row: str, kin: str, female: str, seed: int) -> str:
    """A name: the family from `kin`, the rest from `row`. Both are rows (SQL expressions)."""
    lists = words()
    family = one_of(spread(lists["families"]), draw(kin, 1, seed))
    male_middle = one_of(spread(lists["male_middles"]), draw(row, 2, seed))
    female_middle = one_of(spread(lists["female_middles"]), draw(row, 2, seed))
    male, woman = (falling(lists[name], draw(row, 3, seed)) for name in ("male_givens", "female_givens"))
    double = f"({draw(row, 4, seed)} % 100) < 12"
    again = one_of(lists["female_givens"][:60], draw(row, 5, seed))
    return (
        f"concat_ws(' ', {family}, CASE WHEN {female} THEN {female_middle} ELSE {male_middle} END, "
        f"CASE WHEN {female} AND {double} THEN {again} END, CASE WHEN {female} THEN {woman} ELSE {male} END)"
    )


def people_query(first: int, past: int, seed: int) -> str:
    """Rows first to past: every column of PEOPLE but the personal number's serial, and `row`."""
    age = share("born_as", 10, seed)
    days = f"CAST(365.25 * CASE WHEN {age} < 0.95 THEN 76 * {age} ELSE 72 + 28 * power(({age} - 0.95) / 0.05, 1.6) END AS INTEGER)"
    point = share("i", 11, seed)
    return f"""
    SELECT i, female, born, {full_name("named_as", "kin_as", "female", seed)} AS full_name,
        CASE WHEN {share("i", 12, seed)} < 0.93 THEN {full_name("mother_as", "mother_as + 7", "TRUE", seed + 1)} END AS mother_name,
        {draw("home_as", 13, seed)} AS home,
        CASE WHEN year(born) < 1965 AND {point} < 0.06 THEN 'year' WHEN year(born) < 1980 AND {point} < 0.07 THEN 'month' ELSE 'day' END AS birth_precision,
        CASE WHEN {share("i", 14, seed)} < 0.04 + CASE WHEN year(born) < 1950 THEN 0.25 ELSE 0 END THEN 'dead'
            WHEN {share("i", 15, seed)} < 0.002 THEN 'missing' WHEN {share("i", 16, seed)} < 0.006 THEN 'emigrated' ELSE 'alive' END AS status,
        CASE WHEN year(born) < 2007 AND {share("i", 17, seed)} < 0.75
            THEN lpad(CAST((CAST(i AS HUGEINT) * 387420489 + 12345 + {seed}) % 1000000000 AS VARCHAR), 9, '0') END AS old_number
    FROM (
        SELECT *, CAST({AS_OF} - INTERVAL 1 DAY * {days} AS DATE) AS born, ({draw("sexed_as", 18, seed)} % 2) = 1 AS female
        FROM (
            SELECT i, CASE WHEN twin OR namesake THEN i - 1 ELSE i END AS born_as, CASE WHEN twin OR namesake THEN i - 1 ELSE i END AS home_as,
                CASE WHEN namesake THEN i - 1 ELSE i END AS named_as, CASE WHEN namesake THEN i - 1 ELSE i END AS sexed_as,
                CASE WHEN twin OR namesake THEN i - 1 ELSE i END AS kin_as, CASE WHEN twin THEN i - 1 ELSE i END AS mother_as
            FROM (
                SELECT i, i % 2 = 1 AND point < {TWINS} AS twin, i % 2 = 1 AND point >= {TWINS} AND point < {TWINS + NAMESAKES} AS namesake
                FROM (SELECT range AS i, {share("range", 19, seed)} AS point FROM range({first}, {past})) AS r
            ) AS t
        ) AS a
    ) AS b"""


def numbered(query: str, seed: int) -> str:
    """With the personal number: no two alike within a year of birth and a sex."""
    century = "(CAST(year(born) AS INTEGER) // 100 - 19) * 2 + CASE WHEN female THEN 1 ELSE 0 END"
    serial = "(row_number() OVER (PARTITION BY year(born), female ORDER BY i) * 7919 + year(born) * 31 + {seed}) % 1000000"
    return (
        f"SELECT *, concat('099', {century}, lpad(CAST(year(born) % 100 AS VARCHAR), 2, '0'), "
        f"lpad(CAST({serial.format(seed=seed)} AS VARCHAR), 6, '0')) AS personal_number FROM ({query}) AS p"
    )


def write_people(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    count: int,
    strangers: int,
    seed: int,
    communes: list[str],
) -> None:
    """PEOPLE as Parquet: `count` rows, then `strangers` more in <name>.strangers.parquet, who are in no register."""
    rows = numbered(people_query(0, count + strangers, seed), seed)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE made AS {rows}")
    shown = f"""SELECT i, personal_number, old_number, full_name,
        CASE birth_precision WHEN 'year' THEN CAST(date_trunc('year', born) AS DATE) WHEN 'month' THEN CAST(date_trunc('month', born) AS DATE) ELSE born END AS birth_date,
        birth_precision, CASE WHEN female THEN 'female' ELSE 'male' END AS sex, {one_of(communes, "home")} AS commune_code, mother_name, status
        FROM made"""
    for name, where in ((path, f"i < {count}"), (strangers_of(path), f"i >= {count}")):
        connection.execute(
            f"COPY (SELECT * EXCLUDE (i) FROM ({shown}) AS s WHERE {where} ORDER BY i) TO '{name}' (FORMAT parquet, COMPRESSION zstd)"
        )
    connection.execute("DROP TABLE made")


def strangers_of(path: Path) -> Path:
    return path.with_suffix(".strangers.parquet")
