"""A pack as slides: native charts that can be edited, and the first rows of tables, text that fits."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Mm, Pt

from lienthong.console.pack.pptx_cells import MARKS, PAD, Look, fill, merge
from lienthong.console.pack.pptx_charts import BODY, EDGE, FACE, HIGH, INK, WHITE, WIDE, Place, draw, pairs
from lienthong.console.pack.tree import (
    Card,
    Cell,
    Chart,
    Mark,
    Pack,
    Row,
    Section,
    Table,
    headings,
)
from lienthong.console.pack.widths import LEADING, MM, column_widths, height_of, largest

TOP: Final = 32.0
ROOM: Final = HIGH - TOP - 16.0
SOFT = RGBColor(0x4B, 0x51, 0x57)
INDIGO = RGBColor(0x0F, 0x4C, 0x66)
SHADE = RGBColor(0xEE, 0xF4, 0xF7)
OVER: Final = 2.6
"""Millimetres above and below a text in a cell, both together."""
SIZES: Final = range(18, 11, -1)
"""Points of a table's text, the largest that fits; 12 is read from the third row of a meeting room."""
CAPTION: Final = 8.0
BESIDE: Final = 7
"""A table of so few rows stands beside its chart."""
HALF: Final = (BODY - 8) / 2


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


@dataclass(frozen=True)
class Piece:
    """A table's rows that slides show."""

    table: Table
    rows: tuple[Row, ...]

    @property
    def all_rows(self) -> tuple[Row, ...]:
        total = self.table.total
        return (*self.rows, total) if total else self.rows

    @property
    def left_out(self) -> int:
        """Rows that no slide shows; a gap among them says so itself."""
        if any(row.gap for row in self.rows):
            return 0
        return len(self.table.rows) - len(self.rows)

    @property
    def is_beside(self) -> bool:
        """Its few rows fit on half a slide, its chart on the other half."""
        few = self.table.chart is not None and 0 < len(self.rows) <= BESIDE
        return few and self.height(HALF, SIZES[-1]) <= ROOM + CAPTION

    def widths(self, wide: float, points: int) -> list[float]:
        return column_widths(self.table.columns, self.all_rows, wide, points, PAD)

    def head_height(self, widths: Sequence[float], points: int) -> float:
        told = zip(self.table.columns, widths, strict=True)
        return max(height_of([one.title], width - PAD, points, bold=True) for one, width in told) + OVER

    def height(self, wide: float, points: int) -> float:
        """With its caption, and a gap below."""
        if not self.rows:
            return 2 * CAPTION
        widths = self.widths(wide, points)
        rows = sum(row_height(row, widths, points) for row in self.all_rows)
        return CAPTION + self.head_height(widths, points) + rows + 6

    def pages(self, wide: float, points: int, room: float) -> Iterator[list[Row]]:
        """Rows that fit on a slide together."""
        widths = self.widths(wide, points)
        first = self.head_height(widths, points)
        page: list[Row] = []
        used = first
        for row in self.all_rows:
            high = row_height(row, widths, points)
            if page and used + high > room:
                yield page
                page, used = [], first
            page.append(row)
            used += high
        if page:
            yield page


def slide_rows(table: Table) -> tuple[Row, ...]:
    return (table.brief or table.rows)[: table.on_slides]


def row_height(row: Row, widths: Sequence[float], points: int) -> float:
    if row.gap:
        return points * MM * LEADING + OVER
    told = zip(row.cells, widths, strict=True)
    return (
        max(height_of([cell.text], width - PAD, points, bold=cell.mark is not None) for cell, width in told)
        + OVER
    )


def size_of(group: Sequence[Piece], wide: float, room: float) -> int:
    """The largest size at which all fit together; the smallest where none does."""
    return next(
        (p for p in SIZES if sum(piece.height(wide, p) for piece in group) <= room + CAPTION), SIZES[-1]
    )


