"""What an editor may change of a version, as values; the rest stays as the record has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

import msgspec

from lienthong.kit.errors import Refused, said
from lienthong.procedures.content import Action, Certainty, Content, Fee, Paper, PaperReading, TimeLimit, Unit

PartT = TypeVar("PartT", bound=msgspec.Struct)


class PaperNameTaken(Refused):
    sentence = said("Bản này đã có giấy tờ tên “{name}”.")


@dataclass(frozen=True, slots=True)
class LimitEdit:
    """None: the source does not state it. `unit` same_day: within the working day, `value` is not looked at."""

    value: int | None
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class FeeEdit:
    """đồng; None: no nation-wide amount, and `set_by` says who sets it, if anybody is named."""

    amount: int | None
    set_by: str = ""


@dataclass(frozen=True, slots=True)
class Edits:
    """By the place of the item in the record. A paper left out of `papers` is no longer asked for."""

    delivery: Literal["full", "partial"] | None
    limits: Mapping[int, LimitEdit]
    fees: Mapping[int, FeeEdit]
    papers: Mapping[int, Action]
    new_papers: tuple[tuple[str, Action], ...] = field(default=())


def edited(content: Content, edits: Edits, *, source: str) -> Content:
    """The content with the edits; what was changed counts as seen in `source`. Raises PaperNameTaken."""
    seen = Certainty(level="seen", note=source)
    limits = tuple(_limit(one, edits.limits.get(n), seen) for n, one in enumerate(content.limits.items))
    fees = tuple(_fee(one, edits.fees.get(n), seen, source) for n, one in enumerate(content.fees.items))
    kept = [(n, one) for n, one in enumerate(content.papers.items) if n in edits.papers]
    papers = [_paper(one, edits.papers[n], seen) for n, one in kept]
    for name, action in edits.new_papers:
        papers.append(_new_paper(papers, name.strip(), action, seen, source))
    delivery = content.delivery
    if edits.delivery != delivery.value:
        delivery = msgspec.structs.replace(delivery, value=edits.delivery, certainty=seen, note=None)
    return msgspec.structs.replace(
        content,
        delivery=delivery,
        limits=_with(content.limits, items=limits),
        fees=_with(content.fees, items=fees),
        papers=_with(content.papers, items=tuple(papers)),
    )


def _with(part: PartT, **changes: object) -> PartT:
    """The very part where nothing differs, so that an edit that changes nothing leaves the content equal."""
    differs = {name: value for name, value in changes.items() if getattr(part, name) != value}
    return msgspec.structs.replace(part, **differs) if differs else part


def _limit(limit: TimeLimit, edit: LimitEdit | None, seen: Certainty) -> TimeLimit:
    if edit is None or edit == edit_of(limit):
        return limit
    same_day = edit.unit == "same_day"
    reading = _with(limit.reading, same_day=same_day, certainty=seen)
    value = 1 if same_day else edit.value
    unit: Unit | None = "working_day" if same_day else edit.unit
    return _with(
        limit, value=value, unit=unit, least=None, most=None, rule=None, certainty=seen, reading=reading
    )


def edit_of(limit: TimeLimit) -> LimitEdit:
    """A limit as it stands, in the terms of an edit."""
    if limit.reading.same_day:
        return LimitEdit(None, "same_day")
    return LimitEdit(int(limit.value) if limit.value is not None else None, limit.unit)


def _paper(paper: Paper, action: Action, seen: Certainty) -> Paper:
    return paper if paper.action == action else _with(paper, action=action, certainty=seen)


def _fee(fee: Fee, edit: FeeEdit | None, seen: Certainty, source: str) -> Fee:
    if edit is None or (edit.amount, edit.set_by) == (fee.amount, fee.set_by or ""):
        return fee
    return _with(fee, amount=edit.amount, set_by=edit.set_by or None, basis=source, note=None, certainty=seen)


def _new_paper(papers: list[Paper], name: str, action: Action, seen: Certainty, source: str) -> Paper:
    if any(one.name.casefold() == name.casefold() for one in papers):
        raise PaperNameTaken(name=name)
    taken = {one.key for one in papers}
    key = next(f"paper_{n}" for n in range(1, len(papers) + 2) if f"paper_{n}" not in taken)
    reading = PaperReading(certainty=seen)
    return Paper(
        key=key, name=name, kind="original", action=action, basis=source, certainty=seen, reading=reading
    )
