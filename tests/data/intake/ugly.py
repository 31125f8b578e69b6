"""Makers of the files that offices really send."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

HEAD = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Mã xã",
    "Tình trạng việc làm",
    "Nghề nghiệp",
)
ROWS = (
    ("1", "Nguyễn Văn An", "14/03/1980", "Nam", "099080000001", "00004", "Có việc làm", "Thợ may"),
    ("2", "Trần Thị Hòa", "1975", "Nữ", "099175000002", "00008", "Có việc làm", "Giáo viên"),
    ("3", "Phạm Ngọc Ánh", "25/12/2001", "Nữ", "099301000003", "00004", "Thất nghiệp", ""),
    ("4", "Đặng Quốc Khánh", "03/1969", "Nam", "099069000004", "00008", "Có việc làm", "Nông dân"),
    ("5", "Huỳnh Tấn Lợi", "28/02/1990", "Nam", "099090000005", "00004", "Có việc làm", "Lái xe"),
)
NAMES = tuple(row[1] for row in ROWS)


def csv_file(
    path: Path,
    rows: Iterable[Sequence[str]] = ROWS,
    *,
    head: Sequence[str] = HEAD,
    before: Iterable[str] = (),
    delimiter: str = ",",
    encoding: str = "utf-8",
) -> Path:
    lines = [*before, delimiter.join(head), *(delimiter.join(row) for row in rows)]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def workbook(
    path: Path,
    rows: Iterable[Sequence[Any]] = ROWS,
    *,
    head: Sequence[str] = HEAD,
    before: Iterable[Sequence[Any]] = (),
    merged: Iterable[str] = (),
    name: str = "Danh sách",
) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in (*before, head, *rows):
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def with_parts(path: Path, parts: Mapping[str, bytes], *, source: Path) -> Path:
    """A copy of a workbook with parts added or replaced."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in parts:
                new.writestr(info.filename, old.read(info))
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def big_workbook(path: Path, rows: int) -> Path:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number in range(rows):
            sheet.write_row(number, 0, ROWS[number % len(ROWS)] if number else HEAD)
    return path


def bomb(path: Path, megabytes: int) -> Path:
    """A workbook of zeros: small packed, large unpacked."""
    plain = BytesIO()
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
        with new.open("xl/worksheets/sheet2.xml", "w") as part:
            for _ in range(megabytes):
                part.write(b"0" * (1 << 20))
    return path
