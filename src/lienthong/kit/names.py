"""Names of people and places: kept as written (NFC), compared and sorted by keys.

No function here corrects a name. A key is for comparing, searching or sorting, never for showing,
and never an identifier: many different names share one folded form.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_APOSTROPHES = re.compile("[\u2018\u2019\u02bb\u02bc\u0060\u00b4\uff07]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
# Letters that no decomposition takes apart: d with stroke, and b with stroke of the Central Highlands.
_WITHOUT_STROKE = str.maketrans("đĐƀɃ", "dDbB")

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_CODES = dict(zip(ALPHABET, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg", strict=True))
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_SHAPES = frozenset("\u0306\u0302\u031b")  # breve, circumflex, horn


def nfc(text: str) -> str:
    """The text with each accented letter as one character (Unicode NFC)."""
    return unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """What a person typed, as it is stored: NFC, no invisible characters, single plain spaces."""
    return " ".join(nfc(_INVISIBLE.sub("", text)).split())


def fold(text: str) -> str:
    """The search key: lower case, no marks, đ as d, one kind of apostrophe, dash and space."""
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    bare = "".join(c for c in letters if unicodedata.category(c) != "Mn").translate(_WITHOUT_STROKE)
    return " ".join(_plain_signs(_INVISIBLE.sub("", nfc(bare))).split())


def _plain_signs(text: str) -> str:
    return _DASHES.sub("-", _APOSTROPHES.sub("'", text))


def is_persons(name: str) -> bool:
    """Letters of any script, apostrophes, hyphens and points; NFC, one space between words."""
    return all(map(_is_word_of_a_name, name.split(" ")))


@lru_cache(maxsize=100_000)
def _is_word_of_a_name(word: str) -> bool:
    return (
        word == tidy(word)
        and all(c.isalpha() or c in "'’.-" for c in word)
        and any(c.isalpha() for c in word)
    )


@dataclass(frozen=True, slots=True)
class NameParts:
    """A full name as họ, chữ đệm, tên. One word is a given name alone."""

    family: str
    middle: str
    given: str


def name_parts(name: str) -> NameParts:
    """First word, the words between, last word: the custom of Kinh names, used for sorting.

    Names of other peoples (Y Bhin Niê, K'Brăh) do not follow it: never address a person by a part.
    """
    words = tidy(name).split()
    if len(words) < 2:
        return NameParts("", "", "".join(words))
    return NameParts(words[0], " ".join(words[1:-1]), words[-1])


def sort_key(name: str) -> str:
    """Vietnamese dictionary order of given name, then family, then middle names.

    ASCII only: order it by bytes (PostgreSQL collation "C"). Letters are compared before tones
    (ngang, huyền, hỏi, ngã, sắc, nặng); where the tone is placed does not matter.
    """
    parts = name_parts(name)
    words = [parts.given, parts.family, *parts.middle.split()]
    return " ".join(_word_key(word) for word in words if word)


def phrase_key(phrase: str) -> str:
    """Vietnamese dictionary order of a phrase from its first word: places, procedures."""
    return " ".join(_word_key(word) for word in tidy(phrase).split())


def _word_key(word: str) -> str:
    letters, tones = [], ""
    for cluster in _clusters(word):
        base, marks = cluster[0], cluster[1:]
        tones += "".join(_TONES[m] for m in marks if m in _TONES)
        shaped = nfc(base + "".join(m for m in marks if m in _SHAPES))
        letters.append(_LETTER_CODES.get(shaped) or _other_code(base))
    return "".join(letters) + "!" + (tones or "1")


def _clusters(word: str) -> list[str]:
    """Each letter with its marks, decomposed, in lower case."""
    clusters: list[str] = []
    for char in unicodedata.normalize("NFD", word.lower()):
        if unicodedata.combining(char):
            if clusters:
                clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def _other_code(base: str) -> str:
    base = base.translate(_WITHOUT_STROKE)
    if base in _LETTER_CODES:
        return _LETTER_CODES[base]
    if base.isascii():
        return base if base.isdigit() else ""
    return f"z{ord(base):06x}" if base.isalnum() else ""


_TONE_ROWS = ("aàảãáạ", "eèẻẽéẹ", "yỳỷỹýỵ", "oòỏõóọ", "uùủũúụ")
_ROW = {row[0]: row for row in _TONE_ROWS}
_SECOND_VOWEL = re.compile(
    r"(?<!\w)(?P<head>[b-df-hj-np-tv-xzđ]*)(?:(?P<o>o)(?P<ae>[àảãáạèẻẽéẹ])|(?P<u>u)(?P<y>[ỳỷỹýỵ]))(?!\w)"
)


def match_key(name: str) -> str:
    """Equal for two spellings of one name: case, Unicode form, spaces, apostrophes, tone placement.

    Only open oa, oe, uy carry their tone in two places (hoà = hòa, thuỷ = thủy); hoàn, quý and
    huỳnh have one spelling. For comparison only: the name itself is never rewritten.
    """
    return _SECOND_VOWEL.sub(_tone_first, nfc(_plain_signs(tidy(name)).casefold()))


def _tone_first(match: re.Match[str]) -> str:
    head = match["head"]
    if head.endswith("q"):
        return match[0]
    first, second = (match["o"], match["ae"]) if match["o"] else (match["u"], match["y"])
    row = next(row for row in _TONE_ROWS if second in row)
    return head + _ROW[first][row.index(second)] + row[0]


def same_name(one: str, other: str) -> bool:
    """Whether two names are spelled alike, in the sense of `match_key`."""
    return match_key(one) == match_key(other)


def title_name(name: str) -> str:
    """A name printed in capitals (NGUYỄN VĂN AN) as it is usually written; any other name unchanged."""
    name = tidy(name)
    if name != name.upper():
        return name
    return re.sub(r"[^\W\d_]+", lambda m: m[0][0] + m[0][1:].lower(), name)
