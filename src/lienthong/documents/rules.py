"""What may be kept: kinds of content known by their bytes, names that are safe to print."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import ClassVar, Final

from lienthong.kit.errors import Refused, said

HEAD_BYTES: Final = 512
"""Enough of a file's beginning for every pattern below."""
LONGEST_NAME: Final = 120


class MediaType(StrEnum):
    """The only kinds of content that are kept."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    XLS = "application/vnd.ms-excel"
    CSV = "text/csv"
    JSON_LINES = "application/jsonl"
    PARQUET = "application/vnd.apache.parquet"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    TEXT = "text/plain"


SUFFIXES: Final[dict[MediaType, tuple[str, ...]]] = {
    MediaType.PDF: (".pdf",),
    MediaType.JPEG: (".jpg", ".jpeg"),
    MediaType.PNG: (".png",),
    MediaType.XLSX: (".xlsx",),
    MediaType.XLS: (".xls",),
    MediaType.CSV: (".csv", ".txt"),
    MediaType.JSON_LINES: (".jsonl", ".ndjson"),
    MediaType.PARQUET: (".parquet",),
    MediaType.DOCX: (".docx",),
    MediaType.TEXT: (".txt",),
}
"""The usual endings of each kind; the first is given to a name that lies about its kind."""

PAPERS: Final = frozenset({MediaType.PDF, MediaType.JPEG, MediaType.PNG})
"""What anybody may hand in. The rest are data and texts, kept by `keep_data` for the room that inspected them."""


class FileRefused(Refused):
    """A file cannot be kept. Each case below says why."""

    sentence: ClassVar[str] = said("Không nhận được tệp này.")


class TooLarge(FileRefused):
    sentence = said("Tệp lớn hơn {limit} MB. Hãy quét lại ở 200 dpi, hoặc tách thành nhiều tệp nhỏ hơn.")

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(limit=megabytes(limit_bytes))


class TooMuchAtOnce(FileRefused):
    sentence = said("Các tệp gửi trong một lần lớn hơn {limit} MB. Hãy gửi từng phần.")

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(limit=megabytes(limit_bytes))


class EmptyFile(FileRefused):
    sentence = said("Tệp không có nội dung (0 byte). Hãy mở tệp trên máy để kiểm tra rồi chọn lại.")


class NotAccepted(FileRefused):
    """The content is none of the accepted kinds; `kind` says in Vietnamese what it is."""

    sentence = said("Tệp này là {kind}. Chỉ nhận tệp PDF, hoặc ảnh JPEG, PNG.")

    def __init__(self, kind: str) -> None:
        super().__init__(kind=kind)


class Disguised(NotAccepted):
    """Content of one kind under the name of another: a program called .pdf."""

    sentence = said(
        "Tên tệp có đuôi {suffix} nhưng nội dung là {kind}. Chỉ nhận tệp PDF, hoặc ảnh JPEG, PNG."
    )

    def __init__(self, kind: str, suffix: str) -> None:
        FileRefused.__init__(self, kind=kind, suffix=suffix)


class BrokenFile(FileRefused):
    sentence = said("Tệp bị hỏng, không mở được. Hãy quét hoặc xuất lại tệp rồi gửi.")


class LockedFile(FileRefused):
    sentence = said("Tệp PDF đang đặt mật khẩu hoặc mã hóa. Hãy gỡ mật khẩu rồi gửi lại.")


class ActiveContent(FileRefused):
    """A PDF that does more than show pages; `what` names it."""

    sentence = said("Tệp PDF có {what}. Hãy in lại thành tệp PDF mới (lệnh In, chọn Lưu thành PDF) rồi gửi.")

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class TooComplex(FileRefused):
    sentence = said("Tệp có cấu trúc quá phức tạp để kiểm tra an toàn. Hãy in lại thành tệp PDF mới rồi gửi.")


class TooManyPixels(FileRefused):
    sentence = said("Ảnh lớn hơn {limit} triệu điểm ảnh. Hãy chụp hoặc quét lại ở cỡ nhỏ hơn.")

    def __init__(self, limit_pixels: int) -> None:
        super().__init__(limit=limit_pixels // 1_000_000)


def megabytes(count: int) -> str:
    """Bytes as MB for people: "20", "0,5"."""
    return f"{count / 1024 / 1024:.1f}".removesuffix(".0").replace(".", ",")


@dataclass(frozen=True)
class Pattern:
    """Bytes that tell a kind of content, and the word for it."""

    starts: bytes
    words: str
    offset: int = 0


ACCEPTED: Final = (
    (b"%PDF-", MediaType.PDF),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
)

PROGRAM: Final = said("chương trình máy tính (tệp chạy được)")
ARCHIVE: Final = said("tệp nén")
OLD_OFFICE: Final = said("tệp Word, Excel hoặc PowerPoint đời cũ")
NEW_OFFICE: Final = said("tệp Word, Excel hoặc PowerPoint")
PHONE_PHOTO: Final = said("ảnh HEIC của điện thoại")
OTHER_IMAGE: Final = said("ảnh kiểu khác")
FILM: Final = said("phim hoặc âm thanh")
WEB_PAGE: Final = said("trang web hoặc ảnh có mã lệnh (HTML, SVG)")
PLAIN_TEXT: Final = said("văn bản thường")
UNKNOWN: Final = said("kiểu không nhận ra")

OTHERS: Final = (
    Pattern(b"MZ", PROGRAM),
    Pattern(b"\x7fELF", PROGRAM),
    Pattern(b"#!", PROGRAM),
    Pattern(b"\xca\xfe\xba\xbe", PROGRAM),
    Pattern(b"\xcf\xfa\xed\xfe", PROGRAM),
    Pattern(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    Pattern(b"Rar!", ARCHIVE),
    Pattern(b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    Pattern(b"\x1f\x8b", ARCHIVE),
    Pattern(b"ftyphei", PHONE_PHOTO, offset=4),
    Pattern(b"ftyphev", PHONE_PHOTO, offset=4),
    Pattern(b"ftypmif1", PHONE_PHOTO, offset=4),
    Pattern(b"ftyp", FILM, offset=4),
    Pattern(b"ID3", FILM),
    Pattern(b"GIF8", OTHER_IMAGE),
    Pattern(b"II*\x00", OTHER_IMAGE),
    Pattern(b"MM\x00*", OTHER_IMAGE),
    Pattern(b"BM", OTHER_IMAGE),
    Pattern(b"RIFF", OTHER_IMAGE),
)


def media_type(head: bytes) -> MediaType | None:
    """Tell an accepted kind by the first bytes, at offset 0 only: a file has one kind, not two."""
    return next((kind for start, kind in ACCEPTED if head.startswith(start)), None)


def kind_in_words(head: bytes) -> str:
    """Say in Vietnamese what content that is not accepted seems to be."""
    for pattern in OTHERS:
        if head[pattern.offset :].startswith(pattern.starts):
            return pattern.words
    if head.startswith(b"PK\x03\x04"):
        office = b"[Content_Types].xml" in head or b"_rels/" in head
        return NEW_OFFICE if office else ARCHIVE
    if re.match(rb"(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|svg|script|head|body)", head, re.IGNORECASE):
        return WEB_PAGE
    return PLAIN_TEXT if is_text(head) else UNKNOWN


def is_text(head: bytes) -> bool:
    try:
        # The head may end inside a letter: only whole letters are judged.
        text = head.decode("utf-8", errors="ignore" if len(head) == HEAD_BYTES else "strict")
    except UnicodeDecodeError:
        return False
    return bool(text) and all(letter.isprintable() or letter in "\r\n\t" for letter in text)


def accepted_type(head: bytes, name: str) -> MediaType:
    """Give the kind of a file that begins with `head`. Raises NotAccepted, Disguised."""
    known = media_type(head)
    if known is not None:
        return known
    suffix = PurePosixPath(name).suffix.lower()
    if any(suffix in SUFFIXES[paper] for paper in PAPERS):
        raise Disguised(kind_in_words(head), suffix)
    raise NotAccepted(kind_in_words(head))


def cleaned_name(name: str, kind: MediaType) -> str:
    """A name that is safe to print and to offer for saving; it is never used as a path.

    NFC; without folders, control and direction marks ("fdp.exe" shown backwards); at most
    120 letters; its ending says what the content is.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    printable = "".join(" " if letter in "\t\r\n" else letter for letter in last)
    visible = "".join(letter for letter in printable if unicodedata.category(letter)[0] != "C")
    plain = re.sub(r"\s+", " ", re.sub(r'[<>:"|?*%]', " ", visible)).strip(" .")
    path = PurePosixPath(plain or "tệp")
    endings = SUFFIXES[kind]
    suffix = path.suffix.lower()
    stem = path.stem if suffix else path.name
    if suffix not in endings:
        stem = path.stem if is_other_ending(suffix) else path.name
        suffix = endings[0]
    return stem[: LONGEST_NAME - len(suffix)].rstrip(" .") + suffix


def is_other_ending(suffix: str) -> bool:
    """A lying ending (".exe" on a picture) is replaced; "Số 12.QĐ" only looks like one."""
    return re.fullmatch(r"\.[a-z0-9]{2,4}", suffix) is not None
