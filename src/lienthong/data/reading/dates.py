"""Dates and periods: what the words name, and how the year was inferred."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lienthong.data.reading.facts import DateBasis
from lienthong.data.reading.words import Line

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_Y = r"(?P<y>20\d\d|19\d\d)"
_NEAR_YEAR = r"(?P<rel>năm nay|năm tới|năm sau|năm trước|năm ngoái)"
_OF_YEAR = rf"(?:(?: năm |/| ?- ?|\.){_Y}|,? {_NEAR_YEAR})"


@dataclass(frozen=True, slots=True)
class Named:
    """A date that a line names. `first` to `last` is the period; without a year both stand in year 4.

    `compared` marks a date that only serves comparison ("so với năm 2023"), `starts` one that begins
    something ("từ năm 2020"), `now` the document's own day ("đến nay").
    """

    start: int
    end: int
    first: date | None
    last: date | None
    basis: DateBasis
    compared: bool = False
    starts: bool = False
    now: bool = False

    @property
    def usable(self) -> bool:
        return not self.compared and not self.starts


_NO_YEAR = 4  # a leap year, so that 29/2 stands


def _day(m: re.Match[str]) -> tuple[date, date]:
    day = date(_year(m), int(m["m"]), int(m["d"]))
    return day, day


def _month(m: re.Match[str]) -> tuple[date, date]:
    return _months(_year(m), int(m["m"]), int(m["m"]))


def _quarter(m: re.Match[str]) -> tuple[date, date]:
    quarter = _ROMAN.get(m["q"]) or int(m["q"])
    return _months(_year(m), 3 * quarter - 2, 3 * quarter)


def _first_months(m: re.Match[str]) -> tuple[date, date]:
    count = 6 if m["n"] == "sáu" else int(m["n"])
    if m["half"] == "cuối":
        return _months(_year(m), 13 - count, 12)
    return _months(_year(m), 1, count)


def _whole_year(m: re.Match[str]) -> tuple[date, date]:
    return _months(_year(m), 1, 12)


def _span_of_years(m: re.Match[str]) -> tuple[date, date]:
    return date(int(m["a"]), 1, 1), date(int(m["y"]), 12, 31)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _year(m: re.Match[str]) -> int:
    return int(m["y"]) if m.groupdict().get("y") else _NO_YEAR


_Shape = tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[date, date]]]

_DM = r"(?P<d>0?[1-9]|[12]\d|3[01]) ?(?P<sep>[/.-]) ?(?P<m>0?[1-9]|1[0-2])"
_SHAPES: tuple[_Shape, ...] = (
    (re.compile(rf"(?<!\w)giai đoạn (?P<a>20\d\d) ?[-–—] ?{_Y}(?!\w)"), _span_of_years),
    (
        re.compile(
            rf"(?<!\w)(?:ngày )?(?P<d>\d{{1,2}}) tháng (?P<m>\d{{1,2}})(?:,? năm {_Y}|,? {_NEAR_YEAR})?(?!\w)"
        ),
        _day,
    ),
    (re.compile(rf"(?<![\w/.,-])(?:ngày )?{_DM} ?(?P=sep) ?{_Y}(?![\w/])"), _day),
    (
        re.compile(
            rf"(?<!\w)(?:ngày|trước|sau|đến|hết|sáng|chiều|tối|mùng|hôm nay|nay) \(?{_DM}(?![\w/%]|[.,]\d| \w+ (?:đã|có|đạt))(?:,? {_NEAR_YEAR})?"
        ),
        _day,
    ),
    (re.compile(rf"(?<!\w)quý (?P<q>iv|iii|ii|i|[1-4])(?!\w){_OF_YEAR}?(?!\w)"), _quarter),
    (
        re.compile(
            rf"(?<!\w)(?P<n>\d{{1,2}}|sáu) tháng(?: (?P<half>đầu|cuối))?(?: năm(?: {_Y}| (?P<rel>nay|tới|sau|trước|ngoái))?)(?!\w)"
        ),
        _first_months,
    ),
    (re.compile(r"(?<!\w)tính chung (?P<n>\d{1,2}) tháng(?P<half> đầu)?(?P<rel>)(?!\w)"), _first_months),
    (re.compile(rf"(?<!\w)tháng (?P<m>0?[1-9]|1[0-2])(?!\w|[.,]\d)(?: này|{_OF_YEAR})?(?!\w)"), _month),
    (re.compile(rf"(?<![\w/.])(?P<m>0?[1-9]|1[0-2])/{_Y}(?![\w/])"), _month),
    (re.compile(rf"(?<!\w)(?:năm|kỳ đánh giá|kỳ|niên độ) (?:tài chính )?{_Y}(?!\w)"), _whole_year),
    (re.compile(rf"(?<!\w){_NEAR_YEAR}(?!\w)"), _whole_year),
)

_THIS = re.compile(
    r"(?<!\w)(?:(?P<what>tuần|tháng|quý) (?P<which>này|tới|sau|trước|qua)|hôm nay|cuối năm(?! \d)|hết năm(?! \d))(?!\w)"
)
_NOW = re.compile(
    r"(?<!\w)(?:đến nay|hiện nay|hiện tại|(?<!thực )(?<!thể )(?<!phát )(?<!xuất )(?<!biểu )(?<!tái )hiện(?! đại| trường)|tới nay|đến thời điểm (?:họp|này|hiện nay)|hiện còn)(?!\w)"
)
_WITHIN = re.compile(
    r"(?<!\w)(?:trong (?:thời hạn|vòng|thời gian)|chậm nhất(?: là)?|sau) (?P<n>\d{1,3}) ngày(?P<work> làm việc)?(?: (?:kể )?từ (?:ngày|khi) (?P<from>[^,;.]{0,60})|(?: sau khi| khi) [^,;.]{0,60})?"
)
_FROM_DOCUMENT = re.compile(
    r"^(?:ban hành|ký|nhận được|có) ?(?:ban hành )?(?:văn bản|chỉ thị|công điện|quyết định|thông báo|kế hoạch|kết luận|nghị quyết)?(?: này)?$"
)
_RECURRING = re.compile(
    r"(?<!\w)(?:định kỳ[^,;.]{0,40}?|(?:(?:trước|vào) )?(?:ngày )?(?:\d{1,2} )?(?:hằng|hàng) (?:tuần|tháng|quý|năm)|mỗi (?:tuần|tháng|quý))(?!\w)"
)
_COMPARED = re.compile(
    r"(?:so với|so sánh với|cùng kỳ|bằng)(?: (?:cùng kỳ|cuối|đầu|thời điểm|kết quả|mức))?(?: năm)? ?$"
)
_STARTING = re.compile(r"(?:(?<!\w)kể từ|(?<!\w)từ|hiệu lực|bắt đầu|sau)(?: đầu)?(?: ngày)? ?$")


def named_dates(key: str, dated: date | None) -> list[Named]:
    """Every date in the line, in order, none inside another. `dated` is the day of the document."""
    found: list[Named] = []
    for match in _RECURRING.finditer(key):
        found.append(Named(*match.span(), None, None, DateBasis.RECURRING))
    for match in _WITHIN.finditer(key):
        _add(found, _within(match, dated))
    for shape, period in _SHAPES:
        for match in shape.finditer(key):
            _add(found, _absolute(key, match, period, dated))
    for match in _THIS.finditer(key):
        _add(found, _relative(match, dated))
    for match in _NOW.finditer(key):
        _add(found, Named(*match.span(), dated, dated, DateBasis.DOCUMENT, now=True))
    return sorted(found, key=lambda named: named.start)


def _add(found: list[Named], named: Named | None) -> None:
    if named and not any(named.start < other.end and other.start < named.end for other in found):
        found.append(named)


def _absolute(
    key: str,
    match: re.Match[str],
    period: Callable[[re.Match[str]], tuple[date, date]],
    dated: date | None,
) -> Named | None:
    try:
        first, last = period(match)
    except ValueError:
        return None
    basis = DateBasis.UNKNOWN_YEAR if first.year == _NO_YEAR else DateBasis.WRITTEN
    before = key[max(0, match.start() - 40) : match.start()]
    named = Named(
        *match.span(), first, last, basis,
        compared=bool(_COMPARED.search(before)), starts=bool(_STARTING.search(before)),
    )  # fmt: skip
    return _near(named, match.groupdict().get("rel") or "", dated)


def _near(named: Named, words: str, dated: date | None) -> Named:
    """năm nay, năm tới, năm ngoái: a year told from the document's."""
    if not words or named.last is None:
        return named
    step = {"nay": 0, "tới": 1, "sau": 1, "trước": -1, "ngoái": -1}[words.rsplit(" ", maxsplit=1)[-1]]
    if dated is None:
        return replace(named, basis=DateBasis.UNKNOWN_YEAR)
    return replace(_in_year(named, dated.year + step), basis=DateBasis.RELATIVE)


