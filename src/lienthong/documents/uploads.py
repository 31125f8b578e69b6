"""Stopping what is too large while it comes in, before it is stored anywhere."""

from typing import Any, Final

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from lienthong.documents.rules import FileRefused, TooLarge, TooMuchAtOnce

FILES_AT_ONCE: Final = 4
"""One request may carry this many files of the largest size, or more smaller ones."""
LISTEN_UP_TO: Final = 512 * 1024 * 1024
"""A body up to this size is read to its end and thrown away, so that the browser shows our answer;
a longer one is cut off, and the browser tells of a lost connection."""

ATTRIBUTE: Final = "_lienthong_upload_refused"


class LimitedUpload(FileUploadHandler):
    """Stand first in FILE_UPLOAD_HANDLERS. Stores nothing; passes on what fits.

    A file past settings.MAX_UPLOAD_BYTES is dropped when its first byte too many arrives, or at
    its first byte if the whole body cannot hold anything else. The other fields still arrive, so
    the page keeps what was typed; it asks `upload_refused(request)` for the reason.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.limit: int = settings.MAX_UPLOAD_BYTES
        self.quota = FILES_AT_ONCE * self.limit
        self.body = 0
        self.total = 0
        self.size = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 Django's name
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        self.body = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.size = 0
        if self.body > LISTEN_UP_TO:
            self.refuse(TooMuchAtOnce(self.quota))
            raise StopUpload(connection_reset=True)
        if self.body > self.quota:
            self.refuse(TooLarge(self.limit))
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.size += len(raw_data)
        self.total += len(raw_data)
        if self.size > self.limit:
            self.refuse(TooLarge(self.limit))
            raise SkipFile
        if self.total > self.quota:
            self.refuse(TooMuchAtOnce(self.quota))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler makes the file."""

    def refuse(self, reason: FileRefused) -> None:
        setattr(self.request, ATTRIBUTE, reason)


def upload_refused(request: HttpRequest) -> FileRefused | None:
    """Why a file of this request was dropped on the way in, if one was. Reads the body."""
    request.FILES  # noqa: B018 the handlers run when the body is first looked at
    reason: FileRefused | None = getattr(request, ATTRIBUTE, None)
    return reason
