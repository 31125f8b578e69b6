"""What becomes of a record: by the holder of its number, else by the best of the persons that it was compared with."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from lienthong.data.linkage.births import UNKNOWN, birth_level, date_of
from lienthong.data.linkage.blocks import Open, candidates
from lienthong.data.linkage.columns import Records
from lienthong.data.linkage.jit import NONE, Column, kernel, mixed
from lienthong.data.linkage.levels import (
    ASK_TONE,
    UNSEEN,
    mother_level,
    name_at_once,
    name_level,
    said_alike,
    unit_level,
)
from lienthong.data.linkage.model import Model
from lienthong.data.linkage.names import NO_PERSON, NOTHING, distinct
from lienthong.data.linkage.numbers import number_level
from lienthong.data.linkage.register import Register
from lienthong.data.linkage.verdicts import PACKED

OPEN, MATCHED, CORRECTED, CONFLICT, POSSIBLE, DEAD, NOT_IN_REGISTER, NOBODY, INCOMPLETE = 0, 1, 2, 3, 4, 6, 7, 8, 9
"""verdicts.CODES; OPEN: the number alone did not decide."""


@dataclass
class Outcome:
    """Of each record of a bucket: the person (NONE), verdict and levels as one number (`packed`), and what another
    record of the same person says alike (0: nothing)."""

    pid: Column
    word: Column
    alike: Column


def judged(records: Records, register: Register, model: Model, prior: float, *, has_names: bool) -> Outcome:
    """One verdict for each record. prior: bits that speak against any one of the register's people."""
    rows = len(records)
    outcome = Outcome(np.full(rows, NONE, np.int64), np.zeros(rows, np.int64), np.zeros(rows, np.int64))
    open_ = _by_number(records, register, outcome)
    if len(open_):
        _by_comparing(open_, register, model, prior, outcome, has_names=has_names)
    return outcome


@kernel
def packed(verdict: int, nl: int, bl: int, pl: int, ol: int, sl: int, cl: int, ml: int, kind: int, status: int, rivals: int, name_kind: int, birth_kind: int, against: int) -> int:  # fmt: skip
    """All that was found as one number: a figure each, in the order of verdicts.PACKED, then the remarks."""
    levels = (nl + 1) + 10 * (bl + 1) + 100 * (pl + 1) + 1000 * (ol + 1) + 10000 * (sl + 1) + 100000 * (cl + 1)
    levels += 1000000 * (ml + 1) + 10000000 * kind + 100000000 * status
    remarks = rivals + 10 * name_kind + 100 * birth_kind + 1000 * against
    return (levels + np.int64(1000000000) * remarks) * 16 + verdict


# By the number ------------------------------------------------------------------------------------------------


def _by_number(records: Records, register: Register, outcome: Outcome) -> Open:
    people, names = register.people, register.names
    holder = register.holders(records.pid)
    seen = np.empty(len(records), np.int8)
    levels = np.empty((len(records), 2), np.int8)
    _see(
        records.name, records.born, records.precision, records.other, records.turned, records.sex, holder,
        people.name, people.born, people.precision, people.sex, names.low, names.bare, names.plain, seen, levels,
    )  # fmt: skip
    meant, kinds = _understood(records.name, seen, register)
    level = seen.copy()
    unseen = np.flatnonzero((seen == UNSEEN) & (holder >= 0))
    level[unseen] = name_levels(meant[unseen], kinds[unseen], people.name[holder[unseen]], register)
    verdict = np.empty(len(records), np.int8)
    _judge(level, levels[:, 0], kinds, holder, people.status, records.kind, people.name, verdict)
    _write(
        verdict, level, levels, kinds, holder, people.status, records.pid, records.kind, records.name,
        names.written.keys, outcome.pid, outcome.word, outcome.alike,
    )  # fmt: skip
    return _open(records, np.flatnonzero(verdict == OPEN), meant, kinds, register)


@kernel
def _see(name: Column, born: Column, precision: Column, other: Column, turned: Column, sex: Column, holder: Column, p_name: Column, p_born: Column, p_precision: Column, p_sex: Column, low: Column, bare: Column, plain: Column, seen: Column, levels: Column) -> None:  # fmt: skip
    """Levels of name (UNSEEN: to be understood first), birth and sex beside the holder of the number."""
    for row in range(len(name)):
        person = holder[row]
        seen[row], levels[row, 0], levels[row, 1] = UNSEEN, -1, -1
        if person < 0:
            continue
        if name[row] >= 0 and p_name[person] >= 0:
            seen[row] = name_at_once(name[row], p_name[person], low, bare, plain)
        levels[row, 0] = birth_level(
            born[row], precision[row], other[row], turned[row], p_born[person], p_precision[person]
        )
        levels[row, 1] = said_alike(sex[row], p_sex[person])


