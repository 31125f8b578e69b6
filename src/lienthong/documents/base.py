"""Where contents lie: a provider keeps bytes under their SHA-256 and gives them back."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import BinaryIO


class MissingContentError(LookupError):
    """A row names content that the store does not have: a disk was lost, or somebody deleted."""


class Incoming(ABC):
    """Content on its way in: written, read again for inspection, then kept or dropped."""

    @property
    @abstractmethod
    def file(self) -> BinaryIO:
        """Open for writing and reading, seekable."""

    @abstractmethod
    def keep(self, digest: str) -> None:
        """Make the content findable under `digest`, whole or not at all, also through a power cut."""


class Store(ABC):
    """A place for contents. `digest` is always 64 lower-case hexadecimal digits.

    The demo and a single machine use the disk (providers/disk.py). An S3-compatible store needs
    these six methods and nothing else: contents are immutable and never listed by name.
    """

    @abstractmethod
    def incoming(self) -> AbstractContextManager[Incoming]:
        """Room for one content; whatever was not kept is gone when the context ends."""

    @abstractmethod
    def has(self, digest: str) -> bool: ...

    @abstractmethod
    def open(self, digest: str) -> BinaryIO:
        """Raises MissingContentError."""

    @abstractmethod
    def delete(self, digest: str) -> None: ...

    @abstractmethod
    def digests(self, *, kept_before: datetime) -> Iterator[str]:
        """Every content kept before a moment."""

    @abstractmethod
    def drop_unfinished(self, *, begun_before: datetime) -> int:
        """Remove what crashed processes left half-written; gives how many."""
