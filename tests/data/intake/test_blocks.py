"""Reading a delimited text block by block gives the rows that reading it line by line gives, and holds one block."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.intake.ugly import HEAD, NAMES, csv_file
from lienthong.data import intake
from lienthong.data.intake import blocks, textfiles
from lienthong.data.intake import rows as rows_module
from lienthong.data.intake.rows import shape, tables_of
from lienthong.data.intake.textfiles import Dialect

WIDTH = 3
COMMAS = Dialect("utf-8", ",")
Told = tuple[object, ...]
"""Number, three cells, marks, the beginning of what is no row."""


def listed(tables: Iterator[pa.Table]) -> list[Told]:
    """Rows as tuples; a cell that is missing and one that is empty are the same to what comes after."""
    whole = pa.concat_tables([shape(WIDTH).empty_table(), *tables])
    return [tuple(cell or "" for cell in row.values()) for row in whole.to_pylist()]


def both(path: Path, how: Dialect) -> tuple[list[Told], list[Told]]:
    line_by_line = listed(tables_of(textfiles.rows(path, how), WIDTH))
    return listed(blocks.tables(path, how, WIDTH)), line_by_line


def rows_of(number: int, *cells: list[str]) -> list[Told]:
    return [(number + n, *row, *[""] * (5 - len(row))) for n, row in enumerate(cells)]


REGULAR = [b"a,b,c", b"1,\xe1\xba\xa1,", b'1,"x, y",z', b'"a ""b""",,""', b"", b"only", b"a,b,c,d", b"a,b,c,"]
ODD = [
    b'a,"open', b'cell",z', b'a"b,"c', b'a"b,"', b'"x"y,1,2', b"\xff\xfe,2,3", b"x" * 60, b' "a",b,c', b"\xef\xbb\xbfa,b,c",
    b"a\0,b,c",
]  # fmt: skip
WILD = st.one_of(st.sampled_from(ODD), st.text('a",\r \u1ea1', max_size=8).map(str.encode))
LINES = st.one_of(
    st.lists(st.sampled_from(REGULAR), max_size=60),
    # Mostly what Arrow parts, some of it not, and no end of a line that would send the whole file another way.
    st.lists(st.sampled_from(REGULAR * 4 + ODD), min_size=20, max_size=60),
    st.lists(st.one_of(st.sampled_from(REGULAR), WILD), max_size=60),
)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=LINES,
    end=st.sampled_from([b"\n", b"\r\n"]),
    last=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "latin-1"]),
    block=st.sampled_from([40, 100, 200, 1000, 1 << 20]),
)
def test_any_text_reads_block_by_block_as_line_by_line(
    tmp_path: Path, lines: list[bytes], end: bytes, last: bool, encoding: str, block: int
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(end.join(lines) + (end if last else b""))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", block)
        for module in (blocks, rows_module):
            patch.setattr(module, "CELL", 30)
        for module in (blocks, textfiles):
            patch.setattr(module, "LINES_OF_A_CELL", 3)
        got, expected = both(path, Dialect(encoding, ","))
    assert got == expected


# ---- each rule by itself, at every place where a block may end

PLAIN = [["1", "ạ ế", "x"]] * 30


def written(path: Path, rows: list[list[str]], *, end: str = "\n", encoding: str = "utf-8") -> Path:
    path.write_bytes("".join(",".join(row) + end for row in rows).encode(encoding))
    return path


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("block", range(60, 90))
def test_a_block_may_end_within_a_letter_a_cell_or_the_end_of_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int, end: str
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", block)
    path = written(tmp_path / "a.csv", PLAIN, end=end)
    assert listed(blocks.tables(path, COMMAS, WIDTH)) == rows_of(1, *PLAIN)


CELL_OF_THREE_LINES = [*PLAIN[:25], ["1", '"ba\ndòng\nmột ô"', "x"], *PLAIN[:25]]


@pytest.mark.parametrize("block", [20, *range(250, 420, 3)])
def test_a_quoted_cell_may_run_from_one_block_into_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", block)
    got = listed(blocks.tables(written(tmp_path / "a.csv", CELL_OF_THREE_LINES), COMMAS, WIDTH))
    assert got == rows_of(1, *PLAIN[:25], ["1", "ba\ndòng\nmột ô", "x"], *PLAIN[:25])


def test_the_longest_cell_is_one_wherever_its_last_line_falls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = "d\n" * textfiles.LINES_OF_A_CELL + "cuối"
    path = written(tmp_path / "a.csv", [*PLAIN, ["1", f'"{cell}"', "x"], *PLAIN])
    before = len("1,ạ ế,x\n".encode()) * len(PLAIN)
    for block in range(before + 30, before + 60):
        monkeypatch.setattr(blocks, "BLOCK", block)
        got = listed(blocks.tables(path, COMMAS, WIDTH))
        assert got == rows_of(1, *PLAIN, ["1", cell, "x"], *PLAIN)


def test_a_file_that_begins_with_a_cell_longer_than_a_block_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 16)
    path = written(tmp_path / "a.csv", [['"một\nhai\nba\nbốn"', "x", "y"], *PLAIN])
    assert listed(blocks.tables(path, COMMAS, WIDTH)) == rows_of(1, ["một\nhai\nba\nbốn", "x", "y"], *PLAIN)


