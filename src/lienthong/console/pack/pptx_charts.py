"""Charts of slides: native, editable, in our colours."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.util import Mm, Pt

from lienthong.console.pack.tree import Chart, Shape

FACE: Final = "Arial"
WIDE, HIGH = 338.667, 190.5
"""Millimetres of a 16:9 slide."""
EDGE: Final = 14.0
BODY: Final = WIDE - 2 * EDGE
INK = RGBColor(0x1A, 0x1D, 0x21)
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
PAINT: Final = {
    "main": "0F4C66", "goal": "1A1D21", "done": "1C6B3C", "soon": "D99A2B", "running": "9FC3D2", "late": "A8201A",
    "ahead": "5A3A86", "range": "B7A7D3", "level": "C9CFD3",
}  # fmt: skip


class Place(NamedTuple):
    """Where a text stands on a slide, in millimetres."""

    left: float
    top: float
    wide: float
    high: float


CHARTS: Final = {
    Shape.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    Shape.STACKED: XL_CHART_TYPE.BAR_STACKED,
    Shape.LINES: XL_CHART_TYPE.LINE_MARKERS,
}


def draw(slide: Any, one: Chart, place: Place) -> None:
    """A native chart, its numbers in a workbook of its own; what it shows is told in words too."""
    data = CategoryChartData(number_format='0.0"%"' if one.unit else "0")
    data.categories = one.categories
    for series in one.series:
        data.add_series(series.name, series.values)
    at = (Mm(place.left), Mm(place.top), Mm(place.wide), Mm(place.high))
    graphic = slide.shapes.add_chart(CHARTS[one.shape], *at, data)
    graphic._element.nvGraphicFramePr.cNvPr.set("descr", one.words)
    drawing = graphic.chart
    drawing.font.name, drawing.font.size = FACE, Pt(13 if place.wide > BODY / 2 else 11)
    drawing.has_title = False
    drawing.has_legend = len(one.series) > 1
    if drawing.has_legend:
        drawing.legend.position, drawing.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    if one.shape is Shape.LINES:
        dress_lines(drawing, one)
    else:
        dress_bars(drawing, one)


def dress_bars(drawing: Any, one: Chart) -> None:
    """Our colours, labels on the bars, the first category on top; what misses its goal in red."""
    plot = drawing.plots[0]
    plot.gap_width = 40
    if one.shape is Shape.STACKED:
        plot.overlap = 100
    drawing.category_axis.reverse_order = True
    drawing.category_axis.format.line.fill.background()
    drawing.value_axis.visible = False
    drawing.value_axis.has_major_gridlines = False
    drawing.value_axis.minimum_scale = 0
    for series, told in zip(plot.series, one.series, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour("level" if told.role == "goal" else told.role)
        labels = series.data_labels
        labels.show_value = True
        labels.font.size, labels.font.name, labels.font.bold = Pt(12), FACE, True
        labels.number_format, labels.number_format_is_linked = ('0.0"%"' if one.unit else "0;;"), False
        if one.shape is Shape.BARS:
            labels.position = XL_LABEL_POSITION.OUTSIDE_END
        else:
            labels.font.color.rgb = INK if told.role in {"running", "soon"} else WHITE
    redden(plot, one)


def redden(plot: Any, one: Chart) -> None:
    goals = next((series.values for series in one.series if series.role == "goal"), None)
    if goals is None:
        return
    for n, (value, level) in enumerate(zip(one.series[0].values, goals, strict=True)):
        if value is not None and level is not None and value < level:
            point = plot.series[0].points[n]
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = colour("late")


def dress_lines(drawing: Any, one: Chart) -> None:
    axis = drawing.value_axis
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False
    axis.major_gridlines.format.line.color.rgb = RGBColor(0xE3, 0xE6, 0xE8)
    axis.format.line.fill.background()
    for series, told in zip(drawing.plots[0].series, one.series, strict=True):
        dress_line(series, told.role, colour(told.role))


def colour(role: str) -> RGBColor:
    found: RGBColor = RGBColor.from_string(PAINT[role])
    return found


def dress_line(series: Any, role: str, paint: RGBColor) -> None:
    series.smooth = False
    series.format.line.color.rgb = paint
    series.format.line.width = Pt(1.5 if role in {"goal", "range"} else 2.5)
    if role == "goal":
        series.format.line.dash_style = MSO_LINE.DASH
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = paint
    series.marker.format.line.color.rgb = paint
    series.marker.style = MARKERS.get(role, XL_MARKER_STYLE.CIRCLE)
    series.marker.size = 9 if role in {"ahead", "range"} else 7
    if role == "goal":
        return
    labels = series.data_labels
    labels.show_value = True
    labels.font.size, labels.font.name, labels.font.color.rgb = (
        Pt(10),
        FACE,
        INK if role == "range" else paint,
    )
    labels.number_format, labels.number_format_is_linked = "0.0", False
    labels.position = XL_LABEL_POSITION.RIGHT if role in {"ahead", "range"} else XL_LABEL_POSITION.ABOVE


MARKERS: Final = {
    "goal": XL_MARKER_STYLE.NONE, "ahead": XL_MARKER_STYLE.DIAMOND, "range": XL_MARKER_STYLE.DASH,
}  # fmt: skip


def pairs(drawn: Sequence[Chart]) -> Iterator[Sequence[Chart]]:
    """Bars take a slide each, lines two together."""
    lines = [one for one in drawn if one.shape is Shape.LINES]
    yield from ([one] for one in drawn if one.shape is not Shape.LINES)
    yield from (lines[n : n + 2] for n in range(0, len(lines), 2))
