"""Moments written as people write them, and a clock that stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest import mock

from lienthong.kit.calendar import VIETNAM


def moment(text: str) -> datetime:
    """ "09/11/2026 08:41", Vietnamese time."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


@contextmanager
def at(text: str) -> Iterator[datetime]:
    """It is this minute inside; the database's own clock goes on."""
    with mock.patch("django.utils.timezone.now", return_value=moment(text)):
        yield moment(text)
