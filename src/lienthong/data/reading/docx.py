"""Paragraphs and tables of a DOCX, streamed from its XML with nothing unpacked to disk."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from lienthong.data.reading.blocks import Block, Row
from lienthong.data.reading.errors import (
    BrokenDocument,
    HasEntities,
    LockedDocument,
    NotADocument,
    TooBigUnpacked,
)

MAIN: Final = "word/document.xml"
MOST_XML: Final = 96 * 1024 * 1024
"""Bytes of the main part; 300 pages of plain report take some 3 MB."""
MOST_PARTS: Final = 10_000
DEEPEST: Final = 256
LONGEST_PARAGRAPH: Final = 200_000
MOST_CELLS: Final = 400
_STEP: Final = 64 * 1024
_HIDDEN: Final = frozenset({"w:del", "w:moveFrom", "mc:Fallback", "w:instrText", "w:footnote"})

_SIGNS: Final = {"w:tab": " ", "w:br": "\n", "w:cr": " ", "w:noBreakHyphen": "-", "w:numPr": "- "}
"""What stands for a letter; a numbered paragraph begins like an item of a list."""


def blocks(path: Path, name: str) -> Iterator[Block]:
    """The blocks in order. Raises NotADocument, TooBigUnpacked, HasEntities, LockedDocument, BrokenDocument."""
    try:
        with zipfile.ZipFile(path) as archive:
            if len(archive.infolist()) > MOST_PARTS:
                raise TooBigUnpacked(name=name)
            yield from _parts(archive, _main_part(archive, name), name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        expat.ExpatError,
        UnicodeDecodeError,
    ) as error:
        raise BrokenDocument(name=name) from error


def _main_part(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    try:
        part = archive.getinfo(MAIN)
    except KeyError as error:
        raise NotADocument(name=name) from error
    if part.flag_bits & 1:
        raise LockedDocument(name=name)
    if part.file_size > MOST_XML:
        raise TooBigUnpacked(name=name)
    return part


def _parts(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> Iterator[Block]:
    reader = _Reader(name)
    taken = 0
    with archive.open(part) as stream:
        while piece := stream.read(_STEP):
            taken += len(piece)
            if taken > MOST_XML:  # the size that the archive states may be a lie
                raise TooBigUnpacked(name=name)
            reader.parser.Parse(piece)
            yield from reader.take()
    reader.parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by position only
    yield from reader.take()


class _Reader:
    """Collects the words between the events of the parser."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._done: list[Block] = []
        self._words: list[str] = []
        self._hidden = self._depth = self._tables = self._size = 0
        self._in_text = False
        self._rows: list[list[str]] = []
        self._cell: list[str] = []
        self._headings: tuple[str, ...] = ()

    def take(self) -> list[Block]:
        done, self._done = self._done, []
        return done

    def _refuse_doctype(self, *_: Any) -> None:
        raise HasEntities(name=self.name)

    def _start(self, tag: str, _: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise TooBigUnpacked(name=self.name)
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _SIGNS:
            self._words.append(_SIGNS[tag])
        elif tag == "w:t":
            self._in_text = True
        elif tag == "w:tbl":
            self._tables += 1
            self._headings = () if self._tables == 1 else self._headings
        elif self._tables == 1:
            self._start_in_table(tag)

    def _start_in_table(self, tag: str) -> None:
        if tag == "w:tr":
            self._rows = []
        elif tag == "w:tc":
            self._cell = []

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if tag in _HIDDEN:
            self._hidden -= 1
        elif tag == "w:t":
            self._in_text = False
        elif tag == "w:p":
            self._end_paragraph()
        elif tag == "w:tc" and self._tables == 1:
            self._rows.append(self._cell)
        elif tag == "w:tr" and self._tables == 1:
            self._end_row()
        elif tag == "w:tbl":
            self._tables -= 1

    def _text(self, words: str) -> None:
        if self._in_text and not self._hidden:
            self._size += len(words)
            if self._size > LONGEST_PARAGRAPH:
                raise TooBigUnpacked(name=self.name)
            self._words.append(words)

    def _end_paragraph(self) -> None:
        lines = [words for words in "".join(self._words).split("\n") if words.strip(" -")]
        self._words, self._size = [], 0
        if self._tables:
            self._cell.extend(lines)
        else:
            self._done.extend(lines)

    def _end_row(self) -> None:
        cells = tuple("\n".join(lines).strip() for lines in self._rows[:MOST_CELLS])
        if not self._headings:
            self._headings = cells
        self._done.append(Row(self._headings, cells))
        self._rows = []
