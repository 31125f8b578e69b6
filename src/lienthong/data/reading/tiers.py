"""Which tier a figure is about."""

import re

from lienthong.data.reading.amounts import Amount
from lienthong.data.reading.government import mentions
from lienthong.data.reading.sentence import Sentence, in_list
from lienthong.data.reading.state import Order, State

_OF = re.compile(r"(?<!\w)(?:của|đối với|tại|ở|cho|với|về) (?:các |cả |cấp |ủy ban nhân dân |mọi |tất cả )*$")
_DOES = re.compile(r" (?:của (?:tỉnh|thành phố) )?(?:đã|đang|chưa|mới|còn|hiện|có) ")
"""A tier with a verb behind it is who acts; what follows in the sentence is theirs."""


def tier_of(sentence: Sentence, amount: Amount, state: State, order: Order | None) -> str:
    """Of the unit counted; else named beside the number, before or after; else whoever is ordered; else the document's."""
    counted = mentions(amount.unit)
    if counted and not amount.is_share:
        return counted[0].tier
    begin, stop = sentence.before(amount), _until(sentence, amount)
    if amount.unit in ("hạng", "bậc"):
        begin = 0
    before = [m for m in sentence.tiers if begin <= m.start and m.end <= amount.start]
    after = [m for m in sentence.tiers if amount.end <= m.start and m.end <= stop]
    for one in (*reversed(before), *after):
        if one.tier != "country":
            return one.tier
    if before or after:
        return "country"
    return _inherited(sentence, amount, state, order)


def _until(sentence: Sentence, amount: Amount) -> int:
    stop = sentence.after(amount)
    comma = sentence.line.key.find(", ", amount.end, stop)
    while comma >= 0 and in_list(sentence, comma):
        comma = sentence.line.key.find(", ", comma + 1, stop)
    return comma if comma >= 0 else stop


def _inherited(sentence: Sentence, amount: Amount, state: State, order: Order | None) -> str:
    if order:
        return order.tier
    if state.ordered and state.lead_tier:
        return state.lead_tier
    if sentence.line.key.startswith("trong đó") and state.paragraph_tier:
        return state.paragraph_tier
    first = min((a.start for a in sentence.amounts), default=0)
    doing = [
        m for m in sentence.tiers
        if m.tier != "country" and (m.end <= first or (m.end <= amount.start and _DOES.match(sentence.line.key, m.end)))
        and not _OF.search(sentence.line.key, 0, m.start)
    ]  # fmt: skip
    return doing[-1].tier if doing else state.section_tier or state.tier
