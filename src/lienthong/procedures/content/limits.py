"""Time limits: whose they are, which case they bind, and how we read their sentences."""

from datetime import date, time
from typing import Literal

from lienthong.procedures.content.base import Certainty, Part, Unit

Party = Literal["agency", "applicant", "consulted_agency", "social_insurance"]
Scope = Literal["whole", "part", "former"]
"""`whole`: from receipt to result. `part`: one stage inside it. `former`: of a law no longer in force."""


class LimitReading(Part, frozen=True, kw_only=True):
    """What the platform takes a limit's sentence to mean; the sentence itself stays beside it."""

    scope: Scope = "whole"
    party: Party = "agency"
    same_day: bool = False
    cut_off: time | None = None
    """Received after this time counts as received on the next working day ("sau 15 giờ")."""
    certainty: Certainty


class TimeLimit(Part, frozen=True, kw_only=True):
    """One limit of the record. `title` None: the source does not name the case."""

    id: str
    title: str | None
    case_codes: tuple[str, ...] = ()
    value: int | float | None
    unit: Unit | None
    least: int | None = None
    most: int | None = None
    rule: str | None = None
    basis: str | None = None
    note: str | None = None
    kind: Literal["campaign_window"] | None = None
    party: Party | None = None
    """As printed. Usually not, and then `reading.party` says how the sentence is read."""
    printed_in: Literal["channel", "case", "steps"] | None = None
    """Where a portal record prints it, when its parts contradict each other."""
    certainty: Certainty | None = None
    """None: as the whole group."""
    reading: LimitReading

    @property
    def whose(self) -> Party:
        return self.party or self.reading.party


class FormerLimit(Part, frozen=True, kw_only=True):
    """What the limit was until and including a day."""

    last_day: date
    case: str
    value: int
    unit: Unit
    basis: str


class Duty(Part, frozen=True, kw_only=True):
    """A time within which the law tells people to come; late is allowed, and may cost a fee."""

    value: int
    unit: Unit
    rule: str
    certainty: Certainty | None = None


class TimeLimits(Part, frozen=True, kw_only=True):
    items: tuple[TimeLimit, ...]
    duty: Duty | None = None
    history: tuple[FormerLimit, ...] = ()
    note: str | None = None
    certainty: Certainty
