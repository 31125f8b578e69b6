"""What the stages of a run share: the run's own folder, and how a stage tells how far it is."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.conf import settings

from lienthong.registries.models import Run

Told = Callable[[int, int | None], None]
"""Tells how much a stage has passed, of how much; None: nobody knows."""
PERMILLE: Final = 1000


def folder(run: Run) -> Path:
    """Where the run keeps what it makes until it ends; the same after a kill."""
    place = settings.RUNS_ROOT / str(run.batch_id)
    place.mkdir(parents=True, exist_ok=True)
    return Path(place)


def sweep_up(run: Run) -> None:
    shutil.rmtree(settings.RUNS_ROOT / str(run.batch_id), ignore_errors=True)


def part(told: Told, first: float, last: float) -> Told:
    """Tells of one step of a stage, which reaches from this share of the stage to that."""

    def tell(done: int, total: int | None) -> None:
        share = done / total if total else 0.0
        told(round((first + (last - first) * share) * PERMILLE), PERMILLE)

    return tell
