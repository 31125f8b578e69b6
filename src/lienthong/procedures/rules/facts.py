"""What a version says, fact by fact, each with how well it is known: for editors, and to compare two versions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from lienthong.kit.errors import said
from lienthong.kit.money import format_dong
from lienthong.procedures.content import Certainty, Content, Fee, Paper, TimeLimit

NOT_STATED: Final = said("nguồn không nêu")
LEVELS: Final = {
    "seen": said("thấy trong văn bản hoặc trên Cổng"),
    "second_hand": said("biết qua nguồn khác"),
    "memory": said("chưa đối chiếu được"),
}
DEGREES: Final = {"high": said("tin cậy cao"), "medium": said("tin cậy vừa"), "low": said("tin cậy thấp")}
UNITS: Final = {
    "hour": said("giờ"),
    "day": said("ngày"),
    "working_day": said("ngày làm việc"),
    "same_day": said("trong ngày làm việc"),
    "month": said("tháng"),
    "other": said("nguồn không nêu đơn vị"),
}
ACTIONS: Final = {
    "submit": said("nộp"),
    "present": said("xuất trình"),
    "looked_up": said("cơ quan tự tra cứu"),
}
DELIVERY: Final = {"full": said("toàn trình"), "partial": said("một phần")}
CHANNEL_WORDS: Final = {"online": said("trực tuyến"), "direct": said("trực tiếp"), "post": said("bưu chính")}
GENERAL: Final = said("Chung")
LIMITS: Final = said("Thời hạn")
FEES: Final = said("Phí, lệ phí")
PAPERS: Final = said("Thành phần hồ sơ")


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: `label` and `words` are the source's own; `keys` are words of ours, to be translated.

    `words` empty and `keys` empty: the source does not say.
    """

    group: str
    label: str
    words: str
    keys: tuple[str, ...]
    certainty: Certainty
    source: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.group, self.label

    @property
    def said(self) -> tuple[str, tuple[str, ...]]:
        return self.words, self.keys

    @property
    def is_stated(self) -> bool:
        return bool(self.words or self.keys)


def facts_of(content: Content) -> list[Fact]:
    """Every fact that a version is used for, in the order of NĐ 63/2010/NĐ-CP art. 8."""
    makers: list[Callable[[Content], Iterator[Fact]]] = [_general, _limits, _fees, _papers, _rest]
    return [fact for make in makers for fact in make(content)]


def _general(content: Content) -> Iterator[Fact]:
    c = content
    yield Fact(GENERAL, said("Tên"), c.official_name, (), c.sector.certainty, c.issuing_decision or "")
    yield Fact(GENERAL, said("Lĩnh vực"), c.sector.name, (), c.sector.certainty, c.sector.code or "")
    agency = c.authority
    yield Fact(GENERAL, said("Cơ quan giải quyết"), agency.agency, (), agency.certainty, agency.basis or "")
    yield Fact(GENERAL, said("Nơi tiếp nhận"), agency.reception, (), agency.certainty)
    yield Fact(GENERAL, said("Đối tượng"), "; ".join(c.applicants.who), (), c.applicants.certainty)
    channels = tuple(CHANNEL_WORDS[name] for name in c.channels.items)
    yield Fact(GENERAL, said("Cách nộp"), "", channels, c.channels.certainty)
    level = (DELIVERY[c.delivery.value],) if c.delivery.value else ()
    yield Fact(GENERAL, said("Mức độ trực tuyến"), "", level, c.delivery.certainty, c.delivery.note or "")


def _limits(content: Content) -> Iterator[Fact]:
    for number, limit in enumerate(content.limits.items, start=1):
        label = limit.title or f"{limit.id or number}"
        certainty = limit.certainty or content.limits.certainty
        yield Fact(LIMITS, label, *limit_words(limit), certainty, limit.rule or limit.basis or "")


def limit_words(limit: TimeLimit) -> tuple[str, tuple[str, ...]]:
    if limit.reading.same_day:
        return "", (UNITS["same_day"],)
    if limit.value is None:
        return (f"{limit.least}–{limit.most}", ()) if limit.least is not None else ("", ())
    return f"{limit.value}", (UNITS[limit.unit],) if limit.unit else ()


def _fees(content: Content) -> Iterator[Fact]:
    for fee in content.fees.items:
        words = format_dong(fee.amount) if fee.amount is not None else fee.set_by or _in_dollars(fee)
        yield Fact(FEES, fee.case, words, (), fee.certainty or content.fees.certainty, fee.basis or "")


def _in_dollars(fee: Fee) -> str:
    return f"{fee.amount_usd} USD" if fee.amount_usd is not None else ""


def _papers(content: Content) -> Iterator[Fact]:
    for paper in content.papers.items:
        certainty = paper.certainty or content.papers.certainty
        yield Fact(PAPERS, paper.name, paper.when or "", (ACTIONS[paper.action],), certainty, _why(paper))


def _why(paper: Paper) -> str:
    return "; ".join(filter(None, (paper.component_code, paper.basis, paper.not_asked_if)))


def _rest(content: Content) -> Iterator[Fact]:
    c, other = content, said("Biểu mẫu, kết quả, căn cứ")
    sets = "" if c.sets_of_papers is None else f"{c.sets_of_papers}"
    yield Fact(other, said("Số bộ hồ sơ"), sets, (), c.papers.certainty)
    yield Fact(other, said("Mẫu đơn, tờ khai"), c.form.name or "", (), c.form.certainty, c.form.basis or "")
    yield Fact(other, said("Số mục phải khai"), f"{len(c.form.fields)}", (), c.form.certainty)
    yield Fact(other, said("Kết quả"), c.result.name, (), c.result.certainty, "; ".join(c.result.codes))
    yield Fact(other, said("Căn cứ pháp lý"), "; ".join(c.legal_bases.items), (), c.legal_bases.certainty)
    steps = c.steps.items if c.steps else c.process.steps if c.process else ()
    sure = c.steps.certainty if c.steps else c.process.certainty if c.process else c.papers.certainty
    yield Fact(other, said("Các bước"), "; ".join(step.name for step in steps), (), sure)


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that two versions say differently; None: that version does not have it."""

    group: str
    label: str
    before: Fact | None
    after: Fact | None


def changes_between(former: Content, later: Content) -> list[Change]:
    """What differs, in the later version's order, then what it no longer has."""
    before = {fact.key: fact for fact in facts_of(former)}
    after = {fact.key: fact for fact in facts_of(later)}
    return [
        Change(*key, before.get(key), after.get(key))
        for key in [*after, *(key for key in before if key not in after)]
        if _differs(before.get(key), after.get(key))
    ]


def _differs(one: Fact | None, other: Fact | None) -> bool:
    return one is None or other is None or one.said != other.said or one.source != other.source


def how_sure(content: Content) -> dict[str, int]:
    """How many facts are known how well, best first; levels that do not occur are left out."""
    levels = [fact.certainty.level for fact in facts_of(content)]
    return {level: levels.count(level) for level in LEVELS if level in levels}