def groups(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Neighbours that fit on one slide at a size that is still read well."""
    group: list[Piece] = []
    for piece in pieces:
        if group and not is_fit([*group, piece]):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def is_fit(group: Sequence[Piece]) -> bool:
    return (
        not any(piece.table.chart for piece in group) and sum(p.height(BODY, 14) for p in group) <= ROOM + 6
    )


def bullets_height(told: Sequence[str], points: int) -> float:
    return height_of([f"•  {text}" for text in told], BODY - 10, points) + len(told) * 2.4


class Deck:
    def __init__(self, show: Any, pack: Pack) -> None:
        self.show, self.pack = show, pack

    # ---- slides

    def slide(self, title: str, under: str = "") -> Any:
        slide = self.show.slides.add_slide(self.show.slide_layouts[5])
        head = slide.shapes.title
        head.left, head.top, head.width, head.height = Mm(EDGE), Mm(7), Mm(BODY), Mm(15)
        size = largest([title], BODY - 6, 14, range(26, 13, -1), bold=True)
        put(head.text_frame, title, size, INDIGO, bold=True)
        head.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        head.text_frame.margin_left = Emu(0)
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
        drawn = [one for one in section.charts if not one.is_empty]
        for pair in pairs(drawn):
            self.charts(pair, heading)
        for group in groups([Piece(table, slide_rows(table)) for table in section.tables if table.on_slides]):
            if group[0].table.chart is not None and not group[0].is_beside:
                self.charts([group[0].table.chart], heading)
            self.tables(group, heading)

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
        put(
            frame,
            card.value,
            largest([card.value], wide - 6, 16, range(36, 15, -1), bold=True),
            ink,
            bold=True,
        )
        add(
            frame,
            card.label,
            largest([card.label], wide - 6, 13, range(16, 9, -1), bold=True),
            INK,
            bold=True,
        )
        add(frame, card.note, largest([card.note], wide - 6, 11, range(12, 7, -1)), SOFT)

    def sentences(self, told: Sequence[str], heading: str) -> None:
        """As many slides as they need at a size that is read from afar."""
        page: list[str] = []
        for text in told:
            if page and bullets_height([*page, text], 15) > ROOM + 6:
                self.bullets(self.slide(heading), page, TOP - 6, ROOM + 6)
                page = []
            page.append(text)
        self.bullets(self.slide(heading), page, TOP - 6, ROOM + 6)

    def bullets(self, slide: Any, told: Sequence[str], top: float, height: float) -> None:
        size = next((each for each in range(18, 9, -1) if bullets_height(told, each) <= height), 9)
        box = slide.shapes.add_textbox(Mm(EDGE), Mm(top), Mm(BODY), Mm(height))
        frame = box.text_frame
        frame.word_wrap = True
        for n, text in enumerate(told):
            line = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            line.space_after = Pt(6)
            write(line, f"•  {text}", size, INK)

    # ---- charts

    def charts(self, drawn: Sequence[Chart], heading: str) -> None:
        """One over the whole slide, or two side by side, each under its title."""
        under = drawn[0].title if len(drawn) == 1 else ""
        slide = self.slide(heading, under)
        wide = (BODY - 8 * (len(drawn) - 1)) / len(drawn)
        for n, one in enumerate(drawn):
            left = EDGE + n * (wide + 8)
            if not under:
                self.text(slide, one.title, Place(left, TOP - 8, wide, 8), most=15, bold=True)
            draw(slide, one, Place(left, TOP + (0 if under else 4), wide, ROOM - (0 if under else 4)))

    # ---- tables

    def tables(self, group: Sequence[Piece], heading: str) -> None:
        """Tables that fit on one slide together, as large as they fit; a long one on several."""
        first = group[0]
        if first.is_beside:
            self.beside(first, heading)
        elif len(group) > 1 or not first.rows:
            self.together(group, heading)
        else:
            self.alone(first, heading)

    def beside(self, piece: Piece, heading: str) -> None:
        """The chart at left, its few rows at right."""
        slide = self.slide(heading, piece.table.title)
        half = HALF
        if piece.table.chart is not None:
            draw(slide, piece.table.chart, Place(EDGE, TOP, half, ROOM))
        points = size_of([piece], half, ROOM)
        self.grid(slide, piece, piece.all_rows, Place(EDGE + half + 8, TOP, half, ROOM), points)

    def together(self, group: Sequence[Piece], heading: str) -> None:
        slide = self.slide(heading)
        top, room = TOP - 6, ROOM + 6
        points = size_of(group, BODY, room)
        for piece in group:
            self.text(slide, piece.table.title, Place(EDGE, top, BODY, CAPTION), most=15, bold=True)
            if not piece.rows:
                self.text(
                    slide, piece.table.empty, Place(EDGE, top + CAPTION, BODY, CAPTION), most=14, ink=SOFT
                )
            else:
                self.grid(slide, piece, piece.all_rows, Place(EDGE, top + CAPTION, BODY, room), points)
            top += piece.height(BODY, points)

    def alone(self, piece: Piece, heading: str) -> None:
        points = size_of([piece], BODY, ROOM)
        pages = list(piece.pages(BODY, points, ROOM - 4))
        for n, page in enumerate(pages, 1):
            part = f" ({n}/{len(pages)})" if len(pages) > 1 else ""
            slide = self.slide(heading, f"{piece.table.title}{part}")
            self.grid(slide, piece, page, Place(EDGE, TOP, BODY, ROOM), points)
            if n == len(pages) and piece.left_out:
                told = f"… còn {piece.left_out} dòng, có trong tệp PDF và Excel"
                self.text(slide, told, Place(EDGE, HIGH - 17.5, BODY, 6), most=11, ink=SOFT)

    def grid(self, slide: Any, piece: Piece, rows: Sequence[Row], place: Place, points: int) -> None:
        table, widths = piece.table, piece.widths(place.wide, points)
        frame = slide.shapes.add_table(
            len(rows) + 1, len(widths), Mm(place.left), Mm(place.top), Mm(place.wide), Mm(10)
        )
        frame._element.nvGraphicFramePr.cNvPr.set("descr", table.title)
        grid = frame.table
        grid.horz_banding = False
        for n, width in enumerate(widths):
            grid.columns[n].width = Mm(width)
        grid.rows[0].height = Mm(piece.head_height(widths, points))
        head, *lines = frame._element.graphic.graphicData.tbl.tr_lst
        for target, column in zip(head.tc_lst, table.columns, strict=True):
            fill(target, Cell(column.title, column.kind), points, Look(bold=True, shade=INDIGO, ink=WHITE))
        for line, row in zip(lines, rows, strict=True):
            line.height = Mm(row_height(row, widths, points))
            cells = line.tc_lst
            if row.gap:
                merge(cells)
                fill(cells[0], Cell(row.gap), points, Look(shade=SHADE, ink=SOFT))
                continue
            look = Look(bold=True, shade=SHADE) if row is table.total else Look()
            for target, cell in zip(cells, row.cells, strict=False):
                fill(target, cell, points, look)

    def text(
        self, slide: Any, text: str, place: Place, *, most: int,
        bold: bool = False, ink: RGBColor = INK, align: Any = None,
    ) -> None:  # fmt: skip
        box = slide.shapes.add_textbox(Mm(place.left), Mm(place.top), Mm(place.wide), Mm(place.high))
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
        size = largest(text.split("\n"), place.wide, place.high, range(most, 6, -1), bold=bold)
        for n, told in enumerate(text.split("\n")):
            line = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            line.alignment = align
            write(line, told, size, ink, bold=bold)


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
