"""Who is told to do what: the orders in a sentence."""

import re
from dataclasses import replace
from functools import cache

from lienthong.data.reading.dates import Named, settled
from lienthong.data.reading.government import joined, mentions, provinces
from lienthong.data.reading.sentence import Sentence
from lienthong.data.reading.state import Order, State
from lienthong.data.reading.words import pattern, table

_LONGEST_LEAD = 220
_COUNTED = ("nhiệm vụ", "chỉ tiêu")
_LEAD_INS = re.compile(
    r"\s*(?:(?:và|đồng thời|riêng|ngoài ra|trong đó|trong|trước|đến|chậm nhất|từ nay|kết luận|ông|bà)(?!\w)[ ,:]*|\(?(?:[ivx]{1,4}|\d{1,2}|[a-zđ])\) |[\"“”:,.–•-]\s*)*"
)
_AFTER_ORDER_WORD = re.compile(r"[ :,]*(?:thêm |rõ )?")
_NEGATED = re.compile(r"(?<!\w)(?:không|chưa|đã|chẳng|từng|được|không được|nếu) $")
_BOILERPLATE = re.compile(
    r"chịu trách nhiệm thi hành|thông báo để|có hiệu lực|nơi nhận|là (?:thành viên|ủy viên|trưởng ban|phó trưởng ban)"
)
_TEAM = re.compile(r"(?<!\w)phối hợp(?: chặt chẽ)?(?: với|,? cùng)? ")


@cache
def _agencies() -> re.Pattern[str]:
    words = "|".join(table("government")["agencies"])
    return re.compile(rf"(?:(?:{words})|{provinces().pattern})(?=[\W]|(?<=\W)|$)?")


@cache
def _verbs() -> re.Pattern[str]:
    verbs = table("verbs")
    return re.compile(
        rf"(?P<reach>{_group(verbs['reach'])})|(?P<modal>{_group(verbs['modals'])})|(?P<action>{_group(verbs['actions'])})"
    )


def _group(words: list[str]) -> str:
    return r"(?<!\w)(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")(?!\w)"


@cache
def _described() -> re.Pattern[str]:
    return re.compile(rf"{_group(table('verbs')['described'])} $")


def orders_in(sentence: Sentence, state: State) -> list[Order]:
    """The orders of a sentence, left to right; a lead holds until another takes its place."""
    if _BOILERPLATE.search(sentence.line.key):
        return []
    found: list[Order] = []
    lead, tier, given = (state.lead, state.lead_tier, state.ordered)
    for start, end in sentence.segments:
        order = _named_order(sentence, state, start, end)
        if order is None and lead and (verb := _verb_at_start(sentence, start, end)):
            order = _order(sentence, (start, end), (lead, tier), verb)
        if order is None:
            continue
        if not _may_stand(sentence, order, state, given=given or bool(found)):
            continue
        lead, tier = order.lead, order.tier
        found.append(order)
    return found


def lead_alone(sentence: Sentence) -> tuple[str, str] | None:
    """A paragraph that only names who the list under it is for: "Bộ Y tế:". Its words and tier."""
    text, key = sentence.line.text.rstrip(), sentence.line.key.rstrip()
    if not text.endswith(":") or len(text) > _LONGEST_LEAD:
        return None
    begin = _after_order_word(sentence, 0, len(key)) or 0
    if not _agencies().match(key, begin):
        return None
    if any(m["modal"] or m["action"] for m in _verbs().finditer(key, begin) if _is_verb(sentence, m)):
        return _lead_before_verb(sentence, begin)
    return text[begin:-1].strip(" ,"), joined(_tiers(key[begin:]))


def _lead_before_verb(sentence: Sentence, begin: int) -> tuple[str, str] | None:
    verb = _first_verb(sentence, begin, len(sentence.line.key))
    if verb is None:
        return None
    lead = sentence.line.text[begin : verb[0]].strip(" ,:")
    return lead, joined(_tiers(sentence.line.key[begin : verb[0]]))


