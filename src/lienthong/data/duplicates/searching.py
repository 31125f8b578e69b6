"""The search: a grouped query for each block, the levels of agreement, their weights, the twins left out."""

import math
import tempfile
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from string import Template
from typing import Final

import duckdb

from lienthong.data.intake.canon import fold_sql


@dataclass(frozen=True, slots=True)
class Settings:
    """What agreement weighs, in bits. Names, mothers and communes weigh by how rare they are in this register."""

    least: float = 3.0
    """Pairs below are not proposed: about nine in ten above it would have to be one person."""
    most: int = 10_000
    """So many pairs are kept, the heaviest; a desk cannot look at more."""
    widest: int = 50
    """A block of more people says nothing of any two of them: a placeholder, or a year alone."""
    memory: str = "1GB"
    threads: int = 1
    twice: float = 0.001
    """The share of people expected to be in the register twice."""
    neighbours: int = 9
    """Personal numbers no further apart were given at one table, one after another."""

    same_day: float = 14.0
    """log2 of the days of a lifetime; the day is one of some 20,000 to 30,000."""
    same_month: float = 9.0
    same_year: float = 6.0
    swapped: float = 8.5
    one_digit: float = 6.0
    other_year: float = 6.0
    """Day and month agree, the year is near or has its figures in each other's place."""
    years_apart: int = 10
    other_day: float = -7.0
    most_name: float = 17.0
    without_marks: float = -1.0
    one_letter: float = -5.0
    one_word: float = -4.0
    other_name: float = -9.0
    most_mother: float = 12.0
    parent_marks: float = -0.5
    parent_letter: float = -4.0
    other_mother: float = -7.0
    most_father: float = 4.0
    """Brothers share a father as they share a mother: beside a mother he adds little."""
    other_father: float = -5.0
    most_commune: float = 10.0
    other_commune: float = -2.0
    same_old: float = 22.0
    near_old: float = 6.0
    other_old: float = -3.0
    """Old numbers were given by provinces, and anew after a move: two people of one number are rarer than the reverse."""
    same_sex: float = 1.0
    other_sex: float = -8.0


@dataclass(frozen=True, slots=True)
class Found:
    people: int
    pairs: int
    twins: int
    cut: int
    too_wide: int


BLOCKS: Final = {
    "name and day": ("hash(folded, born)", "precision = 'day'"),
    "name, year and mother": ("hash(folded, year(born), mother)", "mother <> ''"),
    "day and mother": ("hash(born, mother)", "precision = 'day' AND mother <> ''"),
    "name, mother, day and month": (
        "hash(folded, mother, month(born), day(born))",
        "precision = 'day' AND mother <> '' AND NOT (month(born) = 1 AND day(born) = 1)",
    ),
}
"""Key and whom it is asked of. The first of January is what many write who know the year alone. "Day, mother" holds "day,
commune, mother": who moved between two entries is found too."""


def search(people: Path, out: Path, *, settings: Settings | None = None) -> Found:
    """Write the pairs of `people` to `out`, the heaviest first. Memory is bounded; the rest goes to disk beside `out`."""
    told = settings or Settings()
    with (
        tempfile.TemporaryDirectory(prefix="duplicates-", dir=out.parent) as folder,
        closing(duckdb.connect(str(Path(folder) / "work.duckdb"))) as db,
    ):
        db.execute(f"SET memory_limit = '{told.memory}'; SET threads = {told.threads:d}")
        db.execute(f"SET temp_directory = '{folder}'; SET preserve_insertion_order = false")
        db.execute(
            TAKE.substitute(
                path=str(people).replace("'", "''"),
                mother=fold_sql("mother_name"),
                father=fold_sql("father_name"),
            )
        )
        count = _one(db, "SELECT count(*) FROM people")
        too_wide = _blocks(db, told)
        facts: dict[str, object] = {one.name: getattr(told, one.name) for one in fields(told)}
        facts |= {"prior": math.log2(count + 1) - math.log2(2 * told.twice), "count": max(count, 2)}
        for step in (COUNT, LEVELS, WEIGH):
            db.execute(step.substitute(facts))
        twins = _one(db, "SELECT count(*) FROM weighed WHERE twins")
        whole = _one(db, "SELECT count(*) FROM weighed WHERE NOT twins")
        db.execute(WRITE.substitute(facts, path=str(out).replace("'", "''")))
    return Found(count, min(whole, told.most), twins, max(whole - told.most, 0), too_wide)


