"""The queue of cases: filters, counts that add up, one's place in it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Func, Q, QuerySet

from lienthong.cleaning.models import Case, CaseQuerySet, Sweep
from lienthong.cleaning.rules import NoSuchCase, NoSuchSweep
from lienthong.cleaning.states import FOR_OWNER, CaseState
from lienthong.identity.public import Actor, require

WITH_NAMES = ("record", "source__owner", "source__keeper", "unit__parent", "batch")
FAR = 5000
"""One's place in the queue is told up to here."""


@dataclass(frozen=True)
class Wanted:
    """What a filter asks for; empty is everything that waits. `unit`: a commune's or province's code.

    `state`: a CaseState, "owner" (whichever of the owner's), or "all" with the settled ones.
    `field`: only where the record and the register differ in it. `least`: only where the machine is at least so sure, in points of 100.
    """

    source: str = ""
    verdict: str = ""
    state: str = ""
    unit: str = ""
    batch: int | None = None
    field: str = ""
    least: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if value not in ("", None)}

    @property
    def words(self) -> str:
        """For the record of events: names and values, none of them personal."""
        return ", ".join(f"{name}={value}" for name, value in self.as_json().items()) or "*"


def find_cases(wanted: Wanted, *, by: Actor) -> QuerySet[Case]:
    """Cases that this viewer may see and the filter finds, in the queue's order."""
    found = Case.objects.visible_to(by)
    return _narrowed(_in_state(found, wanted.state), wanted).first_things_first()


def _in_state(found: CaseQuerySet, state: str) -> CaseQuerySet:
    if state == "all":
        return found
    if state == "owner":
        return found.filter(state__in=FOR_OWNER)
    return found.filter(state=state) if state in set(CaseState) else found.waiting()


def _narrowed(found: CaseQuerySet, wanted: Wanted) -> CaseQuerySet:
    if wanted.source:
        found = found.filter(source__code=wanted.source)
    if wanted.verdict:
        found = found.filter(verdict=wanted.verdict)
    if wanted.unit:
        found = found.filter(Q(unit__code=wanted.unit) | Q(unit__parent__code=wanted.unit))
    if wanted.batch is not None:
        found = found.filter(batch=wanted.batch)
    if wanted.field:
        found = found.filter(fields__contains=[wanted.field])
    return found if wanted.least is None else found.filter(score__gte=wanted.least / 100)


@dataclass(frozen=True)
class Queue:
    """The queue before paging. `verdicts` and `states` count with all filters but their own; `fields`: in what cases differ."""

    found: QuerySet[Case]
    verdicts: Mapping[str, int]
    states: Mapping[str, int]
    units: list[tuple[str, str]]
    fields: list[str]
    shown: int


def open_queue(wanted: Wanted, *, by: Actor) -> Queue:
    """Raises NotAllowed for whoever is no steward."""
    require(by, "registries.steward", None)
    any_verdict = find_cases(Wanted(**{**asdict(wanted), "verdict": ""}), by=by).order_by()
    any_state = find_cases(Wanted(**{**asdict(wanted), "state": "all"}), by=by).order_by()
    anywhere = find_cases(Wanted(**{**asdict(wanted), "unit": ""}), by=by).order_by()
    any_field = find_cases(Wanted(**{**asdict(wanted), "field": ""}), by=by).order_by()
    verdicts = dict(any_verdict.values_list("verdict").annotate(n=Count("pk")))
    states = dict(any_state.values_list("state").annotate(n=Count("pk")))
    units = anywhere.filter(unit__isnull=False).values_list("unit__code", "unit__name", "unit__parent__name")
    return Queue(
        found=find_cases(wanted, by=by).select_related(*WITH_NAMES),
        verdicts=verdicts,
        states=states,
        units=[
            (code, f"{name}, {province}" if province else name)
            for code, name, province in units.distinct().order_by("unit__parent__sort_key", "unit__sort_key")
        ],
        fields=sorted(set(any_field.values_list(Func(F("fields"), function="unnest"), flat=True).distinct())),
        shown=verdicts.get(wanted.verdict, 0) if wanted.verdict else sum(verdicts.values()),
    )


def case_of(pk: int, *, by: Actor) -> Case:
    """One case with what its page needs. Raises NoSuchCase, NotAllowed (404)."""
    found = (
        Case.objects.select_related(
            *WITH_NAMES, "record__unit", "record__batch", "other", "other__batch", "batch__sender"
        )
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NoSuchCase
    require(by, "cleaning.read", found)
    return found


@dataclass(frozen=True)
class Place:
    """Where a case stands in a filtered queue; `number` 0: no longer in it."""

    number: int
    total: int
    before: int | None
    after: int | None


def place_in(wanted: Wanted, case: int, *, by: Actor) -> Place:
    """The neighbours of a case in the queue that its page was opened from."""
    ids = list(find_cases(wanted, by=by).values_list("pk", flat=True)[:FAR])
    if case not in ids:
        return Place(0, len(ids), None, ids[0] if ids else None)
    at = ids.index(case)
    return Place(at + 1, len(ids), ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None)


def waiting_for(by: Actor) -> int:
    """How many cases wait for somebody, in the menu."""
    return Case.objects.visible_to(by).waiting().count()


def late_with_owner(now: datetime, *, by: Actor) -> QuerySet[Case]:
    """Cases whose owner agency has let its days pass."""
    return Case.objects.visible_to(by).for_owners().filter(due_at__lt=now)


def sweep_of(pk: int, *, by: Actor) -> Sweep:
    """A rule decided for many, to whoever began it, or to a steward of its source. Raises NoSuchSweep."""
    found = Sweep.objects.select_related("source__owner", "source__keeper").filter(pk=pk).first()
    if found is None:
        raise NoSuchSweep
    mine = found.actor == by.reference
    if not mine and not Case.objects.visible_to(by).filter(pk__in=found.cases.values("case")).exists():
        raise NoSuchSweep
    return found
