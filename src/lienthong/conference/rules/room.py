"""A meeting as its ledger tells it: who is there, what is discussed, who speaks, who waits. A pure fold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from lienthong.conference.rules.refusals import IsApproved, IsCalledOff, IsClosed, IsOpen, NotOpenYet
from lienthong.conference.states import MOVES, TURNS, Act, State
from lienthong.kit.errors import Refused


@dataclass(frozen=True)
class Line:
    """One line of the ledger, never changed. `answers`: the id of the line that it answers."""

    id: int
    number: int
    act: Act
    at: datetime
    site: int | None = None
    item: int | None = None
    answers: int | None = None
    name: str = ""
    post: str = ""
    text: str = ""


@dataclass(frozen=True)
class Talk:
    """An item of the agenda under discussion, from a moment to another; None: still."""

    item: int
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Presence:
    came: Line
    left_at: datetime | None


@dataclass(frozen=True)
class Turn:
    """A site has the floor."""

    ask: Line
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Room:
    state: State
    version: int
    """The number of the last line: whoever has seen this has seen everything."""
    last_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    approved_at: datetime | None
    called_off: Line | None
    """Its text is the reason."""
    talks: tuple[Talk, ...]
    presences: tuple[Presence, ...]
    waiting: tuple[Line, ...]
    """Asked and neither given nor withdrawn, in the order of asking."""
    turns: tuple[Turn, ...]
    conclusions: tuple[int, ...]
    """Lines of conclusions that were not retracted."""

    @property
    def item(self) -> int | None:
        return self.talks[-1].item if self.talks and self.talks[-1].until is None else None

    @property
    def speaker(self) -> Turn | None:
        return self.turns[-1] if self.turns and self.turns[-1].until is None else None

    def here(self, site: int) -> list[Presence]:
        return [each for each in self.presences if each.came.site == site and each.left_at is None]


REFUSAL: Final[dict[State, type[Refused]]] = {
    State.PLANNED: NotOpenYet,
    State.OPEN: IsOpen,
    State.CLOSED: IsClosed,
    State.APPROVED: IsApproved,
    State.CALLED_OFF: IsCalledOff,
}


def check_move(state: State, act: Act) -> None:
    """Raises NotOpenYet, IsOpen, IsClosed, IsApproved."""
    if state not in MOVES[act].before:
        raise REFUSAL[state]


def fold(lines: Sequence[Line]) -> Room:
    """`lines`: all of them in order, the first one the planning. Closing ends whatever is going on."""
    lines = _corrected(lines)
    closed_at = _last(lines, Act.CLOSED)
    turning = [line.act for line in lines if line.act in TURNS][-1]
    retracted = {line.answers for line in lines if line.act is Act.RETRACTED}
    return Room(
        state=MOVES[turning].after or State.PLANNED,
        version=lines[-1].number,
        last_at=lines[-1].at,
        opened_at=_last(lines, Act.OPENED),
        closed_at=closed_at,
        approved_at=_last(lines, Act.APPROVED),
        called_off=next((line for line in lines if line.act is Act.CALLED_OFF), None),
        talks=_talks(lines, closed_at),
        presences=_presences(lines, closed_at),
        waiting=() if closed_at else _waiting(lines),
        turns=_turns(lines, closed_at),
        conclusions=tuple(
            line.id for line in lines if line.act is Act.CONCLUDED and line.id not in retracted
        ),
    )


def _corrected(lines: Sequence[Line]) -> Sequence[Line]:
    """Names and posts as they should have been written down, also where that person asked for the floor before."""
    told = list(lines)
    for line in lines:
        if line.act is not Act.CORRECTED:
            continue
        was = next(each for each in told if each.id == line.answers)
        told = [
            replace(each, name=line.name, post=line.post) if _is_same(each, was, line) else each
            for each in told
        ]
    return told


def _is_same(each: Line, was: Line, correction: Line) -> bool:
    person = (each.site, each.name, each.post) == (was.site, was.name, was.post)
    return person and each.act in {Act.CAME, Act.ASKED} and each.number < correction.number


def _last(lines: Iterable[Line], act: Act) -> datetime | None:
    return next((line.at for line in reversed(list(lines)) if line.act is act), None)


def _talks(lines: Sequence[Line], closed_at: datetime | None) -> tuple[Talk, ...]:
    taken = [line for line in lines if line.act is Act.TOOK_UP]
    ends = [*(line.at for line in taken[1:]), closed_at]
    return tuple(
        Talk(line.item, line.at, end) for line, end in zip(taken, ends, strict=False) if line.item is not None
    )


def _presences(lines: Sequence[Line], closed_at: datetime | None) -> tuple[Presence, ...]:
    left = {line.answers: line.at for line in lines if line.act is Act.LEFT}
    struck = {line.answers for line in lines if line.act is Act.STRUCK}
    return tuple(
        Presence(line, left.get(line.id, closed_at))
        for line in lines
        if line.act is Act.CAME and line.id not in struck
    )


def _waiting(lines: Sequence[Line]) -> tuple[Line, ...]:
    gone = {line.answers for line in lines if line.act in {Act.GAVE, Act.WITHDREW}}
    return tuple(line for line in lines if line.act is Act.ASKED and line.id not in gone)


def _turns(lines: Sequence[Line], closed_at: datetime | None) -> tuple[Turn, ...]:
    asks = {line.id: line for line in lines if line.act is Act.ASKED}
    ended = {line.answers: line.at for line in lines if line.act is Act.ENDED}
    return tuple(
        Turn(asks[line.answers], line.at, ended.get(line.answers, closed_at))
        for line in lines
        if line.act is Act.GAVE and line.answers is not None
    )
