"""Figures from outside, as told: which series they belong to, their value and their day. Plain Python."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from lienthong.kit.errors import said

SERIES: Final = {
    "egdi": said("Chỉ số phát triển Chính phủ điện tử (EGDI)"),
    "egdi_asean": said("Xếp hạng Chính phủ điện tử trong ASEAN"),
    "gci": said("Chỉ số an toàn, an ninh mạng toàn cầu (GCI)"),
    "mobile_broadband": said("Thuê bao băng rộng di động trên 100 dân"),
    "broadband_villages": said("Thôn, bản phủ băng rộng di động"),
    "fibre": said("Hộ gia đình có cáp quang"),
    "e_signatures": said("Người trưởng thành có chữ ký số, chữ ký điện tử"),
    "digital_enterprises": said("Doanh nghiệp công nghệ số"),
}
SUBJECTS: Final = {
    "xếp hạng quốc tế (EGDI)": "egdi",
    "xếp hạng Chính phủ điện tử trong ASEAN": "egdi_asean",
    "Chính phủ điện tử trong ASEAN": "egdi_asean",
    "an toàn, an ninh mạng (GCI)": "gci",
    "an toàn, an ninh mạng toàn cầu (GCI)": "gci",
    "thuê bao băng rộng di động/100 dân": "mobile_broadband",
    "tỷ lệ thôn/bản phủ băng rộng di động": "broadband_villages",
    "tỷ lệ hộ gia đình có cáp quang": "fibre",
    "tỷ lệ người trưởng thành dùng chữ ký số/chữ ký điện tử": "e_signatures",
    "số doanh nghiệp công nghệ số": "digital_enterprises",
}
BY_YEAR: Final = said("nguồn chỉ nêu năm {year}: lấy ngày cuối năm")
BY_LAST_YEAR: Final = said("nguồn nêu “{told}”: lấy ngày cuối năm {year}")
UNKNOWN_DAY: Final = said("nguồn không nêu ngày")


@dataclass(frozen=True)
class Day:
    """The day a figure speaks of, and how that was inferred; empty words: it was told."""

    day: date | None
    inferred: str


def day_of(told: str) -> Day:
    """From "2024-07-19", "2020", "2022 (kỳ báo cáo)", "2020 so với 2016", "2019→2024"; else unknown."""
    try:
        return Day(date.fromisoformat(told), "")
    except ValueError:
        pass
    if re.fullmatch(r"\d{4}", told):
        return Day(date(int(told), 12, 31), BY_YEAR.format(year=told))
    if found := re.fullmatch(r"(?:\d{4}[→;])?(\d{4})(?: \(kỳ báo cáo\)| so với \d{4})?", told):
        year = found[1]
        return Day(date(int(year), 12, 31), BY_LAST_YEAR.format(told=told, year=year))
    return Day(None, f"{UNKNOWN_DAY}: {told}" if told else UNKNOWN_DAY)


def value_of(told: str) -> tuple[Decimal | None, Decimal | None]:
    """(value, out of): "25/194" is 25 of 194; words have no value."""
    part, _, whole = told.partition("/")
    try:
        return Decimal(part), Decimal(whole) if whole else None
    except InvalidOperation:
        return None, None
