"""The second step: a file and an accepted plan become the canonical Parquet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb
import pyarrow as pa

from lienthong.data.intake import blocks
from lienthong.data.intake.canon import (
    Choice,
    clean_sql,
    either,
    fold_sql,
    is_old_number,
    mark_cases,
    placeholder_sql,
    plain_sql,
    value_sql,
)
from lienthong.data.intake.errors import EmptyFile, NothingMapped, PlanDoesNotFit
from lienthong.data.intake.headers import find_heading
from lienthong.data.intake.inspecting import LIMITS, FileKind, Limits, content_hash
from lienthong.data.intake.opening import Opened, open_file
from lienthong.data.intake.plan import Plan
from lienthong.data.intake.rows import Row, tables_of, write_raw
from lienthong.data.intake.sql import AS_WRITTEN, GROUP, engine, ident, text
from lienthong.data.intake.textfiles import Dialect
from lienthong.data.sources import LINKAGE_FIELDS, Field, schema
from lienthong.kit.errors import said

NARROW: Final = 4
"""A table of fewer columns has no notes beside its records."""
KEPT: Final = 1000
"""Skipped and unreadable rows that are named one by one; all are counted."""
TIMES: Final = 4
"""A column whose texts come so often on average is worked out text by text, not row by row."""
MOST_TEXTS: Final = 300_000
"""Of a column, so that memory does not grow with the file."""


@dataclass(frozen=True, slots=True)
class Left:
    """A row that is not a record, and its first words."""

    row: int
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of a file. `rows` are records; `left` counts the rest by reason: blank, note, total, unreadable.

    `marks` counts remarks by (field, mark). `named` are the first rows left out, by row.
    """

    parquet: Path
    name: str
    schema: str
    content_hash: str
    plan: Plan
    rows: int
    left: Mapping[str, int]
    named: tuple[Left, ...]
    marks: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def received(self) -> int:
        """Rows under the heading that were not blank."""
        return self.rows + sum(count for reason, count in self.left.items() if reason != "blank")


def read(path: Path, plan: Plan, out: Path, *, name: str | None = None, limits: Limits = LIMITS) -> Reading:
    """Read the file as the plan says, into the Parquet `out`. Memory does not grow with the file.

    `name` is the sender's name of the file. Raises what `inspect` raises, NothingMapped, PlanDoesNotFit, EmptyFile.
    """
    name = name or path.name
    if not plan.mapping:
        raise NothingMapped(name=name)
    dialect = Dialect(plan.encoding, plan.delimiter) if plan.kind == FileKind.CSV else None
    opened = open_file(path, name, limits, dialect)
    if opened.kind != plan.kind:
        raise PlanDoesNotFit(name=name, why=said("loại tệp khác"))
    with TemporaryDirectory(prefix="intake-", dir=out.parent) as folder, engine() as db:
        raw = Path(folder) / "raw.parquet"
        total = write_raw(raw_tables(opened, plan), raw, len(plan.headers))
        if not total:
            raise EmptyFile(name=name)
        _canonical(db, raw, plan, out)
        left, named = _left(db, raw, plan)
        rows = _count(db, f"SELECT count(*) FROM read_parquet({text(out)})")
        marks = _marks(db, out, plan)
    return Reading(out, name, plan.schema, content_hash(path), plan, rows, left, named, marks)


def raw_tables(opened: Opened, plan: Plan) -> Iterator[pa.Table]:
    """Rows under the heading as received, in tables of a few thousand. Raises PlanDoesNotFit, EmptyFile."""
    width, before = len(plan.headers), plan.first_row - 1
    rows = opened.rows(plan.sheet, fill_merged=plan.fill_merged)
    heading = list(islice(rows, before))
    if len(heading) < before:
        raise EmptyFile(name=opened.name)
    if heading:
        _same_heading(heading, plan, opened.name)
    if not opened.dialect:
        yield from tables_of(rows, width)
        return
    for table in blocks.tables(opened.path, opened.dialect, width):
        yield table.slice(before) if before else table
        before = max(0, before - table.num_rows)