def _one(db: duckdb.DuckDBPyConnection, query: str) -> int:
    row = db.execute(query).fetchone()
    return int(row[0]) if row else 0


def _blocks(db: duckdb.DuckDBPyConnection, told: Settings) -> int:
    """Fill `pairs` block by block; gives how many blocks were too wide to say anything."""
    db.execute("CREATE TABLE pairs (a BIGINT, b BIGINT)")
    wide = 0
    sources = [(f"SELECT id, {key} AS key FROM people WHERE {asked}") for key, asked in BLOCKS.values()]
    sources.append(
        "SELECT id, hash(unnest(string_split(old_numbers, ' '))) AS key FROM people WHERE old_numbers <> ''"
    )
    for source in sources:
        db.execute(
            f"CREATE OR REPLACE TABLE block AS SELECT list(id) AS ids FROM ({source}) GROUP BY key HAVING count(*) > 1"
        )
        wide += _one(db, f"SELECT count(*) FROM block WHERE len(ids) > {told.widest:d}")
        db.execute(
            "INSERT INTO pairs SELECT least(a, b), greatest(a, b) FROM (SELECT ids, a, unnest(ids) AS b FROM"
            f" (SELECT ids, unnest(ids) AS a FROM block WHERE len(ids) <= {told.widest:d})) WHERE a < b"
        )
    db.execute(
        "CREATE OR REPLACE TABLE block AS SELECT DISTINCT a, b FROM pairs; DROP TABLE pairs; ALTER TABLE block RENAME TO pairs"
    )
    return wide


TAKE: Final = Template("""
CREATE TABLE people AS SELECT row_number() OVER () AS id, personal_number AS number, trim(old_numbers) AS old_numbers,
    lower(full_name) = search_key AS bare, search_key AS folded, sort_key AS spelt, split_part(sort_key, ' ', 1) AS given,
    birth_date AS born, birth_precision AS precision, sex, commune, lower(mother_name) AS mother_spelt, $mother AS mother,
    lower(father_name) AS father_spelt, $father AS father
FROM read_parquet('$path')
""")

COUNT: Final = Template("""
CREATE TABLE likely AS SELECT p.a, p.b FROM pairs p JOIN people a ON a.id = p.a JOIN people b ON b.id = p.b
    WHERE a.sex = b.sex OR 'undetermined' IN (a.sex, b.sex)
        OR (a.old_numbers <> '' AND list_has_any(string_split(a.old_numbers, ' '), string_split(b.old_numbers, ' ')));
CREATE TABLE asked AS SELECT * FROM people WHERE id IN (SELECT a FROM likely UNION ALL SELECT b FROM likely);
CREATE TABLE names AS SELECT folded, count(*) AS n FROM people SEMI JOIN (SELECT DISTINCT folded FROM asked) USING (folded) GROUP BY folded;
CREATE TABLE spellings AS SELECT spelt, count(*) AS n FROM people SEMI JOIN (SELECT DISTINCT spelt FROM asked) USING (spelt) GROUP BY spelt;
CREATE TABLE givens AS SELECT given, count(*) AS n FROM people GROUP BY given;
CREATE TABLE mothers AS SELECT mother, count(*) AS n FROM people SEMI JOIN (SELECT DISTINCT mother FROM asked) USING (mother) GROUP BY mother;
CREATE TABLE fathers AS SELECT father, count(*) AS n FROM people SEMI JOIN (SELECT DISTINCT father FROM asked) USING (father) GROUP BY father;
CREATE TABLE communes AS SELECT commune, count(*) AS n FROM people GROUP BY commune;
CREATE TABLE known AS SELECT asked.*, names.n AS folded_n, spellings.n AS spelt_n, givens.n AS given_n, mothers.n AS mother_n,
        fathers.n AS father_n, communes.n AS commune_n
    FROM asked JOIN names USING (folded) JOIN spellings USING (spelt) JOIN givens USING (given) JOIN mothers USING (mother)
    JOIN fathers USING (father) JOIN communes USING (commune);
""")

