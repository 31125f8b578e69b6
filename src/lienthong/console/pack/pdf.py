"""A pack as PDF/A-2a, set by Typst. The tree goes in as data, never into the source of the page."""

from datetime import UTC
from pathlib import Path
from typing import Any, Final

from lienthong.console.pack.tree import Cell, Chart, Pack, Row, Section, Series, Table, headings
from lienthong.console.pack.widths import column_widths
from lienthong.documents.public import qr_svg, typeset
from lienthong.kit.words import format_appointment, format_date

TEMPLATES: Final = Path(__file__).parent / "typst"
UPRIGHT: Final = 174
TURNED: Final = 265
"""Millimetres between the margins."""
POINTS: Final = 8
PAD: Final = 3.4
"""Of a table's text, and millimetres at its sides."""


def write_pdf(pack: Pack) -> bytes:
    """Dated by the moment it was made; the same tree gives the same bytes."""
    return typeset(
        TEMPLATES / "pack.typ",
        data_of(pack),
        standard="a-2a",
        dated=pack.made_at.astimezone(UTC),
        root=TEMPLATES,
    )


def data_of(pack: Pack) -> dict[str, Any]:
    told = headings(pack)
    return {
        "title": pack.title,
        "about": pack.about,
        "agency": pack.agency,
        "day": format_date(pack.day),
        "made_at": format_appointment(pack.made_at),
        "address": pack.address,
        "qr": qr_svg(pack.address),
        "facts": [list(fact) for fact in pack.facts],
        "demo": pack.demo,
        "sections": [section_data(section, told[section.title]) for section in pack.sections],
    }


def section_data(section: Section, heading: str) -> dict[str, Any]:
    return {
        "heading": heading,
        "lead": list(section.lead),
        "notes": list(section.notes),
        "annex": section.annex,
        "cards": [
            {"value": card.value, "label": card.label, "note": card.note, "mark": card.mark}
            for card in section.cards
        ],
        "charts": [chart_data(chart) for chart in section.charts if not chart.is_empty],
        "tables": [table_data(table, TURNED if section.annex else UPRIGHT) for table in section.tables],
    }


def table_data(table: Table, wide: float) -> dict[str, Any]:
    printed = [*table.printed, *([table.total] if table.total else [])]
    widths = column_widths(table.columns, printed, wide, POINTS, PAD)
    return {
        "title": table.title,
        "columns": [
            {"title": one.title, "width": width, "kind": one.kind.value}
            for one, width in zip(table.columns, widths, strict=True)
        ],
        "chart": chart_data(table.chart) if table.chart and not table.chart.is_empty else None,
        "rows": [row_data(row) for row in table.printed],
        "total": row_data(table.total) if table.total else None,
        "empty": table.empty,
        "notes": list(table.notes),
    }


def row_data(row: Row) -> dict[str, Any]:
    return {"cells": [cell_data(cell) for cell in row.cells], "address": row.address, "gap": row.gap}


def cell_data(cell: Cell) -> list[str]:
    return [cell.text, cell.more, cell.mark.value if cell.mark else ""]


def chart_data(chart: Chart) -> dict[str, Any]:
    return {
        "shape": chart.shape.value,
        "title": chart.title,
        "words": chart.words,
        "unit": chart.unit,
        "categories": list(chart.categories),
        "series": [series_data(one) for one in chart.series],
    }


def series_data(one: Series) -> dict[str, Any]:
    values = [None if value is None else float(value) for value in one.values]
    prints = ["" if value is None else f"{value}".replace(".", ",") for value in one.values]
    return {"name": one.name, "role": one.role, "values": values, "prints": prints}
