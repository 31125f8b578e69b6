"""A target: what was set, the live figure, who meets it, and what is to be expected at its deadline."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.console import queries
from lienthong.console.queries import Line, Period, Place
from lienthong.identity.public import Actor
from lienthong.indicators.public import Figure, Indicator, Scope, Sums, Tier, indicator, tops_by_month
from lienthong.kit.errors import said
from lienthong.kit.numbers import format_number
from lienthong.steering.public import (
    Forecast,
    Outlook,
    Target,
    find_target,
    forecast,
    outlook,
    plans_to_assign,
    to_close,
)

LOOK_BACK = 12
"""Whole months that a forecast looks at, at most."""
OUTLOOKS = {
    Outlook.MET: ("done", said("Sẽ đạt")),
    Outlook.LIKELY: ("running", said("Có thể đạt")),
    Outlook.DOUBTFUL: ("soon", said("Khó đạt")),
    Outlook.AT_RISK: ("late", said("Nguy cơ không đạt")),
}
ORDER = (Outlook.AT_RISK, Outlook.DOUBTFUL, Outlook.LIKELY, Outlook.MET)


@dataclass(frozen=True)
class Aim:
    """A unit, or the tier, against the target: now, and at the deadline."""

    line: Line
    series: tuple[float, ...]
    expected: Forecast | None
    missing: int
    """How many more of the month's whole would have to be in the part for the target to be met."""

    @property
    def outlook(self) -> Outlook | None:
        threshold = self.line.threshold
        return outlook(self.expected, float(threshold)) if self.expected and threshold is not None else None

    @property
    def kind(self) -> str:
        return OUTLOOKS[self.outlook][0] if self.outlook else "none"

    @property
    def word(self) -> str:
        return _(OUTLOOKS[self.outlook][1]) if self.outlook else _("Chưa đủ số liệu")

    @property
    def interval(self) -> str:
        """ "61,2 đến 68,0%" """
        if self.expected is None:
            return ""
        low, high = points(self.expected.low), points(self.expected.high)
        return _("{low} đến {high}%").format(low=low, high=high)

    @property
    def middle(self) -> str:
        return f"{points(self.expected.expected)}%" if self.expected else ""


def points(value: float) -> str:
    return format_number(Fraction(round(value * 1000), 1000), 1)


def of_target(pk: int, period: Period, *, by: Actor) -> dict[str, Any]:
    """The target with its figure by tier and unit, where an indicator here measures it."""
    target = find_target(pk, by=by)
    facts = {"target": target, "facts": facts_of(target), "may_assign": bool(plans_to_assign(by))}
    if not (target.indicator and target.indicator_tier):
        return {**facts, "measured": False}
    return {**facts, "measured": True, **measured(target, period, by=by)}


def facts_of(target: Target) -> list[dict[str, str]]:
    """What was set, in the words of its document."""
    goal = ""
    if target.value is not None:
        goal = f"{target.compare_words} {format_number(target.value)} {target.unit}".replace(" %", "%")
    told = [
        (_("Mức giao"), goal.strip()),
        (_("Cho"), target.tier),
        (_("Thời hạn"), target.deadline_words),
        (_("Mẫu số"), target.whole or (_("văn bản không nêu") if target.unit.startswith("%") else "")),
        (_("Ưu tiên"), _("gấp") if target.priority == "urgent" else ""),
        (_("Nêu tại"), f"{target.event}, {target.event_words}"),
        (_("Kế hoạch"), target.plan.name if target.plan else ""),
        (_("Ghi chú"), target.note),
    ]
    return [{"term": term, "detail": detail} for term, detail in told if detail]