def _relative(match: re.Match[str], dated: date | None) -> Named | None:
    if dated is None:
        return None
    last = _relative_day(match, dated)
    return Named(*match.span(), last, last, DateBasis.RELATIVE)


def _relative_day(match: re.Match[str], dated: date) -> date:
    if match[0].startswith(("cuối năm", "hết năm")):
        return date(dated.year, 12, 31)
    if not match["what"]:
        return dated
    step = {"này": 0, "tới": 1, "sau": 1, "trước": -1, "qua": -1}[match["which"]]
    if match["what"] == "tuần":
        return dated + timedelta(days=6 - dated.weekday() + 7 * step)
    size = {"tháng": 1, "quý": 3}[match["what"]]
    index = (dated.year * 12 + dated.month - 1) // size + step
    year, month = divmod(index * size + size - 1, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def _within(match: re.Match[str], dated: date | None) -> Named | None:
    if not match["from"] and "khi" not in match[0]:
        return None
    ours = match["from"] and _FROM_DOCUMENT.search(match["from"].strip())
    if dated and ours and not match["work"]:
        last = dated + timedelta(days=int(match["n"]))
        return Named(*match.span(), last, last, DateBasis.RELATIVE)
    return Named(*match.span(), None, None, DateBasis.EVENT)


def _in_year(named: Named, year: int) -> Named:
    def moved(day: date) -> date:
        try:
            return day.replace(year=year)
        except ValueError:
            return day.replace(year=year, day=28)

    if named.first is None or named.last is None:
        return named
    first = moved(named.first)
    last = moved(named.last) if named.last.day < 29 else _end_like(named.last, year)
    return replace(named, first=first, last=last)


def _end_like(day: date, year: int) -> date:
    """29 February of the year without year is the end of that month in any year."""
    return day.replace(year=year, day=min(day.day, monthrange(year, day.month)[1]))


def settled(named: Named, dated: date | None, *, future: bool) -> Named:
    """The date with its year: the next such day after the document's for a deadline, else the last before."""
    if named.basis is not DateBasis.UNKNOWN_YEAR or named.first is None or named.last is None:
        return named
    if dated is None:
        return replace(named, first=None, last=None)
    here = _in_year(named, dated.year)
    if future and here.last and here.last < dated:
        here = _in_year(named, dated.year + 1)
    elif not future and here.first and here.first > dated:
        here = _in_year(named, dated.year - 1)
    return replace(here, basis=DateBasis.YEAR_FROM_DOCUMENT)


_HEADING = re.compile(
    r"^(?:số ?:? ?[\w/ .-]{0,40} )?(?:[^\W\d_][^\d,;:]{1,40}, ?)?(?:ngày|ngay) (?P<d>\d{1,2})(?: tháng | thang |/|\.|-)(?P<m>\d{1,2})(?: năm | nam |/|\.|-)(?P<y>20\d\d)\W*$"
)
_IN_NEWS = re.compile(
    rf"(?<!\w)(?:ngày|sáng|chiều|tối|hôm nay|sáng nay|chiều nay|hội nghị ngày)[ (]{{1,2}}(?:ngày )?{_DM}(?P=sep){_Y}(?!\w)"
)
_CITED = re.compile(r"số \d+[^,;.]{0,30}$|(?<!\w)(?:căn cứ|trước|đến|từ|hết|sau|hạn)(?: ngày)? ?$")


def heading_date(one: Line) -> date | None:
    """The document's own date where this paragraph is its heading: "Hà Nội, ngày … tháng … năm …"."""
    return _valid(_HEADING.match(one.key)) if len(one.key) < 140 else None


def news_date(one: Line) -> date | None:
    """The day that a report without heading speaks of first: "Sáng 19/3/2026, …"."""
    for match in _IN_NEWS.finditer(one.key):
        if not _CITED.search(one.key[max(0, match.start() - 40) : match.start()]):
            return _valid(match)
    return None


def _valid(match: re.Match[str] | None) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"])) if match else None
    except ValueError:
        return None
