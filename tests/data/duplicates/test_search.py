"""A register searched for people who are in it twice: 278/2025/NĐ-CP, article 15. Without a database."""

from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lienthong.data.duplicates import Found, Pair, Settings, pages, search
from lienthong.kit.names import fold, sort_key

MOTHER = "Phạm Thị Sâm"
FIRST, SECOND = "099191000017", "099191730042"
BESIDE = "099191000018"


def row(number: str, name: str, born: date, **more: str) -> dict[str, Any]:
    facts = {"birth_precision": "day", "sex": "female", "commune": "28249", "mother_name": MOTHER,
             "father_name": "", "old_numbers": ""}  # fmt: skip
    return {"personal_number": number, "full_name": name, "search_key": fold(name), "sort_key": sort_key(name),
            "birth_date": born, **facts, **more}  # fmt: skip


@cache
def crowd(size: int = 400) -> list[dict[str, Any]]:
    """Others, each once: given names that many bear, mothers and days that few share."""
    givens = ["Nhung", "Anh", "Ánh", "Hạnh", "Loan", "Lan", "Trang", "Hà"]
    return [
        row(
            f"0991{70 + n % 20}{500_000 + n * 37:06d}", f"Trần Thị {letters(n)} {givens[n % 8]}",
            date(1970 + n % 20, 1 + n % 12, 1 + n % 28), mother_name=f"Lê Thị {letters(n + 7)} Nga", commune=f"{10000 + n % 40}",
        )
        for n in range(size)
    ]  # fmt: skip


def letters(n: int) -> str:
    return "Q" + "".join("abcdefghij"[int(digit)] for digit in f"{n * 7919:07d}")


BORN = date(1991, 3, 7)


def searched(tmp_path: Path, *rows: dict[str, Any], **told: Any) -> tuple[Found, list[Pair]]:
    path, out = tmp_path / "people.parquet", tmp_path / "pairs.parquet"
    pq.write_table(pa.Table.from_pylist([*crowd(), *rows]), path)
    found = search(path, out, settings=Settings(**told))
    return found, [pair for page in pages(out, size=2) for pair in page]


def told(pair: Pair) -> dict[str, str]:
    return {one.field: one.level for one in pair.evidence}


@pytest.mark.parametrize(
    ("other", "field", "level"),
    [
        (row(SECOND, "Lê Thị Cẩm Nhung", BORN), "full_name", "same"),
        (row(SECOND, "Le Thi Cam Nhung", BORN), "full_name", "bare"),
        (row(SECOND, "Lê Thị Câm Nhung", BORN), "full_name", "marks"),
        (row(SECOND, "Lê Thị Cẩn Nhung", BORN), "full_name", "letter"),
        (row(SECOND, "Lê Cẩm Nhung", BORN), "full_name", "word"),
        (row(SECOND, "Lê Thị Cẩm Nhug", BORN), "full_name", "letter"),
        (row(SECOND, "Lê Thị Cẩm Nhung", date(1991, 7, 3)), "birth", "swapped"),
        (row(SECOND, "Lê Thị Cẩm Nhung", date(1991, 3, 1)), "birth", "digit"),
        (row(SECOND, "Lê Thị Cẩm Nhung", date(1991, 1, 1), birth_precision="year"), "birth", "part"),
        (row("099181730042", "Lê Thị Cẩm Nhung", date(1981, 3, 7)), "birth", "year"),
        (row("099119730042", "Lê Thị Cẩm Nhung", date(1919, 3, 7)), "birth", "year"),  # 91 and 19
        (row(SECOND, "Lê Thị Cẩm Nhung", BORN, mother_name="PHAM THI SAM"), "mother_name", "marks"),
        (row(SECOND, "Lê Thị Cẩm Nhung", BORN, mother_name="Phạm Thị Xâm"), "mother_name", "letter"),
        (row(SECOND, "Lê Thị Cẩm Nhung", BORN, mother_name=""), "mother_name", "unknown"),
        (row(SECOND, "Lê Thị Cẩm Nhung", BORN, commune="10001"), "commune", "other"),
        (row(SECOND, "Lê Thị Cẩm Nhung", date(1991, 7, 3), mother_name="", old_numbers="012345678 024681357"),
         "old_number", "same"),
        (row(SECOND, "Lê Thị Cẩm Nhung", BORN, old_numbers="024681351"), "old_number", "digit"),
    ],
)  # fmt: skip
def test_one_person_entered_twice_is_found_with_what_agrees_and_what_differs(
    tmp_path: Path, other: dict[str, Any], field: str, level: str
) -> None:
    _, pairs = searched(tmp_path, row(FIRST, "Lê Thị Cẩm Nhung", BORN, old_numbers="024681357"), other)
    assert [[pair.one, pair.other] for pair in pairs] == [sorted([FIRST, other["personal_number"]])]
    assert told(pairs[0])[field] == level
    assert pairs[0].weight == pytest.approx(sum(one.bits for one in pairs[0].evidence) - PRIOR, abs=0.4)


PRIOR = 17.6
"""log2(403) and a thousandth of them twice."""


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (BESIDE, "Lê Thị Ngọc Ánh"),  # marks alone: Anh and Ánh are two names
        (SECOND, "Lê Thị Ngọc Ánh"),
        (SECOND, "Lê Thị Ngọc Lan"),
        (BESIDE, "Lê Thị Ngọt Anh"),  # a letter, the number next to it: two births at one table
        (BESIDE, "Lê Thị Mai Anh"),
    ],
)
def test_twins_are_not_proposed(tmp_path: Path, number: str, name: str) -> None:
    """Same day, mother and commune, another given name; or the next number and another name."""
    found, pairs = searched(tmp_path, row(FIRST, "Lê Thị Ngọc Anh", BORN), row(number, name, BORN))
    assert pairs == []
    assert found.twins <= 1


