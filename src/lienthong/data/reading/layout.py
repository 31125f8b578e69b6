"""Headings, list marks, sentences and segments."""

import re
from functools import cache
from itertools import pairwise

from lienthong.data.reading.words import Line, pattern, table

LONGEST_SENTENCE = 3_000
"""Characters; a longer run without a full stop is cut at a semicolon, comma or space."""

MARK = re.compile(
    r"^(?:[-–—+•*●▪◦]|(?:điều )?\(?\d{1,2}(?:\.\d{1,2})*[.)](?= )|[a-zđ]{1,2}\)|[ivx]{1,5}[.)](?= )|(?:phần|mục) [ivx]+[.:]?)\s*"
)
_STOP = re.compile(r"(?<=[.!?…])[\"”)]?\s+(?=\S)")
_ABBREVIATED = re.compile(r"(?<!\w)(?:tp|ths|ts|gs|pgs|vv|v|đ/c|điều \d+|[a-zđ])\.$")


def without_mark(one: Line) -> tuple[Line, str]:
    """The paragraph without its "1.", "a)", "-", and that mark."""
    found = MARK.match(one.key)
    if not found or found.end() == len(one.key):
        return one, ""
    return one.cut(found.end(), len(one.text)), found[0].strip()


def sentences(one: Line) -> list[Line]:
    """Split at full stops that end a sentence; TP.HCM, 31.12.2026 and "Điều 3." end none."""
    cuts, begin = [0], 0
    for stop in _STOP.finditer(one.text):
        if _opens_sentence(one.text[stop.end()]) and not _ABBREVIATED.search(
            one.key[cuts[-1] : stop.start()]
        ):
            cuts.append(stop.end())
    cuts.append(len(one.text))
    found: list[Line] = []
    for begin, end in pairwise(cuts):
        found.extend(_short(one.cut(begin, end)))
    return [sentence for sentence in found if sentence.text.strip()]


def _opens_sentence(letter: str) -> bool:
    return letter.isupper() or letter.isdigit() or letter in '"“(<>-–≥≤'


def _short(one: Line) -> list[Line]:
    pieces = []
    while len(one.text) > LONGEST_SENTENCE:
        part = one.text[:LONGEST_SENTENCE]
        at = (
            max(part.rfind(";"), 0)
            or max(part.rfind(","), 0)
            or max(part.rfind(" "), 0)
            or LONGEST_SENTENCE - 1
        )
        pieces.append(one.cut(0, at + 1))
        one = one.cut(at + 1, len(one.text))
    return [*pieces, one]


def segments(key: str) -> list[tuple[int, int]]:
    """The parts of a sentence between semicolons."""
    cuts = [0, *(m.end() for m in re.finditer(";", key)), len(key)]
    return [(a, b) for a, b in pairwise(cuts) if key[a:b].strip()]


@cache
def _titles() -> dict[int, re.Pattern[str]]:
    return {weight: pattern("cues", "documents", weight) for weight in table("cues")["documents"]}


def title_weight(one: Line) -> int | None:
    """What kind of document a title line says this is: positive gives orders, negative reports."""
    if len(one.text) > 120 or not one.text.isupper():
        short = len(one.text) < 60 and one.key.startswith("báo cáo") and not one.text.endswith((".", ";"))
        return -2 if short else None
    for weight, words in _titles().items():
        if (found := words.search(one.key)) and found.start() < 4:
            return int(weight)
    return None


_MOTTO = re.compile(r"\s*(?:cộng hòa xã hội chủ nghĩa việt nam|độc lập - tự do - hạnh phúc)\s*")
_ISSUER = re.compile(
    r"^(?:ủy ban nhân dân|ubnd|hội đồng nhân dân) (?P<level>tỉnh|thành phố|tp\.?|xã|phường|đặc khu|huyện|quận|thị xã|thị trấn)(?= )"
)
_LEVELS = {"tỉnh": "province", "thành phố": "province", "tp": "province", "tp.": "province", "huyện": "district",
           "quận": "district", "thị xã": "district"}  # fmt: skip


def issuer_tier(one: Line) -> str | None:
    """The tier of the People's Committee that a heading in capitals names."""
    found = _ISSUER.match(_MOTTO.sub("", one.key) + " ")
    if not found or len(one.text) > 120 or not one.text.isupper():
        return None
    return _LEVELS.get(found["level"], "commune")


def opens_issuer(one: Line) -> bool:
    """ "ỦY BAN NHÂN DÂN" alone, the place on the next line."""
    return _MOTTO.sub("", one.key).strip() in ("ủy ban nhân dân", "ubnd", "hội đồng nhân dân")


def is_section(one: Line, mark: str) -> bool:
    """A heading of a section: short, no sentence. "I. MỤC TIÊU ĐẾN HẾT NĂM 2026", "2. Mục tiêu năm 2027"."""
    if len(one.text) > 160 or one.text.endswith((";", ",")):
        return False
    if one.text.isupper() and len(one.text) < 120 and not one.text.endswith("."):
        return True
    return (
        bool(mark)
        and not mark.startswith(("-", "–", "+", "•"))
        and not one.text.endswith((".", ":"))
        and one.text[:1].isupper()
    )


def section_weight(key: str) -> int:
    """Whether what follows is to be reached (positive) or was measured (negative)."""
    total = 0
    for weight in table("cues")["sections"]:
        if pattern("cues", "sections", weight).search(key):
            total += int(weight)
    return total