def _named_order(sentence: Sentence, state: State, start: int, end: int) -> Order | None:
    begin = _after_order_word(sentence, start, end)
    stated = begin is not None
    if begin is None:
        begin = _skipped(sentence, start, end)
    if not _agencies().match(sentence.line.key, begin):
        return None
    verb = _first_verb(sentence, begin, end)
    if verb is None or verb[0] - begin > _LONGEST_LEAD:
        return None
    if any(begin < a.start < verb[0] and a.unit in _COUNTED for a in sentence.amounts):
        return None  # "giao các bộ 24 nhiệm vụ" counts
    stop = _lead_end(sentence, begin, verb[0])
    lead = sentence.line.text[begin:stop].strip(" ,:")
    tiers = _tiers(sentence.line.key[begin:stop])
    tier = joined(tiers) if tiers else state.tier
    order = _order(sentence, (start, end), (lead, tier), verb, (begin, stop))
    if not (stated or order.stated) and _is_routine(sentence, order):
        return None
    return replace(order, stated=stated or order.stated)


def _is_routine(sentence: Sentence, order: Order) -> bool:
    """ "Trung tâm tiếp nhận 1.046 hồ sơ" tells what an office did."""
    found = re.compile(_group(table("verbs")["routine"]) + " ").match(sentence.line.key, order.action[0])
    if found is None:
        return False
    return any(0 <= a.start - found.end() < 12 and not a.is_share for a in sentence.amounts)


def _tiers(key: str) -> frozenset[str]:
    found = frozenset[str]().union(*(m.tiers for m in mentions(key)))
    return found - {"country"} if len(found) > 1 else found


def _after_order_word(sentence: Sentence, start: int, end: int) -> int | None:
    """Where the agency begins after "giao", "yêu cầu", "đề nghị"; None where nobody is ordered."""
    key = sentence.line.key
    for found in pattern("verbs", "orders").finditer(key, start, end):
        between = _AFTER_ORDER_WORD.match(key, found.end())
        at = between.end() if between else found.end()
        if _agencies().match(key, at) and not _NEGATED.search(key, max(0, found.start() - 14), found.start()):
            return at
    return None


def _skipped(sentence: Sentence, start: int, end: int) -> int:
    """Past lead-ins and dates at the beginning of a segment."""
    at = start
    while at < end:
        named = next((d for d in sentence.dates if d.start <= at < d.end), None)
        step = _LEAD_INS.match(sentence.line.key, at, end)
        if named:
            at = named.end
        elif step and step.end() > at:
            at = step.end()
        else:
            break
    return at


def _is_verb(sentence: Sentence, match: re.Match[str]) -> bool:
    """Names of agencies hold verbs, too: Bộ Xây dựng, Bộ Giáo dục và Đào tạo."""
    return sentence.line.text[match.start()].islower() or sentence.line.text.isupper()


def _first_verb(sentence: Sentence, begin: int, end: int) -> tuple[int, str] | None:
    """The verb that ends the lead: a word of duty if the sentence has one, else the first verb that describes nobody."""
    key = sentence.line.key
    found = [m for m in _verbs().finditer(key, begin, end) if _is_verb(sentence, m)]
    free = [m for m in found if not _described().search(key, max(0, m.start() - 8), m.start())]
    if not free:
        return None
    described = len(free) < len(found) and found[0] is not free[0]
    duty = next((m for m in free if m["modal"]), None) if described else None
    first = duty or free[0]
    return first.start(), str(first.lastgroup)


def _verb_at_start(sentence: Sentence, start: int, end: int) -> tuple[int, str] | None:
    at = _skipped(sentence, start, end)
    found = _verbs().match(sentence.line.key, at)
    return (at, str(found.lastgroup)) if found else None


def _lead_end(sentence: Sentence, begin: int, end: int) -> int:
    """Before dates and side remarks: "Bộ Y tế trong quý I", "Sở Nội vụ là cơ quan đầu mối"."""
    cut = re.search(
        r"(?:,? (?:là (?:cơ quan|đơn vị|đầu mối)|trong |trước |theo |căn cứ |trên cơ sở |cùng với |(?:sớm|tích cực|chủ động|cùng|tiếp tục|cũng|nhanh chóng|kịp thời|thường xuyên) ?$))",
        sentence.line.key[begin:end],
    )
    if cut:
        end = begin + cut.start()
    for named in sentence.dates:
        if begin < named.start < end:
            end = named.start
    return end


