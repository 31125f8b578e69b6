"""What a number is the measure of, in the words of the text."""

import re
from dataclasses import dataclass
from functools import cache

from lienthong.data.reading.amounts import Amount
from lienthong.data.reading.government import provinces
from lienthong.data.reading.sentence import Sentence, in_list
from lienthong.data.reading.words import any_of, pattern, table

_SAID = re.compile(r"(?:đã|được|có|chưa|đang|bị|đạt|thuộc)(?!\w)")
_STATED = re.compile(
    r"(?:đã|đang|chưa|được|bị|có|dự kiến|không|vẫn|phải|cần|quá hạn|trong hạn|đúng hạn|trước hạn|chậm|hoàn thành|còn)(?!\w)",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"(?<!\w)giao(?: cho)?(?!\w)")
_TOLD = re.compile(
    r".*(?<!\w)(?:cho biết|cho hay|nhấn mạnh|nêu rõ|khẳng định|cho thấy|ghi nhận|yêu cầu|đề nghị|đặt mục tiêu)(?: rằng| là)?[ :,]+"
)


@cache
def _lead_ins() -> re.Pattern[str]:
    return re.compile(rf"^\s*(?:{_words('before')})\s*")


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{_words('after')})\s*$")


def _words(name: str) -> str:
    words = table("subjects")[name]
    signs = [w for w in words if w.startswith("[")]
    return "|".join([any_of([w for w in words if not w.startswith("[")]), *signs])


@cache
def _links() -> re.Pattern[str]:
    words = [w for w in table("subjects")["links"] if w != ":"]
    return re.compile(rf"(?:{any_of(words)}|:)(?: (?:tối đa|tối thiểu))?\s*$")


@cache
def _ministry() -> re.Pattern[str]:
    """Bộ Công an, tỉnh Cao Bằng: the whole name of who is spoken of."""
    names = any_of(table("government")["ministries"])
    return re.compile(
        rf"(?:bộ {names}|(?:(?:tỉnh|thành phố) )?{provinces().pattern})(?: (?:đã|hiện|vẫn))?(?: |$)"
    )


@cache
def _tier_only() -> re.Pattern[str]:
    return re.compile(rf"(?:\s|,|{any_of(table('subjects')['tier_words'])})*")


@dataclass(frozen=True, slots=True)
class Head:
    """The subject of a number already read, and the words that stood before it."""

    subject: str
    left: str


def left_words(sentence: Sentence, amount: Amount) -> str:
    """The words before a number that tell what it is about; those of the last number when there are none."""
    return sentence.line.text[slice(*_left(sentence, amount))].strip()


def subject_of(
    sentence: Sentence, amount: Amount, heads: list[Head], list_head: str, floor: int = 0
) -> tuple[str, tuple[int, int]]:
    """The subject and the span of words that it and the number take up; nothing before `floor` belongs to it."""
    left, right = _left(sentence, amount, floor), _right(sentence, amount)
    if right[0] == right[1] and left[0] == left[1]:
        right = _right(sentence, amount, anything=not (heads or list_head))
    key, text = sentence.line.key, sentence.line.text
    linked = bool(_links().search(key[left[0] : amount.start]))
    left_words, right_words = text[slice(*left)].strip(), text[slice(*right)].strip()
    bare = not left_words or bool(_tier_only().fullmatch(key[slice(*left)]))
    inherited = next(
        (h.subject for h in reversed(heads) if h.subject), _before_colon(sentence, amount) or list_head
    )
    if amount.unit in ("hạng", "bậc"):
        group = (
            re.sub(r"\d+ ?", "", text[amount.start : amount.end]) if amount.comparator == "at_most" else ""
        )
        holder = left_words or next((h.left for h in reversed(heads) if h.left), "")
        about = ("" if _tier_only().fullmatch(right_words.lower()) else right_words) or (
            "" if group or (inherited.startswith(holder) and holder) else inherited
        )
        subject = _joined(_joined(holder, group), about) if about or group else inherited or holder
    elif _measures(amount):
        named = pattern("subjects", "heads").match(key, left[0])
        topic = key[left[1] : amount.start].strip() == ":" and amount.is_share and not named
        if bare and not right_words and not inherited:
            inherited = _told_later(sentence, amount)
        subject = _of_measure(left_words, right_words, inherited, linked=linked, bare=bare, topic=topic)
    else:
        counted = amount.unit
        head_first = linked and bool(pattern("subjects", "heads").match(key, left[0]))
        subject = (
            left_words
            if head_first and not bare
            else _of_count(
                counted,
                left_words,
                right_words or _shared_tail(sentence, amount),
                heads,
                inherited,
                alike=_is_listed(sentence, amount),
            )
        )
    return subject or _whatever(sentence, amount), (left[0], max(right[1], amount.end))


