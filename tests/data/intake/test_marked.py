"""The sender gets its own table back: wrong cells coloured, a sheet of errors, nothing that acts."""

import csv
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font, PatternFill

from data.intake.legacy import xls
from data.intake.ugly import HEAD, ROWS, csv_file, with_parts, workbook
from lienthong.data import checks, intake, sources
from lienthong.data.intake import marked as marked_module
from lienthong.data.intake import marked_workbook, safe_cell, write_csv

PINK = "00FBE7E4"


def mark(path: Path, tmp_path: Path) -> Path:
    reading = intake.read(path, intake.preview(path, "workers").plan(), tmp_path / "r.parquet")
    findings = checks.run(
        reading.parquet, sources.schema("workers"), out=tmp_path / "out", today=date(2026, 11, 22)
    )
    return marked_workbook(path, reading, findings.findings, tmp_path / "marked.xlsx")


WRONG = (ROWS[0], (*ROWS[1][:3], "Nam", *ROWS[1][4:]), (*ROWS[2][:1], "=1+1", *ROWS[2][2:]), *ROWS[3:])


def test_a_workbook_keeps_its_look_and_its_wrong_cells_are_marked(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", WRONG[:2], before=[["DANH SÁCH"], []], merged=["A1:H1"])
    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet["A1"].font, sheet["B3"].fill = Font(bold=True, size=18), PatternFill("solid", fgColor="FFFF00")
    sheet.column_dimensions["B"].width = 41
    book.save(path)

    got = openpyxl.load_workbook(mark(path, tmp_path))
    assert got.sheetnames == ["Lỗi", "Tổng hợp", "Danh sách"]
    sheet = got["Danh sách"]
    assert (sheet["A1"].font.size, sheet["B3"].fill.fgColor.rgb, sheet.column_dimensions["B"].width) == (
        18,
        "00FFFF00",
        41,
    )
    assert str(next(iter(sheet.merged_cells.ranges))) == "A1:H1"
    marked = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == PINK}
    assert marked == {"E5"}
    assert "Giới tính" in sheet["E5"].comment.text
    assert [cell.value for cell in got["Lỗi"][2]][:5] == [
        5, "E", "Số CCCD", "•••• 0002", "Giới tính đã khai khác với giới tính trong số định danh cá nhân.",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xls"])
def test_other_files_become_a_workbook(tmp_path: Path, kind: str) -> None:
    path = csv_file(tmp_path / "a.csv", WRONG) if kind == "csv" else xls(tmp_path / "a.xls", [HEAD, *WRONG])
    got = openpyxl.load_workbook(mark(path, tmp_path))
    assert got.sheetnames == ["Lỗi", "Tổng hợp", "Dữ liệu"]
    sheet = got["Dữ liệu"]
    assert [cell.value for cell in sheet[3]][:3] == [3, "2", "Trần Thị Hòa"]
    marked = {
        cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == "FFFBE7E4"
    }
    assert marked == {"F3", "C4"}
    assert got["Tổng hợp"]["A1"].value == "Dòng đã đọc"
    assert got["Tổng hợp"]["B1"].value == 5


def told(book: openpyxl.Workbook) -> dict[str, object]:
    return {str(row[0].value): row[1].value for row in book["Tổng hợp"].iter_rows(max_col=2)}


COPIED = "Tệp dài hơn một trang tính nên trang Dữ liệu chỉ có các dòng cần sửa. Số dòng đã chép"
NOT_COPIED = "Dòng cần sửa không chép vào được vì trang tính đã đầy"


@pytest.mark.parametrize(("room", "copied", "left"), [(3, [3, 4], None), (1, [3], 1)])
def test_a_long_file_gives_back_only_rows_with_errors_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int, copied: list[int], left: int | None
) -> None:
    """A sheet of Excel holds 1,048,576 rows: the sender is told which of a longer file are not in it."""
    monkeypatch.setattr(marked_module, "ROWS", room)
    got = openpyxl.load_workbook(mark(csv_file(tmp_path / "a.csv", WRONG), tmp_path))
    assert [row[0].value for row in got["Dữ liệu"].iter_rows(min_row=2)] == copied
    assert (told(got)[COPIED], told(got).get(NOT_COPIED)) == (len(copied), left)


