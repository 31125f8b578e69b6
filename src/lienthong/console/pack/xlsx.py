"""A pack as a workbook: every row of every table, numbers as numbers, each row with its address."""

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import xlsxwriter
from django.utils import timezone

from lienthong.console.pack.tree import Cell, Chart, Kind, Pack, Row, Section, Series, Shape, Table, headings
from lienthong.console.pack.widths import lines_of
from lienthong.kit.words import format_appointment, format_date

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}
"""A text beginning with "=" stays a text: nothing that somebody typed into a task is ever run."""
INK: Final = {"late": "#A8201A", "soon": "#8A4B00", "done": "#1C6B3C"}
PAINT: Final = {
    "main": "#0F4C66", "goal": "#1A1D21", "done": "#1C6B3C", "soon": "#D99A2B", "running": "#9FC3D2", "late": "#A8201A",
    "ahead": "#5A3A86", "range": "#B7A7D3",
}  # fmt: skip
NUMBERS: Final = {Kind.NUMBER: "#,##0", Kind.DAY: "dd/mm/yyyy", Kind.CHANGE: "+0.0;\u22120.0;0.0"}
ADDRESS: Final = "Địa chỉ trên hệ thống"
FIRST: Final = 3
"""Rows above a table's head: what it is, when, and nothing."""
LONGEST_LINK: Final = 2079
"""Excel takes no longer address."""


def write_xlsx(pack: Pack) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties(
        {"title": f"{pack.title}, đến {format_date(pack.day)}", "created": naive(pack.made_at)}
    )
    writer = Writer(book, pack)
    writer.opening()
    for section, table in pack.tables:
        if table.sheet:
            writer.table(table, headings(pack)[section.title])
    writer.charts()
    book.close()
    return out.getvalue()


def naive(moment: datetime) -> datetime:
    """Vietnamese time: a workbook knows no zones."""
    return timezone.localtime(moment).replace(tzinfo=None)


def sheet_name(title: str) -> str:
    """At most 31 signs, without those that a workbook forbids."""
    return re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip()


