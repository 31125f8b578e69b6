"""`lienthong quality` works over a file, without a database."""

from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from data.intake.ugly import ROWS, csv_file
from lienthong.data.intake import EmptyFile
from lienthong.site.cli import WITHOUT_DATABASE

WRONG = [*ROWS[:4], (*ROWS[4][:3], "Nữ", *ROWS[4][4:])]


def quality(*words: object) -> str:
    out = StringIO()
    call_command("quality", *map(str, words), stdout=out)
    return out.getvalue()


def test_a_file_is_scored_and_its_workbook_handed_back(tmp_path: Path) -> None:
    said = quality(
        csv_file(tmp_path / "a.csv", WRONG),
        "--by",
        "province",
        "--today",
        "2026-11-22",
        "--out",
        tmp_path / "out",
    )
    assert "Người lao động, 5 bản ghi" in said
    assert "4 / 5  Giới tính đã khai khác với giới tính trong số định danh cá nhân." in said
    assert "\n01 " in said
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert made == {
        "records.parquet",
        "linkage.parquet",
        "findings.parquet",
        "counters.parquet",
        "marked.xlsx",
    }
    assert openpyxl.load_workbook(tmp_path / "out" / "marked.xlsx")["Lỗi"]["A2"].value == 6


def test_a_template_is_written_and_an_empty_one_refused(tmp_path: Path) -> None:
    out = tmp_path / "merit.xlsx"
    assert quality("--template", "merit", "--out", out).strip() == str(out)
    with pytest.raises(EmptyFile):
        quality(out)


def test_what_cannot_be_guessed_is_asked_for(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a.csv", [row[:4] for row in ROWS], head=("STT", "Họ và tên", "Ngày sinh", "Giới tính")
    )
    with pytest.raises(CommandError, match="--as workers"):
        quality(path)
    assert "Người có công" in quality(path, "--as", "merit")
    with pytest.raises(CommandError, match="no file"):
        quality(tmp_path / "none.csv")


def test_it_needs_no_database() -> None:
    assert "quality" in WITHOUT_DATABASE
