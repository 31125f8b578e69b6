"""Long work in a thread of the web process. Killed, it is taken up again by the page's button or by a command."""

import logging
import threading
from collections.abc import Callable

from django.db import connection, transaction

from lienthong.cleaning.public import carry_out_sweep, find_duplicates
from lienthong.identity.public import Actor, system
from lienthong.registries.public import measure_register, run_batch

WORKER = system("registries")

log = logging.getLogger(__name__)


def begin(work: Callable[[], object], name: str) -> None:
    """Once the transaction is committed, do `work` beside the answer, over a connection of its own."""

    def run() -> None:
        try:
            work()
        except Exception:
            log.exception("%s stopped", name)
        finally:
            connection.close()

    transaction.on_commit(lambda: threading.Thread(target=run, name=name, daemon=True).start())


def begin_run(batch: int) -> None:
    begin(lambda: run_batch(batch=batch, by=WORKER), f"run {batch}")


def begin_measuring(by: Actor) -> None:
    begin(lambda: measure_register(by=by), "measuring the register")


def begin_searching(by: Actor) -> None:
    begin(lambda: find_duplicates(by=by), "searching for duplicates")


def begin_sweeping(sweep: int) -> None:
    begin(lambda: carry_out_sweep(sweep=sweep), f"sweep {sweep}")
