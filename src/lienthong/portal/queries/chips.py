"""The state of a dossier as its applicant reads it: shape, word, and the moment beneath."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.dossiers.public import WAITING, Dossier, Outcome, State
from lienthong.fields.public import told
from lienthong.kit.calendar import Calendar
from lienthong.kit.deadlines import remaining
from lienthong.kit.errors import said
from lienthong.kit.words import format_date, weekday_name
from lienthong.portal.rules import begin_large


@dataclass(frozen=True)
class Chip:
    """Shape, word and colour of a state, with the moment beneath."""

    kind: str
    word: str
    due: str = ""


def chip_of(dossier: Dossier, you: str, now: datetime) -> Chip:
    """The state as its applicant reads it: the distance first, the moment beneath."""
    state = State(dossier.state)
    if state in _FIXED:
        kind, word = _FIXED[state]
        return Chip(kind, told(word, {"you": begin_large(you)}))
    if state in WAITING:
        return Chip("stopped", _waiting(dossier, state, you))
    if state in {State.DECIDED, State.RETURNED}:
        return _decided(dossier, state)
    return _running(dossier, now)


_FIXED: Mapping[State, tuple[str, str]] = {
    State.FILED: ("running", said("Đã gửi, chờ tiếp nhận")),
    State.REFUSED: ("none", said("Không được tiếp nhận")),
    State.WITHDRAWN: ("none", said("{you} đã rút")),
}


def _waiting(dossier: Dossier, state: State, you: str) -> str:
    if dossier.received_at is None:
        return _("Chờ {you} bổ sung").format(you=you)
    if state is State.STOPPED:
        return _("Thời hạn đang dừng, cơ quan tạm dừng giải quyết")
    if state is State.AWAITING_PAYMENT:
        return _("Thời hạn đang dừng, chờ {you} nộp tiền").format(you=you)
    return _("Thời hạn đang dừng, chờ {you} bổ sung").format(you=you)


def _decided(dossier: Dossier, state: State) -> Chip:
    if dossier.outcome == Outcome.DENIED:
        return Chip("none", _("Không được giải quyết, có thông báo nêu lý do"))
    return Chip("done", _("Đã trả kết quả") if state is State.RETURNED else _("Đã có kết quả"))


def _running(dossier: Dossier, now: datetime) -> Chip:
    if dossier.due_at is None:
        return Chip("running", _("Đang giải quyết"), _("nguồn chưa nêu thời hạn"))
    left = remaining(dossier.due_at, now, Calendar.official())
    kind = "late" if left.late else "running" if left.working_days > 1 else "soon"
    return Chip(
        kind, told(left.template, left.facts), _("hẹn {moment}").format(moment=moment(dossier.due_at))
    )


def moment(value: datetime) -> str:
    """17:00 thứ Sáu 27/11/2026."""
    local = timezone.localtime(value)
    return f"{local:%H:%M} {_(weekday_name(local))} {format_date(local.date())}"
