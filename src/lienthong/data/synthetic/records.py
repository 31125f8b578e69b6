"""Dirty records of invented people in the shape of RECORDS, and, in a file of its own, whom each one means."""

import contextlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from lienthong.data.fonts.charmaps import encode
from lienthong.data.synthetic.draws import choice, draw, listed, one_of, share, words
from lienthong.data.synthetic.people import strangers_of

SOURCES: Final = ("bao-hiem-y-te", "nguoi-lao-dong", "hoi-nong-dan")
POINTS: Final = (31, 33, 34, 36, 37, 39, 41, 44)
"""Salts of the shares that choose between many cases: worked out once a row, as columns p31 and so on."""
CHUNK: Final = 5_000_000
"""Records made at a time."""
ROW_GROUP: Final = 122_880
RECORD: Final = (
    "record_id, personal_number, old_number, full_name, birth_date, sex, commune_code, mother_name, source"
)
TRUTH: Final = "record_id, truth AS personal_number, kind"
LETTERS: Final = [*"aeiounhtgcm"]
_SMALL: Final = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_MARKED: Final = [*_SMALL, *_SMALL.upper()]


@dataclass(frozen=True)
class Kinds:
    """Shares of what a record is; the rest are people of the register."""

    strangers: float = 0.03
    no_persons: float = 0.008
    incomplete: float = 0.006
    repeats: float = 0.015
    wrong_facts: float = 0.02


