"""Taking files into keeping, and clearing away what no file names."""

import hashlib
from datetime import datetime, timedelta
from typing import BinaryIO, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from lienthong.audit.public import By, record
from lienthong.documents.events import ContentSwept, FileKept
from lienthong.documents.inspection import inspect_content
from lienthong.documents.models import StoredFile
from lienthong.documents.queries import store
from lienthong.documents.rules import EmptyFile, MediaType, TooLarge, cleaned_name
from lienthong.documents.states import Retention
from lienthong.documents.store import Incoming

CHUNK: Final = 256 * 1024
YOUNG: Final = timedelta(days=1)
"""The sweep leaves content alone that was kept less than this long ago."""


def keep_file(
    *,
    content: BinaryIO,
    name: str,
    by: By,
    limit_bytes: int | None = None,
    retention: Retention = Retention.DOSSIER,
    at: datetime | None = None,
) -> StoredFile:
    """Inspect `content`, keep it under its hash and note who kept it; gives the new row.

    `limit_bytes` is settings.MAX_UPLOAD_BYTES unless given. Content is read in pieces and never
    whole. The permission belongs to the calling room. A crash at any moment leaves at most
    content without a row, which `sweep_orphans` removes.

    Raises a subclass of FileRefused: TooLarge, EmptyFile, NotAccepted, Disguised, BrokenFile,
    LockedFile, ActiveContent, TooComplex, TooManyPixels.
    """
    limit = settings.MAX_UPLOAD_BYTES if limit_bytes is None else limit_bytes
    with store().incoming() as incoming:
        digest, size = copy_in(content, incoming, limit)
        kind = inspect_content(incoming.file, name)
        return _keep(
            incoming, digest=digest, size=size, kind=kind, name=name, retention=retention, by=by, at=at
        )


def keep_data(
    *,
    content: BinaryIO,
    name: str,
    kind: MediaType,
    limit_bytes: int,
    by: By,
    retention: Retention = Retention.DATA,
) -> StoredFile:
    """Keep a sector's data file, or a text, that the calling room has inspected itself, as the `kind` it found.

    Such a file is never shown in a browser, only saved. Raises TooLarge, EmptyFile.
    """
    with store().incoming() as incoming:
        digest, size = copy_in(content, incoming, limit_bytes)
        return _keep(incoming, digest=digest, size=size, kind=kind, name=name, retention=retention, by=by)


def _keep(
    incoming: Incoming,
    *,
    digest: str,
    size: int,
    kind: MediaType,
    name: str,
    retention: Retention,
    by: By,
    at: datetime | None = None,
) -> StoredFile:
    moment = at or timezone.now()
    with transaction.atomic():
        hold(digest)
        incoming.keep(digest)
        file = StoredFile.objects.create(
            sha256=digest,
            size=size,
            media_type=kind,
            name=cleaned_name(name, kind),
            retention=retention,
            kept_at=moment,
            kept_by=by.reference,
        )
        record(FileKept(file=file.id, sha256=digest, size=size, media_type=kind), by=by, at=moment)
    return file


def copy_in(content: BinaryIO, incoming: Incoming, limit: int) -> tuple[str, int]:
    """Copy while hashing; stop at the first byte past the limit."""
    digest = hashlib.sha256()
    size = 0
    while piece := content.read(CHUNK):
        size += len(piece)
        if size > limit:
            raise TooLarge(limit)
        digest.update(piece)
        incoming.file.write(piece)
    if not size:
        raise EmptyFile
    return digest.hexdigest(), size


def sweep_orphans(*, by: By, now: datetime | None = None) -> int:
    """Remove content older than a day that no row names, and half-written files; gives how many.

    Content that somebody is keeping in this very moment is held by a lock and stays.
    """
    before = (now or timezone.now()) - YOUNG
    place = store()
    swept = place.drop_unfinished(begun_before=before)
    for digest in place.digests(kept_before=before):
        with transaction.atomic():
            if try_hold_alone(digest) and not StoredFile.objects.filter(sha256=digest).exists():
                place.delete(digest)
                record(ContentSwept(content=digest), by=by)
                swept += 1
    return swept


def hold(digest: str) -> None:
    """Until the transaction ends, no sweep may take this content; others may keep it too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [lock_number(digest)])


def try_hold_alone(digest: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_number(digest)])
        found = cursor.fetchone()
    return bool(found and found[0])


def lock_number(digest: str) -> int:
    """Half of PostgreSQL's 64-bit lock numbers; a collision only makes the sweep wait a day."""
    return int(digest[:15], 16)