LEVELS: Final = Template("""
CREATE MACRO letter(x, y) AS length(x) >= 6 AND abs(length(x) - length(y)) <= 1 AND damerau_levenshtein(x, y) = 1;
CREATE MACRO extra_word(x, y) AS len(string_split(x, ' ')) = len(string_split(y, ' ')) + 1
    AND list_has_all(string_split(x, ' '), string_split(y, ' '))
    AND split_part(x, ' ', 1) = split_part(y, ' ', 1) AND split_part(x, ' ', -1) = split_part(y, ' ', -1);
CREATE MACRO parent(x, y, x_spelt, y_spelt) AS CASE WHEN x = '' OR y = '' THEN 'unknown' WHEN x_spelt = y_spelt THEN 'same'
    WHEN x = y THEN 'marks' WHEN letter(x, y) THEN 'letter' ELSE 'other' END;
CREATE MACRO near_year(x, y) AS strftime(x, '%m%d') = strftime(y, '%m%d') AND strftime(x, '%m%d') <> '0101'
    AND (abs(year(x) - year(y)) <= $years_apart OR (year(x) // 100 = year(y) // 100 AND strftime(x, '%y') = reverse(strftime(y, '%y'))));
CREATE MACRO old_one(x) AS split_part(x, ' ', 1);
CREATE TABLE levels AS SELECT a.number AS number_a, b.number AS number_b, a.commune AS commune_a, b.commune AS commune_b,
    CASE WHEN a.spelt = b.spelt THEN 'same' WHEN a.folded = b.folded AND (a.bare OR b.bare) THEN 'bare'
        WHEN a.folded = b.folded THEN 'marks' WHEN letter(a.folded, b.folded) THEN 'letter'
        WHEN extra_word(a.folded, b.folded) OR extra_word(b.folded, a.folded) THEN 'word' ELSE 'other' END AS name,
    CASE WHEN a.precision = 'day' AND b.precision = 'day' THEN
            CASE WHEN a.born = b.born THEN 'same'
                WHEN year(a.born) <> year(b.born) THEN CASE WHEN near_year(a.born, b.born) THEN 'year' ELSE 'other' END
                WHEN day(a.born) = month(b.born) AND month(a.born) = day(b.born) THEN 'swapped'
                WHEN hamming(strftime(a.born, '%m%d'), strftime(b.born, '%m%d')) = 1 THEN 'digit' ELSE 'other' END
        WHEN year(a.born) = year(b.born) AND ('year' IN (a.precision, b.precision) OR month(a.born) = month(b.born)) THEN 'part'
        ELSE 'other' END AS birth,
    'year' IN (a.precision, b.precision) AS by_year,
    CASE WHEN a.sex = b.sex THEN 'same' WHEN 'undetermined' IN (a.sex, b.sex) THEN 'unknown' ELSE 'other' END AS sex,
    parent(a.mother, b.mother, a.mother_spelt, b.mother_spelt) AS mother,
    parent(a.father, b.father, a.father_spelt, b.father_spelt) AS father,
    CASE WHEN a.old_numbers = '' OR b.old_numbers = '' THEN 'unknown'
        WHEN list_has_any(string_split(a.old_numbers, ' '), string_split(b.old_numbers, ' ')) THEN 'same'
        WHEN hamming(old_one(a.old_numbers), old_one(b.old_numbers)) = 1 THEN 'digit' ELSE 'other' END AS old,
    CASE WHEN a.commune = '' OR b.commune = '' THEN 'unknown' WHEN a.commune = b.commune THEN 'same' ELSE 'other' END AS commune,
    greatest(a.folded_n, b.folded_n) AS folded_n, greatest(a.spelt_n, b.spelt_n) AS spelt_n,
    greatest(a.mother_n, b.mother_n) AS mother_n, greatest(a.father_n, b.father_n) AS father_n, a.commune_n AS commune_n,
    a.given <> b.given AS other_given,
    least(a.given_n, b.given_n) <= 1 + $count / 1000000 AND greatest(a.given_n, b.given_n) >= 5 AS given_of_nobody,
    a.number[1:6] = b.number[1:6] AND abs(CAST(a.number[7:] AS INTEGER) - CAST(b.number[7:] AS INTEGER)) <= $neighbours AS side_by_side
FROM likely p JOIN known a ON a.id = p.a JOIN known b ON b.id = p.b
""")
"""Twins share day, mother and mostly commune; what tells them from a slip of the keyboard is the given name. A name
written without any marks is no other name, and a given name that nobody else bears is a slip."""

