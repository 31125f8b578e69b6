"""What a file really is, and whether it is safe to open: decided from its bytes, before any reader sees it."""

import hashlib
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Final

from lienthong.data.intake import compound
from lienthong.data.intake.errors import (
    EmptyFile,
    ExtensionLies,
    HasEmbeddedObjects,
    HasEntities,
    HasMacros,
    IsProtected,
    TooBigUnpacked,
    Unreadable,
    UnsupportedKind,
)
from lienthong.kit.errors import said

MB: Final = 1 << 20
_CHUNK: Final = MB


class FileKind(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    XLS = "xls"
    PARQUET = "parquet"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is opened. Sizes in bytes; `ratio` is unpacked to packed of one part above `small`."""

    unpacked: int = 2048 * MB
    ratio: int = 400
    small: int = 8 * MB
    parts: int = 5000
    cells: int = 200_000_000


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class Inspected:
    kind: FileKind
    size: int
    unpacked: int
    cells: int = 0
    """At most so many cells in the largest sheet's rectangle; 0 where it is not a package."""
    formulas: int = 0
    notices: tuple[str, ...] = ()
    """Sentences about what is in the file and was left aside: links to other files, formulas."""


_EXTENSIONS: Final = {
    ".csv": FileKind.CSV, ".txt": FileKind.CSV, ".tsv": FileKind.CSV, ".xlsx": FileKind.XLSX, ".xls": FileKind.XLS,
    ".parquet": FileKind.PARQUET, ".jsonl": FileKind.JSONL, ".ndjson": FileKind.JSONL, ".json": FileKind.JSONL,
}  # fmt: skip
_MACRO_EXTENSIONS: Final = frozenset({".xlsm", ".xltm", ".xlam", ".xlsb"})
_FOUND_WORDS: Final = {
    FileKind.CSV: said("văn bản"), FileKind.XLSX: said("sổ tính XLSX"), FileKind.XLS: said("sổ tính XLS"),
    FileKind.PARQUET: "Parquet", FileKind.JSONL: "JSON lines",
}  # fmt: skip


def content_hash(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex: two sendings of one file are known by it, whatever their names."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def inspect(path: Path, *, name: str | None = None, limits: Limits = LIMITS) -> Inspected:
    """The kind of the file, after all that makes it unfit was looked for.

    `name` is the name that the sender gave, when `path` is a stored copy. Raises UnsupportedKind, EmptyFile,
    Unreadable, and the subclasses of Unsafe.
    """
    name = name or path.name
    extension = Path(name).suffix.lower()
    if extension in _MACRO_EXTENSIONS:
        raise HasMacros(name=name)
    expected = _EXTENSIONS.get(extension)
    if expected is None:
        raise UnsupportedKind(name=name)
    size = path.stat().st_size
    if not size:
        raise EmptyFile(name=name)
    with path.open("rb") as file:
        head = file.read(4096)
    _compare(name, extension, expected, head, path)
    if expected is FileKind.XLSX:
        return _Package(path, name, limits).inspect()
    if expected is FileKind.XLS:
        compound.look_into(path, name)
    return Inspected(expected, size, size)


def _compare(name: str, extension: str, expected: FileKind, head: bytes, path: Path) -> None:
    found = _sniff(head)
    if expected is FileKind.XLSX and found is FileKind.XLS and compound.is_encrypted_package(path):
        raise IsProtected(name=name)
    if found is None:
        raise ExtensionLies(name=name, extension=extension, found=_foreign(head))
    if found is not expected and (expected, found) != (FileKind.CSV, FileKind.JSONL):
        raise ExtensionLies(name=name, extension=extension, found=_FOUND_WORDS[found])


_SIGNATURES: Final = (
    (b"PK\x03\x04", FileKind.XLSX),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.XLS),
    (b"PAR1", FileKind.PARQUET),
)
_FOREIGN: Final = (
    (b"%PDF", "PDF"), (b"MZ", said("chương trình")), (b"\x7fELF", said("chương trình")), (b"\x89PNG", said("ảnh")),
    (b"\xff\xd8\xff", said("ảnh")), (b"GIF8", said("ảnh")), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "GZIP"),
    (b"{\\rtf", "RTF"),
)  # fmt: skip
_HTML: Final = re.compile(rb"\s*(?:<!doctype html|<html|<table|<\?xml|<meta|<style)", re.IGNORECASE)


def _foreign(head: bytes) -> str:
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return said("trang web hoặc XML")
    return next((word for start, word in _FOREIGN if head.startswith(start)), said("loại khác"))


def _sniff(head: bytes) -> FileKind | None:
    for start, kind in _SIGNATURES:
        if head.startswith(start):
            return kind
    if any(head.startswith(start) for start, _ in _FOREIGN) or _HTML.match(
        head.removeprefix(b"\xef\xbb\xbf")
    ):
        return None
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return FileKind.CSV
    if head.count(0) * 20 > len(head):
        # UTF-16 without a mark has a zero in nearly every other place of its ASCII letters.
        return FileKind.CSV if _looks_utf16(head) else None
    return FileKind.JSONL if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") else FileKind.CSV


def _looks_utf16(head: bytes) -> bool:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) > len(head) // 5 and min(even, odd) * 10 < max(even, odd)


