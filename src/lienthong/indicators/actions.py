"""Writes: count everything anew, enter an official score, load figures from outside."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from django.db import transaction

from lienthong.audit.public import record
from lienthong.identity.public import Actor, require
from lienthong.indicators.counting import refresh_tally, wait_for_turn
from lienthong.indicators.events import (
    ObservationEntered,
    ObservationsLoaded,
    OfficialScoreEntered,
    TallyRebuilt,
)
from lienthong.indicators.formulas.scoring import TOTAL
from lienthong.indicators.formulas.shipped import shipped
from lienthong.indicators.models import Mark, Observation, OfficialScore, SignMark, Tally, Total
from lienthong.indicators.outside import SERIES, SUBJECTS, day_of, value_of
from lienthong.kit.errors import Refused, said
from lienthong.kit.names import tidy
from lienthong.organisations.public import Organisation

OUTSIDE: Final = ("observation", "ranking")
"""Kinds of programme facts that are figures; targets and task counts belong to steering."""


class UnknownComponent(Refused):
    sentence = said("Không có thành phần “{component}” trong chỉ số ở tháng {month}.")


class ScoreAboveMaximum(Refused):
    sentence = said("Điểm {score} của thành phần {component} không nằm trong khoảng 0 đến {cap}.")


class SourceMissing(Refused):
    sentence = said("Điểm chính thức phải có nguồn: văn bản hoặc trang đã công bố.")


class ObservationSourceMissing(Refused):
    sentence = said("Số liệu từ bên ngoài phải nêu nội dung và nguồn.")


class UnknownSeries(Refused):
    sentence = said("Không có dãy số liệu “{series}”.")


class NotAFactsFile(Refused):
    sentence = said("Tệp {file} không phải bảng số liệu chương trình: thiếu cột {column}.")


@transaction.atomic
def rebuild_tally(*, by: Actor) -> int:
    """Count everything anew; gives the number of counters. After a restore, transaction ids start over."""
    require(by, "indicators.rebuild")
    wait_for_turn()
    Tally.objects.all().delete()
    Total.objects.all().delete()
    Mark.objects.all().delete()
    SignMark.objects.all().delete()
    refresh_tally()
    counters = Tally.objects.count()
    record(TallyRebuilt(counters=counters), by=by)
    return counters


@transaction.atomic
def enter_official_score(
    *,
    agency: Organisation,
    component: str,
    first_month: date,
    last_month: date,
    score: Decimal,
    source: str,
    as_of: date,
    by: Actor,
) -> OfficialScore:
    """Keep what a publication says beside our own figure. `component` may be "total".

    Raises UnknownComponent, ScoreAboveMaximum, SourceMissing.
    """
    require(by, "indicators.enter_official", agency)
    if not source.strip():
        raise SourceMissing
    version = shipped().on(_last_day(last_month))
    caps = {c.code: c.cap for c in version.components} | {TOTAL: version.cap} if version else {}
    if component not in caps:
        raise UnknownComponent(component=component, month=f"{last_month:%m/%Y}")
    if not 0 <= score <= caps[component]:
        raise ScoreAboveMaximum(score=score, component=component, cap=caps[component])
    kept = OfficialScore.objects.create(
        agency=agency,
        component=component,
        first_month=first_month.replace(day=1),
        last_month=last_month.replace(day=1),
        score=score,
        source=source.strip(),
        as_of=as_of,
    )
    record(
        OfficialScoreEntered(
            agency=agency.code,
            component=component,
            first_month=f"{first_month:%Y-%m}",
            last_month=f"{last_month:%Y-%m}",
            score=str(score),
        ),
        by=by,
    )
    return kept


def _last_day(month: date) -> date:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


@transaction.atomic
def load_observations(*, path: Path, by: Actor) -> int:
    """Figures from outside, from a table of programme facts; a second time changes nothing.

    Gives their number. Raises NotAFactsFile.
    """
    require(by, "indicators.load_observations")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for column in ("kind", "subject", "value", "as_of_or_deadline", "event"):
            if column not in (reader.fieldnames or ()):
                raise NotAFactsFile(file=path.name, column=column)
        rows = [row for row in reader if row["kind"] in OUTSIDE]
    for row in rows:
        told, day = row["value"], day_of(row["as_of_or_deadline"])
        value, out_of = value_of(told)
        Observation.objects.update_or_create(
            source=row["event"],
            source_date=row["event_date"],
            subject=row["subject"],
            tier=row["unit_tier"],
            as_of_told=row["as_of_or_deadline"],
            defaults={
                "series": SUBJECTS.get(row["subject"], ""),
                "told": told,
                "value": value,
                "out_of": out_of,
                "comparator": row["comparator"],
                "unit": row["unit"],
                "as_of": day.day,
                "inferred": day.inferred,
                "note": row["note"],
            },
        )
    record(ObservationsLoaded(source=path.name, observations=len(rows)), by=by)
    return len(rows)


@transaction.atomic
def enter_observation(
    *,
    subject: str,
    source: str,
    source_date: str,
    told: str,
    value: Decimal | None = None,
    out_of: Decimal | None = None,
    unit: str = "",
    comparator: str = "",
    tier: str = "",
    as_of: date | None = None,
    inferred: str = "",
    series: str = "",
    note: str = "",
    by: Actor,
) -> Observation:
    """A figure that a document tells, in its words; said again by the same source, it is corrected.

    Raises ObservationSourceMissing, UnknownSeries.
    """
    require(by, "indicators.enter_observation")
    if not subject.strip() or not source.strip():
        raise ObservationSourceMissing
    if series and series not in SERIES:
        raise UnknownSeries(series=series)
    kept, _ = Observation.objects.update_or_create(
        source=tidy(source),
        source_date=source_date,
        subject=tidy(subject),
        tier=tier,
        as_of_told=as_of.isoformat() if as_of else "",
        defaults={
            "series": series or SUBJECTS.get(tidy(subject), ""), "told": told, "value": value, "out_of": out_of,
            "comparator": comparator, "unit": unit, "as_of": as_of, "inferred": inferred, "note": note,
        },
    )  # fmt: skip
    record(ObservationEntered(observation=kept.pk, source=source), by=by)
    return kept
