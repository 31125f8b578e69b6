"""Two units, or two months and days of one: each value with its part and whole, who leads, what changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.console import queries
from lienthong.console.addresses import AS_OF, KNOWN_AT, Question
from lienthong.console.queries import Line
from lienthong.console.registers import by_agency
from lienthong.console.sides import OTHER, UNIT, Incomparable, Side, side_of
from lienthong.identity.public import Actor
from lienthong.indicators.public import (
    INDICATORS,
    Figure,
    Indicator,
    Series,
    indicator,
    series_of,
)
from lienthong.kit.errors import said
from lienthong.steering.public import BUCKET_NAMES, Bucket, Counts, Target, count_tasks

MONTH: Final = "thang"
OTHER_MONTH: Final = "voi-thang"
SHOWN: Final = "chi-tieu"


class OtherTier(Incomparable):
    sentence = said(
        "Chỉ so sánh đơn vị cùng cấp: {one} là {tier}, còn {other} là {other_tier}. Hãy chọn hai đơn vị cùng cấp."
    )


class NothingToCompare(Incomparable):
    sentence = said(
        "{name} với chính nó trong cùng một tháng thì không có gì để so sánh. Chọn đơn vị hoặc tháng khác."
    )


# ---- the comparison


@dataclass(frozen=True)
class Asked:
    """What the address asks for; months newest first."""

    sides: tuple[Side, ...]
    months: tuple[date, ...]
    shown: tuple[Indicator, ...]
    question: Question

    @property
    def by_month(self) -> bool:
        return len(self.months) > 1


def asked(told: Mapping[str, Any], question: Question) -> Asked:
    """Raises NoSuchUnit, ManyUnits, OtherTier, NothingToCompare; NoSuchMonth and UnknownIndicator are not found."""
    said_of = {name: str(told.get(name, "")).strip() for name in (UNIT, OTHER, MONTH, OTHER_MONTH, SHOWN)}
    known = queries.places()
    first = queries.period_of(said_of[MONTH]).month
    months = {first, queries.period_of(said_of[OTHER_MONTH]).month} if said_of[OTHER_MONTH] else {first}
    sides = [side_of(said_of[name], known) for name in (UNIT, OTHER) if said_of[name]]
    if len(sides) == 2 and sides[0].told == sides[1].told:
        sides = sides[:1]
    _check(sides, months, question)
    shown = (indicator(said_of[SHOWN]),) if said_of[SHOWN] else tuple(INDICATORS.values())
    return Asked(tuple(sides), tuple(sorted(months, reverse=True)), shown, question)


def _check(sides: list[Side], months: set[date], question: Question) -> None:
    if len(sides) == 2 and sides[0].tier != sides[1].tier:
        one, other = sides
        raise OtherTier(one=one.name, tier=one.tier, other=other.name, other_tier=other.tier)
    if len(sides) == 1 and len(months) == 1 and question.since is None:
        raise NothingToCompare(name=sides[0].name)


def compared(what: Asked, *, by: Actor) -> dict[str, Any]:
    """One block an indicator, then tasks; and in a sentence who leads how often."""
    goals = queries.live_targets()
    series = {side.told: series_of(side.scope(what.months[0]), by=by) for side in what.sides}
    blocks = [_block(shown, what, series, goals) for shown in what.shown]
    tasks = tasks_of(what, by=by)
    return {
        "what": what,
        "blocks": blocks,
        "lasting": address(what, tasks["known_at"] if tasks else None),
        "sentence": in_a_sentence(what, blocks),
        "joined": [
            (side, each) for side in what.sides for each in series[side.told].joined if _reaches(each, what)
        ],
        "apart": [(side, each) for side in what.sides for each in series[side.told].apart],
        "tasks": tasks,
        "as_of": timezone.now(),
    }


def _reaches(before: Any, what: Asked) -> bool:
    return before.ended_on is not None and before.ended_on > what.months[-1]


def _block(
    shown: Indicator, what: Asked, series: Mapping[str, Series], goals: Mapping[tuple[str, str], Target]
) -> dict[str, Any]:
    """An indicator's table: a row a month, a cell a unit, the difference; with two months what changed."""
    rows = [
        _row(month, [_cell(side, shown, month, series[side.told], goals) for side in what.sides])
        for month in what.months
    ]
    changes = []
    if what.by_month:
        changes = [
            _less(new.value, old.value) for new, old in zip(rows[0]["cells"], rows[-1]["cells"], strict=True)
        ]
    return {
        "indicator": shown,
        "part_name": _(shown.part_name),
        "whole_name": _(shown.whole_name),
        "rows": rows,
        "changes": [
            {"side": side, "change": change, "words": change_words(change), "by": abs(change or 0)}
            for side, change in zip(what.sides, changes, strict=False)
        ],
        "faster": who_did_better(what.sides, changes),
    }


def _cell(
    side: Side, shown: Indicator, month: date, series: Series, goals: Mapping[tuple[str, str], Target]
) -> Line:
    row = next((row for row in series.months if row.key == month.isoformat()), None)
    figure = row.figure(shown) if row else Figure(shown, 0, 0, timezone.now())
    return Line(title=side.name, figure=figure, target=side.target(shown, goals), url=side.url(shown, month))


def _row(month: date, cells: list[Line]) -> dict[str, Any]:
    values = [cell.value for cell in cells]
    two = len(cells) == 2
    return {
        "month": month,
        "cells": cells,
        "difference": _less(values[0], values[1]) if two else None,
        "verdict": who_leads(cells) if two else "",
    }