def test_twins_who_are_recognised_are_counted(tmp_path: Path) -> None:
    found, _ = searched(tmp_path, row(FIRST, "Lê Thị Ngọc Anh", BORN), row(BESIDE, "Lê Thị Ngọc Ánh", BORN))
    assert (found.people, found.pairs, found.twins) == (402, 0, 1)


def test_a_name_written_without_its_marks_is_no_twin(tmp_path: Path) -> None:
    """ "Ngoc Anh" may be Ngọc Ánh: a given name without marks is not another given name."""
    _, pairs = searched(tmp_path, row(FIRST, "Lê Thị Ngọc Ánh", BORN), row(SECOND, "Le Thi Ngoc Anh", BORN))
    assert [told(pair)["full_name"] for pair in pairs] == ["bare"]


def test_one_birth_entered_twice_at_one_table_is_proposed(tmp_path: Path) -> None:
    """The number next to it, and the very same name: no twin."""
    _, pairs = searched(tmp_path, row(FIRST, "Lê Thị Ngọc Anh", BORN), row(BESIDE, "Lê Thị Ngọc Anh", BORN))
    assert len(pairs) == 1


@pytest.mark.parametrize(
    "other",
    [
        row(
            SECOND, "Lê Thị Cẩm Nhung", BORN, mother_name="Bùi Thị Gái"
        ),  # a namesake of the same day and commune
        row(
            SECOND, "Lê Thị Cẩm Nhung", BORN, mother_name="", commune="10001"
        ),  # a name and a day, nothing beside
        row(SECOND, "Lê Thị Cẩm Nhung", date(1991, 11, 28)),  # the same name and mother, another day
        row(SECOND, "Lê Thị Cẩm Nhung", BORN, sex="male", commune="10001"),
        row(SECOND, "Vũ Thị Kim Oanh", date(1991, 9, 9), mother_name="", old_numbers="024681357"),
        row("099180730042", "Lê Thị Cẩm Nhung", date(1980, 3, 7)),  # eleven years
    ],
)
def test_who_only_looks_alike_is_not_proposed(tmp_path: Path, other: dict[str, Any]) -> None:
    _, pairs = searched(tmp_path, row(FIRST, "Lê Thị Cẩm Nhung", BORN, old_numbers="024681357"), other)
    assert pairs == []


def test_the_first_of_january_is_no_day_that_two_years_share(tmp_path: Path) -> None:
    """Many who know the year alone write it: of two sisters under one name nobody is asked, and it weighs nothing."""
    first, second = (
        (FIRST, "Lê Thị Cẩm Nhung", date(1991, 1, 1)),
        ("099190730042", "Lê Thị Cẩm Nhung", date(1990, 1, 1)),
    )
    assert searched(tmp_path, row(*first), row(*second))[1] == []
    old = {"old_numbers": "024681357"}
    _, [pair] = searched(tmp_path, row(*first, **old), row(*second, **old))
    assert told(pair)["birth"] == "other"


def test_the_heaviest_come_first_and_no_more_than_a_desk_can_look_at(tmp_path: Path) -> None:
    rows = [
        row(FIRST, "Đỗ Thị Kim Oanh", date(1991, 4, 5), mother_name="Bùi Thị Gái"),
        row(SECOND, "Đỗ Thị Kim Oanh", date(1991, 5, 4), mother_name="Bùi Thị Gái"),
        row("099192000017", "Lê Thị Cẩm Nhung", date(1992, 3, 7)),
        row("099192730042", "Lê Thị Cẩm Nhung", date(1992, 3, 7)),
    ]
    _, pairs = searched(tmp_path, *rows)
    assert [told(pair)["birth"] for pair in pairs] == ["same", "swapped"]
    assert pairs[0].weight > pairs[1].weight
    found, pairs = searched(tmp_path, *rows, most=1)
    assert ([told(pair)["birth"] for pair in pairs], found.pairs, found.cut) == (["same"], 1, 1)


def test_a_placeholder_that_many_hold_pairs_nobody(tmp_path: Path) -> None:
    serial = count(100_000, 1_000)
    rows = [
        row(f"099192{next(serial):06d}", f"Lê Thị {letters(n)} Hà", date(1992, 1, 1 + n % 28),
            mother_name="", old_numbers="000000001")
        for n in range(60)
    ]  # fmt: skip
    found, pairs = searched(tmp_path, *rows)
    assert (pairs, found.too_wide) == ([], 1)


def test_what_agrees_is_said_in_words_with_how_many_bear_the_name(tmp_path: Path) -> None:
    other = row(SECOND, "Lê Thị Cẩm Nhung", BORN, commune="10001")
    _, [pair] = searched(tmp_path, row(FIRST, "Lê Thị Cẩm Nhung", BORN), other)
    words = [one.sentence for one in pair.evidence if one.agrees]
    assert words == ["Họ tên trùng", "Ngày sinh trùng", "Cùng giới tính", "Họ tên mẹ trùng"]
    assert [one.sentence for one in pair.evidence if not one.agrees] == ["Khác xã, phường thường trú"]
    name = pair.evidence[0]
    assert name.note.format(bearers=name.bearers) == "trong dân cư có 2 bản ghi mang họ tên này"
    assert pair.communes == ("28249", "10001")
