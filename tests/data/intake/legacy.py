"""A legacy workbook (BIFF8 in a compound file), the smallest that readers take: made by hand, since nothing writes it."""

import struct
from collections.abc import Sequence
from pathlib import Path

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls(
    path: Path, rows: Sequence[Sequence[str | float]], *, streams: Sequence[str] = (), extra: bytes = b""
) -> Path:
    """`streams`: names of further, empty streams. `extra`: records put after the first one of the globals."""
    book = _book(rows, extra).ljust(4096, b"\0")
    book += b"\0" * (-len(book) % SECTOR)
    count = len(book) // SECTOR
    entries = [
        _entry("Root Entry", 5, END, 0, child=1),
        _entry("Workbook", 2, 0, len(book), right=2 if streams else FREE),
    ]
    for place, name in enumerate(streams, start=2):
        entries.append(_entry(name, 2, END, 0, right=place + 1 if place - 1 < len(streams) else FREE))
    directory = b"".join(entries)
    directory += _entry("", 0, 0, 0) * (-len(entries) % 4)
    sectors = len(directory) // SECTOR
    first = count
    table = [*range(1, count), END, *range(first + 1, first + sectors), END, FAT]
    table += [FREE] * (-len(table) % (SECTOR // 4))
    assert len(table) == SECTOR // 4, "one sector of table is enough for a test"
    head = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, first, 0, 4096, END, 0, END, 0)  # fmt: skip
    head += struct.pack("<109I", count + sectors, *([FREE] * 108))
    path.write_bytes(head + book + directory + struct.pack(f"<{len(table)}I", *table))
    return path


def _entry(name: str, kind: int, start: int, size: int, *, right: int = FREE, child: int = FREE) -> bytes:
    text = name.encode("utf-16-le")
    length = len(text) + 2 if name else 0
    return struct.pack("<64sHBBIII16xI8x8xII4x", text, length, kind, 1, FREE, right, child, 0, start, size)


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _book(rows: Sequence[Sequence[str | float]], extra: bytes) -> bytes:
    name = "Sheet1"
    before = _begin(5) + extra + _record(0x42, struct.pack("<H", 1200))
    bound = _record(0x85, struct.pack("<IBBBB", 0, 0, 0, len(name), 0) + name.encode())
    start = len(before) + len(bound) + 4
    bound = _record(0x85, struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name.encode())
    cells = b"".join(_cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row))
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0)
    return before + bound + _record(0x0A) + _begin(0x10) + _record(0x200, size) + cells + _record(0x0A)


def _cell(row: int, column: int, value: str | float) -> bytes:
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _record(0x204, struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1) + text)
    return _record(0x203, struct.pack("<HHHd", row, column, 0, value))