@pytest.mark.parametrize("block", [100, 1 << 20])
def test_a_quote_that_is_never_closed_takes_its_own_line_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", block)
    rows = [["1", '"mở', "x"], *PLAIN, ["2", 'đóng"', "y"]]
    got, line_by_line = both(written(tmp_path / "a.csv", rows), COMMAS)
    assert got == line_by_line
    assert got[0] == (1, "1", "mở", "x", "quote", "")
    assert got[1:31] == rows_of(2, *PLAIN)
    assert len(got) == 32


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_mark_of_order_is_no_letter_at_the_beginning_and_stays_where_it_stands_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", 64)
    rows = [*PLAIN[:9], ["\ufeff1", "a", "b"], *PLAIN[:9]]
    path = written(tmp_path / "a.csv", rows, encoding=encoding)
    assert listed(blocks.tables(path, Dialect(encoding, ","), WIDTH)) == rows_of(1, *rows)
    # Each place may be the first of a block, where Arrow would take the mark away.
    for block in range(24, 40):
        monkeypatch.setattr(blocks, "BLOCK", block)
        assert listed(blocks.tables(path, Dialect(encoding, ","), WIDTH)) == rows_of(1, *rows)


@pytest.mark.parametrize("last", [["9", "ạ", "z"], ["9"], ["9", "ạ", "z", "thừa"], ["9", '"mở', "z"]])
def test_the_last_line_may_lack_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: list[str]
) -> None:
    path = written(tmp_path / "a.csv", PLAIN[:9])
    path.write_bytes(path.read_bytes() + ",".join(last).encode())
    for block in (30, 64, 1 << 20):
        monkeypatch.setattr(blocks, "BLOCK", block)
        got, line_by_line = both(path, COMMAS)
        assert got == line_by_line
        assert got[:9] == rows_of(1, *PLAIN[:9])
        assert [got[9][0], got[9][1], len(got)] == [10, "9", 10]


@pytest.mark.parametrize(
    ("line", "cells", "marks"),
    [
        (b"a\0b,\0,c", ["a\0b", "\0", "c"], ""),
        (b'"a\0b","\0",c', ["a\0b", "\0", "c"], ""),
        (b"\xff\xfe,\xe1\xba,c", ["\ufffd\ufffd", "\ufffd", "c"], ""),
        (b"00123,1e5,true", ["00123", "1e5", "true"], ""),
        (b"NA,null,NULL", ["NA", "null", "NULL"], ""),
        (b"2026-01-01,nan,0x1", ["2026-01-01", "nan", "0x1"], ""),
        (b'a"b,"c,d"', ['a"b', "c,d", ""], ""),
        (b'"x"y,1,2', ["xy", "1", "2"], ""),
        (b'"a ""b""","",c', ['a "b"', "", "c"], ""),
        (b' "a",b,c', [' "a"', "b", "c"], ""),
        (b'a,"b', ["a", "b", ""], "quote"),
        (b"a,b,c,d", ["a", "b", "c"], "extra_cells"),
        (b"a,b,c,,", ["a", "b", "c"], ""),
        (b"", ["", "", ""], ""),
    ],
)
def test_what_a_line_says_is_not_interpreted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: bytes, cells: list[str], marks: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"1,2,3\n" * 4 + line + b"\n" + b"1,2,3\n" * 25)
    for block in (40, 64, 1 << 20):
        monkeypatch.setattr(blocks, "BLOCK", block)
        got = listed(blocks.tables(path, COMMAS, WIDTH))
        assert got[4] == (5, *cells, marks, "")
        assert got[5:] == rows_of(6, *[["1", "2", "3"]] * 25)


