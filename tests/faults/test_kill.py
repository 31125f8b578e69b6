"""kill -9 of the web server during submissions, and of PostgreSQL during decisions."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import pytest

from faults.ground import Ground, migrated
from lienthong.site import postgres

pytestmark = pytest.mark.fault

KILLS = 3
TOKEN = "a" * 32


@pytest.fixture
def ground(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    """A server of the test's own."""
    made = migrated(tmp_path_factory, tmp_path / "var")
    yield made
    postgres.stop(made.var)


# ---- the web server


@dataclass
class Site:
    """`lienthong serve`, which may be killed and started again; its PostgreSQL goes on."""

    ground: Ground
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lienthong.site.cli", "serve", "--port", str(self.port), "--workers", "1"],
            env=self.ground.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        assert self.process
        for pid in [*below(self.process.pid), self.process.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


def below(pid: int) -> list[int]:
    """Processes that this one made, at any depth."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [*below(child), child]
    return found


@dataclass
class Citizen:
    """Presses the button for one draft after another, again and again until somebody answers."""

    port: int
    session: str
    drafts: list[str]
    told: dict[str, str] = field(default_factory=dict)
    """Draft to the page that said it was filed."""
    tries: int = 0

    def work(self) -> None:
        for draft in self.drafts:
            end = time.monotonic() + 120
            while draft not in self.told and time.monotonic() < end:
                self.tries += 1
                with contextlib.suppress(OSError, http.client.HTTPException):
                    self.send(draft)
                    continue
                time.sleep(0.1)

    def send(self, draft: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {
                "Host": "localhost",
                "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
                "Content-Type": "application/x-www-form-urlencoded",
            }
            body = urlencode({"agreed": "on", "csrfmiddlewaretoken": TOKEN})
            connection.request("POST", f"/khai/{draft}/xem-lai/", body, headers)
            answer = connection.getresponse()
            words = answer.read().decode()
            assert answer.status in {302, 500, 503}, f"{answer.status} {words[:2000]}"
            if answer.status == 302:
                self.told[draft] = answer.headers["Location"]
        finally:
            connection.close()


def test_kill_the_web_server_during_submissions(ground: Ground) -> None:
    """Every draft becomes one dossier, however often its sender lost the answer."""
    given = ground.told_by("build", "24")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    site = Site(ground, port)
    site.start()
    citizens = [Citizen(port, given["session"], given["drafts"][n::3]) for n in range(3)]
    threads = [threading.Thread(target=citizen.work) for citizen in citizens]
    for thread in threads:
        thread.start()
    dice = Random(3)
    try:
        for kill in range(1, KILLS + 1):
            wait_until(lambda: sum(len(c.told) for c in citizens) >= kill * 5)  # noqa: B023 - waited for at once
            time.sleep(dice.random() / 5)
            site.kill()
            site.start()
        for thread in threads:
            thread.join(150)
    finally:
        site.kill()

    told = {draft: page for citizen in citizens for draft, page in citizen.told.items()}
    filed = dict(
        ground.ask(
            "SELECT t.key::text, d.code FROM dossiers_draft t JOIN dossiers_dossier d ON d.id = t.dossier_id"
        )
    )
    assert set(told) == set(filed) == set(given["drafts"])
    assert ground.ask("SELECT count(*) FROM dossiers_dossier") == [(24,)]
    assert all(filed[draft] in page for draft, page in told.items())
    assert sum(citizen.tries for citizen in citizens) > 24, "no request was ever lost: the kills hit nothing"
    ground.check()


def wait_until(done: object, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not done():  # type: ignore[operator]  # a function without arguments
        assert time.monotonic() < end
        time.sleep(0.02)


# ---- PostgreSQL


def test_kill_postgresql_during_decisions(ground: Ground) -> None:
    """What was answered is decided, signed, in the ledger and in the record; what was not is whole or absent."""
    dossiers = ground.told_by("proposed", "8")
    leader = ground.child("decide", *map(str, dossiers))
    assert leader.stdout
    told: list[int] = []
    dice = Random(7)
    for kill in range(KILLS):
        while len(told) < 2 * (kill + 1):
            told.append(int(leader.stdout.readline()))
        time.sleep(dice.random())
        pid = postgres.status(ground.var).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        postgres.ensure(ground.var)
        states = dict(ground.ask("SELECT id, state FROM dossiers_dossier"))
        assert all(states[dossier] == 10 for dossier in told), "an answer was given for what is not there"
    rest, _ = leader.communicate(timeout=120)
    told += [int(line) for line in rest.split()]

    assert told == dossiers
    assert ground.ask("SELECT state, count(*) FROM dossiers_dossier GROUP BY 1") == [(10, 8)]
    assert ground.ask("SELECT count(*) FROM dossiers_movement WHERE act = 'decide'") == [(8,)]
    ground.check()
