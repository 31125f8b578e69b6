"""Charts of a Word file: those of the slides, native and editable, each with its workbook and its words."""

from itertools import count
from typing import Any, Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm
from pptx import Presentation

from lienthong.console.pack.pptx_charts import Place, draw
from lienthong.console.pack.tree import Chart, Shape

WIDE: Final = 160.0
ROW: Final = 9.0
"""Millimetres that a category of bars takes; BESIDE: legend and edges; LINES: a chart of lines."""
BESIDE: Final = 22.0
LINES: Final = 78.0
TALLEST: Final = 190.0
INLINE: Final = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{number}" name="Biểu đồ {number}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{key}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)


class Drawings:
    """Draws on a slide that nobody sees, and carries the chart over: one look in both files."""

    def __init__(self, document: Any) -> None:
        self.document, self.numbers = document, count(1)
        self.slide: Any = None

    def drawing(self, one: Chart) -> Any:
        """A `w:drawing` for a run; the chart is a part of the document from then on."""
        if self.slide is None:
            show = Presentation()
            self.slide = show.slides.add_slide(show.slide_layouts[6])
        number, high = next(self.numbers), height(one)
        draw(self.slide, one, Place(0, 0, WIDE, high))
        key = self.document.relate_to(self._part(number), RELATIONSHIP_TYPE.CHART)
        made = parse_xml(INLINE.format(wide=Mm(WIDE), high=Mm(high), number=number, key=key))
        made[0][1].set("descr", one.words)
        return made

    def _part(self, number: int) -> Part:
        drawn = self.slide.shapes[-1].chart.part
        package = self.document.package
        book = Part(
            PackURI(f"/word/embeddings/chart{number}.xlsx"),
            CONTENT_TYPE.SML_SHEET,
            drawn.chart_workbook.xlsx_part.blob,
            package,
        )
        name = PackURI(f"/word/charts/chart{number}.xml")
        made = Part(name, CONTENT_TYPE.DML_CHART, drawn.blob, package)
        told = next(key for key, one in drawn.rels.items() if one.reltype == RELATIONSHIP_TYPE.PACKAGE)
        made.rels.add_relationship(RELATIONSHIP_TYPE.PACKAGE, book, told)
        return made


def height(one: Chart) -> float:
    """Millimetres; bars take room by how many there are."""
    if one.shape is Shape.LINES:
        return LINES
    bars = len(one.categories) * (len(one.series) if one.shape is Shape.BARS else 1)
    return min(bars * ROW + BESIDE, TALLEST)
