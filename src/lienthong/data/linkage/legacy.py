"""Names typed in the encodings of old fonts: TCVN3 (ABC), VNI-Windows, and Windows-1258 read as Latin letters.

For comparison only: the record keeps what was typed.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from lienthong.kit.names import fold

_MARKED: Final = [
    "à",
    "á",
    "ả",
    "ã",
    "ạ",
    "ă",
    "ằ",
    "ắ",
    "ẳ",
    "ẵ",
    "ặ",
    "â",
    "ầ",
    "ấ",
    "ẩ",
    "ẫ",
    "ậ",
    "đ",
    "è",
    "é",
    "ẻ",
    "ẽ",
    "ẹ",
    "ê",
    "ề",
    "ế",
    "ể",
    "ễ",
    "ệ",
    "ì",
    "í",
    "ỉ",
    "ĩ",
    "ị",
    "ò",
    "ó",
    "ỏ",
    "õ",
    "ọ",
    "ô",
    "ồ",
    "ố",
    "ổ",
    "ỗ",
    "ộ",
    "ơ",
    "ờ",
    "ớ",
    "ở",
    "ỡ",
    "ợ",
    "ù",
    "ú",
    "ủ",
    "ũ",
    "ụ",
    "ư",
    "ừ",
    "ứ",
    "ử",
    "ữ",
    "ự",
    "ỳ",
    "ý",
    "ỷ",
    "ỹ",
    "ỵ",
]
_TCVN3_BYTES: Final = bytes.fromhex(
    "b5 b8 b6 b7 b9 a8 bb be bc bd c6 a9 c7 ca c8 c9 cb ae cc d0 ce cf d1 aa d2 d5 d3 d4 d6 d7 dd d8 dc de "
    "df e3 e1 e2 e4 ab e5 e8 e6 e7 e9 ac ea ed eb ec ee ef f3 f1 f2 f4 ad f5 f8 f6 f7 f9 fa fd fb fc fe"
)
TCVN3: Final = dict(zip(_MARKED, _TCVN3_BYTES.decode("latin-1"), strict=True)) | dict(
    zip("ĂÂÊÔƠƯĐ", bytes.fromhex("a1a2a3a4a5a6a7").decode("latin-1"), strict=True)
)
"""Letter → what stands for it. Capitals with a tone are their small letters in a capital font."""

_VNI: Final = [
    "aø",
    "aù",
    "aû",
    "aõ",
    "aï",
    "aê",
    "aè",
    "aé",
    "aú",
    "aü",
    "aë",
    "aâ",
    "aà",
    "aá",
    "aå",
    "aã",
    "aä",
    "ñ",
    "eø",
    "eù",
    "eû",
    "eõ",
    "eï",
    "eâ",
    "eà",
    "eá",
    "eå",
    "eã",
    "eä",
    "ì",
    "í",
    "æ",
    "ó",
    "ò",
    "oø",
    "où",
    "oû",
    "oõ",
    "oï",
    "oâ",
    "oà",
    "oá",
    "oå",
    "oã",
    "oä",
    "ô",
    "ôø",
    "ôù",
    "ôû",
    "ôõ",
    "ôï",
    "uø",
    "uù",
    "uû",
    "uõ",
    "uï",
    "ö",
    "öø",
    "öù",
    "öû",
    "öõ",
    "öï",
    "yø",
    "yù",
    "yû",
    "yõ",
    "î",
]
VNI: Final = dict(zip(_MARKED, _VNI, strict=True)) | {
    marked.upper(): typed[0].upper() + typed[1:].upper() for marked, typed in zip(_MARKED, _VNI, strict=True)
}

_FROM_TCVN3: Final = str.maketrans({typed: letter for letter, typed in TCVN3.items()})
_FROM_VNI: Final = {typed: letter for letter, typed in VNI.items()} | {
    typed[0].upper() + typed[1:]: letter.upper() for letter, typed in VNI.items() if letter.islower()
}
_VNI_UNIT: Final = re.compile("|".join(sorted(map(re.escape, _FROM_VNI), key=len, reverse=True)))
_CP1258: Final = str.maketrans(
    {"Ð": "Đ", "ð": "đ", "Õ": "Ơ", "õ": "ơ", "Ý": "Ư", "ý": "ư", "Ã": "Ă", "ã": "ă",
     "Ì": "\u0300", "ì": "\u0301", "Ò": "\u0309", "Þ": "\u0303", "ò": "\u0323"}
)  # fmt: skip

_SYLLABLE: Final = re.compile(
    r"(ngh|ng|nh|th|tr|ch|kh|ph|gh|gi|qu|[bcdghklmnpqrstvx])?"
    r"((uye|ie|ye|oa|oe|oo|ua|ue|uo|uy|[aeiouy])(ng|nh|ch|[cmnpt])?"
    r"|uya|uyu|ieu|yeu|uoi|uou|oai|oay|oeo|uay|uao|ai|ao|au|ay|eo|eu|ia|iu|oi|ui|uu|ya)"
)

# One vowel written twice, the second with a tone: VNI, not Vietnamese (ưu and ươ are other letters).
# "Thò" is nobody's middle name, but "Thị" in VNI.
_TWICE: Final = re.compile("a[àáảãạâầấẩẫậ]|e[èéẻẽẹêềếểễệ]|o[òóỏõọôồốổỗộ]|u[ùúủũụ]|y[ỳýỷỹỵ]")


def _utf8_twice(word: str) -> str:
    try:
        return word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""


@lru_cache(maxsize=100_000)
def _readings(word: str) -> tuple[tuple[str, bool], ...]:
    """What a word may be: as it is, from TCVN3, VNI, Windows-1258, UTF-8 read twice; and if it is a syllable."""
    vni = _VNI_UNIT.sub(lambda m: _FROM_VNI[m[0]], word)
    found = (word, word.translate(_FROM_TCVN3), vni, word.translate(_CP1258), _utf8_twice(word))
    return tuple((read, _is_syllable(read)) for read in (unicodedata.normalize("NFC", one) for one in found))


def _is_syllable(word: str) -> bool:
    """Whether it reads as a Vietnamese syllable with one tone, in one kind of case."""
    if not word.isalpha() or not (word.islower() or word.isupper() or word == word.capitalize()):
        return False
    tones = sum(unicodedata.normalize("NFD", word).count(mark) for mark in "\u0300\u0301\u0303\u0309\u0323")
    foreign = any(letter not in _ALPHABET for letter in word.lower())
    if word.lower() == "thò" or _TWICE.search(unicodedata.normalize("NFC", word.lower())):
        return False
    return tones <= 1 and not foreign and _SYLLABLE.fullmatch(fold(word)) is not None


_ALPHABET: Final = frozenset("".join(_MARKED) + "abcdeghiklmnopqrstuvxy")


def repaired(name: str) -> str:
    """The reading of a name in which most words are Vietnamese; the name itself where none is better."""
    words = [_readings(word) for word in name.split(" ") if word]
    if not words:
        return name
    counts = [sum(reading[1] for reading in one) for one in zip(*words, strict=True)]
    # Pairs of letters are VNI's own way; single strange letters rather TCVN3's.
    paired = any(len(unit) == 2 for unit in _VNI_UNIT.findall(name))
    order = (0, 2, 1, 3, 4) if paired else (0, 1, 2, 3, 4)
    best = max(order, key=lambda reading: (counts[reading], -order.index(reading)))
    return name if best == 0 else " ".join(word[best][0] for word in words)


def in_tcvn3(name: str) -> str:
    """A name as TCVN3 (ABC) fonts keep it, read as Latin letters."""
    return "".join(TCVN3.get(letter) or TCVN3.get(letter.lower(), letter) for letter in name)


def in_vni(name: str) -> str:
    """A name as VNI-Windows fonts keep it."""
    return "".join(VNI.get(letter, letter) for letter in name)
