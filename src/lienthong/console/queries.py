"""What the console's pages show: figures beside their targets, and the way down to the dossiers."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lienthong.identity.public import Actor
from lienthong.indicators.public import (
    INDICATORS,
    TIER_NAMES,
    Figure,
    Indicator,
    Scope,
    Sums,
    Tier,
    months_known,
    tops_by_month,
)
from lienthong.kit.errors import Refused, said
from lienthong.organisations.public import Kind, Organisation
from lienthong.steering.public import Target, movement, ranks, targets

TIER_LETTERS: Final = {"H": Tier.LOCALITY, "G": Tier.MINISTRY}


class NoSuchMonth(Refused):
    sentence = said("Chưa có số liệu của tháng này.")
    status = 404


class NoSuchPlace(Refused):
    sentence = said("Không có cơ quan này trong số liệu.")
    status = 404


@dataclass(frozen=True)
class Period:
    """The month looked at, those there are, and the query string that keeps it."""

    month: date
    months: list[date]

    @property
    def query(self) -> str:
        return f"?thang={self.month:%Y-%m}"

    @property
    def of_year(self) -> list[date]:
        return [month for month in self.months if month.year == self.month.year]

    @property
    def other_years(self) -> list[date]:
        """The last month of each other year."""
        last = {month.year: month for month in self.months if month.year != self.month.year}
        return list(last.values())

    @property
    def before(self) -> date | None:
        earlier = [m for m in self.months if m < self.month]
        return earlier[-1] if earlier else None


def period_of(text: str) -> Period:
    """ "2026-11", or the newest month with figures. Raises NoSuchMonth."""
    months = months_known() or [timezone.localdate().replace(day=1)]
    if not text:
        return Period(months[-1], months)
    for month in months:
        if f"{month:%Y-%m}" == text:
            return Period(month, months)
    raise NoSuchMonth


# ---- places


@dataclass(frozen=True)
class Place:
    """A province or ministry, by the first code of its path, as it is called today."""

    code: str
    name: str
    tier: Tier
    unit: str
    """The statistics office's code, for the map; empty for ministries."""


def places() -> dict[str, Place]:
    """Every level-1 agency that decides dossiers. A province is named by its unit."""
    today = timezone.localdate()
    kinds = (Kind.PROVINCE_COMMITTEE, Kind.MINISTRY)
    found = (
        Organisation.objects.on(today)
        .filter(kind__in=kinds, parent__isnull=True)
        .select_related("unit")
        .by_name()
    )
    return {
        o.code: Place(
            o.code,
            o.unit.short_name if o.unit else o.short_name,
            TIER_LETTERS[o.code[0]],
            o.unit.code if o.unit else "",
        )
        for o in found
        if o.code[0] in TIER_LETTERS
    }


# ---- a figure with its target


@dataclass(frozen=True)
class Line:
    """One row: a figure, what it is held against, and where it opens."""

    title: str
    figure: Figure
    target: Target | None
    url: str
    tier: Tier | None = None
    units_met: int | None = None
    units: int | None = None
    trend: tuple[Fraction, ...] = ()
    before: Fraction | None = None
    """Per cent of the month before."""

    @property
    def value(self) -> Fraction | None:
        return self.figure.percent

    @property
    def delta(self) -> Fraction | None:
        """Percentage points since the month before."""
        return self.value - self.before if self.value is not None and self.before is not None else None

    @property
    def threshold(self) -> Fraction | None:
        return self.target.threshold if self.target else None

    @property
    def met(self) -> bool | None:
        return self.figure.meets(self.threshold) if self.threshold is not None else None

    @property
    def kind(self) -> str:
        return {True: "done", False: "late", None: "none"}[self.met]

    @property
    def verdict(self) -> str:
        if self.value is None:
            return _("Không áp dụng: chưa có hồ sơ")
        if self.met is None:
            return _("Không giao mức")
        return _("Đạt") if self.met else _("Chưa đạt")

    @property
    def gap(self) -> Fraction | None:
        """Percentage points above (+) or below (-) the target."""
        return self.value - self.threshold if self.value is not None and self.threshold is not None else None


def live_targets() -> dict[tuple[str, str], Target]:
    return {(t.indicator, t.indicator_tier): t for t in targets() if t.indicator and t.indicator_tier}


def other_targets() -> list[Target]:
    """Targets that no indicator here measures: shown as set, never as reached or missed."""
    return [t for t in targets() if not (t.indicator and t.indicator_tier)]


def add_up(rows: list[Sums], indicator: Indicator) -> Figure | None:
    if not rows:
        return None
    part = sum(row.counters[indicator.part] for row in rows)
    whole = sum(row.counters[indicator.whole] for row in rows)
    return Figure(indicator, part, whole, rows[0].as_of)


