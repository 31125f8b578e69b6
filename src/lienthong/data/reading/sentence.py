"""A sentence taken apart: its dates, tiers, numbers and segments."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from lienthong.data.reading.amounts import Amount, amounts
from lienthong.data.reading.dates import Named, named_dates
from lienthong.data.reading.government import Mention, mentions
from lienthong.data.reading.layout import segments
from lienthong.data.reading.ranks import ranks
from lienthong.data.reading.words import Line, pattern, spans, table

_COMMA = re.compile(r",(?= )|;|:|\(")
_AND = re.compile(r"(?<!\w)(?:và|còn|nay|đến nay|trong đó)(?!\w)")
_QUALIFIED = re.compile(
    r"^ ?(?:(?:có |đạt |chỉ đạt |mới đạt |là )?|(?:còn |vẫn |đang )?có [^,;:()\d]{2,50})$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    line: Line
    dates: tuple[Named, ...]
    tiers: tuple[Mention, ...]
    amounts: tuple[Amount, ...]
    segments: tuple[tuple[int, int], ...]
    compounds: tuple[tuple[int, int], ...]

    def segment_of(self, at: int) -> tuple[int, int]:
        return next(((a, b) for a, b in self.segments if a <= at < b), (0, len(self.line.key)))

    def before(self, amount: Amount) -> int:
        """Where the words before this number begin: its segment, or where the words of the number before end."""
        first, _ = self.segment_of(amount.start)
        earlier = max((other.end for other in self.amounts if other.end <= amount.start), default=first)
        return max(first, earlier) if earlier <= first else self._border(earlier, amount.start)

    def after(self, amount: Amount) -> int:
        """Where the words after this number end at the latest: its segment, or where the next number's begin."""
        _, last = self.segment_of(amount.start)
        later = min((other.start for other in self.amounts if other.start >= amount.end), default=last)
        return last if later >= last else self._border(amount.end, later)

    def _border(self, begin: int, end: int) -> int:
        """Between two numbers: the first comma outside a list of agencies, else the last "và", else the second number."""
        signs = [
            m.start() for m in _COMMA.finditer(self.line.key, begin, end) if not in_list(self, m.start())
        ]
        if signs:
            return signs[0]
        ands = [m.start() for m in _AND.finditer(self.line.key, begin, end) if not in_list(self, m.start())]
        return ands[-1] if ands else (end if self.line.key[begin:end].strip() else begin)


def in_list(sentence: Sentence, at: int) -> bool:
    """Whether a comma stands inside a list of agencies ("bộ, ngành, địa phương") or a phrase ("khám, chữa bệnh")."""
    return any(m.start < at < m.end for m in sentence.tiers) or any(a < at < b for a, b in sentence.compounds)


@cache
def _masks() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{mask})" for mask in table("numbers")["masks"]))


def take_apart(line: Line, dated: date | None) -> Sentence:
    """Find everything in one sentence; a number is read once: as a date, a rank, a name or an amount."""
    dates = named_dates(line.key, dated)
    places = [rank for rank in ranks(line.key) if not _inside(rank, dates)]
    blocked = [(d.start, d.end) for d in dates] + [(r.start, r.end) for r in places]
    blocked += [m.span() for m in _masks().finditer(line.key)]
    found = sorted([*places, *amounts(line, blocked)], key=lambda amount: amount.start)
    return Sentence(
        line,
        tuple(dates),
        tuple(mentions(line.key)),
        tuple(_respective(line.key, _unqualified(line.key, _untangled(found)))),
        tuple(segments(line.key)),
        tuple(spans(pattern("subjects", "compounds"), line.key)),
    )


def _inside(rank: Amount, dates: list[Named]) -> bool:
    return any(d.start <= rank.start and rank.end <= d.end for d in dates)


def _untangled(found: list[Amount]) -> list[Amount]:
    """A comparator belongs to one number; what two claim stays with the first."""
    kept: list[Amount] = []
    for amount in found:
        start = max(amount.start, kept[-1].end) if kept else amount.start
        kept.append(replace(amount, start=start))
    return kept


def _respective(key: str, found: list[Amount]) -> list[Amount]:
    """ "tăng lần lượt 37% và 42%": what is said of the first is said of all."""
    kept: list[Amount] = []
    for amount in found:
        if kept and kept[-1].change and amount.change is None and amount.unit == kept[-1].unit:
            alike = key[kept[-1].end : amount.start].strip() in ("và", ",", ", và")
            if alike and "lần lượt" in key[kept[0].start : amount.start]:
                amount = replace(amount, change=kept[-1].change)  # noqa: PLW2901 - the same number, better known
        kept.append(amount)
    return kept


def _unqualified(key: str, found: list[Amount]) -> list[Amount]:
    """Without a number that only tells which are counted: "5 tỉnh đạt trên 90% hồ sơ"."""
    kept: list[Amount] = []
    for amount in found:
        counted = kept and pattern("government", "agencies").match(
            f"{kept[-1].value.to_integral_value()} {kept[-1].unit}"
        )
        if counted and _QUALIFIED.match(key[kept[-1].end : amount.start]) and amount.is_share:
            continue
        kept.append(amount)
    return kept
