"""What each page's template reads, made from the queries: formula, parts, proof, rows."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.console import queries
from lienthong.console.queries import Line, Overview, Period, Ranked
from lienthong.dossiers.public import MOVES, STATE_NAMES, Act, Dossier, Movement, State, courses, is_late
from lienthong.identity.public import Actor
from lienthong.indicators.public import (
    Figure,
    Indicator,
    Scope,
    Series,
    Sums,
    Tier,
    ids_behind,
    series_of,
    signals,
    sums_by,
    tops_by_month,
)
from lienthong.kit.calendar import Calendar
from lienthong.kit.deadlines import days_late
from lienthong.organisations.public import Organisation
from lienthong.procedures.public import versions_in_force

ENDS = 5
"""How many of the best and of the worst a short ranking shows."""


def national(seen: Overview, period: Period) -> dict[str, Any]:
    ranking = queries.ranked(seen.provinces)
    judged = [each.line for each in ranking if each.line.met is not None]
    target = next((each.line.threshold for each in ranking), None)
    choices = {line.figure.indicator.code: line.title for line in seen.lines}
    return {
        "seen": seen,
        "map_figures": queries.for_map(seen.provinces, seen.by_place),
        "target": target,
        "met_places": sum(1 for line in judged if line.met),
        "places": len(seen.provinces),
        "below": [each.line for each in ranking if each.line.met is False][::-1][:9],
        "ranking": short_ranking(ranking, seen, period),
        "choices": [(code, title, code == seen.shown.code) for code, title in choices.items()],
        "others": queries.other_targets(),
        "as_of": seen.as_of,
    }


def short_ranking(ranking: list[Ranked], seen: Overview, period: Period) -> list[dict[str, Any]]:
    rows = [ranking_row(each) for each in ranking]
    hidden = len(rows) - 2 * ENDS
    if hidden <= 0:
        return rows
    url = reverse("console_country", args=[seen.shown.code]) + period.query + f"&cap={Tier.LOCALITY.value}"
    return [
        *rows[:ENDS],
        {"gap": _("… {count} đơn vị ở giữa").format(count=hidden), "url": url},
        *rows[-ENDS:],
    ]


def ranking_row(each: Ranked) -> dict[str, Any]:
    line = each.line
    return {
        "rank": each.rank,
        "moved": moved_words(each.moved),
        "name": line.title,
        "url": line.url,
        "numerator": line.figure.part,
        "denominator": line.figure.whole,
        "value": line.value,
        "target": line.threshold,
        "below": line.met is False,
        "delta": line.delta,
    }


def moved_words(moved: int | None) -> str:
    """ "▲ lên 2", "▼ xuống 1", "= giữ hạng"; empty where there was no rank before."""
    if moved is None:
        return ""
    if moved == 0:
        return _("= giữ hạng")
    return (_("▲ lên {n}") if moved > 0 else _("▼ xuống {n}")).format(n=abs(moved))


# ---- one indicator, from the country down


def of_country(indicator: Indicator, period: Period, tier: Tier | None, *, by: Actor) -> dict[str, Any]:
    """Provinces or ministries (or both) under one figure."""
    known, goals = queries.places(), queries.live_targets()
    scope = Scope(period.month, tier=tier)
    months = tops_by_month(scope, by=by)
    rows = months.get(period.month, {})
    earlier = months.get(period.before, {}) if period.before else {}
    lines = [
        queries.place_line(
            place,
            rows.get(code),
            earlier.get(code),
            indicator=indicator,
            target=goals.get((indicator.code, place.tier.value)),
            period=period,
        )
        for code, place in known.items()
        if (tier is None or place.tier is tier) and code in rows
    ]
    target = goals.get((indicator.code, tier.value)) if tier else None
    name = queries.tier_name(tier) if tier else _("Cả nước")
    return _figure_page(
        indicator, period, name=name, lines=lines, target=target, scope=scope, trail=[], by=by
    )


def of_top(indicator: Indicator, period: Period, code: str, *, by: Actor) -> dict[str, Any]:
    """The agencies of a province or ministry that decide dossiers, under one figure."""
    known, goals = queries.places(), queries.live_targets()
    if code not in known:
        raise queries.NoSuchPlace
    place = known[code]
    scope = Scope(period.month, top=code)
    months = months_of_agencies(scope, by=by)
    rows, earlier = months.get(period.month, {}), months.get(period.before, {}) if period.before else {}
    agencies = Organisation.objects.in_bulk(list(rows))
    target = goals.get((indicator.code, place.tier.value))
    lines = [
        _agency_line(agencies[key], row, earlier.get(key), indicator, period=period, target=target)
        for key, row in rows.items()
    ]
    above = reverse("console_country", args=[indicator.code]) + period.query + f"&cap={place.tier.value}"
    trail = [{"label": queries.tier_name(place.tier), "url": above}]
    return _figure_page(
        indicator, period, name=place.name, lines=lines, target=target, scope=scope, trail=trail, by=by
    )


def months_of_agencies(scope: Scope, *, by: Actor) -> dict[date, dict[int, Sums]]:
    """By month and agency, in one question."""
    found: dict[date, dict[int, Sums]] = {}
    for row in sums_by("agency_month", scope, by=by):
        agency, _slash, month = row.key.partition("/")
        found.setdefault(date.fromisoformat(month), {})[int(agency)] = row
    return found


def _agency_line(
    agency: Organisation,
    row: Sums,
    earlier: Sums | None,
    indicator: Indicator,
    *,
    period: Period,
    target: Any,
) -> Line:
    url = reverse("console_agency", args=[indicator.code, agency.pk]) + period.query
    before = earlier.figure(indicator).percent if earlier else None
    return Line(title=agency.name, figure=row.figure(indicator), target=target, url=url, before=before)


def _figure_page(
    indicator: Indicator,
    period: Period,
    *,
    name: str,
    lines: list[Line],
    target: Any,
    scope: Scope,
    trail: list[dict[str, str]],
    by: Actor,
) -> dict[str, Any]:
    """The formula over the parts, and the proof: an independent sum of the scope equals theirs."""
    series = series_of(scope, by=by)
    now = next((row for row in series.months if row.key == period.month.isoformat()), None)
    whole = now.figure(indicator) if now else Figure(indicator, 0, 0, timezone.now())
    line = Line(title=name, figure=whole, target=target, url="")
    part = sum(each.figure.part for each in lines)
    total = sum(each.figure.whole for each in lines)
    first = {"label": _("Tổng quan"), "url": reverse("console") + period.query}
    return {
        "indicator": indicator,
        "part_name": _(indicator.part_name),
        "whole_name": _(indicator.whole_name),
        "line": line,
        "name": name,
        "rows": [ranking_row(each) for each in queries.ranked(lines)],
        "adds_up": (part, total) == (whole.part, whole.whole),
        "part": part,
        "total": total,
        "count": len(lines),
        **months_of(series, indicator),
        "trail": [first, *trail, {"label": name, "url": ""}],
        "as_of": whole.as_of,
        "delta_label": delta_label(period),
        "compare_url": compare_url(scope.top or "", indicator, period) if scope.top else "",
    }


def compare_url(unit: str, indicator: Indicator, period: Period) -> str:
    """This unit and indicator beside the month before; the other unit is then chosen there."""
    earlier = f"&voi-thang={period.before:%Y-%m}" if period.before else ""
    return reverse("console_compare") + f"{period.query}&don-vi={unit}&chi-tieu={indicator.code}{earlier}"


def delta_label(period: Period) -> str:
    return _("So {month}").format(month=queries.month_name(period.before)) if period.before else ""


def months_of(series: Series, indicator: Indicator) -> dict[str, Any]:
    """The months as bars; whose months are counted with them, and whose stand apart."""
    years = {row.key[:4] for row in series.months}
    return {
        "months": [
            {
                "label": f"T{int(row.key[5:7])}" + (f"/{row.key[2:4]}" if len(years) > 1 else ""),
                "value": figure.percent,
                "month": date.fromisoformat(row.key),
                "figure": figure,
            }
            for row in series.months
            if (figure := row.figure(indicator)).percent is not None
        ],
        "joined": series.joined,
        "apart": [
            {
                "agency": each.agency,
                "ended_on": each.ended_on,
                "months": [
                    {"month": date.fromisoformat(row.key), "figure": row.figure(indicator)}
                    for row in each.months
                ],
            }
            for each in series.apart
        ],
    }


# ---- the last step


def of_agency(
    indicator: Indicator, period: Period, agency_id: int, *, part: str, procedure: str, by: Actor
) -> dict[str, Any]:
    """One agency: by procedure, then the dossiers in the figure or outside it."""
    agency = Organisation.objects.filter(pk=agency_id).first()
    if agency is None:
        raise queries.NoSuchPlace
    known = queries.places()
    place = known.get(agency.path.split("/")[0])
    goal = queries.live_targets().get((indicator.code, place.tier.value)) if place else None
    scope = Scope(period.month, agency=agency.pk)
    rows = sums_by("procedure", scope, by=by)
    figure = queries.add_up(rows, indicator) or Figure(indicator, 0, 0, timezone.now())
    narrowed = Scope(period.month, agency=agency.pk, procedure=procedure or None)
    counter = "received" if indicator.part.startswith("services") else indicator.part
    ids = ids_behind(counter, narrowed, by=by, negated=part == "rest", now=figure.as_of)
    names = {v.procedure.code: v.typed.short_name for v in versions_in_force(timezone.localdate())}
    line = Line(title=agency.name, figure=figure, target=goal, url="")
    expected = sum(
        row.counters[counter]
        if part == "part"
        else row.counters[_whole_of(indicator)] - row.counters[counter]
        for row in rows
        if not procedure or row.key == procedure
    )
    trail = [{"label": _("Tổng quan"), "url": reverse("console") + period.query}]
    if place:
        trail.append(
            {
                "label": place.name,
                "url": reverse("console_top", args=[indicator.code, place.code]) + period.query,
            }
        )
    return {
        "indicator": indicator,
        "part_name": _(indicator.part_name),
        "whole_name": _(indicator.whole_name),
        "agency": agency,
        "line": line,
        "chosen": part,
        "procedure": procedure,
        "services": [
            {"code": row.key, "name": names.get(row.key, row.key), "figure": row.figure(indicator)}
            for row in rows
        ],
        "ids": ids,
        "adds_up": len(ids) == expected,
        "expected": expected,
        **months_of(series_of(scope, by=by), indicator),
        "compare_url": compare_url(agency.code, indicator, period),
        "trail": [*trail, {"label": agency.name, "url": ""}],
        "as_of": figure.as_of,
        "signals": [
            {"name": one.name, "url": reverse("console_signal", kwargs=one.address)}
            for one in signals(period.month, by=by, agency=agency.pk)
        ],
    }


def _whole_of(indicator: Indicator) -> str:
    return "received" if indicator.whole == "services" else indicator.whole


def rows_of(ids: list[int], *, by: Actor) -> list[dict[str, Any]]:
    """Dossiers as a steering page may show them: code, service, moments, verdict; nobody's name."""
    now = timezone.now()
    return [_row(dossier, now) for dossier in courses(ids, by=by)]


def _row(dossier: Dossier, now: Any) -> dict[str, Any]:
    late = is_late(dossier.life, now)
    ended = dossier.closed_at or dossier.stopped_at
    days = days_late(dossier.due_at, ended or now, Calendar.official()) if late and dossier.due_at else 0
    return {
        "code": dossier.code,
        "url": reverse("console_dossier", args=[dossier.code]),
        "service": dossier.version.typed.short_name,
        "channel": _(dossier.channel_name),
        "received_at": dossier.received_at,
        "due_at": dossier.due_at,
        "ended_at": dossier.closed_at,
        "state": _(STATE_NAMES[State(dossier.state)]),
        "late": late,
        "days": days,
    }


def steps(ledger: list[Movement]) -> list[dict[str, Any]]:
    """The ledger without names or words about a person."""
    return [
        {
            "title": _(MOVES[Act(line.act)].past).capitalize(),
            "when": line.at,
            "text": _("Trạng thái: {state}").format(state=_(STATE_NAMES[State(line.after)])),
            "kind": "done",
        }
        for line in ledger
    ]