def _same_heading(rows: list[Row], plan: Plan, name: str) -> None:
    """The columns must stand where they stood when the plan was made: a moved column is never guessed."""
    found = find_heading(rows, len(plan.headers))
    if any(found.texts[index] != plan.headers[index] for index in plan.mapping):
        raise PlanDoesNotFit(name=name, why=said("tiêu đề các cột đã thay đổi"))


def _count(db: duckdb.DuckDBPyConnection, query: str) -> int:
    row = db.execute(query).fetchone()
    return int(row[0]) if row else 0


def choice_of(plan: Plan, index: int) -> Choice:
    return Choice(
        plan.charmaps.get(index, ""),
        plan.date_orders.get(index, ""),
        index in plan.typed_dates,
        index in plan.year_only,
        index in plan.zeros,
        index in plan.old_numbers,
    )


class _Layers:
    """Steps of one query, so that each expression is written and worked out once."""

    def __init__(self, kept: list[str]) -> None:
        self.cleaned, self.judged, self.valued = kept, ["*"], ["*"]

    def add(self, one: Field, index: int, choice: Choice) -> None:
        received, clean, hole, value = _names(one)
        plain = plain_sql(one, f"c{index}")
        self.cleaned.append(f"nullif(c{index}, '') AS {received}")
        self.cleaned.append(f"{either(plain, f'c{index}', clean_sql(f'c{index}', choice))} AS {clean}")
        self.cleaned.append(f"{plain or 'false'} AS {_plain(one)}")
        hollow = f"coalesce({placeholder_sql(one, clean)}, false)"
        self.judged.append(f"{either(plain and _plain(one), 'false', hollow)} AS {hole}")
        known = f"CASE WHEN NOT {hole} THEN {value_sql(one, clean, choice)} END"
        self.valued.append(f"{either(plain and _plain(one), clean, known)} AS {value}")

    def over(self, rows: str) -> str:
        """The layers over a table, as the beginning of a query from `valued`."""
        return f"""WITH cleaned AS (SELECT {", ".join(self.cleaned)} FROM {rows}),
            judged AS (SELECT {", ".join(self.judged)} FROM cleaned),
            valued AS (SELECT {", ".join(self.valued)} FROM judged)"""


def _canonical(db: duckdb.DuckDBPyConnection, raw: Path, plan: Plan, out: Path) -> None:
    """One query over the rows. Of a column whose texts come again and again, each is worked out once and joined."""
    columns = {name: index for index, name in plan.mapping.items()}
    fields = schema(plan.schema).fields
    rows, joins = f"read_parquet({text(raw)})", []
    again = _again(db, rows, {one.name: columns[one.name] for one in fields if one.name in columns})
    layers, final = _Layers(["*"]), ["row", "row_mark"]
    for one in fields:
        if one.name in again:
            index = columns[one.name]
            _work_out(db, rows, one, columns, plan)
            joins.append(f"LEFT JOIN d{index} ON d{index}.said = {_said(index)}")
            final += [f"d{index}.{name}" for name in _three(one)]
            continue
        if one.name in columns:
            layers.add(one, columns[one.name], choice_of(plan, columns[one.name]))
        final += _outcome(one, columns, plan)
    kept = f"(SELECT * FROM {rows} WHERE {_reason(plan)} IS NULL)"
    db.execute(AS_WRITTEN)
    query = f"{layers.over(kept)} SELECT {', '.join(final)} FROM valued {' '.join(joins)}"
    db.execute(f"COPY ({query}) TO {text(out)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP})")
    db.execute("RESET disabled_optimizers")


