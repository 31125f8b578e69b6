"""How far two names, communes or mothers agree."""

from typing import Final

from lienthong.data.linkage.jit import NONE, Column, Whole, inline, kernel
from lienthong.data.linkage.names import Letters
from lienthong.data.linkage.numbers import edits
from lienthong.data.linkage.units import Alike

ASK_TONE: Final = 9
"""Alike without marks, both with marks: whether only the tone's place differs is said by Names.sound_alike."""
UNSEEN: Final = -2
"""Not to be said before the names are understood."""


@inline
def name_at_once(letters: Letters, name: Whole, theirs: Whole) -> Whole:
    """The level of a record's name beside the register's where it needs no understanding, else UNSEEN."""
    if name == theirs:
        return 6
    if letters.bare[theirs] < 0:
        return UNSEEN
    if letters.low[name] == letters.low[theirs]:
        return 5
    return 4 if letters.plain[name] and letters.low[name] == letters.bare[theirs] else UNSEEN


@inline
def _text(letters: Letters, key: Whole) -> Column:
    return letters.keys.data[letters.keys.ends[key] : letters.keys.ends[key + 1]]


@kernel
def name_level(letters: Letters, name: Whole, theirs: Whole) -> Whole:
    """6 as written, 5 other spelling of the tone, 4 without marks or spaces, 3 other marks, 2 a letter or two, 1 a part
    of it or turned round, 0 another name, -1 not said; ASK_TONE: 5 or 3."""
    a, b = letters.bare[name], letters.bare[theirs]
    if a < 0 or b < 0:
        return NONE
    if name == theirs:
        return 6
    if a != b:
        return _letters_level(_text(letters, a), _text(letters, b))
    if letters.plain[name] != letters.plain[theirs]:
        return 4
    if letters.low[name] == letters.low[theirs]:
        return 5
    return 4 if letters.plain[name] else ASK_TONE


@kernel
def _letters_level(a: Column, b: Column) -> Whole:
    if _are_but_for_spaces(a, b):
        return 4
    a_last, b_last, b_first = _last_word(a), _last_word(b), _first_word(b)
    ends_alike = _are(a[: _first_word(a)], b[:b_first]) and _are(a[a_last:], b[b_last:])
    if abs(len(a) - len(b)) <= 2:
        apart = edits(a, b)
        if apart == 1 or (apart == 2 and len(b) >= 8 and ends_alike):
            return 2
    if ends_alike and _spaces(a) != _spaces(b):
        return 1
    turned = len(a) == len(b) and b_last > 0
    return 1 if turned and (_is_turned(a, b, b_last) or _is_turned(a, b, b_first + 1)) else 0


@kernel
def _are(a: Column, b: Column) -> bool:
    place = 0
    while place < min(len(a), len(b)) and a[place] == b[place]:
        place += 1
    return bool(place == len(a) == len(b))


@kernel
def _spaces(a: Column) -> Whole:
    count = 0
    for byte in a:
        count += byte == 32
    return count


@kernel
def _are_but_for_spaces(a: Column, b: Column) -> bool:
    i = j = 0
    while i < len(a) or j < len(b):
        if i < len(a) and a[i] == 32:
            i += 1
        elif j < len(b) and b[j] == 32:
            j += 1
        elif i == len(a) or j == len(b) or a[i] != b[j]:
            return False
        else:
            i, j = i + 1, j + 1
    return True


@kernel
def _first_word(a: Column) -> Whole:
    """Where it ends."""
    place = 0
    while place < len(a) and a[place] != 32:
        place += 1
    return place


@kernel
def _last_word(a: Column) -> Whole:
    """Where it begins."""
    place = len(a)
    while place > 0 and a[place - 1] != 32:
        place -= 1
    return place


@kernel
def _is_turned(a: Column, b: Column, cut: Whole) -> bool:
    """Whether a is b with the words before `cut` put behind the others."""
    rest = len(b) - cut
    return _are(a[:rest], b[cut:]) and a[rest] == 32 and _are(a[rest + 1 :], b[: cut - 1])


@inline
def said_alike(one: Whole, other: Whole) -> Whole:
    """1 equal, 0 differs, -1 not said by one of the two."""
    return NONE if one < 0 or other < 0 else 1 if one == other else 0


@inline
def unit_level(own: Whole, theirs: Whole, alike: Alike) -> Whole:
    """As `said_alike`; what became of a commune is equal to it."""
    level = said_alike(own, theirs)
    if level == 0:
        for place in range(alike.ends[own], alike.ends[own + 1]):
            if alike.others[place] == theirs:
                return 1
    return level


@inline
def mother_level(letters: Letters, own: Whole, theirs: Whole) -> Whole:
    """2 equal without marks, 1 a letter or two, 0 another, -1 not said by one of the two."""
    if own < 0 or theirs < 0:
        return NONE
    a, b = letters.bare[own], letters.bare[theirs]
    if a == b:
        return 2
    if a < 0 or b < 0:
        return 0
    one, other = _text(letters, a), _text(letters, b)
    return 1 if abs(len(one) - len(other)) <= 2 and edits(one, other) <= 2 else 0
