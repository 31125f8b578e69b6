"""What a sector says of the people its records are tied to is added to them, with the source and the day it holds from."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from itertools import islice
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lienthong.data.sources import schema, schemas
from lienthong.identity.public import Actor, system
from lienthong.kit.calendar import local
from lienthong.population.public import NewAttribute, attach_attributes
from lienthong.registries.models import Batch, Record, Source
from lienthong.registries.queries.files import earlier_batches
from lienthong.registries.rules import ids_of
from lienthong.registries.states import Verdict

WORKER: Final = system("registries")
PIECE: Final = 2_000
ACCEPTED: Final = (Verdict.MATCHED, Verdict.CORRECTED)


@cache
def enriching(code: str) -> tuple[str, ...]:
    """Fields of a schema that say something of a person which the register does not hold.

    None of a sensitive source: membership is voluntary, and matching answers no more than right, wrong or not found.
    """
    known = schema(code)
    if known.sensitive or known.own:
        return ()
    shared = set.intersection(*(set(one.names) for one in schemas()))
    return tuple(name for name in known.names if name not in shared)


def enrich_people(batch: Batch, told: Callable[[int, int | None], None]) -> None:
    """Of every record that the machine tied; of people whom the sender's newer file names no more, that it holds no more.

    Safe to repeat after a kill.
    """
    fields = enriching(batch.source.schema)
    if not fields:
        return
    tied = Record.objects.filter(
        pk__range=ids_of(batch.pk), verdict__in=ACCEPTED, superseded=False, personal_number__gt=""
    )
    total, done = tied.count(), 0
    for piece in _by_id(tied, ids_of(batch.pk)[0]):
        attach(batch.source, [row for one in piece for row in said_of(one, received(batch))], basis_of(batch))
        done += len(piece)
        told(done, total)
    if batch.replaces:
        gone = iter(_gone(batch))
        while piece := list(islice(gone, PIECE)):
            ended = [row for one in piece for row in unsaid_of(one, received(batch))]
            attach(batch.source, ended, basis_of(batch))


def _by_id(found: QuerySet[Record], first: int) -> Iterator[list[Record]]:
    while piece := list(found.filter(pk__gte=first).select_related("source").order_by("pk")[:PIECE]):
        yield piece
        first = piece[-1].pk + 1


def _gone(batch: Batch) -> Iterable[Record]:
    """Both files are compared once, and what is found is fetched as a stream."""
    named = Record.objects.filter(pk__range=ids_of(batch.pk), personal_number=OuterRef("personal_number"))
    older = Record.objects.filter(batch__in=earlier_batches(batch), superseded=False, personal_number__gt="")
    return older.filter(~Exists(named)).select_related("source").iterator(PIECE)


def received(batch: Batch) -> date:
    return local(batch.received_at).date()


def basis_of(batch: Batch) -> str:
    return _("tệp {name} của nguồn {source}").format(name=batch.name, source=batch.source.name)


def said_of(record: Record, day: date) -> Iterator[NewAttribute]:
    """Field by field, from the day the sector looked at the row; where it does not say, from the day of the file."""
    for name in enriching(record.source.schema):
        if value := record.values.get(name):
            yield NewAttribute(record.personal_number, name, str(value), looked_at(record, day))


def unsaid_of(record: Record, day: date, *, number: str = "") -> Iterator[NewAttribute]:
    for name in enriching(record.source.schema):
        if record.values.get(name):
            yield NewAttribute(number or record.personal_number, name, "", day)


def looked_at(record: Record, day: date) -> date:
    try:
        told = date.fromisoformat(str(record.values.get("updated_on") or ""))
    except ValueError:
        return day
    return min(told, day)


def attach(source: Source, rows: list[NewAttribute], basis: str, *, by: Actor = WORKER) -> None:
    if rows:
        attach_attributes(rows, source=f"register:{source.code}", basis=basis, by=by)


def move_attributes(record: Record, before: str, *, ground: str, by: Actor) -> None:
    """A steward tied a record to another person, or to nobody: what it says goes with it, from today on."""
    today = timezone.localdate()
    if before == record.personal_number:
        return
    if before:
        attach(record.source, list(unsaid_of(record, today, number=before)), ground, by=by)
    if record.personal_number:
        rows = [NewAttribute(one.number, one.name, one.value, today) for one in said_of(record, today)]
        attach(record.source, rows, ground, by=by)