_MACRO_PARTS: Final = re.compile(r"vbaproject|macrosheets/|dialogsheets/", re.IGNORECASE)
_OBJECT_PARTS: Final = re.compile(r"/embeddings/|/activex/|oleobject", re.IGNORECASE)
_LINK_PARTS: Final = re.compile(r"/externallinks/|/connections\.xml|/querytables/", re.IGNORECASE)
_ENTITY: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENTITY_WIDE: Final = re.compile(b"<\0!\0(?:D\0O\0C\0T\0Y\0P\0E|E\0N\0T\0I\0T\0Y)", re.IGNORECASE)
_MACRO_TYPE: Final = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)


LINKS: Final = said(
    "Sổ tính có liên kết tới tệp hoặc nguồn dữ liệu khác. Các liên kết không được mở, chỉ đọc giá trị đã lưu."
)
FORMULAS: Final = said("Sổ tính có {count} ô công thức. Công thức không được tính, chỉ đọc giá trị đã lưu.")

_FORMULA: Final = re.compile(rb"<f[ >/]")
_ROW: Final = re.compile(rb"<row\b[^>]*?\br=[\"'](\d{1,9})[\"']")
_WIDE_CELL: Final = re.compile(rb"\br=[\"']([A-Z]{2,3})\d")
_ROW_TAG: Final = b"<row"


class _Rectangle:
    """How large a rectangle a sheet spans by its own addresses: some readers hold all of it in memory."""

    def __init__(self) -> None:
        self.rows = self.formulas = self.tags = 0
        self.columns = 26

    @property
    def cells(self) -> int:
        return max(self.rows, self.tags) * self.columns

    def look(self, window: bytes, seen: int) -> None:
        """Count in a window of which the first `seen` bytes were looked at before."""
        fresh = window[max(0, seen - 3) :]
        self.tags += fresh.count(_ROW_TAG)
        self.formulas += len(_FORMULA.findall(fresh))
        rows = _ROW.findall(window)
        self.rows = max([self.rows, *map(int, rows)])
        for letters in set(_WIDE_CELL.findall(window)):
            self.columns = max(self.columns, _column_number(letters))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class _Package:
    """A workbook's ZIP: each part is unpacked once, counted and looked at, and nothing is kept."""

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self.path, self.name, self.limits = path, name, limits
        self.unpacked = self.cells = self.formulas = 0

    def inspect(self) -> Inspected:
        try:
            with zipfile.ZipFile(self.path) as package:
                parts = package.infolist()
                self._names(parts)
                self._declared(parts)
                for part in parts:
                    self._unpack(package, part)
        except (
            zipfile.BadZipFile,
            EOFError,
            NotImplementedError,
            OSError,
            ValueError,
            zipfile.LargeZipFile,
        ) as error:
            raise Unreadable(name=self.name) from error
        size, notices = self.path.stat().st_size, tuple(self._notices(parts))
        return Inspected(FileKind.XLSX, size, self.unpacked, self.cells, self.formulas, notices)

    def _names(self, parts: list[zipfile.ZipInfo]) -> None:
        if any(part.flag_bits & 1 for part in parts):
            raise IsProtected(name=self.name)
        names = [part.filename.replace("\\", "/") for part in parts]
        if any(_MACRO_PARTS.search(name) for name in names):
            raise HasMacros(name=self.name)
        if any(_OBJECT_PARTS.search(name) for name in names):
            raise HasEmbeddedObjects(name=self.name)
        if len(set(names)) < len(names) or "xl/workbook.xml" not in {name.lower() for name in names}:
            raise Unreadable(name=self.name)

    def _declared(self, parts: list[zipfile.ZipInfo]) -> None:
        """Sizes as the directory states them, and no two parts over the same bytes."""
        if len(parts) > self.limits.parts or sum(part.file_size for part in parts) > self.limits.unpacked:
            raise TooBigUnpacked(name=self.name)
        if any(self._too_dense(part.file_size, part.compress_size) for part in parts):
            raise TooBigUnpacked(name=self.name)
        end = 0
        for part in sorted(parts, key=lambda one: one.header_offset):
            if part.header_offset < end:
                raise TooBigUnpacked(name=self.name)
            end = part.header_offset + 30 + part.compress_size

    def _too_dense(self, unpacked: int, packed: int) -> bool:
        return unpacked > self.limits.small and unpacked > self.limits.ratio * max(packed, 1)

    def _unpack(self, package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
        is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
        sheet = _Rectangle() if "worksheets/" in part.filename.lower() else None
        with package.open(part) as stream:
            size = self._count(stream, sheet, is_xml=is_xml, types=part.filename == "[Content_Types].xml")
        if sheet:
            self.cells = max(self.cells, sheet.cells)
            self.formulas += sheet.formulas
        if size != part.file_size:
            raise TooBigUnpacked(name=self.name)

    def _count(self, stream: IO[bytes], sheet: "_Rectangle | None", *, is_xml: bool, types: bool) -> int:
        size, tail = 0, b""
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            self.unpacked += len(chunk)
            if self.unpacked > self.limits.unpacked:
                raise TooBigUnpacked(name=self.name)
            window = tail + chunk
            if is_xml and (_ENTITY.search(window) or _ENTITY_WIDE.search(window)):
                raise HasEntities(name=self.name)
            if types and _MACRO_TYPE.search(window):
                raise HasMacros(name=self.name)
            if sheet:
                sheet.look(window, len(tail))
            tail = window[-64:]
        return size

    def _notices(self, parts: list[zipfile.ZipInfo]) -> list[str]:
        found = []
        if any(_LINK_PARTS.search("/" + part.filename) for part in parts):
            found.append(LINKS)
        if self.formulas:
            found.append(FORMULAS.format(count=self.formulas))
        return found
