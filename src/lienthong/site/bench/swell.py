"""A country's two years: the nation's dossiers twenty times over, for the pages of committees.

Only dossiers are copied, without papers and ledger, which figures do not read. Each copy is moved back whole
half-years and keeps every constraint of its table; what was open half a year ago is over by now and left out. They
stand in a database of their own beside the nation's.
"""

from collections.abc import Callable
from typing import Any, Final

import psycopg
from psycopg import sql

from lienthong.site import postgres
from lienthong.site.bench import ground
from lienthong.site.cluster import DATABASE

NAME: Final = f"{DATABASE}_twenty"
COPIES: Final = 20
HALF_YEARS: Final = 4
HALF_YEAR: Final = 182
"""Days. Moved by days, each day falls on another one, so that a day's numbers stay unique."""
YEAR: Final = 100_000_000_000
"""An id begins with its year."""
ID_STEP: Final = 1_000_000_000
NUMBER_STEP: Final = 100_000

MOMENTS: Final = (
    "filed_at", "last_at", "received_at", "due_at", "first_due_at", "stopped_at", "closed_at", "returned_at",
    "digitised_at",
)  # fmt: skip
BACK: Final = "{column} - interval '{days} days'"
CODE: Final = """split_part(code, '-', 1) || '-'
    || to_char(to_date(split_part(code, '-', 2), 'YYMMDD') - {days}, 'YYMMDD') || '-'
    || {numbers} + split_part(code, '-', 3)::int"""
ID: Final = f"extract(year FROM filed_at - interval '{{days}} days')::bigint * {YEAR} + {{ids}} + id % {YEAR}"
COLUMNS: Final = """SELECT column_name FROM information_schema.columns
    WHERE table_name = 'dossiers_dossier' AND column_name <> 'changed' ORDER BY ordinal_position"""
PLAIN_INDEXES: Final = """SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = 'dossiers_dossier'::regclass AND NOT i.indisprimary"""
REFERENCES: Final = """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = 'dossiers_dossier'::regclass AND contype = 'f'"""


def url(of: str) -> str:
    """The same server, our database."""
    return of.replace(f"/{DATABASE}?", f"/{NAME}?")


def measure(*, times: int, told: Callable[[str], Any]) -> None:
    """Make the database if it is not there, and let the bench measure its pages in a process of its own."""
    var = ground.play("nation")
    server = postgres.ensure(var)
    beside = {"DATABASE_URL": url(server.application), "DATABASE_OWNER_URL": url(server.owner)}
    if not _is_there(server.owner):
        told("Copying the nation's dossiers twenty times; some 20 GB and half an hour, once.")
        _make(server.owner)
        ground.run(var, "rebuild-tally", "--only-count", beside=beside)
        _mark(server.owner)
    ground.run(var, "migrate", "--verbosity", "0", beside=beside)
    ground.run(
        var,
        "bench",
        "--inside",
        "--only=pages",
        "--size=nation",
        f"--times={times}",
        "--named=console",
        beside=beside,
    )


def _is_there(owner: str) -> bool:
    found = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    with psycopg.connect(owner) as server:
        row = server.execute(found, [NAME]).fetchone()
    return row is not None and row[0] == ground.PLAYED


def _mark(owner: str) -> None:
    with psycopg.connect(owner) as server:
        server.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(NAME), sql.Literal(ground.PLAYED))
        )


def _make(owner: str) -> None:
    with psycopg.connect(owner, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(NAME)))
    # a template is copied while nobody is in it
    with psycopg.connect(owner.replace(f"/{DATABASE}?", "/postgres?"), autocommit=True) as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(NAME), sql.Identifier(DATABASE))
        )
    with psycopg.connect(url(owner), autocommit=True) as database:
        swell(database)
        database.execute("VACUUM ANALYZE dossiers_dossier")


def swell(database: psycopg.Connection) -> None:
    """Copy every dossier. What checks and finds them is put back at the end, over all."""
    year = database.execute("SELECT extract(year FROM min(filed_at))::int FROM dossiers_dossier").fetchone()
    first = year[0] if year else 0
    for earlier in (1, 2):
        database.execute("SELECT dossiers_open_year(%s)", [first - earlier])
    with database.transaction():
        indexes = database.execute(PLAIN_INDEXES).fetchall()
        references = database.execute(REFERENCES).fetchall()
        for name, _ in indexes:
            database.execute(sql.SQL("DROP INDEX {}").format(sql.Identifier(name)))
        for name, _ in references:
            database.execute(
                sql.SQL("ALTER TABLE dossiers_dossier DROP CONSTRAINT {}").format(sql.Identifier(name))
            )
        columns = [name for (name,) in database.execute(COLUMNS).fetchall()]
        for copy in range(1, COPIES):
            database.execute(_copy(columns, copy))  # names of columns and numbers
        for name, definition in references:
            database.execute(f"ALTER TABLE dossiers_dossier ADD CONSTRAINT {name} {definition}")
        for _, definition in indexes:
            database.execute(definition.replace(" ON ONLY ", " ON "))  # in each partition too


def _copy(columns: list[str], copy: int) -> str:
    days = HALF_YEAR * (copy % HALF_YEARS)
    made = {
        "id": ID.format(days=days, ids=copy * ID_STEP),
        "code": CODE.format(days=days, numbers=copy * NUMBER_STEP),
        **{column: BACK.format(column=column, days=days) for column in MOMENTS},
    }
    values = ", ".join(made.get(column, column) for column in columns)
    return f"""INSERT INTO dossiers_dossier ({", ".join(columns)})
        SELECT {values} FROM dossiers_dossier WHERE id % {YEAR} < {ID_STEP} {"AND closed_at IS NOT NULL" if days else ""}"""  # noqa: S608 - names and numbers of ours
