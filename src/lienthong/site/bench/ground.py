"""Where the bench works: directories and servers of its own, made by the demo's player."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from lienthong.site import postgres
from lienthong.site.config import CONFIG
from lienthong.site.demo.play import SEED
from lienthong.site.errors import OperatorError

PLAYED: Final = "played"
"""A file that says the player came to its end: with half a demo nothing is measured."""


class BenchError(OperatorError):
    pass


def home(size: str) -> Path:
    return CONFIG.var / "bench" / size


def command(var: Path, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """A command of ours over another var directory, and its environment."""
    environment = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DATABASE_OWNER_URL"}}
    environment["LIENTHONG_VAR"] = str(var)
    return [sys.executable, "-m", "lienthong.site.cli", *arguments], environment


def run(var: Path, *arguments: str, beside: Mapping[str, str] | None = None) -> None:
    """Run it to its end, its words on our screen; `beside`: more environment. Raises BenchError."""
    words, environment = command(var, *arguments)
    done = subprocess.run(words, env={**environment, **(beside or {})}, check=False)  # noqa: S603 - our own command, no shell
    if done.returncode:
        raise BenchError(f"`lienthong {' '.join(arguments)}` failed; see the lines above.")


def play(size: str) -> Path:
    """The var directory with a demo of this size, played once and kept; the tables are those of today's code."""
    var = home(size)
    if (var / PLAYED).exists():
        run(var, "migrate", "--verbosity", "0")
        return var
    run(var, "demo", "--size", size, "--fresh", "--no-serve")
    (var / PLAYED).write_text(f"{SEED}\n")
    return var


def stop(var: Path) -> None:
    postgres.stop(var)
