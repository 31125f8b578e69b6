"""Targets, observations, counts and rankings: what each number of a sentence says."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from lienthong.data.reading.amounts import Amount
from lienthong.data.reading.dates import Named, settled
from lienthong.data.reading.facts import Change, Comparator, DateBasis, Fact, Kind
from lienthong.data.reading.government import mentions
from lienthong.data.reading.sentence import Sentence, in_list
from lienthong.data.reading.state import Order, State
from lienthong.data.reading.subjects import Head, left_words, subject_of
from lienthong.data.reading.tiers import tier_of
from lienthong.data.reading.words import pattern, table

COUNTED_AS_TASKS = ("nhiệm vụ", "chỉ tiêu", "mục tiêu")
_LIMITS = (Comparator.AT_LEAST, Comparator.AT_MOST)
_DEADLINE = re.compile(r"(?:trước|chậm nhất|muộn nhất|xong|hạn|thời hạn)(?: là| hết| ngày)? $")
_UNTIL = re.compile(r"(?:đến|vào|tới|hết)(?: hết| cuối)? $")
_SO_FAR = re.compile(r"tính đến(?: hết| ngày)? $")
_ONCE_SET = re.compile(
    r"(?:mục tiêu|chỉ tiêu|kế hoạch)(?: (?:là|đề ra|đặt ra|giao|được giao|năm))* (?:\S+ )?$"
)
_WHOLE = re.compile(
    r"^(?:qua )?(?:trong|trên|trong tổng số|trong số|(?<=qua )(?:kiểm tra|rà soát|khảo sát|thanh tra|đánh giá)(?: tại)?) $"
)
_ACTED = re.compile(r"(?: (?:của|thuộc|trong|trên) [^,;:\d]{2,30})? (?:đã|đang|vừa) [^,;:\d]{2,40}$")
_AND_FIRST = re.compile(r"^(?:và|còn) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with the weight of what speaks for a target (positive) or a measurement (negative)."""

    amount: Amount
    weight: float
    named: Named | None
    clause: tuple[int, int]


def figures(sentence: Sentence, state: State, orders: list[Order]) -> list[tuple[int, Fact]]:
    """The facts that rest on numbers, each with the place of its number, in the order of the words."""
    found: list[tuple[int, Fact]] = []
    heads: list[Head] = []
    for amount in sentence.amounts:
        reading = _weighed(sentence, amount, state, _order_at(orders, amount))
        if _says_nothing(sentence, reading, state, _order_at(orders, amount)):
            continue
        if found and found[-1][1].kind is not Kind.TARGET and _in_brackets(sentence, amount):
            reading = replace(reading, weight=-1.0)
        fact = _fact(sentence, reading, state, orders, heads)
        heads.append(Head(fact.subject, left_words(sentence, amount)))
        found.append((amount.digits, fact))
    return found


def _in_brackets(sentence: Sentence, amount: Amount) -> bool:
    """ "38 nhiệm vụ đã hoàn thành (86,4%)": the share of a figure that stands before the bracket."""
    return bool(re.search(r"\((?:đạt |chiếm |bằng )?(?:tỷ lệ )?$", sentence.line.key[: amount.start]))


def _order_at(orders: list[Order], amount: Amount) -> Order | None:
    return next((o for o in orders if o.start <= amount.digits < o.end), None)


@cache
def _cues() -> tuple[tuple[int, re.Pattern[str]], ...]:
    return tuple((int(w), pattern("cues", "weights", w)) for w in table("cues")["weights"])


def _weighed(sentence: Sentence, amount: Amount, state: State, order: Order | None) -> Reading:
    key = sentence.line.key
    named = _named_for(sentence, amount)
    clause = _clause(sentence, amount)
    weight = 0.0
    for cue_weight, words in _cues():
        if words.search(key, clause[0], amount.digits):
            weight += cue_weight
        elif words.search(key, 0, clause[0]):
            weight += cue_weight / 2
    if remark := re.compile(r" ?\([^)]*\)").match(
        key, clause[1] if key[clause[1] - 1 : clause[1]] == " " else amount.end
    ):
        weight += sum(w for w, words in _cues() if words.search(remark[0]))
    weight += state.paragraph_weight + state.section_weight + state.kind_weight * 0.8
    weight += 2 if amount.comparator in _LIMITS and amount.cued else 0
    weight += 2 if order else 0
    weight += _weight_of_date(key, named, state.dated)
    if named is None and (last := _trailing(sentence, amount)):
        weight += max(0.0, 0.75 * _weight_of_date(key, last, state.dated))
    return Reading(amount, weight, named, clause)


