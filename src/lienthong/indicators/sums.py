"""QĐ 766 of a province, a ministry or the country, live: counters of agencies added up, then scored once.

Scores are never averaged: a commune of ten dossiers would weigh as much as one of ten thousand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import timezone

from lienthong.identity.public import Actor, require
from lienthong.indicators.formulas.definitions import Component, Version
from lienthong.indicators.formulas.scoring import TOTAL, Scored, score
from lienthong.indicators.models import OfficialScore, Total
from lienthong.indicators.offered import DECIDING
from lienthong.indicators.queries import official_scores
from lienthong.indicators.scores import ComponentLine, count_live, lines_of, version_of
from lienthong.kit.errors import Refused, said
from lienthong.organisations.public import Organisation, heirs_of_level_one

LARGEST: Final = 400_000
"""Dossiers of one month that are counted while somebody waits."""


class TooManyToCountLive(Refused):
    sentence = said(
        "Tháng {month} có {count} hồ sơ, quá nhiều để tính ngay trên trang (đến {most}). "
        "Dùng lệnh lienthong mart build, rồi lienthong indicators compute --tree."
    )


@dataclass(frozen=True)
class SummedPart:
    """An agency of a province or ministry, or a province or ministry of the country, with its own counters."""

    code: str
    counters: Mapping[str, int]


@dataclass(frozen=True)
class SummedScore:
    """`top`: code of a province or ministry; None: the country."""

    top: str | None
    month: date
    version: Version
    lines: list[ComponentLine]
    official: OfficialScore | None
    parts: list[SummedPart]
    received: int
    as_of: datetime

    def component(self, code: str) -> Component | None:
        return next((line.own.component for line in self.lines if line.own.component.code == code), None)

    def scored(self, component: Component) -> list[tuple[SummedPart, Scored]]:
        """The component of each part. Part and whole of the parts add up to those of the sum."""
        return [(part, score(self.version, component, part.counters)) for part in self.parts]


def summed_score(top: str | None, month: date, *, by: Actor) -> SummedScore:
    """Own beside official for a province or ministry and all its agencies, or for the country.

    What an agency did before its province was merged counts with the province that carries on. Requires
    indicators.read. Raises NoFormulaThen, TooManyToCountLive.
    """
    require(by, "indicators.read", None)
    version, heirs = version_of(month), heirs_of_level_one(timezone.localdate())
    tops = None if top is None else [top, *(old for old, heir in heirs.items() if heir == top)]
    _check_size(tops, month)
    found = count_live(_agencies(tops, month), month, version)
    parts = _parts(found.counters, heirs, by_top=top is None)
    whole = added_up(part.counters for part in parts)
    head = None if top is None else Organisation.objects.on(timezone.localdate()).filter(code=top).first()
    official = official_scores(head.pk, month, month, by=by) if head else {}
    return SummedScore(
        top=top, month=month, version=version, lines=lines_of(version, whole, found, official),
        official=official.get(TOTAL), parts=parts, received=whole.get("received", 0), as_of=found.as_of,
    )  # fmt: skip


def _check_size(tops: list[str] | None, month: date) -> None:
    rows = Total.objects.filter(month=month)
    rows = rows if tops is None else rows.filter(top__in=tops)
    count = sum(row.received for row in rows)
    if count > LARGEST:
        raise TooManyToCountLive(month=f"{month:%m/%Y}", count=count, most=LARGEST)


def _agencies(tops: list[str] | None, month: date) -> list[Organisation]:
    """Those that decide on the month's last day, and those that decided on its first."""
    last = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    found: dict[int, Organisation] = {}
    for day in (month, date.fromordinal(last.toordinal() - 1)):
        rows = Organisation.objects.on(day).filter(kind__in=DECIDING).select_related("unit")
        found |= {one.pk: one for one in rows if tops is None or one.path.split("/")[0] in tops}
    return list(found.values())


def _parts(
    counters: Mapping[str, Mapping[str, int]], heirs: Mapping[str, str], *, by_top: bool
) -> list[SummedPart]:
    if not by_top:
        return [SummedPart(code, own) for code, own in sorted(counters.items())]
    groups: dict[str, list[Mapping[str, int]]] = {}
    for code, own in counters.items():
        top = code.split(".")[0]
        groups.setdefault(heirs.get(top, top), []).append(own)
    return [SummedPart(top, added_up(own)) for top, own in sorted(groups.items())]


def added_up(all_counters: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Counter by counter."""
    found: dict[str, int] = {}
    for one in all_counters:
        for name, count in one.items():
            found[name] = found.get(name, 0) + count
    return found
