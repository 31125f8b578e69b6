"""The sender's own table back, its wrong cells coloured, with a sheet "Lỗi" that says what to put right."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedNameDict

from lienthong.data.intake.inspecting import LIMITS, FileKind, Limits
from lienthong.data.intake.opening import Opened, open_file
from lienthong.data.intake.plan import Plan
from lienthong.data.intake.reading import Reading, raw_tables
from lienthong.data.intake.safe import safe_cell
from lienthong.data.intake.sql import engine, text
from lienthong.data.intake.textfiles import Dialect
from lienthong.data.sources import schema
from lienthong.kit.errors import said

ERRORS: Final = said("Lỗi")
SUMMARY: Final = said("Tổng hợp")
LISTED: Final = 100_000
"""Errors listed one by one; the summary counts all."""
ROWS: Final = 1_000_000
"""Rows that go into a workbook made anew; of a longer file only the rows with errors do, and the workbook says so."""
KEPT_LOOK: Final = 3_000_000
"""Cells up to which the sender's own workbook is opened whole and marked; a larger one is made anew."""
FILL: Final = "FBE7E4"
HEAD: Final = "D3E3EA"
_NOTES: Final = 3
_SAFE: Final = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Error:
    row: int
    field: str
    value: str
    sentence: str
    law: str


def marked_workbook(
    path: Path,
    reading: Reading,
    findings: Path,
    out: Path,
    *,
    limits: Limits = LIMITS,
    told: Callable[[int, int], None] = lambda _row, _of: None,
) -> Path:
    """The workbook for the sender, at `out` (XLSX).

    `findings` is the Parquet of `checks`. An XLSX keeps its look; other files become a table. Formulas are replaced by
    their values; links, names and macros are not carried over. `told` hears which row of a table is copied, of how many.
    """
    plan = reading.plan
    dialect = Dialect(plan.encoding, plan.delimiter) if plan.kind == FileKind.CSV else None
    opened = open_file(path, reading.name, limits, dialect)
    errors = _Errors(findings, reading)
    if opened.kind is FileKind.XLSX and opened.inspected.cells <= KEPT_LOOK:
        _mark_own(opened, reading, errors, out)
    else:
        _make_anew(opened, reading, errors, out, told)
    return out


class _Errors:
    """The findings as the sender reads them, in the order of rows; read from the file as they are needed."""

    heads = (
        said("Dòng"),
        said("Cột"),
        said("Tên cột"),
        said("Giá trị"),
        said("Nội dung cần sửa"),
        said("Căn cứ"),
    )
    widths = (8, 8, 28, 28, 70, 40)

    def __init__(self, findings: Path, reading: Reading) -> None:
        self.findings, self.reading = findings, reading
        self.columns = {name: index for index, name in reading.plan.mapping.items()}
        self.labels = {field.name: field.label for field in schema(reading.schema).fields}

    def each(self, limit: int | None = None) -> Iterator[Error]:
        """Findings by row; the file has them so, and only what is asked for is put in order within its row."""
        file = f"read_parquet({text(self.findings)})"
        if limit:
            last = f"coalesce((SELECT row FROM {file} LIMIT 1 OFFSET {limit - 1}), (SELECT max(row) FROM {file}))"
            file = f"{file} WHERE row <= {last}"
        more = f"LIMIT {limit}" if limit else ""
        query = f"SELECT row, field, value, sentence, law FROM {file} ORDER BY row, field, rule {more}"
        with engine() as db:
            cursor = db.execute(query)
            while batch := cursor.fetchmany(2000):
                yield from (Error(*one) for one in batch)

    def lines(self) -> Iterator[tuple[int | str, ...]]:
        """Lines of the sheet of errors: unreadable rows first, then findings."""
        for left in self.reading.named:
            if left.reason == "unreadable":
                yield left.row, "", "", left.words, said("Không đọc được dòng này. Hãy ghi lại cả dòng."), ""
        for error in self.each(LISTED):
            index = self.columns.get(error.field)
            letter = xlsxwriter.utility.xl_col_to_name(index) if index is not None else ""
            yield error.row, letter, self._name(error.field, index), error.value, error.sentence, error.law

    def _name(self, field: str, index: int | None) -> str:
        header = self.reading.plan.headers[index] if index is not None else ""
        return header or self.labels[field]

    def counted(self) -> list[tuple[str, int]]:
        query = f"SELECT sentence, count(*) FROM read_parquet({text(self.findings)}) GROUP BY 1 ORDER BY 2 DESC, 1"
        with engine() as db:
            return [(sentence, count) for sentence, count in db.execute(query).fetchall()]

    def rows(self) -> int:
        """How many rows have a cell to mark."""
        query = f"SELECT row, lag(row) OVER () AS before FROM {self._in_cells()}"
        with engine() as db:
            found = db.execute(f"SELECT count(*) FROM ({query}) WHERE row IS DISTINCT FROM before").fetchone()
        return int(found[0]) if found else 0

    def by_row(self) -> Iterator[tuple[int, set[int]]]:
        """Each row that has a cell to mark, and the places of these."""
        query = f"SELECT row, field FROM {self._in_cells()}"
        with engine() as db:
            pairs = (pair for batch in iter(partial(db.execute(query).fetchmany, 2000), []) for pair in batch)
            for row, found in groupby(pairs, key=itemgetter(0)):
                yield row, {self.columns[field] for _, field in found}

    def _in_cells(self) -> str:
        """Findings about fields that the file has a column of."""
        fields = ", ".join(map(text, self.columns))
        return f"read_parquet({text(self.findings)}) WHERE list_contains([{fields}], field)"

    def summary(self) -> Iterator[tuple[str, int | str]]:
        counted = self.counted()
        yield said("Dòng đã đọc"), self.reading.rows
        for reason, count in self.reading.left.items():
            if reason in LEFT:
                yield LEFT[reason], count
        total = sum(count for _, count in counted)
        yield said("Ô cần sửa"), total
        if total > LISTED:
            yield said("Số lỗi liệt kê ở trang Lỗi (chỉ các lỗi đầu)"), LISTED
        yield "", ""
        yield from counted


