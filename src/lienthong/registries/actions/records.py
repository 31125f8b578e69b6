"""Tying a record to a person, untying it, setting one record in another's place: each with its provenance."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from lienthong.audit.public import record as write_record
from lienthong.identity.public import Actor, require
from lienthong.registries.actions.enriching import move_attributes
from lienthong.registries.events import RecordLinked
from lienthong.registries.models import Change, Record
from lienthong.registries.rules import NoSuchRecord


@dataclass(frozen=True)
class Tie:
    """What a record stands for: a personal number or "", and whether it counts."""

    personal_number: str
    superseded: bool


def lock_record(pk: int) -> Record:
    """Held until the transaction ends. Raises NoSuchRecord."""
    found = (
        Record.objects.select_for_update(of=("self",), no_key=True)
        .select_related("source__keeper", "source__owner", "batch__sender")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NoSuchRecord
    return found


@transaction.atomic
def tie_record(*, record: int, personal_number: str, ground: str, ref: str, by: Actor) -> Change | None:
    """Tie a record to this personal number; "" ties it to nobody. `ref` names what brought it about.

    Done twice for one `ref` it is done once. Raises NoSuchRecord, NotAllowed.
    """
    locked = lock_record(record)
    require(by, "registries.tie", locked)
    return change(locked, Tie(personal_number, locked.superseded), ground=ground, ref=ref, by=by)


@transaction.atomic
def supersede_record(*, record: int, ground: str, ref: str, by: Actor) -> Change | None:
    """Another record stands in its place from now on; it stays, and does not count."""
    locked = lock_record(record)
    require(by, "registries.tie", locked)
    return change(locked, Tie(locked.personal_number, superseded=True), ground=ground, ref=ref, by=by)


@transaction.atomic
def take_back(*, record: int, of: str, ground: str, ref: str, by: Actor) -> Change | None:
    """Undo what the act `of` changed: the record stands for what it stood for before."""
    locked = lock_record(record)
    require(by, "registries.tie", locked)
    done = Change.objects.filter(record=locked, ref=of).first()
    return change(locked, Tie(**done.before), ground=ground, ref=ref, by=by) if done else None


def change(locked: Record, tie: Tie, *, ground: str, ref: str, by: Actor) -> Change | None:
    """One line of provenance, whether or not anything differs: a person looked and decided."""
    if Change.objects.filter(record=locked, ref=ref).exists():
        return None
    before: dict[str, Any] = {"personal_number": locked.personal_number, "superseded": locked.superseded}
    locked.personal_number, locked.superseded, locked.tied_by = tie.personal_number, tie.superseded, ref
    locked.changes_made += 1
    locked.save(update_fields=["personal_number", "superseded", "tied_by", "changes_made"])
    line = Change.objects.create(
        record=locked,
        number=locked.changes_made,
        actor=by.reference,
        actor_name=by.name or by.reference,
        ground=ground,
        ref=ref,
        before=before,
        after={"personal_number": tie.personal_number, "superseded": tie.superseded},
    )
    move_attributes(locked, before["personal_number"], ground=ground, by=by)
    write_record(RecordLinked(record=locked.pk, change=line.number, why=ref), by=by)
    return line
