"""The run of a batch: stage after stage, each to be done again or taken up where it stopped.

One worker at a time holds a batch, by a lock of the database session: a killed worker's lock falls
with its connection, and whoever comes next goes on.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.fields.public import sentence_of
from lienthong.identity.public import Actor, require
from lienthong.kit.errors import Refused, said
from lienthong.registries.actions.batches import lock_batch
from lienthong.registries.actions.enriching import enrich_people
from lienthong.registries.actions.linking import link_rows, read_rows
from lienthong.registries.actions.stages import Told, part, sweep_up
from lienthong.registries.actions.storing import store_records, sum_counts
from lienthong.registries.events import BatchFailed, BatchFinished
from lienthong.registries.models import Batch, Record, Run
from lienthong.registries.rules import NoSuchBatch
from lienthong.registries.states import Act, BatchState, Stage, after

Step = Callable[[Run, Told], None]
Watcher = Callable[[Run], None]
"""Looks at a run each time that it is further on."""

LOCK: Final = 0x1107
"""First half of the advisory lock's number: a batch being run. The second is the batch."""
UNEXPECTED: Final = said("Có lỗi ngoài dự kiến; quản trị viên xem nhật ký máy chủ rồi cho chạy tiếp.")

log = logging.getLogger(__name__)
_after: list[Callable[[Batch, Told], None]] = []


def after_run(step: Callable[[Batch, Told], None]) -> Callable[[Batch, Told], None]:
    """A room above takes part in every run: its step is done with the last stage, and again after a kill."""
    _after.append(step)
    return step


def open_work(run: Run, told: Told) -> None:
    """What the records say is added to their people; then what rooms above make of them."""
    steps = [enrich_people, *_after]
    for number, step in enumerate(steps):
        step(run.batch, part(told, number / len(steps), (number + 1) / len(steps)))


STEPS: Final[Mapping[Stage, Step]] = MappingProxyType(
    {
        Stage.READ: read_rows,
        Stage.LINK: link_rows,
        Stage.STORE: store_records,
        Stage.COUNT: sum_counts,
        Stage.OPEN: open_work,
    }
)
ORDER: Final = tuple(STEPS)


def run_batch(*, batch: int, by: Actor, watcher: Watcher | None = None) -> bool:
    """Run an accepted batch to its end, from wherever it stands; False where another worker has it.

    What a stage cannot pass is written into the run, and the batch stops there until it is tried again.
    Raises NoSuchBatch, NotAllowed.
    """
    found = Batch.objects.select_related("source__keeper", "source__owner", "sender").filter(pk=batch).first()
    if found is None:
        raise NoSuchBatch
    require(by, "registries.run", found)
    with held(batch) as mine:
        if not mine:
            return False
        run = Run.objects.select_related("batch__source", "batch__file").filter(batch=batch).first()
        if run is None or run.batch.state != BatchState.ACCEPTED:
            return False
        try:
            _stages(run, watcher)
        except Refused as why:
            _stop(run, sentence_of(why), type(why).__name__, by=by)
        except Exception as error:
            log.exception("batch %s stopped", batch)
            _stop(run, UNEXPECTED, type(error).__name__, by=by)
            raise
        else:
            _finish(run, by=by)
            sweep_up(run)
    return True


def run_waiting(*, by: Actor) -> int:
    """Run every accepted batch that no other worker has, oldest first; gives how many."""
    waiting = (
        Batch.objects.filter(state=BatchState.ACCEPTED).order_by("accepted_at").values_list("pk", flat=True)
    )
    return sum(run_batch(batch=pk, by=by) for pk in list(waiting))


def is_running(batch: int) -> bool:
    """Whether some worker holds it at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))",
            [LOCK, batch],
        )
        return bool(cursor.fetchone()[0])


@contextmanager
def held(batch: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, batch])
        mine = bool(cursor.fetchone()[0])
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, batch])


def _stages(run: Run, watcher: Watcher | None) -> None:
    for stage in ORDER[ORDER.index(Stage(run.stage)) :]:
        if run.stage != stage:
            run.stage, run.done, run.total = stage.value, 0, None
            run.save(update_fields=["stage", "done", "total"])
        STEPS[stage](run, _teller(run, watcher))


def _teller(run: Run, watcher: Watcher | None) -> Told:
    def tell(done: int, total: int | None) -> None:
        Run.objects.filter(pk=run.pk).update(done=done, total=total, beat_at=timezone.now())
        run.done, run.total = done, total
        if watcher:
            watcher(run)

    return tell


@transaction.atomic
def _stop(run: Run, why: str, error: str, *, by: Actor) -> None:
    locked = lock_batch(run.batch_id)
    locked.state = after(BatchState(locked.state), Act.FAIL)
    locked.save(update_fields=["state"])
    Run.objects.filter(pk=run.pk).update(trouble=why)
    record(BatchFailed(batch=locked.pk, stage=run.stage, error=error), by=by)


@transaction.atomic
def _finish(run: Run, *, by: Actor) -> None:
    """It counts from today; what the same sender sent before steps back, if this stands in its place."""
    locked = lock_batch(run.batch_id)
    today = timezone.localdate()
    locked.state = after(BatchState(locked.state), Act.FINISH)
    locked.counted_on = today
    locked.save(update_fields=["state", "counted_on"])
    Run.objects.filter(pk=run.pk).update(finished_at=timezone.now())
    if locked.replaces:
        earlier = Batch.objects.filter(
            source=locked.source, sender=locked.sender, state=BatchState.DONE, replaced_on=None
        ).exclude(pk=locked.pk)
        for old in list(earlier):
            Record.objects.filter(batch=old).update(superseded=True)
            Batch.objects.filter(pk=old.pk).update(replaced_on=today, replaced_by=locked)
    run.refresh_from_db()
    verdicts = ",".join(f"{name}={count}" for name, count in sorted(run.verdicts.items()))
    record(BatchFinished(batch=locked.pk, records=run.rows, verdicts=verdicts), by=by)
