"""Which tier a figure is about."""

import re

from lienthong.data.reading.amounts import Amount
from lienthong.data.reading.government import mentions
from lienthong.data.reading.sentence import Sentence
from lienthong.data.reading.state import Order, State

_OF = re.compile(r"(?<!\w)(?:của|đối với|tại|ở|cho|với|về) (?:các |cả |cấp |ủy ban nhân dân |mọi |tất cả )*$")


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
    while comma >= 0 and any(m.start < comma < m.end for m in sentence.tiers):
        comma = sentence.line.key.find(", ", comma + 1, stop)
    return comma if comma >= 0 else stop


def _inherited(sentence: Sentence, amount: Amount, state: State, order: Order | None) -> str:
    if order:
        return order.tier
    if state.ordered and state.lead_tier:
        return state.lead_tier
    first = min((a.start for a in sentence.amounts), default=0)
    leading = [
        m for m in sentence.tiers
        if m.end <= first and m.tier != "country" and not _OF.search(sentence.line.key, 0, m.start)
    ]  # fmt: skip
    if sentence.line.key.startswith("trong đó") and state.paragraph_tier:
        return state.paragraph_tier
    return leading[-1].tier if leading else state.tier
