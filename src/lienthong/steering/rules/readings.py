"""From a fact that was read to a proposal that a person can correct: plain values, kept as JSON."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from lienthong.data.reading import Comparator, DateBasis, Fact, Kind, Proposed
from lienthong.kit.errors import said
from lienthong.kit.numbers import format_number
from lienthong.steering.rules.deadlines import Deadline
from lienthong.steering.states import Compare, DeadlineKind, Every, Judgement, Proposal

NO_DEADLINE: Final = Deadline()
MOST: Final = 500
"""Proposals of one document; more than that nobody judges one by one."""

KIND_OF: Final = {Kind.TARGET: Proposal.TARGET, Kind.TASK: Proposal.TASK}
"""What is read -> what it may become; counts and rankings are figures that the document tells."""

COMPARE_OF: Final = {
    Comparator.EXACTLY: Compare.REACH,
    Comparator.AT_LEAST: Compare.AT_LEAST,
    Comparator.ABOVE: Compare.ABOVE,
    Comparator.AT_MOST: Compare.AT_MOST,
    Comparator.BELOW: Compare.BELOW,
    Comparator.NEARLY: Compare.ABOUT,
    Comparator.ABOUT: Compare.ABOUT,
    Comparator.BETWEEN: Compare.AT_LEAST,
}
TIER_WORDS: Final = {
    "country": said("quốc gia"),
    "ministry": said("bộ, ngành"),
    "locality": said("địa phương"),
    "province": said("cấp tỉnh"),
    "district": said("cấp huyện"),
    "commune": said("cấp xã"),
}
BASIS_WORDS: Final = {
    DateBasis.WRITTEN: said("ghi rõ trong văn bản"),
    DateBasis.YEAR_FROM_DOCUMENT: said("văn bản không ghi năm: năm suy từ ngày văn bản"),
    DateBasis.RELATIVE: said("tính từ ngày văn bản"),
    DateBasis.SECTION: said("lấy từ đề mục hoặc câu đứng trước"),
    DateBasis.DOCUMENT: said("không nêu ngày: lấy ngày văn bản"),
    DateBasis.UNKNOWN_YEAR: said("không nêu năm và không suy ra được"),
    DateBasis.RECURRING: said("định kỳ, không phải một ngày"),
    DateBasis.EVENT: said("tính từ một sự kiện, chưa thành ngày"),
    DateBasis.NONE: said("văn bản không nêu thời hạn"),
}
AFTER_EVENT: Final = re.compile(
    r"(?P<days>\d{1,3}) ngày(?P<work> làm việc)?,?(?: (?:(?:kể )?từ (?:khi|ngày)|sau khi|khi|sau)(?P<event> .+))?",
    re.IGNORECASE,
)
EVERY_WORDS: Final = (
    (Every.HALF_YEAR, r"(?:6|06|sáu) tháng|nửa năm"),
    (Every.MONTH, r"(?:hằng|hàng|mỗi) tháng|định kỳ tháng"),
    (Every.QUARTER, r"(?:hằng|hàng|mỗi) quý|định kỳ quý"),
    (Every.YEAR, r"(?:hằng|hàng|mỗi) năm|định kỳ năm"),
)
CHANGE_WORDS: Final = {
    "up": said("Đây là mức tăng thêm, không phải mức đạt."),
    "down": said("Đây là mức giảm đi, không phải mức đạt."),
    "times": said("Đây là số lần, không phải mức đạt."),
}


@dataclass(frozen=True)
class TargetFacts:
    """What a person confirmed of a target."""

    subject: str
    value: Decimal | None
    unit: str
    compare: Compare
    due_on: date
    whole: str = ""
    indicator: str = ""
    tier: str = ""
    """A key of TIER_WORDS, several joined by "+"."""
    urgent: bool = False


@dataclass(frozen=True)
class TaskFacts:
    """`leads`, `partners`: codes of agencies."""

    content: str
    leads: tuple[str, ...]
    partners: tuple[str, ...] = ()
    product: str = ""
    deadline: Deadline = NO_DEADLINE


@dataclass(frozen=True)
class ObservationFacts:
    subject: str
    told: str
    value: Decimal | None = None
    out_of: Decimal | None = None
    unit: str = ""
    tier: str = ""
    as_of: date | None = None
    series: str = ""


Confirmed = TargetFacts | TaskFacts | ObservationFacts


def proposal(read: Proposed) -> dict[str, Any]:
    """As kept: what was read and on which words (never changed), and what a person makes of it."""
    fact = read.fact
    return {
        "number": fact.number,
        "judged": Judgement.WAITING.value,
        "kind": KIND_OF.get(fact.kind, Proposal.OBSERVATION).value,
        "read_as": fact.kind.value,
        "before": read.before,
        "words": fact.text,
        "after": read.after,
        "paragraph": fact.paragraph,
        "certainty": round(fact.certainty, 2),
        "date_basis": fact.date_basis.value,
        "date_text": fact.date_text,
        "change": fact.change.value if fact.change else "",
        "comparator": fact.comparator.value if fact.comparator else "",
        "values": values_of(fact),
        "result": {},
    }


def values_of(fact: Fact) -> dict[str, str]:
    """The fields of all kinds, so that a target which was a task loses nothing."""
    return {
        "subject": fact.subject,
        "content": fact.subject if fact.kind is Kind.TASK else fact.text,
        "value": plain(fact.value),
        "out_of": plain(fact.of),
        "unit": fact.unit or "",
        "tier": fact.tier,
        "compare": COMPARE_OF.get(fact.comparator or Comparator.EXACTLY, Compare.REACH).value,
        "date": fact.date.isoformat() if fact.date else "",
        "lead": fact.lead,
        "partners": "; ".join(fact.partners),
        "product": fact.product,
        **deadline_values(fact.date_basis, fact.date_text),
    }


def deadline_values(basis: DateBasis, words: str) -> dict[str, str]:
    """The rule that the words of a deadline name, as fields; {} for a day or none.

    "trong 20 ngày kể từ khi Tỉnh ủy ban hành văn bản": 20 days after that. Working days are no calendar
    days, so their number is left to a person. "trước ngày 25 hằng tháng": monthly, on the 25th.
    """
    text = " ".join(words.split())
    if basis is DateBasis.EVENT:
        found = AFTER_EVENT.search(text)
        days = "" if found is None or found["work"] else found["days"]
        event = found["event"] if found and found["event"] and not found["work"] else text
        return {"deadline_kind": DeadlineKind.RELATIVE.value, "days": days, "event": event.strip()}
    if basis is DateBasis.RECURRING:
        every = next((each.value for each, named in EVERY_WORDS if re.search(named, text, re.IGNORECASE)), "")
        day = re.search(r"ngày (\d{1,2})(?!\d|/)", text) or re.search(r"(?<!\d)(\d{1,2}) (?:hằng|hàng)", text)
        return {"deadline_kind": DeadlineKind.RECURRING.value, "every": every, "day": day[1] if day else ""}
    return {}


def plain(value: Decimal | None) -> str:
    """60, 64.5: as it is typed and kept."""
    return "" if value is None else f"{value.normalize():f}"


def told_words(values: dict[str, str]) -> str:
    """ "60%", "43/76 thủ tục": a figure as a list shows it."""
    if not values.get("value"):
        return ""
    of = f"/{printed(values['out_of'])}" if values.get("out_of") else ""
    return f"{printed(values['value'])}{of} {values.get('unit', '')}".replace(" %", "%").strip()


def printed(kept: str) -> str:
    """A kept number as Vietnamese write it: "64.5" is 64,5."""
    if not kept:
        return ""
    number = Decimal(kept)
    exponent = number.as_tuple().exponent
    return format_number(number, max(0, -exponent) if isinstance(exponent, int) else 0)


def tier_words(tier: str) -> str:
    """ "bộ, ngành và địa phương" """
    return ", ".join(TIER_WORDS[each] for each in tier.split("+") if each in TIER_WORDS)
