"""A pack as slides: native charts that can be edited, and the first rows of tables, text that fits."""

import io
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from PIL import ImageFont
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Mm, Pt

from lienthong.console.pack.tree import (
    Card,
    Cell,
    Chart,
    Kind,
    Mark,
    Pack,
    Row,
    Section,
    Shape,
    Table,
    headings,
)

FACE: Final = "Arial"
WIDE, HIGH = 338.667, 190.5
"""Millimetres of a 16:9 slide."""
EDGE: Final = 14.0
TOP: Final = 32.0
ROOM: Final = HIGH - TOP - 16.0
BODY: Final = WIDE - 2 * EDGE
INK = RGBColor(0x1A, 0x1D, 0x21)
SOFT = RGBColor(0x4B, 0x51, 0x57)
INDIGO = RGBColor(0x0F, 0x4C, 0x66)
SHADE = RGBColor(0xEE, 0xF4, 0xF7)
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
MARKS: Final = {
    Mark.LATE: RGBColor(0xA8, 0x20, 0x1A), Mark.SOON: RGBColor(0x8A, 0x4B, 0x00), Mark.DONE: RGBColor(0x1C, 0x6B, 0x3C),
    Mark.RUNNING: INK, Mark.NONE: INK,
}  # fmt: skip
PAINT: Final = {
    "main": "0F4C66", "goal": "1A1D21", "done": "1C6B3C", "soon": "D99A2B", "running": "9FC3D2", "late": "A8201A",
    "ahead": "5A3A86", "range": "B7A7D3",
}  # fmt: skip
POINTS: Final = 12
"""Size of a table's text: read from the third row of a meeting room."""
LINE_MM: Final = POINTS * 0.3528 * 1.2
PAD_MM: Final = 2.6
RIGHT: Final = frozenset({Kind.NUMBER, Kind.SHARE, Kind.CHANGE})


def write_pptx(pack: Pack) -> bytes:
    show = Presentation()
    show.slide_width, show.slide_height = Mm(WIDE), Mm(HIGH)
    show.core_properties.title = f"{pack.title}, đến {pack.day:%d/%m/%Y}"
    show.core_properties.language = "vi-VN"
    show.core_properties.created = show.core_properties.modified = pack.made_at.replace(tzinfo=None)
    deck = Deck(show, pack)
    deck.opening()
    names = headings(pack)
    for section in pack.sections:
        deck.section(section, names[section.title])
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


# ---- how much room a text takes


