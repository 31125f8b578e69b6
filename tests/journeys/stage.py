"""The stage: a small demo in a database of its own, served as in production, and reached by browser only."""

import fcntl
import hashlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg
from django.contrib.sessions.backends.db import SessionStore
from django.test import override_settings
from django.utils import timezone
from psycopg import sql

from lienthong.site import postgres
from lienthong.site.config import CONFIG, ROOT

SECRET = "for journeys only " * 3
"""One for all runs: the demo's one-time secrets are kept under it, and the played database is kept."""
BASE = os.environ.get("LIENTHONG_TEST_DB", "test_lienthong")
"""The settings' own name would not do: pytest-xdist adds the worker's to it."""
ROLES = ("DATABASE_URL", "DATABASE_OWNER_URL")


@dataclass
class Stage:
    """A running site."""

    url: str
    var: Path
    database: str
    """The URL of its database, as the owner reaches it."""
    told: dict[str, str]
    """The environment of its commands."""
    last_code: dict[str, str] = field(default_factory=dict)

    def code(self, account: str) -> str:
        """The one-time code of this moment, from the page that shows them in a demo; each is good once."""
        end = time.monotonic() + 40
        while time.monotonic() < end:
            with urlopen(f"{self.url}/dang-nhap/ma-demo") as page:
                text = page.read().decode()
            row = text[text.index(f'<span class="code">{account}</span>') :]
            found = re.search(r'<span class="code">(\d{6})</span>', row)
            if found and found[1] != self.last_code.get(account):
                self.last_code[account] = found[1]
                return found[1]
            time.sleep(0.5)
        raise AssertionError(f"No new code for {account} in 40 seconds")

    def lets_time_pass(self, session: str, *, minutes: int) -> None:
        """As if what the session's person proved had been proved so much earlier."""
        with psycopg.connect(self.database) as connection, override_settings(SECRET_KEY=SECRET):
            found = connection.execute(
                "SELECT session_data FROM django_session WHERE session_key = %s", [session]
            ).fetchone()
            assert found
            facts = SessionStore().decode(found[0])
            for record in facts["account_authentication_methods"]:
                record["at"] -= minutes * 60
            connection.execute(
                "UPDATE django_session SET session_data = %s WHERE session_key = %s",
                [SessionStore().encode(facts), session],
            )

    @property
    def complaints(self) -> str:
        """The last lines of the server's log."""
        return (self.var / "log").read_text()[-3000:]


@contextmanager
def raised(owner: str, var: Path, worker: str) -> Iterator[Stage]:
    """A stage whose database is a copy of the played one; both are `owner`'s."""
    name = f"{BASE}_show_{worker}"
    with played(owner, var) as template, psycopg.connect(owner, autocommit=True) as server:
        run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        run(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
    try:
        told = environment(owner, name, var)
        with served(told, var) as url:
            yield Stage(url, var, told["DATABASE_OWNER_URL"], told)
    finally:
        with psycopg.connect(owner, autocommit=True) as server:
            run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@contextmanager
def played(owner: str, var: Path) -> Iterator[str]:
    """The name of a database where the demo has been played today; nobody else touches it meanwhile."""
    base = f"{BASE}_stage_"
    name = base + fingerprint()
    with alone(CONFIG.var / "test-databases" / f"{base}.lock"):
        with psycopg.connect(owner, autocommit=True) as server:
            there = {row[0] for row in server.execute("SELECT datname FROM pg_database")}
            if name not in there:
                for old in there:
                    if old.startswith(base):
                        run(server, "DROP DATABASE {}", old)
                run(server, "CREATE DATABASE {}", f"{base}new")
                lienthong(environment(owner, f"{base}new", var), "demo", "--size", "tiny", "--no-serve")
                run(server, "ALTER DATABASE {} RENAME TO {}", f"{base}new", name)
        yield name


def fingerprint() -> str:
    """Of what the played database comes from: tables, data, the demo's script, the day."""
    found = hashlib.sha256(str(timezone.localdate()).encode())
    source = ROOT / "src" / "lienthong"
    for pattern in ("*/migrations/*.py", "*/data/**/*", "site/demo/**/*"):
        for path in sorted(source.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                found.update(path.read_bytes())
    return found.hexdigest()[:12]


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(server: psycopg.Connection, statement: str, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))  # type: ignore[arg-type]


def environment(owner: str, database: str, var: Path) -> dict[str, str]:
    """What the site's own process is told: the application's role, and a place of its own for files."""
    application = owner if CONFIG.database_url else postgres.urls(CONFIG.var).application
    urls = [urlsplit(url)._replace(path=f"/{database}").geturl() for url in (application, owner)]
    return {
        **os.environ,
        **dict(zip(ROLES, urls, strict=True)),
        "LIENTHONG_VAR": str(var),
        "LIENTHONG_SECRET_KEY": SECRET,
        "LIENTHONG_DEMO": "1",
        "LIENTHONG_DEBUG": "0",
        "PYTHONPATH": str(ROOT / "src"),
    }


def command(*arguments: str) -> list[str]:
    postgres.keep_open_in_children()
    return [sys.executable, "-m", "lienthong.site.cli", *arguments]


def lienthong(told: dict[str, str], *arguments: str) -> None:
    done = subprocess.run(
        command(*arguments), env=told, capture_output=True, text=True, check=False, close_fds=False
    )
    assert done.returncode == 0, done.stderr


@contextmanager
def served(told: dict[str, str], var: Path) -> Iterator[str]:
    with running(told, var / "log", "serve", "--workers", "1", "--threads", "6") as (url, _):
        yield url


@contextmanager
def running(told: dict[str, str], log: Path, *words: str) -> Iterator[tuple[str, int]]:
    """A command that serves, its address and its process, once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    with log.open("wb") as lines:
        process = subprocess.Popen(
            command(*words, "--port", str(port)),
            env={**told, "LIENTHONG_PUBLIC_URL": url},
            stdout=lines,
            stderr=subprocess.STDOUT,
            close_fds=False,
        )
        try:
            wait_for(url, process, log)
            yield url, process.pid
        finally:
            process.terminate()
            process.wait(30)


def wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < end:
        try:
            urlopen(url, timeout=60).close()
        except (URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"The site does not answer: {log.read_text()[-3000:]}")
