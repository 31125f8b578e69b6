"""The web process's end of checking.py: keeps that process, asks it, starts it again if it died."""

import atexit
import base64
import json
import os
import subprocess
import sys
from functools import cache
from threading import Lock
from typing import Any, Final

from lienthong.signatures.rules import Finding

SECONDS_IN_LINE: Final = 20


class Checker:
    """One checking process that believes `roots` (DER) and judges one file at a time."""

    def __init__(self, roots: tuple[bytes, ...]) -> None:
        self.roots = [base64.b64encode(root).decode() for root in roots]
        self.lock = Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0
        atexit.register(self.close)

    def ask(self, content: bytes) -> dict[str, Any]:
        """What stands in the file, as checking.Reading's fields; BUSY after 20 s in line."""
        if not self.lock.acquire(timeout=SECONDS_IN_LINE):
            return {"finding": Finding.BUSY}
        try:
            answer = self.exchange(content) or self.exchange(content)
        finally:
            self.lock.release()
        found: dict[str, Any] = json.loads(answer) if answer else {"finding": Finding.TOOK_TOO_LONG}
        return found

    def exchange(self, content: bytes) -> bytes:
        """Send the file, read the answer; nothing if the process is gone (the next call starts another)."""
        process = self.alive()
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("started without pipes")
        try:
            process.stdin.write(len(content).to_bytes(8) + content)
            process.stdin.flush()
            answer = process.stdout.readline()
        except OSError:
            answer = b""
        if not answer:
            self.close()
        return answer

    def alive(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None or self.owner != os.getpid():
            self.close()
            # The child needs our packages and nothing else of our surroundings: no secret, no database.
            surroundings = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
            self.process = subprocess.Popen(  # noqa: S603 our own module, arguments of our own making
                [sys.executable, "-m", "lienthong.signatures.checking", *self.roots],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=surroundings,
            )
            self.owner = os.getpid()
        return self.process

    def close(self) -> None:
        """End the process, if this one started it."""
        process, self.process = self.process, None
        if process is None or self.owner != os.getpid():
            return
        process.kill()
        process.communicate()


@cache
def checker(roots: tuple[bytes, ...]) -> Checker:
    return Checker(roots)
