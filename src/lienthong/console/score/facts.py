"""What the page of QĐ 766 reads: own score beside the official one, each component with what it counts."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.console import queries
from lienthong.console.queries import Period
from lienthong.indicators.public import AgencyScore, ComponentLine, Status
from lienthong.kit.errors import said

COUNTER_NAMES: Final = {
    "received": said("hồ sơ đã tiếp nhận"),
    "late": said("hồ sơ quá hạn"),
    "finished": said("hồ sơ đã xong"),
    "online_electronic": said("hồ sơ trực tuyến có kết quả điện tử"),
    "paper_results": said("hồ sơ của thủ tục trả kết quả giấy"),
    "paper_results_electronic": said("trong đó có kết quả điện tử"),
    "digitised_throughout": said("hồ sơ số hóa cả thành phần và kết quả"),
    "reused": said("hồ sơ tái sử dụng dữ liệu"),
    "population_linked": said("hồ sơ khai thác dữ liệu dân cư"),
    "fee_due": said("hồ sơ có phí, lệ phí"),
    "copies": said("hồ sơ chứng thực bản sao"),
    "electronic_copies": said("trong đó bản sao điện tử"),
    "complained": said("hồ sơ bị đánh giá khó hoặc rất khó"),
    "procedures": said("thủ tục thuộc thẩm quyền"),
    "procedures_online": said("thủ tục có dịch vụ trực tuyến"),
    "procedures_public": said("thủ tục đã công khai"),
    "procedures_complete": said("thủ tục công khai đủ 7 nội dung"),
    "procedures_fee": said("thủ tục có phí, lệ phí"),
    "procedures_people": said("thủ tục phục vụ người dân"),
    "procedures_population": said("thủ tục khai thác dữ liệu dân cư"),
    "online_services_used": said("dịch vụ trực tuyến có hồ sơ"),
}


def of_agency(found: AgencyScore, period: Period, *, counter: str) -> dict[str, Any]:
    known = queries.places()
    place = known.get(found.agency.path.split("/")[0])
    computed = found.computed
    own = sum((line.own.score or Fraction(0) for line in computed), Fraction(0))
    version = found.version
    return {
        "agency": found.agency,
        "place": place.name if place else "",
        "version": version,
        "received": found.received,
        "own": exact(own),
        "could": exact(sum((line.own.component.cap for line in computed), Fraction(0))),
        "whole": exact(version.cap),
        "official": found.official,
        "groups": [
            {
                "group": {"name": group.name, "cap": exact(group.cap)},
                "rows": [
                    row(line, period, counter)
                    for line in found.lines
                    if line.own.component.group == group.code
                ],
            }
            for group in version.groups
        ],
        "doubts": [setting for setting in version.settings.values() if setting.doubt],
        "unknown": len(found.lines) - sum(1 for line in found.lines if line.own.status is Status.COMPUTED),
        "as_of": found.as_of,
        "trail": [
            {"label": _("Tổng quan"), "url": reverse("console") + period.query},
            {"label": found.agency.name, "url": ""},
        ],
    }


def row(line: ComponentLine, period: Period, counter: str) -> dict[str, Any]:
    own, component = line.own, line.own.component
    return {
        "code": component.code,
        "name": component.name,
        "cap": exact(component.cap),
        "numerator": exact(own.numerator),
        "denominator": exact(own.denominator),
        "unit": component.unit,
        "percent": None if own.value is None or component.unit == "ngày" else own.value * 100,
        "days": exact(own.value) if component.unit == "ngày" else None,
        "score": exact(own.score) if component.cap else None,
        "computed": own.status is Status.COMPUTED,
        "official": line.official,
        "difference": exact(line.difference),
        "reading": component.reading,
        "note": own.note if own.status is not Status.NOT_COMPUTABLE else "",
        "doubt": component.doubt,
        "lacks": [_(why) for why in line.lacks],
        "unrefined": [_(why) for why in line.unrefined],
        "counters": [
            {
                "name": _(COUNTER_NAMES.get(name, name)),
                "value": value,
                "url": f"{period.query}&dem={name}#ho-so" if opens else "",
                "current": name == counter,
            }
            for name, value, opens in line.counters
            if name in COUNTER_NAMES
        ],
    }  # fmt: skip


def exact(value: Fraction | None) -> Decimal | None:
    """To the hundredth of a point, as it is printed."""
    return None if value is None else round(Decimal(value.numerator) / Decimal(value.denominator), 2)


def counter_name(code: str) -> str:
    return _(COUNTER_NAMES[code]) if code in COUNTER_NAMES else ""


def counted(found: AgencyScore, counter: str) -> int | None:
    """What the page says of a counter that opens; None: there is no such one."""
    return next(
        (value for line in found.lines for name, value, opens in line.counters if opens and name == counter),
        None,
    )
