"""How charts of the workbook look, and the room they take."""

from __future__ import annotations

from typing import Any

from scoping.export.workbook.sheet import Sheet
from scoping.export.workbook.styles import FONT, SOFT, TEAL

_WIDTH, _ROW_PIXELS = 640, 20


def font() -> dict[str, Any]:
    """The font of labels."""
    return {"name": FONT["font_name"], "size": 9, "color": SOFT}


def dress(chart: Any, title: str) -> None:
    """Give a chart its title and frame."""
    chart.set_title(
        {"name": title, "name_font": {"name": FONT["font_name"], "size": 11, "bold": True, "color": TEAL}, "overlay": False}
    )
    chart.set_chartarea({"border": {"color": "#CBD8D5"}})
    chart.set_plotarea({"fill": {"none": True}})


def lay_axes(chart: Any) -> None:
    """Amounts upwards with faint lines, categories below them, a legend at the bottom."""
    chart.set_x_axis({"num_font": font(), "line": {"color": SOFT}, "label_position": "low", "major_tick_mark": "none"})
    chart.set_y_axis(
        {"num_font": font(), "num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#E7EDEB"}}}
    )
    chart.set_legend({"position": "bottom", "font": font()})


def rows_of(tall: int) -> int:
    """How many rows a chart of that height covers, with some room below it."""
    return tall // _ROW_PIXELS + 2


def insert(sheet: Sheet, chart: Any, tall: int, description: str) -> None:
    """Place a chart at the next free row and move that below it."""
    chart.set_size({"width": _WIDTH, "height": tall})
    sheet.ws.insert_chart(sheet.row, 1, chart, {"object_position": 2, "description": description})
    sheet.row += rows_of(tall)
