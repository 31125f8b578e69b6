"""What a case costs on a day: known amounts, and in words who sets the others. Unknown is never 0."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lienthong.kit.errors import said
from lienthong.procedures.conditions import facts_of, holds
from lienthong.procedures.content import Channel, Content, Exemption, Fee, Fees, Waiver

UNTIL = re.compile(r"đến (?:hết )?(?:ngày )?(\d{1,2})/(\d{1,2})/(\d{4})")
LOCAL = re.compile(
    r"hội đồng nhân dân|hđnd|luật phí và lệ phí|do tỉnh quy định|do địa phương quy định", re.IGNORECASE
)
LOCAL_COUNCIL = "Hội đồng nhân dân cấp tỉnh"


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One charge. `amount` None: not known, and `reason` says why or who sets it.

    `base`: what it was before a policy took it down; `policy`: which one ("half_fee", a waiver's id,
    or the words of an exemption), `basis` its decree.
    """

    charge: str
    case: str
    amount: int | None
    quantity: int = 1
    base: int | None = None
    policy: str | None = None
    basis: str | None = None
    set_by: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A policy that would take the fees down, and what is still missing for it."""

    waiver: Waiver
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeeQuote:
    """`asks`: facts whose answer would settle an unknown line. `assumed`: facts nobody stated."""

    lines: tuple[FeeLine, ...]
    asks: tuple[str, ...] = ()
    assumed: Mapping[str, Any] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    note: str | None = None

    @property
    def total(self) -> int | None:
        """đồng; None as soon as one line is not known."""
        amounts = [line.amount for line in self.lines]
        known = [a for a in amounts if a is not None]
        return sum(known) if known and len(known) == len(amounts) else None

    @property
    def sentence(self) -> str:
        """What to print when `total` is None."""
        setters = [line.set_by for line in self.lines if line.amount is None and line.set_by]
        if setters:
            return said("Nơi quy định mức thu: {set_by}. Nền tảng chưa có mức của nơi này.")
        if self.asks:
            return said("Mức thu tùy trường hợp; cần trả lời thêm để biết.")
        return said("Nguồn không nêu mức thu.")

    @property
    def facts(self) -> dict[str, str]:
        return {"set_by": next((ln.set_by for ln in self.lines if ln.amount is None and ln.set_by), "")}


def portal_fee(amount: int | None, description: str) -> tuple[int | None, str | None]:
    """What a portal record's amount is worth: (amount, set_by).

    A 0 or an example beside "do Hội đồng nhân dân cấp tỉnh quy định" is nobody's fee.
    """
    return (None, LOCAL_COUNCIL) if LOCAL.search(description) else (amount, None)


def last_day_of(fee: Fee) -> date | None:
    """The last day a fee is charged: as read, or as its own words say ("đến 31/12/2026")."""
    if fee.reading.last_day:
        return fee.reading.last_day
    found = UNTIL.search(f"{fee.case} {fee.note or ''}")
    return date(int(found[3]), int(found[2]), int(found[1])) if found else None


def fee_for(
    content: Content,
    *,
    on: date,
    channel: Channel,
    variant: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> FeeQuote:
    """What this case costs when filed on a day through a channel.

    `facts` answer `content.fees.questions`, and may hold `applicant_classes` (a set of words such as
    "poor_household"), `account_level` (1, 2), `five_papers_integrated`, `marriage_paper_integrated`.
    Of several policies the best for the applicant applies (TT 117/2026/TT-BTC).
    """
    fees = content.fees
    given = {k: v for k, v in (facts or {}).items() if v is not None}
    defaults = {q.key: q.default for q in fees.questions if q.default is not None and q.key not in given}
    known = {**defaults, **given}
    lines: list[FeeLine] = []
    asks: set[str] = set()
    for charge, rows in _by_charge(fees, on, channel).items():
        found, missing = _charge_lines(charge, rows, known)
        lines += found
        asks |= missing
    lines = [_exempted(line, fees, known) for line in lines]
    lines, offers = _waived(lines, fees.waivers, on, channel, known)
    settled = asks if any(line.amount is None for line in lines) else set()
    return FeeQuote(tuple(lines), tuple(sorted(settled)), defaults, offers, fees.note)


def _by_charge(fees: Fees, on: date, channel: Channel) -> dict[str, list[Fee]]:
    charges: dict[str, list[Fee]] = {fee.reading.charge: [] for fee in fees.items}
    for fee in fees.items:
        first, last = fee.reading.first_day, last_day_of(fee)
        open_on_day = (first is None or first <= on) and (last is None or on <= last)
        if open_on_day and (not fee.reading.channels or channel in fee.reading.channels):
            charges[fee.reading.charge].append(fee)
    return charges


def _charge_lines(charge: str, rows: list[Fee], known: Mapping[str, Any]) -> tuple[list[FeeLine], set[str]]:
    """The lines of one charge; or one unknown line, with the facts that would settle it."""
    if not rows:
        reason = said("Nguồn không nêu mức còn hiệu lực cho ngày và cách nộp này.")
        return [FeeLine(charge, charge, None, reason=reason)], set()
    applying, missing = _applying(rows, known)
    quantities = {r.reading.quantity for r in applying if r.reading.quantity}
    missing |= {q for q in quantities if q not in known}
    if missing or not applying:
        case = " / ".join(row.case for row in (applying or rows))
        return [FeeLine(charge, case, None, reason=said("Tùy trường hợp."))], missing
    if any(row.reading.from_unit for row in applying):
        return _tiers(charge, applying, known), set()
    if applying[0].reading.quantity and known[applying[0].reading.quantity] == 0:
        return [], set()
    return [_best(charge, applying, known)], set()


def _applying(rows: Iterable[Fee], known: Mapping[str, Any]) -> tuple[list[Fee], set[str]]:
    applying: list[Fee] = []
    missing: set[str] = set()
    classes = set(known.get("applicant_classes", ()))
    for row in rows:
        if row.reading.classes and not classes & set(row.reading.classes):
            continue
        answer = holds(row.reading.applies_if, known) if row.reading.applies_if else True
        if answer is None:
            missing |= {name for name in facts_of(row.reading.applies_if or "") if name not in known}
        if answer:
            applying.append(row)
    return applying, missing


def _best(charge: str, rows: list[Fee], known: Mapping[str, Any]) -> FeeLine:
    """The lowest known amount; one that nobody knows is not beaten by a known one of the same case."""
    unknown = next((r for r in rows if r.amount is None), None)
    if unknown is not None:
        reason = unknown.note or (None if unknown.set_by else _other_money(unknown))
        return FeeLine(charge, unknown.case, None, basis=unknown.basis, set_by=unknown.set_by, reason=reason)
    row = min(rows, key=lambda r: r.amount or 0)
    base = max(r.amount or 0 for r in rows)
    quantity = int(known[row.reading.quantity]) if row.reading.quantity else 1
    amount = (row.amount or 0) * quantity
    return FeeLine(
        charge,
        row.case,
        amount,
        quantity=quantity,
        base=base * quantity if base * quantity != amount else None,
        policy=row.reading.policy,
        basis=row.basis,
    )


def _other_money(row: Fee) -> str:
    return f"{row.amount_usd} USD" if row.amount_usd is not None else said("Nguồn không nêu mức thu.")


def _tiers(charge: str, rows: list[Fee], known: Mapping[str, Any]) -> list[FeeLine]:
    """Pages 1 and 2 at one amount, the rest at another, a ceiling for each copy (TT 226/2016/TT-BTC)."""
    units = int(known[str(rows[0].reading.quantity)])
    copies = int(known.get("copies", 1))
    lines, each = [], 0
    for row in rows:
        first, last = row.reading.from_unit or 1, row.reading.to_unit or units
        counted = max(0, min(units, last) - first + 1)
        amount = (row.amount or 0) * counted
        if row.cap is not None:
            amount = min(amount, row.cap - each)
        each += amount
        if counted:
            lines.append(
                FeeLine(charge, row.case, amount * copies, quantity=counted * copies, basis=row.basis)
            )
    return lines


def _exempted(line: FeeLine, fees: Fees, known: Mapping[str, Any]) -> FeeLine:
    exemption = _exemption(line.charge, (*fees.exemptions, *fees.other_exemptions), known)
    if exemption is None or line.amount == 0:
        return line
    return FeeLine(line.charge, line.case, 0, line.quantity, line.amount, exemption.text, line.basis)


def _exemption(charge: str, exemptions: Iterable[Exemption], known: Mapping[str, Any]) -> Exemption | None:
    classes = set(known.get("applicant_classes", ()))
    matching = (e for e in exemptions if classes & set(e.classes) and charge not in e.not_charges)
    return next(matching, None)


def _waived(
    lines: list[FeeLine], waivers: Iterable[Waiver], on: date, channel: Channel, known: Mapping[str, Any]
) -> tuple[list[FeeLine], tuple[Offer, ...]]:
    """Fees taken down to 0 while a waiver runs; one whose conditions are not all met becomes an offer."""
    offers: list[Offer] = []
    for waiver in waivers:
        if not waiver.first_day <= on <= waiver.last_day or all(line.amount == 0 for line in lines):
            continue
        met = holds(waiver.applies_if, known)
        if channel in waiver.channels and met:
            lines = [_zero(line, waiver) for line in lines]
        else:
            missing = tuple(name for name in facts_of(waiver.applies_if) if not known.get(name))
            offers.append(Offer(waiver, missing if channel in waiver.channels else ("channel", *missing)))
    return lines, tuple(offers)


def _zero(line: FeeLine, waiver: Waiver) -> FeeLine:
    if line.amount == 0:
        return line
    base = line.base if line.base is not None else line.amount
    return FeeLine(line.charge, line.case, 0, line.quantity, base, waiver.id, "; ".join(waiver.bases))
