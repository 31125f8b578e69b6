"""Opening what somebody else made, with limits, to see that it is whole and does nothing by itself.

This is no virus scanner. It refuses what a paper never needs: scripts, started programs, enclosed
files, forms that send themselves. PDF 1.7 (ISO 32000-1) §12.6 lists the actions.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

from PIL import Image
from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject

from lienthong.documents.rules import (
    HEAD_BYTES,
    ActiveContent,
    BrokenFile,
    FileRefused,
    LockedFile,
    MediaType,
    TooComplex,
    TooManyPixels,
    accepted_type,
)
from lienthong.kit.errors import said

MOST_OBJECTS: Final = 100_000
"""A scanned book of 2,000 pages has some 10,000."""
DEEPEST: Final = 60
MOST_DECODED: Final = 32 * 1024 * 1024
"""Bytes one stream of objects may unfold to."""
LIMITS: Final = Configuration(
    zlib_maximum_output_length=MOST_DECODED,
    lzw_maximum_output_length=MOST_DECODED,
    run_length_maximum_output_length=MOST_DECODED,
    array_maximum_element_count=MOST_OBJECTS,
    disable_legacy_handling=True,
)
MOST_PIXELS: Final = 64_000_000
"""A4 at 600 dpi has 35 million."""

SCRIPT: Final = said("mã lệnh JavaScript")
STARTER: Final = said("lệnh mở chương trình hoặc tệp khác")
ENCLOSED: Final = said("tệp khác đính kèm bên trong")
SENDER: Final = said("lệnh tự gửi hoặc tự lấy dữ liệu")
XFA_FORM: Final = said("biểu mẫu động XFA")
MEDIA: Final = said("phim, âm thanh hoặc nội dung đa phương tiện")
OPENS_ADDRESS: Final = said("lệnh tự mở địa chỉ trên mạng")

ACTIONS: Final = {
    "/JavaScript": SCRIPT,
    "/Launch": STARTER,
    "/GoToR": STARTER,
    "/GoToE": STARTER,
    "/SubmitForm": SENDER,
    "/ImportData": SENDER,
    "/Rendition": MEDIA,
    "/Movie": MEDIA,
    "/Sound": MEDIA,
    "/RichMediaExecute": MEDIA,
}
"""Values of an action's /S."""
KEYS: Final = {
    "/JavaScript": SCRIPT,
    "/JS": SCRIPT,
    "/EmbeddedFiles": ENCLOSED,
    "/EF": ENCLOSED,
    "/XFA": XFA_FORM,
    "/RichMediaContent": MEDIA,
}
"""Keys that no passive PDF has."""
SUBTYPES: Final = {
    "/FileAttachment": ENCLOSED,
    "/RichMedia": MEDIA,
    "/Screen": MEDIA,
    "/Movie": MEDIA,
    "/Sound": MEDIA,
    "/3D": MEDIA,
}
"""Kinds of annotation."""
AUTOMATIC: Final = ("/OpenAction", "/AA")
"""Where an action starts without a click."""

NAME: Final = re.compile(rb"/(JavaScript|Launch|XFA|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|GoToE)\b")
STREAM: Final = re.compile(rb"\bstream\r?\n.*?\bendstream", re.DOTALL)
HEX: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
HIDDEN: Final = {
    b"JavaScript": SCRIPT,
    b"Launch": STARTER,
    b"GoToE": STARTER,
    b"XFA": XFA_FORM,
    b"EmbeddedFile": ENCLOSED,
    b"EmbeddedFiles": ENCLOSED,
    b"RichMedia": MEDIA,
    b"SubmitForm": SENDER,
    b"ImportData": SENDER,
}

# The library tells of every oddity of hostile files; the sentence to the sender is enough.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def inspect_content(content: BinaryIO, name: str) -> MediaType:
    """Tell the kind of `content` (seekable) and see that it may be kept.

    Raises a subclass of FileRefused. The position of `content` afterwards is anywhere.
    """
    content.seek(0)
    kind = accepted_type(content.read(HEAD_BYTES), name)
    content.seek(0)
    with broken_unless_said():
        if kind is MediaType.PDF:
            inspect_pdf(content)
        else:
            inspect_image(content)
    return kind


@contextmanager
def broken_unless_said() -> Iterator[None]:
    """Hostile bytes make a parser fail in any way at all: each of them means BrokenFile."""
    try:
        yield
    except (FileRefused, MemoryError):
        raise
    except RecursionError as error:
        raise TooComplex from error
    except Exception as error:
        raise BrokenFile from error


def inspect_image(content: BinaryIO) -> None:
    with Image.open(content, formats=["JPEG", "PNG"]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise TooManyPixels(MOST_PIXELS)
        if image.format == "JPEG":
            # Decoded at an eighth of its size: the whole file is read, little memory is used.
            image.draft("RGB", (image.width // 8, image.height // 8))
            image.load()
        else:
            image.verify()


def inspect_pdf(content: BinaryIO) -> None:
    with apply_configuration(LIMITS):
        reader = PdfReader(content, strict=False, xref_stream_maximum_entries=2 * MOST_OBJECTS)
        if reader.is_encrypted:
            raise LockedFile
        if not len(reader.pages):
            raise BrokenFile
        refuse_active(reader)
    refuse_hidden(content)


def refuse_active(reader: PdfReader) -> None:
    """Look at every object of the file, also those no page leads to."""
    numbers = [(number, generation) for generation, table in reader.xref.items() for number in table]
    numbers += [(number, 0) for number in reader.xref_objStm]
    if len(numbers) > MOST_OBJECTS:
        raise TooComplex
    refuse_in(reader.trailer, depth=0)
    for number, generation in numbers:
        try:
            found = reader.get_object(IndirectObject(number, generation, reader))
        except PyPdfError:
            continue  # a free or dangling number: no reader shows it
        refuse_in(found, depth=0)


def refuse_in(found: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise TooComplex
    if isinstance(found, DictionaryObject):
        refuse_dictionary(found)
        for value in found.values():
            refuse_in(value, depth + 1)
    elif isinstance(found, ArrayObject):
        for value in found:
            refuse_in(value, depth + 1)


def refuse_dictionary(found: DictionaryObject) -> None:
    for key in KEYS.keys() & found.keys():
        if not isinstance(found[key], NullObject):
            raise ActiveContent(KEYS[key])
    for key, words in (("/S", ACTIONS), ("/Subtype", SUBTYPES)):
        value = found.get(key)
        if isinstance(value, IndirectObject):
            value = value.get_object()
        if isinstance(value, str) and value in words:
            raise ActiveContent(words[value])
    for key in AUTOMATIC:
        if key in found and any(opens_address(action) for action in actions_under(found[key])):
            raise ActiveContent(OPENS_ADDRESS)


def actions_under(found: Any) -> Iterator[DictionaryObject]:
    """The action itself, or (/AA) the actions by occasion; chains (/Next) are objects of their own."""
    if isinstance(found, DictionaryObject):
        yield found
        for key in found:
            value = found[key]
            if isinstance(value, DictionaryObject):
                yield value


def opens_address(action: DictionaryObject) -> bool:
    return action.get("/S") == "/URI"


def refuse_hidden(content: BinaryIO) -> None:
    """Look at the bytes outside streams too: what an older revision holds, a repairing reader may revive."""
    content.seek(0)
    outside = STREAM.sub(b"", content.read())
    plain = HEX.sub(lambda match: bytes([int(match[1], 16)]), outside)
    found = NAME.search(plain)
    if found:
        raise ActiveContent(HIDDEN[found[1]])