def _less(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return one - other if one is not None and other is not None else None


def who_leads(cells: list[Line]) -> str:
    """Who of two has more, in words; empty where one has no value. Compared exactly, not as printed."""
    one, other = (cell.value for cell in cells)
    if one is None or other is None:
        return ""
    if one == other:
        return _("bằng nhau")
    return _("{name} cao hơn").format(name=cells[0 if one > other else 1].title)


def who_did_better(sides: tuple[Side, ...], changes: list[Fraction | None]) -> str:
    """Of two changes, in words."""
    if len(changes) != 2 or changes[0] is None or changes[1] is None:
        return ""
    best = max(changes[0], changes[1])
    if changes[0] == changes[1]:
        return _("thay đổi như nhau")
    name = sides[changes.index(best)].name
    if best == 0:
        return _("{name} giữ nguyên").format(name=name)
    return (_("{name} tăng nhiều hơn") if best > 0 else _("{name} giảm ít hơn")).format(name=name)


def change_words(change: Fraction | None) -> str:
    """A sign and a word, for whoever sees no colour."""
    if change is None:
        return _("không so được: một tháng chưa có hồ sơ")
    if change == 0:
        return _("= không đổi")
    return _("▲ tăng") if change > 0 else _("▼ giảm")


def in_a_sentence(what: Asked, blocks: list[dict[str, Any]]) -> str:
    """ "Tháng 11/2026: Đồng Tháp cao hơn ở 3 trong 4 chỉ tiêu." """
    if len(what.sides) < 2:
        risen = [b for b in blocks if b["changes"] and (b["changes"][0]["change"] or 0) > 0]
        fallen = [b for b in blocks if b["changes"] and (b["changes"][0]["change"] or 0) < 0]
        if not what.by_month:
            return ""
        return _("{name}: {risen} chỉ tiêu tăng, {fallen} chỉ tiêu giảm, trong {all}.").format(
            name=what.sides[0].name, risen=len(risen), fallen=len(fallen), all=len(blocks)
        )
    found = [b["rows"][0]["difference"] for b in blocks]
    judged = [difference for difference in found if difference is not None]
    first, second = (sum(1 for d in judged if sign * d > 0) for sign in (1, -1))
    told = _(
        "{month}: {one} cao hơn ở {first}, {other} cao hơn ở {second}, trong {all} chỉ tiêu so sánh được."
    )
    return told.format(month=queries.month_name(what.months[0]).capitalize(), one=what.sides[0].name,
                       other=what.sides[1].name, first=first, second=second, all=len(judged))  # fmt: skip


# ---- tasks, as of one or two days


def tasks_of(what: Asked, *, by: Actor) -> dict[str, Any] | None:
    """The four buckets of each unit on the days asked for; None for units that tasks are not given to."""
    if any(side.whole for side in what.sides):
        return None
    asked_of = what.question
    days = [asked_of.as_of, *([asked_of.since] if asked_of.since else [])]
    known_at, rows = asked_of.known_at, []
    for day in days:
        count = count_tasks(asked_of.scope, day, known_at, by=by)
        known_at = count.known_at
        parts = [part for row in count.rows for part in (row.parts or (row,))]
        units = {unit.agency.code: unit for unit in by_agency(parts, asked_of).values()}
        rows.append((day, [units.get(side.told) for side in what.sides]))
    if not any(unit for _day, units in rows for unit in units):
        return None
    return {
        "known_at": known_at,
        "rows": [_task_row(day, units, what) for day, units in rows],
        "buckets": [_(BUCKET_NAMES[bucket]) for bucket in Bucket],
    }


def _task_row(day: date, units: list[Any], what: Asked) -> dict[str, Any]:
    none = Counts(dict.fromkeys(Bucket, 0))
    cells = [
        {
            "side": side,
            "counts": unit.counts if unit else none,
            "named": [
                ((unit.counts if unit else none).buckets[bucket], _(BUCKET_NAMES[bucket]))
                for bucket in Bucket
            ],
            "share": unit.share if unit else None,
            "in_time": unit.in_time if unit else 0,
            "out_of": unit.out_of if unit else 0,
            "url": reverse("console_task_list")
            + what.question.query(don_vi=side.told, tinh_den=day.isoformat(), so_voi=""),
        }
        for side, unit in zip(what.sides, units, strict=True)
    ]
    return {"day": day, "cells": cells}


def address(what: Asked, known_at: datetime | None) -> str:
    """This comparison's own address, with the months and days in it."""
    told = {
        UNIT: what.sides[0].told,
        OTHER: what.sides[1].told if len(what.sides) > 1 else "",
        MONTH: f"{what.months[0]:%Y-%m}",
        OTHER_MONTH: f"{what.months[-1]:%Y-%m}" if what.by_month else "",
        SHOWN: what.shown[0].code if len(what.shown) == 1 else "",
        AS_OF: what.question.as_of.isoformat(),
        KNOWN_AT: known_at.astimezone(UTC).isoformat().replace("+00:00", "Z") if known_at else "",
    }
    return reverse("console_compare") + what.question.query(
        **{name.replace("-", "_"): text for name, text in told.items()}
    )


def names(what: Asked) -> dict[str, str]:
    """What stands in the fields of units after they were found: the name, or the code where a name is not enough."""
    fields = (UNIT, OTHER)
    return {
        name: side.name if side.place else side.told for name, side in zip(fields, what.sides, strict=False)
    }
