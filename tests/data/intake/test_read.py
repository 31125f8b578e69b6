"""A bad row never stops a file, and what was accepted is applied and told."""

import json
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.intake.ugly import HEAD, NAMES, ROWS, big_workbook, csv_file, workbook
from lienthong.data import intake, sources
from lienthong.data.intake import ALL, EmptyFile, NothingMapped, PlanDoesNotFit, Reading, encode
from lienthong.data.intake import reading as reading_module
from lienthong.data.intake import sheets as sheets_module
from lienthong.data.sources import LINKAGE_FIELDS


def take(path: Path, schema: str | None = "workers", accept: Any = None) -> Reading:
    return intake.read(path, intake.preview(path, schema).plan(accept), path.with_suffix(".out.parquet"))


def rows(reading: Reading, *columns: str) -> list[tuple[Any, ...]]:
    query = f"SELECT row, {', '.join(columns)} FROM read_parquet('{reading.parquet}') ORDER BY row"
    return duckdb.sql(query).fetchall()


def changed(**cells: str) -> tuple[str, ...]:
    """The first good row with some cells otherwise."""
    places = {"name": 1, "birth": 2, "sex": 3, "number": 4, "commune": 5, "activity": 6, "job": 7}
    row = list(ROWS[0])
    for name, cell in cells.items():
        row[places[name]] = cell
    return tuple(row)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl", "parquet"])
