"""The procedure's own steps, and how far a dossier has come on them. Plain Python.

The ledger keeps national states and common acts, not every step of every procedure: steps that share the
present state all stand as "now", and which of them is being done the platform does not know.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lienthong.dossiers.public import State
from lienthong.kit.errors import said
from lienthong.procedures.public import Content, Step

ROLE_WORDS: Final[Mapping[str, str]] = {
    "applicant": said("người nộp"),
    "investor": said("chủ đầu tư"),
    "system": said("hệ thống"),
    "reception_officer": said("công chức một cửa"),
    "centre_leader": said("giám đốc trung tâm"),
    "clerk": said("văn thư"),
    "civil_status_officer": said("công chức hộ tịch"),
    "construction_officer": said("công chức xây dựng"),
    "social_officer": said("công chức văn hóa, xã hội"),
    "commune_land_officer": said("công chức địa chính"),
    "commune": said("Ủy ban nhân dân cấp xã"),
    "commune_leader": said("lãnh đạo Ủy ban nhân dân cấp xã"),
    "commune_chair": said("chủ tịch Ủy ban nhân dân cấp xã"),
    "police_commune": said("công an cấp xã"),
    "police_commune_leader": said("trưởng công an cấp xã"),
    "consulted_agency": said("cơ quan được hỏi ý kiến"),
    "payment_agency": said("cơ quan chi trả"),
}
"""Other roles are the agency's officer or its leader."""
HANDLER_WORDS: Final = said("người thụ lý")
HEADS: Final = ("leader", "chair", "director", "principal")
ASIDE: Final = frozenset(
    {State.REFUSED, State.AWAITING_SUPPLEMENT, State.AWAITING_PAYMENT, State.WITHDRAWN, State.STOPPED}
)
"""States beside the way: their steps are shown once the dossier has been there."""
ALONG: Final = (State.FILED, State.RECEIVED, State.IN_PROGRESS, State.DECIDED, State.RETURNED)


@dataclass(frozen=True)
class Stage:
    """A step and the national state it belongs to; `usual`: on the way that most dossiers take."""

    step: Step
    state: State
    usual: bool = True

    @property
    def who(self) -> str:
        if self.step.role in ROLE_WORDS:
            return ROLE_WORDS[self.step.role]
        return said("lãnh đạo cơ quan giải quyết") if is_head(self.step) else HANDLER_WORDS


def is_head(step: Step) -> bool:
    return step.role.endswith(HEADS)


def stages(content: Content) -> list[Stage]:
    """The procedure's steps in order, each with its state; nothing where the source lists none."""
    steps = content.process.steps if content.process else content.steps.items if content.steps else ()
    way = _usual_way(steps)
    return [Stage(step, _state(step, n, len(steps)), step.id in way) for n, step in enumerate(steps)]


def _usual_way(steps: Sequence[Step]) -> set[str]:
    """Ids from the first step on, each by its first outcome. A plain list has no outcomes: all of it."""
    known = {step.id: step for step in steps}
    way: list[str] = [steps[0].id] if steps else []
    while outcomes := known[way[-1]].outcomes if way else ():
        to = outcomes[0].to
        if to not in known or to in way:
            return set(way)
        way.append(to)
    return set(known)


def _state(step: Step, n: int, count: int) -> State:
    """As the record says; a plain list names roles only, and these tell."""
    if step.dossier_state is not None:
        return State(step.dossier_state)
    if n == 0:
        return State.FILED
    if n == count - 1 and step.role in {"applicant", "reception_officer"}:
        return State.RETURNED
    if step.role == "reception_officer":
        return State.RECEIVED
    return State.DECIDED if is_head(step) else State.IN_PROGRESS


def kind_of(stage: Stage, *, now: State, been: frozenset[State], signing: bool) -> str | None:
    """done, now or next; None: a step beside the way, which the ledger does not show.

    `been`: states it has been in; `signing`: proposed, and waiting for the leader.
    """
    if stage.state in ASIDE:
        return "now" if stage.state == now else "done" if stage.state in been else None
    if not stage.usual:
        return None
    here = _place(now, signing=signing)
    at = ALONG.index(stage.state)
    if now in {State.REFUSED, State.WITHDRAWN}:
        return "done" if stage.state in been else "next"
    return "done" if at < here or now is State.RETURNED else "now" if at == here else "next"


def _place(now: State, *, signing: bool) -> int:
    """Where on the way what comes next stands: what is filed waits for receipt, and so on."""
    if now in {State.FILED, State.REFUSED, State.WITHDRAWN}:
        return ALONG.index(State.RECEIVED)
    if now in {State.DECIDED, State.RETURNED}:
        return ALONG.index(State.RETURNED)
    return ALONG.index(State.DECIDED if signing else State.IN_PROGRESS)
