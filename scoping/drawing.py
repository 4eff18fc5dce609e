"""What all pictures share: colours, the text that replaces them, axes, marks.

Encodings are explicit (no shorthand), because parsing shorthand costs more than drawing. What people wrote stands in
values only, never in names of columns. Altair is heavy, so it is imported when the first chart is drawn.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scoping.section import short

if TYPE_CHECKING:
    import altair as alt

Row = dict[str, Any]


@dataclass(frozen=True)
class Palette:
    """Colours of a theme.

    Attributes:
        first: what the eye should find: bars, the model, the target.
        second: what it is compared with: people, the present.
    """

    ink: str
    soft: str
    grid: str
    paper: str
    first: str
    second: str


LIGHT = Palette(ink="#0B1716", soft="#566664", grid="#E3EAE8", paper="#FFFFFF", first="#0F766E", second="#B45309")
DARK = Palette(ink="#E3ECEA", soft="#9FB0AD", grid="#2C3938", paper="#12191A", first="#3FB8A9", second="#E0A04A")


@dataclass(frozen=True)
class Picture:
    """A chart, the text that replaces it for a screen reader, and what a caption below it should say.

    Attributes:
        note: how to read it and what was left out; "" when nothing needs saying.
    """

    chart: alt.LayerChart
    alt: str
    note: str = ""


MOST_ROWS = 100
"""A browser draws no picture of any height, and nobody reads on that far."""


def cut_note(rows: Sequence[object]) -> list[str]:
    """A note where rows were left out of a picture; empty otherwise."""
    return [f"Only the first {MOST_ROWS} of {len(rows):,} are drawn."] if len(rows) > MOST_ROWS else []


def chart(rows: list[Row]) -> alt.Chart:
    """A chart over rows of plain values."""
    import altair as alt

    return alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]


def layers(layers: list[alt.Chart], height: Any) -> alt.LayerChart:
    """Charts on top of each other, as wide as the page allows; `height` of the drawing in pixels, axes and legends come on top."""
    import altair as alt

    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    drawn = alt.LayerChart(layer=layers, width="container", height=height, background="transparent", autosize=fit)
    view: alt.LayerChart = drawn.configure_view(stroke=None)
    return view


def axis(theme: Palette, **options: Any) -> Any:
    """An axis in the colours of the theme."""
    import altair as alt

    return alt.Axis(
        labelColor=theme.soft, titleColor=theme.soft, gridColor=theme.grid, domain=False, ticks=False, labelPadding=6, **options
    )


def rows_axis(titles: list[str], theme: Palette) -> Any:
    """One line per record. Lines are told apart by number: two records may have the same title."""
    import altair as alt

    labels = json.dumps([short(t, 44) for t in titles])
    looks = axis(theme, title=None, grid=False, labelLimit=240, labelExpr=f"{labels}[datum.value]")
    looks["labelColor"] = theme.ink
    return alt.Y(field="c0", type="ordinal", scale=alt.Scale(domain=list(range(len(titles)))), axis=looks)


def dots(rows: list[Row], field: str, x: Callable[[str], Any], y: Any, shape: str, colour: str, theme: Palette) -> alt.Chart:
    """One mark per row that has a value in `field`."""
    known = chart([r for r in rows if r[field] is not None])
    marks = known.mark_point(shape=shape, filled=True, size=160, opacity=1, color=colour, stroke=theme.paper, strokeWidth=1)
    drawn: alt.Chart = marks.encode(x=x(field), y=y, tooltip=tip("c5"))
    return drawn


def text(field: str) -> Any:
    """A text mark's words."""
    import altair as alt

    return alt.Text(field=field, type="nominal")


def tip(field: str) -> Any:
    """What is told when one points at a mark."""
    import altair as alt

    return alt.Tooltip(field=field, type="nominal", title=" ")


def count(number: int, noun: str) -> str:
    """A number and its noun: "1 source", "1,200 sources"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(texts: Iterable[str], limit: int = 12) -> str:
    """Texts in one line, the first few of them."""
    found = list(texts)
    more = f"; and {len(found) - limit} more" if len(found) > limit else ""
    return "; ".join(found[:limit]) + more
