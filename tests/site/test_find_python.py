"""Which Python `make` takes, and what it says when there is none fit."""

import subprocess
import sys
from pathlib import Path

import pytest

from lienthong.site.config import ROOT

OLD = 'case "$2" in *print*) echo 3.9 ;; *) exit 1 ;; esac'
WITHOUT_VENV = 'case "$2" in *print*) echo 3.11 ;; *ensurepip*) exit 1 ;; esac'
FIT = "exit 0"


def find(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", ROOT / "scripts" / "find-python"],
        env={"PATH": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def put(folder: Path, name: str, body: str) -> Path:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    return program


def test_python3_is_taken_when_it_fits(tmp_path: Path) -> None:
    put(tmp_path, "python3.13", FIT)
    assert find(tmp_path).stdout.strip() == str(tmp_path / "python3.13")
    put(tmp_path, "python3", FIT)
    assert find(tmp_path).stdout.strip() == str(tmp_path / "python3")


def test_an_old_python3_is_passed_over_for_a_newer_one_beside_it(tmp_path: Path) -> None:
    put(tmp_path, "python3", OLD)
    newer = put(tmp_path, "python3.12", FIT)
    assert find(tmp_path).stdout.strip() == str(newer)


def test_a_python_that_the_caller_names(tmp_path: Path) -> None:
    put(tmp_path, "python3", OLD)
    assert find(tmp_path, PYTHON=sys.executable).stdout.strip() == sys.executable


@pytest.mark.parametrize(
    ("programs", "sentence"),
    [
        ({}, "Python is missing: run `sudo apt install python3 python3-venv` (3.11 or newer) and try again."),
        (
            {"python3": OLD},
            "Python 3.9 is too old, 3.11 or newer is needed: Debian 12, Ubuntu 24.04 and later have it",
        ),
        (
            {"python3": WITHOUT_VENV},
            "Python 3.11 is here without its venv module: run `sudo apt install python3-venv`",
        ),
        ({"python3": "exit 127"}, "Python is missing: "),
    ],
    ids=["none", "too old", "no venv", "a broken shim"],
)
def test_no_fit_python_ends_in_one_sentence(tmp_path: Path, programs: dict[str, str], sentence: str) -> None:
    for name, body in programs.items():
        put(tmp_path, name, body)
    answer = find(tmp_path)
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.startswith(sentence)
    assert answer.stderr.count("\n") == 1
