"""Names as they are compared: in lower case, without marks, with one spelling of the tone; and what is no name.

A name is taken apart once for each spelling that occurs, in the register or in the records.
"""

import unicodedata
from functools import cache, lru_cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lienthong.data.linkage.jit import NONE, Column, kernel
from lienthong.data.linkage.legacy import repaired
from lienthong.data.linkage.texts import Texts, bytes_of
from lienthong.kit.names import match_key

NAME, NOTHING, NO_PERSON, OLD_FONT = 0, 1, 2, 3
"""Kinds of what stands where a name should."""

BEYOND: Final = 0x3100
"""Characters from here on are no letters of a name."""
DROPPED, APART = 1, 0
"""What becomes of a character that is no letter: nothing at all, or a space between words."""

_INVISIBLE: Final = {0xAD, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF}
_APOSTROPHES: Final = {0x27, 0x2018, 0x2019, 0x2BB, 0x2BC, 0x60, 0xB4, 0xFF07}
_STROKES: Final = {"đ": "d", "ß": "ss", "ƀ": "b"}

_NOTHING_SAID: Final = (
    "^(khong|khong co|khong ro|khong biet|chua|chua ro|chua co|chua biet|chua cap nhat|chua xac dinh|chua dat ten|null|"
    "none|nan|n a|na|x+|dang cap nhat|de trong|trong|khuyet|vo danh|unknown)$"
)
_NO_PERSON: Final = (
    "^(cong ty|cty|tong cong ty|doanh nghiep|dntn|hop tac xa|htx|chi nhanh|uy ban|ubnd|truong (tieu hoc|thpt|thcs|"
    "mam non|dai hoc|cao dang|trung hoc|mau giao)|trung tam|van phong|ngan hang|ban quan ly|ban chi huy|so |phong giao|"
    "phong khám|phong kham|benh vien|tram y te|ho kinh doanh|hkd|nha may|xi nghiep|cua hang|tap doan|hoi nong dan|"
    "hoi cuu|hoi nguoi|hoi lien|dai ly|quy tin dung|to hop tac|cau lac bo|chua [a-z]+ tu|nha tho|khach san|nha hang|"
    "test|thu nghiem|kiem thu|demo|mau thu|admin|user|abc|asdf|qwe|aaa|bbb|ten |ho ten|ho va ten|tong cong|cong$)"
    "|\\b(tnhh|jsc|ltd|co phan|mtv|test|testing|thu nghiem|kiem thu|ubnd|htx|doanh nghiep|cong ty)\\b"
)
# A letter that no Vietnamese name has, or two marked vowels where one can stand.
_LETTERS: Final = "^[A-Za-zÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ .''’-]+$"
_NO_SYLLABLE: Final = (
    "[aeouy][ùõ]|a[èéúêẻẽẹủũụ]|u[ïúủũụ]|a[àáảãạâầấẩẫậ]|e[èéẻẽẹâêềếểễệ]|o[òóỏõọâôồốổỗộ]|y[ỳýỷỹỵ]|(^| )thò "
)
_CAPITAL_INSIDE: Final = "[a-z][A-ZÀ-Þ]"


@cache
def _tables() -> tuple[Column, Column]:
    """Of each character: itself in lower case; and its letters without marks, two to a number."""
    lower = np.arange(BEYOND, dtype=np.int32)
    folded = np.zeros(BEYOND, np.uint16)
    for code in range(BEYOND):
        small = chr(code).lower()
        if len(small) == 1:
            lower[code] = ord(small)
        folded[code] = _folded(code)
    return lower, folded


def _folded(code: int) -> int:
    if code in _INVISIBLE | _APOSTROPHES:
        return DROPPED
    parts = unicodedata.normalize("NFD", chr(code))
    bare = "".join(part for part in parts if unicodedata.category(part) != "Mn").lower()
    if not bare:
        return DROPPED
    letters = "".join(_STROKES.get(letter, letter) for letter in bare)
    if len(letters) > 2 or not (letters.isascii() and letters.isalpha()):
        return APART
    return ord(letters[0]) + (ord(letters[1]) << 8 if letters[1:] else 0)


@kernel
def _character(data: Column, place: int, past: int) -> tuple[int, int]:
    """A character of UTF-8 and where the next one begins; a byte that is none of it stands for itself."""
    lead = np.int64(data[place])
    size = 1 if lead < 0xC0 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
    if size == 1 or place + size > past:
        return lead, place + 1
    code = lead & (0x7F >> size)
    for more in range(place + 1, place + size):
        code = (code << 6) | (np.int64(data[more]) & 0x3F)
    return code, place + size


@kernel
def _put(code: int, into: Column, at: int) -> int:
    """Write a character below BEYOND as UTF-8; where the next one goes."""
    if code < 0x80:
        into[at] = code
        return at + 1
    if code < 0x800:
        into[at] = 0xC0 | (code >> 6)
        into[at + 1] = 0x80 | (code & 0x3F)
        return at + 2
    into[at] = 0xE0 | (code >> 12)
    into[at + 1] = 0x80 | ((code >> 6) & 0x3F)
    into[at + 2] = 0x80 | (code & 0x3F)
    return at + 3