def measured(target: Target, period: Period, *, by: Actor) -> dict[str, Any]:
    """The tier's figure, the units that meet it and those that miss it, what is to be expected."""
    shown, tier = indicator(target.indicator), Tier(target.indicator_tier)
    known = {code: place for code, place in queries.places().items() if place.tier is tier}
    months, rows_of = whole_months(period), tops_by_month(Scope(period.month, tier=tier), by=by)
    now = rows_of.get(period.month, {})
    past = {month: rows_of.get(month, {}) for month in months}
    ahead = months_to(months[-1], target.due_on) if months and target.due_on else None
    look = Look(shown, target, tier, period, ahead)
    rows = [
        aim(look, place, row, [past[m].get(code) for m in months])
        for code, place in known.items()
        if (row := now.get(code)) is not None
    ]
    total = tier_aim(look, now, past)
    met = [row for row in rows if row.line.met]
    return {
        "indicator": shown,
        "tier_name": queries.tier_name(tier),
        "part_name": _(shown.part_name),
        "whole_name": _(shown.whole_name),
        "unit_name": _(shown.unit),
        "total": total,
        "months": [{"label": f"T{month.month}", "value": value} for month, value in zip(months[len(months) - len(total.series) :], total.series, strict=True)],
        "rows": sorted(rows, key=urgency),
        "met": len(met),
        "missed": len([row for row in rows if row.line.met is False]),
        "at_risk": [row for row in rows if row.outlook in {Outlook.AT_RISK, Outlook.DOUBTFUL}],
        "proof": back_tests(rows),
        "whole_months": len(months),
        "past_due": target.due_on is not None and ahead is None and bool(months),
        "as_of": total.line.figure.as_of,
    }  # fmt: skip


def whole_months(period: Period) -> list[date]:
    """The months over by today, up to the one looked at: a month under way would bend the line."""
    this = timezone.localdate().replace(day=1)
    return [month for month in period.months if month <= period.month and month < this][-LOOK_BACK:]


def months_to(last: date, due_on: date) -> int | None:
    """From the last whole month to the deadline's; None: it has passed."""
    ahead = (due_on.year - last.year) * 12 + due_on.month - last.month
    return ahead if ahead >= 0 else None


@dataclass(frozen=True)
class Look:
    """What is looked at: an indicator against a target in a month; `ahead`: months to the deadline."""

    shown: Indicator
    target: Target
    tier: Tier
    period: Period
    ahead: int | None


def aim(look: Look, place: Place, row: Sums, past: list[Sums | None]) -> Aim:
    figure = row.figure(look.shown)
    url = reverse("console_top", args=[look.shown.code, place.code]) + look.period.query
    line = Line(title=place.name, figure=figure, target=look.target, url=url, tier=place.tier)
    return made(line, shares(sums.figure(look.shown) if sums else None for sums in past), look.ahead)


def tier_aim(look: Look, now: Mapping[str, Sums], past: Mapping[date, Mapping[str, Sums]]) -> Aim:
    """All units together: their counters added up."""
    figure = queries.add_up(list(now.values()), look.shown) or Figure(look.shown, 0, 0, timezone.now())
    url = reverse("console_country", args=[look.shown.code]) + look.period.query + f"&cap={look.tier.value}"
    name = queries.tier_name(look.tier)
    line = Line(title=name, figure=figure, target=look.target, url=url, tier=look.tier)
    series = shares(queries.add_up(list(rows.values()), look.shown) for rows in past.values())
    return made(line, series, look.ahead)


def shares(figures: Any) -> tuple[float, ...]:
    """Percentages of the months since the last one without any: nothing is foretold across a gap."""
    found: list[float] = []
    for figure in figures:
        if figure is None or figure.percent is None:
            found = []
        else:
            found.append(float(figure.percent))
    return tuple(found)


def made(line: Line, series: tuple[float, ...], ahead: int | None) -> Aim:
    threshold, figure = line.threshold, line.figure
    missing = to_close(figure.part, figure.whole, threshold) if threshold is not None else 0
    return Aim(line, series, forecast(series, ahead) if ahead is not None else None, missing)


def urgency(row: Aim) -> tuple[int, float, str]:
    rank = ORDER.index(row.outlook) if row.outlook else len(ORDER)
    return rank, float(row.line.value or 0), row.line.title


def back_tests(rows: list[Aim]) -> dict[str, Any] | None:
    """How the method did over all units so far: the middle of their median errors, how often it held."""
    tests = [row.expected.back_test for row in rows if row.expected]
    if not tests:
        return None
    errors = sorted(test.median_error for test in tests)
    return {
        "error": points(errors[len(errors) // 2]),
        "tries": sum(test.tries for test in tests),
        "held": sum(test.held for test in tests),
        "judged": sum(test.judged for test in tests),
    }