@cache
def font(points: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    """Be Vietnam Pro at ten times its size: wider than Arial, so that what fits here fits there."""
    name = "BeVietnamPro-Bold.ttf" if bold else "BeVietnamPro-Regular.ttf"
    path = files("fontpkg_be_vietnam_pro") / "files" / name
    return ImageFont.truetype(str(path), points * 10)


def lines_of(text: str, width: float, points: int, *, bold: bool = False) -> int:
    """How many lines the text takes in `width` millimetres; a word longer than a line is broken."""
    face, room = font(points, bold=bold), width / 0.3528 * 10
    space = face.getlength(" ")
    count, used = 1, 0.0
    for word in text.split():
        long = face.getlength(word)
        if used and used + space + long > room:
            count, used = count + 1, 0.0
        used += (space if used else 0.0) + long
        while used > room:
            count, used = count + 1, used - room
    return count


def fitting(text: str, width: float, height: float, most: int, least: int, *, bold: bool = False) -> int:
    """The largest size at which the text fits its box."""
    for points in range(most, least, -1):
        if lines_of(text, width, points, bold=bold) * points * 0.3528 * 1.2 <= height:
            return points
    return least


def row_height(cells: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> float:
    told = max(
        lines_of(text, width - 4, POINTS, bold=bold) for text, width in zip(cells, widths, strict=True)
    )
    return told * LINE_MM + PAD_MM


class Place(NamedTuple):
    """Where a text stands on a slide, in millimetres."""

    left: float
    top: float
    wide: float
    high: float


class Deck:
    def __init__(self, show: Any, pack: Pack) -> None:
        self.show, self.pack = show, pack

    # ---- slides

    def slide(self, title: str, under: str = "") -> Any:
        slide = self.show.slides.add_slide(self.show.slide_layouts[5])
        head = slide.shapes.title
        head.left, head.top, head.width, head.height = Mm(EDGE), Mm(7), Mm(BODY), Mm(15)
        size = fitting(title, BODY - 6, 14, 26, 14, bold=True)
        put(head.text_frame, title, size, INDIGO, bold=True)
        head.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        if under:
            self.text(slide, under, Place(EDGE, 22, BODY, 8), most=13, ink=SOFT)
        self.foot(slide)
        return slide

    def foot(self, slide: Any) -> None:
        told = f"{self.pack.about}." + (" Bản thử, số liệu do máy sinh ra." if self.pack.demo else "")
        self.text(slide, told, Place(EDGE, HIGH - 11, BODY - 20, 6), most=9, ink=SOFT)
        number = str(len(self.show.slides))
        self.text(
            slide, number, Place(WIDE - EDGE - 18, HIGH - 11, 18, 6), most=9, ink=SOFT, align=PP_ALIGN.RIGHT
        )

    def opening(self) -> None:
        slide = self.slide(self.pack.agency or "Tài liệu họp")
        self.text(slide, self.pack.title, Place(EDGE, 52, BODY - 30, 40), most=40, bold=True, ink=INDIGO)
        self.text(slide, f"{self.pack.about}.", Place(EDGE, 98, BODY - 30, 22), most=18)
        facts = "\n".join(f"{term}: {told}" for term, told in self.pack.facts)
        self.text(slide, facts, Place(EDGE, 124, BODY - 30, 40), most=14, ink=SOFT)

    def section(self, section: Section, heading: str) -> None:
        if section.cards:
            self.cards(section, heading)
        elif section.notes:
            self.sentences(section.notes, heading)
        for chart in section.charts:
            self.chart(chart, heading)
        for table in section.tables:
            if table.chart is not None:
                self.chart(table.chart, heading)
            if table.on_slides:
                self.table(table, heading)

    def cards(self, section: Section, heading: str) -> None:
        slide = self.slide(heading)
        gap = 6.0
        wide = (BODY - gap * (len(section.cards) - 1)) / len(section.cards)
        for n, card in enumerate(section.cards):
            self.card(slide, card, EDGE + n * (wide + gap), TOP - 6, wide)
        self.bullets(slide, section.notes, TOP + 50, HIGH - TOP - 66)

    def card(self, slide: Any, card: Card, left: float, top: float, wide: float) -> None:
        box = slide.shapes.add_shape(1, Mm(left), Mm(top), Mm(wide), Mm(48))
        box.fill.solid()
        box.fill.fore_color.rgb = SHADE
        box.line.fill.background()
        box.shadow.inherit = False
        frame = box.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        ink = MARKS[card.mark or Mark.NONE]
        put(frame, card.value, fitting(card.value, wide - 6, 16, 36, 16, bold=True), ink, bold=True)
        add(frame, card.label, fitting(card.label, wide - 6, 13, 16, 10, bold=True), INK, bold=True)
        add(frame, card.note, fitting(card.note, wide - 6, 11, 12, 8), SOFT)

    def sentences(self, told: Sequence[str], heading: str) -> None:
        """As many slides as they need."""
        page: list[str] = []
        used = 0.0
        for text in told:
            high = lines_of(text, BODY - 12, 15) * 15 * 0.3528 * 1.25 + 3
            if page and used + high > ROOM:
                self.bullets(self.slide(heading), page, TOP - 6, ROOM + 6)
                page, used = [], 0.0
            page.append(text)
            used += high
        self.bullets(self.slide(heading), page, TOP - 6, ROOM + 6)

    def bullets(self, slide: Any, told: Sequence[str], top: float, height: float) -> None:
        size = 16
        while size > 9 and sum(lines_of(t, BODY - 12, size) * size * 0.4234 + 2.4 for t in told) > height:
            size -= 1
        box = slide.shapes.add_textbox(Mm(EDGE), Mm(top), Mm(BODY), Mm(height))
        frame = box.text_frame
        frame.word_wrap = True
        for n, text in enumerate(told):
            line = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            line.space_after = Pt(6)
            write(line, f"•  {text}", size, INK)

    # ---- charts

    def chart(self, one: Chart, heading: str) -> None:
        if one.is_empty:
            return
        slide = self.slide(heading, one.title)
        data = CategoryChartData(number_format='0.0"%"' if one.unit else "0")
        data.categories = one.categories
        for series in one.series:
            data.add_series(series.name, series.values)
        graphic = slide.shapes.add_chart(CHARTS[one.shape], Mm(EDGE), Mm(TOP), Mm(BODY), Mm(ROOM), data)
        graphic._element.nvGraphicFramePr.cNvPr.set("descr", one.words)
        drawing = graphic.chart
        drawing.font.name, drawing.font.size = FACE, Pt(12)
        drawing.has_title = False
        drawing.has_legend = len(one.series) > 1
        if drawing.has_legend:
            drawing.legend.position, drawing.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        dress(drawing, one)

    # ---- tables

    def table(self, table: Table, heading: str) -> None:
        if not table.rows:
            self.bullets(self.slide(heading, table.title), [table.empty], TOP, 20)
            return
        shown = [row for row in table.rows if not row.gap]
        rows = list(table.brief or shown)[: table.on_slides]
        pages = list(self.pages(table, rows))
        for n, page in enumerate(pages, 1):
            part = f" ({n}/{len(pages)})" if len(pages) > 1 else ""
            slide = self.slide(heading, f"{table.title}{part}")
            self.grid(slide, table, page)
        left = len(shown) - sum(1 for row in rows if not row.gap)
        if left and not any(row.gap for row in rows):
            told = f"… còn {left} dòng, có trong tệp PDF và Excel"
            self.text(slide, told, Place(EDGE, HIGH - 17, BODY, 6), most=10, ink=SOFT)

    def pages(self, table: Table, rows: Sequence[Row]) -> Iterator[list[Row]]:
        """Rows that fit on a slide together, by the height that their longest cell takes."""
        widths = column_widths(table)
        first = row_height([one.title for one in table.columns], widths, bold=True)
        page: list[Row] = []
        used = first
        for row in (*rows, *([table.total] if table.total else [])):
            high = LINE_MM + PAD_MM if row.gap else row_height([shown(c) for c in row.cells], widths)
            if page and used + high > ROOM:
                yield page
                page, used = [], first
            page.append(row)
            used += high
        if page:
            yield page

    def grid(self, slide: Any, table: Table, rows: Sequence[Row]) -> None:
        widths = column_widths(table)
        frame = slide.shapes.add_table(len(rows) + 1, len(widths), Mm(EDGE), Mm(TOP), Mm(BODY), Mm(10))
        grid = frame.table
        grid.horz_banding = False
        for place, width in enumerate(widths):
            grid.columns[place].width = Mm(width)
        heads = [one.title for one in table.columns]
        grid.rows[0].height = Mm(row_height(heads, widths, bold=True))
        for place, column in enumerate(table.columns):
            fill(grid.cell(0, place), Cell(column.title, column.kind), bold=True, shade=INDIGO, ink=WHITE)
        for number, row in enumerate(rows, 1):
            self.grid_row(grid, number, row, widths, last=row is table.total)

    def grid_row(self, grid: Any, number: int, row: Row, widths: Sequence[float], *, last: bool) -> None:
        if row.gap:
            grid.rows[number].height = Mm(LINE_MM + PAD_MM)
            grid.cell(number, 0).merge(grid.cell(number, len(widths) - 1))
            fill(grid.cell(number, 0), Cell(row.gap), shade=SHADE, ink=SOFT)
            return
        grid.rows[number].height = Mm(row_height([shown(c) for c in row.cells], widths))
        for place, cell in enumerate(row.cells):
            fill(grid.cell(number, place), cell, bold=last, shade=SHADE if last else WHITE)

    def text(
        self, slide: Any, text: str, place: Place, *, most: int,
        bold: bool = False, ink: RGBColor = INK, align: Any = None,
    ) -> None:  # fmt: skip
        box = slide.shapes.add_textbox(Mm(place.left), Mm(place.top), Mm(place.wide), Mm(place.high))
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
        size = most
        while (
            size > 7
            and sum(lines_of(t, place.wide, size, bold=bold) for t in text.split("\n")) * size * 0.4234
            > place.high
        ):
            size -= 1
        for n, told in enumerate(text.split("\n")):
            line = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            line.alignment = align
            write(line, told, size, ink, bold=bold)


def column_widths(table: Table) -> list[float]:
    total = sum(one.width for one in table.columns)
    return [BODY * one.width / total for one in table.columns]


def shown(cell: Cell) -> str:
    return cell.text


def put(frame: Any, text: str, points: int, ink: RGBColor, *, bold: bool = False) -> None:
    frame.word_wrap = True
    line = frame.paragraphs[0]
    line.alignment = PP_ALIGN.LEFT
    write(line, text, points, ink, bold=bold)


def add(frame: Any, text: str, points: int, ink: RGBColor, *, bold: bool = False) -> None:
    line = frame.add_paragraph()
    line.alignment = PP_ALIGN.LEFT
    write(line, text, points, ink, bold=bold)


def write(line: Any, text: str, points: int, ink: RGBColor, *, bold: bool = False) -> None:
    run = line.add_run()
    run.text = text
    run.font.name, run.font.size, run.font.bold = FACE, Pt(points), bold
    run.font.color.rgb = ink


def fill(
    target: Any, cell: Cell, *, bold: bool = False, shade: RGBColor = WHITE, ink: RGBColor | None = None
) -> None:
    target.fill.solid()
    target.fill.fore_color.rgb = shade
    target.margin_left = target.margin_right = Mm(1.6)
    target.margin_top = target.margin_bottom = Mm(1)
    target.vertical_anchor = MSO_ANCHOR.MIDDLE
    line = target.text_frame.paragraphs[0]
    line.alignment = PP_ALIGN.RIGHT if cell.kind in RIGHT else PP_ALIGN.LEFT
    marked = cell.mark in {Mark.LATE, Mark.SOON, Mark.DONE}
    colour = ink if ink is not None else MARKS[cell.mark or Mark.NONE]
    write(line, cell.text, POINTS, colour, bold=bold or marked)


# ---- how charts are dressed

CHARTS: Final = {
    Shape.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    Shape.STACKED: XL_CHART_TYPE.BAR_STACKED,
    Shape.LINES: XL_CHART_TYPE.LINE_MARKERS,
}


def dress(drawing: Any, one: Chart) -> None:
    """Our colours, labels on the bars, the first category on top."""
    for series, told in zip(drawing.plots[0].series, one.series, strict=True):
        paint = RGBColor.from_string(PAINT[told.role])
        if one.shape is Shape.LINES:
            dress_line(series, told.role, paint)
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = paint
    plot = drawing.plots[0]
    if one.shape is Shape.LINES:
        drawing.value_axis.tick_labels.number_format = "0"
        drawing.value_axis.tick_labels.number_format_is_linked = False
        drawing.value_axis.major_gridlines.format.line.color.rgb = RGBColor(0xCF, 0xD3, 0xD6)
        return
    plot.gap_width = 45
    if one.shape is Shape.STACKED:
        plot.overlap = 100
    drawing.category_axis.reverse_order = True
    drawing.value_axis.visible = False
    drawing.value_axis.has_major_gridlines = False
    drawing.value_axis.minimum_scale = 0
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.font.size, labels.font.name = Pt(11), FACE
    labels.number_format, labels.number_format_is_linked = ('0.0"%"' if one.unit else "0;;"), False
    if one.shape is Shape.BARS:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END


def dress_line(series: Any, role: str, paint: RGBColor) -> None:
    series.smooth = False
    series.format.line.color.rgb = paint
    series.format.line.width = Pt(1.5 if role in {"goal", "range"} else 2.5)
    if role == "goal":
        series.format.line.dash_style = MSO_LINE.DASH
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = paint
    series.marker.format.line.color.rgb = paint
    series.marker.size = 3 if role == "goal" else 9
