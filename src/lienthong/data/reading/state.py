"""What a reader keeps in mind from one paragraph to the next."""

from dataclasses import dataclass, field
from datetime import date

from lienthong.data.reading.dates import Named


@dataclass(slots=True)
class State:
    dated: date | None = None
    given_date: bool = False
    tier: str = "country"
    committee: bool = False
    titled: bool = False
    kind_weight: int = 0
    section_weight: int = 0
    section_date: Named | None = None
    section_tier: str = ""
    title_date: Named | None = None
    section_mark: str = ""
    lead: str = ""
    lead_tier: str = ""
    ordered: bool = False
    head: str = ""
    paragraph_date: Named | None = None
    paragraph_weight: float = 0
    paragraph_tier: str = ""
    paragraph: int = 0

    def open_section(self, weight: int, named: Named | None, tier: str = "") -> None:
        """A heading closes what the heading before it said."""
        self.section_weight, self.section_date, self.section_tier = weight, named, tier
        self.lead = self.lead_tier = self.head = ""
        self.ordered = False


@dataclass(frozen=True, slots=True)
class Order:
    """A stretch of a sentence that orders somebody to do something; `reaches` when only to reach a figure."""

    start: int
    end: int
    lead: str
    tier: str
    action: tuple[int, int]
    reaches: bool = False
    stated: bool = False
    lead_span: tuple[int, int] | None = None
    partners: tuple[str, ...] = field(default=())
