"""How much room texts take, measured with a face that is wider than those the files name."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from PIL import ImageFont

from lienthong.console.pack.tree import Column, Row

MM: Final = 0.3528
"""Millimetres in a point."""
SCALE: Final = 10
"""The face is measured at ten times its size, since it is measured in whole dots."""
LEADING: Final = 1.2


@cache
def face(points: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    """Be Vietnam Pro: wider than Arial and Times New Roman, so that what fits here fits there."""
    name = "BeVietnamPro-Bold.ttf" if bold else "BeVietnamPro-Regular.ttf"
    return ImageFont.truetype(str(files("fontpkg_be_vietnam_pro") / "files" / name), points * SCALE)


@cache
def length(text: str, points: int, *, bold: bool = False) -> float:
    """In millimetres, on one line."""
    return face(points, bold=bold).getlength(text) * MM / SCALE


def lines_of(text: str, width: float, points: int, *, bold: bool = False) -> int:
    """How many lines the text takes in `width` millimetres; a word longer than a line is broken."""
    count, used, space = 1, 0.0, length(" ", points, bold=bold)
    for word in text.split(" "):
        long = length(word, points, bold=bold)
        if used and used + space + long > width:
            count, used = count + 1, 0.0
        used += (space if used else 0.0) + long
        while used > width:
            count, used = count + 1, used - width
    return count


def height_of(texts: Sequence[str], width: float, points: int, *, bold: bool = False) -> float:
    """Of the texts one below the other, in millimetres."""
    return sum(lines_of(text, width, points, bold=bold) for text in texts) * points * MM * LEADING


def largest(texts: Sequence[str], width: float, height: float, sizes: range, *, bold: bool = False) -> int:
    """The largest of `sizes` (falling) at which the texts fit; the smallest where none does."""
    return next((size for size in sizes if height_of(texts, width, size, bold=bold) <= height), sizes[-1])


def column_widths(
    columns: Sequence[Column], rows: Sequence[Row], total: float, points: int, pad: float
) -> list[float]:
    """By their weights, but none so narrow that its longest word is broken, while there is room for that."""
    least = [longest_word(n, column, rows, points) + pad for n, column in enumerate(columns)]
    if sum(least) >= total:
        return [total * each / sum(least) for each in least]
    fixed: dict[int, float] = {}
    while True:
        free = total - sum(fixed.values())
        weights = sum(one.width for n, one in enumerate(columns) if n not in fixed)
        tight = [
            n for n, one in enumerate(columns) if n not in fixed and free * one.width / weights < least[n]
        ]
        if not tight:
            return [
                fixed.get(n, free * one.width / weights if weights else 0.0) for n, one in enumerate(columns)
            ]
        fixed |= {n: least[n] for n in tight}


def longest_word(n: int, column: Column, rows: Sequence[Row], points: int) -> float:
    words = {word for row in rows if not row.gap for word in row.cells[n].text.split(" ")}
    told = [length(word, points) for word in words]
    return max([*told, *(length(word, points, bold=True) for word in column.title.split(" "))])