LEFT: Final[Mapping[str, str]] = {
    "blank": said("Dòng trống, bỏ qua"),
    "note": said("Dòng ghi chú, tiêu đề nhóm hoặc chữ ký, bỏ qua"),
    "total": said("Dòng tổng cộng, bỏ qua"),
    "unreadable": said("Dòng không đọc được"),
}


def _mark_own(opened: Opened, reading: Reading, errors: _Errors, out: Path) -> None:
    book = openpyxl.load_workbook(opened.path, data_only=True, keep_links=False, keep_vba=False)
    _disarm(book)
    sheet = book[reading.plan.sheet]
    fill = PatternFill("solid", fgColor=FILL)
    said_of: dict[tuple[int, int], list[str]] = {}
    for error in errors.each():
        index = errors.columns.get(error.field)
        if index is not None:
            said_of.setdefault((error.row, index + 1), []).append(error.sentence)
    for (row, column), sentences in said_of.items():
        cell = _top_left(sheet, row, column)
        cell.fill = fill
        cell.comment = Comment("\n".join(sentences[:_NOTES]), "Liên Thông", height=120, width=320)
    _list_errors(book, errors)
    book.save(out)


def _disarm(book: Any) -> None:
    """Take out whatever could act: names, links, formulas left as text."""
    book.defined_names = DefinedNameDict()
    for sheet in book.worksheets:
        sheet.defined_names = DefinedNameDict()
        for cells in sheet.iter_rows():
            for cell in cells:
                if getattr(cell, "hyperlink", None):
                    cell.hyperlink = None
                if isinstance(cell.value, str):
                    _as_text(cell)


def _as_text(cell: Any) -> None:
    """A text that stays text even where it begins like a formula, also after it is edited."""
    safe = safe_cell(cell.value)
    if safe != cell.value:
        cell.value = safe.removeprefix("'")
        cell.data_type = "s"
        cell.quotePrefix = True


def _top_left(sheet: Any, row: int, column: int) -> Any:
    cell = sheet.cell(row, column)
    if not isinstance(cell, openpyxl.cell.cell.MergedCell):
        return cell
    merged = next(one for one in sheet.merged_cells.ranges if cell.coordinate in one)
    return sheet.cell(merged.min_row, merged.min_col)


def _list_errors(book: Any, errors: _Errors) -> None:
    sheet = book.create_sheet(_free_name(book.sheetnames, ERRORS), 0)
    bold, fill = Font(bold=True), PatternFill("solid", fgColor=HEAD)
    sheet.append(errors.heads)
    for cell in sheet[1]:
        cell.font, cell.fill = bold, fill
    for letter, width in zip("ABCDEF", errors.widths, strict=True):
        sheet.column_dimensions[letter].width = width
    for line in errors.lines():
        _append(sheet, line)
    sheet.freeze_panes = "A2"
    total = book.create_sheet(_free_name(book.sheetnames, SUMMARY), 1)
    total.column_dimensions["A"].width = 90
    for pair in errors.summary():
        _append(total, pair)


