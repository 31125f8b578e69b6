"""Where a received file and its run stand, and which act leads from which to which."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from lienthong.kit.errors import Refused, said


class BatchState(StrEnum):
    RECEIVED = "received"
    """Kept and previewed; nobody has said yet which column is which."""
    ACCEPTED = "accepted"
    """Columns and encodings are settled; the run waits or goes on."""
    DONE = "done"
    FAILED = "failed"
    """The run met something it could not pass; it may be tried again."""
    WITHDRAWN = "withdrawn"
    """Sent by mistake; nothing of it was taken."""


STATE_NAMES: Final[Mapping[BatchState, str]] = MappingProxyType(
    {
        BatchState.RECEIVED: said("Chờ xác nhận cột"),
        BatchState.ACCEPTED: said("Đang đối chiếu"),
        BatchState.DONE: said("Đã đối chiếu"),
        BatchState.FAILED: said("Dừng vì lỗi"),
        BatchState.WITHDRAWN: said("Đã rút"),
    }
)


class Act(StrEnum):
    ACCEPT = "accept"
    WITHDRAW = "withdraw"
    FINISH = "finish"
    FAIL = "fail"
    RETRY = "retry"


@dataclass(frozen=True)
class Move:
    sources: frozenset[BatchState]
    target: BatchState


S = BatchState
MOVES: Final[Mapping[Act, Move]] = MappingProxyType(
    {
        Act.ACCEPT: Move(frozenset({S.RECEIVED}), S.ACCEPTED),
        Act.WITHDRAW: Move(frozenset({S.RECEIVED, S.FAILED}), S.WITHDRAWN),
        Act.FINISH: Move(frozenset({S.ACCEPTED}), S.DONE),
        Act.FAIL: Move(frozenset({S.ACCEPTED}), S.FAILED),
        Act.RETRY: Move(frozenset({S.FAILED}), S.ACCEPTED),
    }
)


class BatchMoveNotAllowed(Refused):
    sentence = said("Tệp này đang ở trạng thái “{state}”, không làm việc này được nữa.")


def after(state: BatchState, act: Act) -> BatchState:
    """The state `act` leads to. Raises BatchMoveNotAllowed."""
    move = MOVES[act]
    if state not in move.sources:
        raise BatchMoveNotAllowed(state=STATE_NAMES[state])
    return move.target


class Stage(StrEnum):
    """What a run does, in this order; each is repeated whole, or goes on where it stopped."""

    READ = "read"
    LINK = "link"
    STORE = "store"
    COUNT = "count"
    OPEN = "open"


STAGE_NAMES: Final[Mapping[Stage, str]] = MappingProxyType(
    {
        Stage.READ: said("Đọc tệp và kiểm tra từng dòng"),
        Stage.LINK: said("Đối chiếu với cơ sở dữ liệu dân cư"),
        Stage.STORE: said("Ghi kết luận từng dòng"),
        Stage.COUNT: said("Tính điểm chất lượng"),
        Stage.OPEN: said("Lập việc cho người quyết định"),
    }
)


class Verdict(StrEnum):
    """How a record stands to the register of people; the words of `data.linkage`."""

    MATCHED = "matched"
    CORRECTED = "corrected"
    CONFLICT = "conflict"
    POSSIBLE = "possible"
    DUPLICATE = "duplicate"
    DEAD = "dead"
    NOT_IN_REGISTER = "not_in_register"
    NOT_A_PERSON = "not_a_person"
    INCOMPLETE = "incomplete"


VERDICT_NAMES: Final[Mapping[Verdict, str]] = MappingProxyType(
    {
        Verdict.MATCHED: said("Khớp"),
        Verdict.CORRECTED: said("Khớp sau khi sửa số"),
        Verdict.CONFLICT: said("Trùng số, khác thông tin"),
        Verdict.POSSIBLE: said("Có thể là một người"),
        Verdict.DUPLICATE: said("Trùng trong nguồn"),
        Verdict.DEAD: said("Đã mất theo dân cư"),
        Verdict.NOT_IN_REGISTER: said("Không có trong dân cư"),
        Verdict.NOT_A_PERSON: said("Không phải người"),
        Verdict.INCOMPLETE: said("Thiếu thông tin"),
    }
)

VERDICT_KINDS: Final[Mapping[Verdict, str]] = MappingProxyType(
    {
        Verdict.MATCHED: "done",
        Verdict.CORRECTED: "done",
        Verdict.CONFLICT: "late",
        Verdict.POSSIBLE: "soon",
        Verdict.DUPLICATE: "soon",
        Verdict.DEAD: "late",
        Verdict.NOT_IN_REGISTER: "soon",
        Verdict.NOT_A_PERSON: "none",
        Verdict.INCOMPLETE: "soon",
    }
)
"""Shape and colour of each verdict's chip, as `{% state %}` takes them."""
