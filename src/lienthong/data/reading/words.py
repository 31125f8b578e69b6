"""A line of text beside its key for matching, and the tables of words."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from lienthong.kit.names import match_key, nfc

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]|leftcenterrightdel")
_SPACES = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d)|(\s+)")


@dataclass(frozen=True, slots=True)
class Line:
    """`text` as printed (NFC, single spaces); `key` letter for letter the same, in one spelling."""

    text: str
    key: str

    def cut(self, start: int, end: int) -> "Line":
        return Line(self.text[start:end], self.key[start:end])


def line(raw: str) -> Line:
    """Spaces become single, but one that groups digits (12\N{NO-BREAK SPACE}345) stays."""
    text = _SPACES.sub(lambda m: " " if m[1] else m[0], _INVISIBLE.sub("", nfc(raw))).strip()
    return Line(text, _key(text))


def _key(text: str) -> str:
    # kit's key joins spaces; spaces that group digits stand for a moment as a sign that it keeps.
    guarded = text.replace("\u00a0", "\u00a4").replace("\u202f", "\u00a4")
    key = match_key(guarded).replace("\u00a4", "\u00a0")
    return key if len(key) == len(text) else "".join(_small(c) for c in text)


def _small(letter: str) -> str:
    lowered = unicodedata.normalize("NFC", letter.lower())
    return lowered if len(lowered) == 1 else letter


@cache
def table(name: str) -> Any:
    """The YAML table of this name."""
    return yaml.safe_load((files(__package__) / "tables" / f"{name}.yaml").read_text(encoding="utf-8"))


def any_of(words: list[str]) -> str:
    """A group that matches the longest of these words or patterns, whole words only."""
    return r"(?<!\w)(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")(?!\w)"


@cache
def pattern(table_name: str, *keys: str | int) -> re.Pattern[str]:
    """The list that stands in a table under these keys, as one pattern."""
    words = table(table_name)
    for key in keys:
        words = words[key]
    return re.compile(any_of([str(word) for word in words]))


def spans(found: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [match.span() for match in found.finditer(text)]
