"""What each indicator counts over what. A figure is a fraction, with its scope and its hour."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final

from lienthong.kit.errors import Refused, said


class Tier(StrEnum):
    """Whose operations: the programme sets its targets for each apart."""

    MINISTRY = "ministry"
    LOCALITY = "locality"


TIER_NAMES: Final = {Tier.MINISTRY: said("Bộ, ngành"), Tier.LOCALITY: said("Địa phương")}


@dataclass(frozen=True)
class Indicator:
    """An additive fraction. `part` and `whole` name counters; `unit` is what is counted."""

    code: str
    name: str
    part: str
    whole: str
    part_name: str
    whole_name: str
    unit: str
    source: str
    note: str = ""


INDICATORS: Final = {
    i.code: i
    for i in (
        Indicator(
            "end_to_end_services",
            said("Dịch vụ công trực tuyến toàn trình"),
            "services_full",
            "services",
            said("dịch vụ toàn trình có hồ sơ nộp trực tuyến trong kỳ"),
            said("dịch vụ có hồ sơ trong kỳ"),
            said("dịch vụ"),
            "42/2022/NĐ-CP Điều 11; 224/2026/NĐ-CP",
            said(
                "Mỗi thủ tục ở mỗi cơ quan là một dịch vụ. Mẫu số không được nêu trong văn bản giao chỉ tiêu; "
                "cách hiểu đang dùng: dịch vụ có phát sinh hồ sơ trong kỳ. "
                "Thủ tục mà nguồn chưa nêu mức độ thì chưa được tính là toàn trình."
            ),
        ),
        Indicator(
            "online_dossiers",
            said("Hồ sơ trực tuyến toàn trình"),
            "online",
            "received",
            said("hồ sơ nộp trực tuyến"),
            said("hồ sơ đã tiếp nhận"),
            said("hồ sơ"),
            "766/QĐ-TTg, 3.3",
            said(
                "Mẫu số không được nêu trong văn bản giao chỉ tiêu; cách hiểu đang dùng: mọi hồ sơ đã tiếp nhận trong kỳ."
            ),
        ),
        Indicator(
            "on_time",
            said("Hồ sơ giải quyết đúng hạn"),
            "timely",
            "received",
            said("hồ sơ xong đúng hạn hoặc đang còn hạn"),
            said("hồ sơ đã tiếp nhận"),
            said("hồ sơ"),
            "766/QĐ-TTg, 2.1",
        ),
        Indicator(
            "digitised_results",
            said("Số hóa kết quả giải quyết"),
            "digitised",
            "results",
            said("kết quả có bản điện tử đã ký số"),
            said("kết quả đã cấp"),
            said("kết quả"),
            "766/QĐ-TTg, 4.1",
        ),
    )
}


class UnknownIndicator(Refused):
    sentence = said("Không có chỉ tiêu này.")
    status = 404


@dataclass(frozen=True)
class Figure:
    """A value with everything needed to believe or refute it. No denominator: not applicable, never 0."""

    indicator: Indicator
    part: int
    whole: int
    as_of: datetime

    @property
    def value(self) -> Fraction | None:
        """The share, from 0 to 1."""
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def percent(self) -> Fraction | None:
        return None if self.value is None else self.value * 100

    @property
    def rest(self) -> int:
        return self.whole - self.part

    def meets(self, threshold: Fraction) -> bool | None:
        """Against a threshold in per cent, unrounded; None when there is nothing to compare."""
        return None if self.percent is None else self.percent >= threshold


@dataclass(frozen=True)
class Scope:
    """What a figure is taken over: the country, a tier of it, a level-1 agency (province or
    ministry, by the first code of its path), or one agency."""

    month: date
    tier: Tier | None = None
    top: str | None = None
    agency: int | None = None
    procedure: str | None = None
