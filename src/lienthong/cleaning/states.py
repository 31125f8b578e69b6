"""Where a case stands, which act leads from which to which, and what may be decided on which verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from lienthong.kit.errors import Refused, said


class CaseState(StrEnum):
    OPEN = "open"
    PROPOSED = "proposed"
    """One steward has decided; another must confirm."""
    WITH_OWNER = "with_owner"
    """The agency that owns the data is looking into it."""
    FIXING = "fixing"
    """The owner found its own error and corrects it."""
    ANSWERED = "answered"
    """The owner has answered; a steward decides."""
    SETTLED = "settled"


STATE_NAMES: Final[Mapping[CaseState, str]] = MappingProxyType(
    {
        CaseState.OPEN: said("Chờ quyết định"),
        CaseState.PROPOSED: said("Chờ người thứ hai xác nhận"),
        CaseState.WITH_OWNER: said("Chờ cơ quan chủ quản xác minh"),
        CaseState.FIXING: said("Cơ quan chủ quản đang sửa"),
        CaseState.ANSWERED: said("Cơ quan chủ quản đã trả lời"),
        CaseState.SETTLED: said("Đã quyết định"),
    }
)

STATE_KINDS: Final[Mapping[CaseState, str]] = MappingProxyType(
    {
        CaseState.OPEN: "running",
        CaseState.PROPOSED: "soon",
        CaseState.WITH_OWNER: "stopped",
        CaseState.FIXING: "stopped",
        CaseState.ANSWERED: "soon",
        CaseState.SETTLED: "done",
    }
)

FOR_STEWARD: Final = frozenset({CaseState.OPEN, CaseState.PROPOSED, CaseState.ANSWERED})
FOR_OWNER: Final = frozenset({CaseState.WITH_OWNER, CaseState.FIXING})
"""Whose turn it is."""


class Act(StrEnum):
    OPEN = "open"
    DECIDE = "decide"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    TURN_DOWN = "turn_down"
    ASK_OWNER = "ask_owner"
    WILL_FIX = "will_fix"
    ANSWER = "answer"
    UNDO = "undo"
    OVERTAKE = "overtake"


@dataclass(frozen=True)
class Move:
    sources: frozenset[CaseState]
    target: CaseState
    past: str


S = CaseState
_DECIDABLE = frozenset({S.OPEN, S.ANSWERED})
MOVES: Final[Mapping[Act, Move]] = MappingProxyType(
    {
        Act.OPEN: Move(frozenset(), S.OPEN, said("lập việc từ kết quả đối chiếu")),
        Act.DECIDE: Move(_DECIDABLE, S.SETTLED, said("quyết định")),
        Act.PROPOSE: Move(_DECIDABLE, S.PROPOSED, said("quyết định, chờ người thứ hai")),
        Act.CONFIRM: Move(frozenset({S.PROPOSED}), S.SETTLED, said("xác nhận với tư cách người thứ hai")),
        Act.TURN_DOWN: Move(frozenset({S.PROPOSED}), S.OPEN, said("không đồng ý, trả lại")),
        Act.ASK_OWNER: Move(_DECIDABLE, S.WITH_OWNER, said("chuyển cơ quan chủ quản xác minh")),
        Act.WILL_FIX: Move(frozenset({S.WITH_OWNER}), S.FIXING, said("nhận sửa tại nguồn")),
        Act.ANSWER: Move(frozenset({S.WITH_OWNER, S.FIXING}), S.ANSWERED, said("trả lời")),
        Act.UNDO: Move(frozenset({S.SETTLED}), S.OPEN, said("hoàn tác quyết định")),
        Act.OVERTAKE: Move(
            frozenset(S) - {S.SETTLED}, S.SETTLED, said("đóng việc vì nguồn đã gửi bản ghi mới")
        ),
    }
)


class MoveNotAllowed(Refused):
    sentence = said("Việc này đang ở trạng thái “{state}”, không làm như vậy được nữa.")


def after(state: CaseState, act: Act) -> CaseState:
    """The state `act` leads to. Raises MoveNotAllowed."""
    move = MOVES[act]
    if state not in move.sources:
        raise MoveNotAllowed(state=STATE_NAMES[state])
    return move.target


class Choice(StrEnum):
    """What a steward decides."""

    SAME = "same"
    DIED = "died"
    DIFFERENT = "different"
    MERGE = "merge"
    KEEP_BOTH = "keep_both"
    CORRECT_REGISTER = "correct_register"
    ASK_OWNER = "ask_owner"


@dataclass(frozen=True)
class Option:
    """How a choice reads on screen, for which verdicts it stands, and whether another steward must confirm."""

    label: str
    hint: str
    verdicts: frozenset[str]
    second: bool = False


def _on(*verdicts: str) -> frozenset[str]:
    return frozenset(verdicts)


OPTIONS: Final[Mapping[Choice, Option]] = MappingProxyType(
    {
        Choice.SAME: Option(
            said("Một người"),
            said("Gắn số định danh vào bản ghi; chữ trong bản ghi giữ nguyên"),
            _on("possible", "conflict", "corrected"),
        ),
        Choice.DIED: Option(
            said("Đúng người này, đã mất"),
            said("Bản ghi vẫn gắn với người này; nơi gửi thấy dòng này trong tệp đánh dấu và cập nhật nguồn"),
            _on("dead"),
        ),
        Choice.MERGE: Option(
            said("Gộp hai bản ghi"),
            said(
                "Giữ bản ghi đã có, bản ghi này không tính nữa; một người quản lý dữ liệu khác phải xác nhận"
            ),
            _on("duplicate"),
            second=True,
        ),
        Choice.KEEP_BOTH: Option(
            said("Hai bản ghi khác nhau"), said("Giữ cả hai; cặp này không hiện lại"), _on("duplicate")
        ),
        Choice.CORRECT_REGISTER: Option(
            said("Nguồn đúng, đề nghị sửa dân cư"),
            said(
                "Ghi một sự kiện cải chính kèm nguồn và căn cứ; một người quản lý dữ liệu khác phải xác nhận"
            ),
            _on("conflict"),
            second=True,
        ),
        Choice.DIFFERENT: Option(
            said("Hai người khác nhau"),
            said("Bản ghi không gắn với ai; cặp này không hiện lại"),
            _on("possible", "conflict", "corrected", "dead"),
        ),
        Choice.ASK_OWNER: Option(
            said("Chưa đủ căn cứ, chuyển cơ quan chủ quản"),
            said("Cơ quan chủ quản của nguồn xác minh rồi trả lời trong thời hạn"),
            _on("possible", "conflict", "corrected", "duplicate", "dead"),
        ),
    }
)

OPENS: Final = frozenset().union(*(option.verdicts for option in OPTIONS.values()))
"""Verdicts that open a case. What is incomplete, nobody, or unknown goes back in the marked workbook."""


def choices_for(verdict: str) -> list[Choice]:
    return [choice for choice, option in OPTIONS.items() if verdict in option.verdicts]


class ChoiceNotOffered(Refused):
    sentence = said("Không thể quyết định như vậy với kết luận này. Hãy chọn lại.")


class MergeState(StrEnum):
    """Where the question stands whether two records of the register are one person."""

    OPEN = "open"
    PROPOSED = "proposed"
    """One steward says so; another must confirm."""
    MERGED = "merged"
    APART = "apart"
    """Two people; the question stays answered."""
    LAPSED = "lapsed"
    """Answered by nobody, and asked no more: a later search finds it no more, or a number in it was cancelled."""


MERGE_STATE_NAMES: Final[Mapping[MergeState, str]] = MappingProxyType(
    {
        MergeState.OPEN: said("Chờ so sánh"),
        MergeState.PROPOSED: said("Chờ người thứ hai xác nhận"),
        MergeState.MERGED: said("Đã gộp"),
        MergeState.APART: said("Hai người khác nhau"),
        MergeState.LAPSED: said("Đã khép lại"),
    }
)
MERGE_STATE_KINDS: Final[Mapping[MergeState, str]] = MappingProxyType(
    {
        MergeState.OPEN: "running",
        MergeState.PROPOSED: "soon",
        MergeState.MERGED: "done",
        MergeState.APART: "none",
        MergeState.LAPSED: "none",
    }
)


class MergeAct(StrEnum):
    OPEN = "open"
    FIND = "find"
    LAPSE = "lapse"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    TURN_DOWN = "turn_down"
    KEEP_APART = "keep_apart"
    UNDO = "undo"


@dataclass(frozen=True)
class MergeMove:
    sources: frozenset[MergeState]
    target: MergeState
    past: str


M = MergeState
MERGE_MOVES: Final[Mapping[MergeAct, MergeMove]] = MappingProxyType(
    {
        MergeAct.OPEN: MergeMove(frozenset({M.LAPSED}), M.OPEN, said("đặt hai bản ghi cạnh nhau")),
        MergeAct.FIND: MergeMove(frozenset({M.LAPSED}), M.OPEN, said("tìm thấy khi dò người trùng")),
        MergeAct.LAPSE: MergeMove(
            frozenset({M.OPEN, M.PROPOSED}),
            M.LAPSED,
            said("khép lại: số đã hủy, hoặc không còn dấu hiệu trùng"),
        ),
        MergeAct.PROPOSE: MergeMove(frozenset({M.OPEN}), M.PROPOSED, said("đề nghị gộp, chờ người thứ hai")),
        MergeAct.CONFIRM: MergeMove(
            frozenset({M.PROPOSED}), M.MERGED, said("xác nhận gộp với tư cách người thứ hai")
        ),
        MergeAct.TURN_DOWN: MergeMove(frozenset({M.PROPOSED}), M.OPEN, said("không đồng ý gộp, trả lại")),
        MergeAct.KEEP_APART: MergeMove(frozenset({M.OPEN}), M.APART, said("xác định là hai người khác nhau")),
        MergeAct.UNDO: MergeMove(frozenset({M.MERGED, M.APART}), M.OPEN, said("hoàn tác")),
    }
)


def merge_after(state: MergeState, act: MergeAct) -> MergeState:
    """The state `act` leads to. Raises MoveNotAllowed."""
    move = MERGE_MOVES[act]
    if state not in move.sources:
        raise MoveNotAllowed(state=MERGE_STATE_NAMES[state])
    return move.target


RENUMBERING_STATE_NAMES: Final[Mapping[MergeState, str]] = MappingProxyType(
    {
        **MERGE_STATE_NAMES,
        MergeState.OPEN: said("Chờ giấy tờ rõ hơn"),
        MergeState.MERGED: said("Đã ghi số mới"),
        MergeState.APART: said("Giữ số đang dùng"),
    }
)
"""The same states where the question is whether one record goes on under a new number."""
RENUMBERING_PAST: Final[Mapping[MergeAct, str]] = MappingProxyType(
    {
        MergeAct.OPEN: said("hỏi về số mới"),
        MergeAct.PROPOSE: said("đề nghị ghi số mới, chờ người thứ hai"),
        MergeAct.CONFIRM: said("xác nhận số mới với tư cách người thứ hai"),
        MergeAct.TURN_DOWN: said("không đồng ý ghi số mới, trả lại"),
        MergeAct.KEEP_APART: said("xác định giữ số đang dùng"),
    }
)


def merge_state_name(state: str, *, renumbers: bool) -> str:
    """A message."""
    return (RENUMBERING_STATE_NAMES if renumbers else MERGE_STATE_NAMES)[MergeState(state)]


def merge_past(act: str, *, renumbers: bool) -> str:
    """What somebody did, as a message."""
    done = MergeAct(act)
    return RENUMBERING_PAST.get(done, MERGE_MOVES[done].past) if renumbers else MERGE_MOVES[done].past
