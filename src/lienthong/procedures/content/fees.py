"""Fees as printed, and the policies that lower them for a time. Amounts are đồng; None is never 0."""

from datetime import date
from typing import Literal

from lienthong.procedures.content.base import Certainty, Part

Channel = Literal["online", "direct", "post"]


class FeeReading(Part, frozen=True, kw_only=True):
    """What the platform takes a fee's sentence to mean; the sentence itself stays beside it.

    Fees with the same `charge` are alternatives, different charges add up. `applies_if` is CEL over
    the facts of the case. `quantity` names the fact that multiplies the amount; of it, the units from
    `from_unit` to `to_unit` (inclusive) are charged at this amount.
    """

    charge: str
    channels: tuple[Channel, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    applies_if: str | None = None
    classes: tuple[str, ...] = ()
    quantity: str | None = None
    from_unit: int | None = None
    to_unit: int | None = None
    policy: Literal["half_fee"] | None = None
    certainty: Certainty


class Fee(Part, frozen=True, kw_only=True):
    """One row of the record. `amount` None: no nation-wide amount, or none seen. `set_by`: who sets it."""

    case: str
    amount: int | None
    amount_usd: int | None = None
    set_by: str | None = None
    per: Literal["copy", "page", "person"] | None = None
    cap: int | None = None
    cap_per: Literal["copy", "page", "person"] | None = None
    basis: str | None = None
    kind: Literal["financial_obligation"] | None = None
    note: str | None = None
    certainty: Certainty | None = None
    """None: as the whole group."""
    reading: FeeReading


class Exemption(Part, frozen=True, kw_only=True):
    """Who pays nothing, in the source's words. `classes` and `not_charges` are our reading."""

    text: str
    classes: tuple[str, ...] = ()
    not_charges: tuple[str, ...] = ()
    certainty: Certainty


class Waiver(Part, frozen=True, kw_only=True):
    """A policy that takes this procedure's fees down to 0 for a time."""

    id: str
    bases: tuple[str, ...]
    first_day: date
    last_day: date
    conditions: tuple[str, ...]
    effect: str
    channels: tuple[Channel, ...]
    applies_if: str
    certainty: Certainty


class ContributionRule(Part, frozen=True, kw_only=True):
    base: str
    household_rates_percent: tuple[int, ...]
    note: str | None = None
    certainty: Certainty


class FactQuestion(Part, frozen=True, kw_only=True):
    """A fact of the case that a fee depends on, and what is taken when nobody said (None: unknown)."""

    key: str
    question: str
    kind: Literal["boolean", "integer", "choice"]
    options: tuple[str, ...] = ()
    default: bool | int | str | None = None


class Fees(Part, frozen=True, kw_only=True):
    items: tuple[Fee, ...]
    exemptions: tuple[Exemption, ...] = ()
    other_exemptions: tuple[Exemption, ...] = ()
    exemption_proof: str | None = None
    contribution_rule: ContributionRule | None = None
    waivers: tuple[Waiver, ...] = ()
    questions: tuple[FactQuestion, ...] = ()
    note: str | None = None
    certainty: Certainty
