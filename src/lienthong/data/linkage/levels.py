"""How far two names agree, and what the fields of a pair say together."""

import numpy as np


from lienthong.data.linkage.jit import Column, kernel
from lienthong.data.linkage.numbers import edits

ASK_TONE = 9
"""Alike without marks, both with marks: whether only the tone's place differs is said by Names.match."""
UNSEEN = -2
"""Not to be said before the names are understood."""


@kernel
def name_at_once(name: int, theirs: int, low: Column, bare: Column, plain: Column) -> int:
    """The level of a record's name beside the register's where it needs no understanding, else UNSEEN."""
    if name == theirs:
        return 6
    if bare[theirs] < 0:
        return UNSEEN
    if low[name] == low[theirs]:
        return 5
    if plain[name] and low[name] == bare[theirs]:
        return 4
    return UNSEEN


@kernel
def name_level(name: int, theirs: int, low: Column, bare: Column, plain: Column, ends: Column, pool: Column) -> int:
    """6 as written, 5 other spelling of the tone, 4 without marks or spaces, 3 other marks, 2 a letter or two, 1 a part
    of it or turned round, 0 another name, -1 not said; ASK_TONE: 5 or 3."""
    a, b = bare[name], bare[theirs]
    if a < 0 or b < 0:
        return -1
    if name == theirs:
        return 6
    if a == b:
        if plain[name] != plain[theirs]:
            return 4
        if low[name] == low[theirs]:
            return 5
        return 4 if plain[name] else ASK_TONE
    return _letters_level(pool[ends[a] : ends[a + 1]], pool[ends[b] : ends[b + 1]])


@kernel
def _letters_level(a: Column, b: Column) -> int:
    if _without_spaces(a, b):
        return 4
    a_first, b_first = _first_word(a), _first_word(b)
    a_last, b_last = _last_word(a), _last_word(b)
    ends_alike = _equal(a[:a_first], b[:b_first]) and _equal(a[a_last:], b[b_last:])
    if abs(len(a) - len(b)) <= 2:
        apart = edits(a, 0, len(a), b, 0, len(b))
        if apart == 1 or (apart == 2 and len(b) >= 8 and ends_alike):
            return 2
    if ends_alike and np.sum(a == 32) != np.sum(b == 32):
        return 1
    if len(a) == len(b) and b_last > 0 and (_is_turned(a, b, b_last) or _is_turned(a, b, b_first + 1)):
        return 1
    return 0


@kernel
def _equal(a: Column, b: Column) -> bool:
    if len(a) != len(b):
        return False
    for place in range(len(a)):
        if a[place] != b[place]:
            return False
    return True


@kernel
def _without_spaces(a: Column, b: Column) -> bool:
    i = j = 0
    while True:
        while i < len(a) and a[i] == 32:
            i += 1
        while j < len(b) and b[j] == 32:
            j += 1
        if i == len(a) or j == len(b):
            return i == len(a) and j == len(b)
        if a[i] != b[j]:
            return False
        i, j = i + 1, j + 1


@kernel
def _first_word(a: Column) -> int:
    """Where it ends."""
    place = 0
    while place < len(a) and a[place] != 32:
        place += 1
    return place


@kernel
def _last_word(a: Column) -> int:
    """Where it begins."""
    place = len(a)
    while place > 0 and a[place - 1] != 32:
        place -= 1
    return place


@kernel
def _is_turned(a: Column, b: Column, cut: int) -> bool:
    """Whether a is b with the words before `cut` put behind the others."""
    rest = len(b) - cut
    return _equal(a[:rest], b[cut:]) and a[rest] == 32 and _equal(a[rest + 1 :], b[: cut - 1])


@kernel
def said_alike(one: int, other: int) -> int:
    """1 equal, 0 differs, -1 not said by one of the two."""
    return -1 if one < 0 or other < 0 else 1 if one == other else 0


@kernel
def unit_level(own: int, theirs: int, ends: Column, others: Column) -> int:
    level = said_alike(own, theirs)
    if level == 0:
        for place in range(ends[own], ends[own + 1]):
            if others[place] == theirs:
                return 1
    return level


@kernel
def mother_level(own: int, theirs: int, bare: Column, ends: Column, pool: Column) -> int:
    if own < 0 or theirs < 0:
        return -1
    if own == theirs or bare[own] == bare[theirs]:
        return 2
    a, b = bare[own], bare[theirs]
    if a < 0 or b < 0:
        return 0
    a_size, b_size = ends[a + 1] - ends[a], ends[b + 1] - ends[b]
    near = abs(a_size - b_size) <= 2 and edits(pool, ends[a], ends[a + 1], pool, ends[b], ends[b + 1]) <= 2
    return 1 if near else 0