@kernel
def _read(ends: Column, pool: Column, lower: Column, letters: Column, low_ends: Column, low: Column, bare_ends: Column, bare: Column, ascii_only: Column) -> None:  # fmt: skip
    """Of each text: in lower case, its folded letters with single spaces, and whether it is all ASCII."""
    at = to = 0
    for text in range(len(ends) - 1):
        place, past = ends[text], ends[text + 1]
        start, apart, plain = to, False, True
        while place < past:
            before = place
            code, place = _character(pool, place, past)
            plain = plain and code < 0x80
            if code >= len(lower):
                for byte in range(before, place):
                    low[at] = pool[byte]
                    at += 1
            else:
                at = _put(lower[code], low, at)
            found = letters[code] if code < len(letters) else 0
            if found == 0:
                apart = True
            elif found > 1:
                if apart and to > start:
                    bare[to] = 0x20
                    to += 1
                apart = False
                bare[to] = found & 0xFF
                to += 1
                if found >> 8:
                    bare[to] = found >> 8
                    to += 1
        low_ends[text + 1] = at
        bare_ends[text + 1] = to
        ascii_only[text] = plain


class Names:
    """The spellings that occur. Of each, by its number: `low`, `bare` (numbers of `keys`, NONE: no letter), `plain` (ASCII)."""

    def __init__(self) -> None:
        self.written, self.keys = Texts(), Texts()
        self.low = self.bare = np.empty(0, np.int32)
        self.plain = np.empty(0, np.bool_)
        self.in_register = np.empty(0, np.bool_)
        self._matches: dict[str, int] = {}

    def numbers(self, column: pa.Array) -> Column:
        """The number of each name's spelling; NONE where nothing is said."""
        found = self.written.numbers(*bytes_of(column))
        self._take_apart()
        return found

    def _take_apart(self) -> None:
        first, past = len(self.low), self.written.count
        if first == past:
            return
        ends, pool = self.written.ends[first : past + 1], self.written.pool
        size = int(ends[-1] - ends[0])
        low_ends, bare_ends = np.zeros(past - first + 1, np.int64), np.zeros(past - first + 1, np.int64)
        low, bare = np.empty(size * 2, np.uint8), np.empty(size * 3, np.uint8)
        plain = np.empty(past - first, np.bool_)
        _read(ends, pool, *_tables(), low_ends, low, bare_ends, bare, plain)
        self.low = np.concatenate([self.low, self.keys.numbers(low_ends, low)])
        self.bare = np.concatenate([self.bare, self.keys.numbers(bare_ends, bare)])
        self.plain = np.concatenate([self.plain, plain])

    def are_persons(self, names: Column) -> None:
        """These are the register's: whoever is called so in a record is a person."""
        self.in_register = np.zeros(self.keys.count + 1, np.bool_)
        self.in_register[self.bare[names[names != NONE]]] = True

    def understood(self, names: Column) -> tuple[Column, Column]:
        """Distinct spellings of records as they are meant, and their kinds. Names of old fonts are read again."""
        bare = self.bare[names]
        kinds = np.full(len(names), NAME, np.int8)
        strange = bare >= len(self.in_register) - 1
        strange[~strange] = ~self.in_register[bare[~strange]]
        asked = np.flatnonzero(strange)
        kinds[asked] = _kinds(self.written.listed(names[asked]), self.keys, bare[asked])
        meant, odd = names.copy(), np.flatnonzero(kinds == OLD_FONT)
        typed = self.written.listed(names[odd]).to_pylist()
        meant[odd] = self.numbers(pa.array(map(repaired, typed), pa.string()))
        kinds[odd[meant[odd] == names[odd]]] = NAME
        return meant, kinds

    def match(self, names: Column) -> Column:
        """Of each spelling a number that is the same where only the place of the tone differs."""
        used, places = distinct(names, self.written.count)
        found = np.empty(len(used), np.int32)
        for place, text in enumerate(self.written.listed(used).to_pylist()):
            key = " ".join(filter(None, map(_word_match, text.split())))
            found[place] = self._matches.setdefault(key, len(self._matches))
        return found[places]


_word_match = lru_cache(maxsize=100_000)(match_key)
"""Millions of names are made of some thousands of words."""


def distinct(numbers: Column, past: int) -> tuple[Column, Column]:
    """The different ones of whole numbers below `past`, ascending, and the place of each among them."""
    place = np.zeros(past, np.int32)
    place[numbers] = 1
    used = np.flatnonzero(place).astype(np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    return used, place[numbers]


def _kinds(written: pa.Array, keys: Texts, bare: Column) -> Column:
    """NOTHING, NO_PERSON, OLD_FONT or NAME of each."""
    folded = keys.listed(np.where(bare < 0, 0, bare))
    composed = pc.utf8_normalize(written, form="NFC")
    nothing = _matches(folded, _NOTHING_SAID) | (bare == NONE)
    nobody = _matches(folded, _NO_PERSON)
    odd = ~_matches(composed, _LETTERS) | _matches(pc.utf8_lower(composed), _NO_SYLLABLE)
    odd |= _matches(written, _CAPITAL_INSIDE)
    return np.select([nothing, nobody, odd], [NOTHING, NO_PERSON, OLD_FONT], NAME).astype(np.int8)


def _matches(texts: pa.Array, pattern: str) -> Column:
    found: Column = pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False).astype(np.bool_)
    return found
