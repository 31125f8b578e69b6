"""What a page's address says: the day looked at, the moment of knowledge, scope, meaning of "late"."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, Final
from urllib.parse import urlencode

from django.utils import timezone

from lienthong.kit.calendar import VIETNAM
from lienthong.steering.public import Group, Late, NoSuchDay, TaskScope, Whole

AS_OF: Final = "tinh-den"
KNOWN_AT: Final = "biet-den"
SINCE: Final = "so-voi"
SCOPE: Final = "pham-vi"
BUCKET: Final = "nhom-han"
UNIT: Final = "don-vi"
CAUSE: Final = "nguyen-nhan"
GROUP: Final = "nhom"
LATE: Final = "cham"
WHOLE: Final = "mau-so"
GROUPS: Final = {"chung": Group.COMMON, "cu-the": Group.SPECIFIC}
MEANINGS: Final = {"": Late.OPEN, "ca-xong-muon": Late.WITH_DONE}
WHOLES: Final = {"": Whole.ALL, "den-han": Whole.DUE}


@dataclass(frozen=True)
class Question:
    """What is asked of the register of tasks; its address asks it again."""

    scope: TaskScope
    as_of: date
    known_at: datetime | None
    since: date | None
    meaning: Late
    whole: Whole
    told: Mapping[str, str]

    def query(self, **changes: str) -> str:
        """ "?tinh-den=2024-07-19&…" with these changed; "" takes one out. `_` in a name stands for "-"."""
        told = {**self.told, **{name.replace("_", "-"): value for name, value in changes.items()}}
        kept = {name: value for name, value in told.items() if value}
        return "?" + urlencode(kept) if kept else "?"

    def lasting(self, known_at: datetime) -> str:
        """The address that gives this very answer next year, too."""
        moment = known_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return self.query(tinh_den=self.as_of.isoformat(), biet_den=moment)

    def of(self, **changes: Any) -> "Question":
        return replace(self, scope=replace(self.scope, **changes))


def question(told: Mapping[str, Any]) -> Question:
    """From a request's GET. Raises NoSuchDay."""
    names = (SCOPE, AS_OF, KNOWN_AT, SINCE, GROUP, LATE, WHOLE)
    said = {name: str(told.get(name, "")).strip() for name in names}
    programme, _slash, plan = said[SCOPE].partition("/")
    scope = TaskScope(programme=programme, plan=plan, group=GROUPS.get(said[GROUP]))
    return Question(
        scope=scope,
        as_of=day_of(said[AS_OF]) or timezone.localdate(),
        known_at=moment_of(said[KNOWN_AT]),
        since=day_of(said[SINCE]),
        meaning=MEANINGS.get(said[LATE], Late.OPEN),
        whole=WHOLES.get(said[WHOLE], Whole.ALL),
        told=said,
    )


def day_of(text: str) -> date | None:
    """2024-07-19; empty: none. Raises NoSuchDay."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NoSuchDay(text=text) from error


def moment_of(text: str) -> datetime | None:
    """A moment with its zone; a day means its last moment, Vietnamese time; empty: none. Raises NoSuchDay."""
    if not text:
        return None
    try:
        if len(text) == len("2024-07-19"):
            return datetime.combine(date.fromisoformat(text), time.max, VIETNAM)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise NoSuchDay(text=text) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
