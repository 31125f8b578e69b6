import hashlib
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from lienthong.audit.public import Entry
from lienthong.documents.public import (
    BrokenFile,
    DamagedContentError,
    Disguised,
    EmptyFile,
    MissingContentError,
    StoredFile,
    TooLarge,
    damaged_files,
    keep_file,
    open_file,
    read_file,
    serve,
    sweep_orphans,
)
from lienthong.documents.store import Store


@dataclass(frozen=True)
class Somebody:
    reference: str = "account:17"


BY = Somebody()


def contents(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_kept_file_is_given_back(plain_pdf: bytes, documents_root: Path) -> None:
    file = keep_file(content=BytesIO(plain_pdf), name="../../Tờ khai.pdf", by=BY)
    digest = hashlib.sha256(plain_pdf).hexdigest()
    assert (file.sha256, file.size, file.media_type) == (digest, len(plain_pdf), "application/pdf")
    assert file.name == "Tờ khai.pdf"
    assert file.kept_by == "account:17"
    assert read_file(file) == plain_pdf
    assert contents(documents_root) == [documents_root / digest[:2] / digest[2:4] / digest]


@pytest.mark.django_db
def test_keeping_is_recorded_without_the_name(plain_pdf: bytes) -> None:
    file = keep_file(content=BytesIO(plain_pdf), name="Nguyễn Thị Minh Hạnh.pdf", by=BY)
    entry = Entry.objects.get(event="documents.FileKept", subject=f"file:{file.id}")
    assert entry.actor == "account:17"
    assert entry.fields["sha256"] == file.sha256
    assert "Hạnh" not in entry.facts


@pytest.mark.django_db
def test_same_content_lies_once_on_the_disk(plain_pdf: bytes, documents_root: Path) -> None:
    first = keep_file(content=BytesIO(plain_pdf), name="a.pdf", by=BY)
    second = keep_file(content=BytesIO(plain_pdf), name="b.pdf", by=BY)
    assert first.id != second.id
    assert first.sha256 == second.sha256
    assert len(contents(documents_root)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "refusal"), [(b"", EmptyFile), (b"MZ" + bytes(50), Disguised), (b"%PDF-1.7 x", BrokenFile)]
)
def test_refused_file_leaves_nothing(content: bytes, refusal: type[Exception], documents_root: Path) -> None:
    with pytest.raises(refusal):
        keep_file(content=BytesIO(content), name="don.pdf", by=BY)
    assert not StoredFile.objects.exists()
    assert contents(documents_root) == []


class Endless(BytesIO):
    """Gives zeros for ever and counts what was taken."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        assert size is not None
        assert size > 0, "read whole"
        self.taken += size
        return b"%" * size


@pytest.mark.django_db
def test_content_past_the_limit_is_read_no_further(documents_root: Path) -> None:
    content = Endless()
    with pytest.raises(TooLarge, match="lớn hơn 2 MB"):
        keep_file(content=content, name="don.pdf", by=BY, limit_bytes=2 * 1024 * 1024)
    assert content.taken <= 3 * 1024 * 1024
    assert contents(documents_root) == []


CHILD = """
import os, sys
from pathlib import Path
from lienthong.documents.store import Store
{patch}
with Store(Path(sys.argv[1])).incoming() as incoming:
    incoming.file.write(b"half of it")
    print("written", flush=True)
    incoming.keep("ab" * 32)
    print("kept", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("patch", "says", "final"),
    [
        ("os.fsync = lambda handle: (print('before', flush=True), sys.stdin.read())", "before", 0),
        ("Path.rename = lambda self, target: (print('before', flush=True), sys.stdin.read())", "before", 0),
        ("", "kept", 1),
    ],
)
def test_process_killed_while_keeping_leaves_whole_content_or_none(
    patch: str, says: str, final: int, tmp_path: Path
) -> None:
    """kill -9 before the flush, between flush and rename, and after the rename."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD.format(patch=patch), str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert child.stdout is not None
    for line in child.stdout:
        if line.strip() == says:
            break
    child.send_signal(signal.SIGKILL)
    child.communicate()
    store = Store(tmp_path)
    assert store.has("ab" * 32) == bool(final)
    unfinished = list((tmp_path / "incoming").glob("*.part"))
    assert len(unfinished) == 1 - final
    assert store.drop_unfinished(begun_before=timezone.now() + timedelta(seconds=5)) == 1 - final
    with store.incoming() as incoming:
        incoming.file.write(b"whole")
        incoming.keep("cd" * 32)
    with store.open("cd" * 32) as content:
        assert content.read() == b"whole"


@pytest.mark.django_db
def test_sweep_removes_only_old_content_without_a_row(
    plain_pdf: bytes, picture: bytes, documents_root: Path
) -> None:
    kept = keep_file(content=BytesIO(plain_pdf), name="a.pdf", by=BY)
    with transaction.atomic():
        orphan = keep_file(content=BytesIO(picture), name="b.png", by=BY)
        transaction.set_rollback(True)
    assert sweep_orphans(by=BY) == 0
    tomorrow = timezone.now() + timedelta(days=2)
    assert sweep_orphans(by=BY, now=tomorrow) == 1
    assert not Store(documents_root).has(orphan.sha256)
    assert read_file(kept) == plain_pdf
    assert Entry.objects.filter(event="documents.ContentSwept").count() == 1


@pytest.mark.django_db
def test_changed_and_lost_content_is_found(plain_pdf: bytes, picture: bytes, documents_root: Path) -> None:
    changed = keep_file(content=BytesIO(plain_pdf), name="a.pdf", by=BY)
    lost = keep_file(content=BytesIO(picture), name="b.png", by=BY)
    store = Store(documents_root)
    store.path(changed.sha256).chmod(0o600)
    store.path(changed.sha256).write_bytes(b"%PDF-1.7 something else")
    store.delete(lost.sha256)
    assert {(file.id, what) for file, what in damaged_files()} == {
        (changed.id, "changed"),
        (lost.id, "missing"),
    }
    with pytest.raises(DamagedContentError):
        read_file(changed)
    with pytest.raises(MissingContentError):
        open_file(lost)


@pytest.mark.parametrize("digest", ["../../etc/passwd", "AB" * 32, "ab" * 31, ""])
def test_nothing_but_a_hash_becomes_a_path(digest: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        Store(tmp_path).path(digest)


@pytest.mark.django_db
def test_served_file_can_only_be_saved(plain_pdf: bytes) -> None:
    file = keep_file(content=BytesIO(plain_pdf), name='Giấy "A"\r\nSet-Cookie: x=1.pdf', by=BY)
    response = serve(file)
    assert b"".join(response) == plain_pdf  # type: ignore[arg-type]  # a FileResponse gives bytes
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''Gi%E1%BA%A5y%20A%20%20Set-Cookie%20x%3D1.pdf".replace("%20%20", "%20")
    )
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    response.close()
