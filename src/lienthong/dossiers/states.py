"""The ten national states of a dossier, and which act leads from which to which."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType

from lienthong.kit.errors import Refused, said


class State(IntEnum):
    """States of the National Public Service Portal's catalogue, with its numbers."""

    FILED = 1
    RECEIVED = 2
    REFUSED = 3
    IN_PROGRESS = 4
    AWAITING_SUPPLEMENT = 5
    AWAITING_PAYMENT = 6
    WITHDRAWN = 7
    STOPPED = 8
    DECIDED = 9
    RETURNED = 10


STATE_NAMES: Mapping[State, str] = MappingProxyType(
    {
        State.FILED: said("Mới đăng ký"),
        State.RECEIVED: said("Được tiếp nhận"),
        State.REFUSED: said("Không được tiếp nhận"),
        State.IN_PROGRESS: said("Đang xử lý"),
        State.AWAITING_SUPPLEMENT: said("Yêu cầu bổ sung giấy tờ"),
        State.AWAITING_PAYMENT: said("Yêu cầu thực hiện nghĩa vụ tài chính"),
        State.WITHDRAWN: said("Công dân yêu cầu rút hồ sơ"),
        State.STOPPED: said("Dừng xử lý"),
        State.DECIDED: said("Đã xử lý xong"),
        State.RETURNED: said("Đã trả kết quả"),
    }
)

ENDED = frozenset({State.REFUSED, State.WITHDRAWN, State.DECIDED, State.RETURNED})
"""Processing is over: the deadline no longer runs."""
OPEN = frozenset(State) - ENDED
WAITING = frozenset({State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT, State.STOPPED})
"""The clock stands still, if it had started."""


class Act(StrEnum):
    FILE = "file"
    FORWARD = "forward"
    RECEIVE = "receive"
    REFUSE = "refuse"
    ASSIGN = "assign"
    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLEMENT_BEFORE_RECEIPT = "supplement_before_receipt"
    SUPPLEMENT = "supplement"
    ASK_PAYMENT = "ask_payment"
    CONFIRM_PAYMENT = "confirm_payment"
    PROPOSE = "propose"
    SEND_BACK = "send_back"
    STOP = "stop"
    RESUME = "resume"
    APOLOGISE = "apologise"
    DECIDE = "decide"
    RETURN = "return"
    WITHDRAW = "withdraw"


class Clock(StrEnum):
    """What an act does to the legal deadline."""

    KEEPS = "keeps"
    STARTS = "starts"
    STOPS = "stops"
    RESUMES = "resumes"
    MOVES = "moves"
    ENDS = "ends"


@dataclass(frozen=True)
class Move:
    """An act, the states it may be done in, the state it leads to (None: it stays), and the law."""

    sources: frozenset[State]
    target: State | None
    clock: Clock
    law: str
    past: str
    """How the act is told afterwards."""


def _from(*states: State) -> frozenset[State]:
    return frozenset(states)


