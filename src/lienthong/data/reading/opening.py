"""From a file to facts: what kind it is, told by its first bytes, and its blocks in the right letters."""

import stat
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Final

from lienthong.data.fonts.charmaps import Detected, decode, detect
from lienthong.data.reading import docx, pdf, plain
from lienthong.data.reading.blocks import Block, Row
from lienthong.data.reading.errors import (
    DocumentTooBig,
    DocumentTooLong,
    EmptyDocument,
    LockedDocument,
    NoSuchDocument,
    NotADocument,
    OldWord,
)
from lienthong.data.reading.facts import Fact
from lienthong.data.reading.reader import facts_in

MOST_BYTES: Final = 40 * 1024 * 1024
MOST_LETTERS: Final = 5_000_000
"""Some 1,500 pages."""
_HEAD: Final = 4096
_SAMPLED: Final = 200
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS: Final = (
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)


def read_document(path: Path, *, name: str | None = None, dated: date | None = None) -> tuple[Fact, ...]:
    """The proposed facts of a .docx, .pdf or text file, in order; all of them or, with a Refused, none.

    `name` is what errors call the file; `dated` the document's day where its heading does not say it.
    """
    return tuple(facts_in(blocks_of(path, name=name), dated=dated))


def blocks_of(path: Path, *, name: str | None = None) -> Iterator[Block]:
    """Paragraphs and rows of tables of a .docx, .pdf or text file, in order. Raises a Refused, also midway."""
    name = name or path.name
    _check_size(path, name)
    return _bounded(_right_letters(_blocks(path, name)), name)


def _check_size(path: Path, name: str) -> None:
    try:
        found = path.stat()
    except (OSError, ValueError) as error:
        raise NoSuchDocument(name=name) from error
    if not stat.S_ISREG(found.st_mode):
        raise NoSuchDocument(name=name)
    if not found.st_size:
        raise EmptyDocument(name=name)
    if found.st_size > MOST_BYTES:
        raise DocumentTooBig(name=name, megabytes=MOST_BYTES // (1024 * 1024))


def _blocks(path: Path, name: str) -> Iterator[Block]:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return _opener(path, name, head)(path, name)


def _opener(path: Path, name: str, head: bytes) -> Callable[[Path, str], Iterator[Block]]:
    if b"%PDF-" in head[:1024]:
        return pdf.blocks
    if head.startswith(b"PK\x03\x04"):
        return docx.blocks
    if head.startswith(_OLE):
        raise _ole(path, name)
    if head.startswith(_OTHERS) or head.lstrip()[:14].lower().startswith(
        (b"<!doctype html", b"<html", b"<?xml")
    ):
        raise NotADocument(name=name)
    return plain.blocks


def _ole(path: Path, name: str) -> LockedDocument | OldWord | NotADocument:
    """An encrypted DOCX is wrapped in an OLE file that says so in its directory."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return LockedDocument(name=name)
    return OldWord(name=name) if "WordDocument".encode("utf-16-le") in content else NotADocument(name=name)


def _right_letters(blocks: Iterator[Block]) -> Iterator[Block]:
    """TCVN3, VNI and Windows-1258 made Unicode, judged by the first paragraphs."""
    first = list(islice(blocks, _SAMPLED))
    found = detect(words for block in first for words in ([block] if isinstance(block, str) else block.cells))
    for block in chain(first, blocks):
        yield _decoded(block, found) if found else block


def _decoded(block: Block, found: Detected) -> Block:
    if isinstance(block, str):
        return decode(block, found.charmap)
    headings, cells = (tuple(decode(c, found.charmap) for c in row) for row in (block.headings, block.cells))
    return Row(headings, cells)


def _bounded(blocks: Iterator[Block], name: str) -> Iterator[Block]:
    letters, any_word = 0, False
    for block in blocks:
        words = block if isinstance(block, str) else "".join(block.cells)
        letters += len(words)
        any_word = any_word or any(map(str.isalnum, words))
        if letters > MOST_LETTERS:
            raise DocumentTooLong(name=name, pages=pdf.MOST_PAGES)
        yield block
    if not any_word:
        raise EmptyDocument(name=name)
