"""kill -9 of the worker that runs a received file: the next one goes on, no row is lost and none is there twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.ground import Ground, migrated
from lienthong.site import postgres

pytestmark = pytest.mark.fault

ROWS, PIECE = 600, 50
CHILD = Path(__file__).with_name("child.py")
ORDER = ("read", "link", "store", "count", "open")


@pytest.fixture
def ground(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    made = migrated(tmp_path_factory, tmp_path / "var")
    yield made
    postgres.stop(made.var)


def child(ground: Ground, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(CHILD), *arguments], env=ground.environment, stdout=subprocess.PIPE, text=True
    )


def stands(ground: Ground) -> tuple[int, int]:
    """The stage by its place in the order, and how far it is."""
    stage, done = ground.ask("SELECT stage, done FROM registries_run")[0]
    return ORDER.index(stage), done


def whole(ground: Ground) -> None:
    """Records are the file's rows as far as the stage says, each once, and nothing is called finished."""
    stage, done = stands(ground)
    count, rows, first, last = ground.ask(
        "SELECT count(*), count(DISTINCT row), min(row), max(row) FROM registries_record"
    )[0]
    assert count == rows
    if stage < ORDER.index("store"):
        assert count == 0
    elif count:
        # The heading is row 1.
        assert (first, count) == (2, last - 1)
        assert last == done or stage > ORDER.index("store")
    assert ground.ask("SELECT state FROM registries_batch") == [("accepted",)]
    assert ground.ask("SELECT count(*) FROM audit_entry WHERE event = 'registries.BatchFinished'") == [(0,)]


def test_kill_while_a_file_is_run(ground: Ground) -> None:
    builder = child(ground, "build", str(ROWS))
    batch = builder.communicate(timeout=300)[0]
    assert builder.returncode == 0
    kills = 0
    for reached in ((1, 0), (2, PIECE), (2, ROWS // 2)):
        worker = child(ground, "run", batch, str(PIECE))
        end = time.monotonic() + 120
        while stands(ground) < reached and worker.poll() is None and time.monotonic() < end:
            time.sleep(0.03)
        if worker.poll() is None:
            os.kill(worker.pid, signal.SIGKILL)
            kills += 1
        worker.communicate(timeout=60)
        whole(ground)
    assert kills >= 2, "the run was over before it could be killed"

    last = child(ground, "run", batch, str(PIECE))
    last.communicate(timeout=300)

    assert last.returncode == 0
    assert ground.ask("SELECT state FROM registries_batch") == [("done",)]
    assert ground.ask("SELECT count(*), count(DISTINCT row), min(row), max(row) FROM registries_record") == [
        (ROWS, ROWS, 2, ROWS + 1)
    ]
    assert ground.ask("SELECT rows FROM registries_run") == [(ROWS,)]
    counted = "SELECT rule, sum(assessed) FROM registries_rulecount GROUP BY rule"
    assert max(n for _, n in ground.ask(counted)) == ROWS
    assert ground.ask("SELECT record_id FROM cleaning_case GROUP BY record_id HAVING count(*) > 1") == []
    assert ground.ask("SELECT count(*) FROM audit_entry WHERE event = 'registries.BatchFinished'") == [(1,)]
    assert not (ground.var / "runs" / batch).exists()
    assert "every link holds" in ground.run("audit", "verify")