def test_a_cell_longer_than_a_spreadsheets_is_cut_and_a_line_past_all_bounds_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_cell, no_row = "d" * 40_000, "k" * (textfiles.LINE + 5)
    path = written(tmp_path / "a.csv", [*PLAIN[:3], ["1", long_cell, "x"], [no_row], *PLAIN])
    for block in (64, 50_000, 1 << 21):
        monkeypatch.setattr(blocks, "BLOCK", block)
        got = listed(blocks.tables(path, COMMAS, WIDTH))
        assert got[:3] == rows_of(1, *PLAIN[:3])
        assert got[3] == (4, "1", long_cell[: rows_module.CELL], "x", "", "")
        assert got[4] == (5, "", "", "", "", no_row[:200])
        assert got[5:] == rows_of(6, *PLAIN)


def test_ends_of_lines_of_long_ago_are_read_as_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lone carriage return ends a line in no block: from there on the file is read as a stream."""
    monkeypatch.setattr(blocks, "BLOCK", 64)
    path = tmp_path / "a.csv"
    path.write_bytes(b"1,2,3\n" * 30 + b"4,5\r6,7\n" * 30)
    got, line_by_line = both(path, COMMAS)
    assert got == line_by_line
    assert got[:30] == rows_of(1, *[["1", "2", "3"]] * 30)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_are_read_as_a_stream(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path / "a.csv", PLAIN, end="\r\n")
    path.write_bytes(path.read_bytes().decode().encode(encoding))
    how = textfiles.dialect(path)
    assert how == Dialect(encoding, ",")
    assert listed(blocks.tables(path, how, WIDTH)) == rows_of(1, *PLAIN)


def test_what_is_regular_is_parted_by_arrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also with quotes, doubled ones and a title above: else a file of 2 GB would take an hour."""
    by_hand: list[Any] = []
    monkeypatch.setattr(blocks, "BLOCK", 256)
    monkeypatch.setattr(blocks._Blocks, "_line_by_line", by_hand.append)
    parted = blocks.rows_table
    monkeypatch.setattr(blocks, "rows_table", lambda rows, width: by_hand.extend(rows) or parted(rows, width))
    quoted = [['"a, b"', '"một ""hai"""', '""'], ["1", "ạ", '"c"']] * 20
    path = written(tmp_path / "a.csv", [["DANH SÁCH"], ["a", "b", "c"], *quoted], end="\r\n")
    got = listed(blocks.tables(path, COMMAS, WIDTH))
    assert [row.number for row in by_hand] == [1]
    assert got[2:] == rows_of(3, *[["a, b", 'một "hai"', ""], ["1", "ạ", "c"]] * 20)


@pytest.mark.parametrize("block", [40, 90, 200, 1 << 20])
def test_a_heading_on_the_third_row_is_left_out_wherever_blocks_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(blocks, "BLOCK", block)
    path = csv_file(tmp_path / "a.csv", before=["DANH SÁCH NGƯỜI LAO ĐỘNG", "Tháng 11 năm 2026"], head=HEAD)
    plan = intake.preview(path, "workers").plan()
    assert (plan.header_row, plan.first_row) == (3, 4)
    reading = intake.read(path, plan, tmp_path / "out.parquet")
    kept = pq.read_table(reading.parquet, columns=["row", "full_name"])
    assert kept["row"].to_pylist() == [4, 5, 6, 7, 8]
    assert kept["full_name"].to_pylist() == list(NAMES)


# ---- which encoding it is


def encoding(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return textfiles.dialect(path).encoding


def test_one_byte_in_fifty_may_be_broken(tmp_path: Path) -> None:
    letters = "ạ".encode()
    assert encoding(tmp_path / "a.csv", letters * 10 + b"\xff" + letters * 10) == "utf-8"
    assert encoding(tmp_path / "a.csv", letters * 5 + b"\xff" + letters * 5) == "latin-1"


def test_samples_are_taken_in_the_middle_and_at_the_end_and_may_cut_a_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(textfiles, "SAMPLE", 100)
    plain = b"a,b,c\n" * 200
    old = b"\xe1\xe2\xe3,b\n" * 40
    assert encoding(tmp_path / "a.csv", plain + old + plain) == "latin-1"
    assert encoding(tmp_path / "a.csv", plain + plain + old) == "latin-1"
    assert encoding(tmp_path / "a.csv", b"a" * 99 + "ạ".encode() + plain) == "utf-8"
