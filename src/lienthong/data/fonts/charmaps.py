"""Old Vietnamese character sets: TCVN3 (ABC), VNI-Windows, Windows-1258.

Text of those sets arrives as the Latin-1 reading of its bytes: "NguyÔn", "Nguyeãn", "NguyêÞn". `detect`
judges a whole column by the share of words that become Vietnamese syllables; nothing here changes
a text unless asked. The tables follow TCVN 5712:1993 (VN3), the VNI-Windows font layout and code
page 1258.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Final

from lienthong.data.fonts.syllables import share_of_syllables

GRAVE, HOOK, TILDE, ACUTE, DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
CIRCUMFLEX, BREVE, HORN = "\u0302", "\u0306", "\u031b"
TONES: Final = (GRAVE, HOOK, TILDE, ACUTE, DOT)


class Charmap(StrEnum):
    TCVN3 = "tcvn3"
    VNI = "vni"
    CP1258 = "cp1258"


CHARMAPS: Final = tuple(Charmap)

# Lower case by vowel, in the order of TONES, then the bare letter; the code points are those of the bytes.
_TCVN3_ROWS: Final = {
    "a": (0xB5, 0xB6, 0xB7, 0xB8, 0xB9),
    "ă": (0xBB, 0xBC, 0xBD, 0xBE, 0xC6, 0xA8),
    "â": (0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xA9),
    "e": (0xCC, 0xCE, 0xCF, 0xD0, 0xD1),
    "ê": (0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xAA),
    "i": (0xD7, 0xD8, 0xDC, 0xDD, 0xDE),
    "o": (0xDF, 0xE1, 0xE2, 0xE3, 0xE4),
    "ô": (0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xAB),
    "ơ": (0xEA, 0xEB, 0xEC, 0xED, 0xEE, 0xAC),
    "u": (0xEF, 0xF1, 0xF2, 0xF3, 0xF4),
    "ư": (0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xAD),
    "y": (0xFA, 0xFB, 0xFC, 0xFD, 0xFE),
}
_TCVN3_OTHERS: Final = {
    0xAE: "đ", 0xA1: "Ă", 0xA2: "Â", 0xA3: "Ê", 0xA4: "Ô", 0xA5: "Ơ", 0xA6: "Ư", 0xA7: "Đ",
}  # fmt: skip
_VNI_MARKS: Final = {
    "ù": ACUTE, "ø": GRAVE, "û": HOOK, "õ": TILDE, "ï": DOT,
    "â": CIRCUMFLEX, "á": CIRCUMFLEX + ACUTE, "à": CIRCUMFLEX + GRAVE, "å": CIRCUMFLEX + HOOK,
    "ã": CIRCUMFLEX + TILDE, "ä": CIRCUMFLEX + DOT,
    "ê": BREVE, "é": BREVE + ACUTE, "è": BREVE + GRAVE, "ú": BREVE + HOOK, "ü": BREVE + TILDE, "ë": BREVE + DOT,
}  # fmt: skip
_VNI_LETTERS: Final = {
    "ñ": "đ",
    "ô": "ơ",
    "ö": "ư",
    "í": "í",
    "ì": "ì",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
}
_CP1258: Final = {
    "Ã": "Ă", "ã": "ă", "Ì": GRAVE, "Ð": "Đ", "ð": "đ", "Ò": HOOK, "Õ": "Ơ", "õ": "ơ", "Ý": "Ư", "ý": "ư",
    "Þ": TILDE, "ì": ACUTE, "ò": DOT,
}  # fmt: skip


def _tcvn3() -> dict[str, str]:
    table = {chr(code): letter for code, letter in _TCVN3_OTHERS.items()}
    for vowel, codes in _TCVN3_ROWS.items():
        letters = [unicodedata.normalize("NFC", vowel + tone) for tone in TONES] + [vowel]
        table |= {chr(code): letter for code, letter in zip(codes, letters, strict=False)}
    return table


def _vni() -> dict[str, str]:
    lower = _VNI_MARKS | _VNI_LETTERS
    return lower | {sign.upper(): letter.upper() for sign, letter in lower.items()}


TABLES: Final[Mapping[Charmap, Mapping[str, str]]] = {
    Charmap.TCVN3: _tcvn3(),
    Charmap.VNI: _vni(),
    Charmap.CP1258: _CP1258,
}
"""Character received -> what it stands for; marks join the letter before them when composed."""

_IN_CAPITALS: Final = re.compile(r"[A-Z]{2}")
_HAS_SMALL: Final = re.compile(r"[a-z]")


_DECODERS: Final = {
    charmap: {ord(sign): letter for sign, letter in table.items()} for charmap, table in TABLES.items()
}


def decode(text: str, charmap: str) -> str:
    """The text in Unicode NFC. Letters of TCVN3 have no toned capitals: a text in capitals gets them."""
    return decode_part(text, charmap, capitals=in_capitals(text))


def decode_part(text: str, charmap: str, *, capitals: bool) -> str:
    """`decode` of a part of a text that is in capitals, or is not."""
    charmap = Charmap(charmap)
    decoded = unicodedata.normalize("NFC", text.translate(_DECODERS[charmap]))
    return decoded.upper() if capitals and charmap is Charmap.TCVN3 else decoded


def in_capitals(text: str) -> bool:
    """Whether the letters that every font has are capitals, more than one of them together."""
    return bool(_IN_CAPITALS.search(text)) and not _HAS_SMALL.search(text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def decode_sql(expression: str, charmap: str) -> str:
    """`decode` as an expression of DuckDB over a text expression that holds it."""
    charmap = Charmap(charmap)
    table = TABLES[charmap]
    single = {sign: letter for sign, letter in table.items() if len(letter) == 1}
    sql = f"translate({expression}, {_quoted(''.join(single))}, {_quoted(''.join(single.values()))})"
    for sign, letters in table.items():
        if len(letters) > 1:
            sql = f"replace({sql}, {_quoted(sign)}, {_quoted(letters)})"
    sql = f"nfc_normalize({sql})"
    if charmap is Charmap.TCVN3:
        capitals = f"regexp_matches({expression}, '[A-Z]{{2}}') AND NOT regexp_matches({expression}, '[a-z]')"
        sql = f"CASE WHEN {capitals} THEN upper({sql}) ELSE {sql} END"
    return f"CASE WHEN strlen({expression}) = length({expression}) THEN {expression} ELSE {sql} END"


def _spellings(charmap: Charmap) -> dict[str, str]:
    """Vietnamese letter (NFC) -> how the character set writes it."""
    if charmap is Charmap.TCVN3:
        written = {letter: sign for sign, letter in TABLES[charmap].items()}
        toned = {letter.upper(): sign for letter, sign in written.items() if letter.upper() not in written}
        return toned | written
    bases = {"": "", **{tone: tone for tone in TONES}}
    found = {}
    for base, tone in product("aăâeêioôơuưyđAĂÂEÊIOÔƠUƯYĐ", bases):
        if not (base in "đĐ" and tone):
            letter = unicodedata.normalize("NFC", base + tone)
            found[letter] = _vni_letter(letter) if charmap is Charmap.VNI else _cp1258_letter(base, tone)
    return {letter: sign for letter, sign in found.items() if letter != sign}


def _vni_letter(letter: str) -> str:
    table = TABLES[Charmap.VNI]
    whole = {
        stands: sign
        for sign, stands in table.items()
        if len(stands) == 1 and not unicodedata.combining(stands)
    }
    if letter in whole:
        return whole[letter]
    order = {CIRCUMFLEX: 0, BREVE: 0, HORN: 0}
    base, *marks = list(unicodedata.normalize("NFD", letter))
    if HORN in marks:
        base, marks = whole[unicodedata.normalize("NFC", base + HORN)], [m for m in marks if m != HORN]
    ordered = "".join(sorted(marks, key=lambda mark: order.get(mark, 1)))
    signs = {stands: sign for sign, stands in table.items() if sign.islower() == letter.islower()}
    return base + (signs[ordered] if ordered else "")


def _cp1258_letter(base: str, tone: str) -> str:
    signs = {stands: sign for sign, stands in TABLES[Charmap.CP1258].items()}
    return signs.get(base, base) + (signs[tone] if tone else "")


_ENCODERS: Final = {charmap: str.maketrans(_spellings(charmap)) for charmap in Charmap}


def encode(text: str, charmap: str) -> str:
    """The inverse of `decode`, for tests and samples. Toned capitals of TCVN3 become small letters."""
    return unicodedata.normalize("NFC", text).translate(_ENCODERS[Charmap(charmap)])


@dataclass(frozen=True, slots=True)
class Detected:
    """A character set proposed for a column: the share of Vietnamese words as it is, and once decoded."""

    charmap: Charmap
    before: float
    after: float

    @property
    def confidence(self) -> float:
        return max(0.0, min(1.0, self.after - self.before / 2))


ENOUGH: Final = 0.75
AHEAD: Final = 0.15


def detect(values: Iterable[str]) -> Detected | None:
    """The character set that a column's texts are in; None where they stand as they are."""
    marked = [value for value in values if value and not value.isascii()]
    if not marked:
        return None
    before = share_of_syllables(unicodedata.normalize("NFC", value) for value in marked)
    tried = [Detected(c, before, share_of_syllables(decode(v, c) for v in marked)) for c in Charmap]
    best = max(tried, key=lambda found: found.after)
    return best if best.after >= ENOUGH and best.after - before >= AHEAD else None
