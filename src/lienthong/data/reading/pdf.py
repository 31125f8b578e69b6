"""Paragraphs of a PDF that holds text, page by page."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from pypdf import Configuration, PdfReader, apply_configuration

from lienthong.data.reading.dates import heading_date
from lienthong.data.reading.errors import (
    BrokenDocument,
    DocumentTooLong,
    LettersLost,
    LockedDocument,
    OnlyPictures,
)
from lienthong.data.reading.words import line

MOST_PAGES: Final = 1_500
MOST_DECODED: Final = 32 * 1024 * 1024
LONGEST_PAGE: Final = 100_000
_LIMITS: Final = Configuration(
    zlib_maximum_output_length=MOST_DECODED,
    lzw_maximum_output_length=MOST_DECODED,
    run_length_maximum_output_length=MOST_DECODED,
    array_maximum_element_count=200_000,
)
_PAGE_NUMBER: Final = re.compile(
    r"^\s*[-–]?\s*(?:trang )?\d{1,4}(?: ?/ ?\d{1,4})?\s*[-–]?\s*$", re.IGNORECASE
)
_OPENS: Final = re.compile(
    r"^\s*(?:[-–+•*]|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)|[IVX]{1,5}\.\s|Điều \d|Phần |Mục )"
)
_ENDS: Final = re.compile(r"[.!?]\s*$")
_LOST: Final = re.compile("\ufffd|\\(cid:\\d+\\)|/g\\d+|[\ue000-\uf8ff]")

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def blocks(path: Path, name: str) -> Iterator[str]:
    """The paragraphs in order. Raises LockedDocument, OnlyPictures, LettersLost, DocumentTooLong, BrokenDocument."""
    letters = lost = 0
    for paragraph in _paragraphs(_lines(path, name)):
        letters += sum(map(str.isalpha, paragraph))
        lost += len(_LOST.findall(paragraph))
        yield paragraph
    if lost * 10 > letters + lost:
        raise LettersLost(name=name)
    if not letters:
        raise OnlyPictures(name=name)


def _lines(path: Path, name: str) -> Iterator[str]:
    """Lines of all pages without page numbers. A parser that hostile bytes confuse fails in any way at all."""
    with path.open("rb") as file, apply_configuration(_LIMITS):
        reader, pages = _opened(file, name)
        for number in range(pages):
            try:
                text = reader.pages[number].extract_text()
            except MemoryError:
                raise
            except Exception as error:
                raise BrokenDocument(name=name) from error
            yield from _without_number([one for one in text[:LONGEST_PAGE].splitlines() if one.strip()])
            yield ""


def _without_number(lines: list[str]) -> list[str]:
    """A page number stands alone at the top or the bottom of its page; elsewhere it is a number of the text."""
    first = 1 if lines and _PAGE_NUMBER.match(lines[0]) else 0
    last = len(lines) - 1 if len(lines) > 1 and _PAGE_NUMBER.match(lines[-1]) else len(lines)
    return lines[first:last]


def _opened(file: BinaryIO, name: str) -> tuple[PdfReader, int]:
    try:
        reader = PdfReader(file, strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else len(reader.pages)
    except MemoryError:
        raise
    except Exception as error:
        raise BrokenDocument(name=name) from error
    if locked:
        raise LockedDocument(name=name)
    if pages > MOST_PAGES:
        raise DocumentTooLong(name=name, pages=MOST_PAGES)
    return reader, pages


def _paragraphs(lines: Iterator[str]) -> Iterator[str]:
    """Lines joined where a sentence runs on; a heading in capitals, a list mark or a full stop separates."""
    taken: list[str] = []
    for text in lines:
        if taken and _parts_here(taken[-1], text):
            yield " ".join(taken)
            taken = []
        if text.strip():
            taken.append(text.strip())
    if taken:
        yield " ".join(taken)


def _parts_here(before: str, text: str) -> bool:
    if not text.strip():  # a page ends: the sentence may go on over it
        return before.rstrip().endswith((".", "!", "?")) or before.isupper()
    if _OPENS.match(text) or _ENDS.search(before) or before.isupper() != text.isupper():
        return True
    if before.rstrip().endswith((";", ":")) and text.strip()[:1].isupper():
        return True
    return any(heading_date(line(one)) is not None for one in (before, text))
