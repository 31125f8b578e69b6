"""Names that an old font spoiled, read as they were meant. For comparison only: the record keeps what was typed."""

import unicodedata

from lienthong.data.intake.charmaps import CHARMAPS, decode
from lienthong.data.intake.syllables import share_of_syllables


def repaired(name: str) -> str:
    """The reading of a name that is most like Vietnamese; the name itself where none is better."""
    readings = [
        unicodedata.normalize("NFC", name),
        *(decode(name, charmap) for charmap in CHARMAPS),
        _utf8_twice(name),
    ]
    return max(readings, key=lambda reading: share_of_syllables([reading]))


def _utf8_twice(text: str) -> str:
    """UTF-8 that was read as Windows-1252 and written as UTF-8 again."""
    try:
        return unicodedata.normalize("NFC", text.encode("cp1252").decode("utf-8"))
    except UnicodeError:
        return ""