class Writer:
    """One workbook with its formats; a format is made once and used everywhere."""

    def __init__(self, book: Any, pack: Pack) -> None:
        self.book, self.pack = book, pack
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **facts: Any) -> Any:
        told = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", **facts}
        key = tuple(sorted(told.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(told)
        return self.formats[key]

    def sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(sheet_name(name))
        sheet.set_paper(9)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&L&A&RTrang &P/&N")
        sheet.hide_gridlines(2)
        return sheet

    # ---- the first sheet: what the others hold, and everything that is said in sentences

    def opening(self) -> None:
        sheet = self.sheet("Tổng quan")
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 110)
        pack = self.pack
        line = 0
        for term, told in (("", pack.title), ("", pack.about), *([("", DEMO)] if pack.demo else [])):
            big = {"bold": True, "font_size": 16} if told == pack.title else {"italic": True}
            sheet.write_string(line, 0, term or told, self.format(**big))
            line += 1
        asked = (*pack.facts, ("Lập lúc", format_appointment(pack.made_at)), ("Địa chỉ", pack.address))
        for term, told in asked:
            line = self.pair(sheet, line, term, told)
        for section in pack.sections:
            line = self.section(sheet, line + 1, section)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def pair(self, sheet: Any, line: int, term: str, told: str) -> int:
        sheet.write_string(line, 0, term, self.format(bold=True, text_wrap=True))
        sheet.write_string(line, 1, told, self.format(text_wrap=True))
        sheet.set_row(line, height([(term, 34), (told, 110)]))
        return line + 1

    def section(self, sheet: Any, line: int, section: Section) -> int:
        sheet.write_string(
            line,
            0,
            headings(self.pack)[section.title],
            self.format(bold=True, font_color="#0F4C66", font_size=13),
        )
        line += 1
        for card in section.cards:
            line = self.pair(sheet, line, card.label, f"{card.value} ({card.note})")
        for told in (*section.lead, *section.notes):
            line = self.pair(sheet, line, "", told)
        for table in section.tables:
            if table.sheet:
                name = sheet_name(table.sheet)
                sheet.write_url(
                    line,
                    1,
                    f"internal:'{name}'!A1",
                    self.format(font_color="#0F4C66", underline=1),
                    f"{table.title}: {len(table.rows)} dòng",
                )
                line += 1
        return line

    # ---- one table a sheet

    def table(self, table: Table, heading: str) -> None:
        sheet = self.sheet(table.sheet)
        sheet.write_string(0, 0, f"{heading}. {table.title}", self.format(bold=True, font_size=14))
        sheet.write_string(1, 0, self.pack.about, self.format(italic=True))
        more = [n for n in range(len(table.columns)) if any(row.cells[n].more for row in table.rows)]
        heads = []
        for n, column in enumerate(table.columns):
            heads.append((column.title, column.width, n, False))
            if n in more:
                heads.append((f"{column.title}: ghi thêm", column.width, n, True))
        sheet.set_row(FIRST, height([(title, signs(width) - 2) for title, width, _n, _more in heads]))
        for place, (title, width, _n, _more) in enumerate(heads):
            sheet.write_string(
                FIRST,
                place,
                title,
                self.format(bold=True, text_wrap=True, bg_color="#EEF4F7", bottom=2, valign="bottom"),
            )
            sheet.set_column(place, place, signs(width))
        sheet.write_string(
            FIRST, len(heads), ADDRESS, self.format(bold=True, bg_color="#EEF4F7", bottom=2, valign="bottom")
        )
        sheet.set_column(len(heads), len(heads), 40)
        for number, row in enumerate(table.rows, FIRST + 1):
            self.row(sheet, number, row, heads)
        after = FIRST + 1 + len(table.rows)
        if table.total:
            self.row(sheet, after, table.total, heads, bold=True)
            after += 1
        for note in (() if table.rows else (table.empty,)) + table.notes:
            after += 1
            sheet.write_string(after, 0, note, self.format(italic=True))
        sheet.freeze_panes(FIRST + 1, 0)
        if table.rows:
            sheet.autofilter(FIRST, 0, FIRST + len(table.rows), len(heads))
        sheet.repeat_rows(FIRST)
        sheet.print_area(0, 0, after, len(heads) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def row(self, sheet: Any, number: int, row: Row, heads: list[Any], *, bold: bool = False) -> None:
        told = [
            (row.cells[n].more if more else row.cells[n].text, signs(width)) for _t, width, n, more in heads
        ]
        sheet.set_row(number, height(told))
        for place, (_title, _width, n, more) in enumerate(heads):
            cell = row.cells[n]
            if more:
                sheet.write_string(
                    number, place, cell.more, self.format(text_wrap=True, bottom=1, bottom_color="#CFD3D6")
                )
            else:
                self.cell(sheet, number, place, cell, bold=bold)
        if row.address:
            link = self.format(font_color="#0F4C66", underline=1, bottom=1, bottom_color="#CFD3D6")
            if len(row.address) <= LONGEST_LINK:
                sheet.write_url(number, len(heads), row.address, link, row.address[:255])
            else:
                sheet.write_string(number, len(heads), row.address, link)

    def cell(self, sheet: Any, number: int, place: int, cell: Cell, *, bold: bool) -> None:
        ink = INK.get(cell.mark.value, "") if cell.mark else ""
        facts: dict[str, Any] = {
            "bottom": 1,
            "bottom_color": "#CFD3D6",
            "text_wrap": cell.kind is Kind.WORDS,
            "indent": 1 if cell.kind is Kind.WORDS else 0,
            "bold": bold or bool(ink),
        }
        if ink:
            facts["font_color"] = ink
        if cell.value is None:
            align = "left" if cell.kind is Kind.WORDS else "right"
            sheet.write_string(number, place, cell.text, self.format(align=align, **facts))
            return
        facts["num_format"] = number_format(cell)
        if cell.kind is Kind.DAY:
            sheet.write_datetime(number, place, cell.value, self.format(**facts))
        else:
            sheet.write_number(number, place, cell.value, self.format(**facts))

    # ---- charts, each over a small table of its own

    def charts(self) -> None:
        drawn = [
            chart
            for section in self.pack.sections
            for chart in (*section.charts, *(table.chart for table in section.tables))
            if chart is not None and not chart.is_empty
        ]
        if not drawn:
            return
        sheet = self.sheet("Biểu đồ")
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 5, 12)
        line = 0
        for one in drawn:
            line = self.chart(sheet, line, one)

    def chart(self, sheet: Any, line: int, one: Chart) -> int:
        sheet.write_string(line, 0, one.title, self.format(bold=True, font_size=13))
        sheet.set_row(line + 1, height([(series.name, 10.0) for series in one.series]))
        for place, series in enumerate(one.series, 1):
            sheet.write_string(line + 1, place, series.name, self.format(bold=True, text_wrap=True))
        for n, name in enumerate(one.categories):
            sheet.write_string(line + 2 + n, 0, name, self.format())
            for place, series in enumerate(one.series, 1):
                if (value := series.values[n]) is not None:
                    sheet.write_number(
                        line + 2 + n, place, value, self.format(num_format='0.0"%"' if one.unit else "0")
                    )
        drawing = self.book.add_chart(KINDS[one.shape])
        for place, series in enumerate(one.series, 1):
            drawing.add_series(self.series(sheet.name, line, one, series, place))
        drawing.set_title({"name": one.title, "name_font": {"size": 12}})
        drawing.set_legend({"position": "bottom"} if len(one.series) > 1 else {"none": True})
        if one.shape is not Shape.LINES:
            drawing.set_y_axis({"reverse": True})
            drawing.set_x_axis({"num_format": "0", "min": 0, "crossing": "max"})
        else:
            drawing.set_y_axis({"num_format": "0"})
        high = max(16, len(one.categories) + 6)
        drawing.set_size({"width": 820, "height": high * 21})
        sheet.insert_chart(line, 7, drawing, {"description": one.words[:2000]})
        return line + high + 3

    def series(self, sheet: str, line: int, one: Chart, series: Series, place: int) -> dict[str, Any]:
        last = line + 1 + len(one.categories)
        paint = PAINT[series.role]
        facts: dict[str, Any] = {
            "name": [sheet, line + 1, place],
            "categories": [sheet, line + 2, 0, last, 0],
            "values": [sheet, line + 2, place, last, place],
            "fill": {"color": paint},
        }
        if one.shape is Shape.LINES:
            facts |= {
                "line": {"color": paint, "width": 2},
                "marker": {"type": "circle", "size": 6, "fill": {"color": paint}},
            }
        return facts


DEMO: Final = "Bản thử: người, hồ sơ và nhiệm vụ trong tài liệu này do máy sinh ra, không có thật."
KINDS: Final[dict[Shape, dict[str, str]]] = {
    Shape.BARS: {"type": "bar"},
    Shape.STACKED: {"type": "bar", "subtype": "stacked"},
    Shape.LINES: {"type": "line"},
}


def signs(width: int) -> float:
    """A column's width as a workbook counts it: in signs."""
    return max(10.0, width * 4.2)


def height(texts: Sequence[tuple[str, float]]) -> float:
    """Points that the highest of the cells needs: (text, its column's width in signs)."""
    return 16.0 * max(lines_of(text, width * SIGN_MM, 12) for text, width in texts)


SIGN_MM: Final = 2.3
"""Millimetres of one sign of a column's width at 12 points."""


def number_format(cell: Cell) -> str:
    """As many decimals as are printed; the comma is the reader's own, by the language of their Excel."""
    if cell.kind is not Kind.SHARE:
        return NUMBERS[cell.kind]
    _whole, _comma, decimals = cell.text.rstrip("%").partition(",")
    digits = "." + "0" * len(decimals) if decimals else ""
    sign = '"≥ "' if cell.text.startswith("≥") else ""
    return f'{sign}0{digits}"%"'