def _weight_of_date(key: str, named: Named | None, dated: date | None) -> float:
    """A day gone by tells of a measurement, one to come or "trước ngày" of a target."""
    if named is None:
        return 0
    before = key[max(0, named.start - 25) : named.start]
    due, until = _DEADLINE.search(before), _UNTIL.search(before)
    if named.now or _SO_FAR.search(before):
        return -4
    if named.basis is DateBasis.UNKNOWN_YEAR or named.last is None:
        return 3 if due else 0
    if dated is None:
        return 2 if until else 0
    to_come = named.first is not None and named.first > dated
    return -6 if named.last < dated else 4 if to_come or due or until else 0


def _clause(sentence: Sentence, amount: Amount) -> tuple[int, int]:
    """From the last comma before the number (or the number before it) to the next after it."""
    key, begin, stop = sentence.line.key, sentence.before(amount), sentence.after(amount)
    signs = [
        i
        for i in range(begin, stop)
        if key[i] in ",:" and key[i + 1 : i + 2] == " " and not in_list(sentence, i)
    ]
    earlier, later = [i for i in signs if i < amount.start], [i for i in signs if i >= amount.end]
    return (earlier[-1] + 2 if earlier else begin), (later[0] if later else stop)


def _named_for(sentence: Sentence, amount: Amount) -> Named | None:
    """The date beside the number, else the last before it that belongs to no other number."""
    if beside := _beside(sentence, amount) or _before_bracket(sentence, amount):
        return beside
    owned = {id(n) for other in sentence.amounts if (n := _beside(sentence, other))}
    before = [d for d in sentence.dates if d.usable and d.end <= amount.digits and id(d) not in owned]
    return before[-1] if before else None


def _beside(sentence: Sentence, amount: Amount) -> Named | None:
    """A date in the words right after the number, before any comma and the next number."""
    stop = sentence.after(amount)
    if amount.change is Change.TIMES:
        return None  # "gấp 8 lần năm 2019" compares with that year
    for named in sentence.dates:
        if named.usable and amount.end <= named.start and named.end <= stop:
            between = sentence.line.key[amount.end : named.start]
            commas = [i for i in range(amount.end, named.start) if sentence.line.key[i] == ","]
            if all(in_list(sentence, i) for i in commas) and "(" not in between and not _opens_next(between):
                return named
    return None


def _before_bracket(sentence: Sentence, amount: Amount) -> Named | None:
    """ "so với năm 2019 (gần 11%)": the figure is that year's."""
    return next((d for d in sentence.dates if sentence.line.key[d.end : amount.start] == " ("), None)


def _opens_next(between: str) -> bool:
    return (
        bool(re.search(r"(?<!\w)(?:và|còn|;|đến nay|nay)(?!\w)(?! (?:trước|vào|trong|đến))", between))
        and len(between) > 40
    )


def _trailing(sentence: Sentence, amount: Amount) -> Named | None:
    return next((d for d in sentence.dates if d.usable and d.start >= amount.end), None)


def _says_nothing(sentence: Sentence, reading: Reading, state: State, order: Order | None) -> bool:
    checks = (_is_cited, _is_denied, _is_aside, _is_stray)
    return any(check(sentence, reading) for check in checks) or _is_part_of_order(sentence, reading, order)


def _is_cited(sentence: Sentence, reading: Reading) -> bool:
    key, end = sentence.line.key, reading.amount.digits
    aimed = reading.named is not None and _UNTIL.search(key, 0, reading.named.start)
    if (reading.weight > 0 or aimed) and pattern("cues", "basis").search(key, 0, end):
        return True
    return bool(pattern("cues", "citations").search(key, 0, end))


def _is_denied(sentence: Sentence, reading: Reading) -> bool:
    key, amount = sentence.line.key, reading.amount
    segment = sentence.segment_of(amount.start)
    begin = max(segment[0], key.rfind(", ", segment[0], amount.start) + 1)
    if pattern("cues", "formerly").search(key, segment[0], amount.digits):
        return reading.weight > 0
    if pattern("cues", "denials").search(key, begin, amount.digits):
        return True
    if reading.weight <= 0 and amount.is_share and _ONCE_SET.search(key, begin, amount.digits):
        return True
    after = pattern("cues", "denials_after").search(key, amount.end, reading.clause[1])
    return (
        bool(after)
        and reading.weight > -6
        and bool(re.search("mục tiêu|chỉ tiêu|kế hoạch|đạt mức", key[segment[0] : amount.end]))
    )


def _is_aside(sentence: Sentence, reading: Reading) -> bool:
    return bool(pattern("cues", "asides").search(sentence.line.key))