def _understood(name: Column, seen: Column, register: Register) -> tuple[Column, Column]:
    """The spelling that each record means, and its kind, where it was not seen at once."""
    meant, kinds = name.copy(), np.zeros(len(name), np.int8)
    asked = np.flatnonzero((seen == UNSEEN) & (name >= 0))
    if len(asked):
        used, places = distinct(name[asked], register.names.written.count)
        read, kind = register.names.understood(used)
        meant[asked], kinds[asked] = read[places], kind[places]
    kinds[(seen == UNSEEN) & (name < 0)] = NOTHING
    return meant, kinds


def name_levels(name: Column, kinds: Column, theirs: Column, register: Register) -> Column:
    """The level of each pair of spellings; -1 where one is not a name."""
    names = register.names
    found = np.empty(len(name), np.int8)
    keys = names.keys
    _name_levels(name, kinds, theirs, names.low, names.bare, names.plain, keys.ends, keys.pool, found)
    asked = np.flatnonzero(found == ASK_TONE)
    if len(asked):
        same = names.match(name[asked]) == names.match(theirs[asked])
        found[asked] = np.where(same, 5, 3)
    return found


@kernel
def _name_levels(name: Column, kinds: Column, theirs: Column, low: Column, bare: Column, plain: Column, ends: Column, pool: Column, found: Column) -> None:  # fmt: skip
    for place in range(len(name)):
        if name[place] < 0 or theirs[place] < 0 or kinds[place] == NOTHING or kinds[place] == NO_PERSON:
            found[place] = -1
        else:
            found[place] = name_level(name[place], theirs[place], low, bare, plain, ends, pool)


@kernel
def _judge(level: Column, birth: Column, kinds: Column, holder: Column, status: Column, kind: Column, p_name: Column, verdict: Column) -> None:  # fmt: skip
    for row in range(len(level)):
        nl, bl = level[row], birth[row]
        if holder[row] < 0:
            verdict[row] = OPEN
        elif kinds[row] == NO_PERSON and p_name[holder[row]] >= 0:
            verdict[row] = NOBODY
        elif (nl >= 1 and (bl == 0 or bl == 1)) or (nl == 0 and bl >= 5):
            verdict[row] = CONFLICT
        elif nl == 0 or bl == 0 or bl == 1:
            verdict[row] = OPEN
        elif nl == -1 and bl < 6:
            verdict[row] = INCOMPLETE
        elif status[holder[row]] == 1:
            verdict[row] = DEAD
        else:
            verdict[row] = CORRECTED if kind[row] == 1 else MATCHED


@kernel
def _write(verdict: Column, level: Column, levels: Column, kinds: Column, holder: Column, status: Column, number: Column, kind: Column, name: Column, keys: Column, pid: Column, word: Column, alike: Column) -> None:  # fmt: skip
    for row in range(len(verdict)):
        decided = verdict[row]
        if decided == OPEN:
            continue
        birth = levels[row, 0]
        word[row] = packed(
            decided, level[row], birth, 3, -1, levels[row, 1], -1, -1, kind[row], status[holder[row]], 0,
            kinds[row], birth == -1, 0,
        )  # fmt: skip
        if decided != NOBODY and decided != INCOMPLETE:
            pid[row] = number[row]
        if decided == CONFLICT:
            spelled = keys[name[row]] if name[row] >= 0 else 0
            alike[row] = mixed(mixed(number[row], spelled), birth + 1)
        elif decided <= CORRECTED or decided == DEAD:
            alike[row] = mixed(number[row], -1)


# By comparing -------------------------------------------------------------------------------------------------


def _open(records: Records, rows: Column, meant: Column, kinds: Column, register: Register) -> Open:
    name, born = meant[rows], records.born[rows]
    bare = np.where(name < 0, NONE, register.names.bare[name]) if len(register.names.bare) else name
    against = np.zeros(len(rows), np.int8)
    pid, sex = records.pid[rows], records.sex[rows]
    _against(pid, sex, born, against)
    birth_kind = np.where(~records.is_dated[rows], 1, np.where(born == UNKNOWN, 2, 0)).astype(np.int8)
    return Open(
        rows, pid, records.kind[rows], records.value[rows], records.length[rows], records.old[rows],
        name, bare, kinds[rows], born, records.precision[rows], records.other[rows], records.turned[rows],
        birth_kind, sex, records.unit[rows], records.mother[rows], against,
    )  # fmt: skip


