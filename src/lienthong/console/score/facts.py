"""What the page of QĐ 766 reads: own score beside the official one, each component with what it counts."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from lienthong.console import queries
from lienthong.console.queries import Period
from lienthong.indicators.public import AgencyScore, Component, ComponentLine, Status, SummedScore
from lienthong.kit.errors import said
from lienthong.organisations.public import Organisation

BOTH: Final = ("numerator", "denominator")

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
    top = found.agency.path.split("/")[0]
    return {
        "agency": found.agency,
        **table(found, lambda line: row(line, period, counter)),
        "summed_url": reverse("console_score_top", args=[top]) + period.query,
        "trail": trail(period, found.agency.name, top),
    }


def of_sum(found: SummedScore, period: Period, *, code: str) -> dict[str, Any]:
    """Of a province, a ministry or the country; `code`: the component whose parts are shown."""
    component = found.component(code)
    name = queries.places()[found.top].name if found.top else _("Cả nước")
    return {
        "name": name,
        "top": found.top,
        **table(found, lambda line: row(line, period, "", parts=code)),
        "component": component,
        **(parts_of(found, component, period) if component else {}),
        "trail": trail(period, name, ""),
    }


def parts_of(found: SummedScore, component: Component, period: Period) -> dict[str, Any]:
    """Each part's own part and whole, and whether they add up to the sum's."""
    whole = next(line.own for line in found.lines if line.own.component is component)
    names, urls = named_parts(found, period)
    scored = [(part, own) for part, own in found.scored(component) if own.status is Status.COMPUTED]
    rows = [
        {
            "name": names.get(part.code, part.code), "url": urls.get(part.code, ""),
            "numerator": exact(own.numerator), "denominator": exact(own.denominator),
            "percent": None if own.value is None or component.unit == "ngày" else own.value * 100,
            "days": exact(own.value) if component.unit == "ngày" else None,
        }
        for part, own in scored
    ]  # fmt: skip
    sums = [sum((getattr(own, what) or Fraction(0) for _part, own in scored), Fraction(0)) for what in BOTH]
    return {
        "parts": rows,
        "sums": {"numerator": exact(sums[0]), "denominator": exact(sums[1])},
        "adds_up": sums == [whole.numerator, whole.denominator],
    }


def named_parts(found: SummedScore, period: Period) -> tuple[dict[str, str], dict[str, str]]:
    """Names and addresses of the parts, by code."""
    if found.top is None:
        places = queries.places()
        return {code: place.name for code, place in places.items()}, {
            code: reverse("console_score_top", args=[code]) + period.query for code in places
        }
    known = Organisation.objects.filter(code__in=[part.code for part in found.parts]).order_by("valid_from")
    latest = {one.code: one for one in known}
    return {code: one.name for code, one in latest.items()}, {
        code: reverse("console_score", args=[one.pk]) + period.query for code, one in latest.items()
    }


def trail(period: Period, name: str, top: str) -> list[dict[str, str]]:
    """From the country down; `top`: of an agency's province or ministry, that of a sum is itself."""
    found = [{"label": _("Tổng quan"), "url": reverse("console") + period.query}]
    if name != _("Cả nước"):
        found.append({"label": _("Cả nước"), "url": reverse("console_score_country") + period.query})
    place = queries.places().get(top)
    if place:
        found.append({"label": place.name, "url": reverse("console_score_top", args=[top]) + period.query})
    return [*found, {"label": name, "url": ""}]


def table(
    found: AgencyScore | SummedScore, drawn: Callable[[ComponentLine], dict[str, Any]]
) -> dict[str, Any]:
    """The components by group, the points of those that were computed, and what is left open."""
    version = found.version
    computed = [line for line in found.lines if line.own.status is Status.COMPUTED and line.own.component.cap]
    return {
        "version": version,
        "received": found.received,
        "own": exact(sum((line.own.score or Fraction(0) for line in computed), Fraction(0))),
        "could": exact(sum((line.own.component.cap for line in computed), Fraction(0))),
        "whole": exact(version.cap),
        "official": found.official,
        "groups": [
            {
                "group": {"name": group.name, "cap": exact(group.cap)},
                "rows": [drawn(line) for line in found.lines if line.own.component.group == group.code],
            }
            for group in version.groups
        ],
        "doubts": [setting for setting in version.settings.values() if setting.doubt],
        "unknown": len(found.lines) - sum(1 for line in found.lines if line.own.status is Status.COMPUTED),
        "as_of": found.as_of,
    }


def row(line: ComponentLine, period: Period, counter: str, *, parts: str | None = None) -> dict[str, Any]:
    """`parts`: of a sum, whose counters open to its parts; the component whose parts are shown."""
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
        "parts_url": "" if parts is None else f"{period.query}&tp={component.code}#tung-don-vi",
        "parts_shown": parts == component.code,
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
                "url": f"{period.query}&dem={name}#ho-so" if opens and parts is None else "",
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
