"""What becomes of a record: by the holder of its number, else by the best of the persons that it was compared with."""

from typing import Final, NamedTuple, Self

import numpy as np

from lienthong.data.linkage.births import UNKNOWN, birth_level, date_of
from lienthong.data.linkage.blocks import Open
from lienthong.data.linkage.columns import People, Records
from lienthong.data.linkage.comparing import (
    BIRTH,
    NAME,
    NUMBER,
    OLD,
    SEX,
    Best,
    Pairs,
    chosen,
    compared,
    name_levels,
)
from lienthong.data.linkage.jit import AHEAD, NONE, Column, Whole, inline, kernel, mixed, soon
from lienthong.data.linkage.levels import UNSEEN, name_at_once, said_alike
from lienthong.data.linkage.model import Model
from lienthong.data.linkage.names import NO_PERSON, NOTHING, Letters, Names, distinct
from lienthong.data.linkage.numbers import ZEROS_LOST
from lienthong.data.linkage.register import Register
from lienthong.data.linkage.verdicts import PACKED

OPEN, MATCHED, CORRECTED, CONFLICT, POSSIBLE, DEAD, NOT_IN_REGISTER, NOBODY, INCOMPLETE = (
    0,
    1,
    2,
    3,
    4,
    6,
    7,
    8,
    9,
)
"""verdicts.CODES; OPEN: not decided yet."""
IS_DEAD: Final = 1
"""people.status."""


class Outcome(NamedTuple):
    """Of each record of a bucket: the person (NONE), verdict and levels as one number (`packed`), and what another
    record of the same person says alike (0: nothing)."""

    pid: Column
    word: Column
    alike: Column

    @classmethod
    def empty(cls, rows: int) -> Self:
        return cls(np.full(rows, NONE, np.int64), np.zeros(rows, np.int64), np.zeros(rows, np.int64))


class Remarks(NamedTuple):
    """What is said beside the levels: kinds and statuses of verdicts.py, and how many others are nearly as near."""

    kind: Whole
    status: Whole
    rivals: Whole
    name_kind: Whole
    birth_kind: Whole
    against: Whole


@inline
def packed(verdict: Whole, levels: Column, remarks: Remarks) -> Whole:
    """All that was found as one number: the verdict (of 16), a figure for each level plus one, then the remarks."""
    word, unit = np.int64(0), np.int64(1)
    for level in levels:
        word += (level + 1) * unit
        unit *= 10
    word += unit * (remarks.kind + 10 * remarks.status + 100 * remarks.rivals + 1000 * remarks.name_kind
                    + 10000 * remarks.birth_kind + 100000 * remarks.against)  # fmt: skip
    return word * 16 + verdict


def judged(records: Records, register: Register, model: Model, prior: float, *, has_names: bool) -> Outcome:
    """One verdict for each record. prior: bits that speak against any one of the register's people."""
    outcome = Outcome.empty(len(records.name))
    open_ = by_number(records, register, outcome)
    if len(open_.row):
        pairs = compared(open_, register, model, prior)
        best = chosen(len(open_.row), pairs, register.people.pid, model)
        _settle(
            open_, pairs, best, register.people, _content(open_, register), model.possible, has_names, outcome
        )
    return outcome


# By the number ------------------------------------------------------------------------------------------------


def by_number(records: Records, register: Register, outcome: Outcome) -> Open:
    """Decide what the holder of a record's number decides; what stays open."""
    people, names, rows = register.people, register.names, len(records.name)
    names.take_apart(records.name)
    holder = register.holders(records.number.pid)
    levels = np.full((rows, len(PACKED)), NONE, np.int8)
    _see(records, holder, people, names.letters, levels)
    unseen = levels[:, NAME] == UNSEEN
    meant, kinds = _understood(records.name, unseen, names)
    asked = np.flatnonzero(unseen & (holder >= 0))
    levels[asked, NAME] = name_levels(meant[asked], kinds[asked], people.name[holder[asked]], register)
    spelled = np.append(names.written.keys[: names.written.count], 0)[records.name]
    _judge(records, holder, people, levels, kinds, spelled, outcome)
    return _open(records, np.flatnonzero(outcome.word == 0), meant, kinds, register)


