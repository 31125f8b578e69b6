"""What a pack looks at: the screens' own facts, asked once, at one day and one moment of knowledge."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from lienthong.console import aims, figures, queries, registers
from lienthong.console.addresses import AS_OF, KNOWN_AT, Question
from lienthong.console.queries import Line, Overview, Period
from lienthong.console.signals.facts import whole_month
from lienthong.dossiers.public import LateCount, late_by_authority
from lienthong.identity.public import Actor, require
from lienthong.indicators.public import INDICATORS, Scope, Signal, signals
from lienthong.steering.public import Target, known_moment, plans

MONTH = "thang"


@dataclass(frozen=True)
class Held:
    """A line held against a target: its units ranked, and what is to be expected."""

    line: Line
    aim: Mapping[str, Any]
    units: Mapping[str, Any]

    @property
    def name(self) -> str:
        return f"{self.line.title}, {self.aim['tier_name'].lower()}"


@dataclass(frozen=True)
class Look:
    asked: Question
    known_at: datetime
    period: Period
    by: Actor
    overview: Overview
    held: tuple[Held, ...]
    board: Mapping[str, Any]
    late: tuple[Mapping[str, Any], ...]
    """Every late task, as the page of late tasks shows it."""
    late_parts: tuple[Mapping[str, Any], ...]
    """Late parts of tasks given to several units, unit by unit."""
    late_dossiers: tuple[LateCount, ...]
    signals: tuple[Signal, ...]
    """Those of the month that whoever makes the pack may see."""
    signal_month: Period

    def address(self, path: str) -> str:
        return settings.PUBLIC_URL + path

    @property
    def tasks_address(self) -> str:
        return self.address(reverse("console_tasks") + self.asked.query())

    @property
    def path(self) -> str:
        """Asks for this very pack again, next year too."""
        return reverse("console_pack") + query_of(self.asked, self.period)


def pinned(asked: Question, moment: datetime) -> Question:
    """The same question with its day and its moment of knowledge fixed, in its addresses too."""
    told = {**asked.told, AS_OF: asked.as_of.isoformat(), KNOWN_AT: in_utc(moment)}
    return replace(asked, known_at=moment, told=told)


def query_of(asked: Question, period: Period) -> str:
    return f"{asked.query()}&{MONTH}={period.month:%Y-%m}"


def pinned_path(asked: Question, period: Period, *, by: Actor) -> str:
    """The page with its day and moment of knowledge in the address. Requires indicators.read."""
    require(by, "indicators.read", Scope(period.month))
    return reverse("console_pack") + query_of(pinned(asked, known_moment(asked.known_at)), period)


def in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def look_at(asked: Question, period: Period, *, by: Actor) -> Look:
    """Requires what the screens require: steering.read, indicators.read and read_signals, dossiers.inspect."""
    moment = known_moment(asked.known_at)
    asked = pinned(asked, moment)
    overview = queries.overview(period, next(iter(INDICATORS.values())), by=by)
    over = whole_month(period) if period.month == period.months[-1] else period
    by_unit = registers.late_page(asked.of(by_unit=True), "", by=by)["late"]
    return Look(
        asked=asked,
        known_at=moment,
        period=period,
        by=by,
        overview=overview,
        held=tuple(held(line, line.target, period, by=by) for line in overview.lines if line.target),
        board=registers.board(asked, by=by),
        late=tuple(registers.late_page(asked, "", by=by)["late"]),
        late_parts=tuple(item for item in by_unit if item["row"].parent is not None),
        late_dossiers=tuple(late_by_authority(by=by, limit=None)),
        signals=tuple(signals(over.month, by=by)),
        signal_month=over,
    )


def held(line: Line, target: Target, period: Period, *, by: Actor) -> Held:
    return Held(
        line,
        aims.of_target(target.pk, period, by=by),
        figures.of_country(line.figure.indicator, period, line.tier, by=by),
    )


def agency_of(asked: Question) -> str:
    """The body that follows the plan asked for, or the newest plan in scope; empty without any."""
    scope = asked.scope
    known = [
        plan
        for plan in plans()
        if (not scope.plan or plan.code == scope.plan)
        and (not scope.programme or plan.programme.code == scope.programme)
    ]
    return known[0].body.name if known else ""
