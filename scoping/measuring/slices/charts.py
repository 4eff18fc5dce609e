"""Pictures of errors by slice."""

from __future__ import annotations

from typing import Any

from scoping import drawing as draw
from scoping import words as scoping_words
from scoping.drawing import Palette, Picture, Row
from scoping.feasibility import slices
from scoping.feasibility.charts import MOST_SLICES
from scoping.measuring.slices import result as slices_result
from scoping.words import percent, short


def tags(result: slices_result.Result, order: slices.Order, theme: Palette) -> Picture | None:
    """What share is right in each slice, with its 95 % interval and people beside it; None without slices."""
    import altair as alt

    ranked = [p for _, p in slices.ranked(slices_result.parts(result), order) if p.accuracy is not None]
    if not ranked:
        return None
    shown = ranked[:MOST_SLICES]
    rows: list[Row] = []
    for place, part in enumerate(shown):
        low, high = part.interval or (None, None)
        people = "" if part.hlp is None else f", people {percent(part.hlp, 1)}"
        told = f"{short(part.name, 60)}: {percent(part.accuracy or 0.0, 1)} right{slices.interval_words(part)}{people}"
        rows.append({"line": place, "model": part.accuracy, "low": low, "high": high, "people": part.hlp, "told": told})
    ends = [r[c] for r in rows for c in ("model", "low", "high", "people") if r[c] is not None]
    scale = alt.Scale(domain=[max(0.0, min(ends) - 0.02), min(1.0, max(ends) + 0.02)], nice=False, zero=False)
    looks = draw.axis(theme, title="Right", format=".0%", tickCount=6)

    def x(field: str) -> Any:
        return alt.X(field=field, type="quantitative", scale=scale, axis=looks)

    y = draw.rows_axis([p.name for p in shown], theme, "line")
    bars = draw.chart(rows).mark_rule(color=theme.first, strokeWidth=3, opacity=0.5)
    layers = [bars.encode(x=x("low"), x2=alt.X2(field="high"), y=y, tooltip=draw.tip("told"))]
    notes = ["Dots: the model with its 95 % interval."]
    if any(r["people"] is not None for r in rows):
        layers.append(draw.dots(rows, "people", x, y, "diamond", theme.second, theme, "told"))
        notes = ["Dots: the model with its 95 % interval; diamonds: people."]
    layers.append(draw.dots(rows, "model", x, y, "circle", theme.first, theme, "told"))
    if len(ranked) > len(shown):
        notes.append(f"Only the first {len(shown)} of {scoping_words.count(len(ranked), 'group')} are drawn.")
    return Picture(
        draw.layers(layers, height=34 * len(rows)),
        f"Right by group: {scoping_words.listed(r['told'] for r in rows)}.",
        " ".join(notes),
    )