@kernel
def _see(records: Records, holder: Column, people: People, letters: Letters, levels: Column) -> None:
    """Levels of name (UNSEEN: to be understood first), birth, number and sex beside the holder of the number."""
    last = len(holder) - 1
    for row in range(len(holder)):
        ahead = holder[min(row + 2 * AHEAD, last)]
        soon(people.name, ahead)
        soon(people.born, ahead)
        soon(people.precision, ahead)
        soon(people.sex, ahead)
        near = min(row + AHEAD, last)
        soon(letters.low, records.name[near])
        soon(letters.plain, records.name[near])
        theirs = people.name[holder[near]]
        soon(letters.bare, theirs)
        soon(letters.low, theirs)
        person = holder[row]
        levels[row, NAME] = UNSEEN
        if person < 0:
            continue
        if records.name[row] >= 0 and people.name[person] >= 0:
            levels[row, NAME] = name_at_once(letters, records.name[row], people.name[person])
        levels[row, BIRTH] = birth_level(records.birth, row, people.born[person], people.precision[person])
        levels[row, NUMBER] = 3
        levels[row, SEX] = said_alike(records.sex[row], people.sex[person])


def _understood(name: Column, unseen: Column, names: Names) -> tuple[Column, Column]:
    """The spelling that each record means, and its kind, where it was not seen at once."""
    meant, kinds = name.copy(), np.zeros(len(name), np.int8)
    asked = np.flatnonzero(unseen & (name >= 0))
    used, places = distinct(name[asked], names.written.count)
    read, kind = names.understood(used)
    meant[asked], kinds[asked] = read[places], kind[places]
    kinds[unseen & (name < 0)] = NOTHING
    return meant, kinds


@inline
def _contradicts(name: Whole, birth: Whole) -> bool:
    """One of name and birth date agrees and the other does not."""
    return bool((name >= 1 and birth in (0, 1)) or (name == 0 and birth >= 5))


@inline
def _by_holder(levels: Column, is_nobody: bool, status: Whole, kind: Whole) -> Whole:  # noqa: FBT001 - a column's value
    name, birth = levels[NAME], levels[BIRTH]
    if is_nobody:
        return NOBODY
    if _contradicts(name, birth):
        return CONFLICT
    if name == 0 or birth in (0, 1):
        return OPEN
    if name == NONE and birth < 6:
        return INCOMPLETE
    if status == IS_DEAD:
        return DEAD
    return CORRECTED if kind == ZEROS_LOST else MATCHED


@kernel
def _judge(records: Records, holder: Column, people: People, levels: Column, kinds: Column, spelled: Column, outcome: Outcome) -> None:  # noqa: PLR0917 # fmt: skip
    last = len(holder) - 1
    for row in range(len(holder)):
        soon(people.status, holder[min(row + AHEAD, last)])
        person = holder[row]
        if person < 0:
            continue
        status, kind, number = people.status[person], records.number.kind[row], records.number.pid[row]
        is_nobody = kinds[row] == NO_PERSON and people.name[person] >= 0
        verdict = _by_holder(levels[row], is_nobody, status, kind)
        if verdict == OPEN:
            continue
        birth = levels[row, BIRTH]
        remarks = Remarks(kind, status, 0, kinds[row], 1 if birth == NONE else 0, 0)
        outcome.word[row] = packed(verdict, levels[row], remarks)
        if verdict not in (NOBODY, INCOMPLETE):
            outcome.pid[row] = number
            content = mixed(mixed(number, spelled[row]), birth + 1)
            outcome.alike[row] = content if verdict == CONFLICT else mixed(number, NONE)


# By comparing -------------------------------------------------------------------------------------------------


def _open(records: Records, rows: Column, meant: Column, kinds: Column, register: Register) -> Open:
    said, name = records.rows(rows), meant[rows]
    bare = np.append(register.names.letters.bare, NONE)[name]
    against = np.zeros(len(rows), np.int8)
    _speak_against(said, against)
    birth_kind = np.where(~said.is_dated, 1, np.where(said.birth.day == UNKNOWN, 2, 0)).astype(np.int8)
    return Open(rows, said, name, bare, kinds[rows], birth_kind, against)


