"""A pack as a Word file in the layout of NĐ 30/2020/NĐ-CP, for an office to number, sign and send."""

import io
from typing import Any, Final

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docxtpl import DocxTemplate

from lienthong.console.pack.docx_charts import Drawings
from lienthong.console.pack.docx_frame import BODY, FRAME
from lienthong.console.pack.tree import Cell, Chart, Column, Kind, Pack, Row, Section, Table, headings
from lienthong.console.pack.widths import column_widths

PORTRAIT_MM: Final = 162
LANDSCAPE_MM: Final = 257
TWIPS: Final = 56.7
"""In a millimetre."""
POINTS: Final = 11
"""Of a table's text."""
MEASURED: Final = 10
"""The size at which the measuring face is at least as wide as Times New Roman at POINTS, bold too."""
PAD: Final = 2.4
"""Millimetres at the sides of a cell's text, together."""
RIGHT: Final = frozenset({Kind.NUMBER, Kind.SHARE, Kind.CHANGE})
INK = {"late": "A8201A", "soon": "8A4B00", "done": "1C6B3C"}


def write_docx(pack: Pack) -> bytes:
    """Fields are escaped by the template's engine, everything else is built as elements."""
    template = DocxTemplate(FRAME)
    told = {
        "agency": pack.agency.upper() or "TÊN CƠ QUAN, TỔ CHỨC",
        "title": pack.title,
        "about": pack.about,
        "place_and_day": f"…………, ngày {pack.day:%d} tháng {pack.day.month} năm {pack.day.year}",
    }
    template.render(told, autoescape=True)
    document: Any = template.docx
    drawings = Drawings(document.part)
    marker = next(one for one in document.paragraphs if one.text == BODY)._p
    names = headings(pack)
    if pack.demo:
        marker.addprevious(paragraph(DEMO, italic=True, centred=True))
    for section in pack.body:
        for element in elements(section, names[section.title], PORTRAIT_MM, drawings):
            marker.addprevious(element)
    marker.getparent().remove(marker)
    _annexes(document, pack, names, drawings)
    document.core_properties.title = f"{pack.title}, đến {pack.day:%d/%m/%Y}"
    document.core_properties.created = document.core_properties.modified = pack.made_at.replace(tzinfo=None)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


DEMO: Final = "Bản thử: người, hồ sơ và nhiệm vụ trong tài liệu này do máy sinh ra, không có thật."


def _annexes(document: Any, pack: Pack, names: Any, drawings: Drawings) -> None:
    """Behind the signatures, on pages turned on their side: their lists are wide."""
    if not pack.annexes:
        return
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(20)
    section.different_first_page_header_footer = False
    body = document.element.body
    end = body[-1]
    for annex in pack.annexes:
        for element in elements(annex, names[annex.title], LANDSCAPE_MM, drawings):
            end.addprevious(element)


def elements(section: Section, heading: str, width: int, drawings: Drawings) -> list[Any]:
    """Heading, sentences, numbers, charts, tables: what takes the place of the marker, in order."""
    made = [paragraph(heading, style="Heading1")]
    made += [
        paragraph(f"{one.label.capitalize()}: {one.value} ({one.note}).", bullet=True)
        for one in section.cards
    ]
    made += [paragraph(text) for text in section.lead]
    made += [paragraph(text, bullet=True) for text in section.notes]
    for one in section.charts:
        made += charted(one, drawings)
    for given in section.tables:
        made.append(paragraph(given.title, style="Heading2"))
        made += charted(given.chart, drawings) if given.chart else []
        made.append(table(given, width) if given.rows else paragraph(given.empty, italic=True))
        made += [paragraph(note, italic=True, size=POINTS) for note in given.notes]
        made.append(spacer())
    return made


def charted(one: Chart, drawings: Drawings) -> list[Any]:
    """Its title and the chart; nothing where there is no figure to draw."""
    if one.is_empty:
        return []
    drawn = element("p")
    facts = element("pPr")
    facts.append(element("jc", val="center"))
    drawn.append(facts)
    run = element("r")
    run.append(drawings.drawing(one))
    drawn.append(run)
    title = paragraph(one.title, italic=True, centred=True, size=POINTS)
    title.pPr.insert(0, element("keepNext"))
    return [title, drawn]


def element(tag: str, **attributes: str) -> Any:
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def paragraph(
    text: str, *, style: str = "", bullet: bool = False, italic: bool = False, centred: bool = False, size: int = 0
) -> Any:  # fmt: skip
    made, facts = element("p"), element("pPr")
    if style or bullet:
        facts.append(element("pStyle", val=style or "ListBullet"))
    if centred or not (style or bullet):
        facts.append(element("jc", val="center" if centred else "both"))
    made.append(facts)
    made.append(run(text, italic=italic, size=size))
    return made


