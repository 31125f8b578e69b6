"""What cleaning does in every run of a sector's file."""

from collections.abc import Callable

from lienthong.cleaning.actions.opening import open_cases, overtake_cases
from lienthong.identity.public import system
from lienthong.registries.public import Batch, after_run

WORKER = system("cleaning")


@after_run
def make_work(batch: Batch, told: Callable[[int, int | None], None]) -> None:
    open_cases(batch=batch, by=WORKER, told=told)
    if batch.replaces:
        overtake_cases(batch=batch, by=WORKER)
