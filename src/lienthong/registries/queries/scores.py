"""Scores of quality: counts of kept rules summed over files and places, and turned into scores by data.quality."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count as Rows
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext

from lienthong.data.checks import Criterion, Sentence
from lienthong.data.quality import Count, Scores, scores
from lienthong.data.sources import schema
from lienthong.identity.public import Actor, require
from lienthong.registries.models import Batch, Record, RuleCount, Source
from lienthong.registries.states import BatchState

WEEKS = 12


def words_of(label: str) -> str:
    """The label of a score, or a rule's sentence, in the language of the page."""
    if isinstance(label, Sentence):
        return gettext(label.pattern).replace("{label}", gettext(label.label))
    return gettext(label)


def live_batches(on: date) -> QuerySet[Batch]:
    """Files that count on a day: linked by then, and no newer one in their place yet."""
    counted = Batch.objects.filter(state=BatchState.DONE, counted_on__lte=on)
    return counted.filter(Q(replaced_on=None) | Q(replaced_on__gt=on))


@dataclass(frozen=True)
class Reading:
    """A source's scores in one place: the whole, each criterion, each field, each rule; and of how many records."""

    source: Source
    place: str
    on: date
    scores: Scores | None


def score_of(source: Source, counts: Iterable[Count]) -> Scores | None:
    every = tuple(counts)
    return scores(every, schema(source.schema)) if every else None


def readings(
    *, by: Actor, on: date | None = None, communes: Iterable[str] | None = None
) -> dict[int, Reading]:
    """Each source's reading over the country, or over these communes; by the source's id. One query of counts."""
    require(by, "registries.measure", None)
    day = on or timezone.localdate()
    found: dict[int, list[Count]] = {}
    for source, count in _summed(_counts(day, communes), by_place=False):
        found.setdefault(source, []).append(count)
    known = Source.objects.select_related("owner", "keeper").in_bulk(list(found))
    return {pk: Reading(known[pk], "", day, score_of(known[pk], rows)) for pk, rows in found.items()}


def readings_by_place(
    source: Source, places: Mapping[str, str], *, by: Actor, on: date | None = None
) -> dict[str, Reading]:
    """A source's reading in each place; `places` tells which place a commune's code belongs to."""
    require(by, "registries.measure", None)
    day = on or timezone.localdate()
    found: dict[str, list[Count]] = {}
    for _source, count in _summed(_counts(day).filter(batch__source=source), by_place=True):
        place = places.get(count.commune_code)
        if place is not None:
            found.setdefault(place, []).append(count)
    return {place: Reading(source, place, day, score_of(source, rows)) for place, rows in found.items()}


def _counts(day: date, communes: Iterable[str] | None = None) -> QuerySet[RuleCount]:
    counts = RuleCount.objects.filter(batch__in=live_batches(day))
    return counts if communes is None else counts.filter(commune__in=list(communes))


def _summed(counts: QuerySet[RuleCount], *, by_place: bool) -> list[tuple[int, Count]]:
    names = ["batch__source", "rule", "field", "criterion", *(["commune"] if by_place else [])]
    rows = counts.values_list(*names).annotate(a=Sum("assessed"), s=Sum("satisfied")).order_by(*names)
    return [
        (row[0], _count(row[1], row[2], row[3], row[-2], row[-1], commune=row[4] if by_place else ""))
        for row in rows
    ]


def _count(
    rule: str, field: str, criterion: str, assessed: int, satisfied: int, *, commune: str = ""
) -> Count:
    return Count(rule, field, Criterion(criterion), assessed, satisfied, commune)


def trend(source: Source, *, by: Actor, communes: Iterable[str] | None = None) -> list[tuple[date, Scores]]:
    """The source's scores at the end of each of the last weeks in which something was known, oldest first."""
    require(by, "registries.measure", None)
    today = timezone.localdate()
    days = [today - timedelta(weeks=back) for back in range(WEEKS, -1, -1)]
    spans = Batch.objects.filter(source=source, state=BatchState.DONE).values_list(
        "pk", "counted_on", "replaced_on"
    )
    live = {
        day: {pk for pk, start, end in spans if start and start <= day and (not end or day < end)}
        for day in days
    }
    wanted = set().union(*live.values())
    counts = RuleCount.objects.filter(batch__in=wanted)
    if communes is not None:
        counts = counts.filter(commune__in=list(communes))
    by_batch: dict[int, list[Count]] = {}
    for row in counts.values_list("batch", "rule", "field", "criterion").annotate(
        a=Sum("assessed"), s=Sum("satisfied")
    ):
        by_batch.setdefault(row[0], []).append(_count(*row[1:]))
    found = []
    for day in days:
        score = score_of(source, [one for pk in live[day] for one in by_batch.get(pk, [])])
        if score is not None:
            found.append((day, score))
    return found


def records_behind(
    source: Source,
    *,
    by: Actor,
    rules: Iterable[str] = (),
    communes: Iterable[str] | None = None,
    kept: bool = False,
) -> QuerySet[Record]:
    """Records that break one of these rules (`kept`: all of the place), of files that count today."""
    require(by, "registries.measure", None)
    live = list(live_batches(timezone.localdate()).filter(source=source).values_list("pk", flat=True))
    found = Record.objects.filter(batch__in=live)
    if communes is not None:
        codes = set(communes)
        found = found.filter(
            Q(unit__code__in=codes - {""}) | Q(unit=None) if "" in codes else Q(unit__code__in=codes)
        )
    if not kept:
        found = found.filter(failed__overlap=list(rules))
    return found.select_related("unit", "batch").order_by("batch", "row")


def records_in(source: Source, day: date) -> int:
    live = live_batches(day).filter(source=source)
    total = live.aggregate(n=Sum("run__rows"))["n"]
    return int(total or 0)


def verdicts_of(batches: Iterable[int]) -> dict[str, int]:
    """How many records bear each verdict."""
    rows = Record.objects.filter(batch__in=list(batches)).values_list("verdict")
    return dict(rows.annotate(n=Rows("pk")).order_by())
