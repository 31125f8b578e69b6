"""Sources, the files received from them, and records."""

from django.db.models import Max, QuerySet

from lienthong.identity.public import Actor, require
from lienthong.registries.models import Batch, Record, Source
from lienthong.registries.rules import NoSuchBatch, NoSuchRecord, NoSuchSource
from lienthong.registries.states import BatchState


def sources() -> QuerySet[Source]:
    """Every source; that it exists is no secret."""
    return (
        Source.objects.select_related("owner", "keeper")
        .annotate(latest=Max("batches__received_at"))
        .order_by("name")
    )


def source_of(code: str) -> Source:
    """Raises NoSuchSource."""
    found = Source.objects.select_related("owner", "keeper").filter(code=code).first()
    if found is None:
        raise NoSuchSource
    return found


def batches_of(source: Source, *, by: Actor) -> QuerySet[Batch]:
    """Files received from a source that this viewer may see, newest first."""
    mine = Batch.objects.visible_to(by).filter(source=source).distinct()
    return mine.select_related("sender", "run", "replaced_by").order_by("-received_at", "-pk")


def batch_of(pk: int, *, by: Actor) -> Batch:
    """Raises NoSuchBatch, NotAllowed (404)."""
    found = (
        Batch.objects.select_related("source__owner", "source__keeper", "sender", "file", "marked", "run")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NoSuchBatch
    require(by, "registries.read_batch", found)
    return found


def record_of(pk: int, *, by: Actor) -> Record:
    """One record with its provenance. Raises NoSuchRecord, NotAllowed (404)."""
    found = (
        Record.objects.select_related(
            "source__owner", "source__keeper", "batch__sender", "batch__source__owner", "batch__source__keeper",
            "unit__parent",
        )
        .prefetch_related("changes")
        .filter(pk=pk)
        .first()
    )  # fmt: skip
    if found is None:
        raise NoSuchRecord
    require(by, "registries.read_record", found)
    return found


def earlier_batches(batch: Batch) -> QuerySet[Batch]:
    """What a batch stands in the place of: the same sender's files of the same source that still count."""
    done = Batch.objects.filter(source=batch.source_id, sender=batch.sender_id, state=BatchState.DONE)
    return done.filter(replaced_on=None).exclude(pk=batch.pk)
