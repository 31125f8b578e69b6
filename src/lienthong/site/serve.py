"""The web server: granian's workers around Django, and a keeper that brings a killed PostgreSQL back."""

import contextlib
import ctypes
import errno
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.core.wsgi import get_wsgi_application
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from lienthong.site import postgres
from lienthong.site.errors import OperatorError

HERE = "127.0.0.1"
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
KEEPER_SECONDS = 0.5
RESTARTS_A_MINUTE = 30


class ServeError(OperatorError):
    pass


def serve(*, host: str, port: int, workers: int, threads: int, var: Path | None) -> None:
    """Serve until Ctrl-C or SIGTERM. `var` names the embedded PostgreSQL to keep alive, None: not ours.

    Nothing may have been done in this process before: its workers are forks of it, without the threads of its libraries.
    """
    os.environ["LIENTHONG_THREADS"] = str(threads)  # for the workers' settings
    with _keeper(var):
        restarts: list[float] = []
        while not _serve_once(host, port, workers, threads):
            # granian gives up when one worker dies twice in six seconds; a killer of workers is no reason.
            now = time.monotonic()
            restarts = [*(moment for moment in restarts if now - moment < 60), now]
            if len(restarts) > RESTARTS_A_MINUTE:
                raise ServeError(
                    f"The web server's workers have died {RESTARTS_A_MINUTE} times in a minute; "
                    "the lines above say why, and memory running out is the usual cause."
                )


def check_address(host: str, port: int) -> None:
    """Raise ServeError, naming the port and `--port`, unless the address can be listened on."""
    if not 0 < port < 65536:
        raise ServeError(
            f"There is no port {port}; choose one from 1024 to 65535, for instance with `--port 8001`."
        )
    other = port + 1 if port < 65535 else 8001
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        reason = {
            errno.EADDRINUSE: f"Port {port} is taken by another program",
            errno.EACCES: f"Port {port} is for the administrator only",
            errno.EADDRNOTAVAIL: f"{host} is not an address of this machine",
        }.get(error.errno or 0, f"{host}:{port} cannot be listened on")
        raise ServeError(f"{reason}; choose another, for instance with `--port {other}`.") from None


def application() -> Callable[..., Any]:
    """What each worker serves; a worker ends with the server that made it, even one killed."""
    _end_with_parent(signal.SIGTERM)
    return get_wsgi_application()


def _serve_once(host: str, port: int, workers: int, threads: int) -> bool:
    """True when somebody asked the server to stop."""
    server = Granian(
        "lienthong.site.serve:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
        log_access=False,
        log_level=LogLevels.critical,
    )
    try:
        server.serve()
    except SystemExit:
        return bool(server.interrupt_signal)
    return True


@contextlib.contextmanager
def _keeper(var: Path | None) -> Iterator[None]:
    """A process beside the server; not a thread, since granian forks its workers."""
    if var is None:
        yield
        return
    child = os.fork()
    if child == 0:
        _keep(var)
    try:
        yield
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


def _keep(var: Path) -> NoReturn:
    """Start PostgreSQL again whenever it is gone, unless `lienthong stop` stopped it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _end_with_parent(signal.SIGTERM)
    told = ""
    while True:
        time.sleep(KEEPER_SECONDS)
        try:
            if postgres.has_died(var):
                postgres.ensure(var)
                told = ""
        except OperatorError as error:
            if str(error) != told:
                told = str(error)
                sys.stderr.write(f"{told}\n")
            time.sleep(5)


def _end_with_parent(number: signal.Signals) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(number), 0, 0, 0)
