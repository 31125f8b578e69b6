"""Reading the record, and proving that nobody changed it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction

from lienthong.audit.models import Entry, Lane


@dataclass(frozen=True)
class BrokenLink:
    """The first place where a chain does not hold."""

    lane: int
    seq: int
    entry: int | None
    reason: str


@dataclass(frozen=True)
class Verified:
    entries: int
    lanes: int
    broken: BrokenLink | None


def entries_about(subject: str) -> list[Entry]:
    """Everything recorded of one subject ("dossier:17"), oldest first."""
    return list(Entry.objects.filter(subject=subject).order_by("at", "id"))


def link_hash(entry: Entry) -> bytes:
    """SHA-256 over the previous hash and the entry's columns, joined by U+001F (as in 0001_chain.sql)."""
    parts = [entry.lane, entry.seq, stamp(entry.recorded_at), stamp(entry.at)]
    parts += [entry.actor, entry.event, entry.subject, entry.facts]
    return hashlib.sha256(bytes(entry.previous) + "\x1f".join(map(str, parts)).encode()).digest()


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def first_hash(lane: int) -> bytes:
    return hashlib.sha256(f"lane {lane}".encode()).digest()


def verify() -> Verified:
    """Walk every chain from its first entry to its head; stop at the first broken link."""
    with transaction.atomic():
        if not transaction.get_connection().savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        heads = {lane.lane: lane for lane in Lane.objects.order_by("lane")}
        seen = 0
        for number, head in heads.items():
            last, expected = 0, first_hash(number)
            for entry in chain(number):
                reason = flaw(entry, last + 1, expected)
                if reason:
                    return Verified(seen, len(heads), BrokenLink(number, last + 1, entry.id, reason))
                last, expected, seen = entry.seq, bytes(entry.hash), seen + 1
            if (last, expected) != (head.seq, bytes(head.hash)):
                broken = BrokenLink(
                    number, last + 1, None, f"the head says {head.seq} entries, {last} are there"
                )
                return Verified(seen, len(heads), broken)
        stray = Entry.objects.exclude(lane__in=heads).order_by("lane", "seq").first()
        if stray:
            return Verified(
                seen, len(heads), BrokenLink(stray.lane, stray.seq, stray.id, "a lane nobody opened")
            )
    return Verified(seen, len(heads), None)


def chain(lane: int) -> Iterator[Entry]:
    return Entry.objects.filter(lane=lane).order_by("seq", "id").iterator(chunk_size=5000)


def flaw(entry: Entry, seq: int, previous: bytes) -> str | None:
    if entry.seq != seq:
        return f"entry {seq} is missing" if entry.seq > seq else f"entry {entry.seq} stands twice"
    if bytes(entry.previous) != previous:
        return "it does not point to the entry before it"
    if link_hash(entry) != bytes(entry.hash):
        return "its content is not what was recorded"
    return None
