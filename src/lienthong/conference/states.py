"""A meeting's states and what may be entered in its ledger when: a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from lienthong.kit.errors import said


class State(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    APPROVED = "approved"
    """Closed, and its minutes approved."""


STATE_NAMES: Final = {
    State.PLANNED: said("chưa khai mạc"),
    State.OPEN: said("đang họp"),
    State.CLOSED: said("đã bế mạc"),
    State.APPROVED: said("đã thông qua biên bản"),
}


class Act(StrEnum):
    """What a line of the meeting's ledger says."""

    PLANNED = "planned"
    OPENED = "opened"
    TOOK_UP = "took_up"
    """The meeting turned to an item of its agenda."""
    CAME = "came"
    LEFT = "left"
    ASKED = "asked"
    GAVE = "gave"
    ENDED = "ended"
    WITHDREW = "withdrew"
    CONCLUDED = "concluded"
    RETRACTED = "retracted"
    """A conclusion was written down by mistake."""
    ASSIGNED = "assigned"
    """A conclusion became a task."""
    CLOSED = "closed"
    APPROVED = "approved"


ACT_NAMES: Final = {
    Act.PLANNED: said("Lập phiên họp"),
    Act.OPENED: said("Khai mạc"),
    Act.TOOK_UP: said("Chuyển nội dung"),
    Act.CAME: said("Có mặt"),
    Act.LEFT: said("Rời phòng họp"),
    Act.ASKED: said("Đăng ký phát biểu"),
    Act.GAVE: said("Mời phát biểu"),
    Act.ENDED: said("Kết thúc phát biểu"),
    Act.WITHDREW: said("Rút đăng ký phát biểu"),
    Act.CONCLUDED: said("Kết luận"),
    Act.RETRACTED: said("Rút kết luận ghi nhầm"),
    Act.ASSIGNED: said("Giao nhiệm vụ"),
    Act.CLOSED: said("Bế mạc"),
    Act.APPROVED: said("Thông qua biên bản"),
}


@dataclass(frozen=True)
class Move:
    """`before`: the states in which the act may be done; `after`: the state it leads to, None: the same."""

    before: frozenset[State]
    after: State | None = None


IN_SESSION: Final = frozenset({State.OPEN})
MOVES: Final[Mapping[Act, Move]] = {
    Act.PLANNED: Move(frozenset(), State.PLANNED),
    Act.OPENED: Move(frozenset({State.PLANNED}), State.OPEN),
    Act.TOOK_UP: Move(IN_SESSION),
    Act.CAME: Move(IN_SESSION),
    Act.LEFT: Move(IN_SESSION),
    Act.ASKED: Move(IN_SESSION),
    Act.GAVE: Move(IN_SESSION),
    Act.ENDED: Move(IN_SESSION),
    Act.WITHDREW: Move(IN_SESSION),
    Act.CONCLUDED: Move(IN_SESSION),
    Act.RETRACTED: Move(frozenset({State.OPEN, State.CLOSED})),
    Act.ASSIGNED: Move(frozenset({State.OPEN, State.CLOSED, State.APPROVED})),
    Act.CLOSED: Move(IN_SESSION, State.CLOSED),
    Act.APPROVED: Move(frozenset({State.CLOSED}), State.APPROVED),
}
TURNS: Final = tuple(act for act, move in MOVES.items() if move.after is not None)
"""The acts whose last one tells the state."""