def run(text: str, *, bold: bool = False, italic: bool = False, size: int = 0, ink: str = "") -> Any:
    made, facts = element("r"), element("rPr")
    if bold:
        facts.append(element("b"))
    if italic:
        facts.append(element("i"))
    if ink:
        facts.append(element("color", val=ink))
    if size:
        facts.append(element("sz", val=str(2 * size)))
    told = element("t")
    told.text = text
    told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(facts)
    made.append(told)
    return made


def spacer() -> Any:
    """A little air behind a table."""
    made, facts = element("p"), element("pPr")
    facts.append(element("spacing", before="0", after="0", line="120", lineRule="exact"))
    made.append(facts)
    return made


# ---- tables


def table(given: Table, width: int) -> Any:
    """Its head stands on every page that it runs over; no row is cut by the end of a page."""
    made, facts = element("tbl"), element("tblPr")
    facts.append(element("tblStyle", val="TableGrid"))
    facts.append(element("tblW", w=str(int(width * TWIPS)), type="dxa"))
    facts.append(element("tblLayout", type="fixed"))
    facts.append(margins())
    facts.append(element("tblLook", val="0620", firstRow="1", noVBand="1", noHBand="1"))
    made.append(facts)
    printed = [*given.printed, *([given.total] if given.total else [])]
    widths = [int(each * TWIPS) for each in column_widths(given.columns, printed, width, MEASURED, PAD)]
    grid = element("tblGrid")
    for each in widths:
        grid.append(element("gridCol", w=str(each)))
    made.append(grid)
    made.append(head(given.columns, widths))
    name = next((n for n, one in enumerate(given.columns) if one.kind is Kind.WORDS), 0)
    for row in given.printed:
        made.append(body_row(row, given.columns, widths, name))
    if given.total:
        made.append(body_row(given.total, given.columns, widths, name, bold=True))
    return made


def margins() -> Any:
    """A millimetre at the sides of every cell."""
    made = element("tblCellMar")
    for side in ("left", "right"):
        made.append(element(side, w=str(int(PAD / 2 * TWIPS)), type="dxa"))
    return made


def head(columns: tuple[Column, ...], widths: list[int]) -> Any:
    made, facts = element("tr"), element("trPr")
    facts.append(element("cantSplit"))
    facts.append(element("tblHeader"))
    made.append(facts)
    for column, width in zip(columns, widths, strict=True):
        title = run(column.title, bold=True, size=POINTS)
        made.append(box(width, "center", [title], shade="EEF4F7", kept=True))
    return made


def body_row(
    row: Row, columns: tuple[Column, ...], widths: list[int], name: int, *, bold: bool = False
) -> Any:
    made, facts = element("tr"), element("trPr")
    facts.append(element("cantSplit"))
    made.append(facts)
    if row.gap:
        made.append(box(sum(widths), "center", [run(row.gap, italic=True, size=POINTS)], span=len(widths)))
        return made
    for place, (cell, column, width) in enumerate(zip(row.cells, columns, widths, strict=True)):
        align = "right" if column.kind in RIGHT else "left"
        runs = cell_runs(cell, row.address if place == name else "", bold=bold)
        more = [run(cell.more, italic=True, size=10)] if cell.more else []
        made.append(box(width, align, runs, more))
    return made


def cell_runs(cell: Cell, address: str, *, bold: bool) -> list[Any]:
    ink = INK.get(cell.mark.value, "") if cell.mark else ""
    told = run(cell.text, bold=bold or bool(ink), size=POINTS, ink=ink)
    if not address:
        return [told]
    link = element("fldSimple", instr=f' HYPERLINK "{address}" ')
    link.append(told)
    return [link]


def box(
    width: int,
    align: str,
    runs: list[Any],
    more: list[Any] | None = None,
    *,
    span: int = 0,
    shade: str = "",
    kept: bool = False,
) -> Any:
    made, facts = element("tc"), element("tcPr")
    facts.append(element("tcW", w=str(width), type="dxa"))
    if span:
        facts.append(element("gridSpan", val=str(span)))
    if shade:
        facts.append(element("shd", val="clear", color="auto", fill=shade))
    made.append(facts)
    for line in (runs, more or []):
        if line:
            made.append(cell_line(align, line, kept=kept))
    return made


def cell_line(align: str, runs: list[Any], *, kept: bool) -> Any:
    """`kept`: never parted from the row below."""
    made, facts = element("p"), element("pPr")
    if kept:
        facts.append(element("keepNext"))
    facts.append(element("spacing", before="20", after="20", line="240", lineRule="auto"))
    facts.append(element("jc", val=align))
    made.append(facts)
    for each in runs:
        made.append(each)
    return made
