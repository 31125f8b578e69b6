"""What comes in too large is dropped on the way, not after it was stored."""

import tracemalloc
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory

from lienthong.documents.public import TooLarge, TooMuchAtOnce, upload_refused

MB = 1024 * 1024
BOUNDARY = "b0undary"


class Stream:
    """A request's body made while it is read: two fields around files of the given sizes."""

    def __init__(self, *sizes: int) -> None:
        self.parts = [self.field("code", "H20.47"), *map(self.file, sizes), self.field("note", "xin chào")]
        self.length = sum(len(head) + size + 2 for head, size in self.parts) + len(self.end)
        self.pieces = self.iterate()
        self.rest = b""
        self.given = 0

    end = f"--{BOUNDARY}--\r\n".encode()

    def field(self, name: str, value: str) -> tuple[bytes, int]:
        text = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}'
        return text.encode(), 0

    def file(self, size: int) -> tuple[bytes, int]:
        text = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="paper"; filename="don.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        )
        return text.encode(), size

    def iterate(self) -> Iterator[bytes]:
        for head, size in self.parts:
            yield head
            for start in range(0, size, 64 * 1024):
                yield b"x" * min(64 * 1024, size - start)
            yield b"\r\n"
        yield self.end

    def read(self, size: int = -1) -> bytes:
        assert size > 0, "read whole"
        while len(self.rest) < size and (piece := next(self.pieces, None)):
            self.rest += piece
        found, self.rest = self.rest[:size], self.rest[size:]
        self.given += len(found)
        return found

    def readline(self, size: int = -1) -> bytes:
        raise AssertionError("a body is read in pieces")


@pytest.fixture
def _limited(settings: object) -> None:
    settings.MAX_UPLOAD_BYTES = 2 * MB  # type: ignore[attr-defined]  # pytest-django's wrapper
    settings.FILE_UPLOAD_HANDLERS = [  # type: ignore[attr-defined]  # pytest-django's wrapper
        "lienthong.documents.uploads.LimitedUpload",
        "django.core.files.uploadhandler.TemporaryFileUploadHandler",
    ]


def post(stream: Stream) -> WSGIRequest:
    return RequestFactory().request(
        REQUEST_METHOD="POST",
        CONTENT_TYPE=f"multipart/form-data; boundary={BOUNDARY}",
        CONTENT_LENGTH=str(stream.length),
        **{"wsgi.input": stream},
    )


@pytest.mark.usefixtures("_limited")
def test_what_fits_arrives() -> None:
    request = post(Stream(MB, MB))
    assert upload_refused(request) is None
    files = request.FILES.getlist("paper")
    assert [file.size for file in files if isinstance(file, UploadedFile)] == [MB, MB]
    for file in files:
        file.close()


@pytest.mark.usefixtures("_limited")
def test_200_megabytes_are_refused_in_little_memory() -> None:
    request = post(Stream(200 * MB))
    tracemalloc.start()
    try:
        refusal = upload_refused(request)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert isinstance(refusal, TooLarge)
    assert str(refusal).startswith("Tệp lớn hơn 2 MB.")
    assert peak < 8 * MB
    assert not request.FILES
    assert (request.POST["code"], request.POST["note"]) == ("H20.47", "xin chào"), "what was typed is kept"


@pytest.mark.usefixtures("_limited")
def test_file_that_hides_its_length_is_stopped_at_the_limit() -> None:
    """A body within the quota, one file of it past the limit."""
    request = post(Stream(3 * MB, MB))
    assert isinstance(upload_refused(request), TooLarge)
    files = request.FILES.getlist("paper")
    assert len(files) == 1
    for file in files:
        file.close()


@pytest.mark.usefixtures("_limited")
def test_many_files_together_past_the_quota_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four largest files fit into one request; a fifth does not, whatever the sender said of the length."""
    stream = Stream(*[2 * MB] * 5)
    monkeypatch.setattr("lienthong.documents.uploads.LimitedUpload.handle_raw_input", lambda *_, **__: None)
    request = post(stream)
    assert isinstance(upload_refused(request), TooMuchAtOnce)
    files = request.FILES.getlist("paper")
    assert len(files) == 4
    for file in files:
        file.close()


@pytest.mark.usefixtures("_limited")
def test_endless_body_is_cut_off_at_once() -> None:
    stream = Stream(600 * MB)
    request = post(stream)
    assert isinstance(upload_refused(request), TooMuchAtOnce)
    assert stream.given < MB
