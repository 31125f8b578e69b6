"""Rows of a workbook: calamine for what fits in memory, openpyxl's stream for what does not."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import openpyxl
import python_calamine
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from lienthong.data.intake.errors import IsProtected, NoSuchSheet, Unreadable
from lienthong.data.intake.inspecting import FileKind, Inspected
from lienthong.data.intake.rows import Row

CELLS_IN_MEMORY: Final = 12_000_000
_FAILURES: Final = (
    python_calamine.CalamineError, python_calamine.XmlError, python_calamine.ZipError, OSError, ValueError, KeyError,
)  # fmt: skip


class Book:
    """One opened workbook. Raises IsProtected, Unreadable."""

    def __init__(self, path: Path, inspected: Inspected, name: str) -> None:
        self.path, self.name = path, name
        self.streams = inspected.kind is FileKind.XLSX and inspected.cells > CELLS_IN_MEMORY
        try:
            self.book = CalamineWorkbook.from_path(str(path))
        except python_calamine.PasswordError as error:
            raise IsProtected(name=name) from error
        except _FAILURES as error:
            raise Unreadable(name=name) from error

    @property
    def visible(self) -> tuple[str, ...]:
        return tuple(s.name for s in self.book.sheets_metadata if s.visible is SheetVisibleEnum.Visible)

    @property
    def hidden(self) -> tuple[str, ...]:
        return tuple(s.name for s in self.book.sheets_metadata if s.visible is not SheetVisibleEnum.Visible)

    def rows(self, sheet: str, *, fill_merged: bool) -> Iterator[Row]:
        if sheet not in self.book.sheet_names:
            raise NoSuchSheet(name=self.name, sheet=sheet)
        if self.streams:
            return self._streamed(sheet)
        return self._loaded(self._sheet(sheet), fill_merged=fill_merged)

    def merged(self, sheet: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Ranges of merged cells, rows and columns from 0."""
        return [] if self.streams else self._sheet(sheet).merged_cell_ranges or []

    def _sheet(self, sheet: str) -> CalamineSheet:
        try:
            return self.book.get_sheet_by_name(sheet)
        except _FAILURES as error:
            raise Unreadable(name=self.name) from error

    def _loaded(self, sheet: CalamineSheet, *, fill_merged: bool) -> Iterator[Row]:
        if sheet.height == 0 or sheet.start is None:
            return
        top, left = sheet.start
        fill = _Filling(sheet.merged_cell_ranges or []) if fill_merged else None
        # to_python without the empty area keeps addresses as the sender sees them.
        for number, cells in enumerate(_with_margin(sheet, top), start=1):
            margin: list[str | None] = [None] * left
            texts = [*margin, *(cell_text(cell) for cell in cells)] if number > top else []
            yield Row(number, fill.filled(number - 1, texts) if fill else texts)

    def _streamed(self, sheet: str) -> Iterator[Row]:
        book = openpyxl.load_workbook(self.path, read_only=True, data_only=True, keep_links=False)
        try:
            page = book[sheet]
            page.reset_dimensions()
            for number, cells in enumerate(page.iter_rows(values_only=True), start=1):
                yield Row(number, [None if cell is None else cell_text(cell) for cell in cells])
        except (KeyError, ValueError, TypeError, OSError) as error:
            raise Unreadable(name=self.name) from error
        finally:
            book.close()


def _with_margin(sheet: CalamineSheet, top: int) -> Iterator[Iterable[Any]]:
    for _ in range(top):
        yield ()
    yield from sheet.iter_rows()


def cell_text(cell: Any) -> str | None:
    """A cell's value as text: whole numbers without a point, decimals with a comma, dates in ISO."""
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, (int, time, timedelta)) else repr(cell)


class _Filling:
    """The first cell of a merged range, written into the cells below and beside it."""

    def __init__(self, ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        self.starting: dict[int, list[tuple[int, int, int]]] = {}
        for (top, left), (bottom, right) in ranges:
            self.starting.setdefault(top, []).append((left, right, bottom))
        self.open: list[tuple[int, int, int, str | None]] = []

    def filled(self, row: int, cells: list[str | None]) -> list[str | None]:
        self.open = [one for one in self.open if one[2] >= row]
        for left, right, bottom in self.starting.get(row, ()):
            value = cells[left] if left < len(cells) else None
            self.open.append((left, right, bottom, value))
        for left, right, _, value in self.open:
            for column in range(left, min(right + 1, len(cells))):
                cells[column] = value
        return cells
