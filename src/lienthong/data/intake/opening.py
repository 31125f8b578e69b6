"""One face for all kinds of file: names of sheets, rows, and what a plan must say to read them again."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lienthong.data.intake import sheets, tables, textfiles
from lienthong.data.intake.inspecting import FileKind, Inspected, Limits, inspect
from lienthong.data.intake.rows import Row


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was found safe. `dialect` belongs to texts, `book` to workbooks, `names` to tables."""

    path: Path
    name: str
    inspected: Inspected
    dialect: textfiles.Dialect | None = None
    book: sheets.Book | None = None
    names: tuple[str, ...] = ()

    @property
    def kind(self) -> FileKind:
        return self.inspected.kind

    @property
    def sheet_names(self) -> tuple[str, ...]:
        return self.book.visible if self.book else ()

    def rows(self, sheet: str = "", *, fill_merged: bool = False) -> Iterator[Row]:
        if self.book:
            return self.book.rows(sheet, fill_merged=fill_merged)
        if self.dialect:
            return textfiles.rows(self.path, self.dialect)
        if self.kind is FileKind.PARQUET:
            return tables.parquet_rows(self.path, self.name)
        return tables.json_rows(self.path, list(self.names))


def open_file(
    path: Path, name: str | None, limits: Limits, dialect: textfiles.Dialect | None = None
) -> Opened:
    """Inspect and open. Raises what `inspect` raises, and Unreadable."""
    name = name or path.name
    found = inspect(path, name=name, limits=limits)
    if found.kind in (FileKind.XLSX, FileKind.XLS):
        return Opened(path, name, found, book=sheets.Book(path, found, name))
    if found.kind is FileKind.CSV:
        return Opened(path, name, found, dialect=dialect or textfiles.dialect(path))
    if found.kind is FileKind.PARQUET:
        return Opened(path, name, found, names=tuple(tables.parquet_names(path, name, limits)))
    return Opened(path, name, found, names=tuple(tables.json_names(path)))
