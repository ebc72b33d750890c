"""Pictures from rows: one specification per :class:`Chart` (Vega-Lite), drawn without a browser and without a network.

The colours can be told apart with every common colour blindness and in grey; nothing depends on them alone,
since the same rows stand in a table beside the picture.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from weerklank.errors import MissingExtra
from weerklank.report.chart import Chart, ChartKind
from weerklank.report.letters import printable
from weerklank.report.palette import AGREE, DISAGREE, INK, LINE, PALE, QUIET, SHADES, SOFT, TEAL, UNDECIDED
from weerklank.report.refusals import because

__all__ = ["draw_with", "png_of", "size_of", "specification_of", "svg_of"]

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

_WIDTH = 360
_WRAP = 42
_ROW = 22
_FIELD, _NARROW, _BROAD, _FEW = (
    84,
    52,
    620,
    6,
)  # fields of a grid, and from how many on their names are cut in lines
_LINE_HEIGHT = 14
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_FONT = "Noto Sans"
_KNOWN_FONTS: set[str] = set()


def specification_of(chart: Chart) -> dict[str, Json]:
    """The Vega-Lite specification of ``chart``: its data are its rows, nothing else, and it points to no address."""
    match chart.kind:
        case ChartKind.SHARES:
            inside = _shares(chart)
        case ChartKind.RANGES:
            inside = _ranges(chart)
        case ChartKind.GRID:
            inside = _grid(chart)
    return {"$schema": _SCHEMA, "background": "white", "padding": 6, "config": _config(), **inside}


def draw_with(fonts: Path) -> None:
    """From now on, letters are measured and drawn with the TTF files of ``fonts`` as well."""
    vl_convert = _drawer()
    if str(fonts) not in _KNOWN_FONTS:
        vl_convert.register_font_directory(str(fonts))
        _KNOWN_FONTS.add(str(fonts))
        _drawn.cache_clear()


def svg_of(chart: Chart) -> str:
    """The picture as SVG. :class:`~weerklank.errors.MissingExtra` when ``weerklank[reports]`` is not installed."""
    return _drawn(json.dumps(specification_of(chart), ensure_ascii=False))


def png_of(chart: Chart, *, scale: float = 3) -> bytes:
    """The picture as PNG, ``scale`` points to the unit, for formats that cannot hold SVG."""
    return bytes(_drawer().svg_to_png(svg_of(chart), scale=scale))


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG, from its header."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


@lru_cache(maxsize=64)
def _drawn(specification: str) -> str:
    return str(_drawer().vegalite_to_svg(json.loads(specification)))


def _drawer() -> ModuleType:
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtra("reports", needed_for=because("needs-chart")) from error
    return vl_convert


def _config() -> dict[str, Json]:
    quiet: dict[str, Json] = {
        "labelColor": f"#{INK}",
        "titleColor": f"#{QUIET}",
        "titleFontWeight": "normal",
        "labelFontSize": 12,
    }
    return {
        "font": _FONT,
        "view": {"stroke": None},
        "axis": {**quiet, "titleFontSize": 12, "domain": False, "ticks": False, "gridColor": f"#{LINE}"},
        "legend": {**quiet, "orient": "top", "title": None, "labelFontSize": 12, "symbolType": "square"},
    }


def _label(text: str) -> str:
    """Long labels over several lines, none longer than the wrap."""
    return "\n".join(textwrap.wrap(printable(text), _WRAP)) or " "


def _rows_axis(chart: Chart) -> dict[str, Json]:
    labels: list[Json] = [_label(row.label) for row in chart.rows]
    return {
        "field": "label",
        "type": "nominal",
        "sort": labels,
        "title": None,
        "axis": {
            "labelExpr": "split(datum.label, '\\n')",
            "labelLimit": 0,
            "labelLineHeight": _LINE_HEIGHT,
            "grid": False,
        },
    }


def _height(chart: Chart) -> dict[str, Json]:
    lines = max((_label(row.label).count("\n") + 1 for row in chart.rows), default=1)
    return {"width": _WIDTH, "height": {"step": max(_ROW, lines * _LINE_HEIGHT + 10)}}


def _long(chart: Chart) -> dict[str, Json]:
    values: list[Json] = [
        {
            "label": _label(row.label),
            "column": printable(name),
            "place": place,
            "value": value,
            "shown": chart.withheld if value is None else str(value),
        }
        for row in chart.rows
        for place, (name, value) in enumerate(zip(chart.header[1:], row.values, strict=True))
        if place >= chart.totals
    ]
    return {"values": values}


def _unit(chart: Chart) -> str:
    return printable(chart.unit) or ""


def _shares(chart: Chart) -> dict[str, Json]:
    """Bars end to end; what is withheld leaves room at the right. Three columns are agree, pass, disagree: blue, grey, orange.

    Three shares in per cent were each rounded: the bar is as long as all of it, and the middle one takes what is left.
    """
    columns: list[Json] = [printable(name) for name in chart.header[1 + chart.totals :]]
    whole = chart.unit == "%"
    three = (AGREE, UNDECIDED, DISAGREE)
    colours: list[Json] = [
        f"#{colour}" for colour in (three if len(columns) == 3 else SHADES[: len(columns)])
    ]
    x: dict[str, Json] = {
        "type": "quantitative",
        "title": chart.unit or None,
        **({"scale": {"domain": [0, 100]}} if whole else {}),
        "axis": {"grid": True, "tickCount": 5},
    }
    ends = whole and len(columns) == 3
    return {
        **_height(chart),
        "data": _long(chart),
        **({"transform": _from_both_ends()} if ends else {}),
        "mark": {"type": "bar", "height": {"band": 0.55}},
        "encoding": {
            "y": _rows_axis(chart),
            **(
                {"x": {"field": "from", **x}, "x2": {"field": "to"}}
                if ends
                else {"x": {"field": "value", "stack": "zero", **x}}
            ),
            "color": {
                "field": "column",
                "type": "nominal",
                "sort": columns,
                "scale": {"domain": columns, "range": colours},
            },
            "order": {"field": "place", "type": "quantitative"},
        },
    }


def _from_both_ends() -> list[Json]:
    """The first share from the left, the last one from the right, the middle between the two."""
    first, last, told = "datum.place == 0", "datum.place == 2", "isValid(datum.value)"
    start = f"{first} ? 0 : {last} ? max(datum.agree, 100 - datum.value) : datum.agree"
    end = f"{first} ? datum.value : {last} ? 100 : max(datum.agree, 100 - datum.disagree)"
    return [
        {"calculate": f"{first} ? datum.value : 0", "as": "left"},
        {"calculate": f"{last} ? datum.value : 0", "as": "right"},
        {
            "joinaggregate": [
                {"op": "max", "field": "left", "as": "agree"},
                {"op": "max", "field": "right", "as": "disagree"},
            ],
            "groupby": ["label"],
        },
        {"calculate": f"{told} ? ({start}) : null", "as": "from"},
        {"calculate": f"{told} ? ({end}) : null", "as": "to"},
    ]


def _ranges(chart: Chart) -> dict[str, Json]:
    """A point with a line through it: the value, and from where to where it may reasonably lie."""
    values: list[Json] = [
        {"label": _label(row.label), "value": row.values[0], "low": row.values[1], "high": row.values[2]}
        for row in chart.rows
    ]
    scale: dict[str, Json] = {"domain": [0, 100]} if chart.unit == "%" else {"zero": True}
    x: dict[str, Json] = {"type": "quantitative", "title": _unit(chart) or None, "scale": scale}
    y = _rows_axis(chart)
    line: dict[str, Json] = {
        "mark": {"type": "rule", "strokeWidth": 6, "color": f"#{PALE}", "strokeCap": "round"},
        "encoding": {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}},
    }
    point: dict[str, Json] = {
        "mark": {"type": "circle", "size": 90, "color": f"#{TEAL}", "opacity": 1},
        "encoding": {"y": y, "x": {"field": "value", **x}},
    }
    return {**_height(chart), "data": {"values": values}, "layer": [line, point]}


def _grid(chart: Chart) -> dict[str, Json]:
    """Cells as in the table; a withheld cell has its words and no shade."""
    columns: list[Json] = [printable(name) for name in chart.header[1 + chart.totals :]]
    shown = (value for row in chart.rows for value in row.values[chart.totals :] if value is not None)
    top = max(shown, default=1) or 1
    column: dict[str, Json] = {
        "field": "column",
        "type": "nominal",
        "sort": columns,
        "title": None,
        "axis": {
            "orient": "top",
            "labelAngle": 0,
            "labelLimit": 110,
            "grid": False,
            **(
                {
                    "labelExpr": "split(datum.label, ' ')",
                    "labelLineHeight": _LINE_HEIGHT,
                    "labelPadding": 4 + _LINE_HEIGHT * max(str(name).count(" ") for name in columns),
                }
                if len(columns) > _FEW
                else {}
            ),
        },
    }
    y = _rows_axis(chart)
    shade: dict[str, Json] = {
        "mark": {"type": "rect", "stroke": "white", "strokeWidth": 2},
        "encoding": {
            "y": y,
            "x": column,
            "color": {
                "field": "value",
                "type": "quantitative",
                "scale": {"domain": [0, top], "range": [f"#{SOFT}", f"#{TEAL}"], "interpolate": "rgb"},
                "legend": None,
            },
        },
    }
    text: dict[str, Json] = {
        "mark": {"type": "text", "fontSize": 12},
        "encoding": {
            "y": y,
            "x": column,
            "text": {"field": "shown", "type": "nominal"},
            "color": {
                "condition": {"test": f"datum.value > {0.45 * top}", "value": "white"},
                "value": f"#{INK}",
            },
        },
    }
    step = max(_NARROW, min(_FIELD, _BROAD // max(1, len(columns))))
    size: dict[str, Json] = {"width": {"step": step}, "height": _height(chart)["height"]}
    return {**size, "data": _long(chart), "layer": [shade, text]}
