"""Charts of PowerPoint's own kind, so that whoever gives the talk can still change them; the numbers are those of the report."""

from __future__ import annotations

from typing import cast

from pptx.chart.chart import Chart as PowerChart
from pptx.chart.data import ChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Inches, Pt

from weerklank.report.chart import Chart, ChartKind
from weerklank.report.letters import printable
from weerklank.report.palette import AGREE, DISAGREE, INK, SHADES, TEAL, UNDECIDED, WHITE
from weerklank.report.pptx_look import rgb

__all__ = ["MOST_ROWS", "draw_chart"]

#: What can still be read from the back of a room.
MOST_ROWS = 6


def draw_chart(slide: Slide, chart: Chart, *, left: float, top: float, width: float, height: float) -> None:
    """The first rows of ``chart`` as a native bar chart at a place in inches, with its alt text.

    Of a chart with margins the values are drawn; a grid becomes stacked bars.
    """
    rows = chart.rows[:MOST_ROWS]
    columns = chart.header[1:2] if chart.kind is ChartKind.RANGES else chart.header[1 + chart.totals :]
    data = ChartData(number_format=f'0"{chr(160) + chart.unit if chart.unit else ""}"')  # type: ignore[no-untyped-call]
    data.categories = [printable(row.label) for row in reversed(rows)]
    for place, name in enumerate(columns, start=chart.totals):
        data.add_series(printable(name), [row.values[place] for row in reversed(rows)])  # type: ignore[no-untyped-call]
    stacked = len(columns) > 1
    kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
    x, y, wide, high = (Inches(size) for size in (left, top, width, height))
    # The library's annotation names the chart where it returns the frame around it.
    frame = cast("GraphicFrame", slide.shapes.add_chart(kind, x, y, wide, high, data))
    frame.name = printable(chart.caption)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", printable(chart.alt))
    _dress(frame.chart, chart, stacked=stacked)


def _dress(made: PowerChart, chart: Chart, *, stacked: bool) -> None:
    made.has_title = False
    made.has_legend = stacked
    made.font.size, made.font.color.rgb = Pt(14), rgb(INK)
    if stacked:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    axis = made.value_axis
    axis.visible, axis.has_major_gridlines = False, False
    axis.minimum_scale = 0
    if chart.unit == "%":
        axis.maximum_scale = 100
    made.category_axis.format.line.fill.background()
    plot = made.plots[0]
    plot.gap_width, plot.overlap = 45 if len(chart.rows) > 3 else 120, 100 if stacked else 0
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.font.size = Pt(14)
    labels.number_format, labels.number_format_is_linked = (
        f'0"{chr(160)}{chart.unit}"' if chart.unit else "0",
        False,
    )
    labels.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END
    colours = _colours(chart, len(plot.series)) if stacked else (TEAL,)
    for series, colour in zip(plot.series, colours, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = rgb(colour)
        if stacked:
            series.data_labels.show_value = True
            series.data_labels.font.size = Pt(14)
            series.data_labels.font.color.rgb = rgb(INK if colour in {UNDECIDED, DISAGREE} else WHITE)
            series.data_labels.position = XL_LABEL_POSITION.CENTER


def _colours(chart: Chart, count: int) -> tuple[str, ...]:
    if chart.kind is ChartKind.SHARES and count == 3:
        return (AGREE, UNDECIDED, DISAGREE)
    return tuple(SHADES[place % len(SHADES)] for place in range(count))