S = State
MOVES: Mapping[Act, Move] = MappingProxyType(
    {
        Act.FILE: Move(_from(), S.FILED, Clock.KEEPS, "118/2025/NĐ-CP", said("nộp hồ sơ")),
        Act.FORWARD: Move(
            _from(S.FILED, S.RECEIVED, S.IN_PROGRESS),
            None,
            Clock.KEEPS,
            "118/2025/NĐ-CP",
            said("chuyển hồ sơ đến cơ quan có thẩm quyền"),
        ),
        Act.RECEIVE: Move(
            _from(S.FILED), S.RECEIVED, Clock.STARTS, "118/2025/NĐ-CP; Mẫu số 01", said("tiếp nhận hồ sơ")
        ),
        Act.REFUSE: Move(
            _from(S.FILED, S.AWAITING_SUPPLEMENT),
            S.REFUSED,
            Clock.ENDS,
            "118/2025/NĐ-CP; Mẫu số 03",
            said("từ chối tiếp nhận hồ sơ"),
        ),
        Act.ASSIGN: Move(
            _from(S.RECEIVED, S.IN_PROGRESS), S.IN_PROGRESS, Clock.KEEPS, "118/2025/NĐ-CP", said("giao việc")
        ),
        Act.ASK_SUPPLEMENT: Move(
            _from(S.FILED, S.RECEIVED, S.IN_PROGRESS),
            S.AWAITING_SUPPLEMENT,
            Clock.STOPS,
            "118/2025/NĐ-CP; Mẫu số 02",
            said("yêu cầu bổ sung"),
        ),
        Act.SUPPLEMENT_BEFORE_RECEIPT: Move(
            _from(S.AWAITING_SUPPLEMENT), S.FILED, Clock.KEEPS, "118/2025/NĐ-CP", said("bổ sung hồ sơ")
        ),
        Act.SUPPLEMENT: Move(
            _from(S.AWAITING_SUPPLEMENT),
            S.IN_PROGRESS,
            Clock.RESUMES,
            "118/2025/NĐ-CP",
            said("bổ sung hồ sơ"),
        ),
        Act.ASK_PAYMENT: Move(
            _from(S.RECEIVED, S.IN_PROGRESS),
            S.AWAITING_PAYMENT,
            Clock.STOPS,
            "118/2025/NĐ-CP",
            said("yêu cầu thực hiện nghĩa vụ tài chính"),
        ),
        Act.CONFIRM_PAYMENT: Move(
            _from(S.AWAITING_PAYMENT),
            S.IN_PROGRESS,
            Clock.RESUMES,
            "118/2025/NĐ-CP",
            said("xác nhận đã nộp tiền"),
        ),
        Act.PROPOSE: Move(_from(S.IN_PROGRESS), None, Clock.KEEPS, "118/2025/NĐ-CP", said("trình lãnh đạo")),
        Act.SEND_BACK: Move(
            _from(S.IN_PROGRESS), None, Clock.KEEPS, "118/2025/NĐ-CP", said("trả lại để làm rõ")
        ),
        Act.STOP: Move(_from(S.IN_PROGRESS), S.STOPPED, Clock.STOPS, "Mẫu số 05", said("dừng giải quyết")),
        Act.RESUME: Move(
            _from(S.STOPPED), S.IN_PROGRESS, Clock.RESUMES, "118/2025/NĐ-CP", said("tiếp tục giải quyết")
        ),
        Act.APOLOGISE: Move(
            _from(S.RECEIVED, S.IN_PROGRESS),
            None,
            Clock.MOVES,
            "118/2025/NĐ-CP; Mẫu số 04",
            said("xin lỗi và hẹn lại"),
        ),
        Act.DECIDE: Move(_from(S.IN_PROGRESS), S.DECIDED, Clock.ENDS, "118/2025/NĐ-CP", said("quyết định")),
        Act.RETURN: Move(_from(S.DECIDED), S.RETURNED, Clock.KEEPS, "118/2025/NĐ-CP", said("trả kết quả")),
        Act.WITHDRAW: Move(
            _from(S.FILED, S.RECEIVED, S.IN_PROGRESS, S.AWAITING_SUPPLEMENT, S.AWAITING_PAYMENT),
            S.WITHDRAWN,
            Clock.ENDS,
            "118/2025/NĐ-CP",
            said("rút hồ sơ"),
        ),
    }
)


class MoveNotAllowed(Refused):
    """The law has no such act in the dossier's present state."""

    sentence = said("Hồ sơ đang ở trạng thái “{state}” nên không thể {act}.")


def move(state: State, act: Act) -> State:
    """The state after `act`; raises MoveNotAllowed."""
    rule = MOVES[act]
    if state not in rule.sources:
        raise MoveNotAllowed(state=STATE_NAMES[state], act=rule.past)
    return state if rule.target is None else rule.target


def acts_allowed(state: State) -> list[Act]:
    return [act for act, rule in MOVES.items() if state in rule.sources]
