"""Names that an old font spoiled, read as they were meant. For comparison only: the record keeps what was typed.

Names are read word by word: millions of names are made of some thousands of words.
"""

import unicodedata
from functools import lru_cache

from lienthong.data.fonts.charmaps import CHARMAPS, decode_part, in_capitals
from lienthong.data.fonts.syllables import syllables_in

_Word = tuple[str, int, int]
"""A word, its syllables, and its words that carry a letter beyond ASCII."""


def repaired(name: str) -> str:
    """The reading of a name that is most like Vietnamese; the name itself where none is better."""
    capitals = in_capitals(name)
    best, best_share = name, -1.0
    for read in zip(*(_readings(word, capitals) for word in name.split(" ")), strict=True):
        good = counted = 0
        for word in read:
            if word is None:
                break
            good += word[1]
            counted += word[2]
        else:
            share = good / counted if counted else 0.0
            if share > best_share:
                best, best_share = " ".join([word[0] for word in read if word]), share
            if good == counted > 0:
                break
    return best


@lru_cache(maxsize=100_000)
def _readings(word: str, capitals: bool) -> tuple[_Word | None, ...]:  # noqa: FBT001 - a key of the cache
    """As it is, in each old font, and as UTF-8 that was read as Windows-1252 and written as UTF-8 again."""
    texts = [unicodedata.normalize("NFC", word)]
    texts += [decode_part(word, charmap, capitals=capitals) for charmap in CHARMAPS]
    found: list[_Word | None] = [(text, *syllables_in(text)) for text in texts]
    try:
        twice = unicodedata.normalize("NFC", word.encode("cp1252").decode("utf-8"))
    except UnicodeError:
        return (*found, None)
    return (*found, (twice, *syllables_in(twice)))