def _append(sheet: Any, line: Iterable[int | str]) -> None:
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet.cell(1, 1).value is not None else 1
    for column, value in enumerate(line, start=1):
        cell = sheet.cell(row, column, value)
        if isinstance(value, str):
            _as_text(cell)


def _free_name(taken: Iterable[str], name: str) -> str:
    lower = {one.lower() for one in taken}
    return next(one for one in (name, *(f"{name} ({n})" for n in range(2, 1000))) if one.lower() not in lower)


def _make_anew(
    opened: Opened, reading: Reading, errors: _Errors, out: Path, told: Callable[[int, int], None]
) -> None:
    with (
        TemporaryDirectory(prefix="marked-", dir=out.parent) as folder,
        xlsxwriter.Workbook(str(out), {**_SAFE, "tmpdir": folder}) as book,
    ):
        bold = book.add_format({"bold": True, "bg_color": f"#{HEAD}", "text_wrap": True})
        sheet = book.add_worksheet(ERRORS)
        for column, width in enumerate(errors.widths):
            sheet.set_column(column, column, width)
        _write(sheet, 0, errors.heads, bold)
        for number, line in enumerate(errors.lines(), start=1):
            _write(sheet, number, line)
        total = book.add_worksheet(SUMMARY)
        total.set_column(0, 0, 90)
        count = sum(reading.left.values()) + reading.rows
        everything = count <= ROWS
        rows = _rows_to_copy(
            opened, reading.plan, errors, everything=everything, told=lambda row: told(row, count)
        )
        _copy_rows(book, reading.plan, rows)
        left_out = () if everything else _left_out(errors.rows())
        for number, pair in enumerate([*errors.summary(), *left_out]):
            _write(total, number, pair)


def _left_out(wrong: int) -> Iterator[tuple[str, int | str]]:
    """What the sheet of rows does not hold, and what the sender can do about it."""
    yield "", ""
    yield (
        said("Tệp dài hơn một trang tính nên trang Dữ liệu chỉ có các dòng cần sửa. Số dòng đã chép"),
        min(wrong, ROWS),
    )
    if wrong > ROWS:
        yield said("Dòng cần sửa không chép vào được vì trang tính đã đầy"), wrong - ROWS
        yield (
            said(
                "Hãy sửa các dòng đã chép, hoặc chia tệp thành nhiều tệp, mỗi tệp không quá số dòng này, rồi gửi lại"
            ),
            ROWS,
        )


def _copy_rows(book: Any, plan: Plan, rows: Iterator["_Copied"]) -> None:
    """The rows as received; in constant memory, so errors are walked beside them in the same order."""
    sheet = book.add_worksheet(said("Dữ liệu"))
    bad, bold = book.add_format({"bg_color": f"#{FILL}", "num_format": "@"}), book.add_format({"bold": True})
    plain = book.add_format({"num_format": "@"})
    _write(sheet, 0, (said("Dòng"), *plan.headers), bold)
    for line, (number, cells, wrong) in enumerate(islice(rows, ROWS), start=1):
        sheet.write_number(line, 0, number)
        for index, cell in enumerate(cells):
            if cell or index in wrong:
                sheet.write_string(line, index + 1, safe_text(cell or ""), bad if index in wrong else plain)


_Copied = tuple[int, tuple[str | None, ...], set[int]]
"""Number, cells and places of wrong cells of a row."""


def _rows_to_copy(
    opened: Opened, plan: Plan, errors: _Errors, *, everything: bool, told: Callable[[int], None]
) -> Iterator[_Copied]:
    """Each row, or each that has wrong cells."""
    found = errors.by_row()
    ahead = next(found, None)
    for table in raw_tables(opened, plan):
        last, wrong = table["row"][-1].as_py(), dict[int, set[int]]()
        while ahead and ahead[0] <= last:
            wrong[ahead[0]] = ahead[1]
            ahead = next(found, None)
        copied = table if everything else table.filter(pc.is_in(table["row"], pa.array(wrong, pa.int64())))
        texts = (column.to_pylist() for column in copied.columns[1 : len(plan.headers) + 1])
        for number, *cells in zip(copied["row"].to_pylist(), *texts, strict=True):
            yield number, tuple(cells), wrong.get(number, set())
        told(last)
        if not everything and not ahead:
            return


def safe_text(value: str) -> str:
    """For cells written as text by type: only what XML cannot hold is dropped, an apostrophe guards the rest."""
    return safe_cell(value)[:32_767]


def _write(sheet: Any, row: int, line: Iterable[int | str], look: Any = None) -> None:
    for column, value in enumerate(line):
        if isinstance(value, int):
            sheet.write_number(row, column, value, look)
        elif value:
            sheet.write_string(row, column, safe_text(value), look)
