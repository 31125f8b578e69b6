"""Making a pack's files, and writing into the record that each was made."""

import io
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from django.db import transaction

from lienthong.audit.public import entries_about, record
from lienthong.console.addresses import KNOWN_AT, SCOPE, Question
from lienthong.console.events import PackMade
from lienthong.console.pack.contents import gather
from lienthong.console.pack.docx import write_docx
from lienthong.console.pack.pdf import write_pdf
from lienthong.console.pack.pptx import write_pptx
from lienthong.console.pack.tree import Pack
from lienthong.console.pack.xlsx import write_xlsx
from lienthong.console.queries import Period
from lienthong.identity.public import Actor

OFFICE: Final = "application/vnd.openxmlformats-officedocument."
ALL: Final = "zip"


@dataclass(frozen=True)
class Format:
    write: Callable[[Pack], bytes]
    media_type: str


FORMATS: Final[Mapping[str, Format]] = {
    "pdf": Format(write_pdf, "application/pdf"),
    "docx": Format(write_docx, f"{OFFICE}wordprocessingml.document"),
    "pptx": Format(write_pptx, f"{OFFICE}presentationml.presentation"),
    "xlsx": Format(write_xlsx, f"{OFFICE}spreadsheetml.sheet"),
}
KINDS: Final = (*FORMATS, ALL)


@dataclass(frozen=True)
class Made:
    """A file and how long its making took, without the gathering of figures."""

    kind: str
    name: str
    media_type: str
    content: bytes
    milliseconds: int

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


def make_pack(asked: Question, period: Period, kinds: tuple[str, ...], *, by: Actor) -> list[Made]:
    """The files asked for, from one gathering of the figures, each written into the record.

    Requires steering.read, indicators.read, dossiers.inspect. Raises KeyError for an unknown kind.
    """
    pack = gather(asked, period, by=by)
    files = [write(pack, kind) for kind in kinds]
    with transaction.atomic():
        for made in files:
            record(event_of(made, pack, asked), by=by)
    return files


def write(pack: Pack, kind: str) -> Made:
    begun = time.perf_counter()
    content = FORMATS[kind].write(pack)
    spent = int((time.perf_counter() - begun) * 1000)
    return Made(kind, f"tai-lieu-hop-{pack.day:%Y-%m-%d}.{kind}", FORMATS[kind].media_type, content, spent)


def event_of(made: Made, pack: Pack, asked: Question) -> PackMade:
    return PackMade(
        pack=mark_of(pack.address),
        file=made.kind,
        sha256=made.sha256,
        size=len(made.content),
        milliseconds=made.milliseconds,
        month=f"{pack.month:%Y-%m}",
        as_of=pack.day,
        known_at=pack.known_at.isoformat(),
        scope=asked.told.get(SCOPE, ""),
    )


def mark_of(address: str) -> str:
    """Sixteen signs that stand for what was asked."""
    return sha256(address.encode()).hexdigest()[:16]


def zipped(files: list[Made]) -> bytes:
    """All files in one, stored as they are: three of them are packed already."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as box:
        for made in files:
            box.writestr(made.name, made.content)
    return out.getvalue()


def made_before(pack: Pack) -> dict[str, PackMade]:
    """The last file of each kind that was made at this very address."""
    found = [
        entry for entry in entries_about(f"pack:{mark_of(pack.address)}") if entry.event == PackMade.kind()
    ]
    return {entry.fields["file"]: PackMade(**entry.fields) for entry in found}


def is_pinned(asked: Question) -> bool:
    """The address says what was known when, so that it answers the same later."""
    return bool(asked.told.get(KNOWN_AT))
