"""What could be put right in a column, with examples before and after."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import duckdb
import pyarrow as pa

from lienthong.data.fonts.charmaps import decode, detect
from lienthong.data.intake.canon import Choice, clean_sql, is_lost, is_old_number, value_sql
from lienthong.data.intake.opening import Opened
from lienthong.data.intake.plan import Example, Plan, Proposal, ProposalKind
from lienthong.data.intake.rows import Row
from lienthong.data.intake.sql import engine
from lienthong.data.sources import Field, Schema
from lienthong.kit.errors import said

EXAMPLES: Final = 3
FIRST_OF_JANUARY: Final = 0.04
"""Share of 1 January among full dates beyond which it stands for "not known": by chance it is 0.3 %."""

SENTENCES: Final = {
    ProposalKind.CHARMAP: said("Cột {header} có chữ theo bảng mã {value}. Chuyển sang Unicode."),
    ProposalKind.DATE_ORDER: said("Cột {header} ghi tháng trước ngày. Đọc theo thứ tự tháng/ngày/năm."),
    ProposalKind.TYPED_DATES: said(
        "Cột {header}: bảng tính đã đổi chỗ ngày và tháng ở các ô kiểu ngày. Đổi lại."
    ),
    ProposalKind.YEAR_ONLY: said("Cột {header} có nhiều ngày 01/01 bất thường. Hiểu là chỉ biết năm."),
    ProposalKind.ZEROS: said("Cột {header} mất số 0 ở đầu do bảng tính. Thêm lại số 0."),
    ProposalKind.OLD_NUMBERS: said("Cột {header} có số 9 chữ số. Chuyển sang số chứng minh nhân dân cũ."),
    ProposalKind.MERGED: said("Trang tính có ô gộp. Ghi giá trị của ô gộp vào từng dòng."),
}
CHARMAP_NAMES: Final = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "cp1258": "Windows-1258"}


@dataclass(frozen=True, slots=True)
class _Cells:
    """One mapped column of the rows looked at."""

    index: int
    header: str
    field: Field
    values: list[tuple[int, str]]
    """(row number, text), the empty left out."""


def propose(plan: Plan, schema: Schema, data: Sequence[Row], opened: Opened) -> tuple[Proposal, ...]:
    found: list[Proposal] = []
    with engine() as db:
        for index, name in plan.mapping.items():
            values = [
                (r.number, r.cells[index] or "") for r in data if index < len(r.cells) and r.cells[index]
            ]
            cells = _Cells(index, plan.headers[index], schema.field(name), values)
            if values:
                found += [one for look in _LOOKS for one in look(db, cells)]
    if opened.book and any(top + 1 >= plan.first_row and bottom > top for (top, _), (bottom, _) in opened.book.merged(plan.sheet)):  # fmt: skip
        found.append(_merged(plan, opened))
    return tuple(found)


def _merged(plan: Plan, opened: Opened) -> Proposal:
    ranges = opened.book.merged(plan.sheet) if opened.book else []
    below = [(top, left, bottom) for (top, left), (bottom, _) in ranges if top + 1 >= plan.first_row]
    count = sum(bottom - top for top, _, bottom in below)
    return Proposal(ProposalKind.MERGED, None, SENTENCES[ProposalKind.MERGED], count, len(below), 0.9)


def _charmap(_: duckdb.DuckDBPyConnection, cells: _Cells) -> Iterator[Proposal]:
    if cells.field.kind.digits:
        return
    marked = [(row, value) for row, value in cells.values if not value.isascii()]
    found = detect(value for _, value in marked)
    if found:
        examples = [Example(row, value, decode(value, found.charmap)) for row, value in marked]
        yield _proposal(ProposalKind.CHARMAP, cells, examples, found.confidence, found.charmap)


def _zeros(db: duckdb.DuckDBPyConnection, cells: _Cells) -> Iterator[Proposal]:
    if not cells.field.kind.lost:
        return
    lost = set(_where(db, cells, is_lost(cells.field, "clean")))
    if lost:
        examples = [one for one in _after(db, cells, Choice(zeros=True)) if one.row in lost]
        # Where most of a column is short, a spreadsheet did it; where one is, a hand did.
        yield _proposal(ProposalKind.ZEROS, cells, examples, min(0.95, 0.4 + len(lost) / len(cells.values)))


def _old_numbers(db: duckdb.DuckDBPyConnection, cells: _Cells) -> Iterator[Proposal]:
    if cells.field.name != "personal_number":
        return
    nine = set(_where(db, cells, is_old_number("clean")))
    if nine:
        examples = [Example(row, value, value) for row, value in cells.values if row in nine]
        yield _proposal(ProposalKind.OLD_NUMBERS, cells, examples, 0.9)


_PARTED: Final = re.compile(r"\s*(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})\s*")
_TYPED: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?: .*)?")


def _date_order(db: duckdb.DuckDBPyConnection, cells: _Cells) -> Iterator[Proposal]:
    if cells.field.kind.code != "date":
        return
    parted = [
        tuple(map(int, match.groups())) for _, value in cells.values if (match := _PARTED.fullmatch(value))
    ]
    day_first = sum(first > 12 >= second for first, second, _ in parted)
    month_first = sum(second > 12 >= first for first, second, _ in parted)
    if month_first > 3 * day_first:
        examples = _after(db, cells, Choice(date_order="mdy"), only=_PARTED)
        yield _proposal(
            ProposalKind.DATE_ORDER, cells, examples, month_first / (month_first + day_first), "mdy"
        )
    else:
        yield from _typed_dates(db, cells, day_first, len(parted))


def _typed_dates(
    db: duckdb.DuckDBPyConnection, cells: _Cells, day_first: int, parted: int
) -> Iterator[Proposal]:
    """A spreadsheet set to month/day makes dates of 05/03/1980 and leaves 25/03/1980 as text."""
    typed = [match for _, value in cells.values if (match := _TYPED.fullmatch(value))]
    ambiguous = sum(int(match[3]) <= 12 for match in typed)
    if len(typed) >= 3 and ambiguous == len(typed) and day_first >= 3 and day_first == parted:
        examples = _after(db, cells, Choice(typed_dates=True), only=_TYPED)
        yield _proposal(ProposalKind.TYPED_DATES, cells, examples, min(0.99, 1 - 0.39 ** min(len(typed), 10)))


def _year_only(db: duckdb.DuckDBPyConnection, cells: _Cells) -> Iterator[Proposal]:
    if cells.field.name != "birth_date":
        return
    plain = _after(db, cells, Choice())
    full = [one for one in plain if len(one.after) == 10]
    firsts = [one.row for one in full if one.after.endswith("-01-01")]
    if len(firsts) >= 5 and len(firsts) > FIRST_OF_JANUARY * len(full):
        examples = [Example(one.row, one.before, one.after[:4]) for one in full if one.row in set(firsts)]
        yield _proposal(ProposalKind.YEAR_ONLY, cells, examples, 0.8)


_LOOKS: Final[tuple[Callable[[duckdb.DuckDBPyConnection, _Cells], Iterator[Proposal]], ...]] = (
    _charmap, _zeros, _old_numbers, _date_order, _year_only,
)  # fmt: skip


def _proposal(
    kind: ProposalKind, cells: _Cells, examples: list[Example], confidence: float, value: str = ""
) -> Proposal:
    sentence = SENTENCES[kind].format(header=cells.header, value=CHARMAP_NAMES.get(value, value))
    first = Proposal(
        kind, cells.index, sentence, len(examples), len(cells.values), round(confidence, 2), value
    )
    return replace(first, examples=tuple(examples[:EXAMPLES]))


def _table(cells: _Cells) -> pa.Table:
    rows, values = zip(*cells.values, strict=True)
    return pa.table({"row": pa.array(rows, pa.int64()), "received": pa.array(values, pa.string())})


def _where(db: duckdb.DuckDBPyConnection, cells: _Cells, condition: str) -> list[int]:
    """Rows whose clean text meets an SQL condition: the one that reading uses."""
    db.register("cells", _table(cells))
    clean = f"SELECT row, {clean_sql('received', Choice())} AS clean FROM cells"
    return [row for (row,) in db.execute(f"SELECT row FROM ({clean}) WHERE {condition}").fetchall()]


def _after(
    db: duckdb.DuckDBPyConnection, cells: _Cells, choice: Choice, only: re.Pattern[str] | None = None
) -> list[Example]:
    db.register("cells", _table(cells))
    clean = f"SELECT row, received, {clean_sql('received', choice)} AS clean FROM cells"
    query = f"SELECT row, received, {value_sql(cells.field, 'clean', choice)} FROM ({clean}) ORDER BY row"
    found = [Example(*one) for one in db.execute(query).fetchall()]
    return [one for one in found if one.after and (only is None or only.fullmatch(one.before))]