WEIGH: Final = Template("""
CREATE MACRO rare(n, most) AS least(log2($count / n), most);
CREATE TABLE bits AS SELECT *,
    CASE name WHEN 'same' THEN rare(spelt_n, $most_name) WHEN 'bare' THEN rare(folded_n, $most_name) + $without_marks
        WHEN 'marks' THEN rare(folded_n, $most_name) + $without_marks WHEN 'letter' THEN rare(folded_n, $most_name) + $one_letter
        WHEN 'word' THEN rare(folded_n, $most_name) + $one_word ELSE $other_name END AS name_bits,
    CASE birth WHEN 'same' THEN $same_day WHEN 'part' THEN CASE WHEN by_year THEN $same_year ELSE $same_month END
        WHEN 'swapped' THEN $swapped WHEN 'digit' THEN $one_digit WHEN 'year' THEN $other_year ELSE $other_day END AS birth_bits,
    CASE sex WHEN 'same' THEN $same_sex WHEN 'other' THEN $other_sex ELSE 0 END AS sex_bits,
    CASE mother WHEN 'same' THEN rare(mother_n, $most_mother) WHEN 'marks' THEN rare(mother_n, $most_mother) + $parent_marks
        WHEN 'letter' THEN rare(mother_n, $most_mother) + $parent_letter WHEN 'other' THEN $other_mother ELSE 0 END AS mother_bits,
    CASE father WHEN 'unknown' THEN 0 WHEN 'other' THEN $other_father ELSE rare(father_n, $most_father)
        + CASE father WHEN 'marks' THEN $parent_marks WHEN 'letter' THEN $parent_letter ELSE 0 END END AS father_bits,
    CASE old WHEN 'same' THEN $same_old WHEN 'digit' THEN $near_old WHEN 'other' THEN $other_old ELSE 0 END AS old_bits,
    CASE commune WHEN 'same' THEN rare(commune_n, $most_commune) WHEN 'other' THEN $other_commune ELSE 0 END AS commune_bits
FROM levels;
CREATE TABLE weighed AS SELECT *, round(name_bits + birth_bits + sex_bits + mother_bits + father_bits + old_bits + commune_bits - ($prior), 1) AS weight,
    birth = 'same' AND mother IN ('same', 'marks', 'letter') AND old <> 'same' AND name NOT IN ('same', 'bare')
        AND (side_by_side OR (other_given AND NOT given_of_nobody)) AS twins
FROM bits
WHERE (name <> 'other' OR old = 'same') AND (twins OR weight >= $least)
    AND (mother IN ('same', 'marks', 'letter') OR father IN ('same', 'marks') OR old = 'same'
        OR (commune = 'same' AND mother = 'unknown'));
""")
"""A name and a day of birth alone never make a pair: a parent or an old number agrees beside them, or a commune
where no mother tells two namesakes apart."""

WRITE: Final = Template("""
COPY (
    SELECT least(number_a, number_b) AS one, greatest(number_a, number_b) AS other,
        CASE WHEN number_a < number_b THEN commune_a ELSE commune_b END AS one_commune,
        CASE WHEN number_a < number_b THEN commune_b ELSE commune_a END AS other_commune, weight, CAST(spelt_n AS INTEGER) AS bearers,
        CAST(to_json([
            ['full_name', name, CAST(round(name_bits, 1) AS VARCHAR)], ['birth', birth, CAST(round(birth_bits, 1) AS VARCHAR)],
            ['sex', sex, CAST(round(sex_bits, 1) AS VARCHAR)], ['mother_name', mother, CAST(round(mother_bits, 1) AS VARCHAR)],
            ['father_name', father, CAST(round(father_bits, 1) AS VARCHAR)], ['old_number', old, CAST(round(old_bits, 1) AS VARCHAR)],
            ['commune', commune, CAST(round(commune_bits, 1) AS VARCHAR)]
        ]) AS VARCHAR) AS evidence
    FROM weighed WHERE NOT twins ORDER BY weight DESC, one, other LIMIT $most
) TO '$path' (FORMAT parquet)
""")
