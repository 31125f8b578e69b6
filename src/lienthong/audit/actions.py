"""The one way to write the record, and to hear of what was written."""

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import chain
from typing import Any, Protocol, TypeVar

from django.db import connection, transaction
from django.utils import timezone

from lienthong.audit.events import Event


class By(Protocol):
    """Who acts: identity's Actor, or anything else with a reference such as "account:17"."""

    @property
    def reference(self) -> str: ...


class OutsideTransaction(RuntimeError):
    """record() was called outside a transaction: the event could survive a rolled-back act."""


E = TypeVar("E", bound=Event)

REACTIONS: dict[type[Event], list[Callable[[Any], None]]] = {}

INSERT = "INSERT INTO audit_entry (at, actor, event, subject, facts) VALUES "
ROW = "(%s, %s, %s, %s, %s)"
AT_ONCE = 1000


def on(kind: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Run the decorated function after the transaction that recorded an event of this kind."""

    def register(reaction: Callable[[E], None]) -> Callable[[E], None]:
        REACTIONS.setdefault(kind, []).append(reaction)
        return reaction

    return register


def record(event: Event, *, by: By, at: datetime | None = None) -> None:
    """Write one event in the transaction of the act it tells of; reactions run after commit.

    `at` is when it happened, now unless a past act is being entered; the database itself
    notes when it was recorded. Raises OutsideTransaction.
    """
    record_all([event], by=by, at=at)


def _later(reaction: Callable[[Any], None], event: Event) -> Callable[[], None]:
    """Not a partial: Django names a reaction that fails by its `__qualname__`, which a partial lacks."""

    def react() -> None:
        reaction(event)

    react.__qualname__ = reaction.__qualname__
    return react


def record_all(events: Iterable[Event], *, by: By, at: datetime | None = None) -> None:
    if not connection.in_atomic_block:
        raise OutsideTransaction
    moment = at or timezone.now()
    rows: list[tuple[Any, ...]] = []
    for event in events:
        rows.append((moment, by.reference, event.kind(), event.subject, event.facts()))
        for reaction in REACTIONS.get(type(event), []):
            transaction.on_commit(_later(reaction, event), robust=True)
    with connection.cursor() as cursor:
        for first in range(0, len(rows), AT_ONCE):
            some = rows[first : first + AT_ONCE]
            cursor.execute(INSERT + ", ".join([ROW] * len(some)), list(chain.from_iterable(some)))
