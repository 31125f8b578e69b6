"""Tasks: an order as a fact, with lead, partners, product and deadline."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

from lienthong.data.reading.dates import Named, settled
from lienthong.data.reading.facts import DateBasis, Fact, Kind
from lienthong.data.reading.orders import deadline_of, partner_span
from lienthong.data.reading.sentence import Sentence
from lienthong.data.reading.state import Order, State
from lienthong.data.reading.words import any_of, pattern, table

_GENERIC = re.compile(
    r"(?:tập trung |khẩn trương )?(?:thực hiện|triển khai|chỉ đạo)?(?: (?:các|một số|những))?(?: nội dung| nhiệm vụ| việc| công việc)?(?: sau| sau đây)? ?:?"
)


@cache
def _deadline_words() -> re.Pattern[str]:
    return re.compile(rf"[,;]? ?{table('verbs')['deadline']}$")


@cache
def _product() -> re.Pattern[str]:
    return re.compile(rf"{any_of(table('verbs')['product'])}:? (?P<words>[^;.]+)")


def tasks(sentence: Sentence, state: State, orders: list[Order]) -> list[Fact]:
    """One fact for each order that is more than a figure to reach."""
    found: list[Fact] = []
    for order in orders:
        if order.reaches or _only_introduces(sentence, order):
            continue
        for part in _by_deadline(sentence, order):
            _append(found, sentence, state, order, part)
    return _with_trailers(sentence, state, orders, found)


def _append(found: list[Fact], sentence: Sentence, state: State, order: Order, part: tuple[int, int]) -> None:
    named = _deadline_in(sentence, part, order, state)
    action = _action(sentence, part)
    if not action:
        if found and named:
            found[-1] = _dated(found[-1], sentence, named)
        return
    start = order.lead_span[0] if order.lead_span and part[0] == order.action[0] else part[0]
    product = _product().search(sentence.line.key, *part)
    fact = Fact(
        number=0, kind=Kind.TASK, text=sentence.line.text[start : part[1]].strip(" ,;.:"), subject=action,
        tier=order.tier, lead=order.lead, partners=order.partners,
        product=sentence.line.text[slice(*product.span("words"))].strip() if product else "",
        paragraph=state.paragraph, certainty=_certainty(order, named),
    )  # fmt: skip
    found.append(_dated(fact, sentence, named) if named else fact)


def _dated(fact: Fact, sentence: Sentence, named: Named) -> Fact:
    words = sentence.line.text[named.start : named.end]
    return replace(fact, date=named.last, date_basis=named.basis, date_text=words)


def _only_introduces(sentence: Sentence, order: Order) -> bool:
    """ "yêu cầu các bộ, ngành tập trung thực hiện:" is no work by itself."""
    words, colon, _ = sentence.line.key[slice(*order.action)].partition(":")
    return bool(colon) and _GENERIC.fullmatch(words.strip()) is not None


def _by_deadline(sentence: Sentence, order: Order) -> list[tuple[int, int]]:
    """ "trình trước ngày 25/10 và tổ chức xong trước ngày 15/01" are two pieces of work."""
    start, end = order.action
    key, parts = sentence.line.key, []
    for named in sentence.dates:
        if start < named.start and named.end < end and named.usable:
            again = re.compile(r",? (?:và|đồng thời) ").match(key, named.end)
            if again and pattern("verbs", "actions").match(key, again.end()):
                parts.append((start, named.end))
                start = again.end()
    return [*parts, (start, end)]


def _deadline_in(sentence: Sentence, part: tuple[int, int], order: Order, state: State) -> Named | None:
    own = [d for d in sentence.dates if d.usable and not d.now and part[0] <= d.start < part[1]]
    if own:
        return settled(own[-1], state.dated, future=True)
    return deadline_of(sentence, order, state) if part[0] == order.action[0] else None


def _action(sentence: Sentence, part: tuple[int, int]) -> str:
    """The words of the work, without partners and deadlines; empty when nothing but a deadline stands."""
    gone = [
        _with_deadline_words(sentence, d, part[0])
        for d in sentence.dates
        if part[0] <= d.start < part[1] and not d.now
    ]
    if team := partner_span(sentence, *part):
        gone.append((part[0], team[1]))
    if product := _product().search(sentence.line.key, *part):
        gone.append(product.span())
    if alone := re.compile(r"chủ trì,? (?!phối hợp|cùng)").match(sentence.line.key, part[0]):
        gone.append((part[0], alone.end()))
    kept, at = [], part[0]
    for begin, end in sorted(gone):
        kept.append(sentence.line.text[at : max(begin, at)])
        at = max(at, end)
    kept.append(sentence.line.text[at : part[1]])
    words = re.sub(r"\s+", " ", " ".join(piece.strip(" ,;.:") for piece in kept if piece.strip(" ,;.:")))
    return (
        ""
        if len(words) < 4 or re.fullmatch(r"(?:báo cáo|hoàn thành|xong|thực hiện|thời hạn)", words.lower())
        else words
    )


def _with_deadline_words(sentence: Sentence, named: Named, floor: int) -> tuple[int, int]:
    before = _deadline_words().search(sentence.line.key, floor, named.start)
    return (before.start() if before else named.start), named.end


def _with_trailers(sentence: Sentence, state: State, orders: list[Order], found: list[Fact]) -> list[Fact]:
    """ "…; sản phẩm: …; thời hạn: quý III" says more of the task before it."""
    covered = [(o.start, o.end) for o in orders]
    for start, end in sentence.segments:
        if not found or (start, end) in covered:
            continue
        if product := _product().match(sentence.line.key[start:end].lstrip()):
            shift = end - len(sentence.line.key[start:end].lstrip())
            begin, stop = product.span("words")
            found[-1] = replace(found[-1], product=sentence.line.text[shift + begin : shift + stop].strip())
        if re.match(r"\s*(?:thời hạn|thời gian|hoàn thành|xong|báo cáo)", sentence.line.key[start:end]):
            for named in [d for d in sentence.dates if start <= d.start < end and d.usable]:
                found[-1] = _dated(found[-1], sentence, settled(named, state.dated, future=True))
    return found


def _certainty(order: Order, named: Named | None) -> float:
    sure = 0.6 + (0.2 if order.stated else 0) + (0.15 if named and named.last else 0)
    if named and named.basis is DateBasis.YEAR_FROM_DOCUMENT:
        sure -= 0.05
    return round(sure, 2)


__all__ = ["date", "tasks"]
