"""Writes: count everything anew, enter an official score, load figures from outside."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from django.db import transaction

from lienthong.audit.public import record
from lienthong.documents.public import StoredFile
from lienthong.identity.public import Actor, require
from lienthong.indicators.counting import refresh_tally, wait_for_turn
from lienthong.indicators.events import (
    ObservationEntered,
    ObservationsLoaded,
    OfficialScoreEntered,
    TallyRebuilt,
)
from lienthong.indicators.models import Mark, Observation, OfficialScore, SignMark, Tally, Total
from lienthong.indicators.officials import QD766, parts
from lienthong.indicators.outside import SERIES, SUBJECTS, day_of, value_of
from lienthong.kit.errors import Refused, said
from lienthong.kit.names import tidy
from lienthong.kit.numbers import format_number
from lienthong.kit.words import format_date
from lienthong.organisations.public import Organisation

OUTSIDE: Final = ("observation", "ranking")
"""Kinds of programme facts that are figures; targets and task counts belong to steering."""


class UnknownComponent(Refused):
    sentence = said("Không có thành phần “{component}” trong chỉ số ở tháng {month}.")


class ScoreAboveMaximum(Refused):
    sentence = said("Điểm {score} của thành phần {component} không nằm trong khoảng 0 đến {cap}.")


class PeriodBackwards(Refused):
    sentence = said("Kỳ kết thúc tháng {last}, trước khi bắt đầu tháng {first}.")


class PeriodNotOver(Refused):
    sentence = said("Nguồn ghi ngày {day}, trước khi kỳ bắt đầu ({first}).")


class CorrectionUnexplained(Refused):
    sentence = said(
        "Kỳ này đã ghi {score} điểm từ nguồn cùng ngày. Nêu lý do đính chính; điểm cũ vẫn đọc được."
    )


class NothingToWithdraw(Refused):
    sentence = said("Dòng này đã được đính chính hoặc đã rút.")


class WithdrawalUnexplained(Refused):
    sentence = said("Nêu lý do rút điểm đã ghi.")


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
    index: str = QD766,
    document: StoredFile | None = None,
    note: str = "",
    by: Actor,
) -> OfficialScore:
    """Keep what a publication says beside our own figure. `component` may be "total".

    Said again of the same period by a source of the same day it is a correction, with its reason in `note`; the
    earlier entry stays. The very same again changes nothing. Raises UnknownComponent, ScoreAboveMaximum,
    SourceMissing, PeriodBackwards, PeriodNotOver, CorrectionUnexplained.
    """
    require(by, "indicators.enter_official", agency)
    if not source.strip():
        raise SourceMissing
    period = {"first_month": first_month.replace(day=1), "last_month": last_month.replace(day=1)}
    _check_official(index, component, score, as_of, period)
    before = _standing(agency, index, component, as_of, period)
    if before is not None and before.score is not None:
        if (before.score, before.source) == (score, source.strip()) and document is None:
            return before
        if not note.strip():
            raise CorrectionUnexplained(score=plain_number(before.score))
    kept = OfficialScore.objects.create(
        index=index, agency=agency, component=component, **period, score=score, source=source.strip(),
        as_of=as_of, document=document, note=note.strip(), entered_by=by.name,
    )  # fmt: skip
    record(_entered(kept), by=by)
    return kept


@transaction.atomic
def withdraw_official_score(*, entry: OfficialScore, reason: str, by: Actor) -> OfficialScore:
    """The entry should not be there (another agency's, another period's): a later line says so, and it stays readable.

    Raises WithdrawalUnexplained, NothingToWithdraw.
    """
    require(by, "indicators.enter_official", entry.agency)
    if not reason.strip():
        raise WithdrawalUnexplained
    period = {"first_month": entry.first_month, "last_month": entry.last_month}
    if (
        entry.score is None
        or _standing(entry.agency, entry.index, entry.component, entry.as_of, period) != entry
    ):
        raise NothingToWithdraw
    kept = OfficialScore.objects.create(
        index=entry.index, agency=entry.agency, component=entry.component, **period, score=None,
        source=entry.source, as_of=entry.as_of, note=reason.strip(), entered_by=by.name,
    )  # fmt: skip
    record(_entered(kept), by=by)
    return kept


def _check_official(index: str, component: str, score: Decimal, as_of: date, period: dict[str, date]) -> None:
    first, last = period["first_month"], period["last_month"]
    if last < first:
        raise PeriodBackwards(first=f"{first:%m/%Y}", last=f"{last:%m/%Y}")
    if as_of < first:
        raise PeriodNotOver(day=format_date(as_of), first=f"{first:%m/%Y}")
    part = parts(index, _last_day(last)).get(component)
    if part is None:
        raise UnknownComponent(component=component, month=f"{last:%m/%Y}")
    if not 0 <= score <= part.cap:
        raise ScoreAboveMaximum(score=plain_number(score), component=component, cap=plain_number(part.cap))


def _standing(
    agency: Organisation, index: str, component: str, as_of: date, period: dict[str, date]
) -> OfficialScore | None:
    """The last entry of this period and day; nobody else enters one until we are done."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    rows = OfficialScore.objects.filter(
        agency=agency, index=index, component=component, as_of=as_of, **period
    )
    return rows.order_by("entered_at", "pk").last()


def _entered(kept: OfficialScore) -> OfficialScoreEntered:
    return OfficialScoreEntered(
        agency=kept.agency.code,
        component=kept.component if kept.index == QD766 else f"{kept.index}:{kept.component}",
        first_month=f"{kept.first_month:%Y-%m}",
        last_month=f"{kept.last_month:%Y-%m}",
        score="" if kept.score is None else str(kept.score),
    )


def plain_number(value: Decimal) -> str:
    """18,4 as it is printed; as many places as were given."""
    shortest = value.normalize()
    exponent = shortest.as_tuple().exponent
    return format_number(shortest, max(0, -exponent) if isinstance(exponent, int) else 0)


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
