"""Paragraphs of a PDF that holds text, page by page."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import PyPdfError

from lienthong.data.reading.errors import (
    BrokenDocument,
    DocumentTooLong,
    LettersLost,
    LockedDocument,
    OnlyPictures,
)
from lienthong.kit.errors import Refused

MOST_PAGES: Final = 1_500
MOST_DECODED: Final = 32 * 1024 * 1024
LONGEST_PAGE: Final = 100_000
_LIMITS: Final = Configuration(
    zlib_maximum_output_length=MOST_DECODED,
    lzw_maximum_output_length=MOST_DECODED,
    run_length_maximum_output_length=MOST_DECODED,
    array_maximum_element_count=200_000,
)
_PAGE_NUMBER: Final = re.compile(r"^\W*(?:trang )?\d{1,4}(?:/\d{1,4})?\W*$", re.IGNORECASE)
_OPENS: Final = re.compile(
    r"^\s*(?:[-–+•*]|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)|[IVX]{1,5}\.\s|Điều \d|Phần |Mục )"
)
_CLOSES: Final = re.compile(r"[.:;!?]\s*$")
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
            except (Refused, MemoryError):
                raise
            except Exception as error:
                raise BrokenDocument(name=name) from error
            yield from (line for line in text[:LONGEST_PAGE].splitlines() if not _PAGE_NUMBER.match(line))
            yield ""


def _opened(file: object, name: str) -> tuple[PdfReader, int]:
    try:
        reader = PdfReader(file, strict=False)  # type: ignore[arg-type]  # an open binary file
        if reader.is_encrypted and not reader.decrypt(""):
            raise LockedDocument(name=name)
        pages = len(reader.pages)
    except (Refused, MemoryError):
        raise
    except (PyPdfError, Exception) as error:
        raise BrokenDocument(name=name) from error
    if pages > MOST_PAGES:
        raise DocumentTooLong(name=name, pages=MOST_PAGES)
    return reader, pages


def _paragraphs(lines: Iterator[str]) -> Iterator[str]:
    """Lines joined where a sentence runs on; a heading in capitals, a list mark or a full stop separates."""
    taken: list[str] = []
    for line in lines:
        if taken and _parts_here(taken[-1], line):
            yield " ".join(taken)
            taken = []
        if line.strip():
            taken.append(line.strip())
    if taken:
        yield " ".join(taken)


def _parts_here(before: str, line: str) -> bool:
    if not line.strip():  # a page ends: the sentence may go on over it
        return bool(_CLOSES.search(before)) or before.isupper()
    if _OPENS.match(line) or _CLOSES.search(before) or before.isupper() != line.isupper():
        return True
    return bool(re.match(r"\S.{0,40}, ngày \d{1,2} tháng \d{1,2} năm \d{4}\s*$", before))