@kernel
def _speak_against(said: Records, against: Column) -> None:
    """1: the number is of the other sex; 2: of another year of birth; 3: both (Circular 59/2021/TT-BCA)."""
    for row in range(len(against)):
        number = said.number.pid[row]
        if number < 0:
            continue
        figure, year = number // 100000000 % 10, number // 1000000 % 100
        if said.sex[row] >= 0 and figure % 2 != said.sex[row]:
            against[row] += 1
        if (
            said.birth.day[row] != UNKNOWN
            and 1900 + 100 * (figure // 2) + year != date_of(said.birth.day[row])[0]
        ):
            against[row] += 2


@inline
def _verdict(levels: Column, status: Whole, bits: float, accepted: bool, possible: float) -> Whole:  # noqa: FBT001
    """Of a person that was chosen; OPEN: it is nobody."""
    if accepted:
        corrected = levels[NUMBER] >= 0 or levels[OLD] == 1
        return DEAD if status == IS_DEAD else CORRECTED if corrected else MATCHED
    if levels[NUMBER] == 3 or (levels[OLD] == 1 and _contradicts(levels[NAME], levels[BIRTH])):
        return CONFLICT
    return POSSIBLE if bits >= possible and levels[NAME] >= 0 and levels[BIRTH] >= 0 else OPEN


@inline
def _without_person(open_: Open, place: Whole, has_names: bool) -> Whole:  # noqa: FBT001 - whether the file has the column
    number, birth_kind = open_.said.number, open_.birth_kind[place]
    if open_.name_kind[place] == NOTHING and (has_names or birth_kind > 0):
        return INCOMPLETE
    return (
        INCOMPLETE if birth_kind > 0 and number.pid[place] < 0 and number.old[place] < 0 else NOT_IN_REGISTER
    )


def _content(open_: Open, register: Register) -> Column:
    """What each record says, as one number that is the same in every process."""
    number, names, units = open_.said.number, register.names, np.array([*register.units.stable, 0], np.int64)
    written = np.append(names.written.keys[: names.written.count], 0)
    content = np.empty(len(open_.row), np.int64)
    _mix(number.value, number.length, names.key_of(open_.bare), content)
    _mix(content, open_.said.birth.day, units[open_.said.unit], content)
    _mix(content, written[open_.said.mother], content, content)
    return content


@kernel
def _mix(one: Column, two: Column, three: Column, into: Column) -> None:
    for row in range(len(into)):
        into[row] = mixed(mixed(one[row], two[row]), three[row])


@kernel
def _settle(open_: Open, pairs: Pairs, best: Best, people: People, content: Column, possible: float, has_names: bool, outcome: Outcome) -> None:  # noqa: FBT001, PLR0917 # fmt: skip
    nothing = np.full(7, NONE, np.int8)
    for place in range(len(open_.row)):
        pair, row, levels, status, verdict = best.pair[place], open_.row[place], nothing, np.int8(0), OPEN
        if pair >= 0:
            levels, status = pairs.levels[pair], people.status[pairs.person[pair]]
            verdict = _verdict(levels, status, pairs.bits[pair], best.accepted[place], possible)
        if open_.name_kind[place] == NO_PERSON:
            verdict = NOBODY
        elif verdict == OPEN:
            verdict = _without_person(open_, place, has_names)
        remarks = Remarks(
            open_.said.number.kind[place], status, best.rivals[place], open_.name_kind[place],
            open_.birth_kind[place], open_.against[place],
        )  # fmt: skip
        outcome.word[row] = packed(verdict, levels, remarks)
        if pair >= 0 and verdict < NOT_IN_REGISTER:
            outcome.pid[row] = people.pid[pairs.person[pair]]
        if verdict in (MATCHED, CORRECTED, DEAD):
            outcome.alike[row] = mixed(outcome.pid[row], NONE)
        elif verdict < NOBODY:
            outcome.alike[row] = mixed(content[place], verdict)
