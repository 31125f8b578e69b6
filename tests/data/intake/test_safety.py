"""Files that could harm whoever opens them are refused, each with its own sentence."""

import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from data.intake.ugly import bomb, csv_file, with_parts, workbook
from lienthong.data import intake
from lienthong.data.intake import (
    EmptyFile,
    ExtensionLies,
    HasEmbeddedObjects,
    HasEntities,
    HasMacros,
    IsProtected,
    Limits,
    TooBigUnpacked,
    Unreadable,
    UnsupportedKind,
)


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return workbook(tmp_path / "plain.xlsx")


def test_a_plain_workbook_passes(plain: Path) -> None:
    assert intake.inspect(plain).kind == "xlsx"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = bomb(tmp_path / "a.xlsx", 64)
    assert path.stat().st_size < 1 << 20
    with pytest.raises(TooBigUnpacked):
        intake.preview(path)


def test_a_workbook_over_the_limit_is_refused(plain: Path) -> None:
    with pytest.raises(TooBigUnpacked):
        intake.inspect(plain, limits=Limits(unpacked=1000))
    with pytest.raises(TooBigUnpacked):
        intake.inspect(plain, limits=Limits(parts=3))


def test_a_size_that_lies_is_found_by_counting(tmp_path: Path, plain: Path) -> None:
    """The directory promises ten bytes; the part holds a megabyte."""
    path = with_parts(tmp_path / "a.xlsx", {"xl/extra.bin": b"\0" * (1 << 20)}, source=plain)
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"xl/extra.bin") - 46
    struct.pack_into("<I", raw, at + 24, 10)
    path.write_bytes(raw)
    with pytest.raises((TooBigUnpacked, Unreadable)):
        intake.inspect(path)


def test_parts_over_the_same_bytes_are_refused(tmp_path: Path, plain: Path) -> None:
    path = with_parts(tmp_path / "a.xlsx", {"xl/one.bin": b"1" * 500, "xl/two.bin": b"2" * 500}, source=plain)
    raw = bytearray(path.read_bytes())
    one, two = raw.rindex(b"xl/one.bin") - 46, raw.rindex(b"xl/two.bin") - 46
    raw[two + 42 : two + 46] = raw[one + 42 : one + 46]
    path.write_bytes(raw)
    with pytest.raises(TooBigUnpacked):
        intake.inspect(path)


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "XL/VBAPROJECT.BIN"])
def test_macros_are_refused(tmp_path: Path, plain: Path, part: str) -> None:
    with pytest.raises(HasMacros, match="macro"):
        intake.preview(with_parts(tmp_path / "a.xlsx", {part: b"x"}, source=plain))


def test_a_macro_workbook_is_refused_by_its_extension_and_by_its_type(tmp_path: Path, plain: Path) -> None:
    with pytest.raises(HasMacros):
        intake.inspect(plain, name="a.xlsm")
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml" PartName="/xl/workbook.xml"/></Types>'
    with pytest.raises(HasMacros):
        intake.inspect(with_parts(tmp_path / "a.xlsx", {"[Content_Types].xml": types}, source=plain))


@pytest.mark.parametrize("part", ["xl/embeddings/oleObject1.bin", "xl/activeX/activeX1.xml"])
def test_embedded_objects_are_refused(tmp_path: Path, plain: Path, part: str) -> None:
    with pytest.raises(HasEmbeddedObjects):
        intake.preview(with_parts(tmp_path / "a.xlsx", {part: b"x"}, source=plain))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_declared_entities_are_refused(tmp_path: Path, plain: Path, encoding: str) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c SYSTEM "file:///etc/passwd">]><a>&b;&c;</a>'
    with pytest.raises(HasEntities):
        intake.preview(
            with_parts(tmp_path / "a.xlsx", {"xl/sharedStrings.xml": text.encode(encoding)}, source=plain)
        )


def test_links_to_other_files_are_not_followed_and_are_said(tmp_path: Path, plain: Path) -> None:
    seen = intake.preview(
        with_parts(
            tmp_path / "a.xlsx", {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}, source=plain
        )
    )
    assert any("liên kết" in notice for notice in seen.notices)


def test_a_cell_at_the_far_corner_does_not_take_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.load_workbook(workbook(path))
    book.active["XFD1000000"] = "x"
    book.save(path)
    found = intake.inspect(path)
    assert found.cells == 1_000_000 * 16_384
    seen = intake.preview(path, "workers")
    assert seen.columns[1].field == "full_name"


@pytest.mark.parametrize("extension", [".xlsx", ".xls", ".parquet", ".jsonl"])
def test_a_text_under_another_name_is_a_lie(tmp_path: Path, extension: str) -> None:
    path = csv_file(tmp_path / f"a{extension}")
    with pytest.raises(ExtensionLies, match="văn bản"):
        intake.preview(path)


@pytest.mark.parametrize(
    ("start", "found"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"MZ\x90", "chương trình"),
        (b"<html><table>", "trang web"),
        (b"\x89PNG\r\n", "ảnh"),
        (b"\0" * 200, "loại khác"),
    ],
)
def test_another_kind_under_the_name_of_a_table_is_a_lie(tmp_path: Path, start: bytes, found: str) -> None:
    for extension in (".csv", ".xls"):
        path = tmp_path / f"a{extension}"
        path.write_bytes(start + b" " * 50)
        with pytest.raises(ExtensionLies, match=found):
            intake.preview(path)


def test_a_workbook_named_csv_is_a_lie(plain: Path) -> None:
    with pytest.raises(ExtensionLies, match="XLSX"):
        intake.inspect(plain, name="a.csv")


def test_an_encrypted_part_is_protection(tmp_path: Path, plain: Path) -> None:
    path = with_parts(tmp_path / "a.xlsx", {"xl/secret.bin": b"x"}, source=plain)
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"xl/secret.bin") - 46
    raw[at + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(IsProtected, match="mật khẩu"):
        intake.inspect(path)


def test_a_zip_that_is_no_workbook_and_a_torn_one_are_not_read(tmp_path: Path, plain: Path) -> None:
    other = tmp_path / "a.xlsx"
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    torn = tmp_path / "b.xlsx"
    torn.write_bytes(plain.read_bytes()[:-200])
    for path in (other, torn):
        with pytest.raises(Unreadable):
            intake.preview(path)


def test_a_torn_parquet_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1" + b"\0" * 100)
    with pytest.raises(Unreadable):
        intake.preview(path)


def test_empty_and_unknown_files_are_refused(tmp_path: Path) -> None:
    empty = tmp_path / "a.csv"
    empty.touch()
    with pytest.raises(EmptyFile):
        intake.preview(empty)
    blank = tmp_path / "b.csv"
    blank.write_text("\n\n")
    with pytest.raises(EmptyFile):
        intake.preview(blank)
    with pytest.raises(UnsupportedKind):
        intake.inspect(csv_file(tmp_path / "a.docx"))
