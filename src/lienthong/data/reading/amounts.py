"""Numbers with their scale, unit, comparator and direction."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from lienthong.data.reading.facts import Change, Comparator
from lienthong.data.reading.words import Line, any_of, table

_LOOK_BACK = 60

_FORBIDDEN = re.compile(r"(?<!\w)(?:không|không được|không thể) để [^,;.]{0,60}$")
_COMPARED = re.compile(r"(?<!\w)(cao|nhiều|lớn|thấp|ít|nhỏ) hơn $")
_AGAINST = re.compile(r" (?:so với|so cùng kỳ)(?!\w)")
FIGURE = (
    r"(?:\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)|\d{1,3}(?:,\d{3}){2,}(?!\d)|0\.\d+|\d+[.,]\d+|\d+)"
)
_PERCENT = r"(?: ?%| phần trăm| điểm phần trăm)"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a line. `start` is where its comparator begins, `digits` where its figures do, `end` where its unit ends."""

    start: int
    digits: int
    end: int
    value: Decimal
    unit: str
    comparator: Comparator = Comparator.EXACTLY
    to: Decimal | None = None
    of: Decimal | None = None
    change: Change | None = None
    linked: str = ""
    known_unit: bool = True
    cued: bool = False

    @property
    def is_share(self) -> bool:
        return self.unit == "%"


@cache
def _numbers() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = table("numbers")
    return found


@cache
def _pattern() -> re.Pattern[str]:
    """One number: a range, a share of a total or a plain one; then its scale and unit."""
    words = [*_numbers()["digits"], *_numbers()["tens"], *_numbers()["scales"], *table("numbers")["joints"]]
    worded = rf"(?:{'|'.join(words)})(?:\s(?:{'|'.join(words)}))*"
    names = "|".join(_numbers()["scales"])
    scale = rf"(?: ?(?P<scale>(?:(?:{names})(?! lệ| trọng| suất| giá| số| mỉ)(?!\w) ?)+)(?P<half>rưỡi)?)"
    figure = rf"(?<![\w.,/])(?P<low>{FIGURE})"
    upper = rf"(?:(?P<pct>{_PERCENT})?{scale.replace('scale', 'lowscale').replace('half', 'lowhalf')}? ?(?P<dash>-|–|—|đến|tới|/|trên) ?(?P<high>{FIGURE}))"
    return re.compile(rf"(?:{figure}{upper}?|(?<!\w)(?P<words>{worded})(?!\w)){scale}?")


def _units() -> list[str]:
    numbers = table("numbers")
    return [*numbers["units"], *numbers["more_units"], *numbers["no_units"]]


@cache
def _unit_pattern() -> re.Pattern[str]:
    ordered = sorted(_units(), key=len, reverse=True)
    return re.compile(rf" ?(%|(?<![^\W\d])(?:phần trăm|điểm phần trăm|{'|'.join(ordered)})(?!\w))(/\w+)?")


@cache
def _cue_pattern() -> re.Pattern[str]:
    numbers = table("numbers")
    groups = "|".join(
        rf"(?P<{name}>{any_of([_signs(w) for w in words])})" for name, words in numbers["comparators"].items()
    )
    return re.compile(rf"(?:{groups}) ?(?:{any_of(numbers['fillers'])} ){{0,2}}$")


def _signs(word: str) -> str:
    return word if word.isalpha() or " " in word else rf"\B{re.escape(word)}\B"


@cache
def _change_pattern() -> re.Pattern[str]:
    groups = "|".join(rf"(?P<{name}>{any_of(words)})" for name, words in table("numbers")["changes"].items())
    return re.compile(rf"(?:{groups})(?: lần lượt(?: là)?)? ?$")


@cache
def _after_pattern() -> re.Pattern[str]:
    groups = "|".join(rf"(?P<{name}>{any_of(words)})" for name, words in table("numbers")["after"].items())
    return re.compile(rf"^ ?(?:{groups})")


def number_of(figures: str) -> Decimal:
    """1.234,5 and 1,234,567 and 0.78 and 12 345 (with a space that does not break)."""
    bare = figures.replace("\u00a0", ".").replace("\u202f", ".")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", bare) and not bare.startswith("0."):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", bare):
        return Decimal(bare.replace(",", ""))
    return Decimal(bare.replace(",", "."))


def worded_number(words: str) -> int | None:
    """hai mươi sáu: 26; một nghìn hai trăm: 1200; ba mươi nghìn tỷ: 3 * 10**13. None where it is no one number."""
    numbers = _numbers()
    total, group, digit = 0, 0, None
    for word in words.split():
        if word in numbers["scales"]:
            counted = group + (digit or 0)
            # A scale right after a scale multiplies all before it: nghìn tỷ.
            total = (
                total + counted * numbers["scales"][word]
                if counted
                else (total or 1) * numbers["scales"][word]
            )
            group, digit = 0, None
        elif word in numbers["tens"]:
            group, digit = group + (1 if digit is None else digit) * numbers["tens"][word], None
        elif word in numbers["digits"]:
            if digit is not None:
                return None
            digit = numbers["digits"][word]
    return total + group + (digit or 0)


