"""kill -9 while a rule is applied to many cases: nothing half applied, nothing twice."""

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

CASES = 300
CHILD = Path(__file__).with_name("child.py")


@pytest.fixture
def ground(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    made = migrated(tmp_path_factory, tmp_path / "var")
    yield made
    postgres.stop(made.var)


def child(ground: Ground, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(CHILD), *arguments], env=ground.environment, stdout=subprocess.PIPE, text=True
    )


def done(ground: Ground) -> int:
    return int(ground.ask("SELECT count(*) FROM cleaning_sweepcase WHERE outcome = 'done'")[0][0])


def whole(ground: Ground) -> None:
    """A case is marked done, settled, in its ledger, in the record's provenance and in the record, or none of these."""
    assert ground.ask(
        "SELECT c.id FROM cleaning_case c JOIN cleaning_sweepcase s ON s.case_id = c.id"
        " LEFT JOIN cleaning_caseact a ON a.case_id = c.id"
        " LEFT JOIN registries_change h ON h.record_id = c.record_id"
        " LEFT JOIN audit_entry e ON e.subject = 'case:' || c.id"
        " GROUP BY c.id, c.state, s.outcome"
        " HAVING CASE WHEN s.outcome = 'done'"
        " THEN c.state <> 'settled' OR count(DISTINCT a.id) <> 1 OR count(DISTINCT h.id) <> 1 OR count(DISTINCT e.id) <> 1"
        " ELSE c.state <> 'open' OR count(a.id) + count(h.id) + count(e.id) > 0 END"
    ) == []  # fmt: skip


def test_kill_while_a_rule_is_applied(ground: Ground) -> None:
    builder = child(ground, "build", str(CASES))
    sweep = builder.communicate(timeout=300)[0]
    assert builder.returncode == 0
    kills = 0
    for reached in (1, CASES // 3 + 1):
        worker = child(ground, "sweep", sweep)
        end = time.monotonic() + 120
        while done(ground) < reached and worker.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        if worker.poll() is None:
            os.kill(worker.pid, signal.SIGKILL)
            kills += 1
        worker.communicate(timeout=60)
        whole(ground)
    assert kills, "the sweep was over before it could be killed"

    last = child(ground, "sweep", sweep)
    last.communicate(timeout=300)

    assert last.returncode == 0
    assert done(ground) == CASES
    assert ground.ask("SELECT done, refused, ended_at IS NULL FROM cleaning_sweep") == [(CASES, 0, False)]
    whole(ground)
    assert "every link holds" in ground.run("audit", "verify")
