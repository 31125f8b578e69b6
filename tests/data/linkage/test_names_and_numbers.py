"""Keys of names are kit's; levels of names, numbers and dates are what their tables say."""

import json
import random
import re
import unicodedata
from importlib import resources

import numpy as np
import pyarrow as pa
import pytest

from lienthong.data.intake import encode
from lienthong.data.linkage import default_model
from lienthong.data.linkage.births import UNKNOWN, Births, birth_level, date_of, day_of, read_births
from lienthong.data.linkage.legacy import repaired
from lienthong.data.linkage.levels import ASK_TONE, UNSEEN, name_at_once, name_level
from lienthong.data.linkage.names import Names
from lienthong.data.linkage.numbers import Numbers, edits, number_level, read_numbers
from lienthong.data.linkage.texts import Strings, Texts, TextsCollide
from lienthong.kit.names import fold, match_key


def names() -> list[str]:
    """Invented names, as typed by many hands; the same at each run."""
    lists = json.loads(
        (resources.files("lienthong.data.synthetic") / "data" / "names.json").read_text("utf-8")
    )
    rng = random.Random(7)
    plain = [
        f"{rng.choice(list(lists['families']))} {rng.choice(list(lists['female_middles']))} {rng.choice(lists['female_givens'])}"
        for _ in range(600)
    ] + [
        "Y Bhin Niê",
        "H'Hen Niê",
        "H’Blơn Ksor",
        "K`Brăh",
        "Quách Quý Thuỳ",
        "Huỳnh Hoàn",
        "Nguyễn  Khoẻ",
        "Ðỗ Ɓa",
        "名 Lan",
    ]
    forms = (str, str.upper, str.lower, lambda n: unicodedata.normalize("NFD", n), lambda n: f" {n}\u00a0 ")
    return [form(name) for name in plain for form in forms]


def apart(given: list[str]) -> tuple[Names, list[int]]:
    known = Names()
    numbers = known.numbers(pa.array(given, pa.string()))
    known.take_apart(numbers)
    return known, numbers.tolist()