def _is_stray(sentence: Sentence, reading: Reading) -> bool:
    """A number in passing: a span of time that is no limit, a total of which a part is told, an unknown unit."""
    amount, key = reading.amount, sentence.line.key
    numbers = table("numbers")
    if amount.unit.split("/")[0] in numbers["durations"] and "/" not in amount.unit:
        begin = sentence.segment_of(amount.start)[0]
        timed = re.search(r"thời gian|thời hạn giải quyết|chờ", key[begin : amount.digits])
        if not (timed or amount.comparator in (Comparator.AT_MOST, Comparator.BELOW)):
            return True
    before = key[sentence.segment_of(amount.start)[0] : amount.start].lstrip()
    if _WHOLE.match(before) and not amount.is_share:
        return True
    if _is_actor(sentence, amount):
        return True
    return amount.value == 0 and amount.unit != "%"


def _is_actor(sentence: Sentence, amount: Amount) -> bool:
    """ "124 xã, phường đã tiếp nhận 611.302 hồ sơ": who did it, no figure of its own."""
    later = next((a for a in sentence.amounts if a.start >= amount.end), None)
    if later is None or not mentions(amount.unit) or later.is_share:
        return False
    return bool(_ACTED.fullmatch(sentence.line.key[amount.end : later.start].rstrip()))


def _is_part_of_order(sentence: Sentence, reading: Reading, order: Order | None) -> bool:
    """In an order to do something, numbers other than shares are part of the work."""
    if order is None:
        return False
    amount = reading.amount
    if order.lead_span and order.lead_span[0] <= amount.digits < order.lead_span[1]:
        return True
    if order.reaches:
        return False
    return not amount.is_share and amount.unit not in ("hạng", "bậc") and not _tells_level(sentence, amount)


def _tells_level(sentence: Sentence, amount: Amount) -> bool:
    begin = sentence.before(amount)
    return bool(
        re.search(
            r"(?<!\w)(?:đạt|là)(?: [^\W\d]+){0,2} $", sentence.line.key[begin : amount.start] + " ".rstrip()
        )
    )


def _fact(sentence: Sentence, reading: Reading, state: State, orders: list[Order], heads: list[Head]) -> Fact:
    amount = reading.amount
    kind = _kind(reading)
    order = _order_at(orders, amount)
    named = _dated(sentence, reading, kind, state, order)
    day, basis = _day(named, kind, state)
    floor = order.lead_span[1] if order and order.lead_span else 0
    subject, words = subject_of(sentence, amount, heads, state.head, floor)
    return Fact(
        number=0, kind=kind, text=_words(sentence, reading, words), subject=subject,
        tier=tier_of(sentence, amount, state, order),
        comparator=amount.comparator, value=amount.value, to=amount.to, of=amount.of,
        unit=amount.unit, change=amount.change, date=day, date_basis=basis,
        date_text=sentence.line.text[named.start : named.end] if named and named in sentence.dates else "",
        paragraph=state.paragraph, certainty=_certainty(reading, basis, subject),
    )  # fmt: skip


def _kind(reading: Reading) -> Kind:
    amount = reading.amount
    if amount.unit in COUNTED_AS_TASKS and not amount.is_share:
        return Kind.TASK_COUNT
    if amount.unit in ("hạng", "bậc"):
        return Kind.TARGET if reading.weight > 2 else Kind.RANKING
    return Kind.TARGET if reading.weight > 0 else Kind.OBSERVATION


def _dated(
    sentence: Sentence, reading: Reading, kind: Kind, state: State, order: Order | None
) -> Named | None:
    if reading.named:
        return reading.named
    if kind is Kind.TARGET:
        inherited = state.paragraph_date or state.section_date or state.title_date
        return _trailing(sentence, reading.amount) or inherited
    if kind is Kind.TASK_COUNT and order:
        return _trailing(sentence, reading.amount)
    return state.paragraph_date if sentence.line.key.startswith("trong đó") else None


def _day(named: Named | None, kind: Kind, state: State) -> tuple[date | None, DateBasis]:
    if named is None:
        if kind is Kind.TARGET or state.dated is None:
            return None, DateBasis.NONE
        return state.dated, DateBasis.DOCUMENT
    inherited = named in (state.section_date, state.paragraph_date, state.title_date)
    named = settled(named, state.dated, future=kind is Kind.TARGET)
    return named.last, DateBasis.SECTION if inherited and named.last else named.basis


def _words(sentence: Sentence, reading: Reading, words: tuple[int, int]) -> str:
    start, end = min(words[0], reading.clause[0]), max(words[1], reading.amount.end, reading.clause[1])
    return _AND_FIRST.sub("", sentence.line.text[start:end].strip(" ,;:.-–•("))


def _certainty(reading: Reading, basis: DateBasis, subject: str) -> float:
    sure = 0.6 + min(abs(reading.weight), 6) / 20
    sure -= 0.2 if not reading.amount.known_unit else 0
    sure -= 0.15 if not subject else 0
    sure -= 0.05 if basis in (DateBasis.YEAR_FROM_DOCUMENT, DateBasis.UNKNOWN_YEAR, DateBasis.SECTION) else 0
    return round(max(0.1, min(0.95, sure)), 2)
