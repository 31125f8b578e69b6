"""Legacy workbooks (Compound File Binary, [MS-CFB]): the names of their streams, read with every step bounded."""

import struct
from pathlib import Path
from typing import IO, Final

from lienthong.data.intake.errors import HasEmbeddedObjects, HasMacros, IsProtected, Unreadable

_END: Final = 0xFFFFFFF0
_ENTRY: Final = 128
_MACROS: Final = ("_vba_project_cur", "_vba_project", "vba", "macros")
_OBJECTS: Final = ("mbd", "\x01ole10native", "ctls")
_PROTECTED: Final = ("encryptedpackage", "encryptioninfo")
_MOST_SECTORS: Final = 1 << 20
_FILEPASS: Final = 0x2F
_BOUND_SHEET: Final = 0x85
_MACRO_SHEETS: Final = frozenset({1, 6})


def look_into(path: Path, name: str) -> None:
    """Refuse a legacy workbook with macros, embedded objects or a password.

    Raises HasMacros, HasEmbeddedObjects, IsProtected, Unreadable.
    """
    try:
        with path.open("rb") as file:
            book = _Compound(file)
            names = [entry.lower() for entry, _, _ in book.entries]
            _by_names(names, name)
            _by_records(book.start_of_workbook(), name)
    except (struct.error, IndexError, ValueError, UnicodeDecodeError) as error:
        raise Unreadable(name=name) from error


def is_encrypted_package(path: Path) -> bool:
    """Whether it is an XLSX behind a password, which is kept in a compound file."""
    try:
        with path.open("rb") as file:
            return any(entry.lower() in _PROTECTED for entry, _, _ in _Compound(file).entries)
    except (struct.error, IndexError, ValueError, UnicodeDecodeError):
        return False


def _by_names(names: list[str], name: str) -> None:
    if any(entry in _PROTECTED for entry in names):
        raise IsProtected(name=name)
    if any(entry in _MACROS for entry in names):
        raise HasMacros(name=name)
    if any((entry.startswith(_OBJECTS[0]) and len(entry) == 11) or entry in _OBJECTS[1:] for entry in names):
        raise HasEmbeddedObjects(name=name)
    if not {"workbook", "book"} & set(names):
        raise Unreadable(name=name)


def _by_records(start: bytes, name: str) -> None:
    """The globals of a BIFF stream: a password record, sheets of macros of Excel 4."""
    position = 0
    while position + 4 <= len(start):
        kind, size = struct.unpack_from("<HH", start, position)
        if kind == _FILEPASS:
            raise IsProtected(name=name)
        if kind == _BOUND_SHEET and size >= 6 and start[position + 4 + 5] & 0x0F in _MACRO_SHEETS:
            raise HasMacros(name=name)
        if kind == 0x0A:
            return
        position += 4 + size


class _Compound:
    """Directory entries as (name, first sector, size)."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        head = file.read(512)
        shift, mini_shift = struct.unpack_from("<HH", head, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise ValueError("sector size")
        self.sector = 1 << shift
        (self.directory_start,) = struct.unpack_from("<I", head, 48)
        (self.cutoff,) = struct.unpack_from("<I", head, 56)
        self.table = self._table(head)
        self.entries = self._entries()

    def _table(self, head: bytes) -> list[int]:
        """The allocation table: for each sector the one that follows it."""
        holders = list(struct.unpack_from("<109I", head, 76))
        follow, count = struct.unpack_from("<II", head, 68)
        per = self.sector // 4
        for _ in range(min(count, _MOST_SECTORS // per)):
            if follow >= _END:
                break
            more = struct.unpack(f"<{per}I", self._read(follow))
            holders += more[:-1]
            follow = more[-1]
        table: list[int] = []
        for holder in holders:
            if holder < _END and len(table) < _MOST_SECTORS * per:
                table += struct.unpack(f"<{per}I", self._read(holder))
        return table

    def _read(self, sector: int) -> bytes:
        self.file.seek((sector + 1) * self.sector)
        return self.file.read(self.sector).ljust(self.sector, b"\0")

    def chain(self, start: int, most: int) -> bytes:
        parts: list[bytes] = []
        sector = start
        while sector < _END and len(parts) * self.sector < most:
            parts.append(self._read(sector))
            sector = self.table[sector]
        return b"".join(parts)[:most]

    def _entries(self) -> list[tuple[str, int, int]]:
        found = []
        directory = self.chain(self.directory_start, 4 << 20)
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            if kind and 2 <= length <= 64:
                name = directory[at : at + length - 2].decode("utf-16-le")
                start, size = struct.unpack_from("<II", directory, at + 116)
                found.append((name, start, size))
        return found

    def start_of_workbook(self) -> bytes:
        """The first megabyte of the workbook's stream; empty where it is kept among the small ones."""
        for name, start, size in self.entries:
            if name.lower() in {"workbook", "book"} and size >= self.cutoff:
                return self.chain(start, min(size, 1 << 20))
        return b""
