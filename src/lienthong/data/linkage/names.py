"""Names as they are compared: in lower case, without marks, with one spelling of the tone; and what is no name.

A name is taken apart once for each spelling that occurs, in the register or in the records.
"""

import unicodedata
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lienthong.data.linkage.arrow import of_texts, truths
from lienthong.data.linkage.jit import NONE, Column, Whole, inline, kernel
from lienthong.data.linkage.legacy import repaired
from lienthong.data.linkage.texts import Strings, Texts
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


class Letters(NamedTuple):
    """Spellings taken apart, by number. low, bare: numbers in `keys` (NONE: no letter); plain: all ASCII; is_read: known."""

    low: Column
    bare: Column
    plain: Column
    is_read: Column
    keys: Strings


@inline
def _character(data: Column, place: Whole, past: Whole) -> tuple[Whole, Whole]:
    """A character of UTF-8 and where the next one begins; a byte that is none of it stands for itself."""
    lead = np.int64(data[place])
    size = 1 if lead < 0xC0 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
    if size == 1 or place + size > past:
        return lead, place + 1
    code = lead & (0x7F >> size)
    for more in range(place + 1, place + size):
        code = (code << 6) | (np.int64(data[more]) & 0x3F)
    return code, place + size


@inline
def _put(code: Whole, into: Column, at: Whole) -> Whole:
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
def _lower(texts: Strings, asked: Column, table: Column, ends: Column, low: Column, plain: Column) -> None:  # noqa: PLR0917
    """Each text asked for in lower case, and whether it is all ASCII."""
    at = 0
    for text in range(len(asked)):
        place, past = texts.ends[asked[text]], texts.ends[asked[text] + 1]
        plain[text] = True
        while place < past:
            before = place
            code, place = _character(texts.data, place, past)
            plain[text] = plain[text] and code < 0x80
            if code < len(table):
                at = _put(table[code], low, at)
            else:
                for byte in range(before, place):
                    low[at] = texts.data[byte]
                    at += 1
        ends[text + 1] = at


@kernel
def _fold(texts: Strings, asked: Column, table: Column, ends: Column, bare: Column) -> None:
    """The letters of each text asked for without marks, words with one space between them."""
    at = 0
    for text in range(len(asked)):
        place, past = texts.ends[asked[text]], texts.ends[asked[text] + 1]
        start, apart = at, False
        while place < past:
            code, place = _character(texts.data, place, past)
            found = table[code] if code < len(table) else APART
            if found == APART:
                apart = True
            elif found != DROPPED:
                if apart and at > start:
                    bare[at] = 0x20
                    at += 1
                apart = False
                bare[at], bare[at + 1] = found & 0xFF, found >> 8
                at += 2 if found > 0xFF else 1
        ends[text + 1] = at


@kernel
def _mark(numbers: Column, found: Column) -> None:
    """Those that occur; NONE is passed over."""
    for number in numbers:
        if number >= 0:
            found[number] = True