def _measures(amount: Amount) -> bool:
    return amount.unit in table("numbers")["measures"] or "/" in amount.unit


def _of_measure(
    left: str, right: str, inherited: str, *, linked: bool, bare: bool, topic: bool = False
) -> str:
    if right and (bare or not linked):
        return right if bare or len(left.split()) > 8 else _joined(right, left)
    if right and topic and len(right.split()) > 1:
        return right
    if not bare:
        return left
    return _joined(_without_tier(inherited) if left else inherited, left)


def _without_tier(subject: str) -> str:
    """ "tỷ lệ hồ sơ của các bộ, ngành" said again of others: without whose it was."""
    cut = max(subject.rfind(word) for word in (" của ", " đối với ", " ở ", " tại "))
    return subject[:cut] if cut > 0 and _tier_only().fullmatch(subject[cut:].lower()) else subject


def _of_count(counted: str, left: str, right: str, heads: list[Head], inherited: str, *, alike: bool) -> str:
    phrase, bare = f"{counted} {right}".strip(), _without_agency(left)
    if left and not bare and not right and inherited.startswith(f"{counted} "):
        return inherited
    left = bare
    if not left and not alike:
        return phrase
    if not left:
        if _STATED.match(right):
            return phrase
        shared = _without_agency(next((h.left for h in reversed(heads) if h.left), ""))
        if not right and len(shared.split()) <= 3:
            shared = inherited
        return _joined(phrase, shared)
    dangling = heads and not right and re.match(r"(?:thuộc|của|tại|ở)(?!\w)", left)
    return _joined(f"{phrase} {left}", inherited if dangling else "")


def _before_colon(sentence: Sentence, amount: Amount) -> str:
    """ "Tỷ lệ hồ sơ trực tuyến: bộ, ngành đạt 80%": what is measured stands before the colon."""
    colon = sentence.line.key.rfind(":", 0, amount.start)
    if colon < 0:
        return ""
    begin = max((a.end for a in sentence.amounts if a.end <= colon), default=0)
    return sentence.line.text[slice(*_trimmed(sentence, begin, colon))].strip()


def _without_agency(left: str) -> str:
    """ "Trung tâm Phục vụ hành chính công tiếp nhận": what was done, not who did it."""
    key = left.lower()
    if named := _ministry().match(key):
        return left[named.end() :].strip()
    if not pattern("government", "agencies").match(key):
        return left
    verb = next((v for v in pattern("verbs", "actions").finditer(key) if left[v.start()].islower()), None)
    verb = verb or _GIVEN.search(key)
    return left[verb.start() :] if verb else left


def _whatever(sentence: Sentence, amount: Amount) -> str:
    """The words of the sentence before a number whose own words say nothing."""
    key, end = sentence.line.key, amount.start
    begin = (
        max(sentence.segment_of(end)[0], *(a.end for a in sentence.amounts if a.end <= end), 0)
        if sentence.amounts
        else 0
    )
    span = _trimmed(sentence, begin, end)
    return (
        sentence.line.text[slice(*span)].strip(" ,:(") or sentence.line.text[begin:end].strip(" ,:(")
        if key
        else ""
    )


def _joined(one: str, other: str) -> str:
    return f"{one} {other}".strip()


def _left(sentence: Sentence, amount: Amount, floor: int = 0) -> tuple[int, int]:
    """The words before the number, without dates, lead-ins and the linking verb."""
    key, end = sentence.line.key, amount.start
    begin = min(max(sentence.before(amount), floor), end)
    if told := _TOLD.search(key, begin, end):
        begin = told.end()
    colon = key.rfind(":", begin, end)
    if colon >= 0 and key[colon + 1 : end].strip():
        begin = colon + 1
    heads = list(pattern("subjects", "heads").finditer(key, begin, end))
    comma = _last_comma(sentence, begin, end)
    if heads and (comma < 0 or heads[-1].start() > comma or _runs_on(key, heads[-1].start(), comma)):
        first = next((h for h in heads if h.start() > comma), heads[-1])
        begin = first.start()
    elif comma >= 0:
        begin = _comma_of_enumeration(sentence, begin, comma, end) + 1
    return _trimmed(sentence, begin, end)


def _runs_on(key: str, head: int, comma: int) -> bool:
    """Whether a subject that begins before a comma goes on after it: no verb stands between."""
    return not re.search(r"(?<!\w)(?:đạt|là|có|đã|hoàn thành|thực hiện|yêu cầu|giao)(?!\w)", key[head:comma])


