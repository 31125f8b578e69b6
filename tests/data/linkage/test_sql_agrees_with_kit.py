"""The SQL's keys of names, dates and numbers are kit's."""

import json
import random
import unicodedata
from importlib import resources
from pathlib import Path

import duckdb
import pytest

from lienthong.data.intake import encode
from lienthong.data.linkage import default_model, sqltext
from lienthong.data.linkage.legacy import repaired
from lienthong.kit.names import fold, match_key


@pytest.fixture(scope="module")
def engine() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"threads": 1})
    for macro in sqltext.macros(default_model()):
        connection.execute(macro)
    return connection


def names() -> list[str]:
    """Invented names, as typed by many hands; the same at each run."""
    lists = json.loads(
        (resources.files("lienthong.data.synthetic") / "data" / "names.json").read_text("utf-8")
    )
    rng = random.Random(7)
    plain = [
        f"{rng.choice(list(lists['families']))} {rng.choice(list(lists['female_middles']))} {rng.choice(lists['female_givens'])}"
        for _ in range(600)
    ] + ["Y Bhin Niê", "H'Hen Niê", "H’Blơn Ksor", "K`Brăh", "Quách Quý Thuỳ", "Huỳnh Hoàn", "Nguyễn  Khoẻ"]
    forms = (str, str.upper, str.lower, lambda n: unicodedata.normalize("NFD", n), lambda n: f" {n}\u00a0 ")
    return [form(name) for name in plain for form in forms]


def test_fold_and_match_key_are_kits(engine: duckdb.DuckDBPyConnection) -> None:
    given = names()
    rows = engine.execute("SELECT n, fold(n), match_key(n) FROM (SELECT unnest($1) AS n)", [given]).fetchall()
    assert len(rows) == len(given)
    assert [(n, f) for n, f, _ in rows if f != fold(n)] == []
    assert [(n, k) for n, _, k in rows if k != match_key(n)] == []


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
    ],
)
def test_number_levels(engine: duckdb.DuckDBPyConnection, a: str, b: str, level: int) -> None:
    whole = [int(a) if len(a) == 12 else None, int(b)]
    assert engine.execute("SELECT number_level($1, $2, $3, $4)", [a, b, *whole]).fetchone() == (level,)


@pytest.mark.parametrize(
    ("typed", "kept", "level"),
    [
        ("NGUYỄN VĂN HOÀ", "Nguyễn Văn Hoà", 5),
        ("Nguyen Van Hoa", "Nguyễn Văn Hoà", 4),
        ("Nguyễn Văn Hòa", "Nguyễn Văn Hoà", None),
        ("Nguyen Van Hoai", "Nguyễn Văn Hoà", None),
        ("-", "-", None),
    ],
)
def test_what_is_seen_of_a_name_at_once_is_what_a_comparison_says(
    engine: duckdb.DuckDBPyConnection, typed: str, kept: str, level: int | None
) -> None:
    query = "SELECT name_at_once(a, lower(b), fb), name_level(a, letters(bare(a)), b, fb) FROM (SELECT $1 AS a, $2 AS b, letters(bare($2)) AS fb)"
    at_once, compared = engine.execute(query, [typed, kept]).fetchone() or (None, None)
    assert at_once == level
    assert level is None or compared == level


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
    assert Path("src/lienthong/data/linkage/model.json").name == "model.json"
