"""Contents as files: ab/cd/abcd… under one folder."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast


class MissingContentError(LookupError):
    """A row names content that the store does not have: a disk was lost, or somebody deleted."""


class Incoming:
    """Content on its way in: written, read again for inspection, then kept or dropped."""

    def __init__(self, store: "Store", path: Path, file: BinaryIO) -> None:
        self.store = store
        self.path = path
        self._file = file

    @property
    def file(self) -> BinaryIO:
        return self._file

    def keep(self, digest: str) -> None:
        """Flush to the disk, then rename: another process sees all of the content or none of it."""
        self._file.flush()
        os.fsync(self._file.fileno())
        final = self.store.path(digest)
        if final.exists():
            os.utime(final)  # young again: the sweep leaves it alone
            return
        final.parent.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o440)
        self.path.rename(final)
        sync_folder(final.parent)


class Store:
    """Contents are immutable, found by their SHA-256 in 64 lower-case hexadecimal digits, never by name.

    Everything under `root`, which no web server may serve. Temporary files share its file system."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, digest: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise ValueError("not a SHA-256 in hexadecimal")
        return self.root / digest[:2] / digest[2:4] / digest

    @contextmanager
    def incoming(self) -> Iterator[Incoming]:
        folder = self.root / "incoming"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        path = Path(name)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield Incoming(self, path, cast("BinaryIO", file))
        finally:
            path.unlink(missing_ok=True)

    def has(self, digest: str) -> bool:
        return self.path(digest).exists()

    def open(self, digest: str) -> BinaryIO:
        try:
            return self.path(digest).open("rb")
        except FileNotFoundError as error:
            raise MissingContentError(digest) from error

    def delete(self, digest: str) -> None:
        self.path(digest).unlink(missing_ok=True)

    def digests(self, *, kept_before: datetime) -> Iterator[str]:
        for path in self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
            if path.stat().st_mtime < kept_before.timestamp():
                yield path.name

    def drop_unfinished(self, *, begun_before: datetime) -> int:
        dropped = 0
        for path in (self.root / "incoming").glob("*.part"):
            if path.stat().st_mtime < begun_before.timestamp():
                path.unlink(missing_ok=True)
                dropped += 1
        return dropped


def sync_folder(folder: Path) -> None:
    """A rename survives a power cut only once the folder itself is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
