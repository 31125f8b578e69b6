"""A run's verdicts become cases; newer data overtake older ones. Both are safe to repeat after a kill."""

import re
from collections.abc import Callable, Iterator

from django.db import transaction

from lienthong.audit.public import record
from lienthong.cleaning.actions.ledger import carry_out, lock_case
from lienthong.cleaning.events import CasesOpened
from lienthong.cleaning.models import Case
from lienthong.cleaning.states import OPENS, Act
from lienthong.data.sources import schema
from lienthong.identity.public import Actor, require
from lienthong.kit.errors import said
from lienthong.registries.public import Batch, Record, Verdict, earlier_batches

PIECE = 2_000
TWIN = re.compile(r"bản ghi (\d+) trong cùng nguồn")
FAR_APART = frozenset({"differs", "part"})
"""Levels of agreement at which a field is said to differ."""
NEWER = said("Nguồn đã gửi tệp mới thay cho tệp này.")


def open_cases(*, batch: Batch, by: Actor, told: Callable[[int, int | None], None] | None = None) -> int:
    """Make a case of each record of the batch on which a person must decide; gives how many are new."""
    require(by, "cleaning.open", batch)
    waiting = Record.objects.filter(batch=batch, verdict__in=OPENS, case__isnull=True).order_by("pk")
    waiting = waiting.select_related("source")
    total = waiting.count()
    made = last = 0
    while piece := list(waiting.filter(pk__gt=last)[:PIECE]):
        made += _open_piece(piece, batch, by)
        last = piece[-1].pk
        if told:
            told(made, total)
    return made


@transaction.atomic
def _open_piece(records: list[Record], batch: Batch, by: Actor) -> int:
    twins = _twins(records, batch)
    cases = [_case(one, twins.get(twin_row(one) or 0)) for one in records if not is_known_there(one)]
    made = Case.objects.bulk_create(cases)
    record(CasesOpened(batch=batch.pk, count=len(made)), by=by)
    return len(made)


def _case(one: Record, twin: int | None) -> Case:
    number = one.candidate
    return Case(
        record=one,
        source_id=one.source_id,
        batch_id=one.batch_id,
        unit_id=one.unit_id,
        verdict=one.verdict,
        fields=differing_fields(one),
        score=one.score,
        candidates=[{"number": number, "score": one.score}] if number else [],
        other_id=twin,
    )


def is_known_there(one: Record) -> bool:
    """Whether its source already says of somebody dead that he is."""
    return one.verdict == Verdict.DEAD and schema(one.source.schema).says_died(one.values)


def differing_fields(one: Record) -> list[str]:
    """Fields whose reason says that they differ: "birth_date.differs" and the like."""
    parts = [str(reason["code"]).partition(".") for reason in one.reasons]
    return [field for field, _dot, level in parts if level in FAR_APART]


def twin_row(one: Record) -> int | None:
    """The row of the record that this one repeats, from linkage's own sentence."""
    said_so = (str(r["sentence"]) for r in one.reasons if r["code"] == "record.duplicate")
    found = next((TWIN.search(sentence) for sentence in said_so), None)
    return int(found[1]) if found else None


def _twins(records: list[Record], batch: Batch) -> dict[int, int]:
    rows = {row for one in records if (row := twin_row(one)) is not None}
    return dict(Record.objects.filter(batch=batch, row__in=rows).values_list("row", "pk"))


def overtake_cases(*, batch: Batch, by: Actor) -> int:
    """Close what is open on the files that `batch` stands in the place of; gives how many."""
    require(by, "cleaning.overtake", batch)
    old = Case.objects.filter(batch__in=earlier_batches(batch)).waiting()
    done = 0
    for piece in _pieces(list(old.values_list("pk", flat=True))):
        done += _overtake_piece(piece, batch, by)
    return done


def _pieces(ids: list[int]) -> Iterator[list[int]]:
    for first in range(0, len(ids), 200):
        yield ids[first : first + 200]


@transaction.atomic
def _overtake_piece(ids: list[int], batch: Batch, by: Actor) -> int:
    for pk in ids:
        carry_out(lock_case(pk), Act.OVERTAKE, by=by, ground=NEWER, facts={"batch": batch.pk}, proposed_by="")
    return len(ids)