def test_letters_and_the_place_of_the_tone_are_kits() -> None:
    given = names()
    known, numbers = apart(given)
    bare = known._keys.listed(known.letters.bare[numbers]).to_pylist()
    low = known._keys.listed(known.letters.low[numbers]).to_pylist()
    kits = [re.sub("[^a-z]+", " ", fold(name).replace("'", "")).strip() for name in given]
    assert [(n, b, k) for n, b, k in zip(given, bare, kits, strict=True) if b != k] == []
    assert low == [name.lower() for name in given]
    rng, keys = random.Random(5), [match_key(name) for name in given]
    one = [rng.randrange(len(given)) for _ in range(20_000)]
    other = [min(a // 5 * 5 + rng.randrange(10), len(given) - 1) for a in one]
    alike = [keys[a] == keys[b] for a, b in zip(one, other, strict=True)]
    assert 5_000 < sum(alike) < 15_000
    assert known.sound_alike(np.array(numbers)[one], np.array(numbers)[other]).tolist() == alike


def distance(a: str, b: str) -> int:
    """Levenshtein's, as its definition says."""
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a):
        corner, row[0] = row[0], i + 1
        for j, theirs in enumerate(b):
            above = row[j + 1]
            row[j + 1] = min(corner + (letter != theirs), above + 1, row[j] + 1)
            corner = above
    return row[-1]


def test_edits_are_counted_up_to_two() -> None:
    rng = random.Random(11)
    for _ in range(5_000):
        a = [rng.choice("abc") for _ in range(rng.randrange(10))]
        b = list(a)
        for _ in range(rng.randrange(5)):
            at = rng.randrange(len(b) + 1)
            b[at : at + rng.randrange(2)] = rng.choice(["", "a", "b", "cd"])
        one, other = (np.frombuffer("".join(text).encode(), np.uint8) for text in (a, b))
        assert edits(one, other) == min(distance("".join(a), "".join(b)), 3)


def test_texts_are_numbered_as_a_dictionary_would_whatever_their_length() -> None:
    rng = random.Random(3)
    given = ["".join(rng.choice("abđ ") for _ in range(rng.randrange(20))) for _ in range(200_000)]
    texts, seen = Texts(), dict[str, int]()
    for begin in range(0, len(given), 7919):
        part = given[begin : begin + 7919]
        expected = [seen.setdefault(text, len(seen)) if text else -1 for text in part]
        assert texts.numbers(Strings.column(pa.array(part))).tolist() == expected
    assert texts.listed(np.arange(texts.count)).to_pylist() == list(seen)


def test_a_column_of_nulls_and_a_part_of_a_column_read_as_they_stand() -> None:
    column = pa.array(["bỏ", None, "An", "", "An", "Bình"]).slice(1)
    assert Texts().numbers(Strings.column(column)).tolist() == [-1, 0, -1, 0, 1]


def test_two_texts_of_one_key_are_refused_not_taken_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_alike(_: Strings, keys: np.ndarray) -> None:
        keys[:] = 7

    monkeypatch.setattr("lienthong.data.linkage.texts._read", all_alike)
    with pytest.raises(TextsCollide):
        Texts().numbers(Strings.column(pa.array(["Nguyễn Văn An", "Nguyễn Văn Anh"])))


def numbers_of(typed: str, old: str = "") -> Numbers:
    into = Numbers.empty(1)
    read_numbers(Strings.column(pa.array([typed])), Strings.column(pa.array([old])), into)
    return into


@pytest.mark.parametrize(
    ("typed", "old", "kind", "pid", "old_number"),
    [
        ("099058000001", "", 0, 99058000001, -1),
        ("099 058-000.001", "012345671", 0, 99058000001, 12345671),
        ("'099058000001", "", 0, 99058000001, -1),
        ("99058000001", "", 1, 99058000001, -1),
        ("99058000001.0", "", 1, 99058000001, -1),
        ("", "099058000001", 0, 99058000001, -1),
        ("012345671", "", 2, -1, 12345671),
        ("012345671", "112233445", 2, -1, 112233445),
        ("000000000001", "", 4, -1, -1),
        ("111111111111", "", 4, -1, -1),
        ("123456789012", "", 4, -1, -1),
        ("0123456789", "", 4, -1, -1),
        ("", "", 5, -1, -1),
        ("09905800000", "", 1, 9905800000, -1),
        ("000123456780", "", 6, -1, -1),
        ("0990580000012", "", 6, -1, -1),
        ("099058O00001", "", 7, -1, -1),
        ("1234567890123456789012", "", 7, -1, -1),
        ("x", "999", 7, -1, -1),
        ("x", "123456789", 7, -1, -1),
    ],
)
def test_numbers_as_they_are_typed(typed: str, old: str, kind: int, pid: int, old_number: int) -> None:
    read = numbers_of(typed, old)
    assert (read.kind[0], read.pid[0], read.old[0]) == (kind, pid, old_number)


@pytest.mark.parametrize(
    ("a", "b", "level"),
    [
        ("099058000001", "099058000001", 3),
        ("099058000001", "099058000002", 2),
        ("990058000001", "909058000001", 2),
        ("099058000012", "099058000021", 2),
        ("09905800001", "099058000001", 2),
        ("099058000001", "099058000121", 1),
        ("099058000001", "099190123456", 0),
        ("", "099190123456", -1),
        ("012345671", "099190123456", -1),
    ],
)
def test_number_levels(a: str, b: str, level: int) -> None:
    assert number_level(numbers_of(a), 0, int(b)) == level


@pytest.mark.parametrize(
    ("typed", "kept", "at_once", "level"),
    [
        ("Nguyễn Văn Hoà", "Nguyễn Văn Hoà", 6, 6),
        ("NGUYỄN VĂN HOÀ", "Nguyễn Văn Hoà", 5, 5),
        ("Nguyen Van Hoa", "Nguyễn Văn Hoà", 4, 4),
        ("Nguyễn Văn Hòa", "Nguyễn Văn Hoà", UNSEEN, ASK_TONE),
        ("Nguyễn Vân Hoà", "Nguyễn Văn Hoà", UNSEEN, ASK_TONE),
        ("NguyenVan Hoa", "Nguyễn Văn Hoà", UNSEEN, 4),
        ("Nguyen Van Hoai", "Nguyễn Văn Hoà", UNSEEN, 2),
        ("Nguyen Vam Hoai", "Nguyễn Văn Hoà", UNSEEN, 0),
        ("Nguyên Vam Hóa", "Nguyễn Văn Hoà", UNSEEN, 2),
        ("Nguyễn Hoà", "Nguyễn Văn Hoà", UNSEEN, 1),
        ("Hoà Nguyễn Văn", "Nguyễn Văn Hoà", UNSEEN, 1),
        ("Văn Hoà Nguyễn", "Nguyễn Văn Hoà", UNSEEN, 1),
        ("Trần Thị Bé", "Nguyễn Văn Hoà", UNSEEN, 0),
        ("-", "Nguyễn Văn Hoà", UNSEEN, -1),
        ("-", "-", 6, -1),
    ],
)
def test_name_levels(typed: str, kept: str, at_once: int, level: int) -> None:
    known, (a, b) = apart([typed, kept])
    assert name_at_once(known.letters, a, b) == at_once
    assert name_level(known.letters, a, b) == level


@pytest.mark.parametrize(
    ("text", "day", "precision", "other", "turned"),
    [
        ("14/03/1958", "1958-03-14", 0, None, False),
        ("5-7-1958", "1958-07-05", 0, "1958-05-07", False),
        ("1958.07.05", "1958-07-05", 0, "1958-05-07", False),
        ("1958-07-05 00:00:00", "1958-07-05", 0, "1958-05-07", False),
        ("07/25/1958", "1958-07-25", 0, "1958-07-25", True),
        ("25-6-24", "2024-06-25", 0, "1924-06-25", False),
        ("29/02/00", "2000-02-29", 0, "1900-02-28", False),
        ("25-6-58", "1958-06-25", 0, None, False),
        ("14 Mar 1958", "1958-03-14", 0, None, False),
        ("Ngày 14 tháng 3 năm 1958", "1958-03-14", 0, None, False),
        ("14031958", "1958-03-14", 0, None, False),
        ("19580314", "1958-03-14", 0, None, False),
        ("21258", "1958-03-14", 0, None, False),
        ("21258.0", "1958-03-14", 0, None, False),
        ("03/1958", "1958-03-01", 1, None, False),
        ("00/03/1958", "1958-03-01", 1, None, False),
        ("1958-03", "1958-03-01", 1, None, False),
        ("1958", "1958-01-01", 2, None, False),
        ("31/02/1958", "1958-01-01", 2, None, False),
        ("khoảng năm 1958", "1958-01-01", 2, None, False),
        ("01/01/1900", None, 3, None, False),
        ("30/12/1899", None, 3, None, False),
        ("1900", None, 3, None, False),
        ("14/03/1858", None, 3, None, False),
        ("14/03/2058", None, 3, None, False),
        ("không rõ", None, 3, None, False),
        ("", None, 3, None, False),
    ],
)
def test_dates_as_they_are_typed(
    text: str, day: str | None, precision: int, other: str | None, turned: bool
) -> None:
    into = Births.empty(1)
    read_births(pa.array([text]), into)

    def written(value: int) -> str | None:
        return None if value == UNKNOWN else str(np.datetime64(int(value), "D"))

    assert (written(into.day[0]), into.precision[0], written(into.other[0]), into.turned[0]) == (
        day, precision, other, turned,
    )  # fmt: skip


def test_every_day_of_four_centuries_is_the_calendars() -> None:
    for day in range(-80_000, 80_000, 37):
        year, month, of_month = date_of(day)
        assert str(np.datetime64(day, "D")) == f"{year:04d}-{month:02d}-{of_month:02d}"
        assert day_of(year, month, of_month) == day
    assert day_of(1900, 2, 29) == day_of(1958, 13, 1) == day_of(1958, 4, 31) == UNKNOWN


@pytest.mark.parametrize(
    ("text", "kept", "precision", "level"),
    [
        ("14/03/1958", (1958, 3, 14), 0, 7),
        ("07/05/1958", (1958, 7, 5), 0, 6),
        ("03/14/1958", (1958, 3, 14), 0, 6),
        ("01/01/1958", (1958, 3, 14), 0, 3),
        ("14/03/1959", (1958, 3, 14), 0, 1),
        ("15/03/1958", (1958, 3, 14), 0, 1),
        ("15/04/1958", (1958, 3, 14), 0, 0),
        ("03/1958", (1958, 3, 14), 0, 5),
        ("04/1958", (1958, 3, 14), 0, 1),
        ("01/01/1958", (1958, 3, 1), 1, 3),
        ("1958", (1958, 3, 14), 0, 4),
        ("14/03/1958", (1958, 1, 1), 2, 4),
        ("1959", (1958, 3, 14), 0, 0),
        ("", (1958, 3, 14), 0, -1),
    ],
)
def test_birth_levels(text: str, kept: tuple[int, int, int], precision: int, level: int) -> None:
    into = Births.empty(1)
    read_births(pa.array([text]), into)
    assert birth_level(into, 0, day_of(*kept), precision) == level


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Văn Hoà", "Đặng Thị Thuỷ", "Trần Quốc Bảo", "Võ Hồng Phúc", "Lê Ngọc Yến", "Phạm Thị Hân"],
)
def test_names_of_old_fonts_are_read(name: str) -> None:
    assert repaired(encode(name, "tcvn3")) == name
    assert repaired(encode(name, "vni")) == name
    assert repaired(name) == name


def test_the_model_at_hand_is_whole() -> None:
    model = default_model()
    for field, levels in model.bits.items():
        said = [weight for level, weight in sorted(levels.items()) if level >= 0]
        assert said[0] < 0 < said[-1], field
    assert model.accept > model.possible
