"""The one command by which a newcomer starts."""

from pathlib import Path

import pytest

from journeys.stage import Stage, running

pytestmark = pytest.mark.journey


def test_what_serves_the_demo_is_a_process_that_played_nothing(stage: Stage, tmp_path: Path) -> None:
    """Else no worker made another paper: playing has used threads, and workers are forks."""
    with running(stage.told, tmp_path / "log", "demo") as (_, process):
        words = Path(f"/proc/{process}/cmdline").read_text().split("\0")
    assert "serve" in words
    assert "demo" not in words
