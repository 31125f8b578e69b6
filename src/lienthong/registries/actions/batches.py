"""A file comes in, somebody settles its columns; or it is withdrawn."""

import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lienthong.audit.public import record
from lienthong.data import intake
from lienthong.data.intake import FileKind
from lienthong.documents.public import MediaType, StoredFile, TooLarge, keep_data
from lienthong.identity.public import Actor, Role, require
from lienthong.organisations.public import Organisation, organisations_on
from lienthong.registries.events import BatchAccepted, BatchReceived, BatchWithdrawn
from lienthong.registries.models import Batch, Record, Run, Source
from lienthong.registries.previews import as_json, from_json, remembered, settled
from lienthong.registries.rules import AlreadyReceived, FileTooLarge, NoSuchBatch
from lienthong.registries.states import Act, BatchState, after

KINDS: Final[Mapping[FileKind, MediaType]] = {
    FileKind.CSV: MediaType.CSV,
    FileKind.XLSX: MediaType.XLSX,
    FileKind.XLS: MediaType.XLS,
    FileKind.PARQUET: MediaType.PARQUET,
    FileKind.JSONL: MediaType.JSON_LINES,
}


def receive_batch(
    *, source: Source, content: BinaryIO, name: str, by: Actor, limit_bytes: int | None = None
) -> Batch:
    """Inspect, preview and keep a source's file; nothing of it is taken yet.

    Raises NotAllowed; AlreadyReceived for content that this source has sent before, whatever its name;
    FileTooLarge past `limit_bytes`, settings.MAX_UPLOAD_BYTES unless given; what intake.inspect and intake.preview raise.
    """
    require(by, "registries.send", source)
    settings.RUNS_ROOT.mkdir(parents=True, exist_ok=True)
    # Beside the runs: a system's own temporary folder may be memory.
    with tempfile.TemporaryDirectory(prefix="received-", dir=settings.RUNS_ROOT) as folder:
        path = Path(folder) / "file"
        with path.open("wb") as copy:
            shutil.copyfileobj(content, copy, 1 << 20)
        _refuse_twin(source, intake.content_hash(path))
        found = intake.inspect(path, name=name)
        preview = intake.preview(path, source.schema, name=name, remembered=source.mapping)
        with transaction.atomic(), path.open("rb") as whole:
            file = _kept(whole, name, KINDS[found.kind], limit_bytes, by)
            Source.objects.select_for_update(no_key=True).get(pk=source.pk)
            _refuse_twin(source, file.sha256)
            batch = Batch.objects.create(
                source=source,
                file=file,
                sha256=file.sha256,
                name=file.name,
                sender=agency_of(by),
                received_by=by.reference,
                preview=as_json(preview),
            )
            record(BatchReceived(batch=batch.pk, source=source.code, sha256=file.sha256), by=by)
    return batch


def _kept(content: BinaryIO, name: str, kind: MediaType, limit_bytes: int | None, by: Actor) -> StoredFile:
    limit = settings.MAX_UPLOAD_BYTES if limit_bytes is None else limit_bytes
    try:
        return keep_data(content=content, name=name, kind=kind, limit_bytes=limit, by=by)
    except TooLarge as why:
        raise FileTooLarge(**why.facts) from why


def _refuse_twin(source: Source, sha256: str) -> None:
    twin = Batch.objects.filter(source=source, sha256=sha256).exclude(state=BatchState.WITHDRAWN).first()
    if twin is not None:
        at = timezone.localtime(twin.received_at)
        raise AlreadyReceived(at=f"{at:%H:%M %d/%m/%Y}", name=twin.name, batch=twin.pk)


def agency_of(by: Actor) -> Organisation | None:
    """The agency whose steward sends; None for a duty over the whole country, and for the platform."""
    codes = [duty.organisation for duty in by.duties if duty.role is Role.STEWARD]
    return organisations_on(timezone.localdate()).filter(code__in=codes).first()


def lock_batch(pk: int) -> Batch:
    """Held until the transaction ends. Raises NoSuchBatch."""
    found = (
        Batch.objects.select_for_update(of=("self",), no_key=True)
        .select_related("source__keeper", "source__owner", "sender", "file")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NoSuchBatch
    return found


@transaction.atomic
def accept_batch(
    *,
    batch: int,
    mapping: Mapping[int, str | None],
    accepted: Collection[str],
    by: Actor,
    replaces: bool = True,
) -> Batch:
    """Settle which column is which field and which changes of letters and dates are taken; the run may begin.

    Raises NoSuchBatch, NotAllowed, BatchMoveNotAllowed, FieldTakenTwice, MappingIncomplete.
    """
    locked = lock_batch(batch)
    require(by, "registries.run", locked)
    locked.state = after(BatchState(locked.state), Act.ACCEPT)
    plan = settled(from_json(locked.preview), mapping, accepted)
    locked.plan, locked.replaces = plan.to_dict(), replaces
    locked.accepted_at, locked.accepted_by = timezone.now(), by.reference
    locked.save(update_fields=["state", "plan", "replaces", "accepted_at", "accepted_by"])
    Source.objects.filter(pk=locked.source_id).update(mapping=locked.source.mapping | remembered(plan))
    Run.objects.create(batch=locked)
    record(BatchAccepted(batch=locked.pk, columns=len(plan.mapping), recoded=len(plan.charmaps)), by=by)
    return locked


@transaction.atomic
def withdraw_batch(*, batch: int, by: Actor) -> Batch:
    """The wrong file was sent: nothing of it is taken. Raises BatchMoveNotAllowed once it is linked."""
    locked = lock_batch(batch)
    require(by, "registries.run", locked)
    locked.state = after(BatchState(locked.state), Act.WITHDRAW)
    locked.save(update_fields=["state"])
    Record.objects.filter(batch=locked).update(superseded=True)
    record(BatchWithdrawn(batch=locked.pk), by=by)
    return locked


@transaction.atomic
def retry_batch(*, batch: int, by: Actor) -> Batch:
    """Let a run that stopped go on from the stage where it stopped."""
    locked = lock_batch(batch)
    require(by, "registries.run", locked)
    locked.state = after(BatchState(locked.state), Act.RETRY)
    locked.save(update_fields=["state"])
    Run.objects.filter(batch=locked).update(trouble="")
    return locked