def test_every_kind_of_file_gives_the_same_records(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "csv":
        csv_file(path)
    elif kind == "xlsx":
        workbook(path)
    elif kind == "jsonl":
        path.write_text(
            "".join(json.dumps(dict(zip(HEAD, row, strict=True)), ensure_ascii=False) + "\n" for row in ROWS)
        )
    else:
        pq.write_table(pa.table({head: [row[i] for row in ROWS] for i, head in enumerate(HEAD)}), path)
    got = rows(
        take(path),
        "full_name",
        "birth_date",
        "sex",
        "personal_number",
        "commune_code",
        "activity",
        "occupation",
    )
    first = 2 if kind in {"csv", "xlsx"} else 1
    assert got[0] == (
        first,
        "Nguyễn Văn An",
        "1980-03-14",
        "male",
        "099080000001",
        "00004",
        "employed",
        "Thợ may",
    )
    assert got[2] == (
        first + 2,
        "Phạm Ngọc Ánh",
        "2001-12-25",
        "female",
        "099301000003",
        "00004",
        "unemployed",
        None,
    )
    assert len(got) == 5


def test_a_bad_row_never_stops_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    csv_file(
        path,
        [
            ROWS[0],
            changed(name='"Lê Thị\nMai"'),
            changed(name='"Trần không đóng'),
            ROWS[2],
            (*ROWS[3], "thừa", "ô"),
            ROWS[4][:3],
        ],
    )
    path.write_bytes(path.read_bytes() + b"\r\n\r\n9,Ng\xff\xfe An,1990,Nam,,,,\r\n")
    reading = take(path)
    got = rows(reading, "full_name", "row_mark", "full_name__mark")
    assert [(row, name) for row, name, _, _ in got] == [
        (2, "Nguyễn Văn An"), (3, "Lê Thị Mai"), (4, "Trần không đóng"), (5, "Phạm Ngọc Ánh"), (6, "Đặng Quốc Khánh"),
        (7, "Huỳnh Tấn Lợi"), (10, "Ng\ufffd\ufffd An"),
    ]  # fmt: skip
    assert [mark for _, _, mark, _ in got] == [None, None, "quote", None, "extra_cells", None, None]
    assert got[-1][3] == "broken_text"
    assert reading.left == {"blank": 2}


def test_a_line_without_end_is_one_bad_row(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [ROWS[0], ("x" * (3 << 20),), ROWS[1]])
    reading = take(path)
    assert (reading.rows, reading.left) == (2, {"unreadable": 1})
    assert (reading.named[0].row, reading.named[0].reason) == (3, "unreadable")


def test_lines_that_are_not_json_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = json.dumps(dict(zip(HEAD, ROWS[0], strict=True)))
    path.write_text(f"{good}\n{{broken\n[1, 2]\n\n{'[' * 5000}\n{good}\n")
    reading = take(path)
    assert reading.rows == 2
    assert [left.row for left in reading.named] == [2, 3, 5]


def test_totals_groups_and_signatures_are_not_records(tmp_path: Path) -> None:
    groups: Sequence[Sequence[Any]] = [
        ("I. Thôn Đông",), *ROWS[:2], ("II. Thôn Đoài",), *ROWS[2:], ("", "Tổng cộng", "5"),
        ("", "", "", "Ngày 20 tháng 11 năm 2026"), ("", "Người lập biểu", "", "", "Chủ tịch"),
    ]  # fmt: skip
    reading = take(csv_file(tmp_path / "a.csv", groups))
    assert [name for _, name in rows(reading, "full_name")] == list(NAMES)
    assert reading.left == {"note": 4, "total": 1}
    assert reading.received == 10


@pytest.mark.parametrize(
    ("cells", "field"),
    [({"number": "000000001"}, "personal_number"), ({"number": "111111111111"}, "personal_number"), ({"number": "không có"}, "personal_number"),
     ({"birth": "01/01/1900"}, "birth_date"), ({"birth": "1900-01-01"}, "birth_date"), ({"name": "Chưa rõ"}, "full_name"), ({"name": "Nguyễn Văn A"}, "full_name"),
     ({"sex": "không rõ"}, "sex"), ({"commune": "00000"}, "commune_code"), ({"job": "KHÔNG"}, "occupation"), ({"job": "..."}, "occupation")],
)  # fmt: skip
def test_a_placeholder_is_named_as_such_and_is_no_value(
    tmp_path: Path, cells: dict[str, str], field: str
) -> None:
    got = rows(
        take(csv_file(tmp_path / "a.csv", [changed(**cells), ROWS[1]])),
        field,
        f"{field}__was",
        f"{field}__mark",
    )
    assert got[0] == (2, None, next(iter(cells.values())), "placeholder")
    assert got[1][3] is None


def test_what_looks_like_a_placeholder_but_is_not(tmp_path: Path) -> None:
    got = rows(
        take(
            csv_file(tmp_path / "a.csv", [changed(commune="00001", birth="01/01/1960", sex="Khác"), ROWS[1]])
        ),
        "commune_code",
        "birth_date",
        "sex",
    )
    assert got[0] == (2, "00001", "1960-01-01", "unknown")


def test_lost_zeros_come_back_only_where_accepted(tmp_path: Path) -> None:
    """Province codes begin with 0: a spreadsheet makes 11 digits of 12, and 4 of 00004."""
    path = workbook(tmp_path / "a.xlsx", [(1, *row[1:4], int(row[4]), int(row[5]), *row[6:]) for row in ROWS])
    columns = (
        "personal_number",
        "personal_number__was",
        "personal_number__mark",
        "commune_code",
        "commune_code__mark",
    )
    assert rows(take(path), *columns)[0] == (2, "99080000001", None, "zeros_lost", "4", "zeros_lost")
    assert rows(take(path, accept=ALL), *columns)[0] == (
        2,
        "099080000001",
        "99080000001",
        "zeros_restored",
        "00004",
        "zeros_restored",
    )


def test_a_number_in_short_form_has_lost_its_digits(tmp_path: Path) -> None:
    got = rows(
        take(csv_file(tmp_path / "a.csv", [changed(number="9.908E+10")]), accept=ALL),
        "personal_number",
        "personal_number__mark",
    )
    assert got == [(2, "9.908E+10", "scientific")]


def test_nine_digits_move_to_the_old_number_only_where_accepted(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [changed(number="024 681 357"), ROWS[1]])
    assert rows(take(path), "personal_number", "old_number")[0] == (2, "024681357", None)
    got = rows(take(path, accept=["old_numbers:4"]), "personal_number", "old_number", "personal_number__mark")
    assert got[0] == (2, None, "024681357", "moved_to_old_number")
    assert got[1][1:3] == ("099175000002", None)


def test_grouped_numbers_are_read_without_their_grouping(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a.csv",
        [
            changed(number="099 080 000 001"),
            changed(number="'099080000001"),
            changed(number="099080000001.0"),
        ],
    )
    assert {number for _, number in rows(take(path), "personal_number")} == {"099080000001"}


@pytest.mark.parametrize("charmap", intake.CHARMAPS)
def test_old_character_sets_are_decoded_only_where_accepted(tmp_path: Path, charmap: str) -> None:
    old = [tuple(encode(cell, charmap) for cell in row) for row in ROWS * 4]
    path = csv_file(tmp_path / "a.csv", old, head=[encode(one, charmap) for one in HEAD], encoding="latin-1")
    assert rows(take(path), "full_name")[0] == (2, encode("Nguyễn Văn An", charmap))
    got = rows(take(path, accept=ALL), "full_name", "full_name__was", "full_name__mark", "sex")
    assert got[0] == (2, "Nguyễn Văn An", encode("Nguyễn Văn An", charmap), "charmap", "male")
    # A toned capital is beyond TCVN3: it comes back small.
    assert [one[1].casefold() for one in got[:5]] == [name.casefold() for name in NAMES]


def test_decomposed_text_is_composed_and_said(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [changed(name=unicodedata.normalize("NFD", "Nguyễn  Văn An "))])
    assert rows(take(path), "full_name", "full_name__mark") == [(2, "Nguyễn Văn An", "composed")]


def test_swapped_day_and_month_are_flagged(tmp_path: Path) -> None:
    reading = take(csv_file(tmp_path / "a.csv", [*ROWS, changed(birth="03/25/1980")]))
    assert rows(reading, "birth_date", "birth_date__mark")[-1] == (7, "03/25/1980", "swapped")
    assert reading.marks["birth_date", "swapped"] == 1


def test_a_column_written_month_first_is_read_so_only_where_accepted(tmp_path: Path) -> None:
    dates = ("03/25/1980", "12/31/1979", "05/06/1990", "01/15/2001")
    path = csv_file(tmp_path / "a.csv", [changed(birth=one) for one in dates])
    assert [one for _, one in rows(take(path), "birth_date")][2] == "1990-06-05"
    assert [one for _, one in rows(take(path, accept=ALL), "birth_date")] == [
        "1980-03-25",
        "1979-12-31",
        "1990-05-06",
        "2001-01-15",
    ]


def test_dates_that_a_spreadsheet_turned_are_offered_to_be_turned_back(tmp_path: Path) -> None:
    """Typed day first where the program expects the month: 05/03/1980 became 3 May, 25/03/1980 stayed text."""
    typed = [
        date(1980, 5, 3),
        date(1991, 12, 1),
        date(1975, 2, 9),
        "25/03/1980",
        "31/12/1979",
        "17/08/1966",
    ]
    path = workbook(
        tmp_path / "a.xlsx",
        [(1, "Nguyễn Văn An", one, "Nam", "099080000001", "00004", "Có việc làm", "x") for one in typed],
    )
    assert "typed_dates:2" in {one.id for one in intake.preview(path, "workers").proposals}
    assert rows(take(path), "birth_date")[0] == (2, "1980-05-03")
    assert [one for _, one in rows(take(path, accept=ALL), "birth_date")][:4] == [
        "1980-03-05",
        "1991-01-12",
        "1975-09-02",
        "1980-03-25",
    ]


def test_many_first_of_januaries_are_offered_as_years(tmp_path: Path) -> None:
    path = csv_file(
        tmp_path / "a.csv", [*ROWS, *(changed(birth=f"01/01/{year}") for year in range(1950, 1956))]
    )
    assert rows(take(path), "birth_date")[-1] == (12, "1955-01-01")
    assert rows(take(path, accept=["year_only:2"]), "birth_date", "birth_date__was")[-1] == (
        12,
        "1955",
        "01/01/1955",
    )


def test_merged_cells_are_filled_only_where_accepted(tmp_path: Path) -> None:
    lines = [(*row[:5], "00004" if place == 0 else None, *row[6:]) for place, row in enumerate(ROWS[:3])]
    path = workbook(tmp_path / "a.xlsx", lines, merged=["F2:F4"])
    assert [code for _, code in rows(take(path), "commune_code")] == ["00004", None, None]
    assert [code for _, code in rows(take(path, accept=ALL), "commune_code")] == ["00004"] * 3


def test_a_workbook_too_large_for_memory_is_streamed_to_the_same_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = big_workbook(tmp_path / "a.xlsx", 500)
    whole = rows(take(path), "full_name", "birth_date", "personal_number")
    monkeypatch.setattr(sheets_module, "CELLS_IN_MEMORY", 100)
    assert rows(take(path), "full_name", "birth_date", "personal_number") == whole
    assert len(whole) == 499


def test_a_column_that_moved_since_the_plan_was_made_is_not_guessed(tmp_path: Path) -> None:
    plan = intake.preview(csv_file(tmp_path / "a.csv")).plan()
    moved = csv_file(tmp_path / "b.csv", head=(*HEAD[:2], *reversed(HEAD[2:])))
    with pytest.raises(PlanDoesNotFit, match="tiêu đề"):
        intake.read(moved, plan, tmp_path / "b.parquet")
    assert intake.read(csv_file(tmp_path / "c.csv", ROWS[:2]), plan, tmp_path / "c.parquet").rows == 2


def test_a_heading_alone_and_a_plan_without_columns_are_refused(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv")
    plan = intake.preview(path).plan()
    with pytest.raises(NothingMapped):
        intake.read(path, plan.with_mapping(dict.fromkeys(plan.mapping)), tmp_path / "o.parquet")
    with pytest.raises(EmptyFile):
        intake.read(csv_file(tmp_path / "b.csv", []), plan, tmp_path / "o.parquet")


@pytest.mark.parametrize("code", sources.SCHEMAS)
def test_what_linkage_reads_comes_straight_out_of_every_schema(tmp_path: Path, code: str) -> None:
    labels = [field.label for field in sources.schema(code).fields]
    given = {
        "Họ và tên": "Nguyễn Văn An",
        "Ngày sinh": "03/1980",
        "Giới tính": "Nam",
        "Số định danh cá nhân": "099080000001",
        "Mã xã": "00004",
    }
    path = csv_file(
        tmp_path / "a.csv", [[given.get(label, "") for label in labels]], head=labels, delimiter="\t"
    )
    out = intake.records(take(path, code), tmp_path / "r.parquet", source="thử")
    table = duckdb.sql(f"FROM '{out}'")
    assert tuple(table.columns) == (*LINKAGE_FIELDS, "source")
    assert {str(kind) for kind in table.types} == {"VARCHAR"}
    assert table.fetchall() == [
        ("2", "099080000001", None, "Nguyễn Văn An", "03/1980", "male", "00004", None, "thử")
    ]


def test_a_text_worked_out_once_reads_as_one_worked_out_in_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a column whose texts repeat each is worked out once; the records are the same, in the same order."""
    dirty = [
        changed(name=unicodedata.normalize("NFD", "Trần Thị Hoà"), birth="31/02/1990", sex="nu", commune="4"),
        changed(
            name="không", birth="1990", number="000000000001", commune="00004", activity="X?", job="=1+1"
        ),
        changed(name="", birth="01/01/1900", number="99158012345", commune=" 00004 ", job=""),
    ]
    path = csv_file(tmp_path / "a.csv", [*ROWS, *dirty] * 12)
    together = pq.read_table(take(path).parquet)
    monkeypatch.setattr(reading_module, "MOST_TEXTS", -1)
    assert pq.read_table(take(path).parquet) == together
    assert together["row"].to_pylist() == list(range(2, 2 + together.num_rows))


def test_rows_keep_their_order_also_where_cells_are_missing(tmp_path: Path) -> None:
    """A row with nothing in a column waits for nobody: neither its place nor memory is lost by it."""
    lines = [ROWS[0], ("x", "Trần Thị Hòa"), ROWS[2], ROWS[3][:5]] * 20
    got = take(csv_file(tmp_path / "a.csv", lines))
    assert pq.read_table(got.parquet)["row"].to_pylist() == list(range(2, 82))


def test_a_cell_longer_than_any_reader_takes_is_one_bad_row(tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", [ROWS[0], changed(name=f'"{"x" * 140_000}"'), ROWS[1]])
    assert [mark for _, mark in rows(take(path), "row_mark")] == [None, "quote", None]