def test_a_file_that_fits_says_nothing_of_rows_left_out(tmp_path: Path) -> None:
    got = openpyxl.load_workbook(mark(csv_file(tmp_path / "a.csv", WRONG), tmp_path))
    assert COPIED not in told(got)


def test_unreadable_rows_are_listed(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [ROWS[0], ("x" * (2 << 20),), ROWS[1]])
    got = openpyxl.load_workbook(mark(path, tmp_path))
    assert got["Lỗi"]["A2"].value == 3
    assert got["Lỗi"]["E2"].value.startswith("Không đọc được dòng này")


EVIL = ("=cmd|'/C calc'!A0", "@SUM(1)", "+1+cmd", "-2+3+cmd", "=HYPERLINK(\"http://x\")", "\t=1", "\u200b=1", "＝1+1")  # fmt: skip


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_no_formula_survives_in_what_is_sent_back(tmp_path: Path, kind: str) -> None:
    rows = [(*ROWS[0][:1], evil, *ROWS[0][2:]) for evil in EVIL]
    if kind == "xlsx":
        path = workbook(tmp_path / "a.xlsx", [(*row[:1], None, *row[2:]) for row in rows])
        book = openpyxl.load_workbook(path)
        for number, row in enumerate(rows, start=2):
            cell = book.active.cell(number, 2, row[1])
            cell.data_type = "s" if number % 2 else cell.data_type
            cell.hyperlink = "http://example.org/x"
        book.defined_names["Bad"] = openpyxl.workbook.defined_name.DefinedName(
            "Bad", attr_text="[1]Sheet1!$A$1"
        )
        book.save(path)
    else:
        path = csv_file(tmp_path / "a.csv", rows, delimiter=";")
    out = mark(path, tmp_path)
    with zipfile.ZipFile(out) as package:
        for name in package.namelist():
            content = package.read(name)
            assert b"<f>" not in content
            assert b"<f " not in content
            assert b"hyperlink" not in content
            assert b"definedName " not in content
            assert "externalLink" not in name
    book = openpyxl.load_workbook(out)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_formulas_become_the_values_that_were_saved(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    shown = sheet.replace(
        '<c r="A2" t="inlineStr"><is><t>1</t></is></c>',
        '<c r="A2"><f>WEBSERVICE("http://x")</f><v>77</v></c>',
    )
    if shown == sheet:
        start = sheet.index('<c r="A2"')
        shown = (
            sheet[:start]
            + '<c r="A2"><f>WEBSERVICE("http://x")</f><v>77</v></c>'
            + sheet[sheet.index("</c>", start) + 4 :]
        )
    evil = with_parts(tmp_path / "b.xlsx", {"xl/worksheets/sheet1.xml": shown.encode()}, source=path)
    assert any("1 ô công thức" in notice for notice in intake.preview(evil).notices)
    got = openpyxl.load_workbook(mark(evil, tmp_path))
    assert got["Danh sách"]["A2"].value == 77


def test_a_sheet_of_the_senders_that_is_called_errors_stays(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", name="lỗi")
    assert openpyxl.load_workbook(mark(path, tmp_path)).sheetnames == ["Lỗi (2)", "Tổng hợp", "lỗi"]


@given(st.text(max_size=40))
def test_no_text_that_leaves_us_begins_like_a_formula(text: str) -> None:
    safe = safe_cell(text)
    assert safe.lstrip(" \u00a0\u200b\ufeff\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029\u3000")[:1] not in {
        "=",
        "@",
        "\t",
        "\r",
        "＝",
        "＠",
    }
    if safe[:1] in {"+", "-"}:
        assert not any(char.isalpha() or char in "(!|" for char in safe)


@pytest.mark.parametrize("text", ["-5", "+84 912 345 678", "-1.234,5", "Nguyễn Văn An", "", "099080000001"])
def test_plain_figures_and_words_are_not_touched(text: str) -> None:
    assert safe_cell(text) == text


def test_a_csv_that_leaves_us_is_safe(tmp_path: Path) -> None:
    out = write_csv([("Tên", "Ghi chú"), *((evil, None) for evil in EVIL)], tmp_path / "a.csv")
    with out.open(encoding="utf-8-sig", newline="") as file:
        assert all(row[0].startswith("'") for row in list(csv.reader(file))[1:])
