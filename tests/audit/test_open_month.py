"""A month that was opened late takes in the entries that were recorded meanwhile, chain and all."""

import pytest
from django.db import DatabaseError, connection, transaction

from audit.conftest import run, write
from lienthong.audit.public import verify

pytestmark = pytest.mark.django_db


def where(ids: list[int]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableoid::regclass::text FROM audit_entry WHERE id = ANY(%s)", [ids])
        return {row[0] for row in cursor.fetchall()}


def test_leftovers_move_into_their_month_and_the_chain_holds(record_of_ten: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT date_trunc('month', now() AT TIME ZONE 'UTC')::date")
        month = cursor.fetchone()[0]
    named = f"audit_entry_{month:%Y_%m}"
    run("SELECT audit_open_month(%s)", month)
    run(f"ALTER TABLE audit_entry DETACH PARTITION {named}")
    run(f"ALTER TABLE {named} RENAME TO kept_apart")
    for trigger in ("audit_refuse", "audit_link"):
        run(f"DROP TRIGGER IF EXISTS {trigger} ON kept_apart")
    run("ALTER TABLE audit_entry DETACH PARTITION audit_entry_other")
    run("INSERT INTO audit_entry_other SELECT * FROM kept_apart")
    run("DROP TABLE kept_apart")
    run("ALTER TABLE audit_entry ATTACH PARTITION audit_entry_other DEFAULT")
    assert where(record_of_ten) == {"audit_entry_other"}

    run("SELECT audit_open_month(%s)", month)
    run("SELECT audit_open_month(%s)", month)

    assert where(record_of_ten) == {named}
    assert verify().broken is None
    write(1)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run("DELETE FROM audit_entry WHERE id = %s", record_of_ten[0])