@dataclass(frozen=True)
class Overview:
    lines: list[Line]
    provinces: list[Line]
    shown: Indicator
    as_of: Any
    by_place: dict[str, Place]

    @property
    def met(self) -> int:
        return sum(1 for line in self.lines if line.met is True)

    @property
    def missed(self) -> int:
        return sum(1 for line in self.lines if line.met is False)

    @property
    def on_the_wall(self) -> list[Line]:
        """Those held against a target; all of them where no target is set. The wall does not scroll."""
        return [line for line in self.lines if line.met is not None] or self.lines

    @property
    def off_the_wall(self) -> int:
        return len(self.lines) - len(self.on_the_wall)

    @property
    def unjudged(self) -> int:
        return len(self.lines) - self.met - self.missed


def overview(period: Period, shown: Indicator, *, by: Actor) -> Overview:
    """The national page: each indicator in each tier, and one of them by province."""
    known, goals = places(), live_targets()
    months = tops_by_month(Scope(period.month), by=by)
    tops = months.get(period.month, {})
    earlier = months.get(period.before, {}) if period.before else {}
    lines = []
    for tier in (Tier.LOCALITY, Tier.MINISTRY):
        mine = [row for code, row in tops.items() if code in known and known[code].tier is tier]
        series = [
            [row for code, row in months[month].items() if code in known and known[code].tier is tier]
            for month in sorted(months)
        ]
        for indicator in INDICATORS.values():
            figure = add_up(mine, indicator)
            if figure is not None:
                lines.append(
                    _tier_line(
                        indicator,
                        figure,
                        tier,
                        rows=mine,
                        series=series,
                        target=goals.get((indicator.code, tier.value)),
                        period=period,
                    )
                )
    provinces = [
        place_line(
            place,
            tops.get(code),
            earlier.get(code),
            indicator=shown,
            target=goals.get((shown.code, place.tier.value)),
            period=period,
        )
        for code, place in known.items()
        if place.tier is Tier.LOCALITY
    ]
    as_of = next(iter(tops.values())).as_of if tops else timezone.now()
    return Overview(lines, provinces, shown, as_of, known)


def _tier_line(
    indicator: Indicator,
    figure: Figure,
    tier: Tier,
    *,
    rows: list[Sums],
    series: list[list[Sums]],
    target: Target | None,
    period: Period,
) -> Line:
    threshold = target.threshold if target else None
    met = [r for r in rows if threshold is not None and r.figure(indicator).meets(threshold)]
    figures = (add_up(month, indicator) for month in series)
    trend = tuple(figure.percent for figure in figures if figure and figure.percent is not None)
    url = reverse("console_country", args=[indicator.code]) + period.query + f"&cap={tier.value}"
    return Line(
        title=_(indicator.name),
        figure=figure,
        target=target,
        url=url,
        tier=tier,
        units_met=len(met) if threshold is not None else None,
        units=len(rows),
        trend=trend,
    )


def place_line(
    place: Place,
    row: Sums | None,
    earlier: Sums | None,
    *,
    indicator: Indicator,
    target: Target | None,
    period: Period,
) -> Line:
    figure = row.figure(indicator) if row else Figure(indicator, 0, 0, timezone.now())
    before = earlier.figure(indicator).percent if earlier else None
    url = reverse("console_top", args=[indicator.code, place.code]) + period.query
    return Line(title=place.name, figure=figure, target=target, url=url, tier=place.tier, before=before)


@dataclass(frozen=True)
class Ranked:
    """A line in a ranking; `moved`: places won (+) or lost (-) since the month before."""

    rank: int
    line: Line
    moved: int | None


def ranked(lines: list[Line]) -> list[Ranked]:
    """Best first; equal values share a rank (1, 2, 2, 4); what has no value is not ranked."""
    now = ranks({line.url: line.value for line in lines})
    moved = movement(now, ranks({line.url: line.before for line in lines}))
    found = [Ranked(now[line.url], line, moved.get(line.url)) for line in lines if line.url in now]
    return sorted(found, key=lambda each: each.rank)


def for_map(lines: list[Line], by_place: dict[str, Place]) -> list[dict[str, Any]]:
    names = {place.name: place.unit for place in by_place.values()}
    return [{"code": names[line.title], "value": line.value, "url": line.url} for line in lines]


def tier_name(tier: Tier) -> str:
    return _(TIER_NAMES[tier])


def month_name(month: date) -> str:
    return _("tháng {month}").format(month=date_format(month, "m/Y"))
