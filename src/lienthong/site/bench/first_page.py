"""From `lienthong demo` in an empty directory to the first page served."""

import http.client
import shutil
import socket
import subprocess
import time
from pathlib import Path

from lienthong.site.bench.ground import BenchError, command, stop

PATIENCE = 900


def measure(var: Path) -> float:
    """Seconds. The directory is emptied before, and stopped and emptied after. Raises BenchError."""
    _clear(var)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words, environment = command(var, "demo", "--size", "small", "--port", str(port))
    begun = time.perf_counter()
    demo = subprocess.Popen(  # noqa: S603 - our own command, no shell
        words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not _answers(port):
            if demo.poll() is not None or time.perf_counter() - begun > PATIENCE:
                raise BenchError(f"The demo served no page in {PATIENCE} seconds, or ended before.")
            time.sleep(0.1)
        return time.perf_counter() - begun
    finally:
        demo.terminate()
        demo.wait(60)
        _clear(var)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _clear(var: Path) -> None:
    if var.exists():
        stop(var)
        shutil.rmtree(var)