@kernel
def _against(pid: Column, sex: Column, born: Column, against: Column) -> None:
    """1: the number is of the other sex; 2: of another year of birth; 3: both (Decree 137/2015/ND-CP, Article 7)."""
    for row in range(len(pid)):
        if pid[row] < 0:
            continue
        figure, year = pid[row] // 100000000 % 10, pid[row] // 1000000 % 100
        if sex[row] >= 0 and figure % 2 != sex[row]:
            against[row] += 1
        if born[row] != UNKNOWN and 1900 + 100 * (figure // 2) + year != date_of(born[row])[0]:
            against[row] += 2


@dataclass
class Pairs:
    """Records compared with persons: places in Open, rows of the register, levels in the order of PACKED, bits."""

    place: Column
    person: Column
    levels: Column
    bits: Column


def compared(open_: Open, register: Register, model: Model, prior: float) -> Pairs:
    """Every pair of the blocks, by record and then from the best down; of equal bits the smaller number is first."""
    place, person = candidates(open_, register)
    people, names = register.people, register.names
    known = (people.pid[person] >= 0) & (people.name[person] >= 0)
    place, person = place[known], person[known]
    levels = np.empty((len(place), len(PACKED)), np.int8)
    levels[:, 0] = name_levels(open_.name[place], open_.name_kind[place], people.name[person], register)
    _compare(
        place, person, open_.born, open_.precision, open_.other, open_.turned, open_.pid, open_.value, open_.length,
        open_.old, open_.sex, open_.unit, open_.mother, people.born, people.precision, people.pid, people.old,
        people.sex, people.unit, people.mother, *register.units.alike(), names.bare, names.keys.ends,
        names.keys.pool, levels,
    )  # fmt: skip
    weights = np.array([[model.bits[field].get(level, 0.0) for level in range(-1, 9)] for field in PACKED])
    bits = weights[0][levels[:, 0] + 1]
    for column in range(1, len(PACKED)):
        bits = bits + weights[column][levels[:, column] + 1]
    bits = bits - prior
    order = np.lexsort((people.pid[person], -bits, place))
    return Pairs(place[order], person[order], levels[order], bits[order])


@kernel
def _compare(place: Column, person: Column, born: Column, precision: Column, other: Column, turned: Column, pid: Column, value: Column, length: Column, old: Column, sex: Column, unit: Column, mother: Column, p_born: Column, p_precision: Column, p_pid: Column, p_old: Column, p_sex: Column, p_unit: Column, p_mother: Column, alike_ends: Column, alike: Column, bare: Column, ends: Column, pool: Column, levels: Column) -> None:  # fmt: skip
    for pair in range(len(place)):
        r, p = place[pair], person[pair]
        levels[pair, 1] = birth_level(born[r], precision[r], other[r], turned[r], p_born[p], p_precision[p])
        levels[pair, 2] = number_level(value[r], length[r], pid[r], p_pid[p])
        levels[pair, 3] = said_alike(old[r], p_old[p])
        levels[pair, 4] = said_alike(sex[r], p_sex[p])
        levels[pair, 5] = unit_level(unit[r], p_unit[p], alike_ends, alike)
        levels[pair, 6] = mother_level(mother[r], p_mother[p], bare, ends, pool)


def _by_comparing(open_: Open, register: Register, model: Model, prior: float, outcome: Outcome, *, has_names: bool) -> None:  # fmt: skip
    pairs = compared(open_, register, model, prior)
    people, names = register.people, register.names
    thresholds = np.array([model.accept, model.margin, model.possible])
    chosen, rivals, accepted = _chosen(len(open_), pairs, thresholds)
    unit_keys = np.array([*register.units.keys, 0], np.int64)
    _settle(
        open_.row, open_.pid, open_.kind, open_.value, open_.length, open_.old, open_.name_kind, open_.born,
        open_.birth_kind, open_.against, names.keys.keys, open_.bare, unit_keys[open_.unit], names.written.keys,
        open_.mother, chosen, rivals, accepted, pairs.person, pairs.levels, pairs.bits, people.pid, people.status,
        model.possible, has_names, outcome.pid, outcome.word, outcome.alike,
    )  # fmt: skip


def _chosen(records: int, pairs: Pairs, thresholds: Column) -> tuple[Column, Column, Column]:
    chosen, rivals = np.full(records, NONE, np.int64), np.zeros(records, np.int8)
    accepted = np.zeros(records, np.bool_)
    _choose(pairs.place, pairs.levels, pairs.bits, thresholds, chosen, rivals, accepted)
    return chosen, rivals, accepted


@kernel
def _choose(place: Column, levels: Column, bits: Column, thresholds: Column, chosen: Column, rivals: Column, accepted: Column) -> None:  # fmt: skip
    """One person for each record: the accepted one, else the holder of the number, else the nearest."""
    accept, margin = thresholds[0], thresholds[1]
    first = 0
    while first < len(place):
        past, holder, near = first, -1, 0
        while past < len(place) and place[past] == place[first]:
            if levels[past, 2] == 3 and holder < 0:
                holder = past
            near += bits[past] >= bits[first] - margin
            past += 1
        record = place[first]
        leads = past == first + 1 or bits[first] - bits[first + 1] >= margin
        accepted[record] = leads and bits[first] >= accept and is_enough(levels[first])
        chosen[record] = first if accepted[record] or holder < 0 else holder
        rivals[record] = min(near - 1, 9)
        first = past


@kernel
def is_enough(levels: Column) -> bool:
    """Name and birth date alone never accept: commune, mother or a number must speak beside them."""
    nl, bl, pl, ol, cl, ml = levels[0], levels[1], levels[2], levels[3], levels[5], levels[6]
    if nl < 1 or pl == 3:
        return False
    if bl >= 3:
        return pl == 2 or ol == 1 or cl == 1 or ml >= 1
    return bl == -1 and (ol == 1 or (pl == 2 and (cl == 1 or ml >= 1)))


@kernel
def _verdict(levels: Column, status: int, bits: float, accepted: bool, possible: float) -> int:  # noqa: FBT001 - columns of a row
    """Of a person that was chosen; OPEN: nobody."""
    nl, bl, pl, ol = levels[0], levels[1], levels[2], levels[3]
    if accepted:
        return DEAD if status == 1 else CORRECTED if pl >= 0 or ol == 1 else MATCHED
    if pl == 3:
        return CONFLICT
    if ol == 1 and ((nl >= 1 and (bl == 0 or bl == 1)) or (nl == 0 and bl >= 5)):
        return CONFLICT
    return POSSIBLE if bits >= possible and nl >= 0 and bl >= 0 else OPEN


@kernel
def _settle(row: Column, pid: Column, kind: Column, value: Column, length: Column, old: Column, name_kind: Column, born: Column, birth_kind: Column, against: Column, bare_keys: Column, bare: Column, unit_key: Column, written_keys: Column, mother: Column, chosen: Column, rivals: Column, accepted: Column, person: Column, levels: Column, bits: Column, p_pid: Column, p_status: Column, possible: float, has_names: bool, out_pid: Column, out_word: Column, out_alike: Column) -> None:  # noqa: FBT001  # fmt: skip
    nothing = np.full(7, -1, np.int8)
    for place in range(len(row)):
        pair, at = chosen[place], row[place]
        found, status, decided = nothing, 0, OPEN
        if pair >= 0:
            found, status = levels[pair], np.int64(p_status[person[pair]])
            decided = _verdict(found, status, bits[pair], accepted[place], possible)
        if name_kind[place] == NO_PERSON:
            decided = NOBODY
        elif decided == OPEN:
            nameless = name_kind[place] == NOTHING and (has_names or birth_kind[place] > 0)
            dateless = birth_kind[place] > 0 and pid[place] < 0 and old[place] < 0
            decided = INCOMPLETE if nameless or dateless else NOT_IN_REGISTER
        out_word[at] = packed(
            decided, found[0], found[1], found[2], found[3], found[4], found[5], found[6], kind[place], status,
            rivals[place], name_kind[place], birth_kind[place], against[place],
        )  # fmt: skip
        if pair >= 0 and decided < NOT_IN_REGISTER:
            out_pid[at] = p_pid[person[pair]]
        if decided <= CORRECTED or decided == DEAD:
            out_alike[at] = mixed(out_pid[at], -1)
        elif decided < NOBODY:
            said = mixed(value[place], length[place])
            said = mixed(said, bare_keys[bare[place]] if bare[place] >= 0 else 0)
            said = mixed(mixed(said, born[place]), unit_key[place])
            said = mixed(said, written_keys[mother[place]] if mother[place] >= 0 else 0)
            out_alike[at] = mixed(said, decided)
