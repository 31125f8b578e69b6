"""A preview says what is in a file and changes nothing."""

import json
from pathlib import Path

import openpyxl
import pytest

from data.intake.ugly import HEAD, NAMES, ROWS, csv_file, workbook
from lienthong.data import intake, sources
from lienthong.data.intake import ALL, Plan, encode
from lienthong.data.intake.plan import ProposalKind

MAPPED = {
    1: "full_name",
    2: "birth_date",
    3: "sex",
    4: "personal_number",
    5: "commune_code",
    6: "activity",
    7: "occupation",
}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_delimiter_and_the_encoding_are_found(tmp_path: Path, delimiter: str, encoding: str) -> None:
    seen = intake.preview(csv_file(tmp_path / "a.csv", delimiter=delimiter, encoding=encoding))
    assert (seen.schema, dict(seen.base.mapping)) == ("workers", MAPPED)
    assert [row[1] for row in seen.rows] == list(NAMES)
    assert seen.base.delimiter == delimiter


def test_the_heading_is_on_the_third_row_under_a_title(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", before=[["DANH SÁCH NGƯỜI LAO ĐỘNG NĂM 2026"], []], merged=["A1:H1"])
    seen = intake.preview(path)
    assert (seen.base.header_row, seen.base.first_row) == (3, 4)
    assert dict(seen.base.mapping) == MAPPED


def test_the_row_of_column_numbers_is_not_data(tmp_path: Path) -> None:
    numbering = tuple(f"({place})" for place in range(1, 9))
    seen = intake.preview(csv_file(tmp_path / "a.csv", [numbering, *ROWS]))
    assert seen.base.first_row == 3
    assert seen.seen == len(ROWS)


def test_a_heading_of_two_rows_with_merged_cells(tmp_path: Path) -> None:
    head = ("STT", "Họ và tên", "Giấy tờ", None, "Giới tính", "Năm sinh")
    under = (None, None, "Số CCCD", "Số CMND", None, None)
    rows = [(1, "Nguyễn Văn An", "099080000001", "012345678", "Nam", "1980")]
    path = workbook(
        tmp_path / "a.xlsx", [under, *rows], head=head, merged=["C1:D1", "A1:A2", "B1:B2", "E1:E2", "F1:F2"]
    )
    seen = intake.preview(path, "workers")
    assert seen.base.first_row == 3
    assert {name: seen.columns[index].header for index, name in seen.base.mapping.items()} == {
        "full_name": "Họ và tên", "personal_number": "Giấy tờ / Số CCCD", "old_number": "Giấy tờ / Số CMND",
        "sex": "Giới tính", "birth_date": "Năm sinh",
    }  # fmt: skip


@pytest.mark.parametrize("charmap", intake.CHARMAPS)
def test_a_csv_in_an_old_character_set_is_shown_before_and_after(tmp_path: Path, charmap: str) -> None:
    old = [tuple(encode(cell, charmap) for cell in row) for row in ROWS * 3]
    path = csv_file(tmp_path / "a.csv", old, head=[encode(one, charmap) for one in HEAD], encoding="latin-1")
    seen = intake.preview(path)
    assert dict(seen.base.mapping) == MAPPED
    offered = next(one for one in seen.proposals if one.column == 1)
    assert (offered.kind, offered.value) == (ProposalKind.CHARMAP, charmap)
    assert offered.examples[0].after == "Nguyễn Văn An"
    assert seen.plan().charmaps == {}
    assert seen.plan([offered.id]).charmaps == {1: charmap}


def test_nothing_is_accepted_unless_somebody_accepts_it(tmp_path: Path) -> None:
    short = [(*row[:4], row[4][1:], *row[5:]) for row in ROWS]
    seen = intake.preview(csv_file(tmp_path / "a.csv", short))
    assert [one.id for one in seen.proposals] == ["zeros:4"]
    assert seen.plan() == seen.plan([]) == seen.base
    assert seen.plan(ALL).zeros == {4}


def test_a_plan_is_kept_as_json(tmp_path: Path) -> None:
    plan = intake.preview(csv_file(tmp_path / "a.csv")).plan(ALL).with_mapping({7: None, 0: "record_id"})
    assert Plan.from_dict(json.loads(json.dumps(plan.to_dict()))) == plan
    assert plan.mapping[0] == "record_id"
    assert 7 not in plan.mapping


def test_headings_of_an_earlier_plan_are_remembered(tmp_path: Path) -> None:
    head = ("Mã", "Tên công dân", *HEAD[2:])
    path = csv_file(tmp_path / "a.csv", head=head)
    assert 1 not in intake.preview(path, "workers").base.mapping
    remembered = {sources.header_key("Tên công dân"): "full_name"}
    column = intake.preview(path, "workers", remembered=remembered).columns[1]
    assert (column.field, column.remembered, column.confidence) == ("full_name", True, 1.0)


def test_a_heading_misspelt_is_suggested_with_less_confidence(tmp_path: Path) -> None:
    head = (HEAD[0], "Họ và  tênn", *HEAD[2:])
    column = intake.preview(csv_file(tmp_path / "a.csv", head=head), "workers").columns[1]
    assert column.field == "full_name"
    assert 0.8 < column.confidence < 0.98


def test_the_sheet_with_the_data_is_chosen_and_hidden_ones_are_said(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("Hướng dẫn", 0).append(["Điền theo mẫu"])
    book.create_sheet("Nháp").sheet_state = "hidden"
    book.save(path)
    seen = intake.preview(path)
    assert seen.sheets == ("Hướng dẫn", "Danh sách")
    assert seen.base.sheet == "Danh sách"
    assert any("Nháp" in notice for notice in seen.notices)


def test_the_same_content_is_known_under_another_name(tmp_path: Path) -> None:
    one, two = csv_file(tmp_path / "a.csv"), csv_file(tmp_path / "b.csv")
    assert intake.content_hash(one) == intake.content_hash(two) == intake.preview(two).content_hash
    assert intake.content_hash(csv_file(tmp_path / "c.csv", ROWS[:4])) != intake.content_hash(one)


def test_a_source_that_is_not_clear_is_not_guessed(tmp_path: Path) -> None:
    seen = intake.preview(csv_file(tmp_path / "a.csv", [row[:5] for row in ROWS], head=HEAD[:5]))
    assert seen.schema is None
    assert seen.base.mapping == {}
