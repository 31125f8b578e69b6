"""Limits of the checking process, without a database: files made to hang or to swell."""

import json
import time
from collections.abc import Iterator

import pytest

from lienthong.signatures import checking
from lienthong.signatures.rules import Finding


def told(content: bytes) -> str:
    found: dict[str, str] = json.loads(checking.judge_apart(content, []))
    return found["finding"]


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(checking, "LONGEST_WAIT", 0.5)
    return


@pytest.mark.usefixtures("_quick")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_file_that_takes_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "read_signatures", lambda *_: time.sleep(60))
    assert told(b"x") == Finding.TOOK_TOO_LONG


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_file_that_eats_memory_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "read_signatures", lambda *_: bytes(8 * 1024**3))
    assert told(b"x") == Finding.TOOK_TOO_LONG


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_process_that_crashes_is_a_verdict_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise SystemError

    monkeypatch.setattr(checking, "read_signatures", crash)
    assert told(b"x") == Finding.TOOK_TOO_LONG
