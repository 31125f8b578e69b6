"""Places in an order: "đứng thứ 3", "xếp hạng 71/193", "dẫn đầu cả nước", "nhóm 50 nước dẫn đầu"."""

import re
from decimal import Decimal

from lienthong.data.reading.amounts import Amount
from lienthong.data.reading.facts import Comparator

UNIT = "hạng"
_ORDINALS = {
    "nhất": 1, "nhì": 2, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_VERB = r"(?:được )?(?:xếp|đứng|giữ|ở|chiếm|đạt|lên|xuống|vươn lên|tụt xuống|trở lại|từ|là)"
_PLACE = r"(?:vị trí thứ|vị trí số|vị trí|thứ hạng|hạng thứ|thứ bậc|xếp hạng|hạng|thứ)"
_OF = r"(?: ?/ ?| trên(?: tổng số)? )(?P<m>\d{1,4})"
_AMONG = r"(?: (?:quốc gia(?: và vùng lãnh thổ)?|nước|tỉnh, thành phố|tỉnh, thành|địa phương|bộ, ngành|bộ|xã, phường|xã|đơn vị)(?!\w))?"
_RANKS = (
    re.compile(
        rf"(?<!\w)(?:{_VERB} )?(?:ở )?(?:{_PLACE} )(?P<n>\d{{1,4}})(?:{_OF}{_AMONG})?(?!\w|[.,]\d|/\d| ?%)(?= |[,;.)]|$)"
    ),
    re.compile(rf"(?<!\w)(?:{_VERB} ){_PLACE} (?P<word>{'|'.join(_ORDINALS)})(?!\w)"),
    re.compile(
        rf"(?<!\w)(?:xếp hạng|thứ hạng)(?: [^\W\d]+){{1,6}}? (?:là )?(?P<n>\d{{1,4}}){_OF}{_AMONG}(?!\w)"
    ),
    re.compile(
        r"(?<!\w)(?:trong |thuộc |vào )?(?:(?:nhóm|top|tốp)|(?:là )?(?:một|0?1) trong(?: số| những)?) (?P<top>\d{1,3})(?:(?: [^\W\d]+){0,4}? (?:dẫn đầu|đứng đầu|hàng đầu|đầu tiên|sớm nhất|đầu bảng|tốt nhất|cao nhất)|(?= (?:về|trong|nước|quốc gia|địa phương|tỉnh|thế giới|asean|cả nước)))"
    ),
    re.compile(
        r"(?<!\w)(?P<first>dẫn đầu|đứng đầu)(?= (?:cả nước|toàn quốc|khu vực|thế giới|châu|asean|trong|toàn cầu|toàn tỉnh|tỉnh|thành phố|các|về))"
    ),
)
_BARE_ORDINAL = re.compile(r"(?:phiên|lần|năm|kỳ|khóa|đợt|quý|tuần) thứ")


def ranks(key: str) -> list[Amount]:
    """Each place named, as an amount in hạng; `at_most` for a leading group."""
    found: list[Amount] = []
    for shape in _RANKS:
        for match in shape.finditer(key):
            taken = any(match.start() < other.end and other.start < match.end() for other in found)
            if not taken and not _BARE_ORDINAL.search(key, max(0, match.start() - 8), match.end()):
                found.append(_amount(match))
    return sorted(found, key=lambda amount: amount.start)


def _amount(match: re.Match[str]) -> Amount:
    named = match.groupdict()
    place, of = _place(named), named.get("m")
    return Amount(
        match.start(), match.start(), match.end(), Decimal(place), UNIT,
        comparator=Comparator.AT_MOST if named.get("top") else Comparator.EXACTLY,
        of=Decimal(of) if of else None,
    )  # fmt: skip


def _place(named: dict[str, str | None]) -> int:
    if word := named.get("word"):
        return _ORDINALS[word]
    return int(named.get("n") or named.get("top") or 1)
