"""Signed papers as programs judge them that are not ours: poppler's pdfsig, and openssl."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

needs_checkers = pytest.mark.skipif(
    not (shutil.which("pdfsig") and shutil.which("openssl") and shutil.which("pdftotext")),
    reason="pdfsig or openssl is not installed: `apt install poppler-utils openssl`",
)
CMS = "openssl cms -verify -binary -inform DER -in cms.der -content signed -purpose any -out seen -CAfile"


def said_by_pdfsig(content: bytes, folder: Path) -> str:
    (folder / "paper.pdf").write_bytes(content)
    return _run(["pdfsig", "paper.pdf"], folder).stdout


def words_of(content: bytes, folder: Path) -> str:
    """The paper's text, lines joined."""
    (folder / "paper.pdf").write_bytes(content)
    return " ".join(_run(["pdftotext", "paper.pdf", "-"], folder).stdout.split())


def said_by_openssl(content: bytes, root: Path, folder: Path) -> str:
    """Its verdict on signature and chain; it trusts `root` only."""
    found = re.search(rb"/ByteRange \[ ?(\d+) (\d+) (\d+) (\d+)", content)
    assert found
    start, first, second, rest = map(int, found.groups())
    assert (start, second + rest) == (0, len(content)), "the signature is over the whole file"
    (folder / "signed").write_bytes(content[:first] + content[second:])
    cms = bytes.fromhex(content[first + 1 : second - 1].decode())
    (folder / "cms.der").write_bytes(cms[: 4 + int.from_bytes(cms[2:4])])  # the rest is padding
    return _run([*CMS.split(), str(root)], folder).stderr


def tampered(content: bytes) -> bytes:
    """The same paper with one byte changed: a second of the hour at which it was signed."""
    place = [found.end() - 1 for found in re.finditer(rb"\(D:\d{14}", content)][-1]
    other = b"0" if content[place : place + 1] != b"0" else b"1"
    return content[:place] + other + content[place + 1 :]


def _run(command: list[str], folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
