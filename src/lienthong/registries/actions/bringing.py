"""A file past what a page takes: received and settled on the server by the same acts, on behalf of an account."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import transaction

from lienthong.audit.public import record
from lienthong.data import intake
from lienthong.data.intake import ALL, Preview
from lienthong.identity.public import Actor, require, system
from lienthong.registries.actions.batches import accept_batch, receive_batch
from lienthong.registries.events import BatchBroughtIn
from lienthong.registries.models import Batch, Source
from lienthong.registries.previews import settled
from lienthong.registries.rules import ColumnsNotKept, MappingIncomplete, NoSuchProposal

OPERATOR: Final = system("operator")


@dataclass(frozen=True, slots=True)
class Settled:
    """What is taken of a file: which column is which field, or none; and ids of the changes taken."""

    preview: Preview
    mapping: dict[int, str | None]
    accepted: frozenset[str]


def settle_file(
    *, source: Source, path: Path, by: Actor, accept: Collection[str] = (), suggested: bool = False
) -> Settled:
    """Columns as the source keeps them from the file settled last, or as they are suggested. Keeps nothing.

    `accept`: ids of changes, or ALL. Raises NotAllowed, NoSuchProposal, what intake.preview raises.
    """
    require(by, "registries.send", source)
    preview = intake.preview(path, source.schema, remembered=source.mapping)
    mapping = {one.index: one.field if suggested or one.remembered else None for one in preview.columns}
    offered = frozenset(one.id for one in preview.proposals)
    accepted = offered if accept == ALL else frozenset(accept)
    if unknown := accepted - offered:
        raise NoSuchProposal(name=path.name, ids=", ".join(sorted(unknown)))
    return Settled(preview, mapping, accepted)


@transaction.atomic
def bring_in_batch(*, source: Source, path: Path, how: Settled, by: Actor, replaces: bool = True) -> Batch:
    """Receive a file of any size and accept it as settled; it waits for its run. All or nothing.

    Raises ColumnsNotKept, what receive_batch and accept_batch raise.
    """
    require(by, "registries.send", source)
    try:
        settled(how.preview, how.mapping, how.accepted)
    except MappingIncomplete as why:
        raise ColumnsNotKept(name=path.name, **why.facts) from why
    with path.open("rb") as content:
        batch = receive_batch(
            source=source, content=content, name=path.name, by=by, limit_bytes=path.stat().st_size
        )
    accept_batch(batch=batch.pk, mapping=how.mapping, accepted=how.accepted, replaces=replaces, by=by)
    record(BatchBroughtIn(batch=batch.pk, account=by.reference), by=OPERATOR)
    return batch
