"""No way leads through the application's role to change or delete what was recorded."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from audit.conftest import run
from lienthong.audit.public import Entry

pytestmark = pytest.mark.django_db

LEDGERS = ("audit_entry", "dossiers_movement")


def partitions(of: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [of]
        )
        return [row[0] for row in cursor.fetchall()]


def refused(application: psycopg.Connection, sql: str) -> bool:
    try:
        application.execute(sql)  # type: ignore[call-overload]  # a text made in the test
    except InsufficientPrivilege:
        return True
    return False


@pytest.mark.parametrize("ledger", LEDGERS)
def test_the_application_may_not_change_delete_or_truncate(
    application_role: psycopg.Connection, ledger: str
) -> None:
    column = {"audit_entry": "facts", "dossiers_movement": "note"}[ledger]
    tables = [ledger, *partitions(ledger)]
    assert len(tables) > 1
    for table in tables:
        for sql in (f"UPDATE {table} SET {column} = ''", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            assert refused(application_role, sql), sql


@pytest.mark.parametrize("table", ["dossiers_dossier", "dossiers_paper"])
def test_the_application_may_not_delete_dossiers_nor_reach_round_the_table(
    application_role: psycopg.Connection, table: str
) -> None:
    assert refused(application_role, f"DELETE FROM {table}")
    assert refused(application_role, f"TRUNCATE {table}")
    for partition in partitions(table):
        assert refused(application_role, f"DELETE FROM {partition}")
        assert refused(application_role, f"SELECT 1 FROM {partition}")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_lane SET seq = 0",
        "INSERT INTO audit_lane VALUES (900, 0, '')",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_refuse ON audit_entry",
        "DROP TABLE audit_entry",
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE sql AS ''",
        "SET session_replication_role = replica",
        "DELETE FROM dossiers_daily_number",
        "DELETE FROM dossiers_supplement_request",
    ],
)
def test_the_application_may_not_move_the_heads_nor_take_the_guard_away(
    application_role: psycopg.Connection, sql: str
) -> None:
    assert refused(application_role, sql)


def test_even_the_owner_is_stopped_by_the_trigger(record_of_ten: list[int]) -> None:
    for sql in ("UPDATE audit_entry SET facts = '{}' WHERE id = %s", "DELETE FROM audit_entry WHERE id = %s"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            run(sql, record_of_ten[0])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=record_of_ten[0]).delete()


def test_what_the_database_fills_in_cannot_be_made_up(application_role: psycopg.Connection) -> None:
    """Lane, number and hashes given by a writer are overwritten; a false moment of recording is refused."""
    insert = "INSERT INTO audit_entry (at, actor, event, subject, facts{0}) VALUES (now(), 'a', 'e', 's', '{{}}'{1})"
    with pytest.raises(psycopg.Error, match="the database's to fill"):
        application_role.execute(insert.format(", recorded_at", ", now() - interval '1 day'"))
    with application_role.transaction(force_rollback=True):
        row = application_role.execute(
            insert.format(", lane, seq, previous, hash", ", 900, 7, 'x', 'y'") + " RETURNING lane, hash"
        ).fetchone()
        assert row
        assert row[0] < 64
        assert len(row[1]) == 32