class Names:
    """The spellings that occur, and what is known of those that were taken apart."""

    def __init__(self, room: int = 0) -> None:
        self.written, self._keys = Texts(room), Texts(room)
        nothing, no = np.empty(0, np.int32), np.empty(0, np.bool_)
        self.letters = Letters(nothing, nothing, no, no, self._keys.strings)
        self.in_register = np.zeros(1, np.bool_)

    def numbers(self, column: pa.Array) -> Column:
        """The number of each name's spelling; NONE where nothing is said. Raises TextsCollide."""
        return self.written.numbers(Strings.column(column))

    def take_apart(self, names: Column) -> None:
        """Have the letters of these spellings ready; NONE among them is passed over."""
        more = self.written.count - len(self.letters.low)
        low, bare, plain, is_read = (
            np.append(column, np.zeros(more, column.dtype)) for column in self.letters[:4]
        )
        asked = np.flatnonzero(self._among(names) & ~is_read)
        texts = self.written.strings
        size = int(np.sum(texts.ends[asked + 1] - texts.ends[asked]))
        in_lower, without_marks = _tables()
        ends, data, ascii_only = np.zeros(len(asked) + 1, np.int64), np.empty(size * 3 + 1, np.uint8), np.empty(len(asked), np.bool_)  # fmt: skip
        _lower(texts, asked, in_lower, ends, data, ascii_only)
        low[asked], plain[asked], is_read[asked] = (
            self._keys.numbers(Strings.of(ends, data)),
            ascii_only,
            True,
        )
        _fold(texts, asked, without_marks, ends, data)
        bare[asked] = self._keys.numbers(Strings.of(ends, data))
        self.letters = Letters(low, bare, plain, is_read, self._keys.strings)

    def are_persons(self, names: Column) -> None:
        """These are the register's: whoever is called so in a record is a person."""
        self.take_apart(names)
        self.in_register = np.zeros(self._keys.count + 1, np.bool_)
        self.in_register[self.letters.bare[self._among(names)]] = True

    def _among(self, names: Column) -> Column:
        """Of each spelling whether it is among these."""
        found = np.zeros(self.written.count, np.bool_)
        _mark(names, found)
        return found

    def understood(self, names: Column) -> tuple[Column, Column]:
        """Distinct spellings of records as they are meant, and their kinds. Names of old fonts are read again."""
        bare = self.letters.bare[names]
        kinds = np.full(len(names), NAME, np.int8)
        strange = bare >= len(self.in_register) - 1
        strange[~strange] = ~self.in_register[bare[~strange]]
        asked = np.flatnonzero(strange)
        kinds[asked] = _kinds(self.written.listed(names[asked]), self._keys, bare[asked])
        meant, odd = names.copy(), np.flatnonzero(kinds == OLD_FONT)
        typed = self.written.listed(names[odd]).to_pylist()
        meant[odd] = self.numbers(of_texts([*map(repaired, typed)]))
        self.take_apart(meant[odd])
        kinds[odd[meant[odd] == names[odd]]] = NAME
        return meant, kinds

    def key_of(self, bare: Column) -> Column:
        """64 bits of these letters, the same in every process; 0 for NONE."""
        found: Column = np.append(self._keys.keys[: self._keys.count], 0)[bare]
        return found

    def sound_alike(self, one: Column, other: Column) -> Column:
        """Whether two spellings differ at most in the place of the tone."""
        used, places = distinct(np.concatenate([one, other]), self.written.count)
        texts = pc.utf8_split_whitespace(self.written.listed(used))
        words = texts.flatten().dictionary_encode()
        keys = {"": NONE}
        codes = [keys.setdefault(match_key(word), len(keys)) for word in words.dictionary.to_pylist()]
        found = np.empty(len(one), np.bool_)
        spoken = np.array(codes, np.int32)[np.from_dlpack(words.indices)]
        _sound_alike(np.from_dlpack(texts.offsets), spoken, places[: len(one)], places[len(one) :], found)
        return found


@kernel
def _sound_alike(ends: Column, words: Column, one: Column, other: Column, found: Column) -> None:
    """The words of two names one after the other; NONE is no word."""
    for pair in range(len(found)):
        i, j = ends[one[pair]], ends[other[pair]]
        past, other_past = ends[one[pair] + 1], ends[other[pair] + 1]
        alike = True
        while alike and (i < past or j < other_past):
            if i < past and words[i] == NONE:
                i += 1
            elif j < other_past and words[j] == NONE:
                j += 1
            else:
                alike = i < past and j < other_past and words[i] == words[j]
                i, j = i + 1, j + 1
        found[pair] = alike


def distinct(numbers: Column, past: int) -> tuple[Column, Column]:
    """The different ones of whole numbers below `past`, ascending, and the place of each among them."""
    place = np.zeros(past, np.int32)
    place[numbers] = 1
    used = np.flatnonzero(place).astype(np.int32)
    place[used] = np.arange(len(used), dtype=np.int32)
    return used, place[numbers]


def _kinds(written: pa.Array, keys: Texts, bare: Column) -> Column:
    """NOTHING, NO_PERSON, OLD_FONT or NAME of each."""
    nothing, nobody = bare == NONE, np.zeros(len(bare), np.bool_)
    folded = keys.listed(bare[~nothing])
    nobody[~nothing] = _matches(folded, _NO_PERSON)
    nothing[~nothing] = _matches(folded, _NOTHING_SAID)
    composed = pc.utf8_normalize(written, form="NFC")
    odd = ~_matches(composed, _LETTERS) | _matches(pc.utf8_lower(composed), _NO_SYLLABLE)
    odd |= _matches(written, _CAPITAL_INSIDE)
    return np.select([nothing, nobody, odd], [NOTHING, NO_PERSON, OLD_FONT], NAME).astype(np.int8)


def _matches(texts: pa.Array, pattern: str) -> Column:
    return truths(pc.match_substring_regex(texts, pattern))
