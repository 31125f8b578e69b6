"""A server of the test's own, what runs against it, and what must hold of it whatever happened."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from lienthong.site import postgres
from lienthong.site.config import ROOT

HERE = Path(__file__).parent


def migrated(factory: pytest.TempPathFactory, var: Path) -> "Ground":
    """A ground in `var` whose database is migrated: made once for all processes of a run of tests, then copied.

    A cluster names no place of its own, so that a stopped one may be copied.
    """
    base = factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "migrated"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "var").exists():
            made = Ground(shared / "new")
            try:
                made.run("migrate", "--verbosity", "0")
                made.run("maintain")
            finally:
                postgres.stop(made.var)
            made.var.rename(shared / "var")
    shutil.copytree(shared / "var", var, ignore=shutil.ignore_patterns(".s.*"))
    postgres.ensure(var)
    return Ground(var)


@dataclass
class Ground:
    var: Path

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the caller's database: kills must hit nobody else."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "LIENTHONG_"))}
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")])
        return kept | {
            "LIENTHONG_VAR": str(self.var),
            "DJANGO_SETTINGS_MODULE": "lienthong.site.settings",
            "PYTHONPATH": paths,
            "PYTHONUTF8": "1",
        }

    def run(self, *arguments: str) -> str:
        """A command of ours to its end; its words."""
        done = subprocess.run(
            [sys.executable, "-m", "lienthong.site.cli", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def child(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(HERE / "child.py"), *arguments],
            env=self.environment | {"DJANGO_ALLOW_ASYNC_UNSAFE": "true"},
            stdout=subprocess.PIPE,
            text=True,
        )

    def told_by(self, *arguments: str) -> Any:
        child = self.child(*arguments)
        words, _ = child.communicate(timeout=300)
        assert child.returncode == 0
        return json.loads(words)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(postgres.urls(self.var).owner, autocommit=True) as connection:
            return connection.execute(sql).fetchall()  # type: ignore[call-overload,no-any-return]  # a text of the test's

    def check(self) -> None:
        """What holds whatever was killed when."""
        for name, sql in BROKEN.items():
            assert self.ask(sql) == [], name
        assert "every link holds" in self.run("audit", "verify")


BROKEN = {
    "a dossier whose acts are not its ledger's lines": """
        SELECT d.id FROM dossiers_dossier d LEFT JOIN dossiers_movement m ON m.dossier_id = d.id
        GROUP BY d.id, d.acts HAVING d.acts <> count(m.number) OR d.acts <> max(m.number)""",
    "a dossier in a state its last line does not lead to": """
        SELECT d.id FROM dossiers_dossier d JOIN dossiers_movement m ON m.dossier_id = d.id
        AND m.number = d.acts WHERE m.after <> d.state""",
    "a line without its event in the record": """
        SELECT m.dossier_id, m.number FROM dossiers_movement m WHERE NOT EXISTS (
            SELECT FROM audit_entry e WHERE e.subject = 'dossier:' || m.dossier_id
            AND (e.facts::jsonb ->> 'number')::int = m.number)""",
    "an event of a dossier without its line": """
        SELECT e.subject FROM audit_entry e WHERE e.event LIKE 'dossiers.%' AND NOT EXISTS (
            SELECT FROM dossiers_movement m WHERE e.subject = 'dossier:' || m.dossier_id
            AND (e.facts::jsonb ->> 'number')::int = m.number)""",
    "a code given twice": "SELECT code FROM dossiers_dossier GROUP BY code HAVING count(*) > 1",
    "a gap in a day's numbers": """
        SELECT reception_id FROM dossiers_dossier GROUP BY reception_id, left(code, -4)
        HAVING max(right(code, 4)::int) <> count(*)""",
    "a decided dossier without its signed paper": """
        SELECT d.id FROM dossiers_dossier d WHERE d.state IN (9, 10) AND NOT EXISTS (
            SELECT FROM signatures_signature s WHERE s.document_id = d.result_id)""",
    "a signed paper without its decided dossier": """
        SELECT s.id FROM signatures_signature s WHERE NOT EXISTS (
            SELECT FROM dossiers_dossier d WHERE d.result_id = s.document_id)""",
    "a draft filed as two dossiers": """
        SELECT dossier_id FROM dossiers_draft WHERE dossier_id IS NOT NULL
        GROUP BY dossier_id HAVING count(*) > 1""",
}
