"""Each word is said once: what a room's README calls something, GLOSSARY.md calls the same."""

import re
from pathlib import Path

import pytest

from lienthong.site.config import ROOT

READMES = sorted((ROOT / "src" / "lienthong").glob("*/README.md"))
LINE = re.compile(r"\bWords: (.+?)(?:\n\n|\Z|\n(?=[A-Z]\w+: )|(?<=\.)\s+(?=[A-Z]))", re.DOTALL)
VIETNAMESE_COLUMNS = {"tiếng việt", "từ", "vi"}
ROW = re.compile(r"^\|(.+)\|\s*$", re.MULTILINE)


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]


def pieces(cell: str) -> list[str]:
    """The words of one cell, without marks, brackets and what explains them."""
    plain = re.sub(r"\([^)]*\)|[*_`]", lambda m: " " if m.group() == "_" else "", cell)
    return [" ".join(word.split()).lower() for word in re.split(r"[,;:/]", plain) if word.strip()]


def glossary() -> list[tuple[list[str], list[str]]]:
    """Rows of GLOSSARY.md: English words, Vietnamese words."""
    rows = [cells(row) for row in ROW.findall((ROOT / "GLOSSARY.md").read_text(encoding="utf-8"))]
    return [(pieces(row[0]), pieces(row[1])) for row in rows if row[0] != "English" and set(row[0]) != {"-"}]


def words_lines() -> list[tuple[str, str]]:
    """(room, "dossier hồ sơ") of every "Words:" line."""
    found = []
    for readme in READMES:
        for line in LINE.findall(readme.read_text(encoding="utf-8")):
            plain = re.sub(r"\([^)]*\)", "", line)
            items = [" ".join(item.split()).rstrip(".").lower() for item in plain.split("·")]
            found += [(readme.parent.name, item) for item in items]
    return found


def table_words(readme: Path) -> list[str]:
    """English words of a README's table of words: the one with a Vietnamese column beside an English one."""
    found: list[str] = []
    for table in re.split(r"\n\s*\n", readme.read_text(encoding="utf-8")):
        rows = [cells(row) for row in ROW.findall(table)]
        if not rows:
            continue
        head = [cell.lower() for cell in rows[0]]
        if not VIETNAMESE_COLUMNS & set(head[:2]):
            continue
        english = 1 - min(head.index(name) for name in VIETNAMESE_COLUMNS & set(head[:2]))
        found += [piece for row in rows[2:] for piece in pieces(row[english])]
    return found


@pytest.mark.parametrize(("room", "item"), words_lines(), ids=lambda value: value)
def test_a_words_line_agrees(room: str, item: str) -> None:
    assert any(
        f"{en} {vi}" == item for english, vietnamese in glossary() for en in english for vi in vietnamese
    )


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.parent.name)
def test_a_table_of_words_is_covered(readme: Path) -> None:
    known = {word for english, _ in glossary() for word in english}
    assert [word for word in table_words(readme) if word not in known] == []


def test_an_english_word_means_one_thing() -> None:
    words = [word for english, _ in glossary() for word in english]
    assert sorted({word for word in words if words.count(word) > 1}) == []