def _nested(text: str, pairs: list[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = f"replace({text}, '{old}', '{new}')"
    return text


def _decomposed(text: str) -> str:
    return _nested(
        text, [(letter, unicodedata.normalize("NFD", letter)) for letter in _MARKED if letter not in "đĐ"]
    )


def _in_vni(text: str) -> str:
    """First each letter as a private one, then each of those as its pair, so that no pair is read again."""
    private = [chr(0xE000 + n) for n in range(len(_MARKED))]
    text = f"translate({text}, '{''.join(_MARKED)}', '{''.join(private)}')"
    return _nested(
        text, [(sign, encode(letter, "vni")) for sign, letter in zip(private, _MARKED, strict=True)]
    )


def _in_tcvn3(text: str) -> str:
    pairs = {letter: encode(letter, "tcvn3") for letter in _MARKED}
    return f"translate({text}, '{''.join(pairs)}', '{''.join(pairs.values())}')"


def _tone_second(text: str) -> str:
    rows = {"oa": ("òóỏõọ", "àáảãạ"), "oe": ("òóỏõọ", "èéẻẽẹ"), "uy": ("ùúủũụ", "ỳýỷỹỵ")}
    pairs = [
        (f"{first}{pair[1]} ", f"{pair[0]}{second} ")
        for pair, (firsts, seconds) in rows.items()
        for first, second in zip(firsts, seconds, strict=True)
    ]
    return f"trim({_nested(f'concat({text}, chr(32))', pairs)})"


def _bare(text: str) -> str:
    return f"replace(replace(strip_accents({text}), 'đ', 'd'), 'Đ', 'D')"


def _typo(text: str, number: str) -> str:
    """One letter put in place of another, never in the first."""
    place = f"(2 + CAST({number} % (length({text}) - 1) AS INTEGER))"
    return f"concat(left({text}, {place} - 1), {one_of(LETTERS, f'({number} >> 16)')}, substr({text}, {place} + 1))"


def _name(text: str, seed: int) -> str:
    point, number = "p31", draw("r", 32, seed)
    return choice(point, [
        (0.50, text), (0.14, _bare(text)), (0.09, f"upper({text})"), (0.07, _tone_second(text)),
        (0.05, _decomposed(text)), (0.03, f"lower({text})"), (0.02, _in_tcvn3(text)), (0.015, _in_vni(text)),
        (0.02, _typo(text, number)), (0.01, f"concat(split_part({text}, ' ', 1), ' ', split_part({text}, ' ', -1))"),
        (0.02, f"concat(' ', replace({text}, ' ', '  '))"), (0.015, f"upper({_bare(text)})"), (0.02, text),
    ])  # fmt: skip


def _birth() -> str:
    point = "p33"
    day, month, year = (
        "lpad(CAST(day(born) AS VARCHAR), 2, '0')",
        "lpad(CAST(month(born) AS VARCHAR), 2, '0')",
        "CAST(year(born) AS VARCHAR)",
    )
    plain = f"concat_ws('/', {day}, {month}, {year})"
    whole = choice(point, [
        (0.52, plain), (0.12, f"concat_ws('-', {year}, {month}, {day})"), (0.06, f"concat_ws('-', day(born), month(born), right({year}, 2))"),
        (0.04, f"concat_ws('/', {month}, {day}, {year})"), (0.05, "CAST(date_diff('day', DATE '1899-12-30', born) AS VARCHAR)"),
        (0.04, f"concat_ws('.', day(born), month(born), {year})"), (0.03, f"concat({day}, {month}, {year})"), (0.03, year),
        (0.015, f"concat_ws('/', {month}, {year})"), (0.01, f"concat('01/01/', {year})"), (0.01, "NULL"), (0.005, "'01/01/1900'"),
        (0.01, f"concat('ngày ', day(born), ' tháng ', month(born), ' năm ', {year})"), (0.06, plain),
    ])  # fmt: skip
    return f"CASE birth_precision WHEN 'year' THEN {year} WHEN 'month' THEN concat_ws('/', {month}, {year}) ELSE {whole} END"


def _number(seed: int) -> str:
    point, number = "p34", draw("r", 35, seed)
    place = f"(4 + CAST({number} % 9 AS INTEGER))"
    digit = f"CAST((CAST(substr(pn, {place}, 1) AS INTEGER) + 1 + ({number} >> 8) % 9) % 10 AS VARCHAR)"
    swap = f"(3 + CAST({number} % 9 AS INTEGER))"
    return choice(point, [
        (0.77, "pn"), (0.035, f"concat(left(pn, {place} - 1), {digit}, substr(pn, {place} + 1))"),
        (0.015, f"concat(left(pn, {swap} - 1), substr(pn, {swap} + 1, 1), substr(pn, {swap}, 1), substr(pn, {swap} + 2))"),
        (0.04, "ltrim(pn, '0')"), (0.015, "concat(left(pn, 3), ' ', substr(pn, 4, 3), ' ', substr(pn, 7))"), (0.05, "NULL"),
        (0.035, "CASE WHEN old IS NULL THEN pn END"), (0.015, "coalesce(old, pn)"), (0.006, "one_filler"),
        (0.004, f"concat(left(pn, {place} - 1), substr(pn, {place} + 1))"), (0.015, "pn"),
    ])  # fmt: skip


def _old() -> str:
    """Given whenever the number is the part of those who have only the old one."""
    point, number = "p34", "p36"
    return f"CASE WHEN {point} >= 0.925 AND {point} < 0.960 OR {number} < 0.25 THEN CASE WHEN {number} < 0.06 THEN ltrim(old, '0') ELSE old END END"


def write_records(
    connection: duckdb.DuckDBPyConnection, path: Path, people: Path, *, count: int, seed: int,
    units: list[tuple[str, str]], communes: list[str], kinds: Kinds | None = None,
) -> None:  # fmt: skip
    """RECORDS as Parquet, and <name>.truth.parquet: record_id, personal_number (or none), kind.

    people: as `write_people` left it, with its strangers. units: pairs of an old commune code and
    what it is now. kind: person, repeat, wrong_facts, stranger, no_person, incomplete.
    """
    kinds = kinds or Kinds()
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE was AS SELECT unnest($a) AS old_code, unnest($b) AS now_code",
        {"a": [a for a, _ in units], "b": [b for _, b in units]},
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE former AS SELECT now_code, min(old_code) AS old_code FROM was WHERE old_code <> now_code GROUP BY now_code"
    )
    with contextlib.ExitStack() as files:
        writers = {
            columns: files.enter_context(
                pq.ParquetWriter(place, schema, compression="zstd", store_schema=False)
            )
            for columns, place, schema in (
                (RECORD, path, _texts(RECORD)),
                (TRUTH, truth_of(path), _texts(TRUTH)),
            )
        }
        for first in range(0, count, CHUNK):
            connection.execute(
                _drawn(people, rows=(first, min(first + CHUNK, count)), seed=seed, kinds=kinds)
            )
            connection.execute(_typed(seed, communes))
            connection.execute("DROP TABLE drawn")
            for columns, writer in writers.items():
                made = connection.execute(f"SELECT {columns} FROM typed ORDER BY r").to_arrow_reader(
                    ROW_GROUP
                )
                for batch in made:
                    writer.write_batch(batch)
    for table in ("typed", "was", "former"):
        connection.execute(f"DROP TABLE {table}")


def _texts(columns: str) -> pa.Schema:
    return pa.schema([(column.split()[-1], pa.string()) for column in columns.split(", ")])


def truth_of(path: Path) -> Path:
    return path.with_suffix(".truth.parquet")


def _drawn(people: Path, *, rows: tuple[int, int], seed: int, kinds: Kinds) -> str:
    """Which person each record is about: nobody twice in a source, but for repeats of the record 3 before."""
    strangers = strangers_of(people)
    first, past = rows
    point = share("r", 21, seed)
    kind = choice(point, [
        (kinds.strangers, "'stranger'"), (kinds.no_persons, "'no_person'"), (kinds.incomplete, "'incomplete'"),
        (kinds.repeats, "'repeat'"), (kinds.wrong_facts, "'wrong_facts'"), (1.0, "'person'"),
    ])  # fmt: skip
    return f"""
    CREATE OR REPLACE TEMP TABLE drawn AS
    WITH sizes AS (
        SELECT (SELECT count(*) FROM '{people}') AS n, (SELECT count(*) FROM '{strangers}') AS s
    ), rows AS (
        SELECT range AS r FROM range({first}, {past})
    ), kinds AS (
        SELECT r, CASE WHEN k.kind = 'repeat' AND before.kind <> 'person' THEN 'person' ELSE k.kind END AS kind
        FROM (SELECT r, {kind} AS kind FROM rows) AS k
        LEFT JOIN (SELECT r + 3 AS r, {kind} AS kind FROM (SELECT range AS r FROM range({max(first - 3, 0)}, {past})) AS b) AS before USING (r)
    ), whom AS (
        SELECT r, kind, CASE WHEN kind = 'stranger' THEN n + (r * 7 + 3) % s
            ELSE ((CASE WHEN kind = 'repeat' THEN r - 3 ELSE r END) // 3 * 104729
                + (CASE WHEN kind = 'repeat' THEN r - 3 ELSE r END) % 3 * 15485863 + {seed}) % n END AS i
        FROM kinds CROSS JOIN sizes
    ), everyone AS (
        SELECT file_row_number AS i, * EXCLUDE (file_row_number) FROM read_parquet('{people}', file_row_number = true)
        UNION ALL
        SELECT file_row_number + n AS i, * EXCLUDE (file_row_number, n, s) FROM read_parquet('{strangers}', file_row_number = true) CROSS JOIN sizes
    )
    SELECT w.r, w.kind, p.personal_number AS pn, p.old_number AS old, p.full_name AS name, p.birth_date AS born, p.birth_precision,
        p.sex, p.commune_code AS home, f.old_code AS former_home, p.mother_name AS mother
    FROM whom AS w JOIN everyone AS p ON w.i = p.i LEFT JOIN former AS f ON p.commune_code = f.now_code"""


def _typed(seed: int, communes: list[str]) -> str:
    lists = words()
    wrong = share("r", 41, seed)
    other_name = one_of(lists["male_givens"], draw("r", 42, seed))
    other_born = (
        f"CAST(born + INTERVAL 1 DAY * (400 + CAST({draw('r', 43, seed)} % 6000 AS INTEGER)) AS DATE)"
    )
    place = "p37"
    commune = choice(
        place,
        [
            (0.72, "home"),
            (0.11, one_of(communes, draw("r", 38, seed))),
            (0.07, "coalesce(former_home, home)"),
            (0.02, "ltrim(home, '0')"),
            (1.0, "NULL"),
        ],
    )
    mother = choice(
        "p39",
        [
            (0.6, "mother"),
            (0.1, _bare("mother")),
            (0.04, _typo("mother", draw("r", 40, seed))),
            (1.0, "NULL"),
        ],
    )
    sex = choice(
        "p44",
        [
            (0.5, "CASE sex WHEN 'male' THEN 'Nam' ELSE 'Nữ' END"),
            (0.3, "sex"),
            (0.002, "CASE sex WHEN 'male' THEN 'Nữ' ELSE 'Nam' END"),
            (1.0, "NULL"),
        ],
    )
    return f"""
    CREATE OR REPLACE TEMP TABLE typed AS
    SELECT r, concat('R', lpad(CAST(r AS VARCHAR), 9, '0')) AS record_id, list_extract({listed(list(SOURCES))}, 1 + CAST(r % 3 AS INTEGER)) AS source,
        CASE WHEN kind IN ('no_person', 'incomplete') THEN NULL WHEN kind = 'wrong_facts' THEN pn ELSE {_number(seed)} END AS personal_number,
        CASE WHEN kind IN ('no_person', 'incomplete', 'wrong_facts') THEN NULL ELSE {_old()} END AS old_number,
        CASE WHEN kind = 'no_person' THEN {one_of(lists["no_persons"], draw("r", 45, seed))}
            WHEN kind = 'incomplete' AND {wrong} < 0.5 THEN {one_of(["", "không", "chưa rõ", "Chưa cập nhật", "-"], draw("r", 46, seed))}
            ELSE {_name("name", seed)} END AS full_name,
        CASE WHEN kind = 'incomplete' AND {wrong} >= 0.4 THEN NULL WHEN kind = 'no_person' THEN NULL
            WHEN kind = 'wrong_facts' AND birth_precision <> 'day' THEN strftime({other_born}, '%d/%m/%Y')
            ELSE {_birth()} END AS birth_date,
        {sex} AS sex, {commune} AS commune_code, CASE WHEN kind <> 'no_person' THEN {mother} END AS mother_name,
        CASE WHEN kind IN ('person', 'repeat', 'wrong_facts') THEN pn END AS truth, kind
    FROM (
        SELECT * REPLACE (CASE WHEN kind = 'wrong_facts' AND {wrong} >= 0.5 THEN concat(split_part(name, ' ', 1), ' Xuân ', {other_name}, ' Khôi') ELSE name END AS name,
            CASE WHEN kind = 'wrong_facts' AND {wrong} < 0.5 THEN {other_born} ELSE born END AS born),
            {", ".join(f"{share('r', salt, seed)} AS p{salt}" for salt in POINTS)},
            {one_of(["000000001", "123456789012", "000000000000", "111111111111", "không có"], draw("r", 47, seed))} AS one_filler
        FROM drawn
    ) AS d"""
