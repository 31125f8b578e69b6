"""Cells that leave us can never act as formulas, in whatever program they are opened."""

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

_ACTIVE: Final = re.compile(r"[\s\u00a0\u200b\ufeff]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20|%]")
_FIGURES: Final = re.compile(r"[+\-]?[0-9][0-9 .,]*")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it if a spreadsheet could take it for a formula (CWE-1236).

    Plain figures (-5, +84 912 345 678) stay as they are. Characters that XML cannot hold are dropped.
    """
    text = _CONTROL.sub("", text)
    return "'" + text if _ACTIVE.match(text) and not _FIGURES.fullmatch(text) else text


def write_csv(rows: Iterable[Sequence[str | None]], out: Path) -> Path:
    """A CSV in UTF-8 with a byte-order mark (spreadsheets need it), each cell made safe."""
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([safe_cell(cell or "") for cell in row] for row in rows)
    return out
