"""How a file is to be read: what was seen, what is proposed, what the steward accepted."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

ALL: Final = "all"
"""Every proposal: for tests and for those who script, never for a page."""


class ProposalKind(StrEnum):
    CHARMAP = "charmap"
    DATE_ORDER = "date_order"
    TYPED_DATES = "typed_dates"
    YEAR_ONLY = "year_only"
    ZEROS = "zeros"
    OLD_NUMBERS = "old_numbers"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Example:
    row: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change offered for a column (None: the whole sheet). Nothing of it happens unless accepted.

    `count` of the `seen` rows would change; `confidence` is from 0 to 1; `value` is the character set
    or the order of day and month.
    """

    kind: ProposalKind
    column: int | None
    sentence: str
    count: int
    seen: int
    confidence: float
    value: str = ""
    examples: tuple[Example, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.kind}:{'' if self.column is None else self.column}"


@dataclass(frozen=True, slots=True)
class Column:
    index: int
    header: str
    samples: tuple[str, ...]
    field: str | None = None
    confidence: float = 0.0
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read a file: only what a person has seen. Kept with the source as JSON."""

    kind: str
    schema: str
    headers: tuple[str, ...]
    mapping: Mapping[int, str]
    header_row: int = 1
    first_row: int = 2
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    charmaps: Mapping[int, str] = field(default_factory=dict)
    date_orders: Mapping[int, str] = field(default_factory=dict)
    typed_dates: frozenset[int] = frozenset()
    year_only: frozenset[int] = frozenset()
    zeros: frozenset[int] = frozenset()
    old_numbers: frozenset[int] = frozenset()
    fill_merged: bool = False

    def with_mapping(self, mapping: Mapping[int, str | None]) -> "Plan":
        """The same plan with the fields that the steward chose; None takes a column out."""
        merged = {**self.mapping, **mapping}
        return replace(self, mapping={index: name for index, name in merged.items() if name})

    def to_dict(self) -> dict[str, Any]:
        plain = asdict(self)
        for name, value in plain.items():
            if isinstance(value, frozenset):
                plain[name] = sorted(value)
            elif isinstance(value, dict):
                plain[name] = {str(index): chosen for index, chosen in value.items()}
        return {**plain, "headers": list(self.headers)}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> "Plan":
        sets = ("typed_dates", "year_only", "zeros", "old_numbers")
        maps = ("mapping", "charmaps", "date_orders")
        return cls(**{
            **plain,
            "headers": tuple(plain["headers"]),
            **{name: frozenset(plain[name]) for name in sets},
            **{name: {int(index): chosen for index, chosen in plain[name].items()} for name in maps},
        })  # fmt: skip


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file holds, shown before anything is taken from it.

    `seen` rows were looked at, not always all; `notices` are sentences about the whole file.
    """

    name: str
    kind: str
    schema: str | None
    content_hash: str
    size: int
    seen: int
    columns: tuple[Column, ...]
    proposals: tuple[Proposal, ...]
    notices: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    base: Plan
    sheets: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Fields of the schema that no column was found for."""

    def plan(self, accept: Collection[str] | None = None) -> Plan:
        """The plan with the accepted proposals, by id. None accepts none; ALL accepts all."""
        taken = [p for p in self.proposals if accept == ALL or (accept is not None and p.id in accept)]
        plan = self.base
        for proposal in taken:
            plan = _with(plan, proposal)
        return plan


_SETS: Final = {
    ProposalKind.TYPED_DATES: "typed_dates",
    ProposalKind.YEAR_ONLY: "year_only",
    ProposalKind.ZEROS: "zeros",
    ProposalKind.OLD_NUMBERS: "old_numbers",
}


def _with(plan: Plan, proposal: Proposal) -> Plan:
    if proposal.column is None:
        return replace(plan, fill_merged=True)
    if proposal.kind is ProposalKind.CHARMAP:
        return replace(plan, charmaps={**plan.charmaps, proposal.column: proposal.value})
    if proposal.kind is ProposalKind.DATE_ORDER:
        return replace(plan, date_orders={**plan.date_orders, proposal.column: proposal.value})
    name = _SETS[proposal.kind]
    return replace(plan, **{name: getattr(plan, name) | {proposal.column}})