def amounts(line: Line, blocked: list[tuple[int, int]]) -> list[Amount]:
    """Every number that measures something, outside the blocked spans, from left to right."""
    found: list[Amount] = []
    for match in _pattern().finditer(line.key):
        if any(start < match.end() and match.start() < end for start, end in blocked):
            continue
        if amount := _amount(line, match):
            found.append(amount)
    return found


def _amount(line: Line, match: re.Match[str]) -> Amount | None:
    value, to, of, end = _values(match)
    if value is None:
        return None
    unit, end, known = _unit(line, end, match)
    if unit is None or unit in table("numbers")["no_units"]:
        return None
    if not known and 1900 <= value <= 2100 and not match["scale"]:
        return None  # a year: "năm 2022 và 2023"
    if match["words"] and not _worded_may_stand(match["words"], known=known):
        return None
    plain = Amount(match.start(), match.start(), end, value, unit, to=to, of=of, known_unit=known)
    return _with_cues(line, plain)


def _worded_may_stand(words: str, *, known: bool) -> bool:
    """A single number word is too often something else: "năm" is a year, "một số" is some."""
    return known and (
        " " in words or words not in ("một", "năm", "không", "tư", "mốt", "lăm", "nhăm", "linh", "lẻ")
    )


def _values(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None, Decimal | None, int]:
    """Value, upper end, total, and where the number ends."""
    scale = _scale(match["scale"])
    end = match.end("scale") if match["scale"] else match.end()
    end -= len(match.string[match.start() : end]) - len(match.string[match.start() : end].rstrip())
    if match["words"]:
        worded = worded_number(match["words"])
        return (None if worded is None else Decimal(worded) * scale), None, None, end
    low = number_of(match["low"])
    if not match["high"]:
        half = scale / 2 if match["half"] else Decimal(0)
        return low * scale + half, None, None, match.end() if match["half"] else end
    high = number_of(match["high"])
    if match["dash"] in ("/", "trên"):
        fits = high >= low and not match["pct"]
        return (low, None, high, end) if fits else (None, None, None, end)
    if high <= low and not match["lowscale"]:
        return None, None, None, end
    return low * (_scale(match["lowscale"]) if match["lowscale"] else scale), high * scale, None, end


def _scale(words: str | None) -> Decimal:
    scale = Decimal(1)
    for word in (words or "").split():
        scale *= _numbers()["scales"][word]
    return scale


def _unit(line: Line, end: int, match: re.Match[str]) -> tuple[str | None, int, bool]:
    names = table("numbers")["unit_names"]
    if found := _unit_pattern().match(line.key, end):
        name, stop = names.get(found[1], found[1]), found.end()
        if found[2] and match["dash"] != "/":
            name = names.get(name + found[2], name + found[2])
        elif found[2]:
            stop = found.end(1)
        return name, stop, True
    if match["pct"]:
        return "%", end, True
    word = re.match(r" ?([^\W\d_]+)(?!\w)", line.key[end : end + 40])
    if word and word[1] not in table("numbers")["not_units"] and not match["words"]:
        return word[1], end + word.end(), False
    return None, end, False


def _with_cues(line: Line, amount: Amount) -> Amount:
    """Read what stands around the number: comparator before or after, change, the linking verb."""
    start = amount.start
    comparator, cued = Comparator.EXACTLY, False
    before = line.key[max(0, start - _LOOK_BACK) : start]
    if cue := _cue_pattern().search(before):
        name = next(name for name, words in cue.groupdict().items() if words)
        comparator, cued = Comparator(name), True
        if comparator is Comparator.ABOVE and _FORBIDDEN.search(line.key, 0, start):
            comparator = Comparator.AT_MOST
        start -= len(before) - cue.start()
    if after := _after_pattern().match(line.key[amount.end : amount.end + 20]):
        comparator, cued = Comparator(str(after.lastgroup)), True
        amount = replace(amount, end=amount.end + after.end())
        start = _without_from(line.key, start)
    if amount.to is not None:
        comparator, cued = Comparator.BETWEEN, True
        start = _without_from(line.key, start)
    return _with_change(line, replace(amount, start=start, comparator=comparator, cued=cued))


def _without_from(key: str, start: int) -> int:
    found = re.search(r"(?<!\w)(?:trong khoảng |khoảng )?từ $", key[max(0, start - 20) : start])
    return start - len(found[0]) if found else start


def _with_change(line: Line, amount: Amount) -> Amount:
    compared = _COMPARED.search(line.key, max(0, amount.digits - 14), amount.digits)
    if compared and _AGAINST.match(line.key, amount.end):
        step = Change.UP if compared[1] in ("cao", "nhiều", "lớn") else Change.DOWN
        return replace(amount, comparator=Comparator.EXACTLY, cued=False, change=step)
    before = line.key[max(0, amount.start - _LOOK_BACK) : amount.start]
    if not (found := _change_pattern().search(before)):
        return amount
    change = Change(next(name for name, words in found.groupdict().items() if words))
    if amount.unit == "lần" and change is Change.UP:
        change = Change.TIMES
    if found[0].strip() in ("cắt giảm", "cắt bớt") and not amount.is_share:
        return amount
    return replace(amount, start=amount.start - (len(before) - found.start()), change=change)
