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
    CALLED_OFF = "called_off"
    """Before it began, with the reason."""


STATE_NAMES: Final = {
    State.PLANNED: said("chưa khai mạc"),
    State.OPEN: said("đang họp"),
    State.CLOSED: said("đã bế mạc"),
    State.APPROVED: said("đã thông qua biên bản"),
    State.CALLED_OFF: said("không họp"),
}


class Act(StrEnum):
    """What a line of the meeting's ledger says."""

    PLANNED = "planned"
    OPENED = "opened"
    TOOK_UP = "took_up"
    """The meeting turned to an item of its agenda."""
    CAME = "came"
    LEFT = "left"
    CORRECTED = "corrected"
    """The name or post of somebody present was written down wrong; the line holds what is right."""
    STRUCK = "struck"
    """Who was written down as present was not there."""
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
    CALLED_OFF = "called_off"


ACT_NAMES: Final = {
    Act.PLANNED: said("Lập phiên họp"),
    Act.OPENED: said("Khai mạc"),
    Act.TOOK_UP: said("Chuyển nội dung"),
    Act.CAME: said("Có mặt"),
    Act.LEFT: said("Rời phòng họp"),
    Act.CORRECTED: said("Sửa điểm danh"),
    Act.STRUCK: said("Bỏ điểm danh ghi nhầm"),
    Act.ASKED: said("Đăng ký phát biểu"),
    Act.GAVE: said("Mời phát biểu"),
    Act.ENDED: said("Kết thúc phát biểu"),
    Act.WITHDREW: said("Rút đăng ký phát biểu"),
    Act.CONCLUDED: said("Kết luận"),
    Act.RETRACTED: said("Rút kết luận ghi nhầm"),
    Act.ASSIGNED: said("Giao nhiệm vụ"),
    Act.CLOSED: said("Bế mạc"),
    Act.APPROVED: said("Thông qua biên bản"),
    Act.CALLED_OFF: said("Thôi không họp"),
}


@dataclass(frozen=True)
class Move:
    """`before`: the states in which the act may be done; `after`: the state it leads to, None: the same."""

    before: frozenset[State]
    after: State | None = None


IN_SESSION: Final = frozenset({State.OPEN})
UNTIL_APPROVED: Final = frozenset({State.OPEN, State.CLOSED})
MOVES: Final[Mapping[Act, Move]] = {
    Act.PLANNED: Move(frozenset(), State.PLANNED),
    Act.OPENED: Move(frozenset({State.PLANNED}), State.OPEN),
    Act.TOOK_UP: Move(IN_SESSION),
    Act.CAME: Move(IN_SESSION),
    Act.LEFT: Move(IN_SESSION),
    Act.CORRECTED: Move(UNTIL_APPROVED),
    Act.STRUCK: Move(UNTIL_APPROVED),
    Act.ASKED: Move(IN_SESSION),
    Act.GAVE: Move(IN_SESSION),
    Act.ENDED: Move(IN_SESSION),
    Act.WITHDREW: Move(IN_SESSION),
    Act.CONCLUDED: Move(IN_SESSION),
    Act.RETRACTED: Move(UNTIL_APPROVED),
    Act.ASSIGNED: Move(frozenset({State.OPEN, State.CLOSED, State.APPROVED})),
    Act.CLOSED: Move(IN_SESSION, State.CLOSED),
    Act.APPROVED: Move(frozenset({State.CLOSED}), State.APPROVED),
    Act.CALLED_OFF: Move(frozenset({State.PLANNED}), State.CALLED_OFF),
}
TURNS: Final = tuple(act for act, move in MOVES.items() if move.after is not None)
"""The acts whose last one tells the state."""
