"""Reads: documents whose proposals are being judged."""

from lienthong.documents.public import StoredFile
from lienthong.identity.public import Actor, require
from lienthong.steering.models import Reading
from lienthong.steering.queries.tasks import plans_to_assign
from lienthong.steering.rules.refusals import NoSuchReading

SHOWN = 100


def readings_of(by: Actor) -> list[Reading]:
    """Documents read into the plans that `by` assigns in, the newest first."""
    found = Reading.objects.filter(plan__in=plans_to_assign(by)).select_related("plan", "file")
    return list(found.order_by("-begun_at", "-pk")[:SHOWN])


def find_reading(pk: int, *, by: Actor) -> Reading:
    """Raises NoSuchReading. Requires steering.judge_reading."""
    found = (
        Reading.objects.filter(pk=pk).select_related("plan__body__host", "plan__programme", "file").first()
    )
    if found is None:
        raise NoSuchReading
    require(by, "steering.judge_reading", found.plan)
    return found


def file_of(pk: int, *, by: Actor) -> StoredFile:
    """The document itself. Raises NoSuchReading."""
    return find_reading(pk, by=by).file