def _comma_of_enumeration(sentence: Sentence, begin: int, comma: int, end: int) -> int:
    """ "chi cho khoa học, công nghệ đạt": a short piece after a comma goes on with the words before it."""
    piece = _tails().sub("", sentence.line.key[comma + 1 : end])
    earlier = _last_comma(sentence, begin, comma)
    dated = any(begin <= d.start and d.end <= comma for d in sentence.dates)
    if 0 < len(piece.split()) <= 2 and not dated and not _tier_only().fullmatch(piece):
        return earlier if earlier >= 0 else begin - 1
    return comma


def _last_comma(sentence: Sentence, begin: int, end: int) -> int:
    comma = sentence.line.key.rfind(",", begin, end)
    while comma >= 0 and in_list(sentence, comma):
        comma = sentence.line.key.rfind(",", begin, comma)
    return comma


def _trimmed(sentence: Sentence, begin: int, end: int) -> tuple[int, int]:
    key = sentence.line.key
    while begin < end:
        named = next((d for d in sentence.dates if d.start <= begin < d.end), None)
        found = _lead_ins().match(key[begin:end])
        if named:
            begin = min(named.end, end)
        elif found and found.end():
            begin += found.end()
        elif key[begin].isspace():
            begin += 1
        else:
            break
    while begin < end:
        named = next((d for d in sentence.dates if d.start < end <= d.end and d.start >= begin), None)
        found = _tails().search(key[begin:end])
        if named:
            end = named.start
        elif found and found.start() < end - begin:
            end = begin + found.start()
        else:
            break
    return begin, end


def _shared_tail(sentence: Sentence, amount: Amount) -> str:
    """ "18 bộ, ngành và 34 địa phương kết nối": what is said of the last is said of all."""
    following = next((a for a in sentence.amounts if a.start >= amount.end), None)
    if following is None or sentence.line.key[amount.end : following.start].strip() not in (
        "và",
        ",",
        "",
        ", và",
    ):
        return ""
    tail = slice(*_right(sentence, following))
    said = _SAID.match(sentence.line.key[tail].lstrip()) or pattern("verbs", "actions").match(
        sentence.line.key[tail].lstrip()
    )
    return sentence.line.text[tail].strip() if said else ""


def _told_later(sentence: Sentence, amount: Amount) -> str:
    """ "bộ, ngành đạt 85%, địa phương đạt 70% hồ sơ trực tuyến": the last says it for all."""
    later = (a for a in sentence.amounts if a.start >= amount.end and a.unit == amount.unit)
    spans = (_right(sentence, one) for one in later)
    return next((sentence.line.text[slice(*s)].strip() for s in spans if s[1] > s[0]), "")


def _is_listed(sentence: Sentence, amount: Amount) -> bool:
    """Whether a number follows another with nothing but a comma or "và" between, or opens its sentence."""
    between = sentence.line.key[sentence.before(amount) : amount.start].strip(" ,;:(")
    return between in ("", "và", "trong đó", "gồm", "bao gồm")


def _right(sentence: Sentence, amount: Amount, *, anything: bool = False) -> tuple[int, int]:
    """The words after the unit that still say what is counted, up to a comma, a date or the next number."""
    key, stop = sentence.line.key, sentence.after(amount)
    placed = amount.unit in ("hạng", "bậc") and re.match(r" ?(?:về|trong|ở|tại) ", key[amount.end : stop])
    if (
        not anything
        and not placed
        and _measures(amount)
        and pattern("subjects", "not_right").match(key[amount.end : stop].lstrip())
    ):
        return amount.end, amount.end
    for cut in (*(d.start for d in sentence.dates), _comma_after(sentence, amount.end, stop)):
        if amount.end <= cut < stop:
            stop = cut
    sign = re.search(r"[:();“”\"]", key[amount.end : stop])
    return _trimmed_right(key, amount.end, amount.end + sign.start() if sign else stop)


def _comma_after(sentence: Sentence, begin: int, stop: int) -> int:
    comma = sentence.line.key.find(",", begin, stop)
    while comma >= 0 and in_list(sentence, comma):
        comma = sentence.line.key.find(",", comma + 1, stop)
    return comma


def _trimmed_right(key: str, begin: int, end: int) -> tuple[int, int]:
    tail = re.compile(
        r"\s*(?:(?<!\w)(?:(?:trước|đến|vào|trong|từ nay đến) (?:cuối|đầu|giữa)|trước|đến|vào|trong|hết|đến hết|và|còn|với|là|từ|chậm nhất|so)(?: ngày)?|[,.;–-])\s*$"
    )
    while found := tail.search(key[begin:end]):
        if found.end() == found.start():
            break
        end = begin + found.start()
    return begin, max(begin, end)
