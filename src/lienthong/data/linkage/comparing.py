"""Records beside persons: how far each pair agrees, what that weighs, and which person is chosen."""

from typing import NamedTuple

import numpy as np

from lienthong.data.linkage.births import birth_level
from lienthong.data.linkage.blocks import Open, candidates
from lienthong.data.linkage.columns import People, Records
from lienthong.data.linkage.jit import AHEAD, NONE, Column, Whole, inline, kernel, soon
from lienthong.data.linkage.levels import ASK_TONE, mother_level, name_level, said_alike, unit_level
from lienthong.data.linkage.model import Model
from lienthong.data.linkage.names import NO_PERSON, NOTHING, Letters
from lienthong.data.linkage.numbers import number_level
from lienthong.data.linkage.register import Register
from lienthong.data.linkage.units import Alike
from lienthong.data.linkage.verdicts import PACKED

NAME, BIRTH, NUMBER, OLD, SEX, UNIT, MOTHER = range(7)
"""Columns of levels, in the order of verdicts.PACKED."""


def name_levels(name: Column, kinds: Column, theirs: Column, register: Register) -> Column:
    """The level of each pair of spellings; NONE where one is not a name."""
    names = register.names
    found = np.empty(len(name), np.int8)
    _name_levels(name, kinds, theirs, names.letters, found)
    asked = np.flatnonzero(found == ASK_TONE)
    found[asked] = np.where(names.sound_alike(name[asked], theirs[asked]), 5, 3)
    return found


@kernel
def _name_levels(name: Column, kinds: Column, theirs: Column, letters: Letters, found: Column) -> None:
    for place in range(len(name)):
        is_name = name[place] >= 0 and kinds[place] not in (NOTHING, NO_PERSON)
        if is_name and theirs[place] >= 0:
            found[place] = name_level(letters, name[place], theirs[place])
        else:
            found[place] = NONE


class Pairs(NamedTuple):
    """Records compared with persons: places in Open, ascending; rows of the register, levels of each field, bits."""

    place: Column
    person: Column
    levels: Column
    bits: Column


def compared(open_: Open, register: Register, model: Model, prior: float) -> Pairs:
    """Every pair of the blocks."""
    place, person = candidates(open_, register)
    people = register.people
    known = (people.pid[person] >= 0) & (people.name[person] >= 0)
    place, person = place[known], person[known]
    levels = levels_of(open_, place, person, register)
    return Pairs(place, person, levels, weighed(levels, model) - prior)


def levels_of(open_: Open, place: Column, person: Column, register: Register) -> Column:
    """Levels of every field of these pairs."""
    people, names = register.people, register.names
    names.take_apart(np.concatenate([open_.said.mother[place], people.mother[person]]))
    levels = np.empty((len(place), len(PACKED)), np.int8)
    levels[:, NAME] = name_levels(open_.name[place], open_.name_kind[place], people.name[person], register)
    _compare(place, person, open_.said, people, register.units.alike(), names.letters, levels)
    return levels


@kernel
def _compare(place: Column, person: Column, said: Records, people: People, alike: Alike, letters: Letters, levels: Column) -> None:  # noqa: PLR0917 # fmt: skip
    last = len(place) - 1
    for pair in range(len(place)):
        ahead = person[min(pair + 2 * AHEAD, last)]
        soon(people.born, ahead)
        soon(people.precision, ahead)
        soon(people.pid, ahead)
        soon(people.old, ahead)
        soon(people.sex, ahead)
        soon(people.unit, ahead)
        soon(people.mother, ahead)
        soon(letters.bare, people.mother[person[min(pair + AHEAD, last)]])
        r, p = place[pair], person[pair]
        levels[pair, BIRTH] = birth_level(said.birth, r, people.born[p], people.precision[p])
        levels[pair, NUMBER] = number_level(said.number, r, people.pid[p])
        levels[pair, OLD] = said_alike(said.number.old[r], people.old[p])
        levels[pair, SEX] = said_alike(said.sex[r], people.sex[p])
        levels[pair, UNIT] = unit_level(said.unit[r], people.unit[p], alike)
        levels[pair, MOTHER] = mother_level(letters, said.mother[r], people.mother[p])


def weighed(levels: Column, model: Model) -> Column:
    """Bits of each pair: what its levels weigh together."""
    bits = np.zeros(len(levels))
    for column, field in enumerate(PACKED):
        weights = np.array([model.bits[field].get(level, 0.0) for level in range(-1, 9)])
        bits += weights[levels[:, column] + 1]
    return bits


class Best(NamedTuple):
    """Of each open record the pair that was chosen (NONE), others nearly as near, and whether it is accepted."""

    pair: Column
    rivals: Column
    accepted: Column


def chosen(records: int, pairs: Pairs, pid: Column, model: Model) -> Best:
    best = Best(np.full(records, NONE, np.int64), np.zeros(records, np.int8), np.zeros(records, np.bool_))
    _choose(pairs, pid, model.accept, model.margin, best)
    return best


@inline
def _is_nearer(pairs: Pairs, pid: Column, one: Whole, other: Whole) -> bool:
    """Of equal bits the smaller number is first."""
    if pairs.bits[one] == pairs.bits[other]:
        return bool(pid[pairs.person[one]] < pid[pairs.person[other]])
    return bool(pairs.bits[one] > pairs.bits[other])


@kernel
def _choose(pairs: Pairs, pid: Column, accept: float, margin: float, best: Best) -> None:
    """One person for each record: the accepted one, else the holder of the number, else the nearest."""
    place, bits = pairs.place, pairs.bits
    first = 0
    while first < len(place):
        past, nearest, holder = first, first, NONE
        while past < len(place) and place[past] == place[first]:
            if _is_nearer(pairs, pid, past, nearest):
                nearest = past
            if pairs.levels[past, NUMBER] == 3 and (holder < 0 or _is_nearer(pairs, pid, past, holder)):
                holder = past
            past += 1
        near, leads = 0, True
        for pair in range(first, past):
            near += bits[pair] >= bits[nearest] - margin
            leads = leads and (pair == nearest or bits[nearest] - bits[pair] >= margin)
        accepted = leads and bits[nearest] >= accept and is_enough(pairs.levels[nearest])
        record = place[first]
        best.pair[record] = nearest if accepted or holder < 0 else holder
        best.rivals[record], best.accepted[record] = min(near - 1, 9), accepted
        first = past


@inline
def is_enough(levels: Column) -> bool:
    """Name and birth date alone never accept: commune, mother or a number must speak beside them."""
    if levels[NAME] < 1 or levels[NUMBER] == 3:
        return False
    near_number, old = levels[NUMBER] == 2, levels[OLD] == 1
    family = levels[UNIT] == 1 or levels[MOTHER] >= 1
    if levels[BIRTH] >= 3:
        return bool(near_number or old or family)
    return bool(levels[BIRTH] == NONE and (old or (near_number and family)))
