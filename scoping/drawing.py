"""What all pictures share: colours, the text that replaces them, axes, marks.

Encodings are explicit (no shorthand), because parsing shorthand costs more than drawing. What people wrote stands in
values only, never in names of columns. Altair is heavy, so it is imported when the first chart is drawn.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from scoping.words import short

if TYPE_CHECKING:
    import altair as alt

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
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


LIGHT = Palette(ink="#0B1716", soft="#566664", grid="#E7EDEB", paper="#FFFFFF", first="#0F766E", second="#B45309")

DARK = Palette(ink="#E3ECEA", soft="#9FB0AD", grid="#273332", paper="#12191A", first="#4DB6A8", second="#E0A04A")


def days_from(day: date, days: int) -> date:
    """A day so many days later, or earlier; at the ends of the calendar its last or first day."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def chart(rows: list[Row]) -> alt.Chart:
    """A chart over rows of plain values."""
    import altair as alt

    values = [{name: _whole(cell) if isinstance(cell, str) else cell for name, cell in row.items()} for row in rows]
    return alt.Chart(alt.Data(values=values))  # type: ignore[no-untyped-call]


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


_FIGURE = re.compile(r"(?<=\d) (?=(?:thousand|million|billion|trillion|%|[A-Z]{3})(?!\w))|(?<=[A-Z]{3}) (?=[\d.,−-]*\d)")
"""The blank inside of a figure and its unit."""


def _whole(text: str) -> str:
    """A text whose figures stay whole where a line is broken: "$1.18 million"."""
    return _FIGURE.sub("\N{NO-BREAK SPACE}", text)


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


def rows_axis(titles: list[str], theme: Palette, field: str) -> Any:
    """One line per record. Lines are told apart by number, which stands in `field`: two records may have the same title."""
    import altair as alt

    labels = json.dumps([short(t, 44) for t in titles])
    looks = axis(theme, title=None, grid=False, labelLimit=240, labelExpr=f"{labels}[datum.value]")
    looks["labelColor"] = theme.ink
    return alt.Y(field=field, type="ordinal", scale=alt.Scale(domain=list(range(len(titles)))), axis=looks)


def dots(
    rows: list[Row], field: str, x: Callable[[str], Any], y: Any, shape: str, colour: str, theme: Palette, told: str
) -> alt.Chart:
    """One mark per row that has a value in `field`; what is told when one points at it stands in `told`."""
    known = chart([r for r in rows if r[field] is not None])
    marks = known.mark_point(shape=shape, filled=True, size=160, opacity=1, color=colour, stroke=theme.paper, strokeWidth=1)
    drawn: alt.Chart = marks.encode(x=x(field), y=y, tooltip=tip(told))
    return drawn


def ring(marks: alt.Chart, theme: Palette) -> alt.Chart:
    """The mark of a moment on a line."""
    drawn: alt.Chart = marks.mark_point(filled=True, fill=theme.paper, stroke=theme.first, strokeWidth=2.5, size=110, opacity=1)
    return drawn


def beside(marks: alt.Chart, theme: Palette, *, left: bool, by: int, dy: int, **options: Any) -> alt.Chart:
    """Words beside a mark, on the side where there is room."""
    drawn: alt.Chart = marks.mark_text(
        align="right" if left else "left", dx=-by if left else by, dy=dy, color=theme.ink, fontSize=13, fontWeight=600, **options
    )
    return drawn


def text(field: str) -> Any:
    """A text mark's words."""
    import altair as alt

    return alt.Text(field=field, type="nominal")


def tip(field: str) -> Any:
    """What is told when one points at a mark."""
    import altair as alt

    return alt.Tooltip(field=field, type="nominal", title=" ")


def needs_paper(share: float, theme: Palette) -> bool:
    """Whether words on a cell of this share read better in the colour of the page than in that of ink."""
    paper, full, ink = (_channels(c) for c in (theme.paper, theme.first, theme.ink))
    light = _luminance([p + share * (f - p) for p, f in zip(paper, full, strict=True)])
    return _contrast(light, _luminance(paper)) > _contrast(light, _luminance(ink))


def _channels(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def _luminance(channels: list[float]) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def _contrast(light: float, other: float) -> float:
    """Contrast ratio (WCAG 2.2)."""
    return (max(light, other) + 0.05) / (min(light, other) + 0.05)
