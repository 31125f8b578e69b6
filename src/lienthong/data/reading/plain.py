"""Lines of a text file, in whatever encoding it was saved."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lienthong.data.reading.errors import NotADocument

LONGEST_LINE: Final = 200_000
_SAMPLE: Final = 256 * 1024
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def blocks(path: Path, name: str) -> Iterator[str]:
    """The lines in order; old character sets come as the Latin-1 reading of their bytes. Raises NotADocument."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    encoding = _encoding(sample)
    if encoding in ("utf-8", "latin-1") and any(byte in _CONTROL for byte in sample):
        raise NotADocument(name=name)
    with path.open(encoding=encoding, errors="replace") as text:
        while one := text.readline(LONGEST_LINE):
            yield one


def _encoding(sample: bytes) -> str:
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sample.count(0) * 20 > len(sample):
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if max(even, odd) > 20 * min(even, odd) + 1:
            return "utf-16-le" if odd > even else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"
