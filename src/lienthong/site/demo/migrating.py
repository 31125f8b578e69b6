"""Migrating and wiping need the tables' owner; the demo itself runs as the application's role."""

import os
import subprocess
import sys

from lienthong.site.errors import OperatorError


def _as_owner(*arguments: str) -> None:
    """Run a command as the owner, in a process of its own: one process has one role."""
    done = subprocess.run(  # noqa: S603 - our own command, no shell
        [sys.executable, "-m", "lienthong.site.cli", *arguments],
        env={**os.environ, "LIENTHONG_AS_OWNER": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        why = next((line for line in reversed(lines) if "Error: " in line), lines[-1])
        raise OperatorError(f"`lienthong {arguments[0]}` failed: {why}")


def migrate() -> None:
    _as_owner("migrate", "--verbosity", "0")
    _as_owner("maintain")


def wipe() -> None:
    """Everything goes, tables too: migrations start from nothing."""
    _as_owner("wipe", "--yes")
