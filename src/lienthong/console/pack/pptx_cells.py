"""Cells of a slide's table, written as they stand in the file.

Set property by property through the library, a thousand cells take a second; parsed whole, a twentieth of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape

from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.util import Mm

from lienthong.console.pack.pptx_charts import FACE, INK, WHITE
from lienthong.console.pack.tree import Cell, Kind, Mark

MARKS: Final = {
    Mark.LATE: RGBColor(0xA8, 0x20, 0x1A), Mark.SOON: RGBColor(0x8A, 0x4B, 0x00), Mark.DONE: RGBColor(0x1C, 0x6B, 0x3C),
    Mark.RUNNING: INK, Mark.NONE: INK,
}  # fmt: skip
PAD: Final = 5.0
"""Millimetres at the sides of a text in a cell, both together."""
RIGHT: Final = frozenset({Kind.NUMBER, Kind.SHARE, Kind.CHANGE})
SPACE: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
CELL: Final = (
    f'<a:tc xmlns:a="{SPACE}"><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{{align}}"/>'
    '<a:r><a:rPr lang="vi-VN" sz="{size}" b="{bold}"><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill>'
    f'<a:latin typeface="{FACE}"/></a:rPr><a:t>{{text}}</a:t></a:r></a:p></a:txBody>'
    f'<a:tcPr marL="{Mm(PAD / 2)}" marR="{Mm(PAD / 2)}" marT="{Mm(1)}" marB="{Mm(1)}" anchor="ctr">'
    '<a:solidFill><a:srgbClr val="{shade}"/></a:solidFill></a:tcPr></a:tc>'
)


@dataclass(frozen=True)
class Look:
    """`ink`: whatever the cell is marked as."""

    bold: bool = False
    shade: RGBColor = WHITE
    ink: RGBColor | None = None


def fill(target: Any, cell: Cell, points: int, look: Look) -> None:
    """`target`: an empty `a:tc`."""
    marked = cell.mark in {Mark.LATE, Mark.SOON, Mark.DONE}
    told = CELL.format(
        align="r" if cell.kind in RIGHT else "l",
        size=points * 100,
        bold=int(look.bold or marked),
        ink=look.ink if look.ink is not None else MARKS[cell.mark or Mark.NONE],
        text=escape(cell.text),
        shade=look.shade,
    )
    target[:] = parse_xml(told)[:]


def merge(cells: Sequence[Any]) -> None:
    """All of a row into its first."""
    cells[0].gridSpan = len(cells)
    for other in cells[1:]:
        other.hMerge = True