def _order(
    sentence: Sentence,
    part: tuple[int, int],
    who: tuple[str, str],
    verb: tuple[int, str],
    span: tuple[int, int] | None = None,
) -> Order:
    """An order in `part` of the sentence to `who` (words and tier), whose duty or action begins at `verb`."""
    key, end = sentence.line.key, part[1]
    at = _past_modals(key, verb[0], end)
    shares = any(at <= a.digits < end for a in sentence.amounts)
    word = _verbs().match(key, at)
    return Order(
        *part,
        *who,
        (at, end),
        reaches=bool(word and word["reach"]) and shares,
        stated=verb[1] == "modal" or key.startswith("chủ trì", at),
        lead_span=span,
        partners=_partners(sentence, at, end),
    )


def _past_modals(key: str, at: int, end: int) -> int:
    """Where the work begins after "phải", "có trách nhiệm"."""
    while (found := pattern("verbs", "passed").match(key, at, end)) and found.end() < end:
        at = found.end() + 1
    return at


def _may_stand(sentence: Sentence, order: Order, state: State, *, given: bool) -> bool:
    """An order, not news: nothing done already, no other document cited, some sign of duty or of a deadline."""
    key = sentence.line.key
    begin = order.lead_span[0] if order.lead_span else order.action[0]
    between = key[begin : order.action[0]]
    reported = not order.stated and re.search(r"(?<!\w)(?:đã|đang|vừa|đều)(?!\w)", between)
    if reported or re.search(rf"{_group(table('verbs')['past'])} ?$", between) or _is_cited(key, begin):
        return False
    if state.kind_weight + state.section_weight < 0 and not order.stated:
        return False
    deadline = deadline_of(sentence, order, state)
    if deadline and deadline.last and state.dated and deadline.last < state.dated:
        return False
    return order.stated or given or deadline is not None or state.kind_weight > 0


def _is_cited(key: str, end: int) -> bool:
    return any(pattern("cues", name).search(key, 0, end) for name in ("citations", "basis"))


def deadline_of(sentence: Sentence, order: Order, state: State) -> Named | None:
    """The last date in the order's words, else the one that opens the sentence."""
    own = [d for d in sentence.dates if d.usable and not d.now and order.start <= d.start < order.end]
    leading = [
        d for d in sentence.dates if d.usable and not d.now and d.end <= (order.lead_span or order.action)[0]
    ]
    named = own[-1] if own else (leading[0] if leading and leading[0].start < 25 else None)
    return settled(named, state.dated, future=True) if named else None


def _partners(sentence: Sentence, start: int, end: int) -> tuple[str, ...]:
    span = partner_span(sentence, start, end)
    if span is None:
        return ()
    words = sentence.line.text[slice(*span)].strip(" ,")
    pieces = re.split(r"(?:, (?:và )?| và )(?=(?:các |[A-ZĐÀ-Ỹ]))", words)
    return tuple(piece for piece in _whole_names(pieces) if piece)


def _whole_names(pieces: list[str]) -> list[str]:
    """Bộ Giáo dục và | Đào tạo is one name: a piece that begins no agency belongs to the one before."""
    whole: list[str] = []
    for piece in pieces:
        if whole and not _agencies().match(piece.lower()) and not piece.startswith("các "):
            whole[-1] += " và " + piece
        else:
            whole.append(piece)
    return whole


def partner_span(sentence: Sentence, start: int, end: int) -> tuple[int, int] | None:
    """The words between "phối hợp với" and the next verb."""
    team = _TEAM.search(sentence.line.key, start, end)
    if not team or team.start() - start > 40:
        return None
    verb = next(
        (m for m in _verbs().finditer(sentence.line.key, team.end(), end) if _is_verb(sentence, m)), None
    )
    return (team.end(), verb.start()) if verb else None
