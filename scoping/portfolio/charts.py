"""The picture of who is booked for how much over many projects."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from scoping import drawing as draw
from scoping import words as scoping_words
from scoping.drawing import Palette, Picture, Row
from scoping.portfolio.timeline import FULL, MOST_PEOPLE, Load
from scoping.words import day_words, isolated, short

if TYPE_CHECKING:
    import altair as alt


def load_picture(people: tuple[Load, ...], weeks: tuple[date, ...], theme: Palette) -> Picture | None:
    """Per cent of each week that is booked, a line per person; more than a whole week is framed. None without anybody."""
    if not people:
        return None
    shown = people[:MOST_PEOPLE]
    rows: list[Row] = [
        {
            "line": place,
            "week": week,
            "booked": f"{load.weeks[week]:.0f}",
            "shade": min(load.weeks[week], 2 * FULL),
            "told": f"{isolated(short(load.person, 40))}, week of {day_words(weeks[week])}: {scoping_words.percent(load.weeks[week] / FULL)}",
            "is_over": load.weeks[week] > FULL,
        }
        for place, load in enumerate(shown)
        for week in range(len(weeks))
        if load.weeks[week]
    ]
    notes = ["Per cent of a week that is booked in all projects together; a frame marks more than a whole week."]
    notes.append("People are told apart by name, so the same role in two projects counts as one person.")
    if len(people) > len(shown):
        notes.append(f"Only the {len(shown)} fullest of {scoping_words.count(len(people), 'person', 'people')} are drawn.")
    over = [load for load in people if load.is_overbooked]
    overbooked = (
        scoping_words.listed(
            f"{isolated(short(load.person, 40))} up to {scoping_words.percent(max(load.weeks) / FULL)}" for load in over
        )
        or "nobody"
    )
    return Picture(
        _squares(rows, [load.person for load in shown], weeks, theme),
        f"Load of {scoping_words.count(len(people), 'person', 'people')} over {scoping_words.count(len(weeks), 'week')}. "
        f"Booked for more than a whole week: {overbooked}.",
        " ".join(notes),
    )


def _squares(rows: list[Row], people: list[str], weeks: Sequence[date], theme: Palette) -> alt.LayerChart:
    import altair as alt

    labels = json.dumps([f"{d.day} {d:%b}" for d in weeks])
    looks = draw.axis(theme, orient="top", title="Week of", grid=False, labelAngle=0, labelExpr=f"{labels}[datum.value]")
    x = alt.X(field="week", type="ordinal", scale=alt.Scale(domain=list(range(len(weeks)))), axis=looks)
    y = draw.rows_axis(people, theme, "line")
    shade = alt.Opacity(field="shade", type="quantitative", legend=None, scale=alt.Scale(domain=[0, 2 * FULL], range=[0.08, 0.45]))
    layers = [
        draw.chart(rows).mark_rect(color=theme.first).encode(x=x, y=y, opacity=shade, tooltip=draw.tip("told")),
        draw.chart(rows).mark_text(fontSize=11, color=theme.ink).encode(x=x, y=y, text=draw.text("booked")),
    ]
    if over := [r for r in rows if r["is_over"]]:
        frames = draw.chart(over).mark_rect(filled=False, stroke=theme.second, strokeWidth=2.5)
        layers.append(frames.encode(x=x, y=y, tooltip=draw.tip("told")))
    return draw.layers(layers, height=26 * len(people))
