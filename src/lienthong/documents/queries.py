"""Giving kept content back."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, Final

from django.conf import settings

from lienthong.documents.models import StoredFile
from lienthong.documents.store import MissingContentError, Store

PIECE: Final = 256 * 1024


def store() -> Store:
    """The one place for contents of this installation."""
    return Store(settings.DOCUMENTS_ROOT)


def open_file(file: StoredFile) -> BinaryIO:
    """Open a kept file's content for reading; the caller closes it. Raises MissingContentError.

    Whether somebody may read it is for the calling room to decide, before it asks.
    """
    return store().open(file.sha256)


def read_file(file: StoredFile) -> bytes:
    """The whole content, its hash checked. Raises MissingContentError, DamagedContentError."""
    with open_file(file) as content:
        found = content.read()
    if hashlib.sha256(found).hexdigest() != file.sha256:
        raise DamagedContentError(file.sha256)
    return found


class DamagedContentError(ValueError):
    """The content no longer has the hash it was kept under."""


def damaged_files() -> Iterator[tuple[StoredFile, str]]:
    """Read every kept content again; give each file whose content is missing or has changed."""
    for file in StoredFile.objects.order_by("sha256").distinct("sha256").iterator():
        try:
            with open_file(file) as content:
                digest = digest_of(content)
        except MissingContentError:
            yield file, "missing"
        else:
            if digest != file.sha256:
                yield file, "changed"


def digest_of(content: BinaryIO) -> str:
    found = hashlib.sha256()
    while piece := content.read(PIECE):
        found.update(piece)
    return found.hexdigest()