def _again(db: duckdb.DuckDBPyConnection, rows: str, columns: Mapping[str, int]) -> frozenset[str]:
    """Fields of which a text comes several times on average. Numbers of people answer for each other: never these."""
    asked = [name for name in columns if name not in {"personal_number", "old_number"}]
    if not asked:
        return frozenset()
    counts = ", ".join(f"approx_count_distinct(c{columns[name]})" for name in asked)
    total, *distinct = db.execute(f"SELECT count(*), {counts} FROM {rows}").fetchone() or (0,)
    most = min(total // TIMES, MOST_TEXTS)
    return frozenset(name for name, count in zip(asked, distinct, strict=False) if count <= most)


def _work_out(
    db: duckdb.DuckDBPyConnection, rows: str, one: Field, columns: Mapping[str, int], plan: Plan
) -> None:
    """A table of each text of a column: what was said, and the three columns of the field."""
    index = columns[one.name]
    layers = _Layers([f"c{index}"])
    layers.add(one, index, choice_of(plan, index))
    texts = f"(SELECT DISTINCT {_said(index)} AS c{index} FROM {rows})"
    outcome = ", ".join(_outcome(one, columns, plan))
    db.execute(
        f"CREATE TEMP TABLE d{index} AS {layers.over(texts)} SELECT c{index} AS said, {outcome} FROM valued"
    )


def _said(index: int) -> str:
    """A cell to join on. Never null: rows with a null there would wait, all together, until the end."""
    return f"coalesce(c{index}, '')"


def _three(one: Field) -> list[str]:
    """Columns of a field: value, as received, marks."""
    return [ident(one.name), ident(f"{one.name}__was"), ident(f"{one.name}__mark")]


def _plain(one: Field) -> str:
    """Inside the query: the text is the value, and there is nothing to remark."""
    return ident("q_" + one.name)


def _names(one: Field) -> tuple[str, str, str, str]:
    """Inside the query: as received, cleaned, only fills a hole, value."""
    received, clean, hole, value = (ident(prefix + one.name) for prefix in ("r_", "k_", "p_", "v_"))
    return received, clean, hole, value


def _outcome(one: Field, columns: Mapping[str, int], plan: Plan) -> list[str]:
    """What gives the three columns of a field."""
    names = _three(one)
    moved = _moved_old_number(columns, plan) if one.name == "old_number" else None
    if one.name not in columns:
        parts = [moved or "NULL::VARCHAR", "NULL::VARCHAR", "NULL::VARCHAR"]
        return [f"{part} AS {name}" for part, name in zip(parts, names, strict=True)]
    choice = choice_of(plan, columns[one.name])
    received, clean, hole, value = _names(one)
    marks = [("placeholder", hole)]
    marks += [(m, f"NOT {hole} AND ({test})") for m, test in mark_cases(one, clean, received, value, choice)]
    if choice.old_numbers:
        marks.append(("moved_to_old_number", f"NOT {hole} AND {is_old_number(clean)}"))
        value = f"CASE WHEN NOT {is_old_number(clean)} THEN {value} END"
    if moved:
        value = f"coalesce({value}, {moved})"
    said_marks = ", ".join(f"CASE WHEN {test} THEN {text(mark)} END" for mark, test in marks)
    remarked = f"{clean} IS NOT NULL AND NOT {_plain(one)}"
    return [
        f"{value} AS {names[0]}",
        f"CASE WHEN ({value}) IS DISTINCT FROM {received} THEN {received} END AS {names[1]}",
        f"CASE WHEN {remarked} THEN nullif(concat_ws(',', {said_marks}), '') END AS {names[2]}",
    ]


def _moved_old_number(columns: Mapping[str, int], plan: Plan) -> str | None:
    index = columns.get("personal_number")
    if index is None or index not in plan.old_numbers:
        return None
    clean = ident("k_personal_number")
    return f"CASE WHEN NOT p_personal_number AND {is_old_number(clean)} THEN regexp_replace({clean}, '[^0-9]', '', 'g') END"


_TOTAL: Final = "^(tong( cong| so)?|cong)[ :.]*([0-9., ]|$)"
_SIGNED: Final = (
    "nguoi lap|thu truong|thang .* nam|ky ten|ky, ghi|xac nhan|ke toan|chu tich|giam doc|^tm[. ]|t/m"
)


def _reason(plan: Plan) -> str:
    """Why a raw row is not a record; null for a record."""
    width = len(plan.headers)
    cells = [f"nullif(trim(c{i}), '')" for i in range(width)]
    filled = " + ".join(f"({cell} IS NOT NULL)::INTEGER" for cell in cells)
    first = fold_sql(f"coalesce({', '.join(cells)}, '')")
    words = fold_sql(f"concat_ws(' ', {', '.join(cells)})")
    # Each test looks at words only of rows with few cells filled, which are few.
    few = f"({filled}) = 1 OR CASE WHEN ({filled}) <= 3 THEN regexp_matches({words}, {text(_SIGNED)}) ELSE false END"
    total = f"CASE WHEN ({filled}) * 2 <= {width} THEN regexp_matches({first}, {text(_TOTAL)}) ELSE false END"
    if width < NARROW:
        few = total = "false"
    # Most rows are full, and seen to be so by the first letter of their cells.
    seen = " + ".join(f"coalesce(c{i} >= '!' AND c{i} < '{{', false)::INTEGER" for i in range(width))
    full = f"({seen}) > {max(NARROW, width // 2)}"
    return f"""CASE WHEN broken IS NOT NULL THEN 'unreadable' WHEN {full} THEN NULL WHEN ({filled}) = 0 THEN 'blank'
        WHEN {total} THEN 'total' WHEN {few} THEN 'note' END"""


def _left(db: duckdb.DuckDBPyConnection, raw: Path, plan: Plan) -> tuple[dict[str, int], tuple[Left, ...]]:
    cells = ", ".join(f"nullif(c{i}, '')" for i in range(len(plan.headers)))
    # One light pass over the rows that were left, on a temporary table: they are few.
    db.execute(f"""CREATE TEMP TABLE left_out AS SELECT row, {_reason(plan)} AS reason,
        coalesce(broken, {cells}, '')[1:120] AS words FROM read_parquet({text(raw)}) WHERE {_reason(plan)} IS NOT NULL""")
    counts = dict(
        db.execute("SELECT reason, count(*) FROM left_out GROUP BY reason ORDER BY reason").fetchall()
    )
    named = db.execute(
        f"SELECT row, reason, words FROM left_out WHERE reason <> 'blank' ORDER BY row LIMIT {KEPT}"
    ).fetchall()
    return counts, tuple(Left(*one) for one in named)


def _marks(db: duckdb.DuckDBPyConnection, out: Path, plan: Plan) -> dict[tuple[str, str], int]:
    """How often each remark was made. One pass: every pass holds the file's directory, which grows with it."""
    columns = {**{name: ident(f"{name}__mark") for name in plan.mapping.values()}, "": "row_mark"}
    each = [f"{{'field': {text(name)}, 'marks': {column}}}" for name, column in columns.items()]
    remarked = " OR ".join(f"{column} IS NOT NULL" for column in columns.values())
    rows = f"SELECT unnest([{', '.join(each)}]) AS one FROM read_parquet({text(out)}) WHERE {remarked}"
    split = f"SELECT one.field AS field, unnest(string_split(one.marks, ',')) AS mark FROM ({rows})"
    query = f"SELECT field, mark, count(*) FROM ({split}) GROUP BY ALL ORDER BY ALL"
    return {(name, mark): count for name, mark, count in db.execute(query).fetchall()}


def records(reading: Reading, out: Path, *, source: str | None = None) -> Path:
    """The RECORDS that `linkage` reads: record_id, …, mother_name, source, all text; dates as dd/mm/yyyy."""
    parts = []
    for name in LINKAGE_FIELDS:
        column = ident(name)
        if name == "record_id":
            column = f"coalesce({column}, row::VARCHAR)"
        elif name == "birth_date":
            column = f"array_to_string(list_reverse(string_split({column}, '-')), '/')"
            column = f"CASE WHEN regexp_full_match(birth_date, '[0-9]{{4}}(-[0-9]{{2}}){{0,2}}') THEN {column} ELSE birth_date END"
        parts.append(f"{column} AS {ident(name)}")
    query = f"SELECT {', '.join(parts)}, {text(source or reading.schema)} AS source FROM read_parquet({text(reading.parquet)})"
    with engine() as db:
        db.execute(
            f"COPY ({query}) TO {text(out)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP})"
        )
    return out
