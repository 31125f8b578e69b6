"""Events of a room that are cheap to make, and a hand that changes the record behind its triggers."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from lienthong.audit.public import record
from lienthong.identity.public import system
from lienthong.steering.events import TargetsLoaded


def write(count: int, start: int = 1) -> None:
    """`count` events in one transaction, and so in one lane."""
    with transaction.atomic():
        for number in range(start, start + count):
            record(TargetsLoaded(source=f"file {number}", targets=number), by=system("test"))


@contextmanager
def triggers_off() -> Iterator[None]:
    """As the tables' owner may do it: what verify is there to find."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        yield
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def record_of_ten(db: None) -> list[int]:
    """Ids of ten entries of one lane, oldest first."""
    write(10)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM audit_entry ORDER BY id DESC LIMIT 10")
        return sorted(row[0] for row in cursor.fetchall())
